"""Plain twins of the kernels in whole-array NumPy: what a careful user of NumPy would write for the same sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from foedus.model.architecture import Architecture, Institution
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def losses(stake: Floats, attack: Floats, defence: Floats, elasticity: float) -> Floats:
    """Return stake times chance of losing to a power, shape (..., N, A), for defences of shape (..., N)."""
    return stake * (attack / (attack + defence[..., None])) ** (1.0 + elasticity)


def losses_without_each(
    stake: Floats, attack: Floats, defence: Floats, help_: Floats, wanted: Flags, elasticity: float
) -> Floats:
    """Return how much the own loss of i rises when the help of j is withdrawn, shape (N, N)."""
    alone = np.maximum(defence[:, None] - help_, 0.0)
    without = losses(stake, attack, alone.T, elasticity).sum(axis=-1).T
    rise = without - losses(stake, attack, defence, elasticity).sum(axis=-1)[:, None]
    return np.where(wanted & (help_ != 0.0), rise, 0.0)


def responses(intercept: Floats, wanted: Flags, complementarity: float) -> Floats:
    """Return mutual logistic responses of all pairs at once after sixty rounds from one half, shape (N, N)."""
    p = np.full_like(intercept, 0.5)
    for _ in range(60):
        p = 1.0 / (1.0 + np.exp(-(intercept + complementarity * p.T)))
    return np.where(wanted, p, 0.0)


def apart(member: Flags, chosen: Flags, position: Floats, endowment: Floats, distance: Floats) -> Floats:
    """Return range of positions, deviation of endowments and mean distance within chosen groups, shape (3, M)."""
    size = member.sum(axis=1)
    count = np.maximum(size, 1)
    span = np.where(member, position, -np.inf).max(axis=1) - np.where(member, position, np.inf).min(axis=1)
    mean = (member @ endowment) / count
    deviation = np.sqrt((member * (endowment - mean[:, None]) ** 2).sum(axis=1) / count)
    pairs = np.einsum("mi,ij,mj->m", member, distance, member, optimize=True)
    between = pairs / np.maximum(size * (size - 1), 1)
    return np.where(chosen & (size > 0), np.array([span, deviation, between]), 0.0)


def deepest(member: Flags, weight: Floats) -> Floats:
    """Return the largest weight of a group that contains both of a pair, shape (N, N)."""
    both = member[:, :, None] & member[:, None, :]
    return np.where(both, weight[:, None, None], 0.0).max(axis=0, initial=0.0)


def deepest_but_for_one(member: Flags, weight: Floats, central: Floats, centre: int) -> Floats:
    """Return the same where pairs with one central member count by other weights, shape (N, N)."""
    found = deepest(member, weight)
    with_centre = np.where(member & member[:, centre, None], central[:, None], 0.0).max(axis=0, initial=0.0)
    found[centre] = found[:, centre] = with_centre
    return found


def company(member: Flags, chosen: Flags, likeness: Floats) -> Floats:
    """Return for every member the largest mean likeness with the others of a chosen group, shape (N,)."""
    others = member @ likeness.T - np.diag(likeness)
    mean = others / np.maximum(member.sum(axis=1, keepdims=True) - 1, 1)
    return np.where(member & chosen[:, None], mean, 0.0).max(axis=0, initial=0.0)


def means(member: Flags, weight: Floats, value: Floats) -> Floats:
    """Return the weighted mean of every column within every group, shape (M, C)."""
    inside = weight * member
    total = inside.sum(axis=1, keepdims=True)
    return np.divide(inside @ value, total, out=np.zeros((len(member), value.shape[1])), where=total > 0)


def joint(member: Flags, of_group: Floats, of_member: Floats) -> Floats:
    """Return for every member the largest product of a group's row with its own, shape (N,)."""
    return np.where(member, of_group @ of_member.T, 0.0).max(axis=0, initial=0.0)


def gaps(member: Flags, weight: Floats, line: Floats, position: Floats) -> Floats:
    """Return the weighted distances of every member from the lines of its groups, shape (N,)."""
    return weight @ np.where(member, np.abs(position - line[:, None]), 0.0)


@cache
def members_of(players: int) -> Floats:
    """Return every coalition as a row of zeros and ones, shape (2**n, n)."""
    return (np.arange(1 << players)[:, None] >> np.arange(players) & 1).astype(np.float64)


@cache
def coefficients(in_union: tuple[bool, ...]) -> Floats:
    """Return how much each worth counts in the value of each player when some bargain as one, shape (2**n, n)."""
    n, union = len(in_union), np.array(in_union, dtype=bool)
    size = int(union.sum())
    blocs = n - size + (size > 0)
    member = members_of(n)
    alone, inside = member[:, ~union].sum(axis=1).astype(int), member[:, union].sum(axis=1).astype(int)
    outer = np.array([1.0 / blocs / comb(blocs - 1, k) for k in range(blocs)] + [0.0])
    inner = np.array([1.0 / size / comb(size - 1, k) for k in range(size)] + [0.0]) if size else np.zeros(1)
    found = np.zeros((1 << n, n))
    whole = ((inside == 0) | (inside == size)) if size else np.ones(1 << n, dtype=bool)
    joined = alone + (inside == size if size else 0)
    for i in range(n):
        there = member[:, i] > 0
        if union[i]:
            weight = outer[np.minimum(alone, blocs)] * np.where(there, inner[inside - 1], -inner[inside])
        else:
            weight = np.where(whole, np.where(there, outer[joined - 1], -outer[np.minimum(joined, blocs)]), 0.0)
        found[:, i] = weight
    return found


def security_table(world: World, p: Parameters, obligation: Floats) -> Floats:
    """Return the worth of every coalition of a security game, bn a year, shape (2**n,): the equations in one sweep."""
    k = np.concatenate([world.capability_raw, world.adversary_capability_raw])
    reach = p["reach_scale"] * 1000 * (1 + p["reach_advantage"] * np.sqrt(k / k.max()))
    ours, theirs = reach[: len(world.states)], reach[len(world.states) :]
    arrive = 2 ** (-world.distance / ours)
    far = np.abs(world.ideal_point[:, None] - world.adversary_ideal_point) / 4
    threat = world.perception * (0.5 * np.minimum(1, far) + 0.5 * world.rivalry)
    attack = (world.adversary_capability_available[:, None] * 2 ** (-world.adversary_distance / theirs[:, None])).T
    full = world.capability_available * world.free_force * arrive
    np.fill_diagonal(full, 0.0)
    unpledged = p["unpledged_aid"] * np.minimum(threat[:, None], threat[None]).max(axis=2)
    pledged = (1 - unpledged) * p["treaty_reliability"] * obligation * full
    help_ = unpledged * full
    public = p["publicness"] * np.minimum(1, world.gdp / world.gdp[:, None]) * arrive.T
    np.fill_diagonal(public, 0.0)
    member = members_of(len(world.states))
    came = member * (member @ pledged.T)
    strength = world.capability_available + help_.sum(axis=1) + came
    own = losses(p["loss_at_stake"] * threat, attack, strength, p["deterrence_elasticity"])
    felt = own.sum(axis=2) + np.einsum("ia,ij,sja->si", threat, public, own, optimize=True)
    ratio = world.gdp * (1 + world.recklessness) * own.sum(axis=2) / strength
    fought = ratio @ help_ + member * ((member * ratio) @ pledged)
    cost = felt + p["fighting_cost"] * fought / world.gdp
    return (member * (cost[0] - cost)) @ world.gdp / 100


def draft(
    appraiser: Appraiser, institution: Callable[[tuple[str, ...]], Institution], fallback: Architecture
) -> Institution | None:
    """Return what the hub drafts when it drops one state at a time and looks at one membership after the other."""
    world, before = appraiser.world, appraiser.world.in_force
    hub, noise = world.hub_index, appraiser.parameters["decision_noise"]
    held = appraiser.appraise(fallback, before).utility

    def key(members: tuple[str, ...]) -> float:
        new = institution(members)
        gain = appraiser.appraise(fallback.having(new), before).utility - held
        inside = np.array([gain[world.index(s)] for s in members])
        passed = float(np.prod(1.0 / (1.0 + np.exp(-inside / (noise * appraiser.depth(new))))))
        if passed > 0.05:
            return passed * float(gain[hub])
        return -1.0 + 1e-3 * passed + 1e-6 * float(np.minimum(inside, 0.0).sum())

    members = (world.hub, *(s for i, s in enumerate(world.states) if world.recognised[i] >= 1 and s != world.hub))
    best = key(members)
    while len(members) > 3:
        shorter = [tuple(s for s in members if s != gone) for gone in members if gone != world.hub]
        keys = [key(s) for s in shorter]
        if max(keys) <= best + 1e-9:
            break
        best, members = max(keys), shorter[int(np.argmax(keys))]
    return institution(members) if best > 0 else None
