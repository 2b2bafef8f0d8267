"""The mean over all lists is what going through all of them gives, and a chance a year adds up to the rate."""

import math
from itertools import combinations

import numpy as np
import pytest

from foedus.signings.level import FOUNDINGS, YEARS, a_year, among, log_lot, log_mean, pairs, rate, theatre
from foedus.signings.weights import COEFFICIENTS, Weights
from foedus.vocabulary.errors import FoedusError
from signings.worlds_of_states import setting


@pytest.mark.parametrize("size", [2, 3, 4, 7])
def test_the_mean_over_lists_drawn_is_that_over_all(size):
    one, weights = setting(), Weights()
    every = log_mean(one.values(list(combinations(range(7), size)), weights))
    assert log_lot(one, size, weights, count=20_000) == pytest.approx(every, abs=0.05)


def test_it_depends_on_nothing_but_its_seed():
    one, weights = setting(), Weights()
    assert log_lot(one, 3, weights, 1, (1949,), 200) == log_lot(one, 3, weights, 1, (1949,), 200)
    assert log_lot(one, 3, weights, 1, (1949,), 200) != log_lot(one, 3, weights, 1, (1950,), 200)


def test_without_weights_no_list_is_likelier_than_another():
    assert log_lot(setting(), 4, Weights(dict.fromkeys(COEFFICIENTS, 0.0)), count=50) == pytest.approx(0.0, abs=1e-12)


def test_for_two_states_the_pairs_are_v_but_for_autonomy():
    one, weights = setting(), Weights()
    without = Weights({"autonomy_weight": 0.0})
    table = pairs(one, weights)
    both = list(combinations(range(7), 2))
    rivals = one.rivalry.copy()
    for i, j in both:  # the enemies of a pair are those outside of it
        rivals[i, j] = rivals[j, i] = 0.0
    calm = setting(rivalry=rivals)
    assert np.array([pairs(calm, weights)[p] for p in both]) == pytest.approx(calm.values(both, without))
    assert (table == table.T).all()


def test_chances_of_all_lists_of_a_size_add_up_to_their_rate():
    one, weights = setting(), Weights()
    lists = list(combinations(range(7), 3))
    mean = log_mean(one.values(lists, weights))
    total = sum(a_year(v - mean, 3, 7) for v in one.values(lists, weights))
    assert total == pytest.approx(FOUNDINGS[3] / YEARS)
    found = theatre(one, range(7), (), (3, 20), weights, 7, {3: mean})
    assert found == pytest.approx({3: FOUNDINGS[3] / YEARS})


def test_a_theatre_counts_only_lists_with_those_inside():
    one, weights = setting(), Weights()
    means = {3: log_lot(one, 3, weights, count=2000)}
    found = theatre(one, (0, 1, 2, 4), (0,), (3,), weights, 7, means)[3]
    by_hand = [a_year(float(v) - means[3], 3, 7) for v in one.values([(0, 1, 2), (0, 1, 4), (0, 2, 4)], weights)]
    assert found == pytest.approx(math.fsum(by_hand))


def test_lists_among_candidates():
    assert among((3, 1, 2), 2, (1,)) == ([(1, 3), (1, 2)], 1.0)
    assert among((1, 2), 3, ()) == ([], 1.0)
    sample, each = among(range(40), 10, (0,))
    assert len(sample) * each == pytest.approx(math.comb(39, 9))
    assert all(b[0] == 0 and len(set(b)) == 10 for b in sample)


@pytest.mark.parametrize("size", [1, 0, 8])
def test_sizes_that_make_no_list_are_refused(size):
    with pytest.raises(FoedusError, match=f"size {size}"):
        log_lot(setting(), size, Weights())


def test_a_body_of_one_has_no_rate():
    with pytest.raises(FoedusError, match="one state alone signs nothing"):
        rate(1)
    assert rate(40) == 0.0
