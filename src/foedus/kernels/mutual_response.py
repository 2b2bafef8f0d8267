"""Two-sided logistic responses that feed on each other."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled

_ROUNDS = 60  # answering in turn contracts by (χ/4)² a round, so below χ = 3.5 nothing is left of the start
_STRAIGHT = 2.8  # below, the slope of what is to be 0 is between 1/2 and 1, so that Newton's steps cannot miss


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

    Examples
    --------
    >>> pair = ~np.eye(2, dtype=np.bool_)
    >>> mutual_response(np.zeros((2, 2)), pair, 0.0).tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    >>> bool(mutual_response(np.zeros((2, 2)), pair, 2.0)[0, 1] > 0.5)  # each answers the other
    True
    """
    n = intercept.shape[0]
    straight = complementarity < _STRAIGHT
    settled = 1e-9 if straight else 1e-15  # Newton's next step would be the square of it
    result = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            if not wanted[i, j]:
                continue
            p, q = 0.5, 0.5
            for _ in range(_ROUNDS):
                q = 1.0 / (1.0 + math.exp(-(intercept[j, i] + complementarity * p)))
                answer = 1.0 / (1.0 + math.exp(-(intercept[i, j] + complementarity * q)))
                slope = complementarity**2 * answer * (1.0 - answer) * q * (1.0 - q) if straight else 0.0
                step = (answer - p) / (1.0 - slope)
                p += step
                if abs(step) <= settled:
                    break
            q = 1.0 / (1.0 + math.exp(-(intercept[j, i] + complementarity * p)))
            result[i, j] = p
            result[j, i] = q
    return result
