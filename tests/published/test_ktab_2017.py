"""KAPSARC toolkit for behavioural analysis, reference runs of 30 May 2017 (MIT licence): to the printed precision."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.games.spatial_voting import Contest, attitudes, coalitions, outcome, values, victory, with_risk

# smpExample: Alice, Bob, Carol, David, Ellie on three dimensions
CAPABILITY = np.array([117.7, 93.2, 61.4, 135.4, 63.8])
POSITION = np.array(
    [[52.8, 39.8, 39.6], [15.9, 61.4, 72.0], [61.1, 86.5, 44.5], [26.3, 16.5, 15.9], [73.3, 61.1, 26.3]]
)
SALIENCE = np.array(
    [[32.3, 22.4, 13.4], [25.2, 34.5, 26.5], [28.8, 28.6, 18.2], [15.6, 42.0, 14.3], [39.7, 19.9, 15.8]]
)

VALUES = np.array(
    [
        [1.000, 0.673, 0.739, 0.747, 0.799],
        [0.708, 1.000, 0.681, 0.570, 0.625],
        [0.694, 0.647, 1.000, 0.483, 0.804],
        [0.763, 0.563, 0.358, 1.000, 0.571],
        [0.800, 0.493, 0.839, 0.560, 1.000],
    ]
)
RISK = np.array([1.000, -0.387, -0.500, -0.001, -0.298])
UTILITY = np.array(
    [
        [1.0000, 0.8931, 0.9321, 0.9359, 0.9595],
        [0.6278, 1.0000, 0.5964, 0.4748, 0.5340],
        [0.5882, 0.5332, 1.0000, 0.3584, 0.7251],
        [0.7628, 0.5627, 0.3583, 1.0000, 0.5710],
        [0.7526, 0.4183, 0.7992, 0.4867, 1.0000],
    ]
)
BY_ALICE = np.array(
    [
        [1.0000, 0.8931, 0.9321, 0.9359, 0.9595],
        [0.8190, 1.0000, 0.7975, 0.7015, 0.7508],
        [0.8004, 0.7615, 1.0000, 0.6081, 0.8827],
        [0.8835, 0.7269, 0.5116, 1.0000, 0.7344],
        [0.8909, 0.6346, 0.9159, 0.7000, 1.0000],
    ]
)

HALF_A_DIGIT = 5e-4


@pytest.fixture(scope="module")
def worth() -> np.ndarray:
    return values(POSITION / 100, SALIENCE)


def test_turn_0_values(worth: np.ndarray) -> None:
    assert np.abs(worth - VALUES).max() <= HALF_A_DIGIT


def test_turn_0_attitudes_to_risk(worth: np.ndarray) -> None:
    assert np.abs(attitudes(worth, CAPABILITY) - RISK).max() <= HALF_A_DIGIT


def test_turn_0_utilities_and_their_distance_from_values(worth: np.ndarray) -> None:
    utility = with_risk(worth, attitudes(worth, CAPABILITY))
    assert np.abs(utility - UTILITY).max() <= HALF_A_DIGIT / 10
    assert np.sqrt(((utility - worth) ** 2).mean()) == pytest.approx(0.0977395, abs=5e-8)


def test_turn_0_what_alice_thinks_of_the_others(worth: np.ndarray) -> None:
    """One third of the other's attitude to risk and two thirds of one's own."""
    risk = attitudes(worth, CAPABILITY)
    seen = with_risk(worth, (2 * risk[0] + risk) / 3)
    assert np.abs(seen - BY_ALICE).max() <= HALF_A_DIGIT / 10


def test_a_vote_is_half_linear_and_half_cubic() -> None:
    """The two bargains of Bob in turn 0: strengths 3.784 and 5.215, chances .4205 and .5795."""
    utility = np.array(
        [[0.94413, 0.94769], [0.64659, 0.70395], [0.64098, 0.57105], [0.65095, 0.68524], [0.69137, 0.64050]]
    )
    strength = coalitions(utility, CAPABILITY)
    assert strength.round(3).tolist() == [[0.0, 3.784], [5.215, 0.0]]
    assert victory(strength)[:, 1].round(4).tolist() == [0.4205, 0.5]
    assert outcome(strength, 1, Contest.INCENTIVE).round(4).tolist() == [0.4205, 0.5795]


@pytest.mark.parametrize(
    ("contest", "chance"),
    [
        (Contest.UNIFORM, [0.6351, 0.2148, 0.1501]),
        (Contest.INCENTIVE, [0.5094, 0.2796, 0.2110]),
        (Contest.CONDITIONAL, [0.8659, 0.1241, 0.0100]),
    ],
)
def test_three_options_with_squared_odds(contest: Contest, chance: list[float]) -> None:
    strength = np.array([[0, 12.099, 54.921], [10.333, 0, 27.079], [5.007, 55.047, 0]])
    assert outcome(strength, 2, contest).round(4).tolist() == chance


@pytest.mark.parametrize("contest", list(Contest))
def test_two_options_are_the_same_in_every_reading(contest: Contest) -> None:
    strength = np.array([[0, 51.212], [19.714, 0]])
    assert outcome(strength, 2, contest).round(4).tolist() == [0.8709, 0.1291]
