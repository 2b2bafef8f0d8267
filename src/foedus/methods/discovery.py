"""Discovery: under which ranges of the uncertain numbers something comes about, as boxes that can be said in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.vocabulary.errors import fail

PEEL: Final = 0.05
"""Share of the draws in a box that one step peels off (Friedman & Fisher 1999 advise 0.05 to 0.1)."""

LEAST: Final = 0.05
"""Least share of all draws that a box keeps."""

CHANCE: Final = 0.05
"""A limit that chance would explain more often than this is dropped from the box that is advised."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Limits = Mapping[tuple[int, int], float]
"""Ends by column and side: side 0 is the lowest value that is let in, side 1 the highest."""


@dataclass(frozen=True)
class Box:
    """Limits on some numbers, and what they hold.

    Attributes
    ----------
    limits : mapping of (int, int) to float
        By column and side, see :data:`Limits`.
    coverage : float
        Share of all cases of interest that lie in the box.
    density : float
        Share of the draws in the box that are cases of interest.
    mass : float
        Share of all draws that lie in the box.
    chance : mapping of (int, int) to float
        Quasi-p-value of each limit: how likely it would leave as many cases of interest if it had nothing to do with
        them.
    """

    limits: Limits
    coverage: float
    density: float
    mass: float
    chance: Mapping[tuple[int, int], float]

    @property
    def columns(self) -> tuple[int, ...]:
        """Columns that are limited, those whose limits chance explains least first."""
        return tuple(dict.fromkeys(k for k, _ in sorted(self.limits, key=lambda at: self.chance[at])))

    @property
    def balance(self) -> float:
        """Harmonic mean of coverage and density."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both > 0 else 0.0


def inside(x: Floats, limits: Limits) -> Flags:
    """Return which draws lie within limits, shape (draws,)."""
    kept = np.ones(len(x), dtype=np.bool_)
    for (k, side), end in limits.items():
        kept &= x[:, k] <= end if side else x[:, k] >= end
    return kept


def box_of(x: Floats, wanted: Flags, limits: Limits) -> Box:
    """Return what limits hold.

    Parameters
    ----------
    x : ndarray, shape (draws, numbers)
    wanted : ndarray of bool, shape (draws,)
        Cases of interest.
    limits : mapping

    References
    ----------
    Bryant & Lempert 2010, Technological Forecasting & Social Change 77(1), for coverage, density and quasi-p-values.
    """
    kept = inside(x, limits)
    count, hits = int(kept.sum()), int(wanted[kept].sum())
    chance = {}
    for at in limits:
        wider = inside(x, {other: end for other, end in limits.items() if other != at})
        chance[at] = _tail(hits, count, float(wanted[wider].mean()))
    return Box(dict(limits), hits / max(1, int(wanted.sum())), hits / max(1, count), count / len(x), chance)


def _tail(hits: int, count: int, share: float) -> float:
    """Return the chance of so many hits or more among independent draws of which each hits with a share."""
    if hits <= 0 or share >= 1.0:
        return 1.0
    if share <= 0.0:
        return 0.0
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, count + 1)))])  # of factorials
    k = np.arange(hits, count + 1)
    ways = logs[count] - logs[k] - logs[count - k]
    return min(1.0, float(np.exp(ways + k * np.log(share) + (count - k) * np.log1p(-share)).sum()))


def _peels(x: Floats, kept: Flags) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield every limit that peels one side of one column off what is kept."""
    for k in range(x.shape[1]):
        column = x[kept, k]
        bottom, top = np.quantile(column, [PEEL, 1 - PEEL])
        # where many values are equal, all of them go together
        above = column[column >= bottom] if column.min() < bottom else column[column > bottom]
        below = column[column <= top] if column.max() > top else column[column < top]
        if 0 < above.size < column.size:
            yield (k, 0), float(above.min())
        if 0 < below.size < column.size:
            yield (k, 1), float(below.max())


def peel(x: Floats, wanted: Flags) -> tuple[Box, ...]:
    """Return ever smaller and denser boxes, from all draws to the last that is large enough.

    Each step takes the slice of some five per cent off whose removal raises the density most per draw removed.

    Parameters
    ----------
    x : ndarray, shape (draws, numbers)
    wanted : ndarray of bool, shape (draws,)
        Cases of interest.

    Raises
    ------
    FoedusError
        There are too few cases of interest, or nothing else.

    References
    ----------
    Friedman & Fisher 1999, Statistics and Computing 9(2) (PRIM); Kwakkel & Jaxa-Rozen 2016, Environmental Modelling
    & Software 79, for the criterion.
    """
    hits = int(wanted.sum())
    if hits < 10 or hits == len(wanted):
        raise fail(
            "goal",
            f"{hits} of {len(wanted)} draws reach it, which marks out no region",
            "Take more draws, or a goal that is reached sometimes",
        )
    limits: dict[tuple[int, int], float] = {}
    found = [box_of(x, wanted, limits)]
    while True:
        kept = inside(x, limits)
        count, density = int(kept.sum()), float(wanted[kept].mean())
        best, gain = None, 0.0
        for at, end in _peels(x, kept):
            rest = kept & inside(x, {at: end})
            size = int(rest.sum())
            if size >= LEAST * len(x) and (wanted[rest].mean() - density) / (count - size) > gain:
                best, gain = (at, end), (wanted[rest].mean() - density) / (count - size)
        if best is None:
            return tuple(found)
        limits = {**limits, best[0]: best[1]}
        found.append(box_of(x, wanted, limits))


def paste(x: Floats, wanted: Flags, limits: Limits) -> Box:
    """Return a box whose limits are moved out again as long as it does not become less dense.

    Each step adds the slice next to one limit, of some five per cent of the draws in the box or less, that leaves the
    box densest: peeling is patient, but a slice can take more with it than it should.

    Parameters
    ----------
    x : ndarray, shape (draws, numbers)
    wanted : ndarray of bool, shape (draws,)
        Cases of interest.
    limits : mapping

    References
    ----------
    Friedman & Fisher 1999, Statistics and Computing 9(2), section 8.2: bottom-up pasting.
    """
    ends = dict(limits)
    size = max(1, int(PEEL * inside(x, ends).sum()))
    while size:
        kept = inside(x, ends)
        density = float(wanted[kept].mean())
        tried = [
            (float(wanted[more].mean()), int(more.sum()), at, end) for at, end, more in _slices(x, ends, kept, size)
        ]
        best = max(tried, key=lambda t: t[:2], default=None)
        if best is None or best[0] < density:
            size //= 2
        elif best[3] is None:
            del ends[best[2]]
        else:
            ends[best[2]] = best[3]
    return box_of(x, wanted, ends)


def _slices(x: Floats, ends: Limits, kept: Flags, size: int) -> Iterator[tuple[tuple[int, int], float | None, Flags]]:
    """Yield every limit, where it comes to lie (nowhere if it lets all in) with a slice more, and the box with that."""
    for at in ends:
        wider = {other: end for other, end in ends.items() if other != at}
        free = inside(x, wider)
        k, side = at
        beyond = np.sort(x[free & ~kept, k])
        if beyond.size == 0:
            continue
        end = float(beyond[min(size, beyond.size) - 1] if side else beyond[-min(size, beyond.size)])
        more = free & inside(x, {at: end})
        yield at, None if more.sum() == free.sum() else end, more


def advised(x: Floats, wanted: Flags, boxes: Sequence[Box], tried: int = 8) -> Box:
    """Return the box with the best balance of coverage and density after pasting and dropping what chance could explain.

    Parameters
    ----------
    x : ndarray, shape (draws, numbers)
    wanted : ndarray of bool, shape (draws,)
    boxes : sequence of Box
    tried : int
        How many boxes are looked at, those with the best balance as they are.
    """
    leading = sorted(boxes, key=lambda b: -b.balance)[:tried]
    pasted = (paste(x, wanted, _simplified(x, wanted, b).limits) for b in leading)
    return max((_simplified(x, wanted, b) for b in pasted), key=lambda b: b.balance)


def _simplified(x: Floats, wanted: Flags, box: Box) -> Box:
    """Return a box without limits that chance could explain, the likeliest dropped first."""
    while box.chance and max(box.chance.values()) > CHANCE:
        worst = max(box.chance, key=lambda at: box.chance[at])
        box = box_of(x, wanted, {at: end for at, end in box.limits.items() if at != worst})
    return box


@dataclass(frozen=True)
class Scenario:
    """One region in which the goal is reached, and the way to it.

    Attributes
    ----------
    box : Box
        The box that is advised.
    path : tuple of Box
        Every box on the way: the trade-off between coverage and density.
    """

    box: Box
    path: tuple[Box, ...]


def discover(x: Floats, wanted: Flags, boxes: int = 1) -> tuple[Scenario, ...]:
    """Return regions in which the goal is reached, each found among the draws that the earlier ones leave.

    Coverage and mass of every box are shares of all draws; errors as :func:`peel`, for the first region alone.
    """
    left, found = np.ones(len(x), dtype=np.bool_), []
    for n in range(boxes):
        if n and not 10 <= wanted[left].sum() < left.sum():
            break
        path = peel(x[left], wanted[left])
        best = advised(x[left], wanted[left], path)
        if not best.limits:
            break
        cases, draws = float(wanted[left].sum() / wanted.sum()), float(left.mean())

        def whole(b: Box, cases: float = cases, draws: float = draws) -> Box:
            return Box(b.limits, b.coverage * cases, b.density, b.mass * draws, b.chance)

        found.append(Scenario(whole(best), tuple(whole(b) for b in path)))
        left &= ~inside(x, best.limits)
    return tuple(found)
