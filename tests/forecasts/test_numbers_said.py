"""Numbers said: offers behind a question for a number, and numbers between two others."""

from __future__ import annotations

import pytest

from foedus.forecasts.numbers_said import ranges, without_offers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("How many members will NATO have in 2024: 30, 31, 32 or more?", "How many members will NATO have in 2024?"),
        (
            "Number of treaties in force in 2026: fewer than five, five, or more than five?",
            "Number of treaties in force in 2026?",
        ),
        (
            "How many of Finland and Sweden will join NATO by 2025 - none, one or two?",
            "How many of Finland and Sweden will join NATO by 2025?",
        ),
        (
            "How many members will NATO have, more than the EU or fewer?",
            "How many members will NATO have, more than the EU or fewer?",
        ),
        (
            "How many of Finland, Sweden or Norway will be in the Quad?",
            "How many of Finland, Sweden or Norway will be in the Quad?",
        ),
        ("Will NATO have 30, 31 or 32 members?", "Will NATO have 30, 31 or 32 members?"),
    ],
)
def test_only_numbers_that_are_offered_to_a_question_for_a_number_are_left_out(text: str, left: str) -> None:
    assert without_offers(text)[0] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Will between 3 and five states join?", "Will 3 to 5 states join?"),
        ("Will two or three of Finland, Sweden and Georgia join?", "Will 2 to 3 of Finland, Sweden and Georgia join?"),
        ("Will two or four states join?", "Will two or four states join?"),
        ("Will between 33 and 31 members be left?", "Will between 33 and 31 members be left?"),
        ("Will it spend between 2 and 3 percent?", "Will it spend between 2 and 3 percent?"),
        ("between 3 and 5 May will two states join", "between 3 and 5 May will two states join"),
    ],
)
def test_a_range_is_one_number_with_two_bounds(text: str, left: str) -> None:
    assert ranges(text) == left
