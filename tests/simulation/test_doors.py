"""Doors in a run: who applies, who answers, who is named, and what is in force afterwards."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Kind, bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.doors import doors_open, entry, has_door, outside
from foedus.simulation.trace import Happening
from foedus.simulation.will import DrawnWill
from foedus.simulation.year import Moment
from simulation.tolddraws import Told
from worlds import random_world

OPEN = {"door": "open"}
COUNCIL = body(("S0", "S1", "S2"))


def moment(changes: Mapping[str, float] | None = None, laws: Mapping[str, str] = OPEN, seed: int = 2) -> Moment:
    standing = Architecture((COUNCIL, bilateral("S0", "S3"), bilateral("S0", "S4")))
    world = random_world(seed, 5, in_force=standing, recognised=np.array([1.0, 1.0, 1.0, 1.0, 0.0]))
    return Moment(1990, Appraiser(world, Parameters(changes, laws=laws)))


def test_bodies_and_forums_of_the_hub_have_doors() -> None:
    assert has_door(COUNCIL, "S0")
    assert has_door(forum(("S0", "S1", "S2")), "S0")
    assert not has_door(COUNCIL, "S3")
    assert not has_door(forum(("S0", "S1")), "S0")
    assert not has_door(bilateral("S0", "S1"), "S0")


def test_recognised_states_outside_can_apply() -> None:
    assert outside(moment().world, COUNCIL) == ("S3",)


def test_all_gain_what_the_enlarged_body_in_the_place_of_the_old_one_brings() -> None:
    here = moment()
    appraiser, standing = here.appraiser, here.world.in_force
    found = entry(appraiser, COUNCIL, "S3", 0.45)
    larger = body(("S0", "S1", "S2", "S3"))
    assert found.enlarged == larger
    after = Architecture((bilateral("S0", "S4"), larger))  # it takes in the treaty of two
    change = appraiser.appraise(after, standing).utility - appraiser.appraise(standing, standing).utility
    assert found.applies.gain == pytest.approx(change[3])
    assert [d.gain for d in found.lets_in] == pytest.approx(change[:3])
    assert found.least_willing.state == f"S{int(np.argmin(change[:3]))}"
    assert found.enters == pytest.approx(found.applies.probability * found.all_agree)


def test_shut_doors_change_nothing_and_draw_nothing() -> None:
    here, told = moment(laws={"door": "closed"}), Told({"applies": 0.0, "lets in": 0.0})
    assert doors_open(here, DrawnWill(told)) is here
    assert told.asked == []


def test_without_a_habit_of_applying_nobody_enters() -> None:
    here = moment({"application_habit": 0.0})
    assert doors_open(here, DrawnWill(Told({"applies": 0.0, "lets in": 0.0}))).world.in_force == here.world.in_force


def test_who_is_let_in_is_a_member_and_keeps_no_treaty_of_two() -> None:
    after = doors_open(moment(), DrawnWill(Told({"applies": 0.0, "lets in": 0.0})))
    assert set(after.world.in_force) == {bilateral("S0", "S4"), body(("S0", "S1", "S2", "S3"))}
    asked, formed = after.events
    assert (asked.happening, asked.actor, asked.other) == (Happening.PROPOSED, "S3", "S3")
    assert (formed.happening, formed.actor, formed.other) == (Happening.FORMED, "S3", "")
    assert asked.text == "S3 applies to be in the council S0–S1–S2–S3"
    assert formed.text == "S3 is let in: the council S0–S1–S2–S3"
    gains = [d.decision.gain for d in formed.decisions]
    assert gains == sorted(gains)
    assert {d.decision.state for d in formed.decisions} == {"S0", "S1", "S2"}


def test_the_least_willing_of_those_who_refuse_has_its_name() -> None:
    here = moment({"enlargement_habit": 0.0})
    after = doors_open(here, DrawnWill(Told({"applies": 0.0, "lets in": 1.0})))
    assert after.world.in_force == here.world.in_force
    refused = after.events[-1]
    least = entry(here.appraiser, COUNCIL, "S3", 0.45).least_willing.state
    assert (refused.happening, refused.actor, refused.other, refused.size) == (Happening.REFUSED, "S3", least, 3.0)
    assert refused.text == f"{least} does not let S3 into the council S0–S1–S2–S3"
    subject = "S3 to MT ('S0', 'S1', 'S2') consensus"
    alone = Told({"applies": 0.0, "lets in": 0.0, f"lets in S1: {subject}": 1.0})
    assert doors_open(here, DrawnWill(alone)).events[-1].other == "S1"


def test_members_answer_in_one_mood_and_alone_without_one() -> None:
    bad, good = (
        doors_open(moment(), DrawnWill(Told({"applies": 0.0, "lets in": 0.5, "mood": z}))).events[-1]
        for z in (-60.0, 60.0)
    )
    assert (bad.happening, good.happening) == (Happening.REFUSED, Happening.FORMED)
    told = Told({"applies": 0.0, "lets in": 0.5})
    doors_open(moment(laws={"door": "each-alone"}), DrawnWill(told))
    assert not any(name.startswith("mood") for name in told.asked)


def test_several_may_enter_in_one_year_each_finding_the_body_as_it_is() -> None:
    world = random_world(4, 6, in_force=Architecture((COUNCIL,)))
    here = Moment(1990, Appraiser(world, Parameters(laws=OPEN)))
    after = doors_open(here, DrawnWill(Told({"applies": 0.0, "lets in": 0.0})))
    assert [m.members for m in after.world.in_force if m.kind is Kind.MULTILATERAL] == [
        tuple(f"S{k}" for k in range(6))
    ]
    assert [len(e.institution.members) for e in after.events if e.institution] == [4, 4, 5, 5, 6, 6]


def test_an_enlarged_body_keeps_its_name_and_what_it_covers_is_gone() -> None:
    named, small = body(("S0", "S1", "S2"), name="Pact"), forum(("S0", "S1", "S2"), "Talks")
    world = random_world(4, 4, in_force=Architecture((named, small)))
    after = doors_open(
        Moment(1990, Appraiser(world, Parameters(laws=OPEN))), DrawnWill(Told({"applies": 0.0, "lets in": 0.0}))
    )
    assert [(m.name, len(m.members)) for m in after.world.in_force] == [("Pact", 4), ("Talks", 4)]
