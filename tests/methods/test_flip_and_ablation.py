"""Smallest changes and contributions of mechanisms."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from time import sleep
from unittest.mock import Mock

import numpy as np
import pytest

from casebook.casefiles import write_case
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import in_words
from foedus.draws.sampling import uncertainties
from foedus.methods.ablation import BLOCKING, _shared_out, chance_of_a_body, contributions
from foedus.methods.ablation import over_draws as shares_over_draws
from foedus.methods.ablation import section as shares
from foedus.methods.flip import (
    DIRECTIONS,
    Search,
    StepTask,
    _warn,
    by_effort,
    over_draws,
    section,
    smallest_changes,
    words,
)
from foedus.model.parameters import Parameters
from foedus.questions.in_draws import Size
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError
from worlds import random_world


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return Task(read_case(write_case(tmp_path / "small")), Parameters(), {}, (), ())


def test_every_step_stays_within_the_bounds_of_a_world() -> None:
    world = random_world(3, recognised=np.array([1, 1, 0, 1, 1.0]))
    for direction in DIRECTIONS:
        assert direction.world(world, 0).digest() == world.digest()
        for step in range(1, len(direction.steps) + 1):
            assert direction.world(world, step).digest() != world.digest()


def test_sets_of_steps_come_by_effort_and_only_once() -> None:
    found = list(by_effort(3))
    assert [sum(s) for s in found] == sorted(sum(s) for s in found)
    assert len(set(found)) == len(found)
    assert all(len(words(s)) == sum(n > 0 for n in s) for s in found)


def test_answers_reach_the_goal_are_smallest_and_none_contains_another(task: Task) -> None:
    found = smallest_changes(task.study, "body forms", "x", most_effort=4, most_answers=4).answers
    play = StepTask(task.study, "body forms")
    for flip in found:
        assert play(np.array(flip.steps, dtype=float))["probability"] == pytest.approx(flip.probability)
        assert flip.probability >= 0.5
        for k, n in enumerate(flip.steps):
            if n:
                less = [m - (k == at) for at, m in enumerate(flip.steps)]
                assert play(np.array(less, dtype=float))["probability"] < 0.5
    for a, b in itertools.permutations(found, 2):
        assert not all(x >= y for x, y in zip(a.steps, b.steps, strict=True))


def test_no_change_within_bounds_is_an_answer(task: Task) -> None:
    hopeless = Task(task.case, Parameters({"platform_value": 0, "treaty_reliability": 0}), {}, (), ())
    search = smallest_changes(hopeless.study, "body forms", "y", most_effort=1)
    assert search.answers == ()
    assert all(search.now < f.probability < 0.5 for f in search.nearest)
    assert [f.probability for f in search.nearest] == sorted((f.probability for f in search.nearest), reverse=True)


def test_goals_that_are_unknown_or_reached_are_said(task: Task) -> None:
    with pytest.raises(FoedusError, match="Did you mean 'body forms'"):
        smallest_changes(task.study, "body form", "z")
    likely = max(("nothing changes", "forum forms"), key=lambda g: StepTask(task.study, g)(np.zeros(7))["probability"])
    if StepTask(task.study, likely)(np.zeros(7))["probability"] >= 0.5:
        with pytest.raises(FoedusError, match="already"):
            smallest_changes(task.study, likely, "z")


def test_contributions_add_up_to_what_all_of_them_take(task: Task) -> None:
    found, _ = contributions(task)
    assert {c.mechanism for c in found} == set(BLOCKING)
    everything = Task(task.case, task.parameters, {}, (), BLOCKING).study().formation
    now = task.study().formation
    assert sum(c.shapley for c in found) == pytest.approx(chance_of_a_body(everything) - chance_of_a_body(now))
    one = found[0]
    alone = Task(task.case, task.parameters, {}, (), (one.mechanism,)).study().formation
    assert one.alone == pytest.approx(chance_of_a_body(alone) - chance_of_a_body(now))


def test_what_each_takes_first_and_last_by_hand() -> None:
    """Outcomes with nothing off, a, b, both: a alone brings .1, b .2, both together .5; Shapley shares .2 and .3."""
    a, b = _shared_out(np.array([0.1, 0.2, 0.3, 0.6]), ("a", "b"))
    assert (a.alone, b.alone) == pytest.approx((0.1, 0.2))
    assert (a.last, b.last) == pytest.approx((0.3, 0.4))
    assert (a.shapley, b.shapley) == pytest.approx((0.2, 0.3))


def test_other_variants_of_procedures_are_tried_beside_the_mechanisms() -> None:
    task = Task(read_case("asia-1953"), Parameters(), {}, (), ())
    _, replaced = contributions(task, ("exposure",))
    by_mood = Task(task.case, task.parameters.under({"consent": "common-mood"}), {}, (), ()).study().formation
    rises = {f"{r.procedure}={r.name}": r.rise for r in replaced}
    rise = chance_of_a_body(by_mood) - chance_of_a_body(task.study().formation)
    assert rises.pop("reaction=answers") < 0.0
    assert rises == {"consent=common-mood": pytest.approx(rise), "holding=inertia": 0.0}
    assert rise > 0
    moody = Task(task.case, task.parameters.under({"consent": "common-mood"}), {}, (), ())
    back = {f"{r.procedure}={r.name}": r.rise for r in contributions(moody, ("exposure",))[1]}
    assert back["consent=founding-mood"] == pytest.approx(-rise)


def test_what_was_found_is_tried_again_in_draws() -> None:
    case = read_case("asia-1953")
    free = Task(case, Parameters(), {}, uncertainties(case, Parameters()), ())
    search = smallest_changes(free.study, "body forms", "draws", most_effort=3, most_answers=2)
    drawn = over_draws(free, "body forms", search, Size(20))
    told = section("body forms", 3, search, drawn)
    assert len(told.tables[0])
    for row in told.tables[0]:
        flip = (search.answers or search.nearest)[int(str(row["answer"])) - 1]
        assert drawn.default[str(int(str(row["answer"])) - 1)] == pytest.approx(flip.probability)
        assert 0.0 <= float(str(row["chance_low"])) <= float(str(row["chance_high"])) <= 1.0
        assert 0.0 <= float(str(row["in_draws"])) <= 1.0
    assert "20 draws" in told.notes[0]
    assert "values in use alone" in section("body forms", 3, search).notes[0]
    assert section("body forms", 3, Search((), (), 0.1)).notes == ()


def test_a_long_search_is_announced_and_a_short_one_is_not(task: Task, caplog: pytest.LogCaptureFixture) -> None:
    play, slow = StepTask(task.study, "body forms"), Mock(side_effect=lambda _: sleep(0.01))
    with caplog.at_level("INFO", logger="foedus"):
        _warn(play, 1, 1)
        assert not caplog.messages
        _warn(slow, 17, 1)  # all 4,607 sets at a hundredth of a second
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("Up to 4,607 sets of changes will be tried, which takes")


def test_how_long_a_search_may_take_is_that_of_one_set_times_the_sets(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = iter((0.0, 6.0))  # three sets in six seconds, by two workers
    monkeypatch.setattr("foedus.methods.flip.perf_counter", lambda: next(clock))
    with caplog.at_level("INFO", logger="foedus"):
        _warn(Mock(), 17, 2)
    assert f"which takes {in_words(4607.0)} at most" in caplog.messages[0]


def test_contributions_have_the_band_of_their_draws(task: Task) -> None:
    free = replace(task, varied=uncertainties(task.case, task.parameters))
    some = ("exposure", "dispute")
    found, _ = contributions(free, some)
    drawn = shares_over_draws(free, Size(20), some)
    assert drawn is not None
    for c in found:
        assert drawn.default[c.mechanism] == pytest.approx(c.shapley, abs=1e-12)
    rows = list(shares(found, (), drawn).tables[0])
    assert all(r["shapley_low"] is not None for r in rows)
    assert shares_over_draws(free, Size(0)) is None
    assert "values in use alone" in shares(found).notes[0]
