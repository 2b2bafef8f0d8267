"""Files of a room: whole for the facilitator, a seat's for a seat, the same from the log as it is kept."""

from __future__ import annotations

import csv
import io

import pytest
from councilrooms import stored
from test_adjudicate import FORM, adopted, at_the_table, done, ordered

from foedus.council.acts import Viewer
from foedus.council.playing import Play, played_again
from foedus.council.room_files import room_files


@pytest.fixture(scope="module")
def played() -> Play:
    play = at_the_table("USA", "JPN", "KOR", "CHN")
    treaty = adopted(play, "form forum USA,JPN,KOR", ["USA", "JPN", "KOR"])
    done(play, "pressure.plan", "CHN", "MARKER", target="KOR", cost=0.5)
    ordered(play, {s: {"sign": {treaty: True}} for s in ("USA", "JPN", "KOR")})
    return play


def test_what_a_room_leaves_is_the_same_from_its_stored_log_and_the_years_are_met(played: Play) -> None:
    files = room_files(FORM, played.log, Viewer("facilitator"), runs=2)
    assert set(files) == {"debrief.md", "minutes.md", "acts.csv", "decisions.csv", "years.csv"}
    log = stored(played.log)
    room, differs = played_again(FORM, log)
    assert differs == ()
    assert room_files(FORM, log, Viewer("facilitator"), runs=2) == files
    assert room.in_force == played.room.in_force


def test_a_seat_takes_away_what_it_may_read_and_no_more(played: Play) -> None:
    for seat, knows in (("CHN", True), ("JPN", False), ("USA", False)):
        files = room_files(FORM, played.log, Viewer("seat", seat), runs=2)
        assert "debrief.md" not in files
        assert ("MARKER" in repr(files)) is knows, seat
    rows = list(csv.DictReader(io.StringIO(room_files(FORM, played.log, Viewer("seat", "JPN"))["years.csv"])))
    assert {r["seat"] for r in rows} == {"JPN"}
    assert {r["against"] for r in rows} == {"now", "nothing"}
