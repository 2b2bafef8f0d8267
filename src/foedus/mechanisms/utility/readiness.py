"""Readiness: a body that decides by consensus loses force to its own heterogeneity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import apartness
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="readiness",
    claim="A consensus body acts more slowly the further apart its members stand, the more their control of "
    "forces differs and the less they share priorities; the hub's own links are exempt.",
    equation=r"R_m = \exp\{-\nu[(\max u-\min u)/4 + sd(sov) + TV_m]\},\qquad R_m = 1\ \text{for rule hub}",
    sources=("Tsebelis 2002", "Buchanan & Tullock 1962"),
    off={"coordination_loss": 0.0},
)

_SCALE = 4.0


def priorities(threat: NDArray[np.float64], calm_weight: float) -> NDArray[np.float64]:
    """Return each state's threats as shares, the last column standing for none, shape (N, A + 1)."""
    weights = np.column_stack([threat, np.full(threat.shape[0], calm_weight)])
    shares: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return shares


def divergence(priorities: NDArray[np.float64], divergence_left: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the total-variation distance of the priorities of two states, shape (N, N)."""
    apart: NDArray[np.float64] = 0.5 * np.abs(priorities[:, None, :] - priorities[None, :, :]).sum(axis=2)
    return apart * divergence_left


def readiness(
    member: NDArray[np.bool_],
    consensus: NDArray[np.bool_],
    ideal_point: NDArray[np.float64],
    sovereignty: NDArray[np.float64],
    divergence: NDArray[np.float64],
    coordination_loss: float,
) -> NDArray[np.float64]:
    """Return the share of its force that each institution can bring into action, shape (M,)."""
    apart = apartness(member, consensus, ideal_point, sovereignty, divergence)
    ready: NDArray[np.float64] = np.exp(-coordination_loss * (apart[0] / _SCALE + apart[1] + apart[2]))
    return ready
