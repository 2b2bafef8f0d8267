"""The mean over all lists is what going through all of them gives, and a chance a year adds up to the rate."""

import math
from itertools import combinations

import numpy as np
import pytest

from foedus.signings.level import FOUNDINGS, YEARS, a_year, log_lot, log_mean, log_mean_among, pairs, rate, theatre
from foedus.signings.weights import COEFFICIENTS, Weights
from foedus.vocabulary.errors import FoedusError
from signings.worlds_of_states import setting


@pytest.mark.parametrize("size", [2, 3, 4, 7])
def test_the_mean_over_lists_drawn_is_that_over_all(size):
    one, weights = setting(), Weights()
    every = log_mean(one.values(list(combinations(range(7), size)), weights))
    drawn = [log_lot(one, size, weights, seed, count=20) for seed in range(300)]
    assert np.log(np.mean(np.exp(drawn))) == pytest.approx(every, abs=0.05)


def test_it_depends_on_nothing_but_its_seed():
    one, weights = setting(), Weights()
    assert log_lot(one, 3, weights, 1, (1949,), 20) == log_lot(one, 3, weights, 1, (1949,), 20)
    assert log_lot(one, 3, weights, 1, (1949,), 20) != log_lot(one, 3, weights, 1, (1950,), 20)


def test_without_weights_no_list_is_likelier_than_another():
    assert log_lot(setting(), 4, Weights(dict.fromkeys(COEFFICIENTS, 0.0)), count=20) == pytest.approx(0.0, abs=1e-12)


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
    found = theatre(one, range(7), (), weights, 7, {3: mean, 20: 0.0})
    assert found == pytest.approx({3: FOUNDINGS[3] / YEARS})


def test_a_theatre_counts_only_lists_with_those_inside():
    one, weights = setting(), Weights()
    means = {3: log_lot(one, 3, weights, count=2000)}
    found = theatre(one, (0, 1, 2, 4), (0,), weights, 7, means)[3]
    by_hand = [a_year(float(v) - means[3], 3, 7) for v in one.values([(0, 1, 2), (0, 1, 4), (0, 2, 4)], weights)]
    assert found == pytest.approx(math.fsum(by_hand))


def test_lists_drawn_among_candidates_give_the_mean_over_them():
    one, weights = setting(), Weights()
    lists = [(0, *more) for more in combinations((1, 2, 3, 4, 6), 3)]
    every = log_mean(one.values(lists, weights))
    assert log_mean_among(one, (0, 1, 2, 3, 4, 6), (0,), 4, weights) == pytest.approx(every)  # all gone through
    as_many = log_mean_among(one, (0, 1, 2, 3, 4, 6), (0,), 4, weights, count=math.comb(5, 3))
    assert as_many == pytest.approx(every, abs=1e-12), "as many as would be drawn are gone through"
    drawn = [log_mean_among(one, (0, 1, 2, 3, 4, 6), (0,), 4, weights, seed, count=9) for seed in range(400)]
    assert np.log(np.mean(np.exp(drawn))) == pytest.approx(every, abs=0.05)


@pytest.mark.parametrize("size", [1, 0, 8])
def test_sizes_that_make_no_list_are_refused(size):
    with pytest.raises(FoedusError, match=f"size {size}"):
        log_lot(setting(), size, Weights())


def test_a_body_of_one_has_no_rate():
    with pytest.raises(FoedusError, match="one state alone signs nothing"):
        rate(1)
    assert rate(40) == 0.0


def test_all_lists_are_gone_through_where_there_are_no_more_than_would_be_drawn():
    one, weights = setting(), Weights()
    every = log_mean(one.values(list(combinations(range(7), 4)), weights))
    assert log_lot(one, 4, weights, count=math.comb(7, 4)) == pytest.approx(every, abs=1e-12)
