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

_MIXED = (
    1e4 * (1 + 5**0.5) / 2
)  # many times what lies most evenly between whole ones: a little more help is another place
_NEAR = (
    16  # places in which a game is looked for, one after the other: with four, one in seven of thirty states was lost
)


class Played(NamedTuple):
    """The last game of every defended player, or some of them, so that only games that have changed are worked out again.

    Attributes
    ----------
    pledged : ndarray, shape (S, N)
        Help by which the game of a slot was played; none before the first. Each player has as many slots: row j, and
        every N-th from there.
    in_union : ndarray of bool, shape (S, N)
        Who bargained as one in it.
    values : ndarray, shape (S, 2, N)
        What it was worth to everybody.
    """

    pledged: NDArray[np.float64]
    in_union: NDArray[np.bool_]
    values: NDArray[np.float64]


def nothing_played(players: int, slots: int = 1) -> Played:
    """Return the memory of a world in which no game has been played yet, with room for so many games of each player."""
    shape = (players * slots, players)
    return Played(np.zeros(shape), np.zeros(shape, dtype=np.bool_), np.zeros((shape[0], 2, players)))


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
        at, known = _place(j, pledged[j], in_union, played)
        if not known:
            play(j, pledged[j], in_union, game, played.values[at])
        for form in range(2):
            for k in range(n):
                values[form, k] += played.values[at, form, k]
    return values


@compiled
def _place(j: int, pledged: NDArray[np.float64], in_union: NDArray[np.bool_], played: Played) -> tuple[int, bool]:
    """Return where a game of a player is remembered, and whether it was; if not, it takes the place of another."""
    n = in_union.size
    slots, at = played.pledged.shape[0] // n, j
    if slots == 1:
        if _is(j, pledged, in_union, played):
            return j, True
    else:
        mixed = 0.0
        for k in range(n):  # by roots, or who pledges what could be exchanged without moving it
            mixed += np.sqrt(k + 2.0) * (pledged[k] + (0.5 if in_union[k] else 0.0))
        for _ in range(2):
            mixed = mixed * _MIXED + 0.1
            mixed -= np.floor(mixed)
        first = min(int(mixed * slots), slots - 1)
        at = j + n * first
        for near in range(_NEAR):
            here = j + n * ((first + near) % slots)
            if _is(here, pledged, in_union, played):
                return here, True
            if not played.pledged[here].any():
                at = here
                break
    played.pledged[at] = pledged
    played.in_union[at] = in_union
    return at, False


@compiled
def _is(at: int, pledged: NDArray[np.float64], in_union: NDArray[np.bool_], played: Played) -> bool:
    """Return whether a game is the one that is remembered in a place."""
    for k in range(in_union.size):
        if played.pledged[at, k] != pledged[k] or played.in_union[at, k] != in_union[k]:
            return False
    return True
