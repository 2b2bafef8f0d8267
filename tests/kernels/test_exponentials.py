"""Mixtures of exponentials against the functions they stand for, and the chance of a gamma variable."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.exponentials import exponentials_of, gamma_chance, nodes_for
from plaingames import random_security_game


@given(st.floats(1.0, 3.0), st.floats(1e-6, 60))
@settings(deadline=None)
def test_the_chance_of_a_gamma_variable(shape: float, x: float) -> None:
    found = gamma_chance(shape, x, x**shape * math.exp(-x) / math.gamma(shape + 1))
    s = np.linspace(0, x ** (1 / 8), 4001)  # with x = s^8 the integrand is smooth at 0
    density = 8 * s**7 * (s**8) ** (shape - 1) * np.exp(-(s**8)) / math.gamma(shape)
    simpson = (density[0] + density[-1] + 4 * density[1::2].sum() + 2 * density[2:-1:2].sum()) * (s[1] / 3)
    assert found == pytest.approx(simpson, abs=1e-9)


@pytest.mark.parametrize("elasticity", [0.5, 1.0, 1.5])
def test_sums_of_exponentials_are_the_losses_of_a_contest(elasticity: float) -> None:
    game = random_security_game(8, 4, 1.5, 1.0, elasticity=elasticity)
    most = game.pledged.sum(axis=1)
    sums = exponentials_of(
        game.stake,
        game.attack,
        game.unaided,
        most,
        game.unpledged,
        game.spillover,
        game.income,
        game.recklessness,
        elasticity,
        game.fighting_cost,
    )
    assert (sums.rates % 4 == 0).all()
    for j in range(4):
        count = sums.rates[j]
        rates = (sums.slowest[j] * 3.0 ** np.arange(count // 4)[:, None]).ravel()
        help_ = np.linspace(0, most[j], 5)
        changed = 1.0 - np.exp(-np.outer(help_, rates))
        strength = game.unaided[j] + help_
        losses = game.stake[j] * (game.attack[j] / (game.attack[j] + strength[:, None])) ** (1 + elasticity)
        fought = game.income[j] * (1 + game.recklessness[j]) * losses.sum(axis=1) / strength
        saved = losses[0] - losses
        for i in range(4):
            exact = game.income[i] * saved @ game.spillover[:, i, j]
            exact += game.fighting_cost * game.unpledged[j, i] * (fought[0] - fought)
            if i == j:
                exact = -game.income[j] * saved.sum(axis=1) + game.fighting_cost * help_ * fought
            found = changed @ (sums.borne[j, :count] if i == j else sums.heard[j, i, :count])
            np.testing.assert_allclose(found, exact, atol=1e-9 * np.abs(exact).max())


@pytest.mark.parametrize("helpers", [1, 4, 9, 31, 100, 190])
def test_so_many_chances_sum_up_the_steepest_product(helpers: int) -> None:
    at, weight = np.polynomial.legendre.leggauss(nodes_for(helpers))
    steepest = (weight / 2 * ((1 - at) / 2) ** (helpers - 1)).sum()
    assert helpers * steepest == pytest.approx(1, abs=1e-8)


def test_who_loses_nothing_takes_no_rates() -> None:
    game = random_security_game(8, 4, 1.5, 1.0)
    stake, attack = game.stake.copy(), game.attack.copy()
    stake[1] = 0.0  # nothing at stake
    attack[2] = 0.0  # nobody attacks
    most = game.pledged.sum(axis=1)
    most[3] = 0.0  # nobody helps
    sums = exponentials_of(
        stake,
        attack,
        game.unaided,
        most,
        game.unpledged,
        game.spillover,
        game.income,
        game.recklessness,
        1.0,
        game.fighting_cost,
    )
    assert sums.rates[0] > 0
    assert sums.rates[1:].tolist() == [0, 0, 0]
    stake[0] = [4.0, 0.0]  # an adversary with whom nothing is at stake does not count, however strong
    attack[0] = [1.0, 1.0]
    few = exponentials_of(stake, attack, game.unaided, most, *game[4:8], 1.0, game.fighting_cost)
    attack[0] = [1.0, 1e9]
    same = exponentials_of(stake, attack, game.unaided, most, *game[4:8], 1.0, game.fighting_cost)
    assert few.rates[0] == same.rates[0]
    np.testing.assert_array_equal(few.slowest[0], same.slowest[0])


def test_certainty_comes_at_the_end_of_the_series() -> None:
    assert gamma_chance(1.0, 45.0, 0.0) == 1.0
    assert gamma_chance(1.0, 0.5, 0.5 * math.exp(-0.5)) == pytest.approx(1 - math.exp(-0.5), rel=1e-14)
    assert gamma_chance(2.0, 3.0, 4.5 * math.exp(-3)) == pytest.approx(1 - 4 * math.exp(-3), rel=1e-14)
