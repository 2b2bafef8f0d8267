"""Draws by name: of their seed, run, step, subject and year, and of nothing else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from foedus.draws.sampling import stream
from foedus.simulation.chance import FIRST, YEARS, Chance


def test_a_draw_belongs_to_its_year_whichever_is_asked_for_first() -> None:
    one, other = Chance(5, 2), Chance(5, 2)
    forward = [one.uniform("exit", "S1", y) for y in range(1990, 2000)]
    backward = [other.uniform("exit", "S1", y) for y in reversed(range(1990, 2000))]
    assert forward == backward[::-1]
    assert len(set(forward)) == 10


def test_every_part_of_the_name_counts() -> None:
    draws = {
        (seed, run, step, subject): Chance(seed, run).uniform(step, subject, 2000)
        for seed in (1, 2)
        for run in (0, 1)
        for step in ("exit", "shock")
        for subject in ("S1", "S2")
    }
    assert len(set(draws.values())) == 16
    assert len({Chance(1, 0).normal(step, s, 2000) for step in ("a", "b") for s in ("x", "y")}) == 4


def test_the_first_year_of_the_system_takes_the_first_draw() -> None:
    assert Chance(7, 3).uniform("exit", "S1", FIRST) == stream(7, "run 3 exit S1").random()
    assert Chance(7, 3).normal("exit", "S1", FIRST) == stream(7, "run 3 exit S1 normal").standard_normal()
    assert Chance(7, 3).uniform("exit", "S1", FIRST + YEARS - 1) < 1
    with pytest.raises(IndexError):
        Chance(7, 3).uniform("exit", "S1", FIRST + YEARS)


def test_both_kinds_are_what_they_are_called() -> None:
    chance = Chance(1, 0)
    years = range(FIRST, FIRST + YEARS)
    even = np.array([[chance.uniform("u", f"{k}", y) for y in years] for k in range(30)])
    bell = np.array([[chance.normal("u", f"{k}", y) for y in years] for k in range(30)])
    assert (even.min() >= 0, even.max() < 1) == (True, True)
    assert even.mean() == pytest.approx(0.5, abs=0.01)
    assert bell.mean() == pytest.approx(0.0, abs=0.04)
    assert bell.std() == pytest.approx(1.0, abs=0.04)
    lagged = np.array([np.corrcoef(a, b)[0, 1] for a, b in pairwise(even)])
    assert np.abs(lagged).max() < 5 / np.sqrt(YEARS)
