"""Whole frames of codes become states, with the year in mind."""

import polars as pl
import pytest

from foedus.archive.codes import bearers, members, with_ids, with_state
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.states import SPELLS, is_member


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_every_code_means_one_state_at_the_end_of_every_year(scheme):
    frame = bearers(scheme)
    assert not frame.select("code", "year").is_duplicated().any()
    assert set(frame["code"]) == {getattr(s, scheme) for s in SPELLS}


def test_members_are_one_row_per_code_and_per_state():
    frame = members()
    assert not frame.select("ccode", "year").is_duplicated().any()
    assert not frame.select("state", "year").is_duplicated().any()
    assert frame.filter(pl.col("year") == 1816).height == 23
    assert frame.filter(pl.col("year") == 2026).height == 195


@pytest.mark.parametrize(("state", "year"), [("JPN", 1950), ("DEU", 1950), ("TWN", 1948), ("TWN", 1949), ("SRB", 2006)])
def test_members_are_those_of_the_table_of_states(state, year):
    found = members().filter((pl.col("state") == state) & (pl.col("year") == year))
    assert (found.height == 1) == is_member(state, year)


def test_a_changed_code_is_the_code_of_the_last_day():
    year = members().filter(pl.col("year") == 1990)
    assert year.filter(pl.col("state") == "DEU")["ccode"].to_list() == [255]
    assert year.filter(pl.col("state") == "YEM")["ccode"].to_list() == [679]
    assert year.filter(pl.col("state") == "DEU")["enters"].dt.ordinal_day().to_list() == [1]


def test_codes_follow_scheme_and_year():
    frame = pl.DataFrame({"ccode": [255, 260, 970], "year": [1960, 1995, 2005]})
    assert with_state(frame)["ccode"].to_list() == [260, 255, 970]
    assert with_state(pl.DataFrame({"ccode": [970, 260], "year": [2005, 1995]}), scheme="gw")["ccode"].to_list() == [
        946,
        255,
    ]


def test_strange_codes_are_refused_kept_or_dropped():
    frame = pl.DataFrame({"ccode": [2, 8152], "year": [1950, 1950]})
    with pytest.raises(FoedusError, match="code 8152: no state has this code"):
        with_state(frame)
    assert with_state(frame, unknown="keep")["ccode"].to_list() == [2, 8152]
    assert with_state(frame, unknown="drop")["ccode"].to_list() == [2]


def test_ids_stand_beside_codes():
    frame = pl.DataFrame({"a": [713, 345, 345], "year": [1960, 2000, 2010]})
    assert with_ids(frame, state="a")["state"].to_list() == ["TWN", "YUG", "SRB"]
