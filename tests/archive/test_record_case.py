"""A case from the record: it passes the check, says what is judged, and knows nothing later than its year."""

import polars as pl
import pytest
import yaml

from archive.published_files import SHARED, needs_shared
from estimation.records import Records, records
from foedus.archive.datasets.tidy import TidyFolder
from foedus.archive.record_case import case_from_record
from foedus.casebook.reader import examine, read_case
from foedus.model.builder import build_world
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def asia(tmp_path_factory):
    return case_from_record(tmp_path_factory.mktemp("case") / "asia-1962", records(), "asia-pacific", 1962)


def test_it_passes_the_check_and_makes_a_world(asia):
    _, problems = examine(asia)
    assert problems == []
    case = read_case(asia)
    assert case.hub == "USA"
    assert set(case.adversaries) == {"RUS", "CHN"}
    assert {"JPN", "AUS"} <= set(case.states)
    assert build_world(case).in_force


def test_every_number_has_a_source_or_a_reason_and_a_range(asia):
    case = read_case(asia)
    for fact in case.facts:
        assert (
            fact.source or (fact.judged and fact.low is not None) or "default" in str(fact.note).lower() or fact.judged
        ), fact
    judged = {f"{f.subject} {f.quantity}" for f in case.facts if f.judged and f.quantity == "gdp"}
    notes = (asia / "case.yaml").read_text()
    # States of which the data know nothing are there, flagged, not left out and not made up in silence.
    assert judged
    assert all(name.split()[0] in notes for name in judged)


def test_a_grievance_may_be_wrong_by_as_much_either_way_and_is_a_share(asia):
    found = [f for f in read_case(asia).facts if f.quantity == "grievance" and f.judged and f.value]
    assert found
    for f in found:
        below, above = round(f.value - f.low, 9), round(f.high - f.value, 9)
        assert 0 <= f.low <= f.value <= f.high <= 1, f
        assert below == 0.3 or (f.low == 0 and below < 0.3), f
        assert above == 0.3 or (f.high == 1 and above < 0.3), f


def test_treaties_of_the_day_are_in_force_and_ended_ones_are_not(asia):
    found = {i["id"]: i for i in yaml.safe_load((asia / "institutions.yaml").read_text())["institutions"]}
    assert found["ATOP5"]["members"] == ["USA", "AUS"]
    assert found["ATOP5"]["kind"] == "bilateral"
    assert found["ATOP6"]["members"] == ["USA", "JPN"]
    assert "ATOP4" not in found


def test_a_treaty_that_ends_on_the_last_day_of_the_year_is_over(tmp_path):
    """Washington and Canberra until the last day of 1962, Washington and Tokyo until that of the year after."""
    spells = records().table("atop_member")
    last = {5: 1962, 6: 1963}
    until = pl.col("atopid").replace_strict(last, default=0)
    ended = {"exit_year": until, "exit_month": (until > 0) * 12, "exit_day": (until > 0) * 31, "in_force": until == 0}
    known = spells.filter(pl.col("atopid").is_in(list(last))).with_columns(
        **{k: v.cast(spells.schema[k]) for k, v in ended.items()}
    )
    made = case_from_record(tmp_path / "case", changed(atop_member=known), "asia-pacific", 1962)
    found = {i["id"] for i in yaml.safe_load((made / "institutions.yaml").read_text())["institutions"]}
    assert found == {"ATOP6"}


def test_nothing_after_the_year_is_looked_at(tmp_path, asia):
    whole = records()
    cut = {
        name: table.filter(table[next(c for c in ("year", "entry_year", "start") if c in table.columns)] <= 1962)
        for name, table in whole.tables.items()
    }
    again = case_from_record(tmp_path / "asia-1962", Records(cut), "asia-pacific", 1962)
    for file in ("states.yaml", "relations.yaml", "institutions.yaml"):
        assert (again / file).read_text() == (asia / file).read_text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"region": "azia"}, "no such region"),
        ({"year": 1700}, "not coded"),
        ({"year": 2024}, "not coded"),
        ({"hub": "XYZ"}, "no member of the state system"),
        ({"states": ("DDD",)}, "no member of the state system"),
        ({"region": "africa", "hub": "ETH"}, "had a rival"),
        ({"states": ("CHN",), "adversaries": ("CHN",)}, "fewer than two"),
    ],
)
def test_wrong_input_gets_a_sentence(tmp_path, asked, said):
    full = {"region": "asia", "year": 1962, **asked}
    with pytest.raises(FoedusError, match=said):
        case_from_record(tmp_path / "new", records(), **full)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (("capabilities",), "table 'capabilities': a case needs this table of National Material Capabilities"),
        (("atop_member",), "foedus data pull atop"),
        (("gdp_fariss",), "or of Maddison Project Database"),
        (("ideal_point", "polyarchy"), "table 'ideal_point'"),
        (("rivalry",), "download it from .* and import it"),
        (("mid_dyad_year",), "table 'gml_dyad_year'"),
        (("trade",), "foedus data pull cow-trade"),
    ],
)
def test_a_missing_table_is_named_first(tmp_path, gone, said):
    half = {n: t for n, t in records().tables.items() if n not in gone}
    with pytest.raises(FoedusError, match=said) as caught:
        case_from_record(tmp_path / "new", Records(half), "asia", 1962)
    assert len(caught.value.problems) == 1
    with pytest.raises(FoedusError) as caught:
        case_from_record(tmp_path / "new", Records({}), "asia", 1962)
    assert len(caught.value.problems) == 7


def test_a_year_after_the_end_of_the_capabilities_is_said(tmp_path):
    with pytest.raises(FoedusError, match="nothing for 1980; it runs from 1946 to 1975"):
        case_from_record(tmp_path / "new", records(), "asia", 1980)


def changed(**tables):
    return Records({**records().tables, **tables})


def trade_of(made, state, adversary):
    return next(f for f in read_case(made).facts if (f.quantity, f.subject, f.against) == ("trade", state, adversary))


def test_trade_that_nobody_reports_is_none_and_at_most_a_little(tmp_path):
    """Japan and the Soviet Union: one report in the window, then none, then no trade coded at all."""
    trade = records().table("trade")
    pair = (pl.col("ccode1") == 365) & (pl.col("ccode2") == 740)
    early = changed(trade=trade.filter(~pair | (pl.col("year") <= 1955)))
    found = trade_of(case_from_record(tmp_path / "a", early, "asia-pacific", 1962), "JPN", "RUS")
    of_1955 = trade.filter(pl.col("year") == 1955)
    flows = of_1955.filter((pl.col("ccode1") == 740) | (pl.col("ccode2") == 740))["trade"].sum()
    assert found.value == pytest.approx(0.4 * of_1955.filter(pair)["trade"][0] / flows, rel=1e-2)
    assert found.low == pytest.approx(found.value * 0.15 / 0.4, rel=1e-2)
    assert found.high == pytest.approx(max(found.value * 0.8 / 0.4, found.low + 1e-4), rel=1e-2)
    assert "the last report is of 1955" in str(found.judged)
    never = changed(trade=trade.filter(~pair))
    found = trade_of(case_from_record(tmp_path / "b", never, "asia-pacific", 1962), "JPN", "RUS")
    now = trade.filter((pl.col("year") == 1962) & ~pair)
    share = now.filter((pl.col("ccode1") == 365) | (pl.col("ccode2") == 365))["trade"].sum() / now["trade"].sum()
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.4 * share, rel=1e-2)
    assert "No trade reported in 10 years" in str(found.judged)
    uncoded = changed(trade=trade.filter(pl.col("year") < 1950))
    found = trade_of(case_from_record(tmp_path / "c", uncoded, "asia-pacific", 1962), "JPN", "RUS")
    assert found.low == 0.0
    assert found.high == pytest.approx(2 * found.value, rel=1e-2)
    assert "not in the data" in str(found.judged)


def test_product_that_is_missing_is_judged_by_capabilities(tmp_path):
    """A great power without an estimate is not a small economy of ten billion."""
    product = records().table("gdp_fariss").filter(pl.col("ccode") != 2)
    made = case_from_record(tmp_path / "case", changed(gdp_fariss=product), "asia-pacific", 1962)
    found = next(f for f in read_case(made).facts if (f.quantity, f.subject) == ("gdp", "USA"))
    assert found.judged
    assert found.low == pytest.approx(found.value / 3)
    assert found.value > 500


def test_positions_are_the_mean_of_three_sessions(tmp_path, asia):
    votes = records().table("ideal_point").filter((pl.col("ccode") == 740) & pl.col("year").is_between(1960, 1962))
    found = next(f for f in read_case(asia).facts if (f.quantity, f.subject) == ("ideal_point", "JPN"))
    assert found.value == pytest.approx(votes["ideal_point"].mean(), rel=1e-4)
    assert found.note == "mean of 3 sessions"


def test_distances_between_capitals_are_said_to_come_with_the_package(asia):
    found = next(
        f for f in read_case(asia).facts if f.quantity == "distance" and {f.subject, f.against} == {"USA", "JPN"}
    )
    assert found.value == pytest.approx(10_900, rel=0.01)
    assert found.source == ("capitals",)


def test_a_folder_that_is_there_is_left_alone(asia):
    with pytest.raises(FoedusError, match="there already"):
        case_from_record(asia, records(), "asia", 1962)


@needs_shared
@pytest.mark.parametrize(
    ("region", "year", "hub", "there"), [("asia", 1965, "USA", "TWN"), ("europe", 1936, "RUS", "FRA")]
)
def test_places_of_the_record(tmp_path, region, year, hub, there):
    """Taiwan, without a seat in most data sets, is a state like others."""
    made = case_from_record(tmp_path / "case", TidyFolder(SHARED), "asia", 1965)
    assert examine(made)[1] == []
    case = read_case(made)
    assert case.hub == "USA"
    assert "TWN" in case.states
