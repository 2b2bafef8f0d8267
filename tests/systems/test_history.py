"""History: yearly decisions without draws agree with the laws, and variance splits into slow and leaders."""

from __future__ import annotations

import numpy as np
import pytest

from casebook.yearly import write_yearly_case
from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.casebook.series import Calendar
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Kind
from foedus.model.parameters import Parameters
from foedus.questions.what_treaties_are_worth import what_treaties_are_worth
from foedus.simulation.formation import acceptance_of
from foedus.systems.history import (
    institution_named,
    leaders_drawn,
    members_through_the_years,
    what_moves_consent,
    year_as_it_was,
)
from foedus.vocabulary.errors import FoedusError


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(write_yearly_case(tmp_path_factory.mktemp("history") / "small"))


def test_an_institution_is_found_whatever_its_years(case: Case) -> None:
    talks = institution_named(case, "talks")
    assert (talks.kind, talks.members) == (Kind.FORUM, ("USA", "JPN", "KOR"))
    assert institution_named(case, "A pact with Japan").members == ("USA", "JPN")
    with pytest.raises(FoedusError, match="there is no such institution"):
        institution_named(case, "TALK5")


def test_consent_is_that_of_the_round_and_terms_add_up(case: Case) -> None:
    talks = institution_named(case, "TALKS")
    study = year_as_it_was(Calendar(case), 1994, None).study
    found = members_through_the_years(case, talks, [1994])[1994]
    assert found["consent|USA–JPN–KOR||acceptance"] == pytest.approx(
        acceptance_of(study.appraiser, talks, study.fallback)
    )
    for action in ("consent", "exit"):
        for s in talks.members:
            terms = [found[f"{action}|USA–JPN–KOR|{s}|{c}"] for c in COMPONENTS]
            assert sum(terms) == pytest.approx(found[f"{action}|USA–JPN–KOR|{s}|gain"])
    assert sum(found[f"consent|USA–JPN–KOR|{s}|weakest"] for s in talks.members) == 1


def test_exit_from_a_treaty_is_that_of_the_assessment(case: Case) -> None:
    pact = institution_named(case, "USJPN")
    assessed = what_treaties_are_worth(year_as_it_was(Calendar(case), 2000).study)
    found = members_through_the_years(case, pact, [2000])[2000]
    # the assessment judges the grown star; here only what is on record is in force
    if "treaty|USA–KOR|USA|exit" not in assessed:
        for s in pact.members:
            assert found[f"exit|USA–JPN|{s}|probability"] == pytest.approx(assessed[f"treaty|USA–JPN|{s}|exit"])


def test_nobody_new_is_punished_for_what_is_old(case: Case) -> None:
    found = members_through_the_years(case, institution_named(case, "TALKS"), [2005])[2005]
    assert all(found[f"exit|USA–JPN–KOR|{s}|exposure"] == 0 for s in ("USA", "JPN", "KOR"))
    assert found["consent|USA–JPN–KOR|KOR|exposure"] < 0


def test_growing_trade_lowers_the_consent_of_who_trades(case: Case) -> None:
    found = members_through_the_years(case, institution_named(case, "TALKS"), (1990, 2010))
    exposure = [found[y]["consent|USA–JPN–KOR|KOR|exposure"] for y in (1990, 2010)]
    assert exposure[1] < exposure[0] < 0
    without = members_through_the_years(case, institution_named(case, "TALKS"), [2010], without=("exposure",))
    assert without[2010]["consent|USA–JPN–KOR|KOR|exposure"] == 0


def test_leaders_move_nothing_when_they_all_see_the_same(case: Case) -> None:
    talks, years = institution_named(case, "TALKS"), range(1990, 2011, 5)
    same = what_moves_consent(case, talks, years, Parameters({"perception_spread": 0}), leaders=3)
    assert same["moves|USA–JPN–KOR||leaders"] == pytest.approx(0, abs=1e-18)
    assert same["moves|USA–JPN–KOR||slow"] > 0
    assert same["moves|USA–JPN–KOR|1995|mean"] == pytest.approx(same["moves|USA–JPN–KOR|1995|neutral"])


def test_the_parts_of_the_variance_are_those_of_the_draws(case: Case) -> None:
    talks, years = institution_named(case, "TALKS"), (1990, 2000, 2010)
    found = what_moves_consent(case, talks, years, leaders=12, seed=3)
    again = what_moves_consent(case, talks, years, leaders=12, seed=3)
    assert found == again
    assert found["moves|USA–JPN–KOR||slow"] == pytest.approx(
        np.var([found[f"moves|USA–JPN–KOR|{y}|mean"] for y in years])
    )
    assert 0 < found["moves|USA–JPN–KOR||share of leaders"] < 1
    assert sum(found[f"moves|USA–JPN–KOR|{s}|weakest"] for s in talks.members) == pytest.approx(1)


def test_leaders_are_drawn_around_neutral(case: Case) -> None:
    study = year_as_it_was(Calendar(case), 2000).study
    logs = np.log([leaders_drawn(study, 1, f"x {k}") for k in range(400)])
    assert logs.mean() == pytest.approx(0, abs=0.03)
    assert logs.std() == pytest.approx(study.parameters["perception_spread"], rel=0.05)
