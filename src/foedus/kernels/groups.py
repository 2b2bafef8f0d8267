"""Numbers within groups: how far members are apart, and what the best common group is worth to a pair or a member."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def _listed(member: NDArray[np.bool_], inside: NDArray[np.int64]) -> int:
    """List the members of one group by position in `inside`, and return how many they are."""
    size = 0
    for i in range(member.size):
        inside[size] = i  # written over by the next one unless it is a member: nothing has to be guessed
        size += member[i]
    return size


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
    found, inside = np.zeros((3, groups)), np.empty(n, dtype=np.int64)
    for m in range(groups):
        size = _listed(member[m], inside) if chosen[m] else 0
        if size == 0:
            continue
        low = math.inf
        high = -math.inf
        total = 0.0
        apart = 0.0
        for x in range(size):
            i = inside[x]
            low = min(low, position[i])
            high = max(high, position[i])
            total += endowment[i]
            for y in range(size):
                apart += distance[i, inside[y]]
        mean = total / size
        squares = 0.0
        for x in range(size):
            squares += (endowment[inside[x]] - mean) ** 2
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
    found, inside = np.zeros((n, n)), np.empty(n, dtype=np.int64)
    for m in range(groups):
        size = _listed(member[m], inside) if weight[m] > 0.0 else 0
        for x in range(size):
            row = found[inside[x]]
            for y in range(size):
                row[inside[y]] = max(row[inside[y]], weight[m])
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
    best, inside = np.zeros(n), np.empty(n, dtype=np.int64)
    for m in range(groups):
        size = _listed(member[m], inside) if chosen[m] else 0
        for x in range(size):
            i, total = inside[x], 0.0
            for y in range(size):
                if y != x:
                    total += likeness[i, inside[y]]
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
    most = np.zeros(n)
    for m in range(groups):
        if member[m, centre]:
            for i in range(n):
                if member[m, i]:
                    most[i] = max(most[i], central[m])
    for i in range(n):
        found[i, centre] = most[i]
        found[centre, i] = most[i]
    return found


@compiled
def least_between(
    member: NDArray[np.bool_], chosen: NDArray[np.bool_], distance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the smallest distance between two members of chosen groups, infinite in others, shape (M,).

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
    chosen : ndarray of bool, shape (M,)
    distance : ndarray, shape (N, N)
        Symmetric.
    """
    groups, n = member.shape
    found, inside = np.full(groups, math.inf), np.empty(n, dtype=np.int64)
    for m in range(groups):
        size = _listed(member[m], inside) if chosen[m] else 0
        for x in range(1, size):
            for y in range(x):
                found[m] = min(found[m], distance[inside[y], inside[x]])
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
        if chosen[m]:
            for i in range(n):
                found[i] |= not member[m, i]
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
