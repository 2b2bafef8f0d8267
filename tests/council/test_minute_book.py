"""Minutes are sentences that a reader may read; how they end, once a year is worked out, is in ``test_room_files.py``."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.acts import Viewer
from foedus.council.minute_book import _still, _worth, minutes
from foedus.council.year_read import SeatYear, Term


def test_minutes_hold_what_a_viewer_may_read_and_words_stay_words() -> None:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table)
    room.does("table.say", "KOR", "# not a heading\n*nor* <b>this</b>", id=table)
    channel = room.does("channel.open", "KOR", "Psst", members=["JPN"])
    room.does("channel.accept", "JPN", id=channel)
    room.does("channel.say", "KOR", "SECRET", id=channel)
    told = minutes(room.form, room.log, Viewer("seat", "USA"))
    assert "SECRET" not in told
    assert "SECRET" in minutes(room.form, room.log, Viewer("seat", "JPN"))
    assert "\\# not a heading \\*nor\\* \\<b\\>this" in told
    assert "1. First *[founds " in told
    assert room.room.texts[text].state == "open"
    assert "## 2019, opening" in told
    assert "**" not in told
    assert "- South Korea (Council): “\\# not a heading" in told
    assert "tabled “Title”. ([version 1](replay.html#text-" in told


def test_the_words_of_who_said_no_stand_in_the_minutes_for_those_who_may_read_them_and_comings_are_one_line() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    room.does("room.sit", "facilitator")
    room.does("silence.propose", "USA", id=text)
    room.does("silence.object", "JPN", "Too early.", id=text)
    room.does("silence.propose", "USA", id=text)
    room.waits(31)
    room.does("silence.break", "KOR", "Not without a seat for all.", id=text)
    room.does("consensus.call", "USA", id=text)
    for seat in ("JPN", "KOR"):
        room.does("consensus.join", seat, id=text)
    told = minutes(room.form, room.log, Viewer("seat", "USA"))
    assert "- Japan and South Korea joined on “Title”." in told
    assert "South Korea broke silence on “Title”: it is not adopted: “Not without a seat for all.”" in told
    assert "it stays open: “Too early.”" in told
    assert "Not without" not in minutes(room.form, room.log, Viewer("seat", "CHN"))
    assert told.count("sits down") == 0
    assert "## 2019, table\n\n- The table sits" in told
    assert "- Who came and went: sat down: the United States, Japan and South Korea." in told


def test_what_a_year_was_worth_is_said_once_where_both_measures_are_the_same() -> None:
    def year(now: float, nothing: float) -> SeatYear:
        return SeatYear("BEL", (Term("security", now, None, nothing),))

    assert _worth(year(1.95, 0.0)).startswith("+1.95 % by what was signed, and in all.")
    assert _worth(year(1.95, 0.5)).startswith("+1.45 % by what was signed, +1.95 % in all.")
    assert _still(year(1.95, 1.95))
    assert not _still(year(1.95, 0.5))
