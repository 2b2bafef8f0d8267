"""Whole runs under the laws of time: what they forbid does not happen, and what cannot act moves no draw."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from foedus.casebook.reader import read_case
from foedus.casebook.series import Calendar
from foedus.model.architecture import Kind
from foedus.model.parameters import Parameters
from foedus.simulation.chance import Chance
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course, YearRecord, years_of
from foedus.simulation.will import DrawnWill
from worlds import FIRST_EDITION

YEARS = (1974, 1984)
OLD = {**FIRST_EDITION, "holding": "habit"}


def runs(laws: Mapping[str, str], changes: Mapping[str, float] | None = None, count: int = 2) -> list[list[YearRecord]]:
    course = Course(Calendar(read_case("indo-pacific-2020")), Parameters(changes, laws=laws))
    return [list(years_of(course, *YEARS, DrawnWill(Chance(1, run)))) for run in range(count)]


def told(found: list[list[YearRecord]]) -> list[list[str]]:
    return [[f"{e.year} {e.text} {e.draw}" for year in run for e in year.events] for run in found]


@pytest.fixture(scope="module")
def plain() -> list[list[str]]:
    return told(runs(OLD))


@pytest.mark.parametrize(
    ("laws", "changes"),
    [
        ({"door": "open"}, {"application_habit": 0.0}),
        ({"door": "each-alone"}, {"application_habit": 0.0}),
        ({"agenda": "table"}, {"table_memory": 1e15}),
        ({"term": "expires"}, {}),
        ({"term": "expires"}, {"term_effect": 0.0}),
    ],
)
def test_a_law_that_cannot_act_moves_no_draw(
    plain: list[list[str]], laws: dict[str, str], changes: dict[str, float]
) -> None:
    assert told(runs({**OLD, **laws}, changes)) == plain


def test_no_treaty_of_two_outlives_recognition() -> None:
    found = runs({}, count=3)
    for run in found:
        for year in run:
            world = year.world
            unknown = {s for i, s in enumerate(world.states) if world.recognised[i] < 1.0}
            bound = [m for m in world.in_force if m.kind is Kind.BILATERAL and m.has(world.hub)]
            assert not any(unknown & set(m.members) for m in bound)
    ended = [
        e
        for run in found
        for year in run
        for e in year.events
        if e.happening is Happening.LEFT and e.probability == 1.0
    ]
    assert {(e.year, e.actor) for e in ended} == {(1979, "USA")}
    kept = [m for run in runs({"recognition": "outlived"}) for m in run[-1].world.in_force if m.has("USA", "TWN")]
    assert any(m.kind is Kind.BILATERAL for m in kept)  # without that law it goes on


def test_without_habits_nobody_leaves() -> None:
    never = {"treaty_end_habit": 0.0, "body_exit_habit": 0.0, "forum_end_habit": 0.0}
    found = runs({"recognition": "outlived", "term": "silent"}, never)
    assert [e for run in found for y in run for e in y.events if e.happening in (Happening.LEFT, Happening.ENDED)] == []


def test_what_was_passed_over_is_proposed_less() -> None:
    many = {"every-year": 0, "table": 0}
    for law in many:
        found = runs({"agenda": law}, count=4)
        many[law] = sum(
            e.happening is Happening.PROPOSED and e.institution is not None and e.institution.kind is Kind.MULTILATERAL
            for run in found
            for year in run
            for e in year.events
        )
    assert 0 < many["table"] < many["every-year"]
