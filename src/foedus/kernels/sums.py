"""Sums along rows and columns, and quotients. Plain loops, which compile in a fraction of the time of NumPy's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def row_sums(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of every row, shape (R,) from (R, C)."""
    sums = np.zeros(x.shape[0])
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            sums[i] += x[i, k]
    return sums


@compiled
def weighted_columns(x: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of every column, each row times its weight, shape (C,) from (R, C) and (R,)."""
    sums = np.zeros(x.shape[1])
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            sums[k] += weight[i] * x[i, k]
    return sums


@compiled
def quotients(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return above / below, 0 where below is not positive, shape (N,)."""
    found = np.zeros(above.size)
    for i in range(above.size):
        if below[i] > 0.0:
            found[i] = above[i] / below[i]
    return found


@compiled
def felt(own: NDArray[np.float64], spillover: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what everybody has of its own and of what spills over, shape (N,).

    Parameters
    ----------
    own : ndarray, shape (N, A)
    spillover : ndarray, shape (A, N, N)
        Share of what column j has in layer a that row i feels.
    """
    total = row_sums(own)
    for a in range(own.shape[1]):
        for i in range(own.shape[0]):
            spilt = 0.0
            for j in range(own.shape[0]):
                spilt += spillover[a, i, j] * own[j, a]
            total[i] += spilt
    return total
