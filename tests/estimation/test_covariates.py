"""What is looked at of pairs of states."""

from __future__ import annotations

import math

import polars as pl
import pytest

from estimation.records import records
from foedus.estimation.covariates import pairs, region


@pytest.mark.parametrize(
    ("ccode", "name"),
    [
        (2, "Americas"),
        (200, "Europe"),
        (390, "Europe"),
        (404, "Africa"),
        (625, "Africa"),
        (626, "Africa"),  # South Sudan stands among the codes of the Middle East
        (630, "Middle East"),
        (710, "Asia and Pacific"),
        (1000, "elsewhere"),
    ],
)
def test_regions_are_those_of_the_codes(ccode: int, name: str) -> None:
    assert region(ccode) == name


@pytest.fixture(scope="module")
def told() -> pl.DataFrame:
    return pairs(records(), 1960)


def of(told: pl.DataFrame, one: int, two: int, year: int) -> dict[str, float | None]:
    found = told.filter((pl.col("ccode1") == one) & (pl.col("ccode2") == two) & (pl.col("year") == year))
    assert found.height == 1
    return found.to_dicts()[0]


def test_a_pair_is_described_by_what_the_tables_hold(told: pl.DataFrame) -> None:
    source, row = records(), of(told, 2, 200, 1955)
    held = {
        name: dict(source.table(name).filter(pl.col("year") == 1955).select("ccode", value).rows())
        for name, value in (("capabilities", "cinc"), ("polyarchy", "polyarchy"), ("ideal_point", "ideal_point"))
    }
    strong = held["capabilities"]
    assert row["strongest"] == pytest.approx(math.log(strong[2] + 1e-5))
    assert row["weakest"] == pytest.approx(math.log(strong[200] + 1e-5))
    free = held["polyarchy"]
    assert row["least_democratic"] == min(free[2], free[200])
    assert row["regime_gap"] == pytest.approx(abs(free[2] - free[200]))
    assert row["vote_distance"] == pytest.approx(abs(held["ideal_point"][2] - held["ideal_point"][200]))
    assert (row["allied"], row["rivals"], row["same_region"]) == (1.0, 0.0, 0.0)
    assert row["contiguous"] is None  # no table says so here
    assert row["shared_allies"] == 4.0  # Canada, Belgium, the Netherlands and France, by the treaty of six in 1949
    assert row["log_distance"] == pytest.approx(math.log1p(5898), rel=0.05)  # km from Washington to London


def test_what_both_sides_are_tied_to_is_counted(told: pl.DataFrame) -> None:
    assert of(told, 365, 710, 1955)["shared_rivals"] == 1.0  # the United States, of both
    assert of(told, 2, 365, 1955)["shared_rivals"] == 0.0
    assert of(told, 365, 710, 1961 - 1)["allied"] == 1.0
    assert of(told, 20, 900, 1955)["shared_allies"] == 1.0
    assert of(told, 20, 900, 1955)["allied"] == 0.0
    disputes = {y for y in range(1947, 1960) if (2 * 7 + 220 * 3 + y) % 41 == 0}
    assert {y for y in range(1947, 1960) if of(told, 2, 220, y)["disputed"]} == disputes != set()


def test_who_comes_in_the_next_year_is_there_with_its_geography_alone(told: pl.DataFrame) -> None:
    row = of(told, 2, 740, 1951)  # Japan is in the system again from 1952
    assert row["log_distance"] == of(told, 2, 740, 1953)["log_distance"]
    assert row["same_region"] == 0.0
    assert row["allied"] is row["strongest"] is row["shared_allies"] is None
    assert told.filter((pl.col("ccode2") == 740) & pl.col("year").is_between(1946, 1950)).height == 0
    assert told.select("year", "ccode1", "ccode2").is_unique().all()
