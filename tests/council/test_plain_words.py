"""Wording: clauses and what happened as plain sentences, with the names of the day and no codes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from foedus.council.exercises import exercise_names, read_exercise
from foedus.council.fold import opened
from foedus.council.plain_words import (
    called_in,
    clause_said,
    happened_said,
    headline,
    in_line,
    institution,
    pressed_together,
    some_of,
)
from foedus.council.room_form import RoomForm
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import country

FORM = RoomForm("europe-1949", 1949, 1949, ("USA", "GBR", "FRA", "NLD", "SWE"), ("RUS",), "USA", ("USA", "RUS"))
ROOM, CALLED = opened(FORM), called_in(opened(FORM))


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (
            "form body USA,GBR,FRA rule consensus",
            "founds a council of the United States, the United Kingdom and France, which decides by consensus",
        ),
        (
            "form body USA,GBR,FRA rule hub",
            "founds a body of the United States, the United Kingdom and France, led by the United States",
        ),
        ("form body USA,GBR,FRA,NLD,SWE", "founds a council of the five, which decides by consensus"),
        ("form forum USA,GBR,FRA", "founds a forum of the United States, the United Kingdom and France"),
        ("treaty GBR,FRA", "concludes a treaty of the United Kingdom and France"),
        (
            "treaty GBR,FRA depth 0.3",
            "concludes a light treaty of the United Kingdom and France, 0.3 of a full alliance",
        ),
        (
            "admit SWE to forum USA,GBR,FRA",
            "takes Sweden into the forum of the United States, the United Kingdom and France",
        ),
        ("end treaty USA,NLD", "ends the treaty of the United States and the Netherlands"),
        ("mediate GBR,FRA by NLD", "offers the United Kingdom and France the good offices of the Netherlands"),
        ("undertake FRA.free_force:0.8", "has France undertake a free force of 0.8, once the facilitator admits it"),
        ("no clause at all", "no clause at all"),
    ],
)
def test_a_clause_is_a_plain_sentence(clause: str, said: str) -> None:
    assert clause_said(clause, ROOM) == said


def line(
    what: Happening, key: str = "", *, by: str = "law", actor: str = "", no: tuple[str, ...] = ()
) -> dict[str, Any]:
    answers = [{"state": s, "action": "consent", "yes": False, "by": "law"} for s in no]
    return {
        "what": what.value,
        "key": key,
        "by": by,
        "actor": actor,
        "other": "RUS" if actor else "",
        "answers": answers,
    }


def test_everything_that_can_happen_has_a_sentence_without_codes_and_with_the_names_of_the_day() -> None:
    for what in Happening:
        said = happened_said(line(what, "treaty USA,NLD depth 0.3", actor="GBR"), CALLED)
        assert not re.search(r"[A-Z]{3}|\{|depth|^[a-z]", said), said
    assert (
        happened_said(line(Happening.RAISED, actor="GBR"), CALLED)
        == "The United Kingdom raises its quarrel with the Soviet Union"
    )
    assert happened_said(line(Happening.RAISED, actor="GBR"), lambda s: s) == "GBR raises its quarrel with RUS"


def test_a_headline_counts_what_is_too_long_to_name() -> None:
    body = "body consensus USA,GBR,FRA,NLD,SWE"
    stars = [line(Happening.SIGNED, f"treaty USA,{s}") for s in ("GBR", "FRA", "NLD", "SWE")]
    assert headline([], CALLED) == "Nothing new is signed, and nobody leaves."
    assert headline([line(Happening.REFUSED, body, no=("GBR",)), *stars], CALLED) == (
        "The United States signs treaties with the United Kingdom, France, the Netherlands and Sweden. "
        "The United Kingdom refuses the council of the five."
    )
    assert headline([line(Happening.FORMED, body)], CALLED) == "The council of the five is founded."
    light = line(Happening.FORMED, "treaty GBR,FRA depth 0.3", by="people")
    assert headline([light], CALLED) == "The United Kingdom and France sign a light treaty."


def test_every_clause_of_the_exercises_is_read_aloud_without_a_code() -> None:
    for name in exercise_names():
        exercise = read_exercise(name)
        for text in exercise.form.texts:
            for article in text.articles:
                assert not re.search(r"[A-Z]{3}", clause_said(article.clause or "", opened(exercise.room))), name
    assert institution("body consensus USA,GBR,FRA", CALLED, 2) == "the council of the three"


def test_who_gave_no_orders_is_not_said_to_have_refused_by_them() -> None:
    refused = line(Happening.REFUSED, "body consensus USA,GBR,FRA", no=("GBR",))
    refused["answers"][0]["silent"] = True
    said = headline([refused], CALLED)
    assert said.startswith("The United Kingdom gives no orders, and so refuses the council")


def test_a_long_list_of_members_is_the_first_two_and_how_many_others() -> None:
    key = "body consensus USA,GBR,FRA,NLD,SWE"
    assert in_line(key, CALLED) == "the council of the United States, the United Kingdom and three others"
    assert institution(key, CALLED).count(",") == 3, "the whole list is there where it is asked for"
    assert in_line("forum USA,GBR,FRA", CALLED) == institution("forum USA,GBR,FRA", CALLED)
    assert some_of([*"abcd"]) == "a, b, c and d"
    assert some_of([str(k) for k in range(30)]) == "0, 1 and 28 others"


def test_who_is_pressed_over_the_same_at_the_same_price_stands_in_one_sentence() -> None:
    body = "body consensus USA,JPN,KOR"
    known = {"what": "presses", "actor": "CHN", "key": body, "by": "law", "answers": ()}
    lines = [{**known, "other": s, "size": x} for s, x in (("JPN", 0.01), ("KOR", 0.2), ("USA", 0.012))]
    whom = [[h["other"] for h in lines], ["JPN", "USA"], ["KOR"]]
    assert [list(h["others"]) for k in (False, True) for h in pressed_together(lines, priced=k)] == whom
    said = happened_said(pressed_together(lines, priced=True)[0], country)
    assert said.startswith("China presses Japan and United States not to join the council")
