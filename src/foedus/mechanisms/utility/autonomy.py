"""Autonomy: a common line is not one's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import gaps_to_lines, means_within
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="autonomy",
    claim="Members pay for the distance to the common line: the hub's line in a hub-led pact, the mean in a council.",
    equation=r"aut_i = -k_A \sum_{m \ni i} o_m^{\gamma}\,|u_i - \bar u_m|/4",
    sources=("Morrow 1991", "Cha 2010 (control)"),
    off={"autonomy_cost": 0.0},
    component="autonomy",
    order=4,
    label="autonomy",
    signed=("more autonomy", "loss of autonomy"),
    short="aut.",
    ink="plum//",
    weight=("autonomy_cost",),
)

_SCALE = 4.0


def common_line(
    member: NDArray[np.bool_],
    consensus: NDArray[np.bool_],
    ideal_point: NDArray[np.float64],
    capability_raw: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the position each institution takes: by capability where the hub leads, else the mean, shape (M,)."""
    weight = np.ones(member.shape)
    for m in range(consensus.size):
        if not consensus[m]:
            weight[m] = capability_raw
    mean = means_within(member, weight, ideal_point[:, None])
    return mean[:, 0].copy()  # an array of its own, as whoever compiles ahead takes it to be


def autonomy(
    member: NDArray[np.bool_],
    line_depth: NDArray[np.float64],
    common_line: NDArray[np.float64],
    ideal_point: NDArray[np.float64],
    autonomy_cost: float,
) -> NDArray[np.float64]:
    """Return the cost of following common lines, % of GDP a year, shape (N,)."""
    gaps = gaps_to_lines(member, line_depth, common_line, ideal_point)
    cost: NDArray[np.float64] = -autonomy_cost / _SCALE * gaps
    return cost


def line_depth(
    depth: NDArray[np.float64], de_facto: NDArray[np.bool_], political_convexity: float
) -> NDArray[np.float64]:
    """Return the political depth of each institution that has a common line, 0 of a de facto commitment, shape (M,)."""
    return ~de_facto * depth**political_convexity
