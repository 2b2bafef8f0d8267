"""Yearly series, held to hand-worked values: what stands between two years, at the ends, and for whom."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.casefiles import write_case
from foedus.casebook.case import Case, Series
from foedus.casebook.reader import case_names, examine, read_case
from foedus.casebook.series import HELD, Calendar, in_year, split_year, value_in, years_covered
from foedus.model.builder import build_world, treaties_in_force
from foedus.vocabulary.errors import FoedusError

SERIES = """defaults:
  gdp: {unit: bn international $ of 2011, source: book}
  trade: {unit: share of GDP, source: book}
  sovereignty: {unit: share}
within: {sovereignty: 0.1}
series:
  - {quantity: gdp, of: JPN, values: {1990: 1000, 2000: 4000}}
  - {quantity: gdp, of: USA, values: {1951: 2000}}
  - {quantity: trade, of: JPN, against: CHN, values: {1990: 0, 2000: 0.02}}
  - {quantity: sovereignty, of: JPN, values: {1952: 0.2, 1960: 0.4, 1992: 0.95}, step: true, judged: "Treaties and laws of these years"}
  - {quantity: perception, of: KOR, against: CHN, unit: multiplier, values: {1990: 0.5}, within: 0.2, judged: "One government at a time"}
"""


def with_series(folder: Path, series: str) -> Path:
    """Write the small case of the tests with a series.yaml beside it."""
    written = write_case(folder / "small")
    (written / "series.yaml").write_text(series, encoding="utf-8")
    return written


def small(folder: Path, series: str = SERIES) -> Case:
    """Return the small case of the tests with a series.yaml beside it."""
    return read_case(with_series(folder, series))


@pytest.mark.parametrize(
    ("series", "year", "value"),
    [
        (Series(("gdp", "JPN", None), ((1990, 1000.0), (2000, 4000.0))), 1995, 2000.0),  # the geometric mean
        (Series(("gdp", "JPN", None), ((1990, 1000.0), (2000, 4000.0))), 1980, 1000.0),
        (Series(("gdp", "JPN", None), ((1990, 1000.0), (2000, 4000.0))), 2015, 4000.0),
        (Series(("trade", "JPN", "CHN"), ((1990, 0.0), (2000, 0.02))), 1995, 0.01),  # with a zero: by differences
        (Series(("ideal_point", "JPN", None), ((1990, -1.0), (1994, 1.0))), 1993, 0.5),
        (Series(("rivalry", "USA", "CHN"), ((1951, 1.0), (1973, 0.0), (1996, 1.0)), step=True), 1972, 1.0),
        (Series(("rivalry", "USA", "CHN"), ((1951, 1.0), (1973, 0.0), (1996, 1.0)), step=True), 1973, 0.0),
        (Series(("rivalry", "USA", "CHN"), ((1951, 1.0), (1973, 0.0), (1996, 1.0)), step=True), 1995, 0.0),
        (Series(("rivalry", "USA", "CHN"), ((1951, 1.0), (1973, 0.0)), step=True), 1900, 1.0),
        (Series(("cinc", "USA", None), ((1951, 0.3),)), 2020, 0.3),
    ],
)
def test_values_between_and_beyond_the_years_given(series: Series, year: int, value: float) -> None:
    assert value_in(series, year) == pytest.approx(value)


@given(
    st.dictionaries(st.integers(1950, 2020), st.floats(0.001, 1000), min_size=1, max_size=6),
    st.integers(1940, 2030),
    st.booleans(),
)
def test_no_value_leaves_the_range_of_those_given(values: dict[int, float], year: int, step: bool) -> None:
    found = value_in(Series(("gdp", "USA", None), tuple(sorted(values.items())), step), year)
    assert min(values.values()) * (1 - 1e-9) <= found <= max(values.values()) * (1 + 1e-9)
    if year in values:
        assert found == pytest.approx(values[year])


def test_a_case_in_another_year_takes_the_values_of_that_year(tmp_path: Path) -> None:
    case = small(tmp_path)
    then = in_year(case, 1995)
    assert (then.name, then.as_of.isoformat()) == ("small@1995", "1995-12-31")
    assert then.fact("gdp", "JPN").value == pytest.approx(2000)
    assert then.fact("gdp", "KOR").value == case.fact("gdp", "KOR").value  # no series: as in the case
    assert then.fact("sovereignty", "JPN").value == 0.95
    assert (then.fact("sovereignty", "JPN").low, then.fact("sovereignty", "JPN").high) == (pytest.approx(0.85), 1.0)
    assert then.fact("perception", "KOR", "CHN").value == 0.5
    assert then.sha256 != case.sha256
    assert in_year(case, 2000) is case


def test_states_that_were_not_in_the_system_are_left_out(tmp_path: Path) -> None:
    then = in_year(small(tmp_path), 1951)
    assert then.states == ("USA", "KOR", "TWN")  # Japan was occupied until April 1952
    assert then.quarrel == ()
    assert then.watch == ()
    assert all(f.subject != "JPN" and f.against != "JPN" for f in then.facts)
    assert build_world(then).distance.shape == (3, 3)


def test_the_ends_are_held_for_a_generation_and_no_longer(tmp_path: Path) -> None:
    case = small(tmp_path)
    assert years_covered(case) == (1951, 2000)
    assert in_year(case, 2000 + HELD).fact("gdp", "JPN").value == pytest.approx(4000)
    for year in (1950, 2000 + HELD + 1):
        with pytest.raises(FoedusError, match="its yearly data run from 1951 to 2000"):
            in_year(case, year)


def test_a_case_without_series_has_one_year(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    assert years_covered(case) == (2000, 2000)
    with pytest.raises(FoedusError, match="no yearly data"):
        in_year(case, 1999)


def test_a_calendar_works_a_year_out_once_and_travels(tmp_path: Path) -> None:
    calendar = Calendar(small(tmp_path))
    assert calendar[1995] is calendar[1995]
    assert pickle.loads(pickle.dumps(calendar))[1995].facts == calendar[1995].facts


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("quantity: gdp, of: USA", "quantity: gpd, of: USA", "there is no quantity 'gpd'"),
        ("quantity: gdp, of: USA", "quantity: gdp, of: USSR", "'USSR' is not a state of this case"),
        ("quantity: gdp, of: USA", "quantity: gdp, of: JPN", "is given twice"),
        ("of: JPN, against: CHN, values", "of: JPN, values", "trade of JPN is against nobody"),
        ("of: JPN, against: CHN, values", "of: JPN, against: KOR, values", "trade of JPN is against KOR"),
        ("{1951: 2000}", "{1951: -3}", "-3 in 1951 is outside what gdp can be"),
        ("{1951: 2000}", "{1751: 2000}", "1751 is not a year of the interstate system"),
        ("{1951: 2000}", "{}", "series"),
        (
            "gdp: {unit: bn international $ of 2011, source: book}",
            "gdp: {unit: bn yen, source: book}",
            "unit of gdp is bn yen",
        ),
        (
            "gdp: {unit: bn international $ of 2011, source: book}",
            "gdp: {unit: bn international $ of 2011}",
            "the source is missing",
        ),
        (
            "gdp: {unit: bn international $ of 2011, source: book}",
            "gdp: {unit: bn international $ of 2011, source: boook}",
            "there is no source 'boook'",
        ),
        ("within: {sovereignty: 0.1}", "within: {}", "needs within:"),
        ("  sovereignty: {unit: share}", "  sovereignity: {unit: share}", "there is no such quantity"),
        ("of: USA, values", "of: USA, against: CHN, values", "gdp is about one state"),
    ],
)
def test_bad_series_get_a_sentence_with_their_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in SERIES
    _, problems = examine(with_series(tmp_path, SERIES.replace(before, after)))
    assert any(message in str(p) for p in problems), [str(p) for p in problems]
    assert any("series.yaml:" in p.where for p in problems)


@pytest.mark.parametrize(
    ("name", "found"), [("europe-1949@1955", ("europe-1949", 1955)), ("europe-1949", ("europe-1949", None))]
)
def test_a_year_stands_after_the_name(name: str, found: tuple[str, int | None]) -> None:
    assert split_year(name) == found


@pytest.mark.parametrize("name", ["europe-1949@", "europe-1949@55", "europe-1949@soon"])
def test_what_is_no_year_is_said(name: str) -> None:
    with pytest.raises(FoedusError, match="is not a year"):
        split_year(name)


WITH_SERIES = [n for n in case_names() if read_case(n).series]


@pytest.mark.parametrize("name", WITH_SERIES)
def test_the_series_of_a_built_in_case_meet_its_own_year(name: str) -> None:
    """The value of a series in the year of the case is the fact, or lies in its range: no jump at the case."""
    case = read_case(name)
    for s in case.series:
        fact = case.index.get(s.key)
        if fact is None:
            continue
        found = value_in(s, case.as_of.year)
        assert found == pytest.approx(fact.value, rel=0.02, abs=0.02) or (
            fact.low is not None and fact.high is not None and fact.low <= found <= fact.high
        ), (s.key, found, fact.value)


@pytest.mark.parametrize("name", WITH_SERIES)
def test_a_world_can_be_built_in_every_tenth_year(name: str) -> None:
    case = read_case(name)
    first, last = years_covered(case)
    for year in range(first + 4, last + 1, 10):
        world = build_world(in_year(case, year))
        assert world.hub in world.states
        assert (world.gdp > 0).all()


def test_treaties_of_the_pacific_come_and_go_as_the_record_says() -> None:
    def bound(year: int) -> set[frozenset[str]]:
        return {frozenset(m.members) for m in treaties_in_force(read_case(f"indo-pacific-2020@{year}"))}

    ally = {s: frozenset(("USA", s)) for s in ("JPN", "KOR", "PHL", "THA", "TWN", "AUS")}
    anzus, seato = frozenset(("USA", "AUS", "NZL")), frozenset(("USA", "AUS", "NZL", "PHL", "THA"))
    # ANZUS binds the United States and Australia from 1952 on, until 1986 together with New Zealand.
    assert bound(1952) == {ally["JPN"], ally["PHL"], ally["AUS"], anzus}
    assert bound(1960) == {ally["JPN"], ally["PHL"], ally["KOR"], ally["TWN"], ally["THA"], ally["AUS"], anzus, seato}
    assert seato not in bound(1980)
    assert anzus in bound(1985)
    assert anzus not in bound(1986)
    assert bound(2007) == set(ally.values())
