"""Words: names in a row, numbers in sentences, and one scale of words for likelihood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from foedus.vocabulary.states import STATES

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


def country(state: str) -> str:
    """Return the name of a state, or its id if it has none here."""
    return STATES[state].name if state in STATES else state


def possessive(name: str) -> str:
    """Return a name as an owner: ``Japan's``, ``the Philippines'``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def listing(words: Iterable[str]) -> str:
    """Return words joined as in a sentence."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]
