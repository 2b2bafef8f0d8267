"""The security game as a sum of games, one for each player that is defended, and a memory of those that were played.

The players of a coalition help each other as their obligations say. The game falls apart into one game per *defended*
player j: what the help of j's helpers saves (:mod:`foedus.kernels.presence`). Values are additive, so the games are added
up, and a change of one obligation changes the game of the one player it defends.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
from foedus.kernels.exponentials import Exponentials
from foedus.kernels.presence import play


class Played(NamedTuple):
    """The last game of every defended player, so that only games that have changed are worked out again.

    Attributes
    ----------
    pledged : ndarray, shape (N, N)
        Help by which the last game of each was played; negative before the first.
    in_union : ndarray of bool, shape (N, N)
        Who bargained as one in it.
    values : ndarray, shape (N, 2, N)
        What it was worth to everybody.
    """

    pledged: NDArray[np.float64]
    in_union: NDArray[np.bool_]
    values: NDArray[np.float64]


def nothing_played(players: int) -> Played:
    """Return the memory of a world in which no game has been played yet."""
    shape = (players, players)
    return Played(np.full(shape, -1.0), np.zeros(shape, dtype=np.bool_), np.zeros((players, 2, players)))


def exact_shares(pledged: NDArray[np.float64], in_union: NDArray[np.bool_], game: Exponentials) -> NDArray[np.float64]:
    """Return the values of all players.

    Parameters
    ----------
    pledged : ndarray, shape (N, N)
        Help i gets from j if both are in the coalition.
    in_union : ndarray of bool, shape (N,)
        Players that bargain as one; all False for none.
    game : Exponentials

    Returns
    -------
    ndarray, shape (2, N)
        Shapley value with everybody alone (0), and Owen value with the union as one (1).

    References
    ----------
    Owen, G. (1972). Multilinear extensions of games. Management Science 18: P64-P79.
    Owen, G. (1977). Values of games with a priori unions.
    """
    return exact_shares_from(pledged, in_union, game, nothing_played(in_union.size))


@compiled
def exact_shares_from(
    pledged: NDArray[np.float64], in_union: NDArray[np.bool_], game: Exponentials, played: Played
) -> NDArray[np.float64]:
    """Return the same as :func:`exact_shares`, without playing again what is remembered.

    Parameters
    ----------
    pledged, in_union, game
        As there.
    played : Played
        Games of the same world and parameters; those with other pledges than before take the place of the old ones.

    Returns
    -------
    ndarray, shape (2, N)
    """
    n = in_union.size
    values = np.zeros((2, n))
    for j in range(n):
        helped = False
        for k in range(n):
            helped |= pledged[j, k] != 0.0
        if not helped or game.rates[j] == 0:
            continue
        if _changed(j, pledged, in_union, played):
            play(j, pledged[j], in_union, game, played.values[j])
        for form in range(2):
            for k in range(n):
                values[form, k] += played.values[j, form, k]
    return values


@compiled
def _changed(j: int, pledged: NDArray[np.float64], in_union: NDArray[np.bool_], played: Played) -> bool:
    """Return whether the game of one player is not the one it played last; if so, note the new one."""
    same = True
    for k in range(in_union.size):
        same &= played.pledged[j, k] == pledged[j, k] and played.in_union[j, k] == in_union[k]
    if not same:
        played.pledged[j] = pledged[j]
        played.in_union[j] = in_union
    return not same
