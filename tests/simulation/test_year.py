"""The year kernel: every step does what it says, draws keep to their names, and nothing is made or lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import foedus
from casebook.yearly import write_yearly_case
from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.casebook.series import Calendar
from foedus.mechanisms import COMPONENTS
from foedus.mechanisms.decisions.drafting import amend
from foedus.model.architecture import Architecture, Kind, Rule, bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser, switch_off
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import consent_decisions, exit_decisions, limits_of_coercion
from foedus.simulation.formation import Form, candidates, keys_of_drafts, star
from foedus.simulation.proposals import first_drafts, light_treaties, one_round, pressing_on, table_of_drafts
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course, YearRecord, years_of
from foedus.simulation.will import DrawnWill
from foedus.simulation.year import (
    Moment,
    Standing,
    data_year,
    forums_teach,
    ladder,
    leaders_change,
    members_leave,
    quarrels_flare,
    standing_of,
)
from worlds import random_world

NOTHING = Standing(Architecture(), {}, {}, {}, {})


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(write_yearly_case(tmp_path_factory.mktemp("year") / "small"))


def moment(seed: int = 1, parameters: Parameters | None = None, **fixed: object) -> Moment:
    return Moment(2000, Appraiser(random_world(seed, **fixed), parameters or Parameters()))  # type: ignore[arg-type]


def run(case: Case, number: int = 0, first: int = 1995, last: int = 2004, **course: object) -> list[YearRecord]:
    parameters = course.pop("parameters", Parameters())
    return list(years_of(Course(Calendar(case), parameters, **course), first, last, DrawnWill(Chance(1, number))))  # type: ignore[arg-type]


def decided(records: list[YearRecord]) -> Iterator[tuple[str, float]]:
    for record in records:
        for event in record.events:
            for d in event.decisions:
                yield f"{record.year} {event.happening} {d.decision.state} {d.decision.institution}", d.draw


# --- step 1: facts of the year, and what is carried over


def test_a_new_year_keeps_what_states_signed_saw_resented_and_learnt() -> None:
    world = random_world(3)
    standing = Standing(
        Architecture((bilateral("S0", "S1"),)), {("S1", "A0"): 2.0}, {("S1", "S2"): 0.7}, {("S3", "S4"): 0.5}, {}
    )
    after = data_year(world, standing, Architecture())
    assert after.in_force == standing.architecture
    assert after.perception[1, 0] == 2.0
    assert after.grievance[1, 2] == 0.7
    assert after.divergence_left[3, 4] == 0.5
    unchanged = after.replace(
        in_force=world.in_force,
        perception=world.perception,
        grievance=world.grievance,
        divergence_left=world.divergence_left,
    )
    assert unchanged.digest() == world.digest()


def test_institutions_of_states_that_are_gone_are_gone() -> None:
    standing = Standing(Architecture((bilateral("S0", "XX"), bilateral("S0", "S1"))), {}, {}, {}, {})
    assert data_year(random_world(3), standing, Architecture()).in_force == Architecture((bilateral("S0", "S1"),))


def test_what_is_handed_on_comes_back_whole() -> None:
    world = random_world(4, in_force=Architecture((forum(("S0", "S1", "S2")),)))
    again = data_year(random_world(4), standing_of(world, {"x": ("S0",)}), Architecture())
    assert again.digest() == world.digest()


def test_the_start_is_what_was_in_force_on_new_years_day(case: Case) -> None:
    course = Course(Calendar(case), Parameters())
    kinds = [[m.kind for m in course.start(y).architecture] for y in (1995, 1996, 2003, 2004)]
    assert kinds == [[Kind.BILATERAL], [Kind.BILATERAL, Kind.FORUM], [Kind.BILATERAL, Kind.FORUM], [Kind.BILATERAL]]
    assert [m.kind for m in course.commitments(1995)] == [Kind.DE_FACTO]
    blank = Course(Calendar(case), Parameters(), blank_slate=True)
    assert (len(blank.start(1996).architecture), len(blank.commitments(1996))) == (0, 0)


# --- step 2: leaders


def test_leaders_change_as_often_as_the_parameter_says_and_only_then() -> None:
    start = moment()
    changed = [leaders_change(start, Chance(1, k)) for k in range(300)]
    rate = np.mean([len(m.events) / 5 for m in changed])
    assert rate == pytest.approx(0.25, abs=0.03)
    for m in changed[:20]:
        new = {e.actor for e in m.events}
        for i, s in enumerate(m.world.states):
            same = np.array_equal(m.world.perception[i], start.world.perception[i])
            assert same == (s not in new)
    logs = np.concatenate(
        [np.log(m.world.perception[[m.world.index(e.actor) for e in m.events]]).ravel() for m in changed]
    )
    assert logs.std() == pytest.approx(0.35, rel=0.08)


# --- step 3: quarrels


def test_grievances_fade_by_the_parameter_and_never_leave_their_bounds() -> None:
    calm = moment(parameters=Parameters({"grievance_shock_rate": 0}))
    after = quarrels_flare(calm, Chance(1, 0))
    np.testing.assert_allclose(after.world.grievance, 0.7 * calm.world.grievance)
    wild = moment(parameters=Parameters({"grievance_shock_rate": 1}))
    shocked = quarrels_flare(wild, Chance(1, 0)).world.grievance
    had = wild.world.grievance > 0
    assert (shocked[had] >= np.minimum(1, 0.5 + 0.7 * wild.world.grievance[had]) - 1e-12).all()
    assert shocked.max() <= 1
    assert (shocked[~had] == 0).all()


def test_nobody_climbs_a_rung_before_the_one_below() -> None:
    order = [Happening.RAISED, Happening.ANSWERED]
    for k in range(60):
        climbed: dict[frozenset[str], list[Happening]] = {}
        for e in ladder(moment(2), DrawnWill(Chance(1, k))).events:
            climbed.setdefault(frozenset((e.actor, e.other)), []).append(e.happening)
        for rungs in climbed.values():
            assert rungs[:2] == order[: len(rungs)]
            assert len(rungs) <= 3


def test_rungs_are_climbed_as_often_as_the_equilibrium_says() -> None:
    start = moment(2)
    seen = start.appraiser.appraise(start.world.in_force, start.world.in_force).quantities
    i, j = map(int, np.unravel_index(start.world.grievance.argmax(), start.world.grievance.shape))
    dyad = {start.world.states[i], start.world.states[j]}
    counts = dict.fromkeys(Happening, 0)
    for k in range(1500):
        for e in ladder(start, DrawnWill(Chance(2, k))).events:
            if {e.actor, e.other} == dyad:
                counts[e.happening] += 1
    p, q, calmed = seen["escalation"][i, j], seen["escalation"][j, i], seen["brokerage"][i, j]
    assert counts[Happening.RAISED] / 1500 == pytest.approx(p, abs=0.04)
    assert counts[Happening.ANSWERED] / 1500 == pytest.approx(p * q, abs=0.04)
    assert counts[Happening.CRISIS] / 1500 == pytest.approx(p * q * p * (1 - calmed), abs=0.04)


# --- step 4: exits


def test_exits_are_drawn_with_the_probability_of_the_law() -> None:
    treaty = bilateral("S0", "S1")
    start = moment(5, in_force=Architecture((treaty,)))
    stay = np.prod([1 - d.probability for d in exit_decisions(start.appraiser, treaty, start.world.in_force)])
    held = [treaty in members_leave(start, DrawnWill(Chance(3, k))).world.in_force for k in range(400)]
    assert np.mean(held) == pytest.approx(stay, abs=0.07)


def test_who_leaves_a_body_keeps_a_treaty_with_the_hub() -> None:
    council = body(("S0", "S1", "S2", "S3"), Rule.CONSENSUS)
    start = moment(6, Parameters({"decision_noise": 0.25}), in_force=Architecture((council,)))
    for k in range(80):
        after = members_leave(start, DrawnWill(Chance(4, k)))
        for e in after.events:
            if e.happening is Happening.LEFT and e.actor != "S0":
                assert not any(m.kind is Kind.MULTILATERAL and e.actor in m.members for m in after.world.in_force)
                assert bilateral("S0", e.actor) in after.world.in_force


def test_commitments_without_a_treaty_are_facts_and_not_left(case: Case) -> None:
    for record in run(case, 3):
        assert any(m.kind is Kind.DE_FACTO for m in record.world.in_force)


# --- step 5: the wedge


def test_no_budget_no_pain_and_more_budget_never_more_consent() -> None:
    three = forum(("S0", "S1", "S2"))
    chances, pains = [], []
    for budget in (0.0, 0.01, 0.1, 1.0, 5.0):
        appraiser = Appraiser(random_world(7), Parameters({"coercion_budget": budget}))
        pain = pressing_on(appraiser, three, Architecture()).best
        limits = limits_of_coercion(appraiser, three, 0), limits_of_coercion(appraiser, three, 1)
        assert (pain <= np.maximum(*limits) + 1e-12).all()
        asked = consent_decisions(appraiser, three, Architecture(), pain)
        chances.append(np.prod([d.probability for d in asked]))
        pains.append(pain.sum())
    assert pains[0] == 0
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < chances[0]


# --- step 6: the round


def test_what_is_agreed_is_in_force_and_what_is_refused_is_not() -> None:
    start = moment(8)
    table, drafts = table_of_drafts(start.appraiser, first_drafts(start.appraiser), 2000)
    assert set(table) == {Form.FORUM, Form.COUNCIL, Form.HUB_LED}
    for k in range(60):
        after = one_round(start, drafts, DrawnWill(Chance(5, k)))
        for e in after.events:
            if e.happening in (Happening.FORMED, Happening.REFUSED):
                assert (e.institution in after.world.in_force) == (e.happening is Happening.FORMED)
                assert all(d.taken for d in e.decisions) == (e.happening is Happening.FORMED)
            if e.happening is Happening.SIGNED:
                assert all(d.decision.gain > 0 for d in e.decisions)


def test_a_draft_at_rest_is_what_no_single_change_improves() -> None:
    start = moment(9).appraiser
    table: dict[str, tuple[str, ...]] = dict(first_drafts(start))
    for year in range(2000, 2030):
        table = dict(table_of_drafts(start, table, year)[0])
    keys = keys_of_drafts(start, star(start), Kind.FORUM, Rule.CONSENSUS)
    drafted = first_drafts(start)[Form.FORUM]
    rest = table[Form.FORUM]
    assert keys([rest])[0] >= keys([drafted])[0] - 1e-9
    everybody = candidates(start.world)
    for s in everybody[1:]:
        if s not in rest:
            assert keys([tuple(m for m in everybody if m in rest or m == s)])[0] <= keys([rest])[0] + 1e-9
    again, best = amend(rest, everybody, "S0", keys)
    assert best >= keys([rest])[0]
    assert again == rest or best > keys([rest])[0]


# --- step 7: forums teach


def test_only_years_in_a_forum_bring_priorities_closer() -> None:
    start = moment(10, in_force=Architecture((forum(("S0", "S1", "S2")), bilateral("S0", "S3"))))
    left = forums_teach(forums_teach(start)).world.divergence_left
    np.testing.assert_allclose(left[np.ix_([0, 1, 2], [0, 1, 2])] + np.eye(3), 0.81 + np.eye(3) * 1.19)
    assert (left[3] == 1).all()
    assert forums_teach(moment(10)).world.digest() == moment(10).world.digest()


def test_light_treaties_are_signed_in_forums_between_spokes_alone() -> None:
    start = moment(11, in_force=Architecture((forum(("S0", "S1", "S2")),)))
    for k in range(40):
        for e in light_treaties(start, DrawnWill(Chance(6, k))).events:
            assert {e.actor, e.other} == {"S1", "S2"}
    assert light_treaties(moment(11), DrawnWill(Chance(6, 0))).events == ()


def test_a_forum_halves_the_fee_of_a_treaty_between_spokes() -> None:
    world = random_world(12, in_force=Architecture((forum(("S0", "S1", "S2")),)))
    met = forums_teach(Moment(2000, Appraiser(world, Parameters()))).appraiser
    row = COMPONENTS.index("fee")
    light = replace(bilateral("S1", "S2"), depth=0.3)
    fees = [consent_decisions(a, light, world.in_force)[0].terms[row] for a in (Appraiser(world, Parameters()), met)]
    assert fees[1] == pytest.approx(fees[0] / 2)


# --- the whole year


def test_the_same_run_is_the_same_whatever_other_runs_there_are(case: Case) -> None:
    one, two = run(case, 4), run(case, 4)
    assert [r.events[0].text for r in one if r.events] == [r.events[0].text for r in two if r.events]
    assert [r.world.digest() for r in one] == [r.world.digest() for r in two]
    assert [r.world.digest() for r in run(case, 5)] != [r.world.digest() for r in one]


@pytest.mark.parametrize("mechanism", ["exposure", "dispute", "wedge", "platform", "autonomy"])
def test_switching_a_mechanism_off_moves_no_draw(case: Case, mechanism: str) -> None:
    without, met = switch_off(Parameters(), [mechanism]), 0
    for number in range(8):
        on, off = dict(decided(run(case, number))), dict(decided(run(case, number, parameters=without)))
        assert all(on[k] == off[k] for k in on.keys() & off.keys())
        met += len(on.keys() & off.keys())
    assert met > 3


def test_a_later_start_meets_the_same_draws(case: Case) -> None:
    met = 0
    for number in range(4):
        early, late = dict(decided(run(case, number, 1993))), dict(decided(run(case, number, 1998)))
        assert all(early[k] == late[k] for k in early.keys() & late.keys())
        met += len(early.keys() & late.keys())
    assert met > 3


def test_leaders_are_the_same_whoever_else_there_is() -> None:
    few, many = (leaders_change(moment(1, states=n), Chance(7, 0)) for n in (4, 6))
    named = [{e.actor: e.draw for e in m.events} for m in (few, many)]
    assert all(named[1][s] == draw for s, draw in named[0].items())


def test_every_decision_is_explained_by_terms_that_add_up(case: Case) -> None:
    for record in run(case, 1):
        for event in record.events:
            for d in event.decisions:
                assert d.decision.terms.shape == (len(COMPONENTS),)
                assert d.decision.gain == pytest.approx(d.decision.terms.sum() - d.decision.pain)
                assert 0 <= d.decision.probability <= 1
            if event.happening is Happening.LEFT:
                assert event.decisions[0].taken


def test_transfers_cancel_in_every_year(case: Case) -> None:
    row = COMPONENTS.index("leverage")
    for record in run(case, 8):
        assert float(record.world.gdp @ record.lived.components[row]) == pytest.approx(0, abs=1e-6)


def test_judged_facts_keep_their_place_in_the_range_through_the_years(case: Case) -> None:
    low = Course(Calendar(case), Parameters(), {"sovereignty JPN": 0.0, "free_force JPN": 1.0}, {})
    for year in (1995, 2000, 2005):
        world = low.facts(year)
        assert world.sovereignty[1] == pytest.approx(0.3)
        assert world.free_force[1] == pytest.approx(0.5)
    put = Course(Calendar(case), Parameters(), {}, {("sovereignty", "JPN", None): 0.9})
    assert put.facts(1995).sovereignty[1] == 0.9


def test_a_world_is_replaced_in_one_place_only() -> None:
    folder = Path(foedus.__file__).parent / "simulation"
    places = {p.name for p in folder.glob("*.py") if re.search(r"\b(world|facts)\.replace\(", p.read_text())}
    assert places == {"year.py"}


def test_streams_are_uniform_and_independent() -> None:
    draws = np.array([[Chance(1, k).uniform("exit", s, 2000) for k in range(400)] for s in ("a", "b")])
    assert draws.mean() == pytest.approx(0.5, abs=0.04)
    assert abs(np.corrcoef(draws)[0, 1]) < 0.12
