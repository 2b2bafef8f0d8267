"""The wedge against brute force: the best vertex is the best of all pressures, in a common mood too."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from foedus.mechanisms.decisions.wedge import press_body

NOISE, RATIO = 0.1, 0.13
few = settings(max_examples=25, deadline=None)


def plainly(x: NDArray[np.float64], common: float) -> NDArray[np.float64]:
    """Return the chance that all agree, for log-odds of shape (..., n), by a sum over a fine grid of moods."""
    if common == 0.0:
        product: NDArray[np.float64] = np.prod(1 / (1 + np.exp(-x)), axis=-1)
        return product
    z = np.linspace(-8, 8, 801)
    weight = np.exp(-z * z / 2) / np.exp(-z * z / 2).sum()
    moved = (x[..., None] + np.pi / np.sqrt(3) * np.sqrt(common) * z) / np.sqrt(1 - common)
    mean: NDArray[np.float64] = np.prod(1 / (1 + np.exp(-moved)), axis=-2) @ weight
    return mean


def body_of(seed: int, n: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return gains, limits and incomes."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.2, 0.3, n), rng.uniform(0.02, 0.6, n), rng.uniform(100, 5000, n)


def pressures(limit: NDArray[np.float64], price: NDArray[np.float64], budget: float, steps: int) -> NDArray[np.float64]:
    """Return pressures all over the budget set: a grid over all members but one, who is hit with all that is left."""
    found = []
    for last in range(limit.size):
        others = [np.linspace(0, limit[i], steps) if i != last else np.zeros(1) for i in range(limit.size)]
        pain = np.array(list(itertools.product(*others)))
        left = budget - pain @ price
        pain, left = pain[left >= 0], left[left >= 0]
        pain[:, last] = np.minimum(limit[last], left / price[last])
        found.append(pain)
    return np.concatenate(found)


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.2, 0.45, 0.75]), st.floats(0.02, 3), st.sampled_from([0.4, 1.0]))
@few
def test_no_pressure_beats_the_best_vertex(seed: int, common: float, budget: float, depth: float) -> None:
    gain, limit, income = body_of(seed, 3)
    price = RATIO * income / 100
    best = press_body(gain, limit, income, depth, budget, NOISE, RATIO, common)
    assert best.cost <= budget + 1e-9
    assert ((best.pain >= 0) & (best.pain <= limit + 1e-12)).all()
    others = pressures(limit, price, budget, 13)
    chances = plainly((gain - others) / (NOISE * depth), common)
    reached = float(plainly((gain - best.pain) / (NOISE * depth), common))
    slack = 0.0 if common == 0.0 else 2e-3 if common > 0.5 else 1e-4  # by which the rule for moods may err
    assert chances.min() >= reached - slack - 1e-12
    assert best.probability == pytest.approx(reached, abs=slack + 1e-12)


@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.45, 0.75]))
@few
def test_the_logarithm_of_the_chance_is_concave_in_pain(seed: int, common: float) -> None:
    """Why vertices are enough, on lines between random pressures."""
    gain, limit, _ = body_of(seed, 4)
    rng = np.random.default_rng(seed)
    one, other = rng.uniform(0, limit, (50, 4)), rng.uniform(0, limit, (50, 4))
    ends = np.log([plainly((gain - pain) / NOISE, common) for pain in (one, other)])
    middle = np.log(plainly((gain - (one + other) / 2) / NOISE, common))
    assert (middle >= ends.mean(axis=0) - 1e-9).all()


def test_who_errs_together_is_pressed_elsewhere_than_who_errs_alone() -> None:
    """What is best against members who err alone is never better, and in some of sixty bodies clearly worse."""
    moved = 0
    for seed in range(60):
        gain, limit, income = body_of(seed, 4)
        alone = press_body(gain, limit, income, 1.0, 0.5, NOISE, RATIO)
        together = press_body(gain, limit, income, 1.0, 0.5, NOISE, RATIO, 0.45)
        of_alone = float(plainly((gain - alone.pain) / NOISE, 0.45))
        assert together.probability <= of_alone + 1e-4
        moved += together.probability < of_alone - 1e-3
    assert moved >= 3


def test_a_body_too_large_for_all_vertices_is_pressed_near_the_best_in_a_mood() -> None:
    rng = np.random.default_rng(5)
    n, common = 14, 0.45
    gain, limit, income = rng.uniform(0, 0.4, n), rng.uniform(0.05, 0.5, n), rng.uniform(100, 3000, n)
    price = RATIO * income / 100
    subsets = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1
    z, weight = np.polynomial.hermite_e.hermegauss(41)
    spread, shift = np.sqrt(1 - common), np.pi / np.sqrt(3) * np.sqrt(common) * z[:, None]
    free, hit = (-np.log1p(np.exp(-(x / NOISE + shift) / spread)) for x in (gain, gain - limit))
    whole = np.exp(free.sum(axis=1) + subsets @ (hit - free).T) @ (weight / weight.sum())
    for budget in (0.0, 0.3, 1.0, 3.0, 1e6):
        found = press_body(gain, limit, income, 1.0, budget, NOISE, RATIO, common)
        assert found.cost <= budget + 1e-9
        affordable = whole[subsets @ (limit * price) <= budget + 1e-12]
        assert np.log(found.probability) <= np.log(affordable.min()) + 0.02 * abs(np.log(affordable.min()))
    assert np.allclose(press_body(gain, limit, income, 1.0, 1e6, NOISE, RATIO, common).pain, limit)
