"""Probabilities of choice: the logistic curve, its logarithm, softmax. Stable for any input."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def logistic(x: ArrayLike) -> NDArray[np.float64]:
    """Return 1 / (1 + exp(-x)) without overflow, in the shape of `x`."""
    x = np.asarray(x, dtype=np.float64)
    small = np.exp(-np.abs(x))
    result: NDArray[np.float64] = np.where(x >= 0, 1.0, small) / (1.0 + small)
    return result


def log_logistic(x: ArrayLike) -> NDArray[np.float64]:
    """Return the logarithm of :func:`logistic`, exact far into the lower tail."""
    x = np.asarray(x, dtype=np.float64)
    result: NDArray[np.float64] = np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))
    return result


def softmax(x: ArrayLike) -> NDArray[np.float64]:
    """Return exp(x) / sum exp(x) along the last axis, without overflow."""
    x = np.asarray(x, dtype=np.float64)
    weights = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: NDArray[np.float64] = weights / weights.sum(axis=-1, keepdims=True)
    return shares
