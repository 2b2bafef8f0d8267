"""Who is bound: the game of the players with some obligation, cut out of that of all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def bound_game(
    bound: NDArray[np.int64],
    free: NDArray[np.int64],
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    pledged: NDArray[np.float64],
    unpledged: NDArray[np.float64],
    spillover: NDArray[np.float64],
    income: NDArray[np.float64],
    recklessness: NDArray[np.float64],
) -> tuple[
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.float64],
]:
    """Return the game of the bound players alone, with what they mean to the free-standing ones summed up.

    Parameters
    ----------
    bound, free : ndarray of int, shapes (t,) and (N - t,)
        Positions of the players with some obligation, and of the others.
    stake, attack : ndarray, shape (N, A)
    unaided, income, recklessness : ndarray, shape (N,)
    pledged, unpledged : ndarray, shape (N, N)
    spillover : ndarray, shape (A, N, N)

    Returns
    -------
    stake, attack, unaided, pledged, unpledged, spillover, income, public_outside, helpers_outside, scale
        As :func:`foedus.kernels.orderings.sampled_game` wants them.
    """
    t, adversaries = bound.size, stake.shape[1]
    stakes = np.empty((t, adversaries))
    attacks = np.empty((t, adversaries))
    alone = np.empty(t)
    incomes = np.empty(t)
    scale = np.empty(t)
    pledges = np.empty((t, t))
    others = np.empty((t, t))
    spill = np.empty((adversaries, t, t))
    public_outside = np.zeros((t, adversaries))
    helpers_outside = np.zeros(t)
    for p in range(t):
        j = bound[p]
        alone[p] = unaided[j]
        incomes[p] = income[j]
        scale[p] = income[j] * (1.0 + recklessness[j])
        for a in range(adversaries):
            stakes[p, a] = stake[j, a]
            attacks[p, a] = attack[j, a]
            for q in range(t):
                spill[a, q, p] = spillover[a, bound[q], j]
            for i in free:
                public_outside[p, a] += income[i] * spillover[a, i, j]
        for q in range(t):
            pledges[p, q] = pledged[j, bound[q]]
            others[p, q] = unpledged[j, bound[q]]
        for i in free:
            helpers_outside[p] += unpledged[j, i]
    return stakes, attacks, alone, pledges, others, spill, incomes, public_outside, helpers_outside, scale
