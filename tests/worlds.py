"""Random worlds and plain twins for properties."""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from foedus.model.architecture import Architecture, Rule, bilateral, body
from foedus.model.parameters import Parameters
from foedus.model.world import World

Floats = NDArray[np.float64]

FIRST_EDITION = {
    "agenda": "every-year",
    "door": "closed",
    "holding": "inertia",
    "recognition": "outlived",
    "term": "silent",
    "window": "constant",
}
"""The laws before those of time: each year decides anew, and who is outside stays there."""


def random_world(seed: int, states: int = 5, adversaries: int = 2, **fixed: object) -> World:
    """Return a world with plausible random values; any array can be fixed."""
    rng = np.random.default_rng(seed)
    n, a = states, adversaries
    distance = rng.uniform(50, 9000, (n, n))
    distance = (distance + distance.T) / 2
    np.fill_diagonal(distance, 0)
    grievance = rng.uniform(0, 1, (n, n)) * (rng.uniform(size=(n, n)) < 0.3)
    np.fill_diagonal(grievance, 0)
    raw = rng.lognormal(2, 1.2, n)
    values: dict[str, object] = {
        "states": tuple(f"S{k}" for k in range(n)),
        "adversaries": tuple(f"A{k}" for k in range(a)),
        "hub": "S0",
        "gdp": rng.lognormal(6, 1, n),
        "capability_raw": raw,
        "capability_available": raw * rng.uniform(0.3, 1, n),
        "adversary_capability_raw": rng.lognormal(3, 1, a),
        "adversary_capability_available": rng.lognormal(3, 1, a),
        "distance": distance,
        "adversary_distance": rng.uniform(0, 6000, (a, n)),
        "ideal_point": rng.normal(0.5, 1, n),
        "adversary_ideal_point": rng.normal(-1, 1, a),
        "rivalry": (rng.uniform(size=(n, a)) < 0.5).astype(float),
        "perception": rng.uniform(0.6, 1.4, (n, a)),
        "trade": rng.uniform(0, 0.3, (n, a)),
        "sovereignty": rng.uniform(0.2, 1, n),
        "free_force": rng.uniform(0.2, 1, n),
        "recognised": np.ones(n),
        "recklessness": np.zeros(n),
        "grievance": grievance,
        "divergence_left": np.ones((n, n)),
        "in_force": Architecture(),
    }
    values |= fixed
    return World(**values)  # type: ignore[arg-type]


def star_of(world: World) -> Architecture:
    """Return the star of all states."""
    return Architecture(tuple(bilateral(world.hub, s) for s in world.states if s != world.hub))


def body_of(world: World, rule: Rule = Rule.CONSENSUS) -> Architecture:
    """Return one body of all states."""
    return Architecture((body(world.states, rule),))


def plain_worth(world: World, p: Parameters, obligation: Floats, members: frozenset[int]) -> tuple[Floats, Floats]:
    """Return losses felt and fighting of every state when treaties operate among some: the equations, literally."""
    n, adv = len(world.states), len(world.adversaries)
    strongest = max(world.capability_raw.max(), world.adversary_capability_raw.max())
    reach = p["reach_scale"] * 1000 * (1 + p["reach_advantage"] * np.sqrt(world.capability_raw / strongest))
    reach_a = p["reach_scale"] * 1000 * (1 + p["reach_advantage"] * np.sqrt(world.adversary_capability_raw / strongest))
    arrive = np.array([[2 ** (-world.distance[i, j] / reach[j]) for j in range(n)] for i in range(n)])
    threat = world.perception * (
        0.5 * np.minimum(1, np.abs(world.ideal_point[:, None] - world.adversary_ideal_point) / 4) + 0.5 * world.rivalry
    )
    aid = np.zeros((n, n))
    own = np.zeros((n, adv))
    strength = np.zeros(n)
    for i in range(n):
        strength[i] = world.capability_available[i]
        for j in range(n):
            if i != j:
                b = p["unpledged_aid"] * max(min(threat[i, a], threat[j, a]) for a in range(adv))
                full = world.capability_available[j] * world.free_force[j] * arrive[i, j]
                aid[i, j] = b * full
                if i in members and j in members:
                    aid[i, j] += (1 - b) * p["treaty_reliability"] * obligation[i, j] * full
                strength[i] += aid[i, j]
        for a in range(adv):
            force = world.adversary_capability_available[a] * 2 ** (-world.adversary_distance[a, i] / reach_a[a])
            won = force / (force + strength[i])
            own[i, a] = p["loss_at_stake"] * threat[i, a] * won ** (1 + p["deterrence_elasticity"])
    felt = own.sum(axis=1)
    war = np.zeros(n)
    for i in range(n):
        for j in range(n):
            if i != j:
                share = p["publicness"] * min(1, world.gdp[j] / world.gdp[i]) * arrive[j, i]
                felt[i] += sum(threat[i, a] * share * own[j, a] for a in range(adv))
                fought = world.gdp[j] * (1 + world.recklessness[j]) * own[j].sum()
                war[i] += p["fighting_cost"] / world.gdp[i] * aid[j, i] / strength[j] * fought
    return felt, war


def plain_game(world: World, p: Parameters, obligation: Floats) -> dict[frozenset[int], float]:
    """Return the worth of every coalition, bn a year."""
    n = len(world.states)
    felt0, war0 = plain_worth(world, p, obligation, frozenset())
    worth = {}
    for size in range(n + 1):
        for members in itertools.combinations(range(n), size):
            felt, war = plain_worth(world, p, obligation, frozenset(members))
            net = felt0 + war0 - felt - war
            worth[frozenset(members)] = float(sum(world.gdp[i] * net[i] for i in members)) / 100
    return worth


def brute_value(worth: dict[frozenset[int], float], blocs: list[list[int]]) -> Floats:
    """Return the average marginal worth over all orders in which blocs, and players in a bloc, can come."""
    n = sum(len(b) for b in blocs)
    total = np.zeros(n)
    count = 0
    for outer in itertools.permutations(blocs):
        for inner in itertools.product(*(itertools.permutations(b) for b in outer)):
            count += 1
            before: frozenset[int] = frozenset()
            for i in itertools.chain(*inner):
                after = before | {i}
                total[i] += worth[after] - worth[before]
                before = after
    return total / count


def orders(blocs: list[list[int]]) -> int:
    """Return how many orders :func:`brute_value` goes through."""
    return math.factorial(len(blocs)) * math.prod(math.factorial(len(b)) for b in blocs)


def plain_table(world: World, p: Parameters, obligation: Floats) -> Floats:
    """Return the worth of every coalition, bn a year, with the bits of the entry as members, shape (2^N,)."""
    n = len(world.states)

    def cost(mask: int) -> Floats:
        felt, war = plain_worth(world, p, obligation, frozenset(i for i in range(n) if mask >> i & 1))
        return felt + war

    alone = cost(0)
    inside = np.arange(1 << n)[:, None] >> np.arange(n) & 1
    return np.array([(world.gdp * (alone - cost(m)) * inside[m]).sum() / 100 for m in range(1 << n)])


def values(worth: Floats, union: NDArray[np.bool_]) -> Floats:
    """Return the Shapley value of a table, or the Owen value with one union, by the formula over coalitions."""
    n, united = union.size, int(union.sum())
    blocs = n - united + (1 if united else 0)
    found = np.zeros(n)
    for mask in range(1 << n):
        members = (mask >> np.arange(n) & 1).astype(bool)
        inside = int((members & union).sum())
        alone = int(members.sum()) - inside
        for i in np.flatnonzero(~members):
            gain = worth[mask | 1 << int(i)] - worth[mask]
            if union[i]:
                found[i] += gain / blocs / math.comb(blocs - 1, alone) / united / math.comb(united - 1, inside)
            elif inside in (0, united):
                before = alone + (1 if united and inside == united else 0)
                found[i] += gain / blocs / math.comb(blocs - 1, before)
    return found
