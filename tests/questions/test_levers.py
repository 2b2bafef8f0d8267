"""Levers: each changes one thing of a world and nothing else, and what it does is the change of a chance."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.model.architecture import Architecture, bilateral
from foedus.model.world import SHAPES, World
from foedus.questions.levers import LEVERS, Effect, Today, levers_table, pull, section, single_changes
from foedus.questions.study import Study
from foedus.simulation.formation import Form
from questions.asked import PLAIN, hand_world

WORLD = hand_world(
    sovereignty=np.array([1.0, 0.5, 0.5, 1.0]),
    free_force=np.array([1.0, 0.3, 0.3, 0.2]),
    grievance=0.5 * (1 - np.eye(4)),
    in_force=Architecture((bilateral("USA", "JPN"),)),
)
BY_KEY = {lever.key: lever for lever in LEVERS}

ONE = np.ones(4)
CHANGED: dict[str, dict[str, np.ndarray]] = {
    "normal": {"sovereignty": ONE, "free_force": ONE},
    "recognised": {"recognised": ONE},
    "no quarrels": {"grievance": np.zeros((4, 4))},
    "half trade": {"trade": np.array([[0.0], [0.01], [0.025], [0.05]])},
    "no trade": {"trade": np.zeros((4, 1))},
    "threat x2": {"perception": np.full((4, 1), 2.0)},
    "threat x3": {"perception": np.full((4, 1), 3.0)},
    "one mind": {"ideal_point": np.full(4, 2.0)},
    "no distance": {},
    "hub x3": {"capability_available": np.array([300.0, 0.0, 0.0, 0.0])},
    "hub away": {"capability_available": np.array([10.0, 0.0, 0.0, 0.0])},
    "blank slate": {},
    "perfect council": {},
}


@pytest.mark.parametrize("key", list(BY_KEY))
def test_a_lever_changes_what_it_says_and_nothing_else(key: str) -> None:
    found: World = BY_KEY[key].world(WORLD)
    for name in SHAPES:
        wanted = CHANGED[key].get(name, getattr(WORLD, name))
        np.testing.assert_allclose(getattr(found, name), wanted, err_msg=name)
    assert found.in_force == (Architecture() if key == "blank slate" else WORLD.in_force)


def test_levers_of_parameters() -> None:
    assert {k: dict(v.parameters) for k, v in BY_KEY.items() if v.parameters} == {
        "no distance": {"reach_scale": 100.0},
        "perfect council": {"coordination_loss": 0.0, "council_brokerage": 1.0},
    }


def test_what_a_lever_does_is_what_a_changed_world_would_do() -> None:
    study = Study(hand_world(recognised=np.ones(4)), PLAIN)
    found = pull(study, BY_KEY["no trade"])
    changed = Study(hand_world(recognised=np.ones(4), trade=np.zeros((4, 1))), PLAIN).formation
    assert found.body == pytest.approx(changed.body)
    assert changed.body > 2 * study.formation.body
    assert found.forum == pytest.approx(changed.probability(Form.FORUM))
    assert found.star == pytest.approx(changed.probability(Form.IN_FORCE, Form.STAR))
    assert found.change == pytest.approx(changed.body - study.formation.body)


def the_study() -> Study:
    return Study(hand_world(recognised=np.ones(4)), PLAIN)


def test_every_lever_is_tried_and_the_largest_effect_comes_first() -> None:
    found = single_changes(the_study, "a run")
    assert {e.lever.key for e in found} == set(BY_KEY)
    sizes = [abs(e.change) for e in found]
    assert sizes == sorted(sizes, reverse=True)
    for e in found[:3]:
        assert e == pull(the_study(), e.lever)


def test_the_table_begins_with_what_is() -> None:
    effects = [Effect(BY_KEY["no trade"], 0.4, 0.1, 0.5, 0.3), Effect(BY_KEY["hub away"], 0.0, 0.2, 0.8, -0.1)]
    rows = levers_table(effects, Today(0.1, 0.2)).rows
    assert rows == (
        ("", "As it is", 0.1, 0.2, pytest.approx(0.7), 0.0),
        ("no trade", "No trade with the adversaries", 0.4, 0.1, 0.5, 0.3),
        ("hub away", "The hub brings a tenth of its force", 0.0, 0.2, 0.8, -0.1),
    )
    columns = {c.name: c for c in levers_table(effects, Today(0.1, 0.2)).columns}
    assert columns["lever"].hidden
    assert columns["body"].drop == 0
    assert columns["body"].bar == 1.0
    drops = [columns[n].drop for n in ("change", "forum", "bilateral")]
    assert drops == sorted(drops)
    assert drops[0] > 0


def test_the_picture_has_fourteen_bars_at_most_and_the_table_all() -> None:
    many = [Effect(LEVERS[0], 0.1, 0.1, 0.8, 0.0)] * 20
    found = section(many, Today(0.1, 0.2))
    assert len(found.tables[0]) == 21
    assert len(found.charts[0].table) == 14
    assert found.charts[0].options == {"base": 0.1}
    assert (
        len(section(many[: len(LEVERS)], Today(0.1, 0.2)).charts[0].table) == len(LEVERS) + 1
    )  # all that are tried fit
