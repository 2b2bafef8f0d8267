from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import foedus
from foedus.asking.ask import Ask
from foedus.casebook.reader import case_names
from foedus.methods.one_at_a_time import known, lead, made_of, section, shipped, strongest, widest
from foedus.methods.tables_of_sensitivity import swings, worded
from foedus.questions.listing import ASSESSED
from foedus.questions.study import EVERYBODY
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, what_forms
from foedus.questions.who_blocks import gain

AGAIN = "run: python tools/build_swings.py"


def task_of(name: str) -> Task:
    """Return what an assessment of a built-in case works out."""
    return Ask(name, draws=0).task(ASSESSED, varied=True)


def chance(task: Task, number: str = "", value: float = 0.0) -> float:
    """Return the chance of a body, with one number at a value."""
    row = np.array([value if u.label == number else u.value for u in task.varied])
    return float(what_forms(task.study(row))[CHANCE(BODY)])


@pytest.mark.parametrize("name", case_names())
def test_what_comes_with_the_package_is_of_the_cases_and_the_theory_as_they_are(name: str) -> None:
    task, kept = task_of(name), shipped().get(name, {})
    assert {k: kept.get(k) for k in made_of(task)} == made_of(task), AGAIN
    assert kept["rounds"] == 2 * len(task.varied) + 1, AGAIN
    rows = {(n, measure): value for n, measure, value in kept["swings"]}
    assert rows["", "value in use"] == pytest.approx(chance(task), abs=1e-9), AGAIN
    first = next(n for n, _ in rows if n)
    ends = {u.label: (u.low, u.high) for u in task.varied}[first]
    for measure, value in zip(("low end", "high end"), ends, strict=True):
        assert rows[first, measure] == pytest.approx(chance(task, first, value), abs=1e-9), AGAIN


def test_the_widest_of_a_case_are_worked_out_again() -> None:
    task = task_of("asia-1953")
    few = replace(task, varied=task.varied[:6])
    found = widest(few, 2)
    by_hand = {u.label: {chance(few, u.label, v) for v in (u.low, u.high)} | {chance(few)} for u in few.varied}
    order = sorted(by_hand, key=lambda n: min(by_hand[n]) - max(by_hand[n]))
    assert {i.number for i in found} == {"", *order[:2]}


def test_a_world_that_was_changed_has_none() -> None:
    assert known(foedus.assess("asia-1953", draws=0)) is not None
    assert known(foedus.assess("asia-1953", draws=0, levers=("trade=0.5",))) is None
    assert known(foedus.assess("asia-1953", draws=0, without=("exposure",))) is None
    assert known(foedus.assess("asia-1953", draws=0, laws=("holding=habit",))) is None
    assert known(foedus.assess("asia-1953", draws=0, changes=("loss_at_stake=4",))) is None


def test_it_is_said_how_far_and_what_it_cannot_tell() -> None:
    found = known(foedus.assess("asia-1953", draws=0))
    assert found is not None
    told = section(found, task_of("asia-1953").varied)
    first = swings(found).column("number")[0]
    assert str(first) in told.says[0]
    assert "All 115 uncertain numbers were tried" in told.says[0]
    assert "two numbers that move at once may do more, or less" in told.says[1]
    assert str(first).lower() in lead(found).lower()
    assert told.charts[0].key == "tornado"


def test_the_number_that_moves_a_state_most_is_found_without_a_round() -> None:
    task = task_of("asia-1953")
    few = replace(task, varied=task.varied[:6])

    def gains(number: str = "", value: float = 0.0) -> float:
        row = np.array([value if u.label == number else u.value for u in few.varied])
        return gain(few.study(row), "KOR", EVERYBODY)

    by_hand = {u.label: {gains(u.label, u.low), gains(u.label, u.high), gains()} for u in few.varied}
    first = max(by_hand, key=lambda n: max(by_hand[n]) - min(by_hand[n]))
    assert strongest(few, "KOR") == (worded(first), min(by_hand[first]), max(by_hand[first]))
    assert strongest(replace(task, varied=()), "KOR") is None
