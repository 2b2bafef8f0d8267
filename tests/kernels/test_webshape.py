"""The shape of a web, by hand: partners, triangles, sizes, and shares of treaties that last."""

import numpy as np
import pytest

from foedus.kernels.webshape import PARTNERS, SHAPE, SIZES, classed, closure, partners, shape, survival


def web(*pacts, states=8):
    members = np.zeros((len(pacts), states), dtype=np.int64)
    for row, pact in zip(members, pacts):
        row[: len(pact)] = sorted(pact)
    return members, np.array([len(p) for p in pacts], dtype=np.int64)


def test_a_small_network_by_hand():
    # a body of four, a star of three treaties of two round the first of it, one of whose ends meets another; one state alone
    members, sizes = web((0, 1, 2, 3), (0, 4), (0, 5), (0, 6), (4, 5))
    born, ended = np.array([1950, 1951, 1952, 1953, 1954]), np.zeros(5, dtype=np.int64)
    wide = sizes > 2
    found = dict(zip(SHAPE, shape(members, sizes, born, ended, wide, np.arange(8), 1950, 1960).tolist()))
    # degrees: 0: 6, 1-3: 3 each, 4: 2, 5: 2, 6: 1, 7: 0
    assert [found[f"partners_{k}"] for k in range(6)] == [1, 3, 3, 1, 0, 0]
    assert [found[f"members_{k}"] for k in range(5)] == [4, 1, 0, 0, 0]
    assert (found["pairs"], found["most_partners"]) == (10, 6)
    # the four triangles of the body and 0-4-5; paths of two: 15 + 3 * 3 + 1 + 1
    assert found["triangles"] == 5
    assert found["closed"] == pytest.approx(15 / 26)
    # treaties of two alone: 0 with 4, 5, 6 and 4 with 5: one triangle, paths 3 + 1 + 1
    assert found["triangles_two"] == 1
    assert found["closed_two"] == pytest.approx(3 / 5)
    assert found["two_after_5"] == found["more_after_10"] == 1.0
    assert np.isnan(found["more_after_20"])


def test_a_web_without_treaties():
    members, sizes = web((0, 1))
    found = dict(
        zip(SHAPE, shape(members, sizes * 0, np.array([1940]), np.array([1955]), sizes > 2, np.arange(8), 1950, 1960))
    )
    assert found["partners_0"] == 8
    assert found["pairs"] == found["triangles"] == 0
    assert np.isnan(found["closed"])


def test_bounds_begin_a_class():
    assert [classed(v, PARTNERS) for v in (0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 50)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [classed(v, SIZES) for v in (2, 3, 4, 5, 7, 8, 14, 15)] == [0, 1, 1, 2, 2, 3, 3, 4]


def test_partners_and_closure_look_at_the_states_of_the_year_only():
    bonds = np.zeros((4, 4), dtype=np.int64)
    for i, j in ((0, 1), (1, 2), (0, 2), (2, 3)):
        bonds[i, j] = bonds[j, i] = 2
    assert partners(bonds, np.arange(4)).tolist() == [2, 2, 3, 1]
    assert partners(bonds, np.array([0, 1, 3])).tolist() == [1, 1, 0]
    assert closure(bonds, np.arange(4)) == (1.0, pytest.approx(3 / 5))


def test_shares_that_last_are_those_of_kaplan_and_meier():
    # lives: 2 (ended), 3 (ended), 4 (still there), 6 (ended), 8 (still there)
    born = np.array([1958, 1957, 1956, 1950, 1952])
    ended = np.array([1960, 1960, 0, 1956, 0])
    every = np.ones(5, dtype=np.bool_)
    assert survival(born, ended, every, 1960, 5) == pytest.approx((1 - 1 / 5) * (1 - 1 / 4))
    assert survival(born, ended, every, 1960, 6) == pytest.approx((1 - 1 / 5) * (1 - 1 / 4) * (1 - 1 / 2))
    assert np.isnan(survival(born, ended, every, 1960, 9))
    assert np.isnan(survival(born, ended, ~every, 1960, 1))


def test_what_ends_in_its_first_year_has_not_lasted_one():
    assert survival(np.array([1950, 1950]), np.array([1950, 0]), np.ones(2, dtype=np.bool_), 1960, 1) == 0.5
