"""Levels: how many lists of a size are signed a year, and how much likelier one list is than another drawn by lot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.signings.setting import Body, Setting
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import fail

Floats = NDArray[np.float64]

YEARS: Final = 203
"""Years in which foundings are counted, 1816 to 2018."""
FOUNDINGS: Final[Mapping[int, int]] = MappingProxyType(
    {3: 20, 4: 6, 5: 8, 6: 3, 7: 2, 8: 2, 9: 1, 10: 1, 11: 2, 12: 2, 13: 1, 14: 1}
)
"""New treaties of defence of three states and more, by size (ATOP 5.1, without the declaration of 1942); larger ones are
counted among none, as each size was founded once at the most."""
LOTS: Final = 3000
"""Lists drawn for a mean; its logarithm is known to about .1 then, and to about .3 from twelve members on."""
BY_LOT: Final = 0.1
"""Share of every step of a draw that is left to chance alone, so that no list is out of reach."""
MOST: Final = 20_000
"""Lists of one size that are all gone through; of more a sample of as many is taken."""

_LOT, _SOME = 1, 2  # names of the streams


def rate(size: int) -> float:
    """Return how many lists of a size are founded a year; 0 for sizes that were never founded.

    Raises
    ------
    FoedusError
        A body has fewer than two members.
    """
    if size < 2:
        raise fail(f"size {size}", "one state alone signs nothing", "Give 2 or more")
    return FOUNDINGS.get(size, 0) / YEARS


def log_mean(values: Floats) -> float:
    """Return the logarithm of the mean of the exponentials, from the largest."""
    top = float(values.max())
    return top + math.log(float(np.exp(values - top).mean()))


def log_lot(
    setting: Setting, size: int, weights: Weights, seed: int = 1, stream: Iterable[int] = (), count: int = LOTS
) -> float:
    """Return the logarithm of the mean of e^V over all lists of a size.

    Parameters
    ----------
    setting : Setting
    size : int
    weights : Weights
    seed : int
    stream : iterable of int
        Further names of the stream of draws, such as the year.
    count : int
        Lists drawn.

    Raises
    ------
    FoedusError
        The size is below two, or above the number of states.

    Notes
    -----
    Nearly all of the mean is in a few lists that lots would hardly ever draw: the logarithm from 3,000 lots is off by two
    as easily as not. Lists are therefore grown member by member, likelier ones more often, and each counts by how much
    more often it was drawn than by lot (importance sampling; the mean stays that over all lists).
    """
    states = len(setting.states)
    if not 2 <= size <= states:
        raise fail(f"size {size}", f"there are {states} states to choose from", f"Give 2 to {states}")
    rng = np.random.default_rng([seed, _LOT, *stream, size])
    drawn, log_chance = _grown(pairs(setting, weights), size, count, rng)
    every = sum(math.log(states - k) for k in range(size))
    return log_mean(setting.values(np.sort(drawn, axis=1).tolist(), weights) - log_chance) - every


def pairs(setting: Setting, weights: Weights) -> Floats:
    """Return what a pair brings to a list by separation, trust and enemies of both, shape (L, L): V but for autonomy."""
    shared = np.zeros_like(setting.distance)
    for column in setting.rivalry[:, setting.rivalry.any(axis=0)].T:
        np.maximum(shared, np.minimum(column[:, None], column[None, :]), out=shared)
    apart, enemy, trust, _ = weights.signed
    table: Floats = apart * setting.apart + enemy * shared + trust * setting.trust
    np.fill_diagonal(table, 0.0)
    return table


def _grown(worth: Floats, size: int, count: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], Floats]:
    """Return lists in the order in which they grew, shape (count, size), and the logarithm of the chance of each order."""
    states, rows = len(worth), np.arange(count)
    body = np.empty((count, size), dtype=np.int64)
    body[:, 0] = rng.integers(states, size=count)
    taken = np.zeros((count, states), dtype=np.bool_)
    log_chance = np.full(count, -math.log(states))
    brings = np.zeros((count, states))
    for k in range(1, size):
        taken[rows, body[:, k - 1]] = True
        brings += worth[body[:, k - 1]]
        score = np.where(taken, -np.inf, brings / k)
        likely = np.exp(score - score.max(axis=1, keepdims=True))
        likely *= (1.0 - BY_LOT) / likely.sum(axis=1, keepdims=True)
        likely += np.where(taken, 0.0, BY_LOT / (states - k))
        steps = likely.cumsum(axis=1)
        body[:, k] = (steps < rng.random(count)[:, None] * steps[:, -1:]).sum(axis=1)
        log_chance += np.log(likely[rows, body[:, k]])
    return body, log_chance


def a_year(log_lift: float, size: int, states: int) -> float:
    """Return the chance that exactly this list signs in a year.

    Parameters
    ----------
    log_lift : float
        Logarithm of how much likelier it is than a list of its size drawn by lot.
    size, states : int
        Members, and states of the year in all.
    """
    return rate(size) * math.exp(log_lift) / math.comb(states, size)


def among(candidates: Sequence[int], size: int, inside: Sequence[int], seed: int = 1) -> tuple[list[Body], float]:
    """Return lists of candidates that hold some of them, and how many lists each stands for.

    Parameters
    ----------
    candidates : sequence of int
    size : int
    inside : sequence of int
        Who is in every list.
    seed : int
        Of the sample, where there are more than :data:`MOST`.
    """
    fixed = tuple(inside)
    rest = [c for c in candidates if c not in fixed]
    free = size - len(fixed)
    if free < 0 or free > len(rest):
        return [], 1.0
    total = math.comb(len(rest), free)
    if total <= MOST:
        return [(*fixed, *more) for more in combinations(rest, free)], 1.0
    rng = np.random.default_rng([seed, _SOME, size])
    picked = {tuple(sorted(rng.choice(len(rest), free, replace=False).tolist())) for _ in range(MOST)}
    return [(*fixed, *(rest[k] for k in p)) for p in sorted(picked)], total / len(picked)


def theatre(
    setting: Setting,
    candidates: Sequence[int],
    inside: Sequence[int],
    sizes: Iterable[int],
    weights: Weights,
    states: int,
    means: Mapping[int, float],
) -> dict[int, float]:
    """Return the chance a year that some candidates, certain states among them, found a body, by its size.

    Parameters
    ----------
    setting : Setting
    candidates, inside : sequence of int
        Positions of who may be in it, and of who has to be.
    sizes : iterable of int
    weights : Weights
    states : int
        States of the year in all, from which the lots are drawn.
    means : mapping of int to float
        Logarithm of the mean of e^V over lots, by size.
    """
    found: dict[int, float] = {}
    for size in sizes:
        bodies, each = among(candidates, size, inside)
        if bodies and rate(size):
            total = log_mean(setting.values(bodies, weights)) + math.log(len(bodies) * each)
            found[size] = a_year(total - means[size], size, states)
    return found
