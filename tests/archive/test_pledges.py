"""Treaties as directed pledges, by day and by year."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.published_files import member, write_csv
from foedus.archive.pledges import dyad_pledges, memberships, pledge_years
from foedus.vocabulary.errors import FoedusError


class Tables:
    """A source with the member file only."""

    def __init__(self, *rows, listed=None):
        names = {
            "member": "ccode",
            "cowsys": "in_system",
            "yrent": "entry_year",
            "moent": "entry_month",
            "dayent": "entry_day",
            "yrexit": "exit_year",
            "moexit": "exit_month",
            "dayexit": "exit_day",
            "ineffect": "in_force",
            "termmode": "end_mode",
            "defense": "defence",
            "offense": "offence",
            "neutral": "neutrality",
            "nonagg": "nonaggression",
            "consul": "consultation",
        }
        self.held = {"atop_member": pl.DataFrame(list(rows)).rename(names)}
        if listed is not None:
            self.held["atop_directed_dyad_year"] = listed

    def has(self, name):
        return name in self.held

    def table(self, name):
        return self.held[name]


def test_dates_of_a_spell():
    source = Tables(
        member(1, 2, (1950, 3, 4), (1960, 5, 6)),
        member(1, 20, (1950, 3, 4), (1960, 2, None)),
        member(1, 70, (1950, 3, None)),
        member(1, 90, (1950, 3, 1), (1955, 0, None)),
    )
    rows = {r["ccode"]: r for r in memberships(source).rows(named=True)}
    assert (rows[2]["start"], rows[2]["end"], rows[2]["open"]) == (dt.date(1950, 3, 4), dt.date(1960, 5, 6), False)
    assert rows[20]["end"] == dt.date(1960, 2, 29)
    assert (rows[70]["start"], rows[70]["end"], rows[70]["open"]) == (dt.date(1950, 3, 1), dt.date(2018, 12, 31), True)
    assert rows[90]["end"] == dt.date(1955, 12, 31)


def test_members_who_never_met_promised_each_other_nothing():
    source = Tables(
        member(1, 2, (1950, 1, 1), defense=1),
        member(1, 20, (1950, 1, 1), (1955, 1, 1), defense=1),
        member(1, 70, (1960, 1, 1), defense=1),
    )
    pairs = set(dyad_pledges(source).select("ccode1", "ccode2").rows())
    assert pairs == {(2, 20), (20, 2), (2, 70), (70, 2)}


def test_years_members_and_the_end_of_the_year():
    source = Tables(
        member(1, 2, (1950, 6, 1), defense=1),
        member(1, 20, (1950, 6, 1), (1952, 3, 1), defense=1),
        member(1, 70, (1951, 12, 31), defense=1),
    )
    rows = {(r["year"], r["ccode1"], r["ccode2"]): r for r in pledge_years(source).rows(named=True)}
    assert rows[1950, 2, 20]["two_members"]
    assert rows[1951, 2, 20]["members"] == 3
    assert not rows[1952, 2, 20]["year_end"]
    assert (1953, 2, 20) not in rows
    assert rows[1953, 2, 70]["two_members"]
    assert rows[2018, 2, 70]["year_end"]
    assert max(year for year, _, _ in rows) == 2018


def test_guarantors_of_a_third_state_owe_each_other_nothing():
    rows = [member(1, c, (1950, 1, 1), (1951, 1, 1), defense=1) for c in (2, 20, 70)]
    others = {"offence": 0, "neutrality": 0, "nonaggression": 0, "consultation": 0}
    listed = pl.DataFrame([{"ccode1": 2, "ccode2": 20, "year": 1950, "defence": 1, **others}])
    found = pledge_years(Tables(*rows, listed=listed)).filter(pl.col("defence") == 1)
    assert found.select("ccode1", "ccode2", "year").rows() == [(2, 20, 1950)]


def test_treaties_can_be_left_out():
    source = Tables(*(member(t, c, (1950, 1, 1), defense=1) for t in (1, 2550) for c in (2, 20)))
    assert set(pledge_years(source, without=[2550])["atopid"]) == {1}


CODES = [2, 20, 70, 200, 220, 365]


@given(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.integers(1900, 1990), st.integers(0, 25), st.booleans()),
        min_size=2,
        max_size=6,
        unique_by=lambda t: t[0],
    )
)
def test_a_pledge_exists_in_the_years_both_are_in(spells):
    source = Tables(*(member(1, c, (y, 1, 1), (y + n, 7, 1), defense=int(d)) for c, y, n, d in spells))
    found = {
        (r[0], r[1], r[2]): r[3] for r in pledge_years(source).select("ccode1", "ccode2", "year", "defence").rows()
    }
    expected = {
        (a, b, year): int(bound)
        for a, start, length, bound in spells
        for b, other, span, _ in spells
        for year in range(max(start, other), min(start + length, other + span) + 1)
        if a != b
    }
    assert found == expected


def test_the_member_file_is_needed(tmp_path):
    from_store = pytest.importorskip("foedus.archive.store")
    with pytest.raises(FoedusError, match="foedus data pull atop"):
        memberships(from_store.Store(write_csv(tmp_path / "x.csv", [{"a": 1}]).parent))
