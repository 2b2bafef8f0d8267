"""The rule `phases: free`: consultation and table are one phase, with the minutes of both."""

from __future__ import annotations

from dataclasses import replace

from councilrooms import FORM, Table

from foedus.council.acts import FACILITATOR, MODEL, Event, Viewer
from foedus.council.fold import folded
from foedus.council.next_step import next_said
from foedus.council.open_acts import forms_of_phase
from foedus.council.procedures.phases import minutes
from foedus.council.room_form import Rules, form_of
from foedus.council.room_sheet import strip
from foedus.council.sight import seen_by
from foedus.council.sights import Sight
from foedus.council.stepping import allowed
from foedus.council.tableside import Reader

FREE = replace(FORM, rules=Rules(phases="free", clock="plan"), plan={"opening": 5, "consultation": 20, "table": 25})


def reader(room: Table, seat: str) -> Reader:
    viewer = Viewer("seat", seat)
    return Reader(Sight(viewer, seen_by(room.form, room.log, viewer), (), 0), room.now)


def test_the_room_goes_from_the_opening_to_one_phase_of_both() -> None:
    room = Table(FREE)
    room.at_the_table()
    assert room.refused("room.consult", "facilitator").rule == "phases"
    assert "room.consult" not in {o.kind for o in allowed(room.room, FACILITATOR)}
    assert next_said(reader(room, "USA"), "sit", ("", ""))[0] == "Go on to consultation and table"
    assert room.waits(300) == ["room.sit"], "the clock leads there too"
    assert room.room.itself.until == 300 + 60 * 45
    assert (minutes(room.room, "consultation"), minutes(room.room, "table")) == (None, 45)
    shown = strip(reader(room, "KOR"))
    assert [p for p, _ in shown["phases"]][:2] == ["Opening", "Consultation and table"]
    assert shown["left_words"] == "Consultation and table ends in"
    kinds = [f.kind for f in forms_of_phase(reader(room, "KOR"))]
    assert kinds == ["text.table", "concern.raise", "channel.open"]


def test_a_guided_room_is_as_it_was_and_kept_in_the_same_bytes() -> None:
    room = Table()
    room.at_the_table()
    room.does("room.consult", "facilitator")
    assert [f.kind for f in forms_of_phase(reader(room, "KOR"))] == ["concern.raise", "channel.open"]
    assert [p for p, _ in strip(reader(room, "KOR"))["phases"]][:3] == ["Opening", "Consultation", "Table"]
    assert "phases" not in FORM.to_dict()["rules"]
    assert form_of(FREE.to_dict()) == FREE
    assert form_of({**FORM.to_dict(), "rules": {"phases": "guided", "heads": "no"}}) == FORM


def test_the_clock_makes_the_pause_of_the_plan_between_two_years_and_ends_it() -> None:
    plan = {"opening": 4, "consultation": 4, "table": 4, "orders": 4, "reading": 5, "pause": 15}
    room = Table(replace(FORM, plan=plan, rules=Rules(clock="plan")))
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text, seconds=7200)

    def read() -> None:
        for verb in ("sit", "order", "work"):
            room.does(f"room.{verb}", "facilitator")
        year = str(room.room.year)
        worked = Event("year.worked out", MODEL, "all", {"id": year, "to": "worked out"}, None, int(year), "year")
        room.room = folded(room.room, worked)
        room.does("room.read", "model")

    read()
    assert room.refused("room.resume", "clock").rule == "state"
    while room.room.itself.state == "reading":
        room.waits(60)
    assert (room.room.paused, room.room.year, room.log[-1].actor) == (True, 2019, "clock")
    shown = strip(Reader(Sight(Viewer("observer"), room.room, (), 0), room.now))
    assert (shown["left_words"], shown["phase_left"]) == ("Pause of the plan; it goes on in", "15:00")
    before = room.room.texts[text].until
    assert room.waits(899) == []
    assert room.waits(1) == ["room.resume"]
    assert before is not None
    assert room.room.texts[text].until == before + 900, "every deadline has moved by the pause"
    assert room.waits(0) == ["room.next"]
    assert (room.room.phase, room.room.year) == ("opening", 2020)
    read()
    room.waits(300)
    assert not room.room.paused, "no pause stands behind the last year"


def test_a_pause_that_somebody_made_is_not_ended_by_the_clock_and_who_leads_can_end_the_planned_one() -> None:
    room = Table(replace(FORM, plan={"opening": 4, "reading": 5, "pause": 15}, rules=Rules(clock="plan")))
    room.does("room.open", "facilitator")
    room.does("room.begin", "facilitator")
    room.does("room.pause", "facilitator")
    assert room.waits(7200) == []
    assert room.refused("room.resume", "clock").rule == "pause"
    room.does("room.resume", "facilitator")
    assert room.room.phase == "opening"
    assert room.refused("room.pause", "clock").rule == "pause"
