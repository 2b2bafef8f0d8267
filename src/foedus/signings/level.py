"""Levels: how many lists of a size are signed a year, and how much likelier one list is than another drawn by lot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.signings.setting import Setting
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
_LOT: Final = 1  # name of the stream


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
    """Return the logarithm of the mean of e^V over all lists of a size; the rest as :func:`log_mean_among`."""
    states = len(setting.states)
    if not 2 <= size <= states:
        raise fail(f"size {size}", f"there are {states} states to choose from", f"Give 2 to {states}")
    return log_mean_among(setting, range(states), (), size, weights, seed, stream, count)


def log_mean_among(
    setting: Setting,
    candidates: Sequence[int],
    inside: Sequence[int],
    size: int,
    weights: Weights,
    seed: int = 1,
    stream: Iterable[int] = (),
    count: int = LOTS,
) -> float:
    """Return the logarithm of the mean of e^V over all lists of some candidates that hold certain of them.

    Parameters
    ----------
    setting : Setting
    candidates, inside : sequence of int
        Positions of who may be in a list, and of who has to be.
    size : int
        More than there are inside, and no more than there are candidates.
    weights : Weights
    seed : int
    stream : iterable of int
        Further names of the stream of draws, such as the year.
    count : int
        Lists drawn, where there are more.

    Notes
    -----
    Nearly all of the mean is in a few lists that lots would hardly ever draw: the logarithm from 3,000 lots is off by two
    as easily as not. Lists are therefore grown member by member, likelier ones more often, and each counts by how much
    more often it was drawn than by lot (importance sampling; the mean stays that over all lists).
    """
    rest = [c for c in candidates if c not in inside]
    free = size - len(inside)
    if math.comb(len(rest), free) <= count:
        return log_mean(setting.values([(*inside, *more) for more in combinations(rest, free)], weights))
    rng = np.random.default_rng([seed, _LOT, *stream, size])
    known = [*inside, *rest]
    worth = pairs(setting, weights)[np.ix_(known, known)]
    drawn, log_chance = _grown(worth, len(inside), size, count, rng)
    every = sum(math.log(len(rest) - k) for k in range(free))
    bodies = np.sort(np.array(known)[drawn], axis=1).tolist()
    return log_mean(setting.values(bodies, weights) - log_chance) - every


def pairs(setting: Setting, weights: Weights) -> Floats:
    """Return what a pair brings to a list by separation, trust and enemies of both, shape (L, L): V but for autonomy."""
    shared = np.zeros_like(setting.distance)
    for column in setting.rivalry[:, setting.rivalry.any(axis=0)].T:
        np.maximum(shared, np.minimum(column[:, None], column[None, :]), out=shared)
    apart, enemy, trust, _ = weights.signed
    table: Floats = apart * setting.apart + enemy * shared + trust * setting.trust
    np.fill_diagonal(table, 0.0)
    return table


def _grown(
    worth: Floats, inside: int, size: int, count: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    """Return lists in the order in which they grew, shape (count, size), and the logarithm of the chance of each order.

    The first so many states are in every list.
    """
    states, rows = len(worth), np.arange(count)
    body = np.empty((count, size), dtype=np.int64)
    body[:, :inside] = np.arange(inside)
    taken = np.zeros((count, states), dtype=np.bool_)
    taken[:, :inside] = True
    log_chance = np.zeros(count)
    brings = np.tile(worth[:inside].sum(axis=0), (count, 1))
    for k in range(inside, size):
        score = np.where(taken, -np.inf, brings / max(k, 1))
        likely = np.exp(score - score.max(axis=1, keepdims=True))
        likely *= (1.0 - BY_LOT) / likely.sum(axis=1, keepdims=True)
        likely += np.where(taken, 0.0, BY_LOT / (states - k))
        steps = likely.cumsum(axis=1)
        picked = (steps < rng.random(count)[:, None] * steps[:, -1:]).sum(axis=1)
        body[:, k] = picked
        log_chance += np.log(likely[rows, picked])
        taken[rows, picked] = True
        brings += worth[picked]
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


def theatre(
    setting: Setting,
    candidates: Sequence[int],
    inside: Sequence[int],
    weights: Weights,
    states: int,
    means: Mapping[int, float],
    count: int = LOTS,
) -> dict[int, float]:
    """Return the chance a year that some candidates, certain states among them, found a body, by its size.

    Parameters
    ----------
    setting : Setting
    candidates, inside : sequence of int
        Positions of who may be in it, and of who has to be.
    weights : Weights
    states : int
        States of the year in all.
    means : mapping of int to float
        Logarithm of the mean of e^V over all lists of the world, by size; sizes that are not there are left out.
    count : int
        Lists drawn for a size, where there are more.
    """
    found: dict[int, float] = {}
    for size, mean in means.items():
        if len(inside) < size <= len(candidates) and rate(size):
            here = log_mean_among(setting, candidates, inside, size, weights, count=count)
            lists = math.comb(len(candidates) - len(inside), size - len(inside))
            found[size] = a_year(here + math.log(lists) - mean, size, states)
    return found
