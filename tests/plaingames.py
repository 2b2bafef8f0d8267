"""Plain twins of the games: definitions written out, for games small enough to read them word by word."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from math import comb, factorial
from typing import NamedTuple

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


class SecurityGame(NamedTuple):
    """Who is threatened by whom, who helps whom and what that is worth: the numbers of the game, in the order of laws."""

    stake: Floats
    attack: Floats
    unaided: Floats
    pledged: Floats
    unpledged: Floats
    spillover: Floats
    income: Floats
    recklessness: Floats
    in_union: NDArray[np.bool_]
    elasticity: float
    fighting_cost: float


def random_security_game(
    seed: int, players: int, spread: float = 1.0, density: float = 0.8, **fixed: object
) -> SecurityGame:
    """Return a game with pledges from 10^-spread to 10^spread times one's own strength; anything can be fixed."""
    rng = np.random.default_rng(seed)
    n = players
    apart = ~np.eye(n, dtype=bool)
    unaided = rng.lognormal(2, 1, n)
    numbers: dict[str, object] = {
        "stake": rng.uniform(0.3, 5, (n, 2)),
        "attack": rng.lognormal(2.3, 1.3, (n, 2)),
        "unaided": unaided,
        "pledged": 10 ** rng.uniform(-spread, spread, (n, n))
        * unaided[:, None]
        * (apart & (rng.random((n, n)) < density)),
        "unpledged": rng.uniform(0, 0.3, (n, n)) / n * unaided[:, None] * apart,
        "spillover": rng.uniform(0, 0.2, (2, n, n)),
        "income": rng.lognormal(6, 1, n),
        "recklessness": rng.random(n),
        "in_union": rng.random(n) < 0.6,
        "elasticity": float(rng.uniform(0.5, 1.5)),
        "fighting_cost": 0.5,
    }
    return SecurityGame(**(numbers | fixed))  # type: ignore[arg-type]


def security_worths(game: SecurityGame) -> Floats:
    """Return what every coalition is worth, % of income times income: every coalition visited, shape (2^n,)."""
    n = game.income.size
    inside = (np.arange(1 << n)[:, None] >> np.arange(n) & 1).astype(float)
    worth = np.zeros(1 << n)
    for j in range(n):
        help_ = inside @ game.pledged[j]
        strength = game.unaided[j] + help_
        success = game.attack[j] / (game.attack[j] + strength[:, None])
        losses = game.stake[j] * success ** (1.0 + game.elasticity)
        scale = game.income[j] * (1.0 + game.recklessness[j])
        fought = np.divide(scale * losses.sum(axis=1), strength, out=np.zeros(1 << n), where=strength > 0)
        felt = game.income * game.spillover[:, :, j]
        felt[:, j] = game.income[j]
        there = ((losses[0] - losses) * (inside @ felt.T)).sum(axis=1)
        there += game.fighting_cost * ((fought[0] - fought) * (inside @ game.unpledged[j]) - help_ * fought)
        worth += there * inside[:, j]
    return worth


def with_one_union(worth: Floats, union: NDArray[np.bool_]) -> Floats:
    """Return the Owen value of a table with one union, by the formula over coalitions; with none the Shapley value."""
    n, united = union.size, int(union.sum())
    masks = np.arange(1 << n)
    members = (masks[:, None] >> np.arange(n) & 1).astype(bool)
    inside = (members & union).sum(axis=1)
    alone = members.sum(axis=1) - inside
    blocs = n - united + (1 if united else 0)
    outer = np.array([1 / blocs / comb(blocs - 1, k) if k < blocs else 0.0 for k in range(n + 2)])
    inner = np.array([1 / united / comb(united - 1, k) if k < united else 0.0 for k in range(n + 2)])
    found = np.empty(n)
    for i in range(n):
        without = masks[~members[:, i]]
        gain = worth[without | 1 << i] - worth[without]
        if union[i]:
            chance = outer[alone[without]] * inner[inside[without]]
        else:
            whole = (inside[without] == united) & (united > 0)
            chance = np.where(whole | (inside[without] == 0), outer[alone[without] + whole], 0.0)
        found[i] = (gain * chance).sum()
    return found
