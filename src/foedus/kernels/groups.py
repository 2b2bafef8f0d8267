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


@compiled
def deepest_with_centre(
    member: NDArray[np.bool_], weight: NDArray[np.float64], central: NDArray[np.float64], centre: int
) -> NDArray[np.float64]:
    """Return the same where pairs with one central member count by weights of their own, shape (N, N).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    weight, central : ndarray, shape (M,)
        For pairs without and with the centre.
    centre : int
    """
    found = deepest_common(member, weight)
    groups, n = member.shape
    for i in range(n):
        most = 0.0
        for m in range(groups):
            if member[m, i] and member[m, centre]:
                most = max(most, central[m])
        found[i, centre] = most
        found[centre, i] = most
    return found


@compiled
def means_within(
    member: NDArray[np.bool_], weight: NDArray[np.float64], value: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weighted mean of every column within every group, 0 where nothing weighs, shape (M, C).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    weight : ndarray, shape (M, N)
    value : ndarray, shape (N, C)
    """
    groups, n = member.shape
    columns = value.shape[1]
    found = np.zeros((groups, columns))
    for m in range(groups):
        total = 0.0
        for i in range(n):
            if member[m, i]:
                total += weight[m, i]
                for c in range(columns):
                    found[m, c] += weight[m, i] * value[i, c]
        if total > 0.0:
            for c in range(columns):
                found[m, c] /= total
        else:
            found[m] = 0.0
    return found


@compiled
def largest_joint(
    member: NDArray[np.bool_], of_group: NDArray[np.float64], of_member: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return, for every member, the largest product of a group's row with its own, at least 0, shape (N,).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    of_group : ndarray, shape (M, C)
    of_member : ndarray, shape (N, C)
    """
    groups, n = member.shape
    found = np.zeros(n)
    for m in range(groups):
        if not of_group[m].any():
            continue
        for i in range(n):
            if member[m, i]:
                total = 0.0
                for c in range(of_group.shape[1]):
                    total += of_group[m, c] * of_member[i, c]
                found[i] = max(found[i], total)
    return found


@compiled
def gaps_to_lines(
    member: NDArray[np.bool_], weight: NDArray[np.float64], line: NDArray[np.float64], position: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weighted sum of the distances of every member from the lines of its groups, shape (N,).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    weight, line : ndarray, shape (M,)
    position : ndarray, shape (N,)
    """
    groups, n = member.shape
    found = np.zeros(n)
    for m in range(groups):
        for i in range(n):
            if member[m, i]:
                found[i] += weight[m] * abs(position[i] - line[m])
    return found


@compiled
def sums_over_groups(member: NDArray[np.bool_], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the summed weights of the groups that everybody is in, shape (N,).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    weight : ndarray, shape (M,)
    """
    groups, n = member.shape
    found = np.zeros(n)
    for m in range(groups):
        for i in range(n):
            if member[m, i]:
                found[i] += weight[m]
    return found


@compiled
def left_out(member: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return who is missing in some chosen group, shape (N,) from (M, N) and (M,)."""
    groups, n = member.shape
    found = np.zeros(n, dtype=np.bool_)
    for m in range(groups):
        for i in range(n):
            if chosen[m] and not member[m, i]:
                found[i] = True
    return found


@compiled
def holding_any(member: NDArray[np.bool_], marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which groups have a marked member, shape (M,) from (M, N) and (N,)."""
    groups, n = member.shape
    found = np.zeros(groups, dtype=np.bool_)
    for m in range(groups):
        for i in range(n):
            if marked[i] and member[m, i]:
                found[m] = True
    return found


@compiled
def members_of_largest(member: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the members of the largest chosen group, the first of several; nobody if none is chosen, shape (N,)."""
    groups, n = member.shape
    found = np.zeros(n, dtype=np.bool_)
    most = 0
    for m in range(groups):
        size = 0
        for i in range(n):
            size += member[m, i]
        if chosen[m] and size > most:
            most = size
            for i in range(n):
                found[i] = member[m, i]
    return found
