"""Hours of the log on pages: universal time is said without script, and the script of a page has what it needs to tell the reader's own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import rooms

from foedus.council import talk
from foedus.council.acts import Viewer
from foedus.council.quiet_hours import hour_said
from foedus.council.room_parts import RoomParts
from foedus.council.room_sheet import reader
from foedus.council.sheets import asset, hour, with_hour


def test_an_hour_says_its_zone_and_keeps_its_moment() -> None:
    shown = hour("2026-11-29T14:32:05.123Z")
    assert shown == (
        '<time datetime="2026-11-29T14:32:05.123Z" title="14:32 UTC, 29 November 2026" data-hour>14:32 UTC</time>'
    )


def test_an_hour_in_a_sentence_can_be_turned_where_the_room_has_no_zone() -> None:
    at = datetime(2026, 11, 29, 14, 32, 5, tzinfo=UTC).timestamp()
    said = f"Under <silence> until {hour_said(at, '')}."
    assert with_hour(said, at, "UTC") == f"Under &lt;silence&gt; until {hour('2026-11-29T14:32:05.000Z')}."
    assert "<time" not in with_hour(f"until {hour_said(at, 'Asia/Seoul')}", at, "Asia/Seoul")
    assert "<time" not in with_hour("open", None, "UTC")


def test_talk_is_told_with_hours_that_pages_can_turn(tmp_path: Path) -> None:
    hall = rooms.hall(rooms.file(tmp_path))
    hall.actor.start()
    try:
        table = rooms.seated(hall.actor)
        rooms.done(hall.actor, rooms.by("USA", "table.say", "Good morning", id=table))
        drawn = RoomParts(hall).of(Viewer("seat", "GBR"), "/r/small/gbr")
        line = drawn[f"log-{table}"]
        assert "Good morning" in line
        assert line.count("data-hour") == len(talk.talk(_reader(hall), table))
    finally:
        hall.actor.stop()
        hall.store.close()


def _reader(hall: rooms.Hall) -> talk.Reader:
    return reader(hall, Viewer("seat", "GBR"))


def test_both_scripts_turn_them() -> None:
    assert all(b"time[data-hour]" in asset(name) for name in ("council.js", "replay_file.js"))
