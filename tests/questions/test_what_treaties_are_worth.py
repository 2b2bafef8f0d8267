"""What treaties are worth: the world with a treaty against the same world without it, to each side."""

from __future__ import annotations

import math

import pytest

from foedus.model.architecture import Architecture, bilateral, de_facto
from foedus.questions.study import Study
from foedus.questions.what_treaties_are_worth import (
    EXIT,
    TO_ALLY,
    TO_HUB,
    WORTH,
    number_of_treaties,
    section,
    treaties_table,
    what_treaties_are_worth,
    worth_to_ally,
    worth_to_hub,
)
from questions.asked import PLAIN, answered, hand_world, sigmoid

STAR = Architecture((bilateral("USA", "KOR"), bilateral("USA", "JPN"), bilateral("JPN", "KOR"), de_facto("USA", "TWN")))
HABIT = 1.0 - math.sqrt(1.0 - PLAIN["treaty_end_habit"])  # of either side


def leaves(worth: float) -> float:
    return sigmoid(math.log(HABIT / (1.0 - HABIT)) - worth / PLAIN["habit_noise"])


def study() -> Study:
    return Study(hand_world(in_force=STAR), PLAIN)


def test_worths_and_exits_as_worked_out_by_hand() -> None:
    found = what_treaties_are_worth(study())
    # the hub's line is 2: upkeep 0.003, and an eighth of a per cent for each point away from it
    by_hand = {("USA–KOR", "USA"): -0.003, ("USA–KOR", "KOR"): -0.253, ("USA–JPN", "JPN"): -0.128}
    for (treaty, state), worth in by_hand.items():
        assert found[WORTH(treaty, state)] == pytest.approx(worth, abs=1e-9)
        assert found[EXIT(treaty, state)] == pytest.approx(leaves(worth), abs=1e-9)
    assert {k.split("|")[1] for k in found} == {"USA–KOR", "USA–JPN", "JPN–KOR"}
    assert len(found) == 12


def test_claims_ask_for_the_hub_and_for_the_ally() -> None:
    assert worth_to_hub(study(), "KOR") == pytest.approx(-0.003)
    assert worth_to_ally(study(), "KOR") == pytest.approx(-0.253)
    assert math.isnan(worth_to_ally(study(), "TWN"))  # there is no treaty
    assert number_of_treaties(study()) == 2.0  # that of two spokes is not the hub's
    assert TO_HUB.kept_as({"STATE": "KOR"}) == "treaty|HUB–KOR|HUB|worth"
    assert TO_ALLY.kept_as({"STATE": "KOR"}) == "treaty|HUB–KOR|KOR|worth"


def test_without_treaties_there_is_nothing_to_tell() -> None:
    nothing = Study(hand_world(), PLAIN)
    assert what_treaties_are_worth(nothing) == {}
    assert number_of_treaties(nothing) == 0.0
    assert section(answered({}, study=nothing)) is None


def test_tables_show_each_treaty_from_both_sides() -> None:
    default = what_treaties_are_worth(study())
    drawn = {WORTH("USA–KOR", "KOR"): [-1.0, 0.0, 1.0], WORTH("USA–PHL", "PHL"): [0.5, 0.5, 0.5]}
    drawn[EXIT("USA–PHL", "PHL")] = [0.1, 0.1, 0.1]
    found = answered(default, drawn, study=study())
    rows = {(r["treaty"], r["state"]): r for r in treaties_table(found)}
    assert rows["USA–KOR", "KOR"]["default"] == pytest.approx(-0.253)
    assert rows["USA–KOR", "KOR"]["median"] == 0.0
    assert rows["USA–KOR", "KOR"]["exit"] == pytest.approx(leaves(-0.253))
    assert rows["USA–PHL", "PHL"]["exit"] is None  # signed in draws alone
    told = section(found)
    assert told is not None
    side = {str(r["ally"]): r for r in told.tables[0]}
    assert list(side) == ["South Korea", "Japan"]  # a treaty of two spokes is none of the hub's
    assert side["South Korea"]["to_hub"] == pytest.approx(-0.003)
    assert side["South Korea"]["default"] == pytest.approx(-0.253)
    assert side["South Korea"]["exit"] == pytest.approx(leaves(-0.253))
    assert told.charts[0].table is told.tables[0]
    assert told.tables[1].quiet
    assert not told.tables[0].quiet
