"""Settings: all states of a year, and the four terms of the record's law for any list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.mechanisms.utility.reach import reach
from foedus.model.parameters import BY_NAME
from foedus.signings.common_line import autonomy
from foedus.signings.enemy import common_enemy
from foedus.signings.separation import apart
from foedus.signings.trust import trusted
from foedus.signings.weights import BY_NAME as WEIGHTS
from foedus.signings.weights import TERMS, Weights

Floats = NDArray[np.float64]
Body = Sequence[int]
"""Positions of the members of a list of states."""


@dataclass(frozen=True, eq=False)
class Setting:
    """All states of a year as arrays; a case is a small one.

    Parameters
    ----------
    states : tuple of str
        L of them, by any name.
    capability, position : ndarray, shape (L,)
        Capability in any unit; foreign-policy position, ideal points.
    distance : ndarray, shape (L, L)
        km.
    rivalry : ndarray, shape (L, L)
        0 to 1, symmetric.
    ties : ndarray of bool, shape (L, L)
        Whether any obligation is in force.
    pacts : tuple of tuple of int
        Members of every treaty of defence in force.
    closure : float
        The chance that one ally in common binds two states.
    held : callable, optional
        What gives the treaties in force that a list is compared with; by default all pacts.
    """

    states: tuple[str, ...]
    capability: Floats
    position: Floats
    distance: Floats
    rivalry: Floats
    ties: NDArray[np.bool_]
    pacts: tuple[tuple[int, ...], ...]
    closure: float = WEIGHTS["closure"].default
    held: Callable[[Body], Sequence[Body]] | None = None

    @cached_property
    def reach(self) -> Floats:
        """Distance in km after which half of a state's force is left, shape (L,)."""
        scale, advantage = (BY_NAME[n].default for n in ("reach_scale", "reach_advantage"))
        return reach(self.capability, self.capability, scale, advantage)

    @cached_property
    def apart(self) -> Floats:
        """Separation of every pair, shape (L, L)."""
        return apart(self.distance, self.reach)

    @cached_property
    def pact(self) -> NDArray[np.bool_]:
        """Whether two states have a pact of defence, shape (L, L)."""
        table = np.zeros(self.distance.shape, dtype=np.bool_)
        for members in self.pacts:
            table[np.ix_(members, members)] = True
        np.fill_diagonal(table, val=False)
        return table

    @cached_property
    def trust(self) -> Floats:
        """Trust of every pair, shape (L, L)."""
        return trusted(self.ties, self.pact, self.closure)

    def terms(self, body: Body) -> Floats:
        """Return the four terms of every member of a list, in the order of :data:`foedus.signings.weights.TERMS`.

        Parameters
        ----------
        body : sequence of int
            Positions of the members, two at least.

        Returns
        -------
        ndarray, shape (4, n)
            Separation (no unit), common enemy and trust (0 to 1), autonomy (% of GDP a year).
        """
        members, fellows = list(body), len(body) - 1
        between = np.ix_(members, members)
        held = self.pacts if self.held is None else self.held(members)
        return np.stack(
            [
                self.apart[between].sum(axis=1) / fellows,
                common_enemy(self.rivalry, members),
                self.trust[between].sum(axis=1) / fellows,
                autonomy(members, held, self.position, self.capability),
            ]
        )

    def half_sums(self, bodies: Sequence[Body]) -> Floats:
        """Return half the sum over the members of each term for every list, shape (K, 4)."""
        if not len(bodies):
            return np.empty((0, len(TERMS)))
        return np.stack([self.terms(body).sum(axis=1) / 2 for body in bodies])

    def values(self, bodies: Sequence[Body], weights: Weights) -> Floats:
        """Return V of every list, the logarithm of how likely it is beside others of its size, shape (K,)."""
        found: Floats = self.half_sums(bodies) @ weights.signed
        return found
