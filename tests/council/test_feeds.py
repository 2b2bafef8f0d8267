"""What changes on a page: drawn once for all who may read the same, told in what is new, the same as drawn anew."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rooms
from served_place import Place

from foedus.council import gates, sights
from foedus.council.acts import CLOCK, FACILITATOR, Act, Viewer, joined
from foedus.council.council_app import create_app, parts_of
from foedus.council.feeds import Feeds
from foedus.council.fold import folded_all, opened
from foedus.council.gates import OBSERVING, SHARED, STREAMS, Gates, Shut
from foedus.council.hall import Hall
from foedus.council.room_parts import RoomParts
from foedus.council.sights import at_moment


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    found = rooms.hall(rooms.file(tmp_path))
    found.actor.start()
    yield found
    found.stop()


def viewers(hall: Hall) -> list[Viewer]:
    return [*(Viewer("seat", s) for s in hall.form.seats), Viewer("observer"), Viewer("facilitator")]


def test_what_was_drawn_before_is_what_would_be_drawn_anew(hall: Hall) -> None:
    kept, table = RoomParts(hall), rooms.seated(hall.actor)
    actor = hall.actor

    def same() -> None:
        for viewer in viewers(hall):
            assert parts_of(hall, viewer, "room", kept) == parts_of(hall, viewer, "room")

    same()
    text = rooms.done(actor, rooms.text(table, clause="treaty USA,GBR")).events[0].event.body["id"]
    same()
    article = hall.room.texts[text].get("articles")[0]["id"]
    for act in (
        Act("table.say", "seat:GBR", {"id": table}, "<b>One</b>"),
        Act("table.say", "seat:USA", {"id": table}, "Two"),
        Act("concern.raise", "seat:FRA", {"table": table}, "Three"),
        Act("channel.open", "seat:GBR", {"members": ["FRA"]}, "Two of us"),
        Act("amendment.offer", "seat:GBR", {"text": text, "article": article}, "They meet."),
        Act("silence.propose", "seat:USA", {"id": text, "seconds": 60.0}),
        Act("silence.object", "seat:FRA", {"id": text}, "Not yet"),
        Act("seat.hand", "seat:FRA", {"id": "FRA"}),
        Act("room.pause", FACILITATOR, {}, "tea"),
    ):
        actor.submit(act).result(10)
        same()
    for k in range(40):
        rooms.done(actor, Act("table.say", "seat:GBR", {"id": table}, f"line {k}"))
        if k % 7 == 0:
            same()
    same()
    for person, seat in enumerate(("GBR", "FRA", "GBR")):  # people come, and nothing else changes
        hall.people.hear(person, seat, hall.now())
        same()
    assert "2 here" in "".join(parts_of(hall, Viewer("observer"), "room", kept).values())
    hall.worths = {"treaty USA,GBR": {}}
    actor.rewind(hall.room.count - 5, "again")
    same()


def drawn(html: str) -> str:
    """Return what is drawn without what the browser itself puts in: tokens, the time that is left, what is chosen in a list."""
    html = re.sub(r'(name="token" value=")[^"]*', r"\1", html)
    html = re.sub(r'(data-until="[^"]*"[^>]*>)[^<]*', r"\1", html)
    return re.sub(r"\s+", "", re.sub(r' aria-current="(true|page)"', "", html))


def test_a_page_that_stays_open_is_told_what_a_fresh_one_of_the_same_text_shows(place: Place) -> None:
    actor = place.hall.actor
    tabled = (rooms.text(place.table, title) for title in ("A treaty", "A statement"))
    one, two = (str(rooms.done(actor, act).events[0].event.body["id"]) for act in tabled)
    seen: dict[str, set[str]] = {one: set(), two: set()}

    def same() -> None:
        for who, text in ((w, t) for w in ("USA", "FRA", "observer", "facilitator") for t in (one, two)):
            page, parts = place.get(who, f"?text={text}").text, place.get(who, "/parts.json?page=room&mark=-").json()
            names = re.findall(r'data-part="([^"]*)"', page)
            assert {f"{n}-paper-{text}" for n in ("mine", "top", "leftside", "rightside")} <= {*names}
            fresh = drawn(page)
            for name in names:
                told_of = re.escape(drawn(parts["parts"][name]))
                assert re.search(rf'data-part="{name}"[^>]*>{told_of}</', fresh), (who, text, name)
            assert [t in m for m in re.findall(r"<a [^>]*aria-current=\"true\"", page) for t in (one, two)] == [
                text == one,
                text == two,
            ]
            seen[text] |= {*re.findall(r"<em[^>]*>([^<]+)</em>", page)}

    same()
    for act in (
        rooms.by("USA", "consensus.call", id=two),
        rooms.by("GBR", "consensus.join", id=two),
        rooms.by("USA", "silence.propose", id=one, seconds=60.0),
        rooms.by("FRA", "consensus.object", "Not so", id=two),
    ):
        rooms.done(actor, act)
        same()
    there = (
        f'<a class="btn warn" id="go-{one}" href="/r/small/FRA?text={one}">Silence is proposed on “A treaty”: go there<'
    )
    assert there in place.get("FRA", f"?text={two}").text
    assert f'id="go-{one}"' not in place.get("FRA", f"?text={one}").text
    rooms.done(actor, Act("silence.place", CLOCK, {"id": one}))
    same()
    assert re.search(
        r">“A treaty” is under silence until <time [^>]*data-hour>\d\d:\d\d UTC</time>: go there<",
        place.get("FRA", f"?text={two}").text,
    )
    assert "joins" in seen[two] - seen[one], "answers to one text are not shown beside another"


def told(content: bytes) -> dict[str, Any]:
    data = next(line for line in content.decode().split("\n") if line.startswith("data: "))
    found: dict[str, Any] = json.loads(data[6:])
    return found


def test_all_who_look_on_are_told_the_same_bytes_once_and_only_what_is_new(hall: Hall) -> None:
    table = rooms.seated(hall.actor)
    rooms.done(hall.actor, Act("table.say", "seat:GBR", {"id": table}, "said before"))
    kept = RoomParts(hall)
    feeds = Feeds(hall, lambda v, p: parts_of(hall, v, p, kept))
    links = [hall.links.give("observer")[1] for _ in range(2)] + [hall.links.give("seat", "USA")[1]]
    sessions = [hall.links.session(secret) for secret in links]

    async def run() -> None:
        async with feeds.running():
            streams = [feeds.stream(s, "room", "") for s in sessions if s is not None]
            for one in streams:
                assert b"event: beat" in await anext(one)
            first = [await anext(one) for one in streams]
            assert first[0] is first[1], "one state is written once for all who may read it"
            assert "said before" in told(first[0])["parts"][f"log-{table}"]
            waits = [asyncio.ensure_future(anext(one)) for one in streams]
            await asyncio.to_thread(
                rooms.done, hall.actor, Act("table.say", "seat:GBR", {"id": table}, "said <i>now</i>")
            )
            second = await asyncio.wait_for(asyncio.gather(*waits), 20)
            assert second[0] is second[1]
            news = told(second[0])
            assert set(news["parts"]) == {f"log-{table}"}
            assert "said &lt;i&gt;now" in news["parts"][f"log-{table}"]
            assert "said before" not in second[0].decode()
            assert news["from"] == told(first[0])["mark"]
            assert feeds.told(Viewer("observer"), "room", news["mark"])[0] == ""
            assert "said before" in feeds.told(Viewer("observer"), "room", "old")[0]
            waits = [asyncio.ensure_future(anext(streams[0]))]
            assert sessions[0] is not None
            hall.take_back(sessions[0].link.id)
            assert b"event: shut" in await asyncio.wait_for(waits[0], 20)
            for one in streams:
                await one.aclose()

    asyncio.run(run())


def test_a_class_looks_on_by_one_link_and_nobody_takes_all_the_windows(hall: Hall) -> None:
    guard = Gates(hall.links)

    def session(role: str, seat: str | None = None) -> Any:
        return hall.links.session(hall.links.give(role, seat)[1])

    watching, seat = session("observer"), session("seat", "USA")
    ends = [guard.open_stream(watching, "one") for _ in range(STREAMS)]
    with pytest.raises(Shut, match="4 windows"):
        guard.open_stream(watching, "one")
    ends[0]()
    guard.open_stream(watching, "one")
    for k in range(SHARED["observer"] - STREAMS):
        guard.open_stream(watching, f"b{k}")
    with pytest.raises(Shut, match="300 windows"):
        guard.open_stream(watching, "another")
    other = session("observer")
    for k in range(OBSERVING - SHARED["observer"]):
        guard.open_stream(other, f"b{k}")
    with pytest.raises(Shut, match="400 windows"):
        guard.open_stream(session("observer"), "x")
    for k in range(SHARED["seat"]):
        guard.open_stream(seat, f"b{k // STREAMS}")
    with pytest.raises(Shut, match=f"{SHARED['seat']} windows") as shut:
        guard.open_stream(seat, "x")
    assert shut.value.status == 429
    assert gates.BROWSER != gates.COOKIE


def test_a_text_of_many_parts_is_told_by_its_parts(hall: Hall) -> None:
    table = rooms.seated(hall.actor)
    act = Act("text.table", "seat:USA", {"table": table, "articles": [None, None]}, joined(("A", "B", "C")))
    name = rooms.done(hall.actor, act).events[0].event.body["id"]
    feeds = Feeds(hall, lambda v, p: parts_of(hall, v, p))
    state = feeds.state(Viewer("seat", "RUS"), "room")
    assert state is feeds.state(Viewer("seat", "RUS"), "room")
    assert f"paper-{name}" in state.parts
    assert feeds.state(Viewer("observer"), "no such page").parts == {}


def test_a_browser_that_leaves_at_once_gives_its_window_back(hall: Hall) -> None:
    app = create_app(hall, ())
    secret = hall.links.give("seat", "USA")[1]
    headers = [(b"host", b"here"), (b"cookie", f"{gates.COOKIE}={secret}".encode())]
    scope = {"type": "http", "method": "GET", "path": "/r/small/USA/stream", "raw_path": b"", "query_string": b""}
    sent: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message.get("status", 0))

    async def run() -> None:
        for _ in range(2 * STREAMS):
            await asyncio.wait_for(app({**scope, "headers": headers}, receive, send), 20)

    asyncio.run(run())
    assert 429 not in sent
    assert not hall.gates._open


def test_a_page_that_cannot_be_made_once_silences_nobody(hall: Hall) -> None:
    table, broken, fell = rooms.seated(hall.actor), [False], threading.Event()

    def drawn(viewer: Viewer, page: str) -> dict[str, str]:
        if broken[0]:
            fell.set()
            raise RuntimeError("a fault of the template")
        return dict(parts_of(hall, viewer, page))

    feeds = Feeds(hall, drawn)
    session = hall.links.session(hall.links.give("observer")[1])
    assert session is not None

    async def run() -> None:
        async with feeds.running():
            stream = feeds.stream(session, "room", "")
            await anext(stream)
            await anext(stream)
            waits = asyncio.ensure_future(anext(stream))
            for broken[0], words in ((True, "first"), (False, "second")):
                act = Act("table.say", "seat:USA", {"id": table}, words)
                await asyncio.to_thread(rooms.done, hall.actor, act)
                assert await asyncio.to_thread(fell.wait, 20)
            said = (await asyncio.wait_for(waits, 20)).decode()
            assert "first" in said
            assert "second" in said
            await stream.aclose()

    asyncio.run(run())


def test_an_earlier_moment_is_the_room_as_it_was_whether_or_not_it_is_kept(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sights, "EVERY", 4)
    table = rooms.seated(hall.actor)
    for k in range(12):
        rooms.done(hall.actor, Act("table.say", "seat:USA", {"id": table}, f"{k}"))
    sight = hall.sight(Viewer("observer"))
    log = [one.event for one in sight.events]
    for number in (9, 3, sight.count - 1, sight.count, 10**9, -1, 9):
        then = min(max(number, 0), sight.count)
        assert at_moment(hall.form, sight, number) == folded_all(opened(hall.form), log[:then])
    assert 4 in hall.sight(Viewer("observer")).kept
