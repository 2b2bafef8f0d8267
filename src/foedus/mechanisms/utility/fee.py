"""Fee: every institution needs staffs, exercises and attention."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import least_between, sums_over_groups
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="fee",
    claim="Keeping an institution costs in proportion to its depth, less for spokes that a forum has acquainted.",
    equation=r"fee_i = -F \sum_{m \ni i} o_m\, f_{FO}^{1[\text{two spokes of a forum}]}",
    sources=("Dian & Meijer 2020 (cost of adding links between spokes)",),
    off={"treaty_fee": 0.0},
    component="fee",
    order=8,
    label="upkeep",
    signed=("less upkeep", "upkeep"),
    short="fee",
    ink="grey",
    weight=(),  # its coefficient carries that states rather extend a treaty than make one anew
)


def fee(member: NDArray[np.bool_], upkeep: NDArray[np.float64], treaty_fee: float) -> NDArray[np.float64]:
    """Return the cost of keeping institutions, % of GDP a year, shape (N,)."""
    cost: NDArray[np.float64] = -treaty_fee * sums_over_groups(member, upkeep)
    return cost


def upkeep(
    member: NDArray[np.bool_],
    depth: NDArray[np.float64],
    treaty: NDArray[np.bool_],
    multilateral: NDArray[np.bool_],
    de_facto: NDArray[np.bool_],
    divergence_left: NDArray[np.float64],
    hub: int,
    acquainted_fee: float,
) -> NDArray[np.float64]:
    """Return what keeping each institution takes: its depth, less of it between two spokes of a forum, shape (M,)."""
    between_spokes = treaty & ~multilateral & ~member[:, hub]
    acquainted = least_between(member, between_spokes, divergence_left) < 1.0
    price = ~de_facto * depth
    for m in range(depth.size):
        if acquainted[m]:
            price[m] *= acquainted_fee
    return price
