"""Axes: round ticks inside the data, words that tell them apart and say per cent."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.svg.axes import real, round_ticks, span, spoken, tick_words, ticks_that_fit, under_axis
from foedus.surfaces.svg.lettering import breadth
from foedus.surfaces.svg.pen import Scale
from foedus.vocabulary.tables import Column

numbers = st.floats(-1e12, 1e12)


@given(numbers, numbers, st.integers(1, 8))
def test_ticks_lie_inside_and_their_words_differ(one: float, other: float, wanted: int) -> None:
    low, high = span([one, other], "", None)
    ticks = round_ticks(low, high, wanted)
    step = (high - low) * 1e-5
    assert all(low - step <= t <= high + step for t in ticks)
    assert len(ticks) <= wanted + 1
    if (high - low) > 1e-3 * max(abs(low), abs(high)):
        assert len(set(tick_words(ticks, ""))) == len(ticks)


def test_words_of_ticks_follow_the_form() -> None:
    assert tick_words([0, 0.25, 0.5], "percent") == ["0 %", "25 %", "50 %"]
    assert tick_words([0, 0.005, 0.01], "percent") == ["0 %", "0.5 %", "1.0 %"]
    assert tick_words([-0.5, 0, 0.5], "signed") == ["-0.5", "0", "+0.5"]
    assert tick_words([1950, 1960], "year") == ["1950", "1960"]
    assert tick_words([0, 1000, 2000], "whole") == ["0", "1,000", "2,000"]


def test_shares_above_a_half_are_seen_against_the_whole() -> None:
    assert span([0.2, 0.6], "percent") == (0.0, 1.0)
    assert span([0.01, 0.04], "percent") == (0.0, 0.04)
    assert span([3.0, 3.0], "", None) == pytest.approx((2.7, 3.3))
    assert span([], "") == (0.0, 1.0)


@given(st.floats(1, 1e9), st.floats(150, 700))
def test_words_of_an_axis_never_touch(high: float, wide: float) -> None:
    found = ticks_that_fit(Scale(0, high, 0, wide), "money", wide)
    edges = [(m - breadth(w, 11) / 2, m + breadth(w, 11) / 2) for _, w, m in found]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(edges))


def test_what_is_no_number_is_not_drawn() -> None:
    assert [real(v) for v in (None, True, "x", float("nan"), float("inf"), 1e200, 2)] == [None] * 6 + [2.0]


def test_a_number_too_long_is_a_power_of_ten() -> None:
    assert spoken(1e40, "whole") == "1e+40"
    assert spoken(1234.0, "whole") == "1,234"


def test_under_the_axis_stand_words_and_unit() -> None:
    assert under_axis(Column("gain", "% of GDP"), {}) == "gain, % of GDP"
    assert under_axis(Column("p", "probability", form="percent", head="chance"), {}) == "chance"
    assert under_axis(Column("p"), {"unit": "bn a year"}) == "bn a year"
