"""Goodness of fit: numbers of the record among those of many runs, one by one and family by family.

Of every number it is said which share of the runs lies below the record, and whether the record is within the middle nine
tenths. Of a family of numbers (how many states have no ally, one or two, ...) it is said how far the record is from the mean of the
runs, as runs scatter (Mahalanobis), and which share of the runs is as far away (Lospinoso and Snijders 2019).

References
----------
Hunter, D. R., Goodreau, S. M. and Handcock, M. S. (2008). Goodness of fit of social network models. Journal of the
American Statistical Association 103(481): 248-258.
Lospinoso, J. and Snijders, T. A. B. (2019). Goodness of fit for stochastic actor-oriented models. Methodological
Innovations 12(3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.allianceyears import COUNTS
from foedus.kernels.webshape import SHAPE
from foedus.worldwide.world_runs import WorldOfStates

Floats = NDArray[np.float64]

MIDDLE: Final = (0.05, 0.95)
"""Ends of the range that the record is expected in."""


@dataclass(frozen=True)
class Number:
    """One number that runs and record are compared by."""

    key: str
    label: str
    family: str
    of: Callable[[Floats, Floats], Floats]
    """Takes counts of every year, shape (R, Y, 10), and shapes at the end, shape (R, 23); gives the number, shape (R,)."""


def _mean(name: str) -> Callable[[Floats, Floats], Floats]:
    return lambda counts, shapes: np.asarray(counts[:, :, COUNTS.index(name)].mean(axis=1), dtype=np.float64)


def _last(name: str) -> Callable[[Floats, Floats], Floats]:
    return lambda counts, shapes: np.asarray(counts[:, -1, COUNTS.index(name)], dtype=np.float64)


def _shape(name: str) -> Callable[[Floats, Floats], Floats]:
    return lambda counts, shapes: np.asarray(shapes[:, SHAPE.index(name)], dtype=np.float64)


def bunched(counts: Floats, shapes: Floats) -> Floats:
    """Return the variance of the new treaties of a year over their mean, shape (R,); 1 where years have nothing in common."""
    new = counts[:, :, COUNTS.index("new_two")] + counts[:, :, COUNTS.index("new_more")]
    mean = new.mean(axis=1)
    if new.shape[1] < 2:
        return np.full(len(new), np.nan)
    found: Floats = np.divide(new.var(axis=1, ddof=1), mean, out=np.full(len(new), np.nan), where=mean > 0)
    return found


FAMILIES: Final[Mapping[str, str]] = {
    "new treaties": "treaties signed, ended and joined in a year",
    "in force": "treaties and pairs of allies in force at the end",
    "sizes": "treaties of more than two at the end, by members",
    "partners": "states at the end, by how many others they have a treaty with",
    "triads": "whether allies of one state are allies",
    "durations": "share of the treaties signed in these years that lasted",
}
"""Families of numbers, and what they are."""
NUMBERS: Final[tuple[Number, ...]] = (
    Number("new_two", "new treaties of two a year", "new treaties", _mean("new_two")),
    Number("new_more", "new treaties of more a year", "new treaties", _mean("new_more")),
    Number("bunched", "bunching of new treaties", "new treaties", bunched),
    Number("ended_two", "ends of treaties of two a year", "new treaties", _mean("ended_two")),
    Number("ended_more", "ends of treaties of more a year", "new treaties", _mean("ended_more")),
    Number("renewed", "treaties renewed by the same states a year", "new treaties", _mean("renewed")),
    Number("joined", "states that join a treaty a year", "new treaties", _mean("joined")),
    Number("force_two", "treaties of two in force", "in force", _last("force_two")),
    Number("force_more", "treaties of more in force", "in force", _last("force_more")),
    Number("pairs", "pairs of allies", "in force", _shape("pairs")),
    Number("members_1", "treaties of 3-4 members", "sizes", _shape("members_1")),
    Number("members_2", "treaties of 5-7 members", "sizes", _shape("members_2")),
    Number("members_3", "treaties of 8-14 members", "sizes", _shape("members_3")),
    Number("members_4", "treaties of 15 members and more", "sizes", _shape("members_4")),
    Number("partners_0", "states without any ally", "partners", _shape("partners_0")),
    Number("partners_1", "states with 1-2 allies", "partners", _shape("partners_1")),
    Number("partners_2", "states with 3-5 allies", "partners", _shape("partners_2")),
    Number("partners_3", "states with 6-10 allies", "partners", _shape("partners_3")),
    Number("partners_4", "states with 11-20 allies", "partners", _shape("partners_4")),
    Number("partners_5", "states with 21 allies and more", "partners", _shape("partners_5")),
    Number("most_partners", "allies of the state with most", "partners", _shape("most_partners")),
    Number("triangles", "triangles of allies", "triads", _shape("triangles")),
    Number("closed", "share of triads closed", "triads", _shape("closed")),
    Number("closed_two", "share of triads closed by treaties of two", "triads", _shape("closed_two")),
    Number("two_after_5", "share of treaties of two that last 5 years", "durations", _shape("two_after_5")),
    Number("two_after_10", "share of treaties of two that last 10 years", "durations", _shape("two_after_10")),
    Number("two_after_20", "share of treaties of two that last 20 years", "durations", _shape("two_after_20")),
    Number("more_after_5", "share of treaties of more that last 5 years", "durations", _shape("more_after_5")),
    Number("more_after_10", "share of treaties of more that last 10 years", "durations", _shape("more_after_10")),
    Number("more_after_20", "share of treaties of more that last 20 years", "durations", _shape("more_after_20")),
)
"""What runs and record are compared by."""


@dataclass(frozen=True)
class Compared:
    """One number of the record among those of the runs."""

    number: Number
    record: float
    low: float
    median: float
    high: float
    below: float
    """Share of the runs below the record, half of those that are equal counted."""

    @property
    def inside(self) -> bool:
        """Whether the record is within the middle nine tenths of the runs."""
        return self.low <= self.record <= self.high


def compared(world: WorldOfStates) -> tuple[Compared, ...]:
    """Return every number of the record among those of the runs; without those that the record or all runs lack."""
    values, record = numbers_of(world)
    found = []
    for k, number in enumerate(NUMBERS):
        own = values[:, k][np.isfinite(values[:, k])]
        if len(own) and np.isfinite(record[k]):
            low, median, high = np.quantile(own, [MIDDLE[0], 0.5, MIDDLE[1]])
            below = float(((own < record[k]) + 0.5 * (own == record[k])).mean())
            found.append(Compared(number, float(record[k]), float(low), float(median), float(high), below))
    return tuple(found)


def numbers_of(world: WorldOfStates) -> tuple[Floats, Floats]:
    """Return all numbers of every run, shape (R, N), and of the record, shape (N,), in the order of :data:`NUMBERS`."""
    counts = np.stack([world.yearly(name) for name in COUNTS], axis=2)
    shapes = np.column_stack([world.ends(name) for name in SHAPE])
    own, form = world.recorded.counts[None].astype(np.float64), world.recorded.shape[None]
    values = np.column_stack([n.of(counts, shapes) for n in NUMBERS])
    return values, np.array([n.of(own, form)[0] for n in NUMBERS])


def families(world: WorldOfStates) -> dict[str, float]:
    """Return by family the share of the runs that are as far from the mean of the runs as the record."""
    values, record = numbers_of(world)
    found = {}
    for family in FAMILIES:
        at = [k for k, n in enumerate(NUMBERS) if n.family == family and np.isfinite(record[k])]
        whole = np.isfinite(values[:, at]).all(axis=1)
        if at and whole.sum() > len(at):
            found[family] = as_far(values[whole][:, at], record[at])
    return found


def as_far(values: Floats, record: Floats) -> float:
    """Return the share of rows that are as far from the mean of all rows as another row, in their own scatter.

    Parameters
    ----------
    values : ndarray, shape (R, N)
    record : ndarray, shape (N,)

    Notes
    -----
    Where rows do not scatter along some direction, a record off it is farther than every row: the share is 0 then.
    """
    mean = values.mean(axis=0)
    off, own = values - mean, record - mean
    spread = np.atleast_2d(np.cov(off, rowvar=False))
    inverse = np.linalg.pinv(spread, hermitian=True)
    if not np.allclose(spread @ inverse @ own, own, atol=1e-6 * (1.0 + np.abs(own).max())):
        return 0.0
    far = np.einsum("rn,nm,rm->r", off, inverse, off)
    return float((far >= own @ inverse @ own - 1e-9).mean())
