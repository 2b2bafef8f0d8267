"""Tasks: what one draw works out, in which world, and what a run is known by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foedus.draws.sampling import Uncertainty
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.questions.what_holds import what_holds
from foedus.vocabulary.errors import FoedusError
from questions.asked import PLAIN, case_of, small_case

VARIED = (
    Uncertainty("fee", "treaty_fee", 0.001, 0.003, 0.009),
    Uncertainty("japan", ("sovereignty", "JPN", None), 0.3, 0.5, 0.8),
)
PLANNED = Task(small_case(), PLAIN, {}, VARIED, ())


def fees(study: Study) -> Answers:
    return {"fee": study.parameters["treaty_fee"]}


def forces(study: Study) -> Answers:
    return {"japan": float(study.world.sovereignty[study.world.index("JPN")])}


def test_a_draw_has_the_numbers_of_its_row_and_all_questions_are_asked() -> None:
    task = replace(PLANNED, questions=(fees, forces))
    assert task(np.array([0.005, 0.7])) == {"fee": 0.005, "japan": 0.7}
    assert task() == {"fee": 0.003, "japan": 0.5}


def test_what_is_set_by_hand_holds_in_every_draw() -> None:
    task = replace(PLANNED, overrides={("sovereignty", "JPN", None): 0.4}, questions=(forces,))
    assert task(np.array([0.005, 0.7])) == {"japan": 0.4}


def test_a_mechanism_that_is_off_is_off_in_every_draw() -> None:
    task = replace(PLANNED, without=("fee",), questions=(fees,))
    assert task(np.array([0.005, 0.7])) == {"fee": 0.0}
    assert task() == {"fee": 0.0}


def test_a_run_is_known_by_everything_its_result_depends_on() -> None:
    others = [
        replace(PLANNED, parameters=PLAIN.replace({"treaty_fee": 0.004})),
        replace(PLANNED, overrides={("gdp", "JPN", None): 1.0}),
        replace(PLANNED, overrides={("gdp", "JPN", None): 2.0}),
        replace(PLANNED, varied=VARIED[:1]),
        replace(PLANNED, varied=(replace(VARIED[0], high=0.01), VARIED[1])),
        replace(PLANNED, without=("fee",)),
        replace(PLANNED, case=case_of(sha256="other")),
        replace(PLANNED, questions=(what_holds,)),
    ]
    ids = [PLANNED.run_id(10, 1), PLANNED.run_id(11, 1), PLANNED.run_id(10, 2), *(t.run_id(10, 1) for t in others)]
    assert len(set(ids)) == len(ids)
    assert replace(PLANNED).run_id(10, 1) == ids[0]
    swapped = replace(PLANNED, without=("fee", "autonomy"))
    assert swapped.run_id(1, 1) == replace(PLANNED, without=("autonomy", "fee")).run_id(1, 1)


def test_the_modules_of_questions_are_looked_at_once() -> None:
    roots = replace(PLANNED, questions=(fees, forces)).roots
    assert roots == ("foedus.questions.task", __name__)


@pytest.mark.parametrize(("word", "state"), [("JPN", "JPN"), ("jpn", "JPN"), ("south korea", "KOR"), ("Taiwan", "TWN")])
def test_a_state_by_id_or_name(word: str, state: str) -> None:
    assert PLANNED.state(word) == state


@pytest.mark.parametrize(("word", "near"), [("JPM", "'JPN'"), ("Souht Korea", "'South Korea'"), ("FRA", "")])
def test_a_state_that_the_case_has_not(word: str, near: str) -> None:
    with pytest.raises(FoedusError, match="there is no such state in 'small'") as error:
        PLANNED.state(word)
    assert near in str(error.value)


@pytest.mark.parametrize("word", ["CHN", "china"])
def test_an_adversary_is_no_state_of_the_case(word: str) -> None:
    with pytest.raises(FoedusError, match="this is an adversary in 'small'"):
        PLANNED.state(word)
