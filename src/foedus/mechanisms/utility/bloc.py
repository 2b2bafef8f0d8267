"""Bloc: the members of a council face the hub as one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import members_of_largest
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="bloc",
    claim="Members of a council that decides by consensus bargain with the hub jointly.",
    equation=r"\tilde M = (1-\varsigma)\,M + \varsigma\,Owen(v;\ U = S_m \setminus h)",
    sources=("Owen 1977 (a-priori unions)", "Horn & Wolinsky 1988 (bloc and separate bargaining)"),
    off={"bloc_solidarity": 0.0},
)


def bloc(
    member: NDArray[np.bool_], multilateral: NDArray[np.bool_], consensus: NDArray[np.bool_], hub: int
) -> NDArray[np.bool_]:
    """Return which states bargain as one: the spokes of the largest council with the hub, shape (N,)."""
    spokes = members_of_largest(member, multilateral & consensus)
    spokes[hub] = False
    return spokes


def bargained_value(
    myerson: NDArray[np.float64], owen: NDArray[np.float64], bloc_solidarity: float
) -> NDArray[np.float64]:
    """Return the value on which concessions are based, bn a year, shape (N,)."""
    return (1.0 - bloc_solidarity) * myerson + bloc_solidarity * owen
