"""Exposure: the adversary punishes new institutions through trade."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import holding_any, largest_joint, means_within
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="exposure",
    claim="States that trade with the adversary fear reprisals against what is new; old treaties are not punished.",
    equation=r"exp_i = -\psi \max_{m \ni i,\ new} o_m^{\gamma}(1+\zeta\,1[\text{unrecognised member}])"
    r"\sum_a x_{ia}\,\overline{T}_{ma}",
    sources=("Hirschman 1945", "THAAD dispute of 2016-17 (Korea)"),
    off={"coercion_pain": 0.0},
    component="exposure",
    order=5,
    label="reprisals",
    signed=("less fear of reprisals", "fear of reprisals"),
    short="repr.",
    ink="vermilion",
    weight=("coercion_pain",),
)


def provocation(
    member: NDArray[np.bool_],
    depth: NDArray[np.float64],
    treaty: NDArray[np.bool_],
    forum: NDArray[np.bool_],
    new: NDArray[np.bool_],
    recognised: NDArray[np.float64],
    threat: NDArray[np.float64],
    political_convexity: float,
    unrecognised_penalty: float,
) -> NDArray[np.float64]:
    """Return how much each institution provokes each adversary, shape (M, A); 0 unless it is new.

    The provocation grows with depth, with the mean threat its members see in the adversary (it is aimed at
    that adversary), and with a member that is not recognised.
    """
    aimed = means_within(member, np.ones(member.shape), threat)
    irregular = holding_any(member, recognised < 1.0)
    weight = depth**political_convexity * (1.0 + unrecognised_penalty * irregular)
    provoking: NDArray[np.float64] = ((new & (treaty | forum)) * weight)[:, None] * aimed
    return provoking


def exposure(
    member: NDArray[np.bool_],
    provocation: NDArray[np.float64],
    trade: NDArray[np.float64],
    coercion_pain: float,
) -> NDArray[np.float64]:
    """Return the pain of expected reprisals, % of GDP a year, shape (N,)."""
    cost: NDArray[np.float64] = -coercion_pain * largest_joint(member, provocation, trade)
    return cost
