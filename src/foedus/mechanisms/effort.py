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
