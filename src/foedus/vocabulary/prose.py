"""Words: names in a row, numbers in sentences, and one scale of words for likelihood."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Final

from foedus.vocabulary.states import STATES
from foedus.vocabulary.states import state as state_of

LIKELIHOOD: Final = (
    (0.01, "almost certainly not"),
    (0.10, "very unlikely"),
    (0.33, "unlikely"),
    (0.66, "about as likely as not"),
    (0.90, "likely"),
    (0.99, "very likely"),
    (1.01, "almost certain"),
)
"""Upper ends and words, after the calibrated language of the IPCC (Mastrandrea et al. 2010)."""

_WITH_THE: Final = (
    "United ",
    "Soviet Union",
    "Russian Empire",
    "Ottoman Empire",
    "Netherlands",
    "Philippines",
    "Czech Republic",
    "Dominican Republic",
    "Central African Republic",
    "Democratic Republic",
    "Republic of",
    "Maldives",
    "Bahamas",
    "Gambia",
    "Comoros",
    "Solomon Islands",
    "Marshall Islands",
    "Seychelles",
)
"""Beginnings of names that have an article in a sentence."""


def steps(low: float, high: float) -> int:
    """Return by how many words of the scale of likelihood two chances are apart."""
    ends = [end for end, _ in LIKELIHOOD]
    return bisect_right(ends, high) - bisect_right(ends, low)


def likelihood(p: float) -> str:
    """Return how likely something is in words, on the one scale that is used everywhere."""
    return next(words for end, words in LIKELIHOOD if p < end)


def within(p: float, years: int) -> float:
    """Return the chance that something of a yearly chance happens at least once in some years, each year alike."""
    return float(1.0 - (1.0 - min(max(p, 0.0), 1.0)) ** years)


@cache  # a page of a room names states thousands of times
def country(state: str, year: int | None = None) -> str:
    """Return the name of a state, or its id if it has none here.

    Parameters
    ----------
    state : str
    year : int, optional
        In whose middle the name held: ``Soviet Union`` in 1949; without it the last name.
    """
    if state not in STATES:
        return state
    return STATES[state].name if year is None else state_of(state, dt.date(year, 7, 1)).name


def the(name: str) -> str:
    """Return the name of a state as a sentence has it: ``the United States``, ``Japan``."""
    return f"the {name}" if name.startswith(_WITH_THE) and not name.startswith("the ") else name


def opening(words: str) -> str:
    """Return words as they stand at the beginning of a sentence: ``The United States would refuse.``"""
    return words[:1].upper() + words[1:]


def possessive(name: str) -> str:
    """Return a name as an owner: ``Japan's``, ``the Philippines'``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def counted(number: int, noun: str, several: str = "") -> str:
    """Return so many of something: ``1 draw``, ``4 draws``, ``2 boxes``.

    Parameters
    ----------
    number : int
    noun : str
        What one of them is called.
    several : str
        What they are called; with an s if empty.
    """
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def dated(date: str) -> str:
    """Return a date as a sentence has it; one that is a month or a year only, as far as it goes.

    Examples
    --------
    >>> dated("2019-07-01"), dated("2019-07"), dated("2019")
    ('1 July 2019', 'July 2019', '2019')
    """
    year, *rest = date.split("-")
    if not rest:
        return date
    month = f"{dt.date(int(year), int(rest[0]), 1):%B} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def listing(words: Iterable[str]) -> str:
    """Return words joined as in a sentence."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]
