"""Phases that begin at a day and hour: moved by whichever clock, held through pauses, said where the reader is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from councilrooms import FORM, Table

from foedus.council.acts import Viewer
from foedus.council.procedures.phases import dated
from foedus.council.quiet_hours import day_meant
from foedus.council.room_form import RoomForm, Rules, begins_of, check_dates, dates_of, form_of
from foedus.council.room_sheet import dates_said, strip
from foedus.council.setting_up import drawn_up, rehearsal_of
from foedus.council.sight import seen_by
from foedus.council.sights import Sight
from foedus.council.tableside import Reader
from foedus.vocabulary.errors import FoedusError

DAY = 86_400
BEGINS = {"opening": "1970-01-01 01:00", "table": "1970-01-02 12:00", "orders": "1970-01-04 18:00"}
DATED = replace(FORM, begins=BEGINS)


def reader(room: Table) -> Reader:
    viewer = Viewer("seat", "KOR")
    return Reader(Sight(viewer, seen_by(room.form, room.log, viewer), (), 0), room.now)


def until(room: Table) -> Any:
    return room.room.itself.until


def test_a_phase_ends_when_the_next_begins_though_a_facilitator_leads() -> None:
    room = Table(DATED)
    room.does("room.open", "facilitator")
    assert until(room) == 3600
    assert dated(room.room)
    assert room.waits(3600) == ["room.begin"]
    assert until(room) is None, "the consultation has no date: somebody leads to it"
    room.does("room.consult", "facilitator")
    assert until(room) == 1.5 * DAY
    assert room.waits(1.5 * DAY)[-1] == "room.sit"
    assert until(room) == 3.75 * DAY
    shown = strip(reader(room))
    assert shown["left_words"] == "Table ends at 18:00 UTC on 4 January"
    assert (shown["phase_day"], shown["zone"]) == (3.75 * DAY, "UTC")
    assert [(d["name"], d["hour"]) for d in dates_said(reader(room))][1] == ("Table", "12:00 UTC on 2 January")


def test_a_date_that_is_over_moves_nothing() -> None:
    room = Table(replace(DATED, begins={"opening": "1970-01-01 00:00"}))
    room.does("room.open", "facilitator")
    assert until(room) is None
    planned = Table(
        replace(DATED, begins={"opening": "1970-01-01 00:00"}, plan={"lobby": 5}, rules=Rules(clock="plan"))
    )
    planned.does("room.open", "facilitator")
    assert until(planned) == planned.now + 300, "the minutes of the plan stand where a date is over"


def test_a_pause_leaves_a_day_where_it_is_and_puts_off_one_within_it() -> None:
    room = Table(DATED)
    room.does("room.open", "facilitator")
    for _ in range(2):
        room.does("room.pause", "facilitator")
        room.waits(600)
        room.does("room.resume", "facilitator")
        assert until(room) == pytest.approx(3600)
        assert dated(room.room)
    room.does("room.pause", "facilitator")
    room.waits(7200)
    room.does("room.resume", "facilitator")
    assert until(room) == pytest.approx(3600 + 7200), "nobody loses the time"
    assert not dated(room.room)


def test_a_phase_with_a_day_can_be_made_longer() -> None:
    room = Table(DATED)
    room.does("room.open", "facilitator")
    room.does("room.extend", "facilitator", minutes=10)
    assert until(room) == 4200
    assert not dated(room.room)


def test_days_are_those_of_the_zone_of_the_room_and_of_their_year() -> None:
    form = replace(
        FORM,
        last=FORM.first + 1,
        rules=Rules(zone="Asia/Seoul"),
        begins={"table": "2026-12-03 18:00", f"{FORM.first + 1}.opening": "2026-12-10 09:00"},
    )
    assert begins_of(form, "table", FORM.first) == day_meant("2026-12-03 09:00", "")
    assert begins_of(form, "table", FORM.first + 1) is None
    assert [(y, p) for y, p, _ in dates_of(form)] == [(FORM.first, "table"), (FORM.first + 1, "opening")]
    assert form_of(form.to_dict()) == form
    assert "begins" not in FORM.to_dict(), "older rooms are kept in the same bytes"
    assert rehearsal_of(form).begins == {}


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        ({"tabel": "2026-12-03 18:00"}, "there is no such phase"),
        ({"reading": "2026-12-03 18:00"}, "there is no such phase"),
        ({"table": "18:00"}, "no day and hour"),
        ({"table": "2026-13-03 18:00"}, "no day and hour"),
        ({"table": 18}, "no day and hour"),
        ({"table": "2026-12-03 18:00", "orders": "2026-12-02 18:00"}, "does not begin after table"),
        (["table"], "no list of phases"),
    ],
)
def test_days_that_mean_nothing_are_said_in_sentences(begins: Any, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        drawn_up({"case": "europe-1949", "begins": begins})


def test_free_phases_have_no_day_for_the_consultation() -> None:
    free = Rules(phases="free")
    with pytest.raises(FoedusError, match="no such phase"):
        replace(FORM, rules=free, begins={"consultation": "2026-12-03 18:00"})
    room = Table(replace(DATED, rules=free))
    room.does("room.open", "facilitator")
    room.does("room.begin", "facilitator")
    assert until(room) == 1.5 * DAY, "the opening leads to the table"


def test_the_form_of_a_room_is_one_of_its_fields() -> None:
    assert isinstance(form_of({**FORM.to_dict(), "begins": BEGINS}), RoomForm)


def test_a_new_room_is_not_made_with_a_day_that_is_over() -> None:
    check_dates(DATED, 0.0)
    with pytest.raises(FoedusError, match=r"begins\.2019\.opening: 01:00 UTC on 1 January is over"):
        check_dates(DATED, 4000.0)
