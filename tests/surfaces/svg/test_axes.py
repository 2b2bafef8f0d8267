"""Axes: round ticks inside the data, words that tell them apart and say per cent."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.svg.axes import (
    across,
    axis_height,
    column,
    real,
    round_ticks,
    span,
    spoken,
    tick_words,
    ticks_that_fit,
    under_axis,
    whisker,
)
from foedus.surfaces.svg.lettering import SMALL, breadth
from foedus.surfaces.svg.pen import Picture, Scale
from foedus.vocabulary.tables import Column, table

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


@pytest.mark.parametrize(
    ("low", "high", "wanted", "ticks"),
    [
        (0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 100, 4, [0, 50, 100]),
        (0, 10, 1, [0, 10]),
        (-3, 7, 5, [-2, 0, 2, 4, 6]),
        (0.1, 0.9, 4, [0.2, 0.4, 0.6, 0.8]),
        (0, 200, 2, [0, 100, 200]),
        (5, 5, 3, [5]),
        (0, 10, 0, [0, 10]),
    ],
)
def test_ticks_are_ones_twos_and_fives(low: float, high: float, wanted: int, ticks: list[float]) -> None:
    assert round_ticks(low, high, wanted) == pytest.approx(ticks)


def test_years_are_whole() -> None:
    assert round_ticks(1990, 1992, 6, whole=True) == [1990, 1991, 1992]
    assert round_ticks(1990, 1992, 6) == pytest.approx([1990, 1990.5, 1991, 1991.5, 1992])


def test_words_have_the_digits_that_tell_ticks_apart() -> None:
    assert tick_words([0, 0.25, 0.5], "") == ["0", "0.2", "0.5"] or tick_words([0, 0.25, 0.5], "") == [
        "0",
        "0.25",
        "0.50",
    ]
    assert tick_words([0, 0.02, 0.04], "") == ["0", "0.02", "0.04"]
    assert tick_words([0, 5e5, 1e6], "") == ["0", "5e+05", "1e+06"]
    assert tick_words([0, 1e-5, 2e-5], "") == ["0", "1e-05", "2e-05"]
    assert tick_words([0, 5e4, 1e5], "percent") == ["0 %", "5e+06 %", "1e+07 %"]
    assert tick_words([0.5, 1], "percent") == ["50 %", "100 %"]
    assert tick_words([], "") == []
    assert tick_words([7], "") == ["7"]
    assert tick_words([-1, 0, 1], "signed") == ["-1", "0", "+1"]
    assert tick_words([1e6, 2e6], "whole") == ["1e+06", "2e+06"]


@pytest.mark.parametrize(
    ("values", "form", "floor", "ends"),
    [
        ([2.0, 5.0], "", 0.0, (0.0, 5.0)),
        ([2.0, 5.0], "", None, (2.0, 5.0)),
        ([-2.0, -1.0], "", 0.0, (-2.0, 0.0)),
        ([0.5], "percent", 0.0, (0.0, 0.5)),
        ([0.51], "percent", 0.0, (0.0, 1.0)),
        ([1.0], "percent", 0.0, (0.0, 1.0)),
        ([1.2], "percent", 0.0, (0.0, 1.2)),
        ([-0.2, 0.1], "percent", None, (-0.2, 0.1)),
        ([0.3], "percent", None, (0.0, 0.3)),
        ([0.0], "", 0.0, (0.0, 1.0)),
        ([3.0], "", 3.0, (3.0, 3.3)),
        ([-3.0], "", None, (-3.3, -2.7)),
    ],
)
def test_the_ends_of_an_axis(values: list[float], form: str, floor: float | None, ends: tuple[float, float]) -> None:
    assert span(values, form, floor) == pytest.approx(ends)


def test_a_column_that_is_not_there_is_an_empty_one() -> None:
    found = table("t", "T", [Column("a", "bn")], [])
    assert column(found, "a").unit == "bn"
    assert column(found, "b") == Column("b")


def lines_of(p: Picture) -> list[dict[str, str]]:
    return [dict(re.findall(r'([a-z0-9-]+)="([^"]*)"', tag)) for tag in re.findall(r"<line [^>]*>", p.svg())]


def test_an_axis_has_a_line_for_each_number_and_a_strong_one_only_inside() -> None:
    p = Picture(400, 200, "", "")
    scale = Scale(0.0, 10.0, 50.0, 350.0)
    across(p, scale, 10.0, 100.0, "", "bn a year", 4.0)
    ticks = ticks_that_fit(scale, "", 400, 4)
    *fine, strong = lines_of(p)
    assert [float(w["x1"]) for w in fine] == [scale(t) for t, _, _ in ticks]
    assert all(w["x1"] == w["x2"] and (w["y1"], w["y2"]) == ("10", "100") for w in fine)
    assert float(strong["x1"]) == scale(4.0)
    assert strong["stroke"] == "var(--ink)"
    texts = re.findall(r'<text x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)<', p.svg())
    assert [w for _, _, w in texts] == [*(w for _, w, _ in ticks), "bn a year"]
    assert {float(y) for _, y, _ in texts[:-1]} == {116.0}
    assert float(texts[-1][1]) + 0.24 * SMALL <= 100.0 + axis_height("bn a year", 400)
    wide = Picture(900, 200, "", "")
    across(wide, Scale(0.0, 10.0, 50.0, 850.0), 10.0, 100.0, "", "", 10.1)
    assert len(lines_of(wide)) == len(ticks_that_fit(Scale(0.0, 10.0, 50.0, 850.0), "", 900, 6))
    for edge in (0.0, 10.0):
        at_edge = Picture(400, 200, "", "")
        across(at_edge, scale, 10.0, 100.0, "", "", edge)
        assert len(lines_of(at_edge)) == len(ticks) + 1


def test_an_axis_of_two_lines_of_words_is_taller() -> None:
    long = "words that are much too long for one line of a picture"
    assert axis_height("bn", 400) == 41.0
    assert axis_height(long, 200) == 56.0


def test_a_range_beyond_the_axis_ends_in_an_arrow() -> None:
    def drawn(low: float, high: float) -> tuple[list[tuple[float, float]], list[str]]:
        p = Picture(100, 50, "", "")
        whisker(p, Scale(0.0, 10.0, 0.0, 100.0), low, high, 20.0, "ink")
        return [(float(w["x1"]), float(w["x2"])) for w in lines_of(p)], re.findall(r'd="(M[^"]*)"', p.svg())

    assert drawn(2.0, 4.0) == ([(20.0, 40.0)], [])
    assert drawn(0.0, 10.0) == ([(0.0, 100.0)], [])
    assert drawn(-1.0, 4.0) == ([(0.0, 40.0)], ["M0.00,20.00 l5,-3.5 l0,7 Z"])
    assert drawn(2.0, 11.0) == ([(20.0, 100.0)], ["M100.00,20.00 l-5,-3.5 l0,7 Z"])
    assert drawn(11.0, 12.0) == ([], [])
    assert drawn(3.0, 3.0) == ([(30.0, 30.0)], [])


def test_units_that_a_per_cent_says_already_are_left_out() -> None:
    for unit in ("", "1", "0-1", "probability", "share"):
        assert under_axis(Column("p", unit, form="percent"), {}) == "p"
    assert under_axis(Column("p", "share of draws", form="percent"), {}) == "p, share of draws"
    assert under_axis(Column("p", "share"), {}) == "p, share"
    assert under_axis(Column("share of draws", "share"), {}) == "share of draws"
