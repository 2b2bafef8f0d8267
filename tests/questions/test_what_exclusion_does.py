"""What exclusion does: a state that is not recognised, as it is, left out of a body, and taken into it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.model.architecture import Architecture, bilateral, body, de_facto
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.questions.what_exclusion_does import (
    ACCEPTED,
    GAIN,
    LOSS,
    SITUATIONS,
    accepted_with,
    accepted_without,
    exclusion_table,
    loss,
    section,
    sentence,
    what_exclusion_does,
)
from questions.asked import COUNCIL, NOISE, PLAIN, answered, hand_world, sigmoid


def test_the_odds_of_a_body_with_and_without_as_worked_out_by_hand() -> None:
    found = what_exclusion_does(Study(hand_world(), PLAIN))
    without = math.prod(sigmoid(g / NOISE) for g in COUNCIL.values())
    assert found[ACCEPTED("left out", "TWN")] == pytest.approx(without)
    # with Taiwan the line stays at 1, and reprisals double, as one member is not recognised
    gains = {"USA": -0.028, "JPN": -0.103, "KOR": -0.528, "TWN": 0.1 - 0.003 - 1.0}
    for s, g in gains.items():
        assert found[GAIN("taken in", "TWN", s)] == pytest.approx(g)
    assert found[ACCEPTED("taken in", "TWN")] == pytest.approx(math.prod(sigmoid(g / NOISE) for g in gains.values()))
    assert GAIN("left out", "TWN", "USA") not in found


def test_what_a_treaty_in_force_is_worth_already_is_no_gain_by_the_body() -> None:
    star = Architecture((bilateral("USA", "JPN"),))
    found = what_exclusion_does(Study(hand_world(in_force=star), PLAIN))
    # the body takes Japan's treaty in, which kept it a point from the hub's line (0.125) and cost a fee
    assert found[GAIN("taken in", "TWN", "JPN")] == pytest.approx(-0.103 + 0.125 + 0.003)
    assert found[GAIN("taken in", "TWN", "KOR")] == pytest.approx(-0.528)
    left = {**COUNCIL, "USA": COUNCIL["USA"] + 0.003, "JPN": COUNCIL["JPN"] + 0.128}
    assert found[ACCEPTED("left out", "TWN")] == pytest.approx(math.prod(sigmoid(g / NOISE) for g in left.values()))


def risky(**fixed: object) -> Study:
    force = np.array([100.0, 30.0, 20.0, 5.0])
    fixed = {"in_force": Architecture((de_facto("USA", "TWN"),)), **fixed}
    return Study(hand_world(capability_raw=force, capability_available=force, **fixed), Parameters())


def test_being_left_out_casts_doubt_on_the_commitment_and_being_in_protects() -> None:
    found = what_exclusion_does(risky())
    lost = {k: found[LOSS(k, "TWN")] for k in SITUATIONS}
    assert lost["left out"] > lost["today"] > lost["taken in"] > 0


def test_where_a_body_is_watched_it_is_the_body_that_is_meant() -> None:
    watched = body(("USA", "JPN"), name="Two")
    found = what_exclusion_does(Study(hand_world(), PLAIN, watch=(watched,)))
    assert GAIN("taken in", "TWN", "KOR") not in found
    half = 0.5 / 8 * 1.0  # half a point from the line of two
    accepted = sigmoid((-half + 0.097) / NOISE) * sigmoid((-half + 0.097 - 0.1) / NOISE)
    assert found[ACCEPTED("left out", "TWN")] == pytest.approx(accepted)


def test_claims_ask_for_the_same_numbers() -> None:
    asked = Study(hand_world(), PLAIN)
    found = what_exclusion_does(asked)
    assert accepted_with(asked, "TWN") == found[ACCEPTED("taken in", "TWN")]
    assert accepted_without(asked, "TWN") == found[ACCEPTED("left out", "TWN")]
    assert loss(asked, "TWN", "today") == found[LOSS("today", "TWN")]
    assert math.isnan(accepted_with(asked, "JPN"))  # it is recognised
    assert math.isnan(accepted_without(asked, "JPN"))
    assert math.isnan(loss(asked, "JPN", "today"))


def test_where_all_are_recognised_there_is_nothing_to_tell() -> None:
    assert what_exclusion_does(Study(hand_world(recognised=np.ones(4)), PLAIN)) == {}
    assert section(answered({})) is None


def test_two_that_are_not_recognised_are_each_looked_at_alone() -> None:
    found = what_exclusion_does(Study(hand_world(recognised=np.array([1.0, 1.0, 0.0, 0.0])), PLAIN))
    assert {k.split("|")[2].split("/")[0] for k in found} == {"KOR", "TWN"}
    assert GAIN("taken in", "TWN", "KOR") not in found


def test_the_sentence_and_the_table() -> None:
    given = {LOSS("today", "TWN"): 1.0, LOSS("left out", "TWN"): 1.25, LOSS("taken in", "TWN"): 0.5}
    given |= {GAIN("taken in", "TWN", "TWN"): -0.1, ACCEPTED("taken in", "TWN"): 0.03}
    found = answered(given, {LOSS("today", "TWN"): [0.9, 1.1]})
    assert sentence(found, "TWN") == (
        "Taiwan expects to lose 1.00 % of GDP a year today, 1.25 % if a body leaves it out and 0.50 % inside one; after "
        "reprisals being taken in is worth -0.10 % to it, and all would agree with a probability of 3 %."
    )
    rows = list(exclusion_table(found))
    assert [(r["name"], r["label"], r["default"]) for r in rows] == [
        ("Taiwan", "Today", 1.0),
        ("Taiwan", "A body leaves it out", 1.25),
        ("Taiwan", "A body takes it in", 0.5),
    ]
    assert rows[0]["median"] == pytest.approx(1.0)
    told = section(found)
    assert told is not None
    assert told.says == (sentence(found, "TWN"),)
    assert told.charts[0].table is told.tables[0]
