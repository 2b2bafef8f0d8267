"""The record of treaties as runs have them, by hand on a made-up record."""

import numpy as np
import polars as pl
import pytest

from estimation.records import Records, member_rows, records
from foedus.kernels.allianceyears import COUNTS
from foedus.kernels.webshape import SHAPE
from foedus.worldwide.record_of_treaties import Treaties, bonds

LINES = (2, 20, 200, 210, 211, 220, 255, 325, 365, 380, 385, 390, 640, 710, 740, 900)


@pytest.fixture(scope="module")
def treaties():
    own = records()
    more = member_rows(11, (325, 640), 1966) + member_rows(12, (20, 200), 1970, 1970)
    shorter = [
        r | ({"exit_year": 1966, "exit_month": 1, "exit_day": 5} if r["atopid"] == 8 else {})
        for r in own.tables["atop_member"].to_dicts()
    ]
    lengths = pl.DataFrame({"atopid": [4, 7, 9], "term_months": [120, 0, None]})
    return Treaties(Records(own.tables | {"atop_member": pl.DataFrame(shorter + more), "atop_treaty": lengths}))


def test_who_is_bound_when_a_year_begins(treaties):
    assert {t.treaty: t.members for t in treaties.years[1950]} == {
        1: (2, 20),
        2: (200, 220),
        3: (2, 20, 200, 210, 211, 220),
    }
    four = [next(t for t in treaties.years[y] if t.treaty == 4) for y in range(1951, 1962)]
    assert [t.ends for t in four] == [False] * 10 + [True]
    assert {t.born for t in four} == {1950}
    assert 4 not in {t.treaty for t in treaties.years[1962]}


def test_a_treaty_gives_way_to_one_of_the_same_states(treaties):
    last = next(t for t in treaties.years[1966] if t.treaty == 8)
    assert last.ends
    assert last.replaced
    assert not next(t for t in treaties.years[1961] if t.treaty == 4).replaced


def test_terms_are_years(treaties):
    assert treaties.terms == {4: 10.0, 7: 0.0, 9: 0.0}
    web = treaties.web(1956, LINES)
    assert sorted(web.term.tolist()) == [0.0] * 5 + [10.0]


def test_counts_of_every_year_by_hand(treaties):
    there = np.ones((3, len(LINES)), dtype=np.bool_)
    found = treaties.counts(1949, 1951, LINES, there)
    at = {name: k for k, name in enumerate(COUNTS)}
    assert found[:, at["new_two"]].tolist() == [0, 1, 1]
    assert found[:, at["new_more"]].tolist() == [1, 0, 0]
    assert found[:, at["force_two"]].tolist() == [2, 3, 4]
    assert found[:, at["force_more"]].tolist() == [1, 1, 1]
    assert found[:, at["pairs"]].tolist() == [15, 16, 17]
    assert found[:, at["alone"]].tolist() == [10, 8, 7]
    later = treaties.counts(1960, 1966, LINES, np.ones((7, len(LINES)), dtype=np.bool_))
    assert later[:, at["ended_two"]].tolist() == [0, 1, 0, 0, 0, 0, 1]
    assert later[:, at["renewed"]].tolist() == [0, 0, 0, 0, 0, 0, 1]
    assert later[:, at["ended_more"]].tolist() == [0, 0, 0, 0, 0, 1, 0]


def test_what_lived_in_some_years(treaties):
    web = treaties.lived(1950, 1970, LINES)
    lives = sorted(zip(web.born.tolist(), web.ended.tolist(), web.wide.tolist()))
    assert (1950, 1961, False) in lives
    assert (1955, 1965, True) in lives
    assert (1958, 1966, False) in lives
    assert (1970, 1970, False) in lives  # signed and over within a year
    assert (1949, 0, True) in lives
    form = dict(zip(SHAPE, treaties.shape(1950, 1970, LINES, np.ones(len(LINES), dtype=np.bool_)).tolist()))
    assert form["members_0"] == (web.sizes == 2).sum() == 7
    assert form["members_2"] == 1.0


def test_bonds_count_the_treaties_of_a_pair(treaties):
    web = treaties.web(1950, LINES)
    found = bonds(web)
    assert found[LINES.index(2), LINES.index(20)] == 2
    assert found[LINES.index(2), LINES.index(210)] == 1
    assert found.sum() == 2 * (15 + 2)


def test_what_ends_in_the_year_after_the_last_is_still_in_force_at_its_end(treaties):
    there = {t.treaty: t for t in treaties.years[1966]}
    assert there[8].ends
    web = treaties.lived(1960, 1965, LINES)
    in_force = (web.sizes > 0) & (web.ended == 0)
    assert sorted(web.born[in_force].tolist()) == sorted(t.born for t in there.values())
    later = treaties.lived(1960, 1966, LINES)
    assert int((later.ended == 1966).sum()) == 1
