"""Runs: facts of the year with what was put, what is kept of a year, and who stands in the way."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from casebook.yearly import write_yearly_case
from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.casebook.series import Calendar
from foedus.model.architecture import Architecture, Kind, Rule, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.chance import Chance
from foedus.simulation.formation import gains, star
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course, YearRecord, one_year, who_blocks_most, years_of
from foedus.simulation.will import DrawnWill
from worlds import random_world


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(write_yearly_case(tmp_path_factory.mktemp("course") / "small"))


def test_facts_are_those_of_the_case_unless_drawn_or_put(case: Case) -> None:
    calendar = Calendar(case)
    plain = Course(calendar, Parameters()).facts(1995)
    drawn = Course(calendar, Parameters(), {"sovereignty JPN": 1.0}).facts(1995)
    label = next(f for f in case.facts if f.quantity == "sovereignty" and f.subject == "JPN")
    assert drawn.sovereignty[plain.index("JPN")] == pytest.approx(label.high)
    others = [k for k in range(len(plain.states)) if k != plain.index("JPN")]
    assert drawn.sovereignty[others].tolist() == plain.sovereignty[others].tolist()
    key = ("sovereignty", "JPN", None)
    put = Course(calendar, Parameters(), {"sovereignty JPN": 1.0}, {key: 0.125}).facts(1995)
    assert put.sovereignty[plain.index("JPN")] == 0.125  # what is put goes before what is drawn


def test_facts_of_states_that_are_not_there_wait(case: Case) -> None:
    course = Course(
        Calendar(case), Parameters(), {}, {("sovereignty", "GBR", None): 0.5, ("grievance", "JPN", "GBR"): 0.5}
    )
    plain = Course(Calendar(case), Parameters())
    assert course.facts(1995).digest() == plain.facts(1995).digest()


def test_drafts_and_institutions_of_the_hub_open_a_run(case: Case) -> None:
    table = {"star + forum": ("USA", "JPN", "KOR")}
    standing = Course(Calendar(case), Parameters(), drafts=table).start(1996)
    assert standing.drafts == table
    assert {m.kind for m in standing.architecture} == {Kind.BILATERAL, Kind.FORUM}
    assert (standing.perception, standing.grievance, standing.divergence_left) == ({}, {}, {})


def test_a_run_has_every_year_from_the_first_to_the_last(case: Case) -> None:
    course = Course(Calendar(case), Parameters())
    will = DrawnWill(Chance(1, 0))
    records = list(years_of(course, 1998, 2001, will))
    assert [r.year for r in records] == [1998, 1999, 2000, 2001]
    handed, first = one_year(course, course.start(1998), 1998, DrawnWill(Chance(1, 0)))
    assert first.world.digest() == records[0].world.digest()
    second = one_year(course, handed, 1999, DrawnWill(Chance(1, 0)))[1]
    assert second.world.digest() == records[1].world.digest()
    for record in records:
        assert record.lived.architecture == record.world.in_force


def test_what_is_made_in_a_year_is_punished_in_it_and_not_later(case: Case) -> None:
    course = Course(Calendar(case), Parameters())
    made = kept = 0
    for run in range(4):
        before = course.start(1993).architecture
        for record in years_of(course, 1993, 2004, DrawnWill(Chance(1, run))):
            left = {e.institution for e in record.events if e.happening is Happening.LEFT}
            for m, new in zip(record.world.in_force, record.lived.roster.new, strict=True):
                if m in before and m not in left:
                    kept += 1
                    assert not new
                elif any(
                    e.institution == m and e.happening in (Happening.SIGNED, Happening.FORMED) for e in record.events
                ):
                    made += 1
                    assert new
            before = record.world.in_force
    assert made > 0
    assert kept > 0


def test_the_hub_has_its_share_where_there_is_something_to_share() -> None:
    world = random_world(1, 3, hub="S1")

    def record(grand: float) -> YearRecord:
        seen: Any = SimpleNamespace(quantities={"bargained_value": np.array([1.0, 3.0, 4.0]), "joint_worth": grand})
        return YearRecord(2000, world, seen, (), "")

    assert record(12.0).hub_value == 3.0
    assert record(12.0).hub_share == 0.25
    assert np.isnan(record(0.0).hub_share)
    assert np.isnan(record(-1.0).hub_share)
    assert record(0.5).hub_share == 6.0


def test_who_gains_least_by_a_council_blocks_it() -> None:
    appraiser = Appraiser(random_world(27), Parameters())
    members = ("S0", "S2", "S4", "S1")
    gain = gains(appraiser, body(members, Rule.CONSENSUS), star(appraiser))
    assert who_blocks_most(appraiser, members) == min(members, key=lambda s: gain[appraiser.world.index(s)])
    assert who_blocks_most(appraiser, ()) == ""


def test_a_blank_slate_forgets_the_record(case: Case) -> None:
    course = Course(Calendar(case), Parameters(), blank_slate=True)
    assert course.start(1996).architecture == Architecture()
    assert course.commitments(1996) == Architecture()
    kept = replace(course, blank_slate=False)
    assert [m.kind for m in kept.commitments(1996)] == [Kind.DE_FACTO]
    assert Kind.DE_FACTO not in {m.kind for m in kept.start(1996).architecture}
    assert forum(("USA", "JPN", "KOR")).members in {m.members for m in kept.start(1996).architecture}
