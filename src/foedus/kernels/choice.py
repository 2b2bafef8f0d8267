"""Probabilities of choice: the logistic curve, its logarithm, softmax. Stable for any input."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def logistic(x: ArrayLike) -> NDArray[np.float64]:
    """Return 1 / (1 + exp(-x)) without overflow, in the shape of `x`.

    Examples
    --------
    >>> logistic([-1000.0, 0.0, 1000.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    x = np.asarray(x, dtype=np.float64)
    small = np.exp(-np.abs(x))
    result: NDArray[np.float64] = np.where(x >= 0, 1.0, small) / (1.0 + small)
    return result


def log_logistic(x: ArrayLike) -> NDArray[np.float64]:
    """Return the logarithm of :func:`logistic`, exact far into the lower tail.

    Examples
    --------
    >>> log_logistic([-1000.0, 1000.0]).tolist()
    [-1000.0, 0.0]
    """
    x = np.asarray(x, dtype=np.float64)
    result: NDArray[np.float64] = np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))
    return result


def softmax(x: ArrayLike) -> NDArray[np.float64]:
    """Return exp(x) / sum exp(x) along the last axis, without overflow.

    Examples
    --------
    >>> softmax([1000.0, 1000.0]).tolist()
    [0.5, 0.5]
    """
    x = np.asarray(x, dtype=np.float64)
    weights = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: NDArray[np.float64] = weights / weights.sum(axis=-1, keepdims=True)
    return shares


def log_softmax_by(x: ArrayLike, groups: ArrayLike) -> NDArray[np.float64]:
    """Return the logarithm of the share of exp(x) within each group, without overflow.

    Parameters
    ----------
    x : array_like, shape (N,)
    groups : array_like of int, shape (N,)
        Group of every value, numbered from 0; groups may have different sizes and stand in any order.

    Returns
    -------
    ndarray, shape (N,)

    Examples
    --------
    >>> np.exp(log_softmax_by([0.0, 0.0, 7.0], [0, 0, 1])).round(6).tolist()
    [0.5, 0.5, 1.0]
    """
    x, groups = np.asarray(x, dtype=np.float64), np.asarray(groups, dtype=np.int64)
    if not len(x):
        return x
    top = np.full(int(groups.max()) + 1, -np.inf)
    np.maximum.at(top, groups, x)
    total = np.bincount(groups, weights=np.exp(x - top[groups]))
    # A number that no value bears has no total to take the logarithm of.
    shares: NDArray[np.float64] = x - (top + np.log(np.where(total > 0, total, 1.0)))[groups]
    return shares
