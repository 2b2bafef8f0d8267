"""Running: all are told that something runs at a closed table and until when, where the rule says so, and nothing of what or whose."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rooms
from councilrooms import Table
from served_place import Place

from foedus.council.acts import FACILITATOR, Act, Event, Viewer
from foedus.council.fold import folded_all, opened
from foedus.council.procedures.showing import SHOWN, shown_names
from foedus.council.running import running
from foedus.council.sight import readable, seen_by
from foedus.council.sights import Sight
from foedus.council.store.chain import sealed
from foedus.council.tableside import Reader


def seen(room: Table, viewer: Viewer) -> Reader:
    known = readable(room.log, viewer)
    logged = [sealed(e, b"", branch=1, seq=k, now=0.0) for k, e in enumerate(known, 1)]
    return Reader(Sight(viewer, seen_by(room.form, room.log, viewer), logged, len(logged)), room.now)


@pytest.mark.parametrize("viewer", [Viewer("observer"), Viewer("seat", "CHN")])
def test_who_is_at_no_table_reads_the_hour_of_its_silence_alone(viewer: Viewer) -> None:
    room = Table(clocks="all", silence_seconds=300)
    text = room.tables(room.at_the_table(), clause=None)
    room.does("seat.ease", "facilitator", id="KOR", times=3)
    room.does("seat.ease", "facilitator", id="JPN", times=5, person=7)
    room.does("silence.propose", "USA", id=text)
    assert [(x["what"], x["title"], x["until"]) for x in running(seen(room, viewer))] == [
        ("Silence is proposed", "", room.now + 30)
    ]
    while room.room.texts[text].state == "proposed":
        room.waits(1)
    began = room.now
    found = running(seen(room, viewer))
    assert [(x["what"], x["until"]) for x in found] == [("Under silence", began + 300)], "the hour that all see"
    room.does("room.pause", "facilitator")
    assert running(seen(room, viewer))[0]["until"] is None
    room.now += 100
    room.does("room.resume", "facilitator")
    assert running(seen(room, viewer))[0]["until"] == began + 400
    room.does("silence.break", "KOR", "SECRET words", id=text)
    assert running(seen(room, viewer)) == []
    told = [e for e in readable(room.log, viewer) if e.kind == "clock.shown"]
    hashed = shown_names(room.room.texts[text])[-1]
    assert {e.body["id"] for e in told} == {"hour-1"}, "a name that nobody can make who guesses a text"
    assert hashed not in str(told), "as it was before"
    assert SHOWN not in str([e.body for e in readable(room.log, viewer)]), "which text it is its members alone are told"
    assert all(text not in str(e.body) and not e.words and e.actor == "clock" for e in told), "neither text nor seat"
    assert running(seen(room, Viewer("seat", "JPN"))) == [], "its members have the text itself"
    room.does("silence.propose", "USA", id=text)
    assert [len(running(seen(room, v))) for v in (viewer, Viewer("seat", "JPN"))] == [1, 1]
    told = [e.body["id"] for e in readable(room.log, viewer) if e.kind == "clock.shown"]
    assert told[-1] == "hour-2", "nobody outside can tell whether the same text is tried again"


def test_a_room_that_named_its_hour_by_a_hash_goes_on_and_ends_it() -> None:
    room = Table(clocks="all", silence_seconds=300)
    text = room.tables(room.at_the_table(), clause=None)
    room.does("silence.propose", "USA", id=text)
    old = shown_names(room.room.texts[text])[-1]
    before = [_named_as_before(e, old) for e in room.log]
    room.log, room.room = before, folded_all(opened(room.form), before)
    assert [len(running(seen(room, v))) for v in (Viewer("observer"), Viewer("seat", "JPN"))] == [1, 1]
    room.does("silence.object", "KOR", id=text)
    assert room.log[-1].body == {"id": old, "to": "over", "until": None}
    assert running(seen(room, Viewer("observer"))) == []


def _named_as_before(event: Event, old: str) -> Event:
    if event.kind == "clock.shown":
        return replace(event, body={**event.body, "id": old})
    data = {k: v for k, v in event.body.get("set", {}).items() if k != SHOWN}
    return replace(event, body={**event.body, "set": data}) if "set" in event.body else event


def test_an_offer_that_waits_for_its_text_counts_nothing_down() -> None:
    room = Table()
    text = room.tables(room.at_the_table(), clause=None)
    room.does("amendment.offer", "KOR", "Other words", text=text, article="a1")
    assert [x["what"] for x in running(seen(room, Viewer("seat", "JPN")))] == ["An amendment is offered"]
    room.does("silence.propose", "USA", id=text)
    assert [x["what"] for x in running(seen(room, Viewer("seat", "JPN")))] == ["Silence is proposed"]


def test_nobody_is_told_where_the_rule_does_not_say_so() -> None:
    room = Table()
    room.does("silence.propose", "USA", id=room.tables(room.at_the_table(), clause=None))
    assert not [e for e in room.log if e.kind == "clock.shown"]


def test_a_wall_counts_down_the_silence_of_a_public_table(place: Place) -> None:
    rooms.done(place.hall.actor, rooms.text(place.table, "A pact of all", key="t"))
    text = next(iter(place.hall.room.texts))
    rooms.done(place.hall.actor, rooms.by("USA", "silence.propose", id=text, seconds=600))
    page = place.get("facilitator", "/wall").text
    assert "Silence is proposed: “1. A pact of all”" in page or "Silence is proposed: “A pact of all”" in page
    assert 'role="timer" data-until="' in page
    assert "Since <time" in page
    rooms.done(place.hall.actor, Act("room.pause", FACILITATOR))
    assert "Paused: the clock stands." in place.get("facilitator", "/wall").text
