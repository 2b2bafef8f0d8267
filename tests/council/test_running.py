"""Running: all are told that something runs at a closed table and until when, where the rule says so, and nothing of what or whose."""

from __future__ import annotations

import pytest
import rooms
from councilrooms import Table
from served_place import Place

from foedus.council.acts import FACILITATOR, Act, Viewer
from foedus.council.procedures.showing import shown_name
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
    assert {e.body["id"] for e in told} == {shown_name(text)}
    assert all(text not in str(e.body) and not e.words and e.actor == "clock" for e in told), "neither text nor seat"
    assert running(seen(room, Viewer("seat", "JPN"))) == [], "its members have the text itself"


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
