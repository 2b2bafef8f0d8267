"""Plain twins of the games: definitions written out, for games small enough to read them word by word."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def random_game(seed: int, players: int) -> Floats:
    """Return a table of worths without any structure."""
    worth = np.random.default_rng(seed).normal(0, 10, 1 << players)
    worth[0] = 0.0
    return worth


def random_graph(seed: int, players: int, density: float) -> NDArray[np.bool_]:
    """Return a symmetric matrix of ties."""
    upper = np.triu(np.random.default_rng(seed).random((players, players)) < density, 1)
    return upper | upper.T


def by_orders(worth: Callable[[int], float], players: int) -> Floats:
    """Return what each player adds, averaged over all orders of arrival."""
    values = np.zeros(players)
    for order in itertools.permutations(range(players)):
        there = 0
        for player in order:
            values[player] += worth(there | 1 << player) - worth(there)
            there |= 1 << player
    return values / factorial(players)


def parts(mask: int, ties: NDArray[np.bool_]) -> list[int]:
    """Return the connected parts of a coalition."""
    left, found = mask, []
    while left:
        part = left & -left
        while True:
            wider = part
            for i in range(len(ties)):
                if part >> i & 1:
                    wider |= sum(1 << j for j in range(len(ties)) if ties[i, j] and mask >> j & 1)
            if wider == part:
                break
            part = wider
        found.append(part)
        left &= ~part
    return found


def by_orders_of_unions(worth: Floats, unions: list[int]) -> Floats:
    """Return what each player adds, averaged over all orders in which no union is interrupted."""
    n = len(unions)
    values, orders = np.zeros(n), 0
    for order in itertools.permutations(range(n)):
        labels = [unions[i] for i in order]
        if len(list(itertools.groupby(labels))) != len(set(labels)):
            continue
        orders += 1
        there = 0
        for player in order:
            values[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    return values / orders


def by_subsets(worth: Floats, players: int) -> Floats:
    """Return what each player adds, averaged over all coalitions of the others."""
    return np.array(
        [np.mean([worth[m | 1 << i] - worth[m] for m in range(1 << players) if not m >> i & 1]) for i in range(players)]
    )


def numpy_shapley(worth: Floats) -> Floats:
    """Return the Shapley value with whole-array sums, the form a user of NumPy would write."""
    n = worth.size.bit_length() - 1
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(n):
        sizes = np.concatenate([sizes, sizes + 1])
    weights = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    values = np.empty(n)
    for i in range(n):
        table, count = worth.reshape(-1, 2, 1 << i), sizes.reshape(-1, 2, 1 << i)
        values[i] = np.sum(weights[count[:, 0]] * (table[:, 1] - table[:, 0]))
    return values


def numpy_myerson(worth: Floats, ties: NDArray[np.bool_]) -> Floats:
    """Return the Myerson value by way of the table of what connected parts are worth together."""
    n = worth.size.bit_length() - 1
    masks = np.arange(worth.size)
    near = [sum(1 << j for j in range(n) if ties[i, j]) | 1 << i for i in range(n)]
    part = masks & -masks
    while True:
        wider = part.copy()
        for i in range(n):
            wider |= np.where(part >> i & 1, near[i], 0)
        wider &= masks
        if (wider == part).all():
            break
        part = wider
    together = np.zeros(worth.size)
    for m in range(1, worth.size):
        together[m] = worth[part[m]] + together[m ^ part[m]]
    return numpy_shapley(together)
