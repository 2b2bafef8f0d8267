"""What is said around a question is left out, with a note where it might say something, and nothing else is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.forecasts.around import LIKELIEST, LOOSELY, REWORDED, WHOEVER_ELSE, cleared


@pytest.mark.parametrize(
    ("said", "left", "notes"),
    [
        ("It's January 1949. Will Norway sign a pact?", "Will Norway sign a pact?", ()),
        ("As of April 1949: will Greece join NATO?", "will Greece join NATO?", ()),
        ("As of 1 January 2026, will NATO have 32 members?", "As of 1 January 2026, will NATO have 32 members?", ()),
        ("Asked in the summer of 1949: by 1950 will Moscow leave?", "by 1950 will Moscow leave?", ()),
        ("Will Japan, in your view, join AUKUS, yes or no and how sure are you", "Will Japan join AUKUS", ()),
        ("Will Russia sign a treaty, i.e. one with a clause, by 2030?", "Will Russia sign a treaty by 2030?", (REWORDED,)),
        ("Will Japan sign an RAA (or an equivalent visiting-forces treaty) by 2024?", "Will Japan sign an RAA by 2024?", (LOOSELY,)),
        ("Will Manila go through with ending the VFA?", "Will Manila ending the VFA?", ()),
        ("Who out of London, Manila and Paris joins?", "Who of London, Manila and Paris joins?", ()),
        ("Of Finland and Sweden, which one joins NATO?", "which of Finland and Sweden joins NATO?", ()),
        (
            "Name every country in this list that you think will join NATO by 2027: Japan, India, Georgia.",
            "Which of Japan, India, Georgia will join NATO by 2027?",
            (),
        ),
        (
            "The 1961 friendship treaty comes up for renewal in July 2021. Will it be extended?",
            "Will The 1961 friendship treaty be extended in July 2021?",
            (),
        ),
        (
            "Which of Finland and Sweden is the most likely to join NATO by 2025?",
            "Which of Finland and Sweden will join NATO by 2025?",
            (LIKELIEST,),
        ),
        (
            "Will Korea and Japan sign a pact, with or without the Americans, by 2033?",
            "Will Korea and Japan sign a pact by 2033?",
            (WHOEVER_ELSE,),
        ),
        ("Will it survive without Turkey until 2030?", "Will it survive without Turkey until 2030?", ()),
        ("Turkey has objected. Will it give way?", "Turkey has objected. Will it give way?", ()),
        ("Suppose Japan joins AUKUS. Will Korea join by 2030?", "If Japan joins AUKUS, Will Korea join by 2030?", ()),
        ("Will Finland join before Sweden follows suit?", "Will Finland join before Sweden does?", ()),
        ("Will none of them leave?", "Will none of them leave?", ()),
        ("Will Japan sign a NATO-style pact by 2030?", "Will Japan sign a NATO-style pact by 2030?", ()),
        ("Will Turkey not ratify it by 2024?", "Will Turkey not ratify it by 2024?", ()),
    ],
)  # fmt: skip
def test_what_is_left_of_a_question(said: str, left: str, notes: tuple[str, ...]) -> None:
    assert cleared(said) == (left, notes)


@given(st.text(alphabet="AB and,.of the-?", max_size=500))
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    cleared(text)
    assert time.process_time() - start < 5


def test_a_long_list_of_names_takes_no_time() -> None:
    start = time.process_time()
    cleared("Of " + "Aa and Bb, the Cc of Dd " * 20 + "zz")
    assert time.process_time() - start < 5
