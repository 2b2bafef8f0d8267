"""The round as it is played, with draws that are told: who proposes, who is pressed, who agrees, and what is in force then."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body, de_facto, forum
from foedus.model.parameters import Parameters
from foedus.simulation import proposals
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import consent_decisions, limits_of_coercion
from foedus.simulation.formation import DRAFTED, Form, agenda_of, gains, keys_of_drafts, menu_of, star
from foedus.simulation.proposals import first_drafts, light_treaties, one_round, pressing_on, table_of_drafts
from foedus.simulation.trace import Happening
from foedus.simulation.will import DrawnWill, SeatedWill
from foedus.simulation.year import Moment
from simulation.test_will import Scripted
from simulation.tolddraws import Told
from worlds import random_world

TALKS = forum(("S0", "S1", "S2"))


def moment(parameters: dict[str, float] | None = None, laws: dict[str, str] | None = None, **fixed: object) -> Moment:
    parameters_ = Parameters(parameters or {}, laws=laws or {})
    return Moment(2001, Appraiser(random_world(27, **fixed), parameters_))  # type: ignore[arg-type]


# --- the table of drafts


def test_one_draft_a_year_is_taken_up_and_the_others_lie_as_they_were() -> None:
    start = moment().appraiser
    carried = {Form.FORUM: ("S0", "S1", "S2"), Form.COUNCIL: ("S0", "S2", "S3"), Form.HUB_LED: ("S0", "S3", "S4")}
    for year in (2001, 2002, 2003):
        table, worth = table_of_drafts(start, carried, year)
        turn = DRAFTED[year % 3][0]
        assert {f for f in table if table[f] != carried[f]} <= {turn}
        for form, kind, rule in DRAFTED:
            key = keys_of_drafts(start, star(start), kind, rule)([table[form]])[0]
            assert ((form, Institution(kind, table[form], rule)) in worth) == (key > 0)
        kind, rule = next((k, r) for f, k, r in DRAFTED if f == turn)
        keys = keys_of_drafts(start, star(start), kind, rule)
        assert keys([table[turn]])[0] >= keys([carried[turn]])[0]


def test_a_draft_never_made_or_of_too_few_starts_from_everybody() -> None:
    world = random_world(27)
    start = moment().appraiser
    table, _ = table_of_drafts(start, {Form.COUNCIL: ("S0", "S3")}, 2001)  # the forum is taken up
    assert table[Form.COUNCIL] == table[Form.HUB_LED] == world.states
    three, _ = table_of_drafts(start, {Form.COUNCIL: ("S1", "S3")}, 2001)
    assert three[Form.COUNCIL] == ("S0", "S1", "S3")
    kept, _ = table_of_drafts(start, {Form.COUNCIL: ("S4", "S3", "S1")}, 2001)  # the hub is always in
    assert kept[Form.COUNCIL] == ("S0", "S1", "S3", "S4")


def test_two_make_no_draft_and_what_is_in_force_is_not_proposed_again() -> None:
    alone = moment(recognised=np.array([1, 1, 0, 0, 0.0])).appraiser
    assert table_of_drafts(alone, {}, 2001) == ({}, ())
    assert first_drafts(alone) == {}
    three = moment(recognised=np.array([1, 1, 1, 0, 0.0])).appraiser
    assert set(first_drafts(three)) == {Form.FORUM, Form.COUNCIL, Form.HUB_LED}
    table, worth = table_of_drafts(three, {}, 2003)
    assert table[Form.FORUM] == ("S0", "S1", "S2")
    assert (Form.FORUM, TALKS) in worth
    held = moment(recognised=np.array([1, 1, 1, 0, 0.0]), in_force=Architecture((TALKS,))).appraiser
    assert (Form.FORUM, TALKS) not in table_of_drafts(held, {}, 2003)[1]


# --- pressure


def test_the_adversary_presses_within_its_means() -> None:
    start = moment({"coercion_budget": 0.5, "wedge_cost_ratio": 0.2}).appraiser
    world, talks = start.world, forum(("S1", "S0", "S3"))
    found = pressing_on(start, talks, star(start))
    partner = int(np.argmax(world.gdp @ world.trade))
    assert found.adversary == f"A{partner}"
    assert (found.institution, found.budget) == (talks, 0.5)
    np.testing.assert_allclose(found.price, 0.002 * world.gdp[[1, 0, 3]])
    np.testing.assert_allclose(found.limit, limits_of_coercion(start, talks, partner))
    assert found.best @ found.price <= 0.5 + 1e-9
    # nothing else that money can buy lowers the chance of agreement further
    rng = np.random.default_rng(1)
    noise = Parameters()["decision_noise"] * Parameters()["forum_depth"]
    gain = gains(start, talks, star(start))[[1, 0, 3]]

    def agree(pain: np.ndarray) -> float:
        return float(np.sum(-np.logaddexp(0, -(gain - pain) / noise)))

    for _ in range(200):
        pain = found.limit * rng.uniform(0, 1, 3)
        pain *= min(1.0, 0.5 / float(pain @ found.price))
        assert agree(found.best) <= agree(pain) + 1e-9


# --- the round


def told(start: Moment, item: int, **draws: float) -> tuple[dict[str, float], float, float]:
    """Return draws by which the hub proposes an item of the menu with the forum, with its chance and the draw of it."""
    who, what = agenda_of(start.appraiser, menu_of(start.appraiser, [(Form.FORUM, TALKS)]))
    draw = float(np.cumsum(what[0])[item]) - 1e-12
    return {"proposer": 0.0, "proposal": draw, **draws}, float(who[0] * what[0, item]), draw


def test_a_proposal_that_all_agree_to_is_in_force() -> None:
    start = moment({"coercion_budget": 0.0})
    draws, chance, draw = told(start, 2, consent=0.0)
    after = one_round(start, [(Form.FORUM, TALKS)], DrawnWill(Told(draws)))
    proposed, formed, *signed = after.events
    assert (proposed.happening, proposed.actor, proposed.institution) == (Happening.PROPOSED, "S0", TALKS)
    assert (proposed.probability, proposed.draw, proposed.seated) == (pytest.approx(chance), draw, False)
    assert (formed.happening, formed.institution) == (Happening.FORMED, TALKS)
    asked = consent_decisions(start.appraiser, TALKS, star(start.appraiser))
    assert formed.probability == pytest.approx(math.prod(d.probability for d in asked))
    assert [d.decision.probability for d in formed.decisions] == [d.probability for d in asked]
    assert {e.happening for e in signed} == {Happening.SIGNED}
    assert after.world.in_force.same_set(star(start.appraiser).having(TALKS))


def test_one_refusal_is_enough_and_leaves_the_star() -> None:
    start = moment({"coercion_budget": 0.0})
    draws, *_ = told(start, 2, consent=0.0)
    after = one_round(start, [(Form.FORUM, TALKS)], DrawnWill(Told({**draws, "consent S1": 1.0})))
    assert [e.happening for e in after.events[:2]] == [Happening.PROPOSED, Happening.REFUSED]
    assert [d.taken for d in after.events[1].decisions] == [True, False, True]
    assert after.world.in_force.same_set(star(start.appraiser))


def test_what_needs_no_consent_is_there_at_once() -> None:
    start = moment()
    idle = one_round(start, [(Form.FORUM, TALKS)], DrawnWill(Told(told(start, 0)[0])))
    assert idle.events == ()
    assert idle.world is start.world
    grown = one_round(start, [(Form.FORUM, TALKS)], DrawnWill(Told(told(start, 1)[0])))
    assert {e.happening for e in grown.events} == {Happening.SIGNED}
    assert grown.world.in_force.same_set(star(start.appraiser))


def test_pressure_is_told_with_its_main_target_and_who_decided_on_it() -> None:
    start = moment()
    draws, *_ = told(start, 2, consent=0.0)
    pressing = pressing_on(start.appraiser, TALKS, star(start.appraiser))
    assert pressing.best.any()
    after = one_round(start, [(Form.FORUM, TALKS)], DrawnWill(Told(draws)))
    pressed = after.events[1]
    assert (pressed.happening, pressed.actor, pressed.institution) == (Happening.PRESSED, pressing.adversary, TALKS)
    assert pressed.other == TALKS.members[int(np.argmax(pressing.best))]
    assert (pressed.size, pressed.seated) == (pressing.best.max(), False)
    assert [d.decision.pain for d in after.events[2].decisions] == pressing.best.tolist()
    seated = SeatedWill(DrawnWill(Told(draws)), {pressing.adversary: Scripted({}, pain=0.0)})
    eased = one_round(start, [(Form.FORUM, TALKS)], seated)
    assert Happening.PRESSED not in {e.happening for e in eased.events}


def test_a_mood_is_shared_by_all_who_are_asked() -> None:
    start = moment({"common_mood": 0.4, "coercion_budget": 0.0}, {"consent": "common-mood"})
    draws, *_ = told(start, 2, consent=0.5)
    chances = []
    for mood in (-2.0, 2.0):
        after = one_round(start, [(Form.FORUM, TALKS)], DrawnWill(Told({**draws, "mood": mood})))
        chances.append([d.decision.probability for d in after.events[1].decisions])
    assert all(a < b for a, b in zip(*chances, strict=True))


# --- light treaties


def light(held: tuple[Institution, ...], **draws: float) -> tuple[Moment, Told]:
    chance = Told(draws)
    return light_treaties(moment({"light_depth": 0.25}, in_force=Architecture(held)), DrawnWill(chance)), chance


def test_a_forum_asks_one_pair_of_its_spokes_that_has_no_treaty() -> None:
    talks = forum(("S0", "S1", "S2", "S3"))
    held = (talks, bilateral("S1", "S2", 0.25), de_facto("S0", "S1"))
    name = f"light dyad {talks.members}"
    for draw, pair in ((0.0, ("S1", "S3")), (0.49, ("S1", "S3")), (0.5, ("S2", "S3")), (0.99, ("S2", "S3"))):
        after, chance = light(held, **{name: draw, "light consent": 0.0})
        (event,) = after.events
        made = bilateral(*pair, 0.25)
        assert (event.happening, event.actor, event.other, event.institution) == (Happening.LIGHT, *pair, made)
        assert made in after.world.in_force
        assert len(after.world.in_force) == 4
        assert event.probability == pytest.approx(math.prod(d.decision.probability for d in event.decisions))
        assert chance.asked == [name, *(f"light consent {s} {pair}" for s in pair)]


def test_one_who_does_not_want_it_is_enough() -> None:
    after, _ = light((TALKS,), **{"light dyad": 0.0, "light consent": 0.0, "light consent S2 ('S1', 'S2')": 1.0})
    (event,) = after.events
    assert event.happening is Happening.LIGHT_REFUSED
    assert [d.taken for d in event.decisions] == [True, False]
    assert list(after.world.in_force) == [TALKS]


def test_pairs_with_a_treaty_or_the_hub_are_not_asked() -> None:
    assert light((forum(("S0", "S1")),))[0].events == ()
    assert light((TALKS, bilateral("S1", "S2", 0.25)))[0].events == ()
    assert light((TALKS, body(("S0", "S1", "S2"))))[0].events == ()
    assert light((body(("S0", "S1", "S2")),))[1].asked == []
    two, _ = light((TALKS, forum(("S0", "S3", "S4"))), **{"light dyad": 0.0, "light consent": 0.0})
    assert [(e.actor, e.other) for e in two.events] == [("S1", "S2"), ("S3", "S4")]
    assert {m.kind for m in two.world.in_force if not m.has("S0")} == {Kind.BILATERAL}
    assert {m.rule for m in two.world.in_force if not m.has("S0")} == {bilateral("S1", "S2").rule, Rule.HUB}


def test_those_who_gain_least_are_the_first_to_be_dropped_and_never_the_hub() -> None:
    start = moment().appraiser
    members = ("S0", "S3", "S1", "S4")
    found = proposals._least_willing_first(start, star(start), Kind.FORUM, Rule.CONSENSUS)(members)
    gain = gains(start, forum(members), star(start))
    assert set(found) == {"S1", "S3", "S4"}
    assert [float(gain[start.world.index(s)]) for s in found] == sorted(float(gain[k]) for k in (1, 3, 4))
