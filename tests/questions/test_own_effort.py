"""Own effort: help that is promised takes the place of own arms, unit for unit."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.model.architecture import Architecture, bilateral
from foedus.model.parameters import Parameters
from foedus.questions.own_effort import EFFORT, WHERE, all_efforts, effort, own_effort
from foedus.questions.study import Study
from foedus.questions.who_has_leverage import LEVERAGE
from questions.asked import hand_world


def study() -> Study:
    """Return a study of states at no distance: help arrives whole."""
    force = np.array([10.0, 60.0, 100.0, 100.0])
    world = hand_world(
        capability_raw=force,
        capability_available=force,
        distance=np.zeros((4, 4)),
        perception=np.full((4, 1), 0.5),
        in_force=Architecture((bilateral("USA", "JPN"),)),
    )
    return Study(world, Parameters({"treaty_reliability": 0.7, "unpledged_aid": 0.2}))


def test_today_as_worked_out_by_hand() -> None:
    found = own_effort(study(), "today")
    # all threats are a half, so a tenth comes without a pledge; of the rest seven tenths are believed
    help_of_hub = 0.9 * 0.7 * 10.0
    assert found[EFFORT("today", "JPN")] == pytest.approx(60.0 / (60.0 + help_of_hub))
    assert found[EFFORT("today", "USA")] == pytest.approx(10.0 / (10.0 + 0.9 * 0.7 * 60.0))
    assert found[EFFORT("today", "KOR")] == 1.0  # nobody has pledged it anything


def test_in_a_council_more_help_means_less_effort() -> None:
    asked = study()
    found = all_efforts(asked)
    assert set(found) == {EFFORT(w, s) for w in ("today", *LEVERAGE) for s in asked.world.states}
    assert WHERE[0] == "today"
    assert found[EFFORT("bloc", "KOR")] < found[EFFORT("today", "KOR")]
    assert found[EFFORT("hub-led", "USA")] == 0.0  # others pledge more than it ever had
    assert effort(asked, "KOR", "bloc") == found[EFFORT("bloc", "KOR")]
    assert all(0.0 <= v <= 1.0 for v in found.values())
