"""Dispute: quarrels are costly in themselves, and so is being bound to a state one resents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import deepest_common
from foedus.kernels.sums import row_sums
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="dispute",
    claim="Grievances make common obligations costly and quarrels likely; brokerage lowers the cost.",
    equation=r"disp_i = -\sum_j \{k_N d_{ij}\Lambda_{ij} + k_D \bar d_{ij}\,\pi_{ij}\pi_{ji}(1-\beta_{ij})\}",
    sources=("Fearon 1994", "Kydd 2003"),
    off={"commitment_cost": 0.0, "escalation_cost": 0.0},
    component="dispute",
    order=6,
    label="quarrels among members",
    signed=("fewer quarrels among members", "quarrels among members"),
    short="quar.",
    ink="rose\\\\",
    weight=("commitment_cost",),  # what the escalation cost adds hardly differs between a body and its alternatives
)


def common_depth(
    member: NDArray[np.bool_],
    depth: NDArray[np.float64],
    de_facto: NDArray[np.bool_],
    political_convexity: float,
) -> NDArray[np.float64]:
    """Return the political depth of the deepest institution that binds two states, shape (N, N)."""
    return deepest_common(member, ~de_facto * depth**political_convexity)


def dispute(
    grievance: NDArray[np.float64],
    common_depth: NDArray[np.float64],
    escalation: NDArray[np.float64],
    brokerage: NDArray[np.float64],
    commitment_cost: float,
    escalation_cost: float,
) -> NDArray[np.float64]:
    """Return the cost of grievances and quarrels, % of GDP a year, shape (N,)."""
    mean = 0.5 * (grievance + grievance.T)
    quarrel = escalation_cost * mean * escalation * escalation.T * (1.0 - brokerage)
    cost: NDArray[np.float64] = -row_sums(commitment_cost * grievance * common_depth + quarrel)
    return cost
