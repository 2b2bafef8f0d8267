"""Assessment: every question asked with the values in use and in every draw."""

from __future__ import annotations

import math

from foedus.draws.sampling import Uncertainty
from foedus.questions.assessment import assessed
from foedus.questions.listing import ASSESSED
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE
from questions.asked import PLAIN, small_case


def test_an_ensemble_has_the_draws_that_were_asked_for() -> None:
    varied = (Uncertainty("fee", "treaty_fee", 0.001, 0.003, 0.009),)
    task = Task(small_case(), PLAIN, {}, varied, (), ASSESSED[:1])
    done: list[tuple[int, int]] = []
    found = assessed(task, 4, 1, progress=lambda n, of: done.append((n, of)))
    assert found.design.shape == (4, 1)
    assert found.ensemble.values.shape[0] == 4
    assert done[-1] == (4, 4)
    assert not math.isnan(found.band(CHANCE(BODY)).median)
    assert found.workers == 1


def test_without_draws_there_is_the_answer_with_the_values_in_use_alone() -> None:
    task = Task(small_case(), PLAIN, {}, (), (), ASSESSED[:1])
    found = assessed(task, 0, 5, workers=1)
    assert (found.draws, found.seed) == (0, 5)
    assert dict(found.default) == task()
