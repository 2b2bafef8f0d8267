"""What holds: the hub's institutions at the end of a year, whatever was there before."""

from __future__ import annotations

import pytest

from foedus.model.architecture import Architecture, Rule, bilateral, body, forum
from foedus.questions.study import Study
from foedus.questions.what_holds import what_holds
from foedus.simulation.formation import Form
from questions.asked import PLAIN, hand_world
from questions.test_what_forms import round_of

OLD = Architecture((bilateral("USA", "JPN"), body(("JPN", "KOR")), forum(("JPN", "KOR"))))


def test_only_institutions_of_the_hub_count() -> None:
    study = round_of(Study(hand_world(in_force=OLD), PLAIN), (Form.IN_FORCE, OLD, 1.0, 1.0))
    assert what_holds(study) == {
        "ends|body||probability": 0.0,
        "ends|council||probability": 0.0,
        "ends|forum||probability": 0.0,
        "ends|bilateral||probability": 1.0,
    }


def test_a_body_led_by_the_hub_is_a_body_without_a_council() -> None:
    led, council = OLD.having(body(("USA", "JPN"), Rule.HUB)), OLD.having(body(("USA", "JPN", "KOR")))
    talks = OLD.having(forum(("USA", "KOR")))
    study = round_of(
        Study(hand_world(in_force=OLD), PLAIN),
        (Form.IN_FORCE, OLD, 1.0, 0.1),
        (Form.HUB_LED, led, 1.0, 0.2),
        (Form.COUNCIL, council, 1.0, 0.3),
        (Form.FORUM, talks, 1.0, 0.4),
    )
    found = what_holds(study)
    assert found["ends|body||probability"] == pytest.approx(0.5)
    assert found["ends|council||probability"] == pytest.approx(0.3)
    assert found["ends|forum||probability"] == pytest.approx(0.4)
    assert found["ends|bilateral||probability"] == pytest.approx(0.5)  # bodies took the treaty in


def test_where_nothing_is_in_force_and_nothing_forms_nothing_holds() -> None:
    study = round_of(Study(hand_world(), PLAIN), (Form.IN_FORCE, Architecture(), 1.0, 1.0))
    assert set(what_holds(study).values()) == {0.0}
