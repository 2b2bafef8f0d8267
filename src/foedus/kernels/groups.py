"""Numbers within groups: how far members are apart, and what the best common group is worth to a pair or a member."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def apartness(
    member: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
    position: NDArray[np.float64],
    endowment: NDArray[np.float64],
    distance: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return range, standard deviation and mean distance within chosen groups.

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    chosen : ndarray of bool, shape (M,)
        The other groups stay 0.
    position, endowment : ndarray, shape (N,)
    distance : ndarray, shape (N, N)
        With zeros on the diagonal.

    Returns
    -------
    ndarray, shape (3, M)
        Range of `position`; population standard deviation of `endowment`; mean `distance` over ordered pairs.
    """
    groups, n = member.shape
    found = np.zeros((3, groups))
    for m in range(groups):
        if not chosen[m]:
            continue
        size = 0
        low = math.inf
        high = -math.inf
        total = 0.0
        apart = 0.0
        for i in range(n):
            if member[m, i]:
                size += 1
                low = min(low, position[i])
                high = max(high, position[i])
                total += endowment[i]
                for j in range(n):
                    if member[m, j]:
                        apart += distance[i, j]
        if size == 0:
            continue
        mean = total / size
        squares = 0.0
        for i in range(n):
            if member[m, i]:
                squares += (endowment[i] - mean) ** 2
        found[0, m] = high - low
        found[1, m] = math.sqrt(squares / size)
        if size > 1:
            found[2, m] = apart / (size * (size - 1))
    return found


@compiled
def deepest_common(member: NDArray[np.bool_], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the largest weight of a group that contains both of a pair, 0 if there is none, shape (N, N).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    weight : ndarray, shape (M,)
        Not negative.
    """
    groups, n = member.shape
    found = np.zeros((n, n))
    for m in range(groups):
        if weight[m] > 0.0:
            for i in range(n):
                if member[m, i]:
                    for j in range(n):
                        if member[m, j] and weight[m] > found[i, j]:
                            found[i, j] = weight[m]
    return found


@compiled
def best_company(
    member: NDArray[np.bool_], chosen: NDArray[np.bool_], likeness: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return, for every member, the largest mean likeness with the others of a chosen group, shape (N,).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    chosen : ndarray of bool, shape (M,)
    likeness : ndarray, shape (N, N)
        Row i is that of i with others; not negative.
    """
    groups, n = member.shape
    best = np.zeros(n)
    for m in range(groups):
        if not chosen[m]:
            continue
        size = 0
        for i in range(n):
            size += member[m, i]
        for i in range(n):
            if member[m, i]:
                total = 0.0
                for j in range(n):
                    if member[m, j] and j != i:
                        total += likeness[i, j]
                best[i] = max(best[i], total / max(size - 1, 1))
    return best
