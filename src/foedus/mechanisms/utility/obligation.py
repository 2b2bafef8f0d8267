"""Obligation: how far each state is bound to help each other, as the deepest common institution says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import deepest_with_centre
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="obligation",
    claim="A pledge is worth its depth times the readiness of the body; a pledge of the hub executes itself.",
    equation=r"O_{ij}(g) = \max_{m \ni i,j} o_m R_m,\qquad R = 1 \text{ on every treaty link with the hub}",
    sources=("Leeds, Ritter, Mitchell & Long 2002 (ATOP)", "Snyder 1984"),
    off={"treaty_reliability": 0.0},
)


def obligation(
    member: NDArray[np.bool_],
    depth: NDArray[np.float64],
    readiness: NDArray[np.float64],
    treaty: NDArray[np.bool_],
    de_facto: NDArray[np.bool_],
    commitment_kept: NDArray[np.float64],
    hub: int,
) -> NDArray[np.float64]:
    """Return the share of a full pledge under which column j owes help to row i, shape (N, N)."""
    as_ready = ~de_facto * depth * readiness
    bound = deepest_with_centre(member, as_ready, np.maximum(treaty * depth, as_ready), hub)
    for m in range(depth.size):
        if de_facto[m]:
            for k in range(commitment_kept.size):
                if member[m, k]:
                    bound[k, hub] = max(bound[k, hub], depth[m] * commitment_kept[k])
    for k in range(bound.shape[0]):  # np.fill_diagonal takes as long to compile as ten laws
        bound[k, k] = 0.0
    return bound
