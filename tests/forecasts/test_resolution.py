"""The sentence on when a question counts as answered: left out where it says nothing new, refused where it does."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.casebook.reader import read_case
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.resolution import without_resolution
from foedus.forecasts.words import read_vocabulary

LEXICON = read_vocabulary().lexicon(read_case("europe-2022"), dt.date(2022, 6, 20))
ASKED = "Will Sweden join NATO?"


@pytest.mark.parametrize(
    "clause",
    [
        "",
        "This question resolves positively if Sweden officially joins NATO according to credible media reports.",
        "Resolves YES if the government of Sweden announces it.",
    ],
)
def test_a_sentence_that_says_how_it_becomes_known_is_left_out_and_said(clause: str) -> None:
    text, notes = without_resolution(f"{ASKED} {clause}".strip(), LEXICON)
    assert text == ASKED
    assert bool(notes) == bool(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "Resolves YES if Finland joins as well.",
        "It resolves positively if at least 31 countries are members.",
        "This question resolves as yes if all members ratify it.",
        "The question resolves as no if Sweden leaves NATO.",
        "Resolution: as judged by my neighbour.",
    ],
)
def test_one_that_says_more_is_refused(clause: str) -> None:
    with pytest.raises(NotUnderstood, match="says more than the question"):
        without_resolution(f"{ASKED} {clause}", LEXICON)
