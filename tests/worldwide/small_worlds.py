"""Small worlds for tests of runs of the whole world: a made-up year of seven states as kernels take it, many years alike."""

from itertools import pairwise

import numpy as np

from foedus.kernels.allianceyears import Globe, Rules, begun, judged
from foedus.signings.common_line import UNIT
from foedus.signings.weights import Weights
from signings.worlds_of_states import setting


def shared(rivalry, weight):
    """Return the quarrels of every pair in common, the worst first, by hand: begins, with whom, how much."""
    n = len(rivalry)
    begins, foe, force = [0], [], []
    for i in range(n):
        for j in range(n):
            found = [] if i == j else [(-weight * min(rivalry[i, a], rivalry[j, a]), a) for a in range(n)]
            found = sorted(x for x in found if x[0] < 0)
            foe += [a for _, a in found]
            force += [-v for v, _ in found]
            begins.append(len(foe))
    return np.array(begins), np.array(foe, dtype=np.int64), np.array(force, dtype=np.float64)


def globe(one, years=1, weights=None, there=None):
    """Return a setting as what is given from outside, the same in every year."""
    values = weights or Weights()
    cost, enemy, _, autonomy = values.signed
    n = len(one.states)
    begins, foe, force = shared(one.rivalry, enemy)
    worst = np.array([force[a] if b > a else 0.0 for a, b in pairwise(begins)]).reshape(n, n)
    pair = np.ones((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                u, k = one.position[[i, j]], one.capability[[i, j]]
                pair[i, j] = np.exp(-0.5 * autonomy * UNIT * np.abs(u - (u * k).sum() / k.sum()).sum())
    apart = cost * one.apart
    other = one.ties & ~one.pact
    every = (apart, np.exp(apart + worst), pair, other, begins)
    tables = [np.repeat(x[None], years, axis=0) for x in every]
    here = np.ones((years, n), dtype=np.bool_) if there is None else there
    rows = [np.repeat(x[None], years, axis=0) for x in (one.position, one.capability)]
    return Globe(here, *tables, foe, force, *rows)


def rules(weights=None, first=1950, **changes):
    """Return the numbers of the laws; fields may be given."""
    values = weights or Weights()
    given = {
        "first": first,
        "trust": values["trust_value"],
        "closure": values["closure"],
        "autonomy": values["autonomy_weight"] * UNIT,
        "found": np.array([0.8, 0.4]),
        "many": np.array([3, 4], dtype=np.int64),
        "many_rising": np.array([3.0, 4.0]),
        "terms": np.array([[0.0, 5.0], [0.0, 10.0]]),
        "terms_rising": np.array([[1.0, 2.0], [1.0, 2.0]]),
        "end": np.array([-2.5, -3.0]),
        "term_effect": 1.6,
        "leave": 0.02,
        "join": 0.1,
        "guests": np.array([3.0, 4.0]),
        "grown": 64,
        "sweeps": 2,
    }
    return Rules(**(given | changes))


def treaties(one):
    """Return the pacts of a setting as treaties in force: members, sizes, years signed, terms."""
    n, pacts = len(one.states), one.pacts
    members, sizes = np.zeros((len(pacts), n), dtype=np.int64), np.array([len(p) for p in pacts], dtype=np.int64)
    for row, pact in zip(members, pacts):
        row[: len(pact)] = sorted(pact)
    return members, sizes, np.full(len(pacts), 1940, dtype=np.int64), np.zeros(len(pacts))


def year(one, weights=None):
    """Return a setting as one year in which lists are judged, and who asks whom in, shape (2, S, S)."""
    values = weights or Weights()
    chance = np.zeros((2, len(one.states), len(one.states)))
    web = begun(*treaties(one), 0)
    return judged(globe(one, 1, values), 0, web, len(one.pacts), rules(values), chance), chance


def seeds(number, years):
    """Return the seeds of the decisions of some years."""
    return np.random.default_rng([7, number]).integers(0, 1 << 32, (5, years, 4))


def made_up(seed=3, **changes):
    """Return the made-up year of seven states; a pact is a tie, as it is in the record."""
    one = setting(seed, **changes)
    return setting(seed, ties=one.ties | one.pact, **changes)
