"""Many runs: the same bytes for any workers, nothing lost when stopped, and shares that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from casebook.casefiles import write_case
from casebook.yearly import write_yearly_case
from foedus.casebook.case import Case, Membership
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import Interrupted
from foedus.model.architecture import Architecture, Kind, Rule, bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.trace import Happening, label
from foedus.vocabulary.errors import FoedusError
from foedus.years.chronicle import (
    FORMS,
    calibration,
    crises,
    fates,
    forms,
    median_spell,
    score_of,
    share_with,
    what_runs_show,
    wilson,
)
from foedus.years.runs import Runs, Simulation, in_its_time, plan_runs, rows_of, same_bond, simulate

RUNS = 10


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(write_yearly_case(tmp_path_factory.mktemp("runs") / "small"))


@pytest.fixture(scope="module")
def task(case: Case) -> Runs:
    return plan_runs(case, Parameters(), {}, (), 1996, 2004, 1)


@pytest.fixture(scope="module")
def done(task: Runs, tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        return simulate(task, RUNS)


def test_one_worker_and_two_give_the_same_bytes(task: Runs, done: Simulation) -> None:
    two = simulate(task, RUNS, workers=2)
    assert two.draws.keys == done.draws.keys
    assert two.draws.values.tobytes() == done.draws.values.tobytes()


def test_a_stopped_simulation_goes_on_where_it_was(task: Runs, done: Simulation) -> None:
    def stop(finished: int, total: int) -> None:
        if finished >= 4:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match=f"of {RUNS} draws are kept"):
        simulate(task, RUNS, progress=stop)
    seen: list[int] = []
    again = simulate(task, RUNS, progress=lambda finished, total: seen.append(finished))
    assert seen[0] == 4
    assert again.draws.values.tobytes() == done.draws.values.tobytes()


def test_events_come_back_from_their_numbers(task: Runs, done: Simulation) -> None:
    for run in (0, RUNS - 1):
        told = [e for r in task.told(rows_of(task, RUNS)[run]) for e in r.events]
        kept = [(e, p) for k, _, e, p, _ in done.events if k == run]
        assert len(told) == len(kept)
        for event, (packed, probability) in zip(told, kept, strict=True):
            assert packed.text == event.text
            assert (packed.year, packed.happening) == (event.year, event.happening)
            assert probability == event.probability
            assert (packed.institution is None) == (event.institution is None)
            if packed.institution is not None and event.institution is not None:
                assert set(packed.institution.members) == set(event.institution.members)


def test_shares_are_those_of_the_architectures(task: Runs, done: Simulation) -> None:
    ends = [task.told(row)[-1].world.in_force for row in rows_of(task, RUNS)]
    by_id = {f.entry.id: f for f in fates(done)}
    assert set(by_id) == {"USJPN", "TALKS"}
    for f in by_id.values():
        assert f.held[-1] == np.mean([same_bond(f.institution, g) for g in ends])
    bound = np.mean([any(m.is_treaty and m.has("USA", "KOR") for m in g) for g in ends])
    assert done.tied("KOR", Kind.BILATERAL, Kind.MULTILATERAL)[:, -1].mean() == bound
    np.testing.assert_allclose(forms(done).sum(axis=0), 1)


def test_survival_only_falls_and_hazards_rebuild_it_where_nothing_comes_back(done: Simulation) -> None:
    for f in fates(done):
        assert (np.diff(f.survival) <= 1e-12).all()
        assert (f.survival <= f.held + 1e-12).all()
        assert (f.low <= f.held).all()
        assert (f.held <= f.high).all()
        first_loss = 1 - f.survival[0]
        assert f.hazard[0] == pytest.approx(first_loss)


def test_the_record_is_read_year_by_year(done: Simulation) -> None:
    talks = next(f for f in fates(done) if f.entry.id == "TALKS")
    assert talks.happened.tolist() == [True] * 7 + [False] * 2
    whole = calibration(done)
    assert [s.item for s in whole[:2]] == ["all institutions", "all ties to the hub"]
    assert whole[0].years == 2 * 9
    assert {s.item for s in whole[4:]} == {f"{s} bound to USA" for s in ("JPN", "KOR", "TWN")}


def test_scores_by_hand() -> None:
    share, happened = np.array([0.9, 0.2, 0.5]), np.array([True, False, True])
    s = score_of("x", share, happened, np.array([True, True, True]), 99)
    assert s.brier == pytest.approx((0.01 + 0.04 + 0.25) / 3)
    assert s.brier_base == pytest.approx(2 / 9)
    assert s.brier_still == pytest.approx(1 / 3)
    assert s.log == pytest.approx(np.log([(0.9 * 99 + 0.5) / 100, 1 - (0.2 * 99 + 0.5) / 100, 0.5]).mean())
    assert s.skill == pytest.approx(1 - 0.1 / (2 / 9))
    sure = score_of("x", np.array([0.0, 1.0]), np.array([True, True]), np.array([True, True]), 10)
    assert np.isfinite(sure.log)
    assert np.isnan(sure.skill)


def test_wilson_1927_bands() -> None:
    low, high = wilson(np.array([0.0, 0.5, 1.0]), 20)
    # by hand: z = 1.6449, n = 20
    np.testing.assert_allclose(low, [0, 0.3274, 0.8808], atol=2e-4)
    np.testing.assert_allclose(high, [0.1192, 0.6726, 1], atol=2e-4)


def test_a_blank_slate_has_nothing_to_lose(case: Case) -> None:
    blank = simulate(plan_runs(case, Parameters(), {}, (), 1996, 1998, 1, blank_slate=True), 4)
    for f in fates(blank):
        assert np.isnan(f.survival).all()
        assert np.isnan(median_spell(f, blank.years))
    assert all(e.happening is not Happening.LEFT for _, _, e, _, _ in blank.events if e.year == 1996)


def test_fixed_runs_differ_by_chance_alone(case: Case) -> None:
    fixed = plan_runs(case, Parameters(), {}, (), 1996, 1998, 1, fixed=True)
    assert fixed.varied == ()
    assert fixed.course(np.zeros(0)).parameters == Parameters()
    assert rows_of(fixed, 5).shape == (5, 1)
    varied = plan_runs(case, Parameters(), {("sovereignty", "JPN", None): 0.9}, (), 1996, 1998, 1)
    labels = {u.label for u in varied.varied}
    assert "sovereignty JPN" not in labels
    assert {"free_force JPN", "treaty_end_habit"} <= labels


def test_answers_of_runs_agree_with_counts(done: Simulation) -> None:
    answers = what_runs_show(done)
    left = {k for k, _, e, _, _ in done.events if e.happening is Happening.LEFT}
    assert answers[f"happens|{Happening.LEFT}||share"] == len(left) / RUNS
    assert sum(answers[f"form|{f}|2004|share"] for f in FORMS) == pytest.approx(1)
    assert share_with(done, Happening.CRISIS, 1996, 2004, "TWN") == 0
    counted = sum(e.happening is Happening.CRISIS for _, _, e, _, _ in done.events)
    assert sum(mean for _, _, mean, *_ in crises(done)) == pytest.approx(counted / RUNS * 20 / 9)


def test_a_body_is_compared_with_the_members_of_its_time(case: Case) -> None:
    talks = next(r for r in case.institutions if r.id == "TALKS")
    growing = replace(talks, members=(Membership("USA"), Membership("JPN"), Membership("KOR", "2000-01-01")))
    members = [getattr(in_its_time(case, growing, y), "members", ()) for y in (1990, 1996, 2001, 2009)]
    assert members == [("USA", "JPN"), ("USA", "JPN"), ("USA", "JPN", "KOR"), ("USA", "JPN", "KOR")]


def test_what_counts_as_the_same_bond() -> None:
    council = body(("A", "B", "C", "D", "E"), Rule.CONSENSUS)
    assert same_bond(bilateral("A", "B"), Architecture((council,)))
    assert not same_bond(bilateral("A", "F"), Architecture((council,)))
    assert same_bond(council, Architecture((body(("A", "B", "C", "D"), Rule.HUB),)))
    assert not same_bond(council, Architecture((body(("A", "B", "C"), Rule.HUB), forum(council.members))))
    assert label(council) == "council A–B–C–D–E"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (2004, 1996, "2004 is after 1996"),
        (1980, 2000, "run from 1990 to 2010, and 1980 is outside"),
        (2000, 2041, "and 2041 is outside. Give years from 1990 to 2040; after 2010 the last values are held"),
    ],
)
def test_years_that_cannot_be(case: Case, first: int, last: int, words: str) -> None:
    with pytest.raises(FoedusError, match=words):
        plan_runs(case, Parameters(), {}, (), first, last, 1)


def test_a_case_without_yearly_data_runs_one_year(tmp_path_factory: pytest.TempPathFactory) -> None:
    still = read_case(write_case(tmp_path_factory.mktemp("still") / "small"))
    assert simulate(plan_runs(still, Parameters(), {}, (), 2000, 2000, 1), 2).years == range(2000, 2001)
    with pytest.raises(FoedusError, match="this case has no yearly data"):
        plan_runs(still, Parameters(), {}, (), 2000, 2001, 1)


def test_the_run_id_depends_on_everything(case: Case) -> None:
    def ids(**changes: object) -> str:
        given = {"parameters": Parameters(), "overrides": {}, "without": (), "first": 1996, "last": 1998, "seed": 1}
        return plan_runs(case, **(given | changes)).run_id(5)  # type: ignore[arg-type]

    found = {
        ids(),
        ids(parameters=Parameters({"L0": 4})),
        ids(without=("exposure",)),
        ids(first=1997),
        ids(last=1999),
        ids(seed=2),
        ids(blank_slate=True),
        ids(fixed=True),
        ids(overrides={("gdp", "USA", None): 1.0}),
    }
    assert len(found) == 9
