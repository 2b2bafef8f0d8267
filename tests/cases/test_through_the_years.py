"""The built-in case through the years, held loosely to what the specification of the model says of it."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.casebook.series import Calendar
from foedus.model.architecture import Architecture
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.chance import Chance
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course
from foedus.simulation.will import DrawnWill
from foedus.simulation.year import Moment, Standing, data_year, ladder, leaders_change, quarrels_flare, standing_of
from foedus.systems.history import institution_named, members_through_the_years, what_moves_consent

QUAD = "USA–JPN–AUS–IND"


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("indo-pacific-2020")


def test_the_quad_is_near_consent_without_a_trend_and_australia_is_its_weakest_link(case: Case) -> None:
    # the specification: yearly consent .69 to .86 in 2004-2019 with no trend, Australia weakest in 94 % of years
    quad = institution_named(case, "QUAD2017")
    found = members_through_the_years(case, quad, range(2004, 2020))
    agree = np.array([found[y][f"consent|{QUAD}||acceptance"] for y in range(2004, 2020)])
    assert agree.min() > 0.65
    assert agree.max() < 0.9
    assert abs(np.corrcoef(np.arange(16), agree)[0, 1]) < 0.6
    assert np.mean([found[y][f"consent|{QUAD}|AUS|weakest"] for y in found]) > 0.85


def test_leaders_move_the_quad_more_than_slow_variables(case: Case) -> None:
    # the specification: slow variables explain neither 2008 nor 2017, leader shocks do
    quad = institution_named(case, "QUAD2017")
    found = what_moves_consent(case, quad, range(2004, 2020, 3), leaders=15)
    assert found[f"moves|{QUAD}||share of leaders"] > 0.5


def test_japan_and_korea_run_into_a_crisis_about_once_in_fifteen_years(case: Case) -> None:
    # the specification: 1.3 crises per 20 years (2005, 2012, 2018-19); here the treaties of the record stay in force
    course = Course(Calendar(case), Parameters())
    years, runs, met = range(2003, 2023), 40, 0
    facts = {y: course.facts(y) for y in years}
    for run in range(runs):
        chance = Chance(1, run)
        standing = Standing(course.start(2003).architecture, {}, {}, {}, {})
        for year in years:
            world = data_year(facts[year], standing, Architecture())
            moment = leaders_change(Moment(year, Appraiser(world, course.parameters)), chance)
            moment = ladder(quarrels_flare(moment, chance), DrawnWill(chance))
            met += sum(e.happening is Happening.CRISIS and {e.actor, e.other} == {"JPN", "KOR"} for e in moment.events)
            standing = standing_of(moment.world, {})
    assert 0.7 < met / runs < 2.5
