"""What the kernel says of a list is what the record's law says of it; newcomers are judged as lists with them would be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.listworth import line_cost, list_worth, newcomers
from foedus.signings.common_line import line
from foedus.signings.weights import Weights
from worldwide.small_worlds import made_up, year

WEIGHTS = Weights({"common_enemy": 2.3, "trust_value": 0.9, "closure": 0.3})


def inside_of(body, states=7):
    inside = np.zeros(states, dtype=np.bool_)
    inside[list(body)] = True
    return inside


@given(st.integers(0, 200), st.sets(st.integers(0, 6), min_size=2))
@settings(max_examples=60, deadline=None)
def test_a_list_is_worth_what_the_law_says(seed, body):
    one = made_up(seed, closure=0.3)
    now, _ = year(one, WEIGHTS)
    found = list_worth(np.array(sorted(body)), len(body), inside_of(body), now)
    assert found == pytest.approx(one.values([tuple(sorted(body))], WEIGHTS)[0], abs=1e-12)


@pytest.mark.parametrize(
    "pacts", [(), ((0, 2), (0, 2)), ((0, 1, 2), (1, 2), (0, 1, 2)), ((0, 1, 2, 3, 4, 5, 6), (3, 4))]
)
def test_treaties_that_are_there_twice_count_once(pacts):
    one = made_up(5, pacts=pacts, closure=0.3)
    now, _ = year(one, WEIGHTS)
    for body in ((0, 2), (0, 1, 2), (0, 1, 2, 3), tuple(range(7))):
        found = list_worth(np.array(body), len(body), inside_of(body), now)
        assert found == pytest.approx(one.values([body], WEIGHTS)[0], abs=1e-12)


@given(st.integers(0, 200), st.sets(st.integers(0, 6), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_newcomer_is_worth_what_the_longer_list_is(seed, rest):
    now, _ = year(made_up(seed), WEIGHTS)
    found = np.empty(7)
    newcomers(np.array(sorted(rest)), len(rest), inside_of(rest), now, found)
    for c in range(7):
        body = sorted({*rest, c})
        if c in rest:
            assert found[c] < -1e100
        else:
            assert found[c] == pytest.approx(list_worth(np.array(body), len(body), inside_of(body), now), abs=1e-12)


def test_the_common_line_is_that_of_the_law():
    one = made_up()
    for body in ((0, 3), (1, 2, 5), (0, 1, 2, 3, 4, 5, 6)):
        own = np.abs(one.position[list(body)] - line(body, one.position, one.capability)).sum()
        assert line_cost(np.array(body), len(body), one.position, one.capability) == pytest.approx(own)
    weak = np.zeros(7)
    assert line_cost(np.array([0, 3]), 2, one.position, weak) == pytest.approx(abs(one.position[0] - one.position[3]))
