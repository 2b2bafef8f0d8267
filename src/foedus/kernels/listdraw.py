"""Lists of states drawn with chances that go with e^V: pairs exactly, longer ones by growing many and mending the chosen.

A longer list is drawn in three steps. Some hundred lists are grown state by state: one of those inside, by lot, asks a state
in, the likelier the more the two bring each other. Each counts by e^V over the chance with which it was grown, and one is
chosen by these weights (sampling and importance resampling: Rubin 1987). Then every seat of it is filled anew a few times, with
the exact chances of all states that could sit there (Gibbs sampling: Geman and Geman 1984). Growing finds the region,
mending leaves the exact chances unchanged and takes away most of what the finite number of lists has left.

References
----------
Geman, S. and Geman, D. (1984). Stochastic relaxation, Gibbs distributions, and the Bayesian restoration of images.
IEEE Transactions on Pattern Analysis and Machine Intelligence 6(6): 721-741.
Rubin, D. B. (1987). Comment on Tanner and Wong. Journal of the American Statistical Association 82(398): 543-546.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.coins import place, toss
from foedus.kernels.compiled import compiled
from foedus.kernels.listworth import Year, list_worth, newcomers

_BY_LOT = 0.1  # share of every step that is left to lot, so that no list is out of reach


class Asked(NamedTuple):
    """Who asks whom in, in one year."""

    chance: NDArray[np.float64]
    """Shape (S, S); how likely a state asks another one in, beside others."""
    total: NDArray[np.float64]
    """Shape (S,); sums of the rows."""
    rising: NDArray[np.float64]
    """Shape (S, L); rising sums of the rows over the states of the year."""
    first: NDArray[np.float64]
    """Shape (L,); rising sums of the totals: who begins."""


@compiled
def asked_in(chance: NDArray[np.float64], there: NDArray[np.int64]) -> Asked:
    """Return who asks whom in, from the chances of pairs, shape (S, S)."""
    states, many = chance.shape[0], there.size
    total, rising, first = np.zeros(states), np.zeros((states, many)), np.zeros(many)
    everybody = 0.0
    for k in range(many):
        i, so_far = there[k], 0.0
        for m in range(many):
            so_far += chance[i, there[m]]
            rising[i, m] = so_far
        total[i] = so_far
        everybody += so_far
        first[k] = everybody
    return Asked(chance, total, rising, first)


@compiled
def draw_pair(chance: NDArray[np.float64], there: NDArray[np.int64], coin: float) -> tuple[int, int]:
    """Return a pair of states, the lower first, drawn with chances that go with a table, shape (S, S)."""
    many = there.size
    rising, at, so_far = np.empty(many * (many - 1) // 2), 0, 0.0
    for a in range(1, many):
        for b in range(a):
            so_far += chance[there[a], there[b]]
            rising[at] = so_far
            at += 1
    found = place(rising, at, coin * so_far)
    high = int((1.0 + math.sqrt(1.0 + 8.0 * found)) / 2.0)
    while high * (high - 1) // 2 > found:
        high -= 1
    while high * (high + 1) // 2 <= found:
        high += 1
    return there[found - high * (high - 1) // 2], there[high]


@compiled
def grow(
    size: int,
    asked: Asked,
    there: NDArray[np.int64],
    coins: NDArray[np.int64],
    body: NDArray[np.int64],
    inside: NDArray[np.bool_],
    heard: NDArray[np.float64],
) -> float:
    """Grow a list into `body` and `inside`, and return the logarithm of the chance to grow it in this order.

    `inside` has to be empty before; `heard` is room for the chances of those inside to be asked once more.
    """
    likely, total, rising, first, many = asked.chance, asked.total, asked.rising, asked.first, there.size
    body[0] = there[place(first, many, toss(coins) * first[many - 1])]
    inside[body[0]] = True
    heard[0] = 0.0  # nobody asks himself
    chance = total[body[0]] / first[many - 1]
    told = 0.0
    for k in range(1, size):
        taken = 0.0
        for a in range(k):
            taken += heard[a]
        c = body[0]
        while inside[c]:
            if toss(coins) < _BY_LOT:
                c = there[min(int(toss(coins) * many), many - 1)]
            else:
                host = body[min(int(toss(coins) * k), k - 1)]
                c = there[place(rising[host], many, toss(coins) * total[host])]
        asks, own = 0.0, 0.0
        for a in range(k):
            asks += likely[body[a], c] / total[body[a]]
            heard[a] += likely[c, body[a]] / total[c]
        heard[k] = asks
        own = (1.0 - _BY_LOT) * asks / k + _BY_LOT / many
        chance *= own / (1.0 - (1.0 - _BY_LOT) * taken / k - _BY_LOT * k / many)
        if chance < 1e-200:
            told += math.log(chance)
            chance = 1.0
        body[k] = c
        inside[c] = True
    return told + math.log(chance)


@compiled
def draw_list(
    size: int,
    grown: int,
    sweeps: int,
    asked: Asked,
    year: Year,
    coins: NDArray[np.int64],
    body: NDArray[np.int64],
) -> None:
    """Draw a list of three states or more into `body`, ascending.

    Parameters
    ----------
    size : int
        No more than there are states.
    grown : int
        Lists that are grown.
    sweeps : int
        How often every seat of the chosen one is filled anew.
    asked : Asked
    year : Year
    coins : ndarray of int, shape (4,)
        A stream of coins, see :func:`foedus.kernels.coins.begin`.
    body : ndarray of int
        The first `size` of it are written.
    """
    inside, heard = np.zeros(year.position.size, dtype=np.bool_), np.empty(size)
    lists, weight = np.empty((grown, size), dtype=np.int64), np.empty(grown)
    for m in range(grown):
        one = lists[m]
        told = grow(size, asked, year.there, coins, one, inside, heard)
        weight[m] = list_worth(one, size, inside, year) - told
        for a in range(size):
            inside[one[a]] = False
    one = lists[_by_weight(weight, toss(coins))]
    for a in range(size):
        inside[one[a]] = True
    for _ in range(sweeps):
        for _ in range(size):
            fill(one, size, inside, year, coins)
    body[:size] = np.sort(one)


@compiled
def _by_weight(weight: NDArray[np.float64], coin: float) -> int:
    """Return a place drawn with chances that go with the exponential of weights, which are written over."""
    top, so_far = weight.max(), 0.0
    for m in range(weight.size):
        so_far += math.exp(weight[m] - top)
        weight[m] = so_far
    return place(weight, weight.size, coin * so_far)


@compiled
def fill(body: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year, coins: NDArray[np.int64]) -> None:
    """Fill the first seat of a list anew, with the chances that the law gives all who could sit there, and put it last."""
    inside[body[0]] = False
    for a in range(1, size):
        body[a - 1] = body[a]
    body[size - 1] = newcomer(body, size - 1, inside, year, toss(coins))
    inside[body[size - 1]] = True


@compiled
def newcomer(rest: NDArray[np.int64], size: int, inside: NDArray[np.bool_], year: Year, coin: float) -> int:
    """Return who comes to a list of `size` members, drawn with chances that go with e^V of the longer list."""
    found, many = np.empty(year.position.size), year.there.size
    newcomers(rest, size, inside, year, found)
    told = np.empty(many)
    for k in range(many):
        told[k] = found[year.there[k]]
    return int(year.there[_by_weight(told, coin)])
