"""Reach: force decays with distance, more slowly for the strong."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.distance import share_arriving
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="reach",
    claim="Power decays with distance; great powers reach further.",
    equation=r"r_i = \lambda_0\,1000\,(1 + \lambda_1\sqrt{k_i/k_{max}})\ \mathrm{km},\quad \delta_{ij} = 2^{-D_{ij}/r_j},"
    r"\quad H_{ij} = K_j f_j \delta_{ij},\quad Q_{ia} = K_a 2^{-D_{ai}/r_a}",
    sources=("Boulding 1962 (loss-of-strength gradient)", "Walt 1987 (proximity and power)"),
    off={"reach_scale": 1e6},
)

_KM = 1000.0  # in the unit of the scale


def _radius(
    capability: NDArray[np.float64], others: NDArray[np.float64], scale: float, advantage: float
) -> NDArray[np.float64]:
    strongest = max(float(capability.max()), float(others.max()))
    relative = np.sqrt(capability / strongest) if strongest > 0 else np.zeros_like(capability)
    radius: NDArray[np.float64] = scale * _KM * (1.0 + advantage * relative)
    return radius


def reach(
    capability_raw: NDArray[np.float64],
    adversary_capability_raw: NDArray[np.float64],
    reach_scale: float,
    reach_advantage: float,
) -> NDArray[np.float64]:
    """Return the distance in km after which half of a state's force is left, shape (N,)."""
    return _radius(capability_raw, adversary_capability_raw, reach_scale, reach_advantage)


def adversary_reach(
    capability_raw: NDArray[np.float64],
    adversary_capability_raw: NDArray[np.float64],
    reach_scale: float,
    reach_advantage: float,
) -> NDArray[np.float64]:
    """Return the same for the adversaries, km, shape (A,)."""
    return _radius(adversary_capability_raw, capability_raw, reach_scale, reach_advantage)


def arrival(distance: NDArray[np.float64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of the force of column j that arrives at row i, shape (N, N)."""
    return share_arriving(distance, reach[None, :])


def help_at_hand(
    capability_available: NDArray[np.float64], free_force: NDArray[np.float64], arrival: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the force that column j could send to row i, capability index, shape (N, N)."""
    sent: NDArray[np.float64] = (capability_available * free_force)[None, :] * arrival
    np.fill_diagonal(sent, 0.0)
    return sent


def hostile_force(
    adversary_capability_available: NDArray[np.float64],
    adversary_distance: NDArray[np.float64],
    adversary_reach: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the force that adversary a brings to bear on state i, capability index, shape (N, A)."""
    arriving = share_arriving(adversary_distance, adversary_reach[:, None])
    return np.ascontiguousarray((adversary_capability_available[:, None] * arriving).T)
