"""Lists drawn from the law: pairs, longer lists and newcomers have the chances that going through all of them gives."""

import math
import os
from itertools import combinations

import numpy as np
import pytest

from foedus.kernels.listdraw import asked_in, draw_list, draw_pair, grow, newcomer
from foedus.kernels.listworth import list_worth
from foedus.signings.weights import Weights
from worldwide.small_worlds import made_up, seeds, year

WEIGHTS = Weights()
PLAIN = bool(os.environ.get("NUMBA_DISABLE_JIT"))
COUNT = 200 if PLAIN else 4000
"""Draws; uncompiled code takes a hundred times as long for each."""


def told(now, size):
    """Return all lists of a size with their chances under the law."""
    bodies = list(combinations(range(7), size))
    values = []
    for body in bodies:
        inside = np.zeros(7, dtype=np.bool_)
        inside[list(body)] = True
        values.append(list_worth(np.array(body), size, inside, now))
    chance = np.exp(np.array(values) - max(values))
    return bodies, chance / chance.sum()


def apart(found, bodies, chance):
    """Return half the sum of the differences of shares and chances."""
    share = np.array([found.get(b, 0) for b in bodies]) / sum(found.values())
    return np.abs(share - chance).sum() / 2


def scatter(chance, count):
    """Return how far shares of so many draws from the very chances are from them on average."""
    return np.sqrt(2 * chance * (1 - chance) / (np.pi * count)).sum() / 2


def counted(drawn):
    found = {}
    for body in drawn:
        found[body] = found.get(body, 0) + 1
    return found


def test_pairs_have_the_chances_of_the_law():
    now, chance = year(made_up(), WEIGHTS)
    bodies, wanted = told(now, 2)
    marks = (np.arange(4000) + 0.5) / 4000
    found = counted(draw_pair(chance[1], now.there, float(m)) for m in marks)
    assert apart(found, bodies, wanted) < 0.005


@pytest.mark.parametrize(("size", "seed"), [(3, 3), (3, 11), (4, 3), (5, 8)])
def test_longer_lists_have_the_chances_of_the_law(size, seed):
    now, chance = year(made_up(seed), WEIGHTS)
    bodies, wanted = told(now, size)
    asked, coins, body = asked_in(chance[0], now.there), seeds(seed, 1)[0, 0], np.empty(size, dtype=np.int64)
    drawn = []
    for _ in range(COUNT):
        draw_list(size, 64, 2, asked, now, coins, body)
        drawn.append(tuple(body.tolist()))
    assert apart(counted(drawn), bodies, wanted) < 2.0 * scatter(wanted, COUNT)


def test_the_chance_to_grow_a_list_is_the_chance_to_grow_it():
    now, chance = year(made_up(), WEIGHTS)
    asked, coins = asked_in(chance[0], now.there), seeds(1, 1)[0, 0]
    body, inside, heard = np.empty(4, dtype=np.int64), np.zeros(7, dtype=np.bool_), np.empty(4)
    inverse = []
    for _ in range(1000 if PLAIN else 20_000):
        log_chance = grow(4, asked, now.there, coins, body, inside, heard)
        assert inside.sum() == len(set(body.tolist())) == 4
        inside[:] = False
        inverse.append(math.exp(-log_chance))
    orders = 7 * 6 * 5 * 4
    assert np.mean(inverse) == pytest.approx(orders, abs=4 * np.std(inverse) / math.sqrt(len(inverse)))


def test_newcomers_have_the_chances_of_the_longer_lists():
    now, _ = year(made_up(), WEIGHTS)
    rest, inside = np.array([0, 4, 0]), np.zeros(7, dtype=np.bool_)
    inside[[0, 4]] = True
    bodies, chance = told(now, 3)
    wanted = {({*b} - {0, 4}).pop(): p for b, p in zip(bodies, chance) if {0, 4} <= {*b}}
    total = sum(wanted.values())
    marks = (np.arange(2000) + 0.5) / 2000
    found = counted(newcomer(rest, 2, inside, now, float(m)) for m in marks)
    for state, p in wanted.items():
        assert found.get(state, 0) / 2000 == pytest.approx(p / total, abs=1e-3)


def test_a_list_of_everybody_is_everybody():
    now, chance = year(made_up(), WEIGHTS)
    body = np.empty(7, dtype=np.int64)
    draw_list(7, 4, 1, asked_in(chance[0], now.there), now, seeds(2, 1)[0, 0], body)
    assert body.tolist() == list(range(7))
