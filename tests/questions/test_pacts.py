"""Pacts between spokes: what two would sign without the hub, and what years in one forum change about it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from foedus.model.parameters import Parameters
from foedus.questions.pacts import PACT, all_pacts, chance_of_a_pact, pact
from foedus.questions.study import Study
from foedus.vocabulary.errors import FoedusError
from questions.asked import PLAIN, hand_world, sigmoid
from worlds import random_world

LIGHT = PLAIN["light_depth"]


def by_hand(depth: float, fee: float = 0.003) -> float:
    """Return the chance of a pact of Japan and Korea: upkeep, reprisals, and half a point to the line between them."""
    gains = [-fee * depth - 5.0 * depth**2 * trade - depth**2 * 0.5 / 4 * 0.5 for trade in (0.02, 0.05)]
    return math.prod(sigmoid(g / (0.1 * depth)) for g in gains)


def study(**fixed: object) -> Study:
    even = np.ones(4)  # of equal force, so that the line of two is in the middle
    return Study(hand_world(capability_raw=even, capability_available=even, **fixed), PLAIN)


def test_the_chance_of_a_pact_as_worked_out_by_hand() -> None:
    assert chance_of_a_pact(study(), "JPN", "KOR") == pytest.approx(by_hand(LIGHT))
    assert chance_of_a_pact(study(), "KOR", "JPN", 1.0) == pytest.approx(by_hand(1.0))
    assert chance_of_a_pact(study(), "JPN", "KOR", 0.5) == pytest.approx(by_hand(0.5))


@pytest.mark.parametrize("learning", [0.0, 0.1])
@pytest.mark.parametrize("years", [1, 7])
def test_years_in_a_forum_make_upkeep_cheaper_once(learning: float, years: int) -> None:
    asked = Study(study().world, PLAIN.replace({"forum_learning": learning}))
    spared = chance_of_a_pact(asked, "JPN", "KOR", None, years)
    assert spared == pytest.approx(by_hand(LIGHT, 0.003 * PLAIN["acquainted_fee"]), rel=1e-12)


def test_years_in_a_forum_bring_priorities_together() -> None:
    world = random_world(7, states=4, adversaries=2)
    asked = Study(world, Parameters({"treaty_fee": 0.0, "coordination_loss": 2.5, "forum_learning": 0.3}))
    chances = [chance_of_a_pact(asked, "S1", "S2", 1.0, years) for years in (0, 2, 5)]
    left = np.array(world.divergence_left)
    left[1, 2] = left[2, 1] = 0.7**5
    after = Study(world.replace(divergence_left=left), asked.parameters)
    assert chances[2] == pytest.approx(chance_of_a_pact(after, "S1", "S2", 1.0, 0))


def test_what_a_pact_of_three_words_asks_for() -> None:
    assert pact(study(), "JPN", "KOR", None, None) == chance_of_a_pact(study(), "JPN", "KOR")
    assert pact(study(), "JPN", "KOR", "0.5", "3") == chance_of_a_pact(study(), "JPN", "KOR", 0.5, 3)
    asked = PACT.asked("chance of a pact of JPN and KOR at depth 0.5 after 3 years in a forum")
    assert asked == {"STATE": "JPN", "OTHER": "KOR", "DEPTH": "0.5", "YEARS": "3"}
    assert PACT.asked("chance of a pact of JPN and KOR") == {
        "STATE": "JPN",
        "OTHER": "KOR",
        "DEPTH": None,
        "YEARS": None,
    }


@pytest.mark.parametrize(("one", "other", "depth"), [("JPN", "JPN", None), ("JPN", "KOR", "0"), ("JPN", "KOR", "1.5")])
def test_pacts_that_cannot_be_are_refused(one: str, other: str, depth: str | None) -> None:
    assert PACT.check is not None
    with pytest.raises(
        FoedusError, match=r"no pact can be of that kind\. Name two states, and a depth above 0 and up to 1"
    ):
        PACT.check(one, other, depth, None)


@pytest.mark.parametrize("depth", [None, "0.01", "1"])
def test_pacts_that_can_be_are_not(depth: str | None) -> None:
    assert PACT.check is not None
    PACT.check("JPN", "KOR", depth, "3")


def test_every_two_without_the_hub_once() -> None:
    found = all_pacts(study())
    assert list(found) == [PACT(a, b) for a, b in itertools.combinations(("JPN", "KOR", "TWN"), 2)]
    assert found[PACT("JPN", "KOR")] == chance_of_a_pact(study(), "JPN", "KOR")
