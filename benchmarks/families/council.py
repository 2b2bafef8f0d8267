"""The council room against its budgets: what it keeps and folds, its years, a crowd and a mob before its own server."""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from case_of_32 import case_of_32
from measure import Figure, Skipped, installed
from room_served import Room, asked

BUDGETS: Final = {"opened": 0.5, "replayed": 2.0, "year": 1.0, "large": 5.0, "again": 5.0}
"""Seconds to open a room of 10,000 events, to play one of 5,000 again, for a year of 13 states and of 32, to reconnect."""
AT_MOST: Final = {"seen": 200.0, "acknowledged": 150.0, "memory": 500.0}
"""Milliseconds of an act, and MB of a server."""
PEOPLE, OBSERVERS, RATE = 50, 200, 2.0
"""Who sits and who looks on, each with a stream, and how many acts a second they do."""
CROWD: Final = (
    ("p50", "seen by all, median", "ms", 0.0),
    ("p95", "seen by all, 95th of 100", "ms", AT_MOST["seen"]),
    ("acknowledged", "acknowledged, 99th of 100", "ms", AT_MOST["acknowledged"]),
    ("again", "all whole again after a kill, from the first answer on", "s", BUDGETS["again"]),
    ("memory", "memory of its server at the most", "MB", AT_MOST["memory"]),
)
"""What is found of a crowd: its name, what it says, its unit and its budget."""
MOB: Final = (
    ("accepted", "accepted", "accepted", 0.5),
    ("faults", "answered with a fault", "faults", 0.5),
    ("rate", "answered", "a second", 0.0),
)
"""What is found of bad requests, its unit and budget: not one."""
THIRTEEN: Final = ("USA", "JPN", "KOR", "TWN", "AUS", "NZL", "PHL", "THA", "IND", "VNM", "SGP", "IDN", "MYS")


@cache
def _room(events: int) -> tuple[Path, float]:
    """Return a room in which one message after another was said, each a commit, and its appends a second."""
    from foedus.council.acts import Event
    from foedus.council.setting_up import drawn_up, packed
    from foedus.council.store.chain import genesis, sealed
    from foedus.council.store.sqlite import InAFile, made

    form = packed(drawn_up({"case": "europe-1949"}))
    place = Path(tempfile.mkdtemp(prefix="foedus-bench-")) / "a.room"
    made(place, form, 0.0)
    store, prev = InAFile(place), genesis(form)
    began = time.perf_counter()
    for k in range(events):
        said = Event("table.said", "seat:USA", "all", {"id": "t"}, f"Message {k} of this table.", 1949, "table")
        one = sealed(said, prev, branch=1, seq=k + 1, now=float(k), key=f"k{k}")
        store.append([one])
        prev = one.hash
    rate = events / (time.perf_counter() - began)
    store.close()
    return place, rate


def opened(events: int) -> float:
    """Return the seconds until a room is read from disk, its chain checked, and folded."""
    from foedus.council.actor import Actor
    from foedus.council.setting_up import unpacked
    from foedus.council.store.sqlite import InAFile

    place = _room(events)[0]
    began = time.perf_counter()
    store = InAFile(place)
    room = Actor(store, unpacked(store.form())).room
    seconds = time.perf_counter() - began
    assert room.count == events
    store.close()
    return seconds


def replayed(events: int) -> float:
    """Return the seconds until a room is played again from its export: hashes, chain, log and years."""
    from foedus.council.acts import FACILITATOR, Viewer
    from foedus.council.export import export_files, taken
    from foedus.council.room_import import again, taken_from
    from foedus.council.room_zip import zipped
    from foedus.council.store.sqlite import InAFile

    place = _room(events)[0]
    store = InAFile(place)
    archive = place.with_suffix(".zip")
    archive.write_bytes(zipped(export_files(taken(store, "a"), Viewer(FACILITATOR))))
    store.close()
    began = time.perf_counter()
    found = again(taken_from(archive))
    seconds = time.perf_counter() - began
    assert found.room.count == events
    return seconds


def year(given: Mapping[str, Any]) -> float:
    """Return the seconds in which a year of a form is worked out by law, the case read and code compiled before."""
    from foedus.council.council_year import course_of, lived_years
    from foedus.council.seats import Moves
    from foedus.council.setting_up import drawn_up

    form = drawn_up({"seats": ["USA"], **given})
    course = course_of(form)
    lived_years(form, [Moves()], course)
    other = replace(form, run=1)  # other luck, so that nothing is answered from memory
    began = time.perf_counter()
    lived_years(other, [Moves()], course)
    return time.perf_counter() - began


ACT: Final = re.compile(rb"Act (\d+) is done")


async def _told(room: Room, acts: int) -> tuple[list[float], list[float]]:
    """Return how long each act took until all had it on their streams, and until it was acknowledged, in ms."""
    table, who = await room.begun(), [(s, k) for s in room.form.seats for k in range(len(room.secrets[s]))]
    who += [("observer", k) for k in range(OBSERVERS)]
    posted: dict[int, float] = {}
    seen: defaultdict[int, list[float]] = defaultdict(list)
    acknowledged: list[float] = []

    async def looks(seat: str, k: int) -> None:
        reader, writer = await room.stream(seat, k)
        had: set[int] = set()
        try:
            while True:
                new = {int(n) for n in ACT.findall(await reader.readuntil(b"\n\n"))} - had
                for n in new:
                    seen[n].append(time.perf_counter())
                had |= new
        finally:
            writer.close()

    async def acts_once(n: int) -> None:
        seat, k = [one for one in who if one[0] in room.form.states][n % 40]
        posted[n] = time.perf_counter()
        kind, about = ("concern.raise", "table") if n % 4 == 3 else ("table.say", "id")
        await room.act(seat, kind, f"Act {n} is done", k, **{about: table})
        acknowledged.append(1000 * (time.perf_counter() - posted[n]))

    looking = [asyncio.create_task(looks(seat, k)) for seat, k in who]
    for n in range(4):  # the model is loaded and every stream is open before anything counts
        await acts_once(n)
        await _until(lambda n=n: len(seen[n]) == len(who), 60)
    doing = []
    for n in range(4, acts + 4):
        doing.append(asyncio.create_task(acts_once(n)))
        await asyncio.sleep(1 / RATE)
    await asyncio.gather(*doing)
    await _until(lambda: all(len(seen[n]) == len(who) for n in posted), 30)
    for one in looking:
        one.cancel()
    await asyncio.gather(*looking, return_exceptions=True)
    return [1000 * (max(seen[n]) - posted[n]) for n in range(4, acts + 4)], acknowledged[4:]


async def _again(room: Room) -> float:
    """Return the seconds until all have the whole page once more, each on a stream of its own, opened at once."""
    who = [(s, k) for s in room.form.seats for k in range(len(room.secrets[s]))]
    who += [("observer", k) for k in range(OBSERVERS)]

    async def comes(seat: str, k: int) -> None:
        reader, writer = await room.stream(seat, k)
        while b"event: parts" not in await reader.readuntil(b"\n\n"):
            pass
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(comes(*one) for one in who))
    return time.perf_counter() - began


async def _until(so: Any, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while not so():
        assert time.perf_counter() < until, "an act was not seen by all"
        await asyncio.sleep(0.05)


@cache
def crowd(case: str, seats: int, acts: int) -> Mapping[str, float]:
    """Return what fifty seated people and two hundred observers wait, from sending an act on, and the memory."""
    from foedus.council.setting_up import drawn_up

    whole = drawn_up({"case": case})
    form = replace(whole, seats=(*whole.states[: seats - 1], whole.adversaries[0]))
    links = {s: PEOPLE // seats + (k < PEOPLE % seats) for k, s in enumerate(form.seats)}
    room = Room(form, {**links, "observer": 1})
    room.start()
    try:
        seen, acknowledged = asyncio.run(_told(room, acts))
        held = room.memory()
        room.stop(signal.SIGKILL)
        room.start()
        whole_again = asyncio.run(_again(room))
    finally:
        room.stop()
    parts = statistics.quantiles(seen, n=20, method="inclusive")
    late = statistics.quantiles(acknowledged, n=100, method="inclusive")[98]
    return {"p50": parts[9], "p95": parts[18], "acknowledged": late, "memory": held, "again": whole_again}


JUNK: Final[tuple[Any, ...]] = (
    None,
    0,
    -1,
    1e300,
    "",
    "x",
    "KOR",
    ["x"],
    {},
    {"a": 1},
    True,
    "\x00",
    "a" * 9000,
    "\ud800",
)
NO_BODY: Final = [x for x in JUNK if x not in (None, {})]
"""An act without a body is one that asks for nothing, which may be open to a seat."""
BYTES: Final = (b"", b"\xff\xfe", b"{", b"[]", b'{"kind": NaN}', b'{"a":' * 3000 + b"1" + b"}" * 3000, b"%ff=%00&&=")
PLACES: Final = (
    "/../../etc/passwd",
    "/static/..%2f..%2fa.room",
    "/r/b",
    "/r/a/%00",
    "/r/a/USA/" + "x" * 4000,
    "/r/a/XXX/act",
)
LINKS: Final = 150
"""Of each of five: so many that few acts are put off for coming too fast."""


def bad(r: random.Random, room: Room, table: str) -> tuple[str, str, dict[str, str], bytes]:
    """Return a request that nobody may make, or that means nothing: method, path, headers, content."""
    from foedus.council.procedures.roster import MACHINES

    seat, other = r.sample(room.form.seats, 2)
    k = r.randrange(LINKS)
    own, path = room.headers(seat, k), f"/r/a/{seat}/act"
    say = json.dumps({"kind": "table.say", "body": {"id": table}, "words": "Forged", "key": str(r.random())}).encode()
    kinds = [f"{m.noun}.{row.verb}" for m in MACHINES.values() for row in m.rows]
    body = {
        n: r.choice(JUNK)
        for n in ("id", "for", "table", "text", "members", "articles", "of", "state", "seconds", "kind")
    }
    junk = {"kind": r.choice([*kinds, *JUNK]), "body": r.choice([body, body, *NO_BODY]), "words": r.choice(JUNK)}
    wild = json.dumps({**junk, "saw": r.choice(JUNK), "key": ""}).encode()
    kind = {
        "content-type": r.choice(["application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""])
    }
    draft = json.dumps({"place": r.choice([None, "", 5, "x" * 200]), "text": r.choice(JUNK)}).encode()
    words = {"content-type": "application/x-www-form-urlencoded"}
    return r.choice(
        [
            ("POST", f"/r/a/{other}/act", own, say),
            (
                "POST",
                path,
                {**own, "cookie": r.choice(["", "foedus_seat=x", f"foedus_seat={r.random()}", "\xff=;;="])},
                say,
            ),
            ("POST", path, {**own, "x-foedus-token": r.choice(["", "x", room.headers(other)["x-foedus-token"]])}, say),
            (
                "POST",
                path,
                {**own, "origin": r.choice(["", "null", "http://evil.example", own["origin"] + ".evil"])},
                say,
            ),
            ("POST", path, {**own, "host": r.choice(["evil.example", "", "127.0.0.1.evil"])}, say),
            ("POST", path, {**own, **kind}, r.choice(BYTES)),
            ("POST", path, {**own, "content-length": r.choice(["400001", "999999999999"])}, b""),
            ("POST", "/r/a/observer/act", room.headers("observer", k), say),
            ("POST", path, own, wild),
            ("PUT", f"/r/a/{seat}/draft", own, draft),
            ("POST", f"/r/a/{seat}/desk", {**own, **words}, b"what=revoke&person=1"),
            ("POST", "/r/a/enter", {**own, **words}, f"secret={r.random()}".encode()),
            (r.choice(["DELETE", "PATCH", "POST", "GET"]), r.choice(PLACES), own, b""),
            ("GET", f"/r/a/{other}" + r.choice(["", "/stream", "/events.json", "/orders", "/export.zip"]), own, b""),
        ]
    )


async def _answered(room: Room, requests: int) -> Mapping[str, float]:
    table, r = await room.begun(), random.Random(14)
    before, found, began = len(await room.events()), Counter[str](), time.perf_counter()
    waiting = iter(range(requests))

    async def sends() -> None:
        for _ in waiting:
            method, path, headers, content = bad(r, room, table)
            status, answer = await asked(room.port, method, path, headers, content)
            found[str(status)] += 1
            found["faults"] += status >= 500 or b"Traceback" in answer
            if status < 400:
                print(f"accepted: {method} {path[:80]} {content[:60]!r}", flush=True)

    await asyncio.gather(*(sends() for _ in range(8)))
    seconds = time.perf_counter() - began
    done = [e for e in (await room.events())[before:] if e["actor"] not in ("clock", "model")]
    accepted = max(len(done), sum(n for status, n in found.items() if status < "4"))
    print(", ".join(f"{n} times {status}" for status, n in sorted(found.items())), flush=True)
    return {"accepted": accepted, "faults": found["faults"], "rate": requests / seconds}


@cache
def mob(requests: int) -> Mapping[str, float]:
    """Return how many bad or forged requests are accepted, how many answered with a fault, and how many a second."""
    from foedus.council.setting_up import drawn_up

    form = drawn_up({"case": "europe-1949", "seats": ["USA", "GBR", "FRA", "RUS"]})
    room = Room(form, dict.fromkeys((*form.seats, "observer"), LINKS))
    room.start()
    try:
        found = asyncio.run(_answered(room, requests))
    finally:
        room.stop()
    written = room.said.read_text(errors="replace").count("Traceback")
    return {**found, "faults": max(found["faults"], written)}


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures; none has a peer, each is held against the budget of the room."""
    if not installed("starlette"):
        yield Skipped("council room", "starlette is absent (extra web)")
        return
    events, alone = 500 if quick else 5000, {"against": "budget of the room"}
    yield Figure("council: events kept on SQLite, each a commit", lambda: _room(events)[1], unit="a second", **alone)
    for name, work, many in (("opened", opened, 2 * events), ("replayed", replayed, events)):
        take = lambda w=work, n=many: w(n)  # noqa: E731
        yield Figure(f"council: room of {many} events {name}", take, unit="s", within=BUDGETS[name], **alone)
    indo = {"case": "indo-pacific-2020@2019", "states": THIRTEEN, "adversaries": ["CHN", "PRK"]}
    atlantic = {"case": str(case_of_32()), "blank_slate": True}
    for given, states, most in ((indo, "13 states", "year"), (atlantic, "32 states from a blank slate", "large")):
        name = f"council: year of {states}"
        yield Figure(name, lambda g=given: year(g), unit="s", within=BUDGETS[most], **alone)
    many, acts = (300, 10) if quick else (10_000, 100)
    for part, says, unit, most in MOB:
        take = lambda p=part: mob(many)[p]  # noqa: E731
        yield Figure(f"council: {many} bad or forged requests: {says}", take, unit=unit, within=most, **alone)
    for case, seats in (("europe-1949", 13), ("atlantic-2020", 28)):
        name = f"council: {PEOPLE} people in {seats} seats, {OBSERVERS} observers, {RATE:g} acts a second"
        for part, says, unit, most in CROWD:
            take = lambda c=case, n=seats, p=part: crowd(c, n, acts)[p]  # noqa: E731
            yield Figure(f"{name}: {says}", take, unit=unit, within=most, **alone)
