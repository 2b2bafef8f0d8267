"""Findings: a number with its band, shares of draws, and which uncertainty goes with an answer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from foedus.model.parameters import Parameters
from foedus.questions.findings import Band, band_cells, band_columns
from foedus.questions.what_forms import BODY, CHANCE
from foedus.questions.who_blocks import GAIN
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Column, table
from questions.asked import PLAIN, answered, case_of

nan = math.nan


def test_a_band_is_the_value_in_use_and_quantiles_of_the_draws() -> None:
    found = answered({"a": 7.0, "b": 1.0}, {"a": range(101), "c": [nan] * 101})
    assert found.band("a") == Band(7.0, 50.0, 5.0, 95.0)
    assert found.band("b").default == 1.0
    assert all(map(math.isnan, (found.band("b").median, found.band("b").low, found.band("b").high)))
    assert all(map(math.isnan, vars(found.band("c")).values()))
    with pytest.raises(FoedusError, match=r"this assessment has no such answer\. Known names: a, b, c"):
        found.band("zzzz")


def test_draws_without_an_answer_do_not_count() -> None:
    found = answered({}, {"a": [nan, 3.0, 1.0, nan]})
    assert found.drawn("a").tolist() == [3.0, 1.0]
    assert found.drawn("b").size == 0
    assert found.band("a").median == 2.0
    assert math.isnan(found.value("a"))
    assert found.draws == 4


def test_a_share_is_of_the_draws_below() -> None:
    found = answered({"a": 0.0}, {"a": [-1.0, 0.0, 1.0, 2.0]})
    assert found.share("a", 0.0) == 0.25
    assert found.share("a", 3.0) == 1.0
    assert math.isnan(answered({"a": 0.0}).share("a", 0.0))


def test_answers_of_a_measure_come_in_their_order_and_can_be_narrowed() -> None:
    given = {GAIN("x", "KOR"): 1.0, "other": 5.0, GAIN("y", "JPN"): 2.0, GAIN("x", "JPN"): 3.0}
    found = answered(given, {GAIN("z", "USA"): [1.0]})
    assert [(b["BODY"], b["STATE"], band.default) for b, band in found.kept(GAIN)][:3] == [
        ("x", "KOR", 1.0),
        ("y", "JPN", 2.0),
        ("x", "JPN", 3.0),
    ]
    assert [b["STATE"] for b, _ in found.kept(GAIN, body="x")] == ["KOR", "JPN"]
    assert found.names == (*given, GAIN("z", "USA"))


def test_hashes_tell_cases_parameters_and_results_apart() -> None:
    one, same = answered({}, {"a": [1.0]}), answered({}, {"a": [1.0]})
    other = answered({}, {"a": [2.0]}, parameters=Parameters())
    assert one.hashes() == same.hashes()
    differ = {k for k, v in one.hashes().items() if other.hashes()[k] != v}
    assert differ == {"parameters", "result"}
    assert all(len(v) == 64 for v in one.hashes().values())


def test_it_shows_itself_and_its_tables_by_name() -> None:
    found = answered({CHANCE(BODY): 0.1}, {"a": [1.0, 2.0]}, case_of(title="A & B"))
    assert repr(found) == "<Assessment of small, 2 draws, seed 1, 1 answers>"
    assert found.workers == 1
    forms = table("forms", "What forms", [Column("form")], [["a body"]])
    record = Record("x", "t", "q", "", ("Said < once.",), (Section("s", "S", tables=(forms,)),))
    told = replace(found, tell=lambda of: record if of.case.title == "A & B" else None)
    assert told.record is record
    assert told.table("forms") is forms
    with pytest.raises(FoedusError, match=r"this assessment has no such table\. Did you mean 'forms'"):
        told.table("form")
    shown = told._repr_html_()
    assert shown.startswith("<h3>A &amp; B</h3><p>Said &lt; once.</p><table>")
    assert "a body" in shown


def test_bands_as_columns_and_cells() -> None:
    columns = band_columns("bn", "money", 1.0)
    assert [c.name for c in columns] == ["default", "median", "low", "high"]
    assert {c.unit for c in columns} == {"bn"}
    assert {c.form for c in columns} == {"money"}
    assert [c.bar for c in columns] == [1.0, 0.0, 0.0, 0.0]
    drops = {c.name: c.drop for c in columns}
    assert drops["default"] == 0  # the number itself always stays
    assert drops["median"] > drops["low"] == drops["high"] > 0  # the range outlasts the median
    assert band_cells(Band(1.0, nan, -math.inf, 2.0)) == [1.0, None, None, 2.0]


def test_the_study_is_that_of_the_values_in_use() -> None:
    found = answered({})
    assert found.study.parameters == PLAIN
    assert found.study.world.states == found.case.states
