"""Rescue: who does not command its own forces counts on the hub, and quarrels more cheaply."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="rescue",
    claim="Leaders whose security the hub runs discount what a quarrel costs their security.",
    equation=r"\rho_i = \rho_0\, c_1\, O_{ih}\,(1 - sov_i)",
    sources=("Benson 2012 (moral hazard)", "Snyder 1984"),
    off={"rescue_belief": 0.0},
)


def rescue(
    obligation: NDArray[np.float64],
    sovereignty: NDArray[np.float64],
    hub: int,
    treaty_reliability: float,
    rescue_belief: float,
) -> NDArray[np.float64]:
    """Return the share of the security price of a quarrel that is discounted, shape (N,)."""
    return rescue_belief * treaty_reliability * obligation[:, hub] * (1.0 - sovereignty)
