"""Votes: the chance that a body says yes under a rule, and the power that weights and quota give, as exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.vocabulary.errors import fail

_Counts = NDArray[Any]  # whole numbers: 64 bits wide while they fit, of any length beyond
_STEPS = 200_000_000
"""Additions of whole numbers up to which a game is worked out; some minutes."""


def _chances(accept: ArrayLike) -> NDArray[np.float64]:
    """Return chances of members, checked."""
    chances = np.asarray(accept, dtype=np.float64)
    if chances.ndim != 1 or not chances.size:
        raise fail("accept", f"chances of shape {chances.shape} do not belong to a body", "Give one chance per member")
    if not ((chances >= 0.0) & (chances <= 1.0)).all():
        raise fail("accept", "a chance is not between 0 and 1")
    return chances


def consensus(accept: ArrayLike) -> float:
    """Return the chance that nobody refuses.

    Parameters
    ----------
    accept : array_like, shape (n,)
        Chance that each member accepts; members decide independently.

    Returns
    -------
    float

    Raises
    ------
    FoedusError
        When a chance is not between 0 and 1.

    Examples
    --------
    >>> round(consensus([0.9, 0.8, 0.5]), 12)
    0.36
    """
    return float(np.prod(_chances(accept)))


def silence_procedure(accept: ArrayLike, breaking: ArrayLike) -> float:
    """Return the chance that a draft passes because nobody breaks silence.

    Parameters
    ----------
    accept : array_like, shape (n,)
        Chance that each member agrees; members decide independently.
    breaking : array_like, shape (n,) or ()
        Chance that a member who disagrees says so before the deadline: 1 is consensus, 0 passes everything.

    Returns
    -------
    float

    Raises
    ------
    FoedusError
        When a chance is not between 0 and 1, or there is not one for each member.

    Examples
    --------
    Two members who disagree as often as not, and break silence as often as not.

    >>> silence_procedure([0.5, 0.5], 0.5)
    0.5625
    """
    chances = _chances(accept)
    speaks = np.asarray(breaking, dtype=np.float64)
    if speaks.shape not in ((), chances.shape):
        raise fail("breaking", f"{speaks.size} chances for {chances.size} members", "Give one for all, or one for each")
    _chances(np.atleast_1d(speaks))
    return float(np.prod(1.0 - (1.0 - chances) * speaks))


def weighted_vote(accept: ArrayLike, weights: Sequence[int], quota: int) -> float:
    """Return the chance that the members who accept reach a quota.

    Parameters
    ----------
    accept : array_like, shape (n,)
        Chance that each member accepts; members decide independently.
    weights : sequence of int, length n
        Votes of each member.
    quota : int
        Votes needed.

    Returns
    -------
    float
        Exact up to rounding: the distribution of the sum of votes, member by member.

    Raises
    ------
    FoedusError
        When a chance is not between 0 and 1, or weights and quota make no game.

    Examples
    --------
    Three of four votes: the first member, and one of the two others.

    >>> weighted_vote([0.5, 0.5, 0.5], [2, 1, 1], 3)
    0.375
    """
    chances = _chances(accept)
    votes = _weights(weights, quota)
    if len(votes) != chances.size:
        raise fail("weights", f"{len(votes)} weights for {chances.size} members")
    reached = np.zeros(quota + 1)  # votes so far; the last entry is the quota and beyond
    reached[0] = 1.0
    for chance, weight in zip(chances, votes, strict=True):
        moved = np.zeros_like(reached)
        step = min(weight, quota)
        moved[step:] = reached[: quota + 1 - step]
        moved[quota] += reached[quota + 1 - step :].sum()
        reached = chance * moved + (1.0 - chance) * reached
    return float(reached[quota])


def _weights(weights: Sequence[int], quota: int) -> list[int]:
    """Return weights as whole numbers, checked with their quota."""
    votes = [int(w) for w in weights]
    if not votes or any(w != v for w, v in zip(weights, votes, strict=True)) or min(votes) < 0:
        raise fail("weights", "votes are whole numbers, 0 or more", "Multiply fractions by their common denominator")
    if not 1 <= quota <= sum(votes):
        what = f"{quota} lies outside 1 to {sum(votes)}, the votes of all"
        raise fail("quota", what, "Choose a quota that can be met")
    return votes


@dataclass(frozen=True)
class Power:
    """The power of members of a weighted vote."""

    shapley_shubik: tuple[Fraction, ...]
    """Chance of turning a losing coalition into a winning one when members come in random order; sums to 1."""
    swings: tuple[int, ...]
    """Coalitions of others that the member turns from losing to winning."""
    winning: int
    """Winning coalitions."""

    @property
    def banzhaf(self) -> tuple[Fraction, ...]:
        """Shares of all swings (normalised Banzhaf index); they sum to 1."""
        return tuple(Fraction(s, sum(self.swings)) for s in self.swings)

    @property
    def penrose_banzhaf(self) -> tuple[Fraction, ...]:
        """Chance that the others leave the decision to the member, when each votes yes or no with equal chance."""
        return tuple(Fraction(s, 2 ** (len(self.swings) - 1)) for s in self.swings)


def _with_member(counts: _Counts, weight: int) -> _Counts:
    """Return coalitions by size and votes after one more member."""
    wider = counts.copy()
    if weight < counts.shape[1]:
        wider[1:, weight:] += counts[:-1, : counts.shape[1] - weight]
    return wider


def _without_member(counts: _Counts, weight: int) -> _Counts:
    """Return coalitions by size and votes before that member came: the inverse of adding it."""
    less = counts.copy()
    for size in range(1, counts.shape[0]):
        if weight < counts.shape[1]:
            less[size, weight:] -= less[size - 1, : counts.shape[1] - weight]
    return less


def power(weights: Sequence[int], quota: int) -> Power:
    """Return power indices of a weighted vote as exact fractions, for as many members as their votes allow.

    Parameters
    ----------
    weights : sequence of int, length n
        Votes of each member.
    quota : int
        Votes needed to win.

    Returns
    -------
    Power

    Raises
    ------
    FoedusError
        When weights or quota make no game, or the sum of votes is so large that it would take many minutes.

    Notes
    -----
    Coalitions are counted by size and votes, member by member, in whole numbers of any length; one member is taken out
    again by undoing its step. A vote and its dual, quota W - q + 1, give the same power, so the smaller one is counted.

    References
    ----------
    Shapley, L. S. & Shubik, M. (1954). A method for evaluating the distribution of power in a committee system.
    American Political Science Review 48: 787-792. Mann, I. & Shapley, L. S. (1962). Values of large games, VI. RAND
    RM-3158. Banzhaf, J. F. (1965). Weighted voting doesn't work. Rutgers Law Review 19: 317-343.

    Examples
    --------
    50, 49 and 1 votes with 51 to win: the member with one vote has the power of the one with 49.

    >>> [str(share) for share in power([50, 49, 1], 51).shapley_shubik]
    ['2/3', '1/6', '1/6']
    >>> [str(share) for share in power([50, 49, 1], 51).banzhaf]
    ['3/5', '1/5', '1/5']
    """
    votes = _weights(weights, quota)
    n, total = len(votes), sum(votes)
    below = min(quota, total - quota + 1)
    kinds = set(votes)
    if below * (n + 1) * (n + len(kinds)) > _STEPS:
        raise fail(
            "weights",
            f"{n} members with {total} votes would take many minutes",
            "Count votes in a coarser unit, such as hundredths of a percent of all votes (190 members then take seconds), "
            "or use foedus.games.coalitional.sampled_shapley",
        )
    counts = np.zeros((n + 1, below), dtype=np.int64 if n < 62 else object)
    counts[0, 0] = 1
    for weight in votes:
        counts = _with_member(counts, weight)
    losing = sum(int(c) for c in counts.sum(axis=0))
    found: dict[int, tuple[Fraction, int]] = {}
    for weight in kinds:
        others = _without_member(counts, weight)
        at = max(below - weight, 0)
        turned = [int(c) for c in others[:n, at:].sum(axis=1)]
        share = sum((Fraction(c, comb(n - 1, s)) for s, c in enumerate(turned)), Fraction(0)) / n
        found[weight] = (share, sum(turned))
    winning = 2**n - losing if below == quota else losing
    return Power(tuple(found[w][0] for w in votes), tuple(found[w][1] for w in votes), winning)
