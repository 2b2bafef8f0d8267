"""Tallies: how many of several come true, exactly, from the chance of each; those are independent within one draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.forecasts.query import Query, Quota


def numbers(chances: Iterable[float]) -> NDArray[np.float64]:
    """Return the chance that 0, 1, … all of several independent things come true (Poisson binomial).

    Parameters
    ----------
    chances : iterable of float
        Length N.

    Returns
    -------
    ndarray, shape (N + 1,)

    Examples
    --------
    >>> numbers([0.5, 0.5]).tolist()
    [0.25, 0.5, 0.25]
    """
    found = np.ones(1)
    for p in chances:
        found = np.convolve(found, (1.0 - p, p))
    return found


def between(chances: Sequence[float], low: int | None, high: int | None) -> float:
    """Return the chance that at least `low` and at most `high` of several independent things come true."""
    spread = numbers(chances)
    first, last = max(low or 0, 0), len(chances) if high is None else high
    return float(min(spread[first : last + 1].sum(), 1.0)) if first <= last else 0.0


def satisfied_chance(query: Query, chances: Mapping[str, float]) -> float:
    """Return the chance that as many come true as a query asks for.

    Parameters
    ----------
    query : Query
        Its lists have nobody in common, except that one list can have both a least and a largest number.
    chances : mapping of str to float
        Chance of each over the window.
    """
    p = float(np.prod([chances[s] for s in query.all_of])) if query.all_of else 1.0
    for names in dict.fromkeys(names for _, names in (*query.at_least, *query.at_most)):
        p *= between([chances[s] for s in names], _bound(query.at_least, names), _bound(query.at_most, names))
    return p


def race(one: float, other: float, years: float) -> float:
    """Return the chance that one comes true within some years and before another, both at steady rates.

    Parameters
    ----------
    one, other : float
        Chances within a year.
    years : float

    Examples
    --------
    >>> race(0.5, 0.5, 1.0), race(0.0, 0.5, 1.0)
    (0.375, 0.0)
    """
    first, second = (-math.log1p(-min(p, 1.0 - 1e-12)) for p in (one, other))
    return float(first / (first + second) * -math.expm1(-(first + second) * years)) if first > 0.0 else 0.0


NOBODY: Final = "nobody"
"""The part of an answer in which none of those who are named does it within the window."""


def firsts(chances: Mapping[str, float]) -> dict[str, float]:
    """Return the chance of each of several to do within a window what none of the others has done before, and of nobody.

    Parameters
    ----------
    chances : mapping of str to float
        Of each, over the window; they are independent, with hazards in a steady proportion through it.

    Examples
    --------
    >>> {name: round(p, 3) for name, p in firsts({"A": 0.5, "B": 0.5}).items()}
    {'A': 0.375, 'B': 0.375, 'nobody': 0.25}
    """
    hazards = {name: -math.log1p(-min(p, 1.0 - 1e-12)) for name, p in chances.items()}
    whole = sum(hazards.values())
    once = -math.expm1(-whole)
    return {**{name: h / whole * once if whole > 0.0 else 0.0 for name, h in hazards.items()}, NOBODY: 1.0 - once}


def _bound(quotas: Sequence[Quota], names: tuple[str, ...]) -> int | None:
    return next((n for n, some in quotas if some == names), None)


def sizes(now: int, enter: Sequence[float], leave: Sequence[float]) -> dict[int, float]:
    """Return the chance of every size of a body after some entered and some left.

    Parameters
    ----------
    now : int
        Members today.
    enter, leave : sequence of float
        Chance of each state outside to enter, and of each member to leave.
    """
    spread = np.convolve(numbers(enter), numbers(leave)[::-1])
    return {now - len(leave) + k: float(p) for k, p in enumerate(spread)}
