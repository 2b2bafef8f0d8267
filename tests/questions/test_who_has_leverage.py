"""Who has leverage: of two that defend each other each can claim half; a council that bargains as one claims more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Architecture, Rule, bilateral
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.questions.who_has_leverage import (
    HUBS,
    KINDS,
    LEVERAGE,
    architectures,
    leverage,
    leverage_table,
    section,
    sentence,
    who_has_leverage,
)
from foedus.simulation.appraisal import Appraiser
from questions.asked import PLAIN, answered, hand_world
from worlds import plain_game, random_world

STAR = Architecture((bilateral("S0", "S1"), bilateral("S0", "S2")))


def two() -> Study:
    """Return a study of two states with one treaty between them."""
    world = random_world(3, states=2, adversaries=1, in_force=Architecture((bilateral("S0", "S1"),)))
    return Study(world, Parameters())


def test_of_two_each_has_half_of_what_both_gain() -> None:
    study = two()
    assert len(study.fallback) == 1
    found = who_has_leverage(study)
    worth = plain_game(study.world, study.parameters, 1.0 - np.eye(2))
    grand = worth[frozenset({0, 1})]
    assert grand > 0
    assert found[HUBS("star", "money")] == pytest.approx(grand / 2)
    assert found[HUBS("star", "share")] == pytest.approx(0.5)
    # what it is paid is half of what differs between its value and its own gain, % of its product
    assert set(found) == {HUBS(a, k) for a in LEVERAGE for k in KINDS}


def test_where_nothing_is_at_stake_there_is_nothing_to_share() -> None:
    found = who_has_leverage(Study(hand_world(in_force=Architecture((bilateral("USA", "JPN"),))), PLAIN))
    assert found[HUBS("star", "money")] == 0.0
    assert math.isnan(found[HUBS("star", "share")])


def test_the_architectures_that_are_compared() -> None:
    study = Study(random_world(1, states=3, in_force=STAR), Parameters())
    found = architectures(study)
    assert found["star"] == study.fallback
    assert found["divided"] == found["bloc"]
    (council,) = (m for m in found["bloc"] if m.has_council)
    (led,) = (m for m in found["hub-led"] if len(m.members) == 3)
    assert council.members == led.members == ("S0", "S1", "S2")
    assert led.rule is Rule.HUB


def test_a_council_that_bargains_one_by_one_has_no_solidarity() -> None:
    study = Study(random_world(1, states=3, in_force=STAR), Parameters({"bloc_solidarity": 0.6}))
    h, before = study.world.hub_index, study.world.in_force
    for item, solidarity in (("divided", 0.0), ("bloc", 0.6)):
        appraiser = Appraiser(study.world, study.parameters.replace({"bloc_solidarity": solidarity}))
        seen = appraiser.appraise(architectures(study)[item], before)
        assert leverage(study, "money", item) == pytest.approx(seen.quantities["bargained_value"][h])
        assert leverage(study, "concessions", item) == pytest.approx(seen.components[COMPONENTS.index("leverage"), h])
        assert leverage(study, "control", item) == pytest.approx(seen.components[COMPONENTS.index("autonomy"), h])
    assert leverage(study, "money", "divided") != pytest.approx(leverage(study, "money", "bloc"))


def test_a_measure_has_the_unit_of_what_is_measured() -> None:
    units = {k: HUBS.unit_of({"ARCHITECTURE": "star", "MEASURE": k}) for k in KINDS}
    assert units["money"].startswith("bn")
    assert units["share"] == "share"
    assert units["control"] == units["concessions"] == "% of GDP a year"


def answers() -> dict[str, float]:
    found = {HUBS(a, k): 0.0 for a in LEVERAGE for k in KINDS}
    star = {"money": 120.4, "share": 0.5, "control": -0.1, "concessions": 0.2}
    bloc = {"money": 80.4, "share": 0.35, "control": -0.35, "concessions": -0.1}
    found |= {HUBS("star", k): v for k, v in star.items()}
    return found | {HUBS("bloc", k): v for k, v in bloc.items()}


def test_the_sentence_sets_the_council_against_the_star() -> None:
    assert sentence(answered(answers())) == (
        "From a bilateral star to a council the hub's value in bargaining goes from 120.4 to 80.4 bn a year and its share "
        "from 50 % to 35 %; its policy control changes by -0.25 % of GDP."
    )


def test_the_tables_say_the_same_twice_for_readers_and_for_programs() -> None:
    found = section(answered(answers(), {HUBS("star", "money"): [100.0, 110.0, 120.0]}))
    side, long = found.tables
    assert not side.quiet
    assert long.quiet
    assert side.column("label") == tuple(LEVERAGE.values())
    first = next(iter(side))
    assert [first[k] for k in ("default", "median", "share", "paid", "control")] == [120.4, 110.0, 0.5, 0.2, -0.1]
    rows = {(r["architecture"], r["measure"]): r for r in long}
    assert len(rows) == 16
    assert rows["bloc", "share"]["default"] == 0.35
    assert rows["bloc", "share"]["unit"] == "share"
    drops = {c.name: c.drop for c in side.columns}
    assert drops["share"] == 0
    assert drops["paid"] > drops["control"] > 0
    assert found.charts[0].table is side
    assert leverage_table(answered(answers())).rows[0][4] == 120.4
