"""Consent of many: the product where errors are one's own, and what a common mood makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.kernels.unanimity import chance_of_all, log_chance_of_all

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "time-shared.json"
ODDS = st.lists(st.floats(-6, 6), min_size=1, max_size=12).map(np.array)


def plain(x: np.ndarray, common: float) -> float:
    """Return the same mean by brute force over a fine grid of moods."""
    z = np.linspace(-9, 9, 40001)
    weight = np.exp(-z * z / 2)
    moved = (x[:, None] + np.pi / np.sqrt(3) * np.sqrt(common) * z) / np.sqrt(1 - common)
    return float((np.prod(1 / (1 + np.exp(-moved)), axis=0) * weight).sum() / weight.sum())


@given(ODDS)
def test_without_a_mood_it_is_the_product(x: np.ndarray) -> None:
    assert chance_of_all(x) == pytest.approx(float(np.prod(1 / (1 + np.exp(-x)))), rel=1e-12)


@given(ODDS, st.sampled_from([0.2, 0.45, 0.75]))
def test_a_mood_is_a_mean_over_moods(x: np.ndarray, common: float) -> None:
    assert chance_of_all(x, common) == pytest.approx(plain(x, common), abs=2e-3 if common > 0.5 else 1e-4)


@given(ODDS, st.sampled_from([0.0, 0.3, 0.7]), st.integers(0, 11))
def test_it_rises_with_every_consent_and_falls_with_every_member(x: np.ndarray, common: float, at: int) -> None:
    raised = x.copy()
    raised[at % x.size] += 0.5
    assert chance_of_all(raised, common) >= chance_of_all(x, common)
    assert chance_of_all(np.append(x, 0.0), common) <= chance_of_all(x, common)


def test_thirty_who_are_well_disposed_hand_worked() -> None:
    assert chance_of_all(np.full(30, 3.1)) == pytest.approx(0.267, abs=5e-4)
    assert chance_of_all(np.full(30, 3.1), 0.45) == pytest.approx(0.557, abs=5e-4)


def test_who_is_not_asked_does_not_count() -> None:
    assert chance_of_all(np.array([[0.0, np.inf], [np.inf, np.inf]])).tolist() == [0.5, 1.0]


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE.exists(), reason="the independent run is not here")
def test_the_independent_run_says_the_same() -> None:
    for row in json.loads(REFERENCE.read_text())["rows"]:
        wanted = next(v for k, v in row.items() if k not in ("name", "x", "shared"))
        assert chance_of_all(np.array(row["x"]), row["shared"]) == pytest.approx(wanted, abs=1e-6), row["name"]


@pytest.mark.parametrize("common", [0.0, 0.3])
def test_one_who_surely_refuses_is_enough_and_those_who_surely_agree_are_no_hurdle(common: float) -> None:
    x = np.array([[0.0, -np.inf], [np.inf, np.inf], [0.0, np.inf]])
    with np.errstate(all="raise"):
        found = log_chance_of_all(x, common)
    assert found.shape == (3,)
    assert found[0] == -np.inf
    np.testing.assert_allclose(np.exp(found), [0.0, 1.0, 0.5], atol=1e-12)


def test_chances_too_small_for_a_number_have_a_logarithm() -> None:
    three = np.full(3, -900.0)
    assert float(log_chance_of_all(three)) == pytest.approx(-2700)
    # in a mood of z errors move by κ √ρ z: three are dragged to 3 (x + κ √ρ z) / √(1 - ρ), whose mean of e has a closed form
    rho = 0.25
    b = 3 * np.pi / np.sqrt(3) * np.sqrt(rho / (1 - rho))
    exact = 3 * -900 / np.sqrt(1 - rho) + b * b / 2
    assert float(log_chance_of_all(three, rho)) == pytest.approx(exact, rel=1e-6)


def test_many_groups_at_once_are_each_by_themselves() -> None:
    x = np.random.default_rng(1).normal(0, 2, (2, 3, 4))
    found = log_chance_of_all(x, 0.4)
    assert found.shape == (2, 3)
    assert found[1, 2] == pytest.approx(float(log_chance_of_all(x[1, 2], 0.4)), rel=1e-12)
    np.testing.assert_allclose(chance_of_all(x, 0.4), np.exp(found))
