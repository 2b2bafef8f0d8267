"""Doors by hand: who gains applies, members go along by habit, and err together."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.mechanisms import PROCEDURES
from foedus.mechanisms.decisions.door import application, let_in, readiness


def test_who_gains_nothing_applies_by_habit_and_nobody_without_one() -> None:
    assert application(0.0, 0.5, 0.04, 2.0) == pytest.approx(0.04)
    assert application(2.0 * 0.5 * math.log(3), 0.5, 0.25, 2.0) == pytest.approx(0.5)  # odds of 1 to 3, three times
    assert application(9.0, 1.0, 0.0, 1.75) == 0.0
    chances = [application(g, 1.0, 0.034, 1.75) for g in (-1.0, 0.0, 1.0, 2.0)]
    assert chances == sorted(chances)


def test_members_start_from_the_habit_of_going_along() -> None:
    np.testing.assert_allclose(readiness(np.array([0.0, -0.1, 0.05]), 0.5, 0.1, 3.0), [3.0, 1.0, 4.0])


@pytest.mark.parametrize("common", [0.0, 0.3, 0.75])
def test_every_member_counts_and_one_that_loses_most(common: float) -> None:
    gains = np.array([0.2, 0.0, -0.4])
    chance = let_in(gains, 1.0, 0.1, 3.1, common)
    for k in range(3):
        more = gains.copy()
        more[k] += 0.05
        assert let_in(more, 1.0, 0.1, 3.1, common) > chance
    assert let_in(np.append(gains, 0.0), 1.0, 0.1, 3.1, common) < chance
    assert let_in(gains, 1.0, 0.1, 60.0, common) == pytest.approx(1.0, abs=1e-6)  # then the newcomer decides alone


@pytest.mark.parametrize("common", [0.0, 0.45])
def test_without_noise_it_passes_where_nobody_loses(common: float) -> None:
    assert let_in(np.array([0.01, 0.3]), 1.0, 1e-6, 0.0, common) == pytest.approx(1.0)
    assert let_in(np.array([-0.01, 0.3]), 1.0, 1e-6, 0.0, common) == pytest.approx(0.0)


def test_doors_are_open_unless_a_law_shuts_them() -> None:
    doors = PROCEDURES["door"]
    assert {n: v.law({"common_mood": 0.3}) for n, v in doors.items()} == {
        "open": 0.3,
        "closed": None,
        "each-alone": 0.0,
    }
    assert next(iter(doors)) == "open"
