"""The rule `phases: free`: consultation and table are one phase, with the minutes of both."""

from __future__ import annotations

from dataclasses import replace

from councilrooms import FORM, Table

from foedus.council.acts import FACILITATOR, Viewer
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
