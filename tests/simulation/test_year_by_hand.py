"""The steps of a year by hand: draws are told, a draw at its chance is none, and every event says what it was."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Kind, Rule, bilateral, body, de_facto, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import exit_decisions
from foedus.simulation.trace import Event, Happening
from foedus.simulation.will import DrawnWill
from foedus.simulation.year import (
    Moment,
    Standing,
    data_year,
    forum_pairs,
    forums_teach,
    ladder,
    leaders_change,
    light_treaty,
    members_leave,
    quarrelling_pairs,
    quarrels_flare,
    standing_of,
    treaties_signed,
)
from simulation.tolddraws import Told
from worlds import random_world

RATES = {
    "turnover_rate": 0.25,
    "perception_spread": 0.5,
    "grievance_persistence": 0.5,
    "grievance_shock_rate": 0.125,
    "smallest_shock": 0.25,
    "largest_shock": 0.75,
    "forum_learning": 0.25,
}


def moment(parameters: dict[str, float] | None = None, **fixed: object) -> Moment:
    return Moment(2000, Appraiser(random_world(1, 4, **fixed), Parameters(RATES | (parameters or {}))))  # type: ignore[arg-type]


def grievances(**pairs: float) -> np.ndarray:
    """Return grievances from names such as ``g12``."""
    found = np.zeros((4, 4))
    for name, value in pairs.items():
        found[int(name[1]), int(name[2])] = value
    return found


# --- step 1


def test_a_commitment_is_carried_by_the_record_and_ends_in_a_treaty() -> None:
    pact, hidden, promise = bilateral("S0", "S1"), de_facto("S0", "S1"), de_facto("S0", "S2")
    council = body(("S0", "S2", "S3"))
    world = random_world(1, 4)

    def carried(standing: tuple[object, ...], record: tuple[object, ...]) -> list[object]:
        handed = Standing(Architecture(standing), {}, {}, {}, {})  # type: ignore[arg-type]
        return list(data_year(world, handed, Architecture(record)).in_force)  # type: ignore[arg-type]

    assert carried((pact, promise), ()) == [pact]  # what the record no longer has is gone
    assert carried((pact,), (hidden, promise)) == [pact, promise]
    assert carried((council,), (promise,)) == [council]
    assert carried((forum(("S0", "S1", "S2")),), (promise,)) == [forum(("S0", "S1", "S2")), promise]


# --- step 2


def test_a_new_leader_sees_every_adversary_anew_within_bounds() -> None:
    start = moment()
    draws = {"turnover S1": 0.2, "turnover S2": 0.25, "perception S1 of A0": 2.0, "perception S1 of A1": 1000.0}
    after = leaders_change(start, Told(draws))
    assert after.world.perception[1].tolist() == [pytest.approx(math.e), 100.0]
    assert np.delete(after.world.perception, 1, 0).tolist() == np.delete(start.world.perception, 1, 0).tolist()
    (event,) = after.events
    assert (event.happening, event.actor, event.year) == (Happening.LEADER, "S1", 2000)
    assert (event.probability, event.draw) == (0.25, 0.2)
    assert event.size == pytest.approx((math.e + 100) / 2)


def test_without_a_turnover_nothing_is_touched() -> None:
    start = moment()
    assert leaders_change(start, Told()) is start


# --- step 3


def test_a_quarrel_is_of_two_whoever_resents() -> None:
    assert quarrelling_pairs(random_world(1, 4, grievance=grievances(g20=0.1, g13=0.2))) == [(0, 2), (1, 3)]


def test_a_shock_adds_to_what_is_left_of_a_grievance_on_the_sides_that_have_one() -> None:
    start = moment(grievance=grievances(g01=0.2, g23=0.8, g32=0.4, g13=0.6))
    draws = {"shock S0 S1": 0.1, "shock S2 S3": 0.0, "shock S1 S3": 0.125, "size of shock": 0.5}
    after = quarrels_flare(start, Told({**draws, "size of shock S2 S3": 0.9}))
    # half is left; a shock of a quarter to three quarters; never above 1; the draw at its chance is no shock
    wanted = grievances(g01=0.1 + 0.5, g23=1.0, g32=0.2 + 0.5, g13=0.3)
    np.testing.assert_allclose(after.world.grievance, wanted)
    assert [(e.actor, e.other, e.draw, e.probability) for e in after.events] == [
        ("S0", "S1", 0.1, 0.125),
        ("S2", "S3", 0.0, 0.125),
    ]
    assert [e.size for e in after.events] == [pytest.approx(0.6), 1.0]


def climbed(told: dict[str, float], **parameters: float) -> tuple[list[Event], Told, dict[str, np.ndarray]]:
    start = moment(parameters, grievance=grievances(g12=0.3, g21=0.8), in_force=Architecture((bilateral("S0", "S1"),)))
    chance = Told(told)
    seen = start.appraiser.appraise(start.world.in_force, start.world.in_force).quantities
    return list(ladder(start, DrawnWill(chance)).events), chance, dict(seen)


def test_the_side_with_the_larger_grievance_climbs_first_and_the_other_answers() -> None:
    events, chance, seen = climbed({"raises the quarrel": 0.0, "answers in kind": 0.0, "crisis": 0.0, "broker": 0.99})
    assert [(e.happening, e.actor, e.other) for e in events] == [
        (Happening.RAISED, "S2", "S1"),
        (Happening.ANSWERED, "S1", "S2"),
        (Happening.CRISIS, "S2", "S1"),
    ]
    assert [e.size for e in events] == [0.8, 0.3, 0.8]
    own, other = float(seen["escalation"][2, 1]), float(seen["escalation"][1, 2])
    assert own != other
    assert [e.probability for e in events] == [own, other, own]
    assert chance.asked == [f"{h} S1 S2" for h in ("raises the quarrel", "answers in kind", "crisis", "broker")]


def test_a_ladder_ends_where_somebody_does_not_climb() -> None:
    _, _, seen = climbed({})
    own = float(seen["escalation"][2, 1])
    assert climbed({"raises the quarrel": own})[0] == []  # a draw at its chance is no step
    events, chance, _ = climbed({"raises the quarrel": 0.0})
    assert [e.happening for e in events] == [Happening.RAISED]
    assert chance.asked[-1] == "answers in kind S1 S2"


def test_equal_grievances_leave_the_first_step_to_the_first() -> None:
    start = moment(grievance=grievances(g12=0.5, g21=0.5))
    (event,) = ladder(start, DrawnWill(Told({"raises the quarrel": 0.0}))).events
    assert (event.actor, event.other) == ("S1", "S2")


def test_a_broker_comes_before_a_crisis_only() -> None:
    low = {"raises the quarrel": 0.0, "answers in kind": 0.0, "crisis": 0.0}
    start = moment(grievance=grievances(g12=0.3, g21=0.8), in_force=Architecture((body(("S0", "S1", "S2")),)))
    seen = start.appraiser.appraise(start.world.in_force, start.world.in_force).quantities
    calmed = float(seen["brokerage"][2, 1])
    assert calmed > 0
    events = ladder(start, DrawnWill(Told({**low, "broker": 0.0}))).events
    assert [e.happening for e in events] == [Happening.RAISED, Happening.ANSWERED, Happening.BROKERED]
    assert (events[-1].probability, events[-1].draw) == (calmed, 0.0)
    at_chance = ladder(start, DrawnWill(Told({**low, "broker": calmed}))).events
    assert at_chance[-1].happening is Happening.CRISIS


def test_a_quarrel_that_is_brokered_does_not_end_those_of_others() -> None:
    low = {"raises the quarrel": 0.0, "answers in kind": 0.0, "crisis": 0.0, "broker": 0.0}
    both = grievances(g12=0.3, g21=0.8, g13=0.7)
    start = moment(grievance=both, in_force=Architecture((body(("S0", "S1", "S2", "S3")),)))
    events = ladder(start, DrawnWill(Told(low))).events
    assert [e.happening for e in events].count(Happening.BROKERED) == 2


# --- step 4


def left(start: Moment, **leaves: float) -> tuple[Moment, list[Event]]:
    after = members_leave(start, DrawnWill(Told({f"exit {k}": v for k, v in leaves.items()})))
    return after, list(after.events)


def test_a_treaty_of_two_ends_once_whoever_leaves() -> None:
    pact = bilateral("S0", "S1")
    start = moment(in_force=Architecture((pact, de_facto("S0", "S2"))))
    after = members_leave(start, DrawnWill(Told({"exit": 0.0})))
    assert [(e.happening, e.actor) for e in after.events] == [
        (Happening.LEFT, "S0"),
        (Happening.LEFT, "S1"),
        (Happening.ENDED, ""),
    ]
    chances = [d.probability for d in exit_decisions(start.appraiser, pact, start.world.in_force)]
    assert [e.probability for e in after.events[:2]] == chances
    assert [e.draw for e in after.events[:2]] == [0.0, 0.0]
    assert all(e.institution == pact for e in after.events)
    assert not any(e.seated for e in after.events)
    assert list(after.world.in_force) == [de_facto("S0", "S2")]  # which nobody can leave


def test_who_stays_changes_nothing() -> None:
    start = moment(in_force=Architecture((bilateral("S0", "S1"),)))
    assert members_leave(start, DrawnWill(Told({"exit": 1.0}))) is start


def test_a_body_goes_on_without_those_who_leave_as_long_as_two_are_left() -> None:
    council = body(("S0", "S1", "S2", "S3"))
    start = moment(in_force=Architecture((council,)))
    name = f"from {council.kind} {council.members} {council.rule}"
    after, events = left(start, **{f"S2 {name}": 0.0, f"S3 {name}": 0.0})
    assert [(e.happening, e.actor) for e in events] == [(Happening.LEFT, "S2"), (Happening.LEFT, "S3")]
    assert set(after.world.in_force) == {body(("S0", "S1")), bilateral("S0", "S2"), bilateral("S0", "S3")}
    after, events = left(start, **{f"{s} {name}": 0.0 for s in ("S0", "S1", "S2")})
    assert [e.happening for e in events] == [Happening.LEFT] * 3 + [Happening.ENDED]
    assert {m.kind for m in after.world.in_force} <= {Kind.BILATERAL}


# --- step 6


def test_of_new_treaties_those_of_the_hub_are_signed_each_with_its_own_worth() -> None:
    old, new, light = bilateral("S0", "S1"), bilateral("S0", "S2"), bilateral("S1", "S3", 0.3)
    start = moment(in_force=Architecture((old,)))
    after = Architecture((old, new, light, body(("S0", "S1", "S3"), Rule.HUB)))
    (event,) = treaties_signed(start, after)
    assert (event.happening, event.institution, event.year) == (Happening.SIGNED, new, 2000)
    with_it = start.appraiser.appraise(after, start.world.in_force).utility
    without = start.appraiser.appraise(after.without(new), start.world.in_force).utility
    assert [d.decision.state for d in event.decisions] == ["S0", "S2"]
    for d, at in zip(event.decisions, (0, 2), strict=True):
        assert d.decision.gain == pytest.approx(with_it[at] - without[at])
        assert (d.decision.probability, d.draw, d.taken) == (1.0, 0.0, True)


# --- step 7


def test_a_year_in_a_forum_takes_its_part_of_what_is_left_both_ways() -> None:
    half = np.full((4, 4), 0.5)
    start = moment(divergence_left=half, in_force=Architecture((forum(("S0", "S2")), body(("S0", "S1", "S3")))))
    assert forum_pairs(start.world) == [(0, 2)]
    after = forums_teach(start).world.divergence_left
    assert after[0, 2] == after[2, 0] == pytest.approx(0.375)
    assert (np.delete(np.delete(after, 0, 0), 0, 1) == 0.5).all()
    idle = moment({"forum_learning": 0.0}, in_force=Architecture((forum(("S0", "S2")),)))
    assert forums_teach(idle) is idle


def test_a_light_treaty_is_between_two_by_position() -> None:
    assert light_treaty(random_world(1, 4), 1, 3, 0.3) == bilateral("S1", "S3", 0.3)


def test_what_is_handed_on_is_named() -> None:
    world = random_world(2, 3, 1)
    handed = standing_of(world, {"forum": ("S0", "S1", "S2")})
    assert handed.perception == {(f"S{k}", "A0"): float(world.perception[k, 0]) for k in range(3)}
    assert len(handed.grievance) == len(handed.divergence_left) == 9
    assert handed.grievance["S1", "S2"] == world.grievance[1, 2]
    assert handed.drafts == {"forum": ("S0", "S1", "S2")}
