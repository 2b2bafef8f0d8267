"""Findings: what is listed, compared and looked up, and the parameters under which a system is looked at."""

from __future__ import annotations

import pytest

from foedus.casebook.reader import read_case
from foedus.model.parameters import Parameters
from foedus.systems.finding import Check, Finding, Setting, event, higher, listed
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Column, table


def test_a_pair_counts_whole_where_the_first_is_higher_and_half_where_both_are_alike() -> None:
    assert higher([2.0, 1.0, 0.0], [1.0]) == [1.0, 0.5, 0.0]
    assert higher([2.0], [1.0, 3.0]) == [1.0, 0.0]


def test_states_are_listed_by_name_and_nobody_is_said_in_a_word() -> None:
    assert listed(["JPN", "KOR"]) == "Japan and South Korea"
    assert listed([]) == "nobody"


def test_a_system_is_looked_at_with_the_defaults_unless_other_values_are_given() -> None:
    assert Setting().parameters == Parameters()
    mine = Setting(("fee",), Parameters({"treaty_reliability": 0.5})).parameters
    assert mine["treaty_reliability"] == 0.5
    assert mine == Setting(("fee",)).parameters.replace({"treaty_reliability": 0.5})
    assert mine != Parameters({"treaty_reliability": 0.5})  # a mechanism is off


def test_cases_and_events_are_found_by_name() -> None:
    case = Setting().case("indo-pacific-2020")
    assert case.sha256 == read_case("indo-pacific-2020").sha256
    assert [event(case, e.id) for e in case.events[:3]] == list(case.events[:3])


def test_a_finding_has_its_tables_by_name() -> None:
    tables = tuple(table(n, n, [Column("a")], [[1]]) for n in ("ladder", "years"))
    found = Finding("x", tables, (Check("s", "m", "h", True),), (), draws=3)
    assert found.table("years") is tables[1]
    assert repr(found) == "<Finding about x, 1 statements, 3 draws>"
    with pytest.raises(FoedusError, match=r"table 'yeers': 'x' has no such table\. Did you mean 'years'"):
        found.table("yeers")
