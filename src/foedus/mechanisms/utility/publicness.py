"""Publicness: a neighbour's loss is partly one's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.sums import felt
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="publicness",
    claim="Security is partly a collective good: states feel the losses of those near to them.",
    equation=r"\ell^{tot}_i = \sum_a \ell_{ia} + \sum_a T_{ia} \sum_{j\neq i} \iota \min(1, Y_j/Y_i)\,\delta_{ji}\,\ell_{ja}",
    sources=("Olson & Zeckhauser 1966", "Sandler 1993 (joint products)"),
    off={"publicness": 0.0},
)


def spillover(
    threat: NDArray[np.float64], gdp: NDArray[np.float64], arrival: NDArray[np.float64], publicness: float
) -> NDArray[np.float64]:
    """Return the share of the loss of column j to adversary a that row i feels, shape (A, N, N)."""
    near: NDArray[np.float64] = publicness * np.minimum(1.0, gdp[None, :] / gdp[:, None]) * arrival.T
    np.fill_diagonal(near, 0.0)
    return threat.T[:, :, None] * near[None, :, :]


def felt_loss_alone(loss_alone: NDArray[np.float64], spillover: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loss each state expects and feels without any treaty, % of GDP, shape (N,)."""
    return felt(loss_alone, spillover)


def felt_loss_allied(loss_allied: NDArray[np.float64], spillover: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same with the treaties of the architecture, % of GDP, shape (N,)."""
    return felt(loss_allied, spillover)
