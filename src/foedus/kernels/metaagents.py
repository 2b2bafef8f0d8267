"""Agents that ally in pairs become agents of the next level, step after step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined

SYNERGY = 1.2
"""What pooled power is multiplied by: the factor of the example that the rule is taken from."""


@inlined
def joint_power(power_i: float, power_j: float, place: float) -> float:
    """Return the power of a pair; less than 0 when one of the two would not gain by its Shapley value."""
    joint = (power_i + power_j) * SYNERGY * place
    gain_i = 0.5 * power_i + 0.5 * (joint - power_j) > power_i
    gain_j = 0.5 * power_j + 0.5 * (joint - power_i) > power_j
    return joint if gain_i and gain_j else -1.0


@compiled
def best_offers(
    power: NDArray[np.float64], position: NDArray[np.float64], members: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the pairs that stand after every pair of members has made its offer in turn.

    Parameters
    ----------
    power, position : ndarray, shape (N,)
    members : ndarray of int, shape (M,)
        Agents of one level, ascending.

    Returns
    -------
    pairs : ndarray of int, shape (K, 2)
        In the order in which they form. An agent may be in several: who is left for a better offer keeps its own.
    joint, place : ndarray, shape (K,)
        Power and position of each.
    """
    m = members.size
    held = np.zeros((m, 2), np.int64)
    joint, place = np.zeros(m), np.zeros(m)
    since = np.zeros(m, np.int64)  # when the agent came by an offer; 0: it holds none
    clock = 0
    for a in range(m):
        for b in range(a + 1, m):
            i, j = members[a], members[b]
            at = 1.0 - abs(position[i] - position[j])
            worth = joint_power(power[i], power[j], at)
            if worth < 0.0 or (since[a] > 0 and worth <= joint[a]) or (since[b] > 0 and worth <= joint[b]):
                continue
            if since[a] > 0:
                since[held[a, 1]] = 0
            if since[b] > 0:
                since[held[b, 0]] = 0
            for x in (a, b):
                if since[x] == 0:
                    clock += 1
                    since[x] = clock
                held[x, 0], held[x, 1], joint[x], place[x] = a, b, worth, at
    kept = np.empty(m, np.int64)
    count = 0
    for x in np.argsort(since):
        other = held[x, 0] + held[x, 1] - x
        told = 0 < since[other] < since[x] and held[other, 0] == held[x, 0] and held[other, 1] == held[x, 1]
        if since[x] > 0 and not told:
            kept[count] = x
            count += 1
    kept = kept[:count]
    pairs = np.empty((count, 2), np.int64)
    for q in range(count):
        pairs[q, 0], pairs[q, 1] = members[held[kept[q], 0]], members[held[kept[q], 1]]
    return pairs, joint[kept], place[kept]


@compiled
def rise(
    first_power: NDArray[np.float64], first_position: NDArray[np.float64], steps: int, coins: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return level, power, position and alliance of every agent after some steps.

    Parameters
    ----------
    first_power, first_position : ndarray, shape (N,)
    steps : int
    coins : ndarray of bool, shape (2 · N · steps,)
        Used one after the other: true means the alliance of the earlier agent of a pair.

    Returns
    -------
    level, power, position, alliance : ndarray, shape (N + alliances,)
        Alliances stand behind the agents, in the order in which they were formed; alliance is -1 for none.

    Examples
    --------
    >>> level, power, place, alliance = rise(np.array([1.0, 2.0]), np.array([0.4, 0.5]), 1, np.zeros(4, dtype=np.bool_))
    >>> level.tolist(), alliance.tolist()
    ([0, 0, 1], [2, 2, -1])
    """
    n = first_power.size
    power, position = np.zeros(2 * n), np.zeros(2 * n)  # each new alliance binds two that had none: fewer than N arise
    power[:n], position[:n] = first_power, first_position
    level, alliance = np.zeros(2 * n, np.int64), np.full(2 * n, -1)
    count, tossed = n, 0
    for _ in range(steps):
        for k in range(level[:count].max() + 1):
            members = np.flatnonzero(level[:count] == k)
            pairs, joint, place = best_offers(power, position, members)
            for q in range(pairs.shape[0]):
                i, j = pairs[q]
                if alliance[i] < 0 and alliance[j] < 0:
                    into = count
                    level[into] = k + 1
                    count += 1
                elif alliance[i] < 0 or alliance[j] < 0:
                    into = max(alliance[i], alliance[j])
                else:
                    into = alliance[i] if coins[tossed] else alliance[j]
                    tossed += 1
                if alliance[i] < 0:
                    alliance[i] = into
                if alliance[j] < 0:
                    alliance[j] = into
                power[into], position[into] = joint[q], place[q]
    return level[:count], power[:count], position[:count], alliance[:count]
