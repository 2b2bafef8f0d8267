"""Tallies against every combination written out."""

from __future__ import annotations

import datetime as dt
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.forecasts.query import Query
from foedus.forecasts.tally import NOBODY, between, firsts, numbers, race, satisfied_chance, sizes

CHANCES = st.lists(st.floats(0, 1), max_size=6)


def written_out(chances: list[float], low: int, high: int) -> float:
    total = 0.0
    for came in product((False, True), repeat=len(chances)):
        if low <= sum(came) <= high:
            total += float(np.prod([p if c else 1 - p for p, c in zip(chances, came, strict=True)]))
    return total


@given(CHANCES, st.integers(0, 7), st.integers(0, 7))
def test_a_number_between_two_is_the_sum_over_all_combinations(chances: list[float], low: int, high: int) -> None:
    assert between(chances, low, high) == pytest.approx(written_out(chances, low, high), abs=1e-12)
    assert between(chances, None, None) == pytest.approx(1)
    assert numbers(chances).sum() == pytest.approx(1)


def query(**more: object) -> Query:
    day = dt.date(2021, 1, 1)
    return Query("joins", "x", (), (), ("N",), False, day, day, **more)  # type: ignore[arg-type]


def test_all_of_some_and_exactly_so_many_of_others() -> None:
    chances = {"A": 0.5, "B": 0.2, "C": 0.3, "D": 0.4}
    asked = Query(
        "joins", "x", ("A",), ((1, ("B", "C", "D")),), ("N",), False, dt.date(2021, 1, 1), dt.date(2021, 1, 1)
    )
    assert satisfied_chance(asked, chances) == pytest.approx(0.5 * (1 - 0.8 * 0.7 * 0.6))
    exactly = query(at_most=((0, ("B", "C")),))
    assert satisfied_chance(exactly, chances) == pytest.approx(0.8 * 0.7)


@given(CHANCES, CHANCES)
def test_the_sizes_of_a_body_are_a_distribution_with_the_right_mean(enter: list[float], leave: list[float]) -> None:
    found = sizes(30, enter, leave)
    assert sum(found.values()) == pytest.approx(1)
    mean = sum(n * p for n, p in found.items())
    assert mean == pytest.approx(30 + sum(enter) - sum(leave))
    assert (min(found), max(found)) == (30 - len(leave), 30 + len(enter))


def test_of_two_at_equal_rates_each_is_first_in_half_of_all_cases_in_which_one_comes() -> None:
    assert race(0.2, 0.2, 3.0) == pytest.approx((1.0 - 0.8**6) / 2.0)
    assert race(0.3, 0.0, 2.0) == pytest.approx(1.0 - 0.7**2)
    assert race(0.0, 0.3, 2.0) == 0.0
    assert race(1.0, 0.0, 1.0) == pytest.approx(1.0)  # what is sure has no finite rate


@given(st.dictionaries(st.sampled_from("ABCDE"), st.floats(0.0, 0.999), min_size=1))
def test_who_is_first_is_one_of_them_or_nobody(chances: dict[str, float]) -> None:
    found = firsts(chances)
    assert sum(found.values()) == pytest.approx(1.0)
    assert found[NOBODY] == pytest.approx(float(np.prod([1.0 - p for p in chances.values()])))
    for one, other in product(chances, repeat=2):
        assert chances[one] < chances[other] or found[one] >= found[other] - 1e-12
    if len(chances) == 2:
        one, other = chances
        assert found[one] == pytest.approx(race(chances[one], chances[other], 1.0), abs=1e-9)
