"""Effort: help from others takes the place of one's own arms."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="effort",
    claim="A state that pays for its own arms buys less of them for every bit of help it is promised.",
    equation=r"K_i^* = \max\{0, (2 L_0 T_i Q_i^2/mc)^{1/3} - Q_i - help_i\}\quad(\eta = 1,\ \iota = 0)",
    sources=("Olson & Zeckhauser 1966",),
)


def best_effort(
    stake_of_one: ArrayLike, hostile_force_on_one: ArrayLike, help_promised: ArrayLike, marginal_cost: float
) -> NDArray[np.float64]:
    """Return the own force that makes loss and cost together least, capability index.

    Parameters
    ----------
    stake_of_one : array_like
        Loss if the adversary surely prevails, % of GDP.
    hostile_force_on_one : array_like
        Force that arrives, capability index.
    help_promised : array_like
        Help expected from others, capability index.
    marginal_cost : float
        Cost of a unit of own force, % of GDP.

    Notes
    -----
    The utility of the theory keeps efforts fixed; this is the closed form by which claims about burden
    sharing are judged.
    """
    q = np.asarray(hostile_force_on_one, dtype=np.float64)
    wanted = np.cbrt(2.0 * np.asarray(stake_of_one) * q**2 / marginal_cost) - q - np.asarray(help_promised)
    return np.asarray(np.maximum(0.0, wanted), dtype=np.float64)


def effort_kept(own_force: ArrayLike, help_now: ArrayLike, help_then: ArrayLike) -> NDArray[np.float64]:
    """Return the best own force once help changes, as a share of the best own force without any help.

    Parameters
    ----------
    own_force : array_like
        Force that is kept today, taken as the best answer to today's help, capability index.
    help_now, help_then : array_like
        Help promised today and after the change, capability index.

    Returns
    -------
    ndarray
        Between 0 (all left to others) and 1, NaN for who has and is promised nothing; the closed form of :func:`best_effort` with the cost of a unit of force
        read off today's choice.
    """
    alone = np.asarray(own_force, dtype=np.float64) + np.asarray(help_now, dtype=np.float64)
    wanted = np.maximum(0.0, alone - np.asarray(help_then, dtype=np.float64))
    return np.divide(wanted, alone, out=np.full_like(alone, np.nan), where=alone > 0)
