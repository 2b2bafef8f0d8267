"""Briefs: every number in them goes back to a fact of the case, or is worked out again."""

from __future__ import annotations

import re
from html import escape

import pytest

from foedus.casebook.case import Case
from foedus.council.briefs import Brief, Stated, briefs
from foedus.council.council_year import course_of, standing_before
from foedus.council.exercises import exercise_names, read_exercise
from foedus.council.lead_sheet import pack, questions_of, sheet
from foedus.council.printed import pack_page
from foedus.council.seats import Moves, institution_named
from foedus.council.year_sheet import handed
from foedus.simulation.decisions import consent_decisions
from foedus.simulation.formation import star
from foedus.simulation.year import Moment


def again(case: Case, moment: Moment, stated: Stated) -> float:
    """Return a number as the case or the model has it."""
    if stated.origin == "fact":
        quantity, subject, *against = stated.key
        return case.fact(quantity, subject, *against).value
    if stated.origin == "budget":
        return moment.appraiser.parameters["coercion_budget"]
    state, key = stated.key
    appraiser, before = moment.appraiser, moment.world.in_force
    if stated.origin == "consent":
        one, grown = institution_named(key), star(appraiser)
        return next(d.probability for d in consent_decisions(appraiser, one, grown) if d.state == state)
    grown, k = star(appraiser), moment.world.index(state)
    after, without = (grown, before) if key == "star" else (grown.having(institution_named(key)), grown)
    return float(appraiser.appraise(after, before).utility[k] - appraiser.appraise(without, before).utility[k])


@pytest.mark.parametrize("name", exercise_names())
def test_every_number_goes_back_to_where_it_is_from(name: str) -> None:
    exercise = read_exercise(name)
    course = course_of(exercise.room)
    case, moment = course.case(exercise.room.first), standing_before(exercise.room, (), Moves(), course)
    made = briefs(exercise)
    assert [b.seat for b in made] == list(exercise.room.seats)
    for brief in made:
        assert brief.numbers
        for stated in brief.numbers:
            assert stated.value == pytest.approx(again(case, moment, stated), abs=1e-12), (brief.seat, stated)


def figures(brief: Brief) -> list[tuple[str, set[str]]]:
    """Return the lines of a brief whose figures no stated number accounts for."""
    odd = []
    for part in brief.parts[1:]:
        for line in part.lines:
            said = line.words
            for number in line.numbers:
                said = said.replace(number.text, "", 1)
            if part.title != "What went before" and (left := set(re.findall(r"\d+\.\d+|\d+ %", said))):
                odd.append((line.words, left))
    return odd


def test_no_figure_stands_in_a_brief_without_an_origin() -> None:
    for name in exercise_names():
        for brief in briefs(read_exercise(name)):
            assert figures(brief) == []


def test_a_pack_has_a_sheet_and_a_page_for_every_seat_with_notes_that_are_there() -> None:
    exercise = read_exercise("washington-1949")
    pages = pack(exercise)
    assert set(pages) == {"sheet.md", *(f"brief-{s.lower()}.md" for s in exercise.room.seats)}
    for name, page in pages.items():
        if name != "sheet.md":
            assert set(re.findall(r"\[\^(\d+)\](?!:)", page)) == set(re.findall(r"\[\^(\d+)\]:", page)), name
    pressed = "and trade with you, the United Kingdom would agree least"
    assert pressed in pages["brief-rus.md"], "not the United States, which trades nothing with it"
    told = sheet(exercise)
    assert "| spare | 0 |" in told
    assert "## 180 minutes, two years" in told
    assert "| pause | 10 | between the years |" in told
    assert "The case has no data after 1949" in told


@pytest.mark.parametrize("name", exercise_names())
def test_the_sheet_on_paper_and_in_markdown_asks_what_the_page_of_the_debrief_asks_in_its_order(name: str) -> None:
    exercise = read_exercise(name)
    asked = questions_of(exercise)
    assert asked[1:] == [exercise.said(k) for k in exercise.form.asks]
    listed = sheet(exercise).partition("## Questions for the debrief")[2]
    assert [f"{n}. {words}" in listed for n, words in enumerate(asked, 1)] == [True] * len(asked)
    page = pack_page(exercise)
    assert f"<ol>{''.join(f'<li>{escape(words)}</li>' for words in asked)}</ol>" in page
    assert "Drawn for" in page, "what is new in the year stands on paper too"
    assert not [
        x for p in handed(name, exercise.room.seats[0], now=False)["parts"] for x in p["lines"] if "Drawn" in x["words"]
    ]
