"""Scholz, Calbert and Smith (2011), Unravelling Bueno de Mesquita's group decision model, Table 2: EC emission standards.

The case is that of Bueno de Mesquita and Stokman (1994): ten governments, years of delay for catalytic converters.
"""

from __future__ import annotations

import numpy as np
import pytest

from foedus.games.expected_utility import Arena, rounds

# capability, position in years, salience in %: NLD BEL LUX DEU FRA ITA GBR IRL DNK GRC
CAPABILITY = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
POSITION = np.array([4.0, 7, 4, 4, 10, 10, 10, 7, 4, 7])
SALIENCE = np.array([80, 40, 20, 80, 60, 60, 90, 10, 100, 70]) / 100

MEDIANS = (8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6)
MEANS = (7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6)
# an independent port of the formulas, run once: four digits
PORT_MEDIANS = (8.4159, 9.6109, 9.962, 9.962, 9.962, 7.472, 8.8246, 9.6711)
PORT_MEANS = (7.4613, 7.5525, 7.5901, 7.3581, 7.3492, 7.4149, 7.5105, 7.5724)


@pytest.fixture(scope="module")
def bargained() -> tuple[Arena, tuple[np.ndarray, ...]]:
    arena = Arena(CAPABILITY, SALIENCE, float(np.ptp(POSITION)))
    return arena, rounds(arena, POSITION, most=8)


def test_before_the_first_round(bargained: tuple[Arena, tuple[np.ndarray, ...]]) -> None:
    arena, seen = bargained
    assert arena.median(seen[0]) == 7.0
    assert arena.mean(seen[0]) == pytest.approx(7.389956, abs=1e-6)


@pytest.mark.parametrize("k", range(1, 9))
def test_medians_of_table_2(k: int, bargained: tuple[Arena, tuple[np.ndarray, ...]]) -> None:
    arena, seen = bargained
    # the second round is the one cell no port reproduces: 9.61 against a printed 9.9
    assert arena.median(seen[k]) == pytest.approx(MEDIANS[k - 1], abs=0.35 if k == 2 else 0.1)
    assert arena.median(seen[k]) == pytest.approx(PORT_MEDIANS[k - 1], abs=5e-5)


@pytest.mark.parametrize("k", range(1, 9))
def test_means_of_table_2(k: int, bargained: tuple[Arena, tuple[np.ndarray, ...]]) -> None:
    arena, seen = bargained
    assert arena.mean(seen[k]) == pytest.approx(MEANS[k - 1], abs=0.1)
    assert arena.mean(seen[k]) == pytest.approx(PORT_MEANS[k - 1], abs=5e-5)


def test_the_first_round_is_nearer_to_the_outcome_than_votes_without_bargaining(
    bargained: tuple[Arena, tuple[np.ndarray, ...]],
) -> None:
    """Outcome 8.833 years; the published forecasts were 8.35 and, when stable, 9.05."""
    arena, seen = bargained
    actual = 8.833
    assert abs(arena.median(seen[1]) - actual) < abs(arena.mean(seen[0]) - actual) < abs(arena.median(seen[0]) - actual)
