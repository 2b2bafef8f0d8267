"""Platform: a place to meet those who fear the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import best_company
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="platform",
    claim="Forum and council alike give members a place to discuss a shared threat.",
    equation=r"plat_i = k_F \max_{m \ni i,\ cons}\ \overline{sim_{ij}}_{\,j\in m\setminus i}",
    sources=("Keohane 1984 (institutions and information)",),
    off={"platform_value": 0.0},
    component="platform",
    order=7,
    label="common platform",
    signed=("common platform", "less of a common platform"),
    short="plat.",
    ink="teal",
    weight=("platform_value",),
)


def platform(
    member: NDArray[np.bool_],
    consensus: NDArray[np.bool_],
    shared_threat: NDArray[np.float64],
    platform_value: float,
) -> NDArray[np.float64]:
    """Return the value of the best common platform of each state, % of GDP a year, shape (N,)."""
    return platform_value * best_company(member, consensus, shared_threat)
