"""Bargaining on a line and voting over positions: what has to hold for any actors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.expected_utility import Arena, rounds
from foedus.games.spatial_voting import Contest, attitudes, coalitions, outcome, values, victory
from foedus.vocabulary.errors import FoedusError

shares = st.lists(st.floats(0.01, 1).map(lambda x: round(x, 3)), min_size=4, max_size=4).map(np.array)


@given(shares, shares, shares)
@settings(max_examples=40, deadline=None)
def test_nobody_moves_beyond_the_outermost_positions(
    capability: np.ndarray, salience: np.ndarray, x: np.ndarray
) -> None:
    if np.ptp(x) == 0:
        return
    arena = Arena(capability, salience, float(np.ptp(x)))
    for seen in rounds(arena, x, most=4):
        assert seen.min() >= x.min() - 1e-9
        assert seen.max() <= x.max() + 1e-9
        assert x.min() - 1e-9 <= arena.median(seen) <= x.max() + 1e-9
    risk = arena.risk(x)
    assert np.all((risk >= 0.5 - 1e-9) & (risk <= 2.0 + 1e-9))


@given(shares, shares, shares, st.sampled_from(list(Contest)), st.sampled_from([1, 2, 4, 8]))
@settings(max_examples=60, deadline=None)
def test_outcomes_are_probabilities(
    capability: np.ndarray, salience: np.ndarray, x: np.ndarray, contest: Contest, power: int
) -> None:
    worth = values(x[:, None], salience[:, None])
    strength = coalitions(worth, capability)
    wins = victory(strength, power)
    assert np.allclose(wins + wins.T, 1.0)
    chance = outcome(strength, power, contest)
    assert chance.sum() == pytest.approx(1.0)
    assert np.all(chance >= 0)
    risk = attitudes(worth, capability)
    assert np.all((risk >= -0.5 - 1e-9) & (risk <= 1.0 + 1e-9))


def test_the_markov_reading_is_at_rest() -> None:
    """A plain twin: the published iteration, from an even start."""
    strength = np.array([[0, 3.0, 1.0], [2.0, 0, 4.0], [2.5, 1.0, 0]])
    wins = victory(strength)
    chance = np.full(3, 1 / 3)
    for _ in range(2000):
        chance = (chance + (wins * (chance[:, None] + chance[None, :])).sum(axis=1) / 3) / 2
    assert outcome(strength, 1, Contest.UNIFORM) == pytest.approx(chance, abs=1e-9)


def test_the_strong_get_their_way_when_they_care() -> None:
    worth = values(np.array([[0.0], [1.0]]), np.ones((2, 1)))
    assert outcome(coalitions(worth, np.array([10.0, 1.0]))) == pytest.approx([10 / 11, 1 / 11])


@pytest.mark.parametrize(
    "arena",
    [
        (np.array([-1.0]), np.ones(1), 1.0),
        (np.ones(1), np.array([2.0]), 1.0),
        (np.ones(1), np.array([np.nan]), 1.0),
        (np.ones(1), np.ones(1), 0.0),
    ],
)
def test_an_arena_that_makes_no_sense_is_a_sentence(arena: tuple[np.ndarray, np.ndarray, float]) -> None:
    with pytest.raises(FoedusError, match="arena"):
        Arena(*arena)
