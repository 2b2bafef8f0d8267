"""The ratio contest and the loss expected from it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined


@inlined
def contest_success(attack: float, defence: float) -> float:
    """Return attack / (attack + defence), the ratio form of Skaperdas (1996); 0 when both are 0.

    Examples
    --------
    >>> contest_success(3.0, 1.0), contest_success(0.0, 0.0)
    (0.75, 0.0)
    """
    total = attack + defence
    if total <= 0.0:
        return 0.0
    return attack / total


@inlined
def success_to_power(success: float, elasticity: float) -> float:
    """Return success^(1 + elasticity); the common elasticity 1 costs one product.

    Examples
    --------
    >>> success_to_power(0.5, 1.0), round(success_to_power(0.5, 2.0), 6)
    (0.25, 0.125)
    """
    if elasticity == 1.0:
        return success * success
    if success <= 0.0:
        return 0.0
    return success * math.exp(elasticity * math.log(success))


@compiled
def contest_losses(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    defence: NDArray[np.float64],
    elasticity: float,
) -> NDArray[np.float64]:
    """Return stake · (attack / (attack + defence))^(1 + elasticity) for every defender and attacker.

    Parameters
    ----------
    stake, attack : ndarray, shape (N, A)
    defence : ndarray, shape (N,)
    elasticity : float

    Returns
    -------
    ndarray, shape (N, A)

    Examples
    --------
    >>> contest_losses(np.array([[4.0]]), np.array([[1.0]]), np.array([1.0]), 1.0).tolist()
    [[1.0]]
    """
    losses = np.empty_like(stake)
    for i in range(stake.shape[0]):
        for a in range(stake.shape[1]):
            losses[i, a] = stake[i, a] * success_to_power(contest_success(attack[i, a], defence[i]), elasticity)
    return losses


@compiled
def losses_without_each_helper(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    defence: NDArray[np.float64],
    assistance: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    elasticity: float,
) -> NDArray[np.float64]:
    """Return how much the own loss of i rises when the help of j alone is withdrawn.

    Parameters
    ----------
    stake, attack : ndarray, shape (N, A)
    defence : ndarray, shape (N,)
        Strength with everybody's help.
    assistance : ndarray, shape (N, N)
        Part of `defence` of i that is the help of j.
    wanted : ndarray of bool, shape (N, N)
        Pairs to compute; the others stay 0.
    elasticity : float

    Returns
    -------
    ndarray, shape (N, N)

    Examples
    --------
    >>> stake, attack, defence = np.full((2, 1), 4.0), np.ones((2, 1)), np.array([1.0, 1.0])
    >>> assistance = np.array([[0.0, 1.0], [0.0, 0.0]])  # all the defence of the first is help of the second
    >>> losses_without_each_helper(stake, attack, defence, assistance, assistance > 0, 1.0).tolist()
    [[0.0, 3.0], [0.0, 0.0]]
    """
    n, adversaries = stake.shape
    rise = np.zeros((n, n))
    with_help = np.empty(adversaries)
    for i in range(n):
        known = False  # what i loses with everybody's help is the same whoever withdraws
        for j in range(n):
            if not wanted[i, j] or assistance[i, j] == 0.0:
                continue
            if not known:
                known = True
                for a in range(adversaries):
                    with_help[a] = success_to_power(contest_success(attack[i, a], defence[i]), elasticity)
            alone = max(defence[i] - assistance[i, j], 0.0)
            total = 0.0
            for a in range(adversaries):
                without = success_to_power(contest_success(attack[i, a], alone), elasticity)
                total += stake[i, a] * (without - with_help[a])
            rise[i, j] = total
    return rise
