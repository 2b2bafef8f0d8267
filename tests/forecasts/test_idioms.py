"""The parts of a question are found one by one, whatever the order."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.idioms import aged, heard
from foedus.forecasts.known_pacts import known, without_case
from foedus.forecasts.named_days import in_plain_days
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.words import read_vocabulary

DAY = dt.date(2025, 6, 1)
WORDS = read_vocabulary(None)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Was Spain in NATO when the nineties closed?", dt.date(1999, 12, 31)),
        ("Was Spain in NATO before the summer of '85?", dt.date(1985, 5, 31)),
        ("Was Spain in NATO on the 22nd of November 2019?", dt.date(2019, 11, 22)),
        ("Was Spain in NATO by Christmas 1982?", dt.date(1982, 12, 25)),
        ("Was Spain in NATO before the decade of the 2000s is over?", dt.date(2009, 12, 31)),
        ("Was Spain in NATO before 1982 was out?", dt.date(1982, 12, 31)),
        ("Was Spain in NATO when SEATO turned 20?", dt.date(1975, 2, 18)),
    ],
)
def test_days_said_in_other_ways(text: str, ends: dt.date) -> None:
    """Decades, two-digit years, feasts and the age of a treaty are days."""
    said = heard(text, WORDS, without_case(DAY), known(), DAY, past=True)
    assert said.ends == ends
    assert said.states == ("ESP",)
    assert "NATO1949" in said.bodies


def test_an_age_is_counted_from_a_known_treaty_alone() -> None:
    """Of what nobody knows there is no age, and the words stay."""
    lexicon = WORDS.lexicon(without_case(DAY), DAY, known())
    text = "by the time the moon turns 80"
    assert aged(text, lexicon, known()) == text
    assert in_plain_days("Come 2030, is it over?").startswith("before 2030")


def test_a_word_that_nobody_knows_is_named() -> None:
    """Of a question with a word too many all unknown words are said."""
    said = heard("Was Spain in NATO by 1985, flatulently purple?", WORDS, without_case(DAY), known(), DAY, past=True)
    with pytest.raises(NotUnderstood, match="purple"):
        said.check()
