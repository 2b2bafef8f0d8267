"""A case from the record: it passes the check, says what is judged, and knows nothing later than its year."""

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


def test_treaties_of_the_day_are_in_force_and_ended_ones_are_not(asia):
    found = {i["id"]: i for i in yaml.safe_load((asia / "institutions.yaml").read_text())["institutions"]}
    assert found["ATOP5"]["members"] == ["USA", "AUS"]
    assert found["ATOP5"]["kind"] == "bilateral"
    assert found["ATOP6"]["members"] == ["USA", "JPN"]
    assert "ATOP4" not in found


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
