"""Counting: chances, bands and parts of what a reference class answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.forecasts.counting import counted_chance, counted_parts
from foedus.forecasts.of_classes import PAIR
from foedus.forecasts.query import Query
from foedus.forecasts.words import read_vocabulary
from forecasts.test_wording import WORDS, ask

PAIRED = Query("treaty signed", "x", ("RUS", "PRK"), (), (), False, dt.date(2021, 1, 1), dt.date(2024, 12, 31))


@given(st.floats(1e-6, 0.5), st.integers(2, 5))
def test_chances_by_hand(rate: float, states: int) -> None:
    years = PAIRED.years
    once = 1 - (1 - rate) ** years
    assert counted_chance(PAIRED, rate) == pytest.approx(once)
    several = replace(PAIRED, all_of=("CHN",), at_least=((1, tuple("ABCDE"[:states])),))
    assert counted_chance(several, rate) == pytest.approx(1 - (1 - once) ** states)
    ended = replace(PAIRED, kind="treaty ends", all_of=("G",), treaties=("G",))
    assert counted_chance(replace(ended, kind="treaty holds"), rate) == pytest.approx(1 - once)
    one_side = counted_chance(replace(ended, by=("KOR",)), rate)
    assert 1 - (1 - one_side) ** 2 == pytest.approx(once)  # either side of two


def test_the_band_is_that_of_the_rate() -> None:
    found = counted_parts(replace(PAIRED, counted=PAIR), WORDS)
    assert found is not None
    ((only,), words) = found
    chance, low, high = only.probability, only.low, only.high
    assert chance == pytest.approx(1 - (1 - 890.5 / 470373) ** PAIRED.years)
    assert low < chance < high
    assert high - low == pytest.approx(2 * 1.645 * np.sqrt(890.5) / 470373 * PAIRED.years, rel=0.1)
    assert "890 in 470,372" in words


def test_only_eras_that_were_over_are_used() -> None:
    early = replace(PAIRED, counted=PAIR, start=dt.date(1960, 1, 1), end=dt.date(1961, 12, 31))
    found = counted_parts(early, WORDS)
    assert found is not None
    assert "1914-1944" in found[1]
    first = replace(early, start=dt.date(1850, 1, 1), end=dt.date(1850, 12, 31))
    assert counted_parts(first, read_vocabulary()) is None


def test_forms_of_what_is_counted_agree_with_each_other() -> None:
    texts = ("When will Ukraine join NATO?", "Will Ukraine join NATO by the end of 2024?")
    when, whether = (counted_parts(ask(t, closes=""), WORDS) for t in texts)
    assert when is not None
    assert whether is not None
    years = {p.name: p.probability for p in when[0]}
    assert years["2024"] == pytest.approx(whether[0][0].probability)
    assert list(years.values()) == sorted(years.values())
    listed = "Austria, Moldova and Serbia"
    which = counted_parts(ask(f"Which of {listed} will join NATO?"), WORDS)
    how_many = counted_parts(ask(f"How many of {listed} will join NATO?"), WORDS)
    assert which is not None
    assert how_many is not None
    assert [p.name for p in which[0]] == ["AUT", "MDA", "SRB"]
    expected = sum(int(p.name) * p.probability for p in how_many[0])
    assert expected == pytest.approx(sum(p.probability for p in which[0]))


def test_lists_of_three_are_counted_as_often_as_there_are() -> None:
    two = replace(PAIRED, at_least=((2, ("A", "B", "C", "D")),), all_of=("E",))
    assert counted_chance(two, 1e-6) == pytest.approx(
        6 * counted_chance(replace(PAIRED, all_of=("E", "A", "B")), 1e-6), rel=1e-3
    )


def test_the_size_of_the_alliance_over_more_than_ten_years_is_counted() -> None:
    query = ask("How many members will NATO have at the end of 2034?", closes="")
    assert (query.kind, query.counted) == ("members", "accessions and exits")
    found = counted_parts(query, WORDS)
    assert found is not None
    assert sum(p.probability for p in found[0]) == pytest.approx(1)
    least = counted_parts(ask("Will NATO have at least 31 members at the end of 2034?", closes=""), WORDS)
    assert least is not None
    assert least[0][0].probability == pytest.approx(sum(p.probability for p in found[0] if int(p.name) > 30))
