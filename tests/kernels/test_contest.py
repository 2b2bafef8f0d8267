"""The ratio contest and what is lost in it, against the equation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.contest import contest_losses, losses_without_each_helper


@given(st.integers(0, 1000), st.floats(0.3, 2.0))
@settings(max_examples=20, deadline=None)
def test_contest_losses_are_the_ratio_form_to_a_power(seed: int, eta: float) -> None:
    rng = np.random.default_rng(seed)
    stake, attack, defence = rng.random((4, 2)), rng.random((4, 2)) * 50, rng.random(4) * 50
    plain = stake * (attack / (attack + defence[:, None])) ** (1 + eta)
    np.testing.assert_allclose(contest_losses(stake, attack, defence, eta), plain, rtol=1e-12)


def test_a_contest_of_nothing_against_nothing_is_not_lost() -> None:
    assert contest_losses(np.ones((1, 1)), np.zeros((1, 1)), np.zeros(1), 1.0)[0, 0] == 0


def test_losing_one_helper_costs_the_difference() -> None:
    rng = np.random.default_rng(5)
    stake, attack, help_ = rng.random((3, 2)), rng.random((3, 2)) * 9, rng.random((3, 3)) * 4
    defence = help_.sum(axis=1) + 1
    wanted = np.array([[False, True, False], [True, False, False], [False, False, False]])
    found = losses_without_each_helper(stake, attack, defence, help_, wanted, 1.3)
    for i, j in ((0, 1), (1, 0)):
        less = defence.copy()
        less[i] -= help_[i, j]
        rise = contest_losses(stake, attack, less, 1.3)[i].sum() - contest_losses(stake, attack, defence, 1.3)[i].sum()
        assert found[i, j] == pytest.approx(rise)
    assert np.count_nonzero(found) == 2
