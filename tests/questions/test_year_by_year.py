"""Year by year: one round in every year of the data, and when institutions were in force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import foedus
from foedus.asking.ask import Ask
from foedus.casebook.in_force import bounds, spells
from foedus.questions.what_forms import BODY
from foedus.questions.year_by_year import OneYear, year_by_year


def test_spells_are_those_of_the_record_treaties_of_the_hub_first() -> None:
    found = spells(foedus.read_case("indo-pacific-2020"))
    japan = next(s for s in found if s.label == "Japan" and s.begun > 1955)
    assert japan.kind == "bilateral"
    assert japan.begun == pytest.approx(1960.47, abs=0.01)
    kinds = [s.kind == "forum" for s in found]
    assert kinds == sorted(kinds)
    first, last = bounds(foedus.read_case("indo-pacific-2020"))
    assert all(first <= s.begun < s.ended <= last + 1 for s in found)


def test_the_year_of_the_case_is_the_round_of_that_year() -> None:
    task = Ask("indo-pacific-2020", draws=0).task()
    rows = {r["year"]: r for r in year_by_year(task)}
    first, last = bounds(task.case)
    assert list(rows) == list(range(first, last + 1))
    same = foedus.assess("indo-pacific-2020@2007", draws=0).value("forms|body||probability")
    assert rows[2007][BODY] == pytest.approx(same)


def test_a_case_without_a_series_has_its_one_year_and_another_year_is_nothing() -> None:
    task = Ask("europe-1914", draws=0).task()
    one = replace(task, case=replace(task.case, series=()))
    (row,) = year_by_year(one)
    assert row["year"] == 1914
    assert np.isnan(list(OneYear(one)(np.array([1700.0])).values())).all()


def test_without_a_series_the_picture_begins_with_the_oldest_institution_but_not_too_early_nor_too_late() -> None:
    case = replace(foedus.read_case("indo-pacific-2020"), series=())
    here = case.as_of.year
    kept = next(r for r in case.institutions if r.kind == "bilateral" and r.in_force)

    def since(in_force: str | None, signed: str | None) -> tuple[int, int]:
        return bounds(replace(case, institutions=(replace(kept, in_force=in_force, signed=signed),)))

    assert since(f"{here - 20}-05-01", None) == (here - 20, here + 5)
    assert since(None, f"{here - 30}") == (here - 30, here + 5)
    assert since(f"{here - 20}-05-01", f"{here - 30}") == (here - 20, here + 5), (
        "what counts is the day it came into force"
    )
    assert since(f"{here - 200}", None) == (here - 75, here + 5)
    assert since(f"{here - 1}", None) == since(None, None) == (here - 10, here + 5)
    last = replace(
        case, institutions=(replace(kept, in_force=f"{here + 5}-12-31"), replace(kept, in_force=f"{here + 6}-01-01"))
    )
    (spell,) = spells(last)
    assert (spell.begun, spell.ended) == (pytest.approx(here + 6, abs=0.01), here + 6), (
        "begun in the last year, and no later"
    )
