"""Quiet hours: no silence runs out in them, in the room's own time zone; rooms without them are kept as they were."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from councilrooms import FORM, Table

from foedus.council.acts import Viewer
from foedus.council.quiet_hours import awake, hour_said
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
    assert head_of(seen, room.room.texts[text])["strong"] == "Under silence until 07:00 Europe/Berlin."
    room.does("silence.extend", "USA", id=text, seconds=86_400 + 3600)
    assert room.room.texts[text].until == at("2026-12-01T06:00")


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
