"""Lanes: coalitions that differ in a few players stand side by side; their weights in values, and what the few add."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def newcomer_weights(t: int) -> NDArray[np.float64]:
    """Return s! (t - s)! / (t + 1)! for s = 0…t: the chance to come in right after given s of t players."""
    weight = np.empty(t + 1)
    weight[0] = 1.0 / (t + 1)
    for s in range(1, t + 1):
        weight[s] = weight[s - 1] * s / (t - s + 1)
    return weight


@compiled
def lane_weights(
    high_alone: int, high_union: int, low_in_union: NDArray[np.bool_], blocs: int, union: int
) -> NDArray[np.float64]:
    """Return by how much the worth of a coalition counts in the value of a player.

    Parameters
    ----------
    high_alone, high_union : int
        Players outside and inside the union, beyond the first three.
    low_in_union : ndarray of bool, shape (at most LOW,)
        Which of the first players are in the union.
    blocs, union : int
        Bargainers in all, the union being one; players in the union.

    Returns
    -------
    ndarray, shape (high_alone + 1, high_union + 1, 9, 2^LOW)
        By the number of players of the coalition beyond the first three, and lane. Rows 0-3: weight of worth and of
        spill for a member outside the union, then for one inside; 4-7: the same for absent players; 8: chance that
        a newcomer finds this coalition.

    Notes
    -----
    In the game of `spill` a free-standing player is added that has to be present for it to arise.
    """
    outer = np.empty(blocs)  # k! (blocs - 1 - k)! / blocs!
    outer[0] = 1.0 / blocs
    for k in range(1, blocs):
        outer[k] = outer[k - 1] * k / (blocs - k)
    inner = np.ones(max(union, 1))
    inner[0] = 1.0 / max(union, 1)
    for k in range(1, union):
        inner[k] = inner[k - 1] * k / (union - k)
    met = newcomer_weights(blocs)
    low = low_in_union.size
    lanes = 1 << low
    weights = np.zeros((high_alone + 1, high_union + 1, 9, lanes))
    for p in range(high_alone + 1):
        for q in range(high_union + 1):
            for lane in range(lanes):
                alone = p
                inside = q
                for z in range(low):
                    if (lane >> z) & 1:
                        if low_in_union[z]:
                            inside += 1
                        else:
                            alone += 1
                w = weights[p, q]
                whole = union > 0 and inside == union
                if inside == 0 or whole:
                    k = alone + (1 if whole else 0)
                    if k > 0:
                        w[0, lane] = outer[k - 1]
                        w[1, lane] = outer[k - 1] * k / (blocs + 1)
                    if k < blocs:
                        w[4, lane] = outer[k]
                        w[5, lane] = outer[k] * (k + 1) / (blocs + 1)
                    w[8, lane] = met[k]
                if union > 0 and alone < blocs:
                    joint = outer[alone]
                    if inside > 0:
                        w[2, lane] = inner[inside - 1] * joint
                        w[3, lane] = inner[inside - 1] * joint * (alone + 1) / (blocs + 1)
                    if inside < union:
                        w[6, lane] = inner[inside] * joint
                        w[7, lane] = inner[inside] * joint * (alone + 1) / (blocs + 1)
    return weights


@compiled
def lane_sums(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for every player and lane, the sum over the first players that are in the lane.

    Parameters
    ----------
    rows : ndarray, shape (t, R)
        What a player gets from each of the first R ≤ LOW players.

    Returns
    -------
    ndarray, shape (t, 2^R)
    """
    t, low = rows.shape
    sums = np.zeros((t, 1 << low))
    for j in range(t):
        for lane in range(1 << low):
            for z in range(low):
                if (lane >> z) & 1:
                    sums[j, lane] += rows[j, z]
    return sums
