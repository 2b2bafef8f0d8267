"""The printed pack: a page for who leads, one for every seat, cards for links; nothing that needs a network."""

from __future__ import annotations

import re
from typing import Any

import pytest

from foedus.council.exercises import exercise_names, minutes_of, read_exercise
from foedus.council.lesson_words import SAY
from foedus.council.printed import cards_page, pack_page


@pytest.mark.parametrize("name", exercise_names())
def test_a_pack_prints_a_sheet_and_every_brief_on_pages_of_their_own(name: str) -> None:
    exercise = read_exercise(name)
    page = pack_page(exercise)
    assert page.count('<section class="page') == 1 + len(exercise.room.seats)
    assert not re.search(r"(src|href)=|url\(|@import|e\+0\d", page)
    for brief in re.split(r'<section class="page brief[ a-z]*">', page)[1:]:
        marks = {n for marks in re.findall(r"<sup>([\d ]+)</sup>", brief) for n in marks.split()}
        notes = brief.partition('<div class="notes">')[2].count("<li>")
        assert marks == {str(k) for k in range(1, notes + 1)}
        assert "What you want" in brief


def test_a_printed_brief_says_what_its_words_mean_and_who_is_in_the_chair() -> None:
    page = pack_page(read_exercise("washington-1949"))
    assert page.count("in the chair of the table") == 1
    for brief in re.split(r'<section class="page brief[ a-z]*">', page)[1:]:
        assert brief.count("<dfn>Council</dfn>") == len(re.findall(r"\bcouncil\b", brief)[:1])


@pytest.mark.parametrize("name", exercise_names())
def test_every_exercise_has_a_plan_of_each_length_that_fits_into_it(name: str) -> None:
    form = read_exercise(name).form
    assert set(form.plans) == {"50", "90", "180"}
    for length, minutes in form.plans.items():
        assert set(minutes) <= set(SAY)
        assert 0 <= float(length) - minutes_of(form, length) <= 10, (name, length)
    assert read_exercise(name, "50").room.plan == form.plans["50"]


def test_every_brief_prints_on_one_page(browser: Any) -> None:
    page = browser.new_page(viewport={"width": 673, "height": 1009})  # A4 without its margins, px
    page.emulate_media(media="print")
    for name in exercise_names():
        page.set_content(pack_page(read_exercise(name)))
        tall = "[...document.querySelectorAll('section.page')].map((s) => s.getBoundingClientRect().height)"
        assert max(page.evaluate(tall)) < 1009, name
    page.close()


def test_cards_hold_their_links_as_text() -> None:
    page = cards_page("A <room>", [("Japan", "http://127.0.0.1:8000/r/a/enter#x&y")])
    assert "A &lt;room&gt;" in page
    assert "enter#x&amp;y" in page


def test_a_card_says_whose_link_it_is() -> None:
    page = cards_page("A room", [(who, "http://x/#s") for who in ("Facilitator", "Japan", "Observer")])
    assert page.count("Whoever has it sits in this seat.") == 1
    assert "leads the room and reads everything" in page
    assert "one card serves everybody who looks on" in page
