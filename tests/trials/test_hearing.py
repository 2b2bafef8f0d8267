"""Evidence: model and record, what turns a claim, and that nothing depends on who worked it out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.model.parameters import Parameters
from foedus.trials.bench import Bench, ModelTest, Share, Under, lay_out
from foedus.trials.claims import read_trial
from foedus.trials.evidence import Evidence
from foedus.trials.hearing import strongest, try_claims
from foedus.trials.verdict import Verdict
from trials.trialfiles import write_trial


def test_evidence_comes_from_model_and_record(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    found = try_claims(trial, 6, 1)
    one, two, three, four = found.claims
    assert one.default.effect > 0
    assert one.default.effect == pytest.approx(one.default.against - one.default.value)
    assert one.share == 1
    assert one.verdict is Verdict.SUPPORTED
    assert one.turned_by == ("exposure",)
    assert (two.model, two.seen) == ("silent", "mixed")
    assert three.precedents == ()
    assert four.seen == "supports"
    assert four.sources(trial.events) == ("yearbook", "book")
    assert len(found.omitted) == 1
    assert len(found.omitted[0].drawn) == 6


def test_removing_a_mechanism_turns_the_verdict_that_rests_on_it(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    with_it = try_claims(trial, 4, 1).claims[0]
    without_it = try_claims(trial, 4, 1, ("exposure",)).claims[0]
    assert with_it.model == "holds"
    assert without_it.model == "fails"
    assert without_it.verdict is not with_it.verdict


def test_one_worker_and_two_find_the_same(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    a, b = (try_claims(trial, 5, 3, workers=n) for n in (1, 2))
    assert [(e.drawn, e.without, e.pushed) for e in a.claims if e.claim.test] == [
        (e.drawn, e.without, e.pushed) for e in b.claims if e.claim.test
    ]


def test_every_claim_is_tried_by_the_other_variants_of_procedures_too(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    one = try_claims(trial, 0, 1).claims[0]
    moody = try_claims(trial, 0, 1, parameters=Parameters(laws={"consent": "common-mood"})).claims[0]
    assert [w.mechanism for w in one.replaced] == ["consent=common-mood", "holding=inertia", "reaction=answers"]
    assert one.replaced[0].effect == pytest.approx(moody.default.effect)
    assert one.replaced[1].idle
    assert [w.mechanism for w in moody.replaced] == ["consent=founding-mood", "holding=inertia", "reaction=answers"]
    assert moody.replaced[0].effect == pytest.approx(one.default.effect)


def test_an_assumption_that_is_pushed_to_its_end_is_the_one_that_moves_most() -> None:
    rng = np.random.default_rng(3)
    plan = rng.random((40, 5))
    effect = 3 * plan[:, 2] - plan[:, 4] + 0.01 * rng.random(40)
    found = strongest(effect, plan, range(5))
    assert [k for k, _ in found][:2] == [2, 4]
    assert found[0][1] > 0 > found[1][1]
    assert strongest(np.full(40, np.nan), plan, range(5)) == []


def test_the_same_fact_in_two_years_shares_a_column_and_two_cases_do_not() -> None:
    trial = read_trial("a-nato-in-asia")
    places, columns = lay_out(trial.cases, Parameters())
    labels = [c.label for c in columns]
    assert len(set(labels)) == len(labels)
    now, then = places["indo-pacific-2020"], places["indo-pacific-2020@2008"]

    def at(place: str, label: str) -> int:
        p = places[place]
        return next(c for u, c in zip(p.varied, p.columns, strict=True) if u.label == label)

    assert at("indo-pacific-2020", "sovereignty JPN") == at("indo-pacific-2020@2008", "sovereignty JPN")
    assert at("indo-pacific-2020", "loss_at_stake") == at("europe-1949", "loss_at_stake")
    assert set(now.columns) & set(then.columns)
    assert isinstance(columns[0], Share)


def test_a_draw_in_the_middle_is_the_world_as_it_is(tmp_path: Path) -> None:
    trial = read_trial(write_trial(tmp_path))
    places, columns = lay_out(trial.cases, Parameters())
    test = trial.claims[0].test
    assert test is not None
    middle = Bench(places, Parameters(), np.full(len(columns), 0.5)).measure(test)
    assert middle.effect == pytest.approx(Bench(places, Parameters()).measure(test).effect)


def test_a_change_of_facts_stays_in_its_place() -> None:
    trial = read_trial("a-nato-in-asia")
    test = next(c.test for c in trial.claims if c.id == 8)
    assert isinstance(test, ModelTest)
    bench = Bench(lay_out(trial.cases, Parameters())[0], Parameters())
    here, there = bench.study("indo-pacific-2020", Under()), bench.study("europe-1949", Under())
    assert here is bench.study("indo-pacific-2020", Under())
    assert here.world.states != there.world.states


@pytest.fixture(scope="module")
def tried() -> tuple[Evidence, ...]:
    return try_claims(read_trial("a-nato-in-asia"), 0, 1).claims


ONLY_MOVE = {1, 2, 4, 6, 7, 12, 14, 15, 18, 24, 26, 27}
"""Claims that no single mechanism turns. 1, 14, 24 and 27 hold and rest on several at once; the others do not hold, and what is
switched off moves them without making them hold."""


def test_every_claim_that_declares_mechanisms_rests_on_them(tried: tuple[Evidence, ...]) -> None:
    """Switching off what a claim declares never leaves its answer where it was, and turns it but for those named."""
    for e in tried:
        assert not any(w.idle for w in e.without), e.claim.id
        assert np.isfinite(e.default.effect), e.claim.id
    assert {e.claim.id for e in tried if e.without and not e.turned_by} == ONLY_MOVE
