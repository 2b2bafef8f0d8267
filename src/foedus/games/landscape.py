"""Landscape: how nations fall into two camps when each tries to stand with its friends.

Two-sided weighted sums of this kind are Ising spin glasses: nothing guarantees few minima (Galam 1998). The number of
minima is therefore part of the answer.

References
----------
Axelrod, R. and Bennett, D. S. (1993). A landscape theory of aggregation. British Journal of Political Science 23(2):
211-233.
Galam, S. (1998). Comment on 'A landscape theory of aggregation'. British Journal of Political Science 28(2): 411-412.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.vocabulary.errors import FoedusError, Problem

Floats = NDArray[np.float64]
Sides = NDArray[np.bool_]

MOST_NATIONS: Final = 20
"""More nations have more than half a million configurations, which are all looked at."""

TOLERANCE: Final = 1e-9
"""Share of the largest energy below which two energies count as equal."""


@dataclass(frozen=True)
class Landscape:
    """Nations with sizes and mutual propensities; every division into two sides has an energy.

    Raises
    ------
    FoedusError
        Shapes do not fit, values are not finite, sizes are negative, the propensities are not symmetric, or there are
        fewer than 2 or more than 20 nations.
    """

    sizes: Floats
    """Shape (N,); weight of each nation; any unit."""
    propensity: Floats
    """Shape (N, N); inclination of two nations to stand together, negative for enemies; symmetric, the diagonal is
    ignored."""

    def __post_init__(self) -> None:
        n = len(self.sizes)
        wrong = [
            (not 2 <= n <= MOST_NATIONS, f"{n} nations are not 2 to {MOST_NATIONS}"),
            (self.propensity.shape != (n, n), f"the propensities have shape {self.propensity.shape}, not {(n, n)}"),
            (
                not (np.all(np.isfinite(self.sizes)) and np.all(np.isfinite(self.propensity))),
                "some values are not finite",
            ),
            (bool(np.any(self.sizes < 0)), "some sizes are negative"),
            (
                self.propensity.shape == self.propensity.T.shape
                and not np.allclose(self.propensity, self.propensity.T),
                "the propensities are not symmetric",
            ),
        ]
        problems = [Problem("landscape", what) for is_so, what in wrong if is_so]
        if problems:
            raise FoedusError(problems)

    @cached_property
    def pull(self) -> Floats:
        """Size-weighted propensity of every pair, shape (N, N), zero on the diagonal."""
        pull: Floats = np.outer(self.sizes, self.sizes) * self.propensity
        np.fill_diagonal(pull, 0.0)
        return pull

    @cached_property
    def sides(self) -> Sides:
        """Every division into two sides, shape (2**(N-1), N): True for the side of the first nation."""
        n = len(self.sizes)
        numbers = np.arange(1 << (n - 1))[:, None]
        apart = (numbers >> np.arange(n - 1)) & 1 == 1
        return np.concatenate([np.ones((len(numbers), 1), dtype=np.bool_), ~apart], axis=1)

    @cached_property
    def energy(self) -> Floats:
        r"""Energy of every division, :math:`E = \sum_i s_i \sum_{j \ne i} s_j p_{ij} d_{ij}`, shape (2**(N-1),)."""
        spin = np.where(self.sides, 1.0, -1.0)
        energy: Floats = 0.5 * (self.pull.sum() - np.einsum("ci,ci->c", spin @ self.pull, spin))
        return energy

    def change(self) -> Floats:
        """Return what one nation's change of side adds to the energy, shape (2**(N-1), N)."""
        spin = np.where(self.sides, 1.0, -1.0)
        change: Floats = 2.0 * spin * (spin @ self.pull)
        return change

    def minima(self, strict: bool = False) -> NDArray[np.intp]:
        """Return the divisions that no single change of side improves, lowest energy first.

        Parameters
        ----------
        strict : bool
            Whether every change has to make things worse; otherwise changes that alter nothing are allowed.
        """
        slack = TOLERANCE * max(float(np.abs(self.energy).max()), 1e-300)
        change = self.change()
        stable = np.all(change > slack, axis=1) if strict else np.all(change >= -slack, axis=1)
        found = np.flatnonzero(stable)
        return found[np.argsort(self.energy[found], kind="stable")]

    def basins(self) -> NDArray[np.intp]:
        """Return for every division the minimum it descends to, one nation at a time, the steepest step first.

        Ties go to the nation that stands first. Shape (2**(N-1),).
        """
        slack = TOLERANCE * max(float(np.abs(self.energy).max()), 1e-300)
        change = self.change()
        who = change.argmin(axis=1)
        falls = change[np.arange(len(change)), who] < -slack
        here = np.arange(len(change))
        full = len(change) - 1
        # the first nation marks the sides: its own change turns everybody else around
        turned = np.where(who == 0, here ^ full, here ^ (1 << np.maximum(who - 1, 0)))
        step = np.where(falls, turned, here)
        while not np.array_equal(step[step], step):
            step = step[step]
        return step

    def standing_with(self, nation: int) -> Floats:
        """Return the share of all starting divisions that end with each nation on the side of one, shape (N,)."""
        ends = self.sides[self.basins()]
        share: Floats = (ends == ends[:, [nation]]).mean(axis=0)
        return share


def mistakes(sides: Sides, actual: Sides) -> int:
    """Return how many nations stand on the wrong side, whichever way the two sides are named.

    Parameters
    ----------
    sides, actual : ndarray of bool, shape (N,)

    Examples
    --------
    >>> import numpy as np
    >>> mistakes(np.array([True, True, False]), np.array([False, False, False]))
    1
    """
    wrong = int((sides != actual).sum())
    return min(wrong, len(sides) - wrong)
