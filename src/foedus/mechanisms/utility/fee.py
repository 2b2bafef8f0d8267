"""Fee: every institution needs staffs, exercises and attention."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import sums_over_groups
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="fee",
    claim="Keeping an institution costs in proportion to its depth, half for spokes that a forum has acquainted.",
    equation=r"fee_i = -F \sum_{m \ni i} o_m",
    sources=("Dian & Meijer 2020 (cost of adding links between spokes)",),
    off={"treaty_fee": 0.0},
    component="fee",
    order=8,
    label="upkeep",
    short="fee",
    ink="grey",
)

_ACQUAINTED = 0.5  # what a treaty between two spokes costs once they have sat in a forum together


def fee(
    member: NDArray[np.bool_],
    depth: NDArray[np.float64],
    treaty: NDArray[np.bool_],
    multilateral: NDArray[np.bool_],
    de_facto: NDArray[np.bool_],
    divergence_left: NDArray[np.float64],
    hub: int,
    treaty_fee: float,
) -> NDArray[np.float64]:
    """Return the cost of keeping institutions, % of GDP a year, shape (N,)."""
    price = ~de_facto * depth
    between_spokes = treaty & ~multilateral & ~member[:, hub]
    for m in np.flatnonzero(between_spokes):
        pair = np.flatnonzero(member[m])
        if divergence_left[pair[0], pair[1]] < 1.0:
            price[m] *= _ACQUAINTED
    cost: NDArray[np.float64] = -treaty_fee * sums_over_groups(member, price)
    return cost
