"""What was made of a room and kept is what would be made anew, after every event, for every viewer."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from test_adjudicate import FORM
from test_rooms_at_random import tried

from foedus.council.acts import Act, Viewer
from foedus.council.fold import Room, folded_all, opened
from foedus.council.playing import Play
from foedus.council.room_form import RoomForm
from foedus.council.room_parts import RoomParts
from foedus.council.sights import Sight, Sights
from foedus.council.stepping import allowed
from foedus.council.store.chain import Logged, sealed
from foedus.council.watched import Kept, Making, Watched, changes

SEATS = ("USA", "JPN", "KOR", "CHN")
VIEWERS = (*(Viewer("seat", s) for s in SEATS), Viewer("observer"), Viewer("facilitator"))


@dataclass
class Place:
    """What a hall gives to who draws a page."""

    form: RoomForm
    sights: Sights
    heard: Mapping[str, int]
    worths: Mapping[str, Mapping[str, Any]]
    bands: Mapping[str, Mapping[str, tuple[float, float]]]

    def sight(self, viewer: Viewer) -> Sight:
        return self.sights.of(viewer)

    def now(self) -> float:
        return 0.0

    def here(self) -> Mapping[str, int]:
        return self.heard


def played(seed: int, acts: int) -> Play:
    """Return a room in which much was done."""
    r, play, taken = random.Random(seed), Play(FORM), Counter[str]()
    play.leads("room.open")
    for s in SEATS:
        play.does(Act("seat.take", f"seat:{s}", {"id": s}))
    play.leads("room.begin")
    members = ["USA", "JPN", "KOR"]
    play.does(Act("table.convene", "seat:USA", {"members": members, "chair": "USA"}, "Council"))
    for _ in range(acts):
        tried(r, play, taken, r.choice(("facilitator", *(f"seat:{s}" for s in SEATS))))
        if r.random() < 0.2:
            play.waits(r.choice((5, 30, 60)))
    return play


def logged(play: Play) -> list[Logged]:
    return [sealed(e, b"", branch=1, seq=k, now=float(k)) for k, e in enumerate(play.log, 1)]


@pytest.mark.parametrize("seed", [3, 4])
def test_pages_and_what_is_open_are_as_they_would_be_anew_after_every_event(seed: int) -> None:
    play = played(seed, 60)
    place = Place(FORM, Sights(FORM), {}, {}, {})
    parts, kept = RoomParts(place), {v: Kept() for v in VIEWERS}  # type: ignore[arg-type]
    for k, one in enumerate(logged(play)):
        place.sights.add([one])
        if k % 9 == 0:
            place.heard = {"USA": k % 2, "KOR": 1}
        for viewer in VIEWERS:
            room, who = place.sight(viewer).room, f"seat:{viewer.seat}" if viewer.seat else viewer.role
            kept[viewer].turn(room)
            if viewer.role != "observer":
                assert allowed(room, who, None, kept[viewer]) == allowed(room, who), (one.event.kind, who)
            if k % 3 == 0:
                anew = RoomParts(place).of(viewer, "/r/x")  # type: ignore[arg-type]
                assert parts.of(viewer, "/r/x") == anew, (one.event.kind, viewer)


def test_kinds_that_are_asked_for_are_those_of_all_that_is_open() -> None:
    room = played(5, 30).room
    for who in ("seat:USA", "facilitator", "clock"):
        found = allowed(room, who)
        for kind in {o.kind for o in found}:
            assert allowed(room, who, (kind,)) == tuple(o for o in found if o.kind == kind)


def test_what_hangs_on_a_change_is_made_anew_and_nothing_else() -> None:
    play = played(6, 10)
    room, made, kept = play.room, list[str](), Kept()
    (table,) = [t for t in room.tables if "USA" in room.tables[t].get("members", ())][:1]

    def of(name: str, where: Room) -> Any:
        def make(seen: Room) -> Any:
            made.append(name)
            return seen.tables[table].get("members") if name == "members" else seen.phase

        return kept.of(name, where, make)

    def outer(where: Room) -> Any:
        return kept.of("both", where, lambda seen: (of("members", seen), of("phase", seen)))

    kept.turn(room)
    assert outer(room) == outer(room)
    assert made == ["members", "phase"]
    later = folded_all(room, [play.log[-1]])
    assert changes(room, room) == set()
    kept.turn(later)
    outer(later)
    other = replace(room, families={**room.families, "table": dict(room.tables)})
    kept.turn(other)
    outer(other)
    assert "phase" not in made[2:] or ("room", "") in changes(room, later)
    changed = {**room.tables, table: replace(room.tables[table], data={**room.tables[table].data, "members": ["KOR"]})}
    last = replace(other, families={**other.families, "table": changed})
    made.clear()
    kept.turn(last)
    assert outer(last)[0] == ["KOR"]
    assert made == ["members"]


def test_a_watched_room_notes_what_is_read_of_it() -> None:
    room = opened(FORM)
    watched = Watched(room.form, room.families, room.count)
    assert watched.seats is room.seats
    assert watched.item("text", "t1") is None
    assert watched.phase == "set up"
    assert watched.read == {("seat", ""), ("text", "t1"), ("room", "")}
    assert watched.deadlines == ()
    assert Making().of("x", room, lambda r: r) is room
