"""Longer time for a seat that needs it: it sees its own hour, the others the usual one, and the clock goes by the later."""

from __future__ import annotations

from dataclasses import replace

from councilrooms import FORM, Table, stored

from foedus.council.acts import Viewer
from foedus.council.fold import folded_all, opened
from foedus.council.sight import readable, seen_by


def until(room: Table, seat: str, text: str) -> float | None:
    return seen_by(room.form, room.log, Viewer("seat", seat)).texts[text].until


def test_a_seat_has_longer_and_no_other_is_told() -> None:
    room = Table(proposed_seconds=10, silence_seconds=100, consensus_seconds=60)
    text = room.tables(room.at_the_table())
    for times in (0.5, 11):
        assert room.refused("seat.ease", "facilitator", id="KOR", times=times).rule == "form"
    assert room.refused("seat.ease", "KOR", id="KOR", times=2).rule == "who"
    room.does("seat.ease", "facilitator", id="KOR", times=3)
    before = len(readable(room.log, Viewer("seat", "JPN")))
    room.does("silence.propose", "USA", id=text)
    assert len(readable(room.log, Viewer("seat", "JPN"))) == before + 1
    assert (until(room, "JPN", text), until(room, "KOR", text)) == (10, 30)
    assert room.waits(29) == []
    assert room.waits(1) == ["silence.place"]
    assert (until(room, "JPN", text), until(room, "KOR", text)) == (130, 330)
    assert room.waits(299) == []
    room.does("silence.break", "KOR", "We read slowly", id=text)  # long after the hour of the others
    assert room.room.texts[text].state == "open"
    assert "longer" not in repr(seen_by(room.form, room.log, Viewer("seat", "JPN")))
    room.does("seat.ease", "facilitator", id="KOR", times=1)
    room.does("consensus.call", "USA", id=text)
    assert until(room, "KOR", text) == until(room, "JPN", text)
    assert folded_all(opened(room.form), stored(room.log)) == room.room


def test_a_pause_moves_both_hours() -> None:
    room = Table(consensus_seconds=60)
    text = room.tables(room.at_the_table())
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    room.does("consensus.call", "USA", id=text)
    room.does("room.pause", "facilitator")
    room.now = 50.0
    room.does("room.resume", "facilitator")
    assert (until(room, "JPN", text), until(room, "KOR", text)) == (110, 170)


def test_the_phase_in_which_orders_are_due_ends_later_for_the_seat_and_no_other_is_told() -> None:
    room = Table(replace(FORM, plan={"orders": 5}), clock="plan")
    room.at_the_table()
    room.does("room.sit", "facilitator")
    room.does("seat.ease", "facilitator", id="KOR", times=2)
    room.does("room.order", "facilitator")

    def ends(seat: str) -> float | None:
        return seen_by(room.form, room.log, Viewer("seat", seat)).itself.until

    assert (ends("JPN"), ends("CHN"), ends("KOR")) == (300, 300, 600)
    room.waits(100)
    room.does("room.extend", "facilitator", minutes=1)
    assert (ends("JPN"), ends("KOR")) == (360, 620), "the minute is added to the hour that all see"
    room.does("room.pause", "facilitator")
    room.now += 40
    room.does("room.resume", "facilitator")
    assert (ends("JPN"), ends("KOR")) == (400, 660)
    room.does("room.extend", "facilitator", minutes=1)
    assert ends("JPN") == 460
    assert "over" not in seen_by(room.form, room.log, Viewer("seat", "JPN")).itself.data
    assert not [e for e in readable(room.log, Viewer("seat", "JPN")) if e.kind == "room.put off"]
    room.waits(460 - room.now)
    assert room.room.phase == "orders", "it waits for the seat that has longer"
    room.does("orders.put", "KOR", climb={"JPN": False})
    room.does("orders.confirm", "KOR", id="KOR:2019")
    room.waits(float(ends("KOR") or 0) - room.now)
    assert room.room.phase == "year"
    assert room.room.orders["KOR:2019"].state == "carried out"
