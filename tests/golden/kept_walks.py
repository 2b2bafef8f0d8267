"""Walks by lot through a council room, from its beginning and from moments of one that was played: what comes of each act, or why not."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from dataclasses import replace
from typing import Any

from foedus.council.acts import Act, Event, Refusal, Viewer, joined
from foedus.council.exercises import exercise_names, read_exercise, setting
from foedus.council.export import Taken, export_files
from foedus.council.fold import Room, folded_all, opened
from foedus.council.goals import is_met
from foedus.council.printed import pack_page
from foedus.council.procedures.machine import Asked
from foedus.council.replay_file import replay_file
from foedus.council.room_form import CHOICES, RoomForm, form_of
from foedus.council.sight import may_read
from foedus.council.stepping import allowed, due, step
from foedus.council.store.chain import canonical, genesis
from foedus.council.store.keeping import Branch
from golden.camera import in_short, page_as_read
from golden.kept_room import LOG, sealed_at

ACTS = 150
WALKS = ((0, 0), (0, 1), (0, 2), (96, 3), (131, 4), (131, 5), (200, 6), (270, 7), (270, 8))
"""Behind how many events of the room that was played, and with which seed."""
ACTORS = ("facilitator", "seat:USA", "seat:JPN", "seat:KOR", "seat:CHN")
STATES = ("USA", "JPN", "KOR", "AUS", "CHN")
CLAUSES = (
    *(None, None, "form forum USA,JPN,KOR", "form body USA,JPN,KOR rule hub", "treaty JPN,KOR depth 0.5"),
    *(
        "mediate JPN,KOR by USA",
        "end treaty USA,KOR",
        "admit KOR to forum USA,JPN,AUS,IND",
        "undertake KOR.free_force:0.8",
    ),
)
ENDS = ("room.close", "room.debrief", "room.pause", "room.work", "inject.first")
"""Acts that end a walk, or that a model has to answer."""


def read() -> str:
    """Return what comes of every act of all walks, and what is taken away of the room that was played."""
    about, *lines = LOG.read_text(encoding="utf-8").splitlines()
    form, events = form_of(json.loads(about)), [Event(*json.loads(line)) for line in lines]
    told = []
    for count, seed in WALKS:
        rules = {n: known[seed % len(known)] for n, known in CHOICES.items() if n not in ("clock", "phases")}
        here = form if count else replace(form, rules=replace(form.rules, **rules))
        told += [f"=== behind event {count}, seed {seed}", *_walked(random.Random(seed), here, events[:count])]
    return "\n".join([*told, *_taken(form, events), *_goals(folded_all(opened(form), events)), *_packs(), ""])


def _walked(r: random.Random, form: RoomForm, events: list[Event]) -> list[str]:
    room, now, told = folded_all(opened(form), events), 60.0 * len(events), list[str]()
    if not events:
        for act in (Act("room.open", "facilitator"), *(Act("seat.take", f"seat:{s}", {"id": s}) for s in form.seats)):
            room = _done(room, act, now, told)
        for act in (
            Act("room.begin", "facilitator"),
            Act(
                "table.convene",
                "facilitator",
                {"members": ["USA", "JPN", "KOR"], "chair": "USA", "public": True},
                "All",
            ),
        ):
            room = _done(room, act, now, told)
    for k in range(ACTS):
        act = _chosen(r, room, str(k))
        if act is not None:
            room = _done(room, act, now, told)
        now += r.choice((0, 0, 0, 5, 30, 60, 300))
        for late in due(room, now):
            room = _done(room, late, now, told)
    return told


def _done(room: Room, act: Act, now: float, told: list[str]) -> Room:
    """Do an act and note what came of it."""
    found = step(room, act, now)
    what = f"{act.by} {act.kind} {json.dumps(dict(act.body), sort_keys=True)[:70]}"
    if isinstance(found, Refusal):
        told.append(
            f"{what}: no, {found.rule}: {found.sentence} ({len(found.allowed)} {_hashed(' '.join(found.allowed))})"
        )
        return room
    became = " ".join(e.kind for e in found)
    bodies = "".join(f"{e.actor} {e.see} {canonical(e.body)!r} {e.words} {e.year} {e.phase}" for e in found)
    told.append(f"{what}: {became} {_hashed(bodies)}")
    return folded_all(room, found)


def _chosen(r: random.Random, room: Room, key: str) -> Act | None:
    """Return something that is open to somebody, mostly with fields that fit."""
    who = r.choice(ACTORS)
    offers = [o for o in allowed(room, who) if o.kind not in ENDS]
    if not offers:
        return None
    kinds = sorted({o.kind for o in offers})
    kind = (
        r.choice([k for k in kinds if not k.startswith(("room.", "seat."))] or kinds)
        if r.random() < 0.9
        else r.choice(kinds)
    )
    offer = r.choice([o for o in offers if o.kind == kind])
    body = {a.name: _value(r, a, room) for a in offer.asks if a.kind != "hour" and (a.needed or r.random() < 0.5)}
    words = "Because." if offer.words == "must" or r.random() < 0.3 else None
    if kind == "text.table":
        words = joined(["T", *("x" for _ in body["articles"])])
    return Act(kind, who, {**body, **({"id": offer.item} if offer.item else {})}, words, key=key, person=1)


def _value(r: random.Random, asked: Asked, room: Room) -> Any:
    if asked.kind.startswith("item:"):
        known = list(room.all(asked.kind[5:]))
        return r.choice(known) if known else "none"
    names = (*STATES, *room.treaties, *room.in_force)
    made: dict[str, Any] = {
        "state": r.choice(STATES),
        "states": r.sample(STATES, r.randint(1, 3)),
        "number": r.choice((-1, 0, 0.4, 1, 30, 60, 300)),
        "yes": r.random() < 0.5,
        "word": r.choice(asked.choices or ("a1", "a2", "KOR.free_force", "KOR.colour")),
        "key": r.choice((*room.in_force, "form forum USA,JPN,KOR", "treaty JPN,KOR")),
        "clause": r.choice(CLAUSES),
        "articles": [r.choice(CLAUSES) for _ in range(r.randint(1, 2))],
        "answers": {r.choice(names): r.random() < 0.7 for _ in range(r.randint(1, 3))},
        "weights": {s: r.randint(0, 2) for s in ("USA", "JPN", "KOR")},
    }
    return made[asked.kind]


def _taken(form: RoomForm, events: list[Event]) -> list[str]:
    """Return what each reader takes away: the replay as one page, and the other files."""
    packed = json.dumps(form.to_dict()).encode()
    log = tuple(sealed_at(events, genesis(packed)))
    whole = Taken("small", packed, (Branch(1, None, 0, log[0].at, ""),), log, ())
    told = []
    for viewer in (Viewer("facilitator"), Viewer("seat", "JPN"), Viewer("observer")):
        seen = [one for one in log if may_read(one.event.see, viewer)]
        page = replay_file(form, seen, viewer)
        told += [f"=== taken away by {viewer.role}", f"page {_hashed(page)}"]
        told += [in_short(page_as_read(page))] if viewer.role == "facilitator" else []
        files = export_files(whole, viewer, names=False, seen=None if viewer.role == "facilitator" else seen)
        told += [f"{name}: {len(text.splitlines())} lines" for name, text in sorted(files.items())]
    return told


def _goals(room: Room) -> list[str]:
    """Return which conditions of goals hold in the room that was played, for each seat."""
    pairs = [",".join(two) for two in itertools.combinations(STATES, 2)]
    conditions = [f"{what} {names}" for what in ("body with", "no body with", "no crisis") for names in pairs]
    conditions += (
        [f"in force {key}" for key in (*room.in_force, "treaty JPN,KOR")]
        + [f"bound to {s}" for s in STATES]
        + ["no loss"]
    )
    return [f"{c}: {' '.join(str(is_met(c, room, s)) for s in room.seats)}" for c in conditions]


def _packs() -> list[str]:
    """Return the printed pack of each exercise, in short."""
    told = []
    for name in exercise_names():
        exercise = read_exercise(name)
        told += [f"=== printed for {name}", in_short(page_as_read(pack_page(exercise)))]
        told += [
            f"{act.kind} {act.by} {json.dumps(dict(act.body), sort_keys=True)[:100]}"
            for act in setting(exercise, opened(exercise.room))
        ]
    return told


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
