"""Worth: what a clause would be worth to a state, as the law says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 0.0005
"""Gains and losses below this are none, % of product a year: three digits show nothing of them."""


@dataclass(frozen=True)
class Worth:
    """What a clause would be worth to a state.

    Attributes
    ----------
    terms : mapping of str to float
        By term, % of own GDP a year.
    chance : float or None
        That the law would agree, before any pressure; None for a state that is not asked.
    star : bool
        Whether it is set against the treaties of two that the hub would sign without it; else against what is in force.
    """

    terms: Mapping[str, float]
    chance: float | None
    star: bool = False

    @property
    def total(self) -> float:
        """Sum of the terms."""
        return sum(self.terms.values())


def likely(chance: float) -> str:
    """Return a chance as it is written; one that is nearly nothing or nearly sure is not rounded to it."""
    if chance > 0.995:
        return "more than 0.99"
    return "less than 0.01" if chance < 0.005 else f"{chance:.2f}"


def paid(amount: float) -> str:
    """Return an amount of bn, with two significant digits where two places would show nothing of it."""
    return f"{amount:.2f}" if amount == 0 or amount >= 0.01 else f"{amount:.2g}"


def signed(value: float) -> str:
    """Return a number with its sign and a minus that is one, three digits below 1: ``+0.025``, ``−0.800``, ``0.000``."""
    shown = f"{value:+.3f}" if abs(value) < 1 else f"{value:+.2f}"
    return "0.000" if float(shown) == 0.0 else shown.replace("-", "−")


def set_against(star: bool, hub: str) -> str:
    """Return what the worth of a text is set against, with the hub as a sentence names it."""
    return f"the treaties of two that {hub} would sign without it" if star else "what is in force"


def two_numbers(year: int | str, hub: str) -> str:
    """Return how the worth beside a text and the sum of a year's page go together; both pages have it.

    Parameters
    ----------
    year : int or str
    hub : str
        As a sentence names it.
    """
    return (
        f"Beside a text stands what that text alone would be worth in {year} before anybody signs: a council or forum against "
        f"{set_against(True, hub)}, everything else against what is in force. The page of the year has what all that was signed "
        f"in {year} is worth together, after what happened, against nothing new being signed. The two are equal only where that "
        "text alone was signed and those treaties of two stood already; where none of them stood, the year is about what they "
        "and the council would be worth together, and a term can have another sign. Which term carries a state is asked of the year."
    )
