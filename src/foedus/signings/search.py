"""Search: the lists of a size that the record's law holds likeliest, all of them gone through or found step by step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np

from foedus.signings.level import pairs
from foedus.signings.setting import Body, Setting
from foedus.signings.weights import Weights

ALL: Final = 5_000
"""Lists that are all gone through; beyond, the best are searched for."""
STARTS: Final = 12
"""Lists that a search begins with."""


def likeliest(
    setting: Setting, candidates: Sequence[int], size: int, inside: Sequence[int], weights: Weights, most: int
) -> tuple[list[tuple[tuple[int, ...], float]], bool]:
    """Return the likeliest lists with their V, the likeliest first, and whether all lists were gone through.

    Parameters
    ----------
    setting : Setting
    candidates, inside : sequence of int
        Positions of who may be in a list, and of who has to be.
    size : int
        Members, at least two and no more than there are candidates.
    weights : Weights
    most : int
        Lists that are returned at the most.

    Notes
    -----
    A search starts from many lists grown greedily by what pairs bring, and exchanges one member at a time for the best
    other as long as that makes a list likelier. What it finds cannot be improved by one exchange; more it does not say.
    """
    fixed = tuple(sorted(inside))
    rest = [c for c in candidates if c not in fixed]
    every = math.comb(len(rest), size - len(fixed))
    seen: dict[tuple[int, ...], float] = {}
    if every <= ALL:
        _look(setting, [(*fixed, *more) for more in combinations(rest, size - len(fixed))], weights, seen)
    else:
        for start in _grown(setting, rest, size, fixed, weights):
            _climb(setting, start, rest, fixed, weights, seen)
    ordered = sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    return ordered[:most], every <= ALL


def _look(setting: Setting, bodies: Sequence[Body], weights: Weights, seen: dict[tuple[int, ...], float]) -> None:
    """Work out V of the lists that have not been looked at."""
    new = [b for b in dict.fromkeys(tuple(sorted(b)) for b in bodies) if b not in seen]
    seen.update(zip(new, setting.values(new, weights).tolist(), strict=True))


def _grown(
    setting: Setting, rest: Sequence[int], size: int, fixed: tuple[int, ...], weights: Weights
) -> list[tuple[int, ...]]:
    """Return lists grown one by one from different beginnings by what each newcomer brings to those inside."""
    worth = pairs(setting, weights)
    found: dict[tuple[int, ...], float] = {}
    for first in rest:
        body = [*fixed, first]
        while len(body) < size:
            others = [c for c in rest if c not in body]
            brings = worth[np.ix_(others, body)].sum(axis=1)
            body.append(others[int(np.argmax(brings))])
        found[tuple(sorted(body))] = float(worth[np.ix_(body, body)].sum())
    return sorted(found, key=lambda b: (-found[b], b))[:STARTS]


def _climb(
    setting: Setting,
    start: tuple[int, ...],
    rest: Sequence[int],
    fixed: tuple[int, ...],
    weights: Weights,
    seen: dict[tuple[int, ...], float],
) -> None:
    """Exchange one member after the other for the best other, until nothing helps."""
    _look(setting, [start], weights, seen)
    best, better = start, True
    while better:
        better = False
        for out in [m for m in best if m not in fixed]:
            kept = [m for m in best if m != out]
            tried = [tuple(sorted((*kept, c))) for c in rest if c not in best]
            _look(setting, tried, weights, seen)
            top = max(tried, key=lambda b: (seen[b], b), default=best)
            if seen[top] > seen[best]:
                best, better = top, True
