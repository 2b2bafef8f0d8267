"""What is said in sentences before, and where a list stands: put plainly, or refused."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.restated import BEFOREHAND
from forecasts.test_wording import ask


def test_a_pronoun_is_what_the_sentence_before_names() -> None:
    query = ask(
        "11 July 2021 is the sixtieth birthday of the China-North Korea friendship treaty. Do they let it lapse?",
        closes="",
    )
    assert (query.kind, query.treaties, query.end) == ("treaty ends", ("CHNPRK1961",), dt.date(2021, 7, 11))
    assert BEFOREHAND in query.notes
    query = ask("Turkey has objected for months. Will Sweden join NATO by 2024?", closes="")
    assert (query.all_of, query.notes[-1]) == (("SWE",), BEFOREHAND)
    query = ask("Georgia was promised membership of NATO in 2008. Will it get in before 2026?", closes="")
    assert (query.kind, query.all_of, query.treaties) == ("joins", ("GEO",), ("NATO1949",))


@pytest.mark.parametrize(
    "text",
    [
        "Turkey leaves NATO. Will Sweden join NATO by 2025?",
        "Finland and Sweden were asked. Will it join NATO by 2025?",
        "The US-Japan treaty and the US-Korea treaty are old. Will it end by 2025?",
        "Turkey may agree. Will Sweden join NATO by 2025?",
    ],
)
def test_a_sentence_before_that_supposes_or_names_several_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, closes="")


@pytest.mark.parametrize(
    "text",
    [
        "Which country will join the Quad first, South Korea, New Zealand or Vietnam?",
        "Who, if anyone, is going to be the first new country to join the Quad - South Korea, New Zealand, Vietnam, or nobody?",
        "Of South Korea, New Zealand and Vietnam, which will be the first to join the Quad?",
    ],
)
def test_a_list_behind_the_question_is_that_of_which_of_them(text: str) -> None:
    query = ask(text, closes="")
    assert (query.form, query.first, query.named) == ("which", True, ("KOR", "NZL", "VNM"))


def test_who_is_second_or_last_is_not_who_is_first() -> None:
    for order in ("second", "last"):
        with pytest.raises(NotUnderstood):
            ask(f"Who will be the {order} to join the Quad: South Korea, New Zealand or Vietnam?", closes="")


def test_what_will_have_happened_by_a_day_happens_by_it() -> None:
    query = ask("Will the US and Japan have rescinded their Mutual Defense Treaty by 2025?", closes="")
    assert (query.kind, query.treaties) == ("treaty ends", ("USJPN1960",))
