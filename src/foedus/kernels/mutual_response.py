"""Two-sided logistic responses that feed on each other."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled

_ROUNDS = 60  # the map contracts by χ/4 a round, so below χ = 3.5 nothing is left of the start


@compiled
def mutual_response(
    intercept: NDArray[np.float64], wanted: NDArray[np.bool_], complementarity: float
) -> NDArray[np.float64]:
    """Return the fixed point of p_ij = logistic(intercept_ij + complementarity · p_ji), from ½.

    Parameters
    ----------
    intercept : ndarray, shape (N, N)
    wanted : ndarray of bool, shape (N, N)
        Symmetric; pairs not wanted stay 0.
    complementarity : float
        Below 4 the fixed point is unique.

    Returns
    -------
    ndarray, shape (N, N)
    """
    n = intercept.shape[0]
    result = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            if not wanted[i, j]:
                continue
            p, q = 0.5, 0.5
            for _ in range(_ROUNDS):
                up = 1.0 / (1.0 + math.exp(-(intercept[i, j] + complementarity * q)))
                uq = 1.0 / (1.0 + math.exp(-(intercept[j, i] + complementarity * p)))
                settled = up == p and uq == q
                p, q = up, uq
                if settled:
                    break
            result[i, j] = p
            result[j, i] = q
    return result
