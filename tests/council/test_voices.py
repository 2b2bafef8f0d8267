"""Who spoke and who was heard, counted from what is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from councilrooms import Table

from foedus.council.acts import FACILITATOR, Event, Viewer
from foedus.council.sight import readable, seen_by
from foedus.council.telling import event_told
from foedus.council.voices import Silences, Voice, silences, voices


@pytest.fixture(scope="module")
def talked() -> Table:
    room = Table()
    table = room.at_the_table()
    text = room.tables(table)
    concern = room.does("concern.raise", "KOR", "The list.", table=table)
    room.does("concern.meet", "KOR", id=concern)
    room.does("concern.raise", "JPN", "The ruling.", table=table)
    for _ in range(2):
        room.does("table.say", "JPN", "No.", id=table)
    channel = room.does("channel.open", "USA", members=["KOR"])
    room.does("channel.say", "USA", "In private.", id=channel)
    offered = room.does("amendment.offer", "USA", "Ten days", text=text, article="a1")
    for seat in ("JPN", "KOR"):
        room.does("amendment.object", seat, id=offered)
    for seat in ("JPN", "KOR"):
        room.does("amendment.lift", seat, id=offered)
    for breaks in (True, False):
        room.does("silence.propose", "USA", id=text, seconds=60)
        room.waits(30)
        if breaks:
            room.does("silence.break", "KOR", "Too short.", id=text)
    room.waits(60)
    assert room.room.texts[text].state == "adopted"
    return room


def test_words_concerns_brackets_and_silence_are_counted_by_seat(talked: Table) -> None:
    found = {v.seat: v for v in voices(talked.room, talked.log)}
    assert found["JPN"] == Voice("JPN", 2, 1, 0, 1, 1, 0, offered=1)
    assert found["KOR"] == Voice("KOR", 0, 1, 1, 1, 1, 1)
    assert found["USA"] == Voice("USA", 1, 0, 0, 0, 0, 0, offered=1, proposed=2)
    assert found["CHN"].silent
    assert next(iter(found)) == "JPN", "who said most stands first"
    assert silences(talked.log) == Silences(2, 1, 1)


def test_a_seat_counts_what_it_may_read_alone(talked: Table) -> None:
    viewer = Viewer("seat", "JPN")
    found = voices(seen_by(talked.form, talked.log, viewer), readable(talked.log, viewer))
    assert {v.seat: v.said for v in found}["USA"] == 0, "what was said in private is not told by a number"


def test_the_text_of_an_exercise_is_nobodys_word_and_is_told_as_prepared() -> None:
    laid = Event("text.tabled", FACILITATOR, "all", {"id": "t", "for": "USA"}, None, 2019, "opening")
    room = replace(seen_by(Table().form, (), Viewer("facilitator")), form=replace(Table().form, exercise="x"))
    assert not any(v.offered for v in voices(room, [laid]))
    assert event_told(laid, room).endswith("(prepared by the exercise)")
    later = replace(laid, phase="table")
    assert {v.seat: v.offered for v in voices(room, [later])}["USA"] == 1
    assert event_told(later, room).endswith("(by the facilitator in its place)")
