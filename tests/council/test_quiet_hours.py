"""Quiet hours: no silence runs out in them, in the room's own time zone; rooms without them are kept as they were."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from councilrooms import FORM, Table

from foedus.council.acts import Viewer
from foedus.council.quiet_hours import awake, hour_meant, hour_said
from foedus.council.room_form import Rules, form_of
from foedus.council.sights import Sight
from foedus.council.tableside import Reader, head_of
from foedus.vocabulary.errors import FoedusError


def at(words: str) -> float:
    return datetime.fromisoformat(words).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("given", "zone", "found"),
    [
        ("2026-11-29T23:10", "", "2026-11-30T07:00"),
        ("2026-11-30T06:59", "", "2026-11-30T07:00"),
        ("2026-11-30T07:00", "", "2026-11-30T07:00"),
        ("2026-11-29T21:59", "", "2026-11-29T21:59"),
        ("2026-11-29T21:30", "Europe/Berlin", "2026-11-30T06:00"),
        ("2026-03-28T22:30", "Europe/Berlin", "2026-03-29T05:00"),  # clocks go forward that night
        ("2026-11-29T14:00", "Asia/Tokyo", "2026-11-29T22:00"),
    ],
)
def test_what_would_run_out_at_night_runs_out_in_the_morning_of_the_room(given: str, zone: str, found: str) -> None:
    assert awake(at(given), "22-7", zone) == at(found)
    assert awake(at(given), "", zone) == at(given)


def test_silence_is_placed_and_extended_past_the_night_and_its_hour_is_told_where_the_room_is() -> None:
    room = Table(silence_seconds=3600, proposed_seconds=5, quiet="22-7", zone="Europe/Berlin")
    room.now = at("2026-11-29T20:30")
    table = room.at_the_table()
    text = room.tables(table)
    room.does("silence.propose", "USA", id=text)
    room.waits(6)
    assert room.room.texts[text].until == at("2026-11-30T06:00"), "it would have run out at half past ten at night"
    seen = Reader(Sight(Viewer("seat", "JPN"), room.room, (), 0), room.now)
    head = head_of(seen, room.room.texts[text])
    assert (head["strong"], head["zone"]) == ("Under silence until 07:00 Europe/Berlin.", "Europe/Berlin")
    assert head["own"] == room.room.texts[text].until, "the browser sets its own hour beside it"
    room.does("silence.extend", "USA", id=text, seconds=86_400 + 3600)
    assert room.room.texts[text].until == at("2026-12-01T06:00")


def test_silence_is_proposed_until_an_exact_hour_too() -> None:
    room = Table(proposed_seconds=5, quiet="22-7", zone="Europe/Berlin")
    room.now = at("2026-11-29T20:30")
    text = room.tables(room.at_the_table())
    assert "quiet hours" in room.refused("silence.propose", "USA", id=text, hour="23:30").sentence
    assert "30 days" in room.refused("silence.propose", "USA", id=text, hour="2027-03-01 09:00").sentence
    room.does("silence.propose", "USA", id=text, hour="2026-11-30 09:30")
    room.waits(6)
    assert room.room.texts[text].until == at("2026-11-30T08:30"), "that hour, not so long from when it was placed"


def test_a_pause_moves_no_deadline_into_the_night() -> None:
    room = Table(silence_seconds=3600, proposed_seconds=5, quiet="22-7")
    room.now = at("2026-11-29T20:00")
    text = room.tables(room.at_the_table())
    room.does("silence.propose", "USA", id=text)
    room.waits(6)
    assert room.room.texts[text].until == at("2026-11-29T21:00") + 6
    room.does("room.pause", "facilitator")
    room.now += 3600
    room.does("room.resume", "facilitator")
    assert (room.log[-1].kind, room.log[-1].see) == ("silence.extended", "seats:JPN,KOR,USA")
    assert room.room.texts[text].until == at("2026-11-30T07:00")


def test_a_room_without_quiet_hours_is_kept_in_the_bytes_of_before_and_wrong_ones_are_refused_in_words() -> None:
    kept = json.dumps(FORM.to_dict())
    assert "quiet" not in kept
    assert "zone" not in kept
    assert form_of(json.loads(kept)) == FORM
    quiet = Table(quiet="0-6", zone="Asia/Seoul").form
    assert form_of(quiet.to_dict()) == quiet
    for wrong in (
        {"quiet": "night"},
        {"quiet": "7-7"},
        {"quiet": "22-31"},
        {"zone": "Mars/Olympus"},
        {"zone": "../etc"},
    ):
        with pytest.raises(FoedusError, match=r"rules\."):
            Rules(**wrong)
    assert hour_said(at("2026-11-29T12:00"), "Asia/Seoul") == "21:00 Asia/Seoul"


def test_calls_amendments_and_proposals_do_not_run_out_at_night_nor_does_a_pause_move_them_there() -> None:
    room = Table(proposed_seconds=60, amendment_seconds=60, consensus_seconds=60, quiet="22-7")
    room.now = at("2026-11-29T21:59") + 30
    table = room.at_the_table()
    called, proposed, amended = (room.tables(table, clause=None) for _ in range(3))
    room.does("consensus.call", "USA", id=called)
    room.does("silence.propose", "USA", id=proposed)
    offer = room.does("amendment.offer", "KOR", "Other", text=amended, article="a1", saw=1)
    items = [room.room.texts[called], room.room.texts[proposed], room.room.amendments[offer]]
    assert {i.until for i in items} == {at("2026-11-30T07:00")}
    room.now = at("2026-11-30T06:59")
    room.does("room.pause", "facilitator")
    room.now += 15.5 * 3600
    room.does("room.resume", "facilitator")
    kinds = {e.kind for e in room.log[-3:]}
    assert kinds == {"text.put off", "amendment.put off"}
    assert room.room.texts[called].until == at("2026-12-01T07:00")


def test_an_hour_is_meant_where_the_room_is_and_never_one_that_is_over() -> None:
    now = at("2026-11-29T12:00")
    assert hour_meant("14:30", "", now) == at("2026-11-29T14:30")
    assert hour_meant("11:30", "", now) == at("2026-11-30T11:30"), "the next"
    assert hour_meant("14:30", "Europe/Berlin", now) == at("2026-11-29T13:30")
    assert hour_meant("2026-12-01 09:05", "", now) == at("2026-12-01T09:05")
    for wrong in ("2026-11-28 09:00", "25:00", "noon", "2026-02-30 10:00", "", "99999-01-01 10:00"):
        assert hour_meant(wrong, "", now) is None
    assert hour_said(now, "", day=True) == "12:00 UTC on 29 November"


def test_an_inject_comes_at_its_hour_and_a_pause_does_not_move_it() -> None:
    room = Table(zone="Europe/Berlin")
    room.now = at("2026-11-29T12:00")
    room.at_the_table()
    refused = room.refused("inject.prepare", "facilitator", "x", what="event", at="2026-11-29 12:59")
    assert (refused.rule, "an hour to come where the room is" in refused.sentence) == ("form", True)
    both = room.refused("inject.prepare", "facilitator", "x", what="event", at="14:00", upon="a text is adopted")
    assert "choose one" in both.sentence
    name = room.does("inject.prepare", "facilitator", "The list is published", what="event", at="14:00")
    assert not [e for e in room.log if e.kind == "inject.prepared" and e.see != "F"], "nobody else knows of its hour"
    room.now += 600
    room.does("room.pause", "facilitator")
    room.now += 1200
    room.does("room.resume", "facilitator")
    assert room.room.all("inject")[name].until == at("2026-11-29T13:00")
    assert {e.see for e in room.log if e.kind == "inject.put off"} == {"F"}
    assert room.waits(at("2026-11-29T13:00") - room.now) == ["inject.fire"]
    assert (room.log[-1].words, room.log[-1].see, room.log[-1].actor) == ("The list is published", "all", "clock")
    assert room.waits(86_400) == []
