"""Files of a room: whole for the facilitator, a seat's for a seat, the same from the log as it is kept."""

from __future__ import annotations

import csv
import io
import re

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
    assert set(files) == {
        "debrief.md",
        "minutes.md",
        "acts.csv",
        "decisions.csv",
        "years.csv",
        "columns.csv",
        "year-2019.svg",
    }
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
    for who, whole in ((Viewer("seat", "JPN"), False), (Viewer("facilitator"), True)):
        drawn = room_files(FORM, played.log, who)["year-2019.svg"]
        assert ">Japan<" in drawn
        assert (">South Korea<" in drawn) is whole
        assert "against nothing new being signed" in " ".join(re.findall(r"<text[^>]*>([^<]*)<", drawn))
        assert drawn.startswith("<svg xmlns=")
        assert "var(--" not in drawn, "it needs no page around it"


def test_minutes_are_sentences_and_end_with_who_signed_what_is_in_force_and_what_the_year_was_worth(
    played: Play,
) -> None:
    told = {
        who: room_files(FORM, played.log, Viewer("seat", who) if who in FORM.seats else Viewer(who))["minutes.md"]
        for who in ("facilitator", "JPN", "CHN", "observer")
    }
    forum = "The forum of the United States, Japan and South Korea"
    for who, said in told.items():
        assert "**" not in said, who
        assert "“A text” is adopted. ([version 1]" in said
        assert f"- {forum}: signed by the United States, Japan and South Korea; in force." in said
        assert said.index("## In force at the end") < said.rindex(f"- {forum}\n")
        assert ("China planned pressure on South Korea" in said) is (who in ("facilitator", "CHN")), who
        worth = said.partition("## What 2019 was worth")[2].partition("##")[0]
        assert [f"- {s}: " in worth for s in ("Japan", "The United States")] == [
            who in ("facilitator", "JPN"),
            who == "facilitator",
        ], who
    assert " % by what was signed" in told["JPN"]
    assert told["JPN"].count("against nothing new being signed") == told["JPN"].count("was worth\n"), "said once a year"
    assert "Silence on “A text” has run out." in told["JPN"]
