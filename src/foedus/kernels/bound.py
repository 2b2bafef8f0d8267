"""The security game as numbers: that of all players, and that of the players with some obligation, cut out of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


class SecurityGame(NamedTuple):
    """Who is threatened by whom, who helps whom, and what that is worth.

    Attributes
    ----------
    stake, attack : ndarray, shape (N, A)
        Loss if the adversary surely prevails, % of income a year; force it brings to bear.
    unaided : ndarray, shape (N,)
        Strength of each with the help that comes without any treaty, capability index.
    pledged, unpledged : ndarray, shape (N, N)
        Help i gets from j if both are in the coalition; help i gets from j in any case.
    spillover : ndarray, shape (A, N, N)
        Share of the loss of j to adversary a that i feels as its own.
    income, recklessness : ndarray, shape (N,)
        Incomes by which losses in per cent are weighed, bn; extra fighting that defending a player brings.
    in_union : ndarray of bool, shape (N,)
        Players that bargain as one; all False for none.
    elasticity, fighting_cost : float
        Deterrence elasticity; cost of fighting per unit of what is at stake.
    """

    stake: NDArray[np.float64]
    attack: NDArray[np.float64]
    unaided: NDArray[np.float64]
    pledged: NDArray[np.float64]
    unpledged: NDArray[np.float64]
    spillover: NDArray[np.float64]
    income: NDArray[np.float64]
    recklessness: NDArray[np.float64]
    in_union: NDArray[np.bool_]
    elasticity: float
    fighting_cost: float


class BoundGame(NamedTuple):
    """The game of t bound players alone, with what they mean to the free-standing ones summed up.

    Attributes
    ----------
    stake, attack, unaided, pledged, unpledged, spillover, income, in_union, elasticity, fighting_cost
        As in :class:`SecurityGame`, of the bound players.
    public_outside : ndarray, shape (t, A)
        Summed income-weighted spillover from j to all free-standing players.
    helpers_outside : ndarray, shape (t,)
        Help that j gets from free-standing players.
    scale : ndarray, shape (t,)
        Income times one plus recklessness: how much fighting a unit of loss of j means.
    """

    stake: NDArray[np.float64]
    attack: NDArray[np.float64]
    unaided: NDArray[np.float64]
    pledged: NDArray[np.float64]
    unpledged: NDArray[np.float64]
    spillover: NDArray[np.float64]
    income: NDArray[np.float64]
    public_outside: NDArray[np.float64]
    helpers_outside: NDArray[np.float64]
    scale: NDArray[np.float64]
    in_union: NDArray[np.bool_]
    elasticity: float
    fighting_cost: float


@compiled
def bound_game(
    game: SecurityGame, pledged: NDArray[np.float64], bound: NDArray[np.int64], free: NDArray[np.int64]
) -> BoundGame:
    """Return the game of the bound players alone.

    Parameters
    ----------
    game : SecurityGame
    pledged : ndarray, shape (N, N)
        Pledges in place of those of the game.
    bound, free : ndarray of int, shapes (t,) and (N - t,)
        Positions of the players with some obligation, and of the others.
    """
    t, adversaries = bound.size, game.stake.shape[1]
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
        alone[p] = game.unaided[j]
        incomes[p] = game.income[j]
        scale[p] = game.income[j] * (1.0 + game.recklessness[j])
        for a in range(adversaries):
            stakes[p, a] = game.stake[j, a]
            attacks[p, a] = game.attack[j, a]
            for q in range(t):
                spill[a, q, p] = game.spillover[a, bound[q], j]
            for i in free:
                public_outside[p, a] += game.income[i] * game.spillover[a, i, j]
        for q in range(t):
            pledges[p, q] = pledged[j, bound[q]]
            others[p, q] = game.unpledged[j, bound[q]]
        for i in free:
            helpers_outside[p] += game.unpledged[j, i]
    return BoundGame(
        stakes,
        attacks,
        alone,
        pledges,
        others,
        spill,
        incomes,
        public_outside,
        helpers_outside,
        scale,
        game.in_union[bound],
        game.elasticity,
        game.fighting_cost,
    )
