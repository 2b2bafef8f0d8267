"""Titles: a treaty without words of its own is called by whom it binds, a text by its number, and what is not known by its name."""

from __future__ import annotations

from councilrooms import Table

from foedus.council.titles import title_of


def test_a_treaty_is_called_by_its_words_or_else_by_whom_it_binds() -> None:
    room = Table()
    room.at_the_table()
    room.does("treaty.draft", "JPN", with_="KOR", light=True)
    room.does("treaty.draft", "JPN", "A pact of the straits", clause="treaty JPN,KOR")
    plain, worded = room.room.treaties
    assert title_of(room.room, "treaty", plain) == "Light treaty of Japan and South Korea"
    assert title_of(room.room, "treaty", worded) == "A pact of the straits"
    assert title_of(room.room, "treaty", "none") == "none"


def test_a_text_has_its_number() -> None:
    room = Table()
    text = room.tables(room.at_the_table())
    assert title_of(room.room, "text", text).startswith("1. ")
