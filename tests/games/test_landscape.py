"""The landscape against plain twins, on any landscape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.landscape import Landscape, mistakes
from foedus.vocabulary.errors import FoedusError


@st.composite
def landscapes(draw: st.DrawFn) -> Landscape:
    n = draw(st.integers(2, 6))
    number = st.floats(-3, 3, allow_nan=False).map(lambda x: round(x, 3))
    p = np.array(draw(st.lists(st.lists(number, min_size=n, max_size=n), min_size=n, max_size=n)))
    sizes = np.array(draw(st.lists(st.floats(0, 5).map(lambda x: round(x, 3)), min_size=n, max_size=n)))
    return Landscape(sizes, (p + p.T) / 2)


def plain_energy(land: Landscape, sides: np.ndarray) -> float:
    s, p = land.sizes, land.propensity
    return sum(s[i] * s[j] * p[i, j] for i in range(len(s)) for j in range(len(s)) if i != j and sides[i] != sides[j])


@given(landscapes())
@settings(max_examples=40, deadline=None)
def test_energies_and_changes_are_those_of_the_definition(land: Landscape) -> None:
    change = land.change()
    for k, sides in enumerate(land.sides):
        assert land.energy[k] == pytest.approx(plain_energy(land, sides), abs=1e-9)
        for i in range(len(sides)):
            turned = sides.copy()
            turned[i] = not turned[i]
            assert change[k, i] == pytest.approx(plain_energy(land, turned) - plain_energy(land, sides), abs=1e-9)


@given(landscapes())
@settings(max_examples=40, deadline=None)
def test_every_descent_ends_in_a_minimum_no_higher_than_its_start(land: Landscape) -> None:
    ends = land.basins()
    found = set(land.minima().tolist())
    assert set(ends.tolist()) <= found
    assert np.all(land.energy[ends] <= land.energy + 1e-9)
    assert int(land.energy.argmin()) in found or np.isclose(land.energy[list(found)].min(), land.energy.min())


@given(landscapes(), st.floats(0.1, 10))
@settings(max_examples=30, deadline=None)
def test_the_unit_of_size_does_not_matter(land: Landscape, unit: float) -> None:
    assert Landscape(land.sizes * unit, land.propensity).minima(strict=True).size == land.minima(strict=True).size


def test_two_friends_and_their_enemy() -> None:
    land = Landscape(np.ones(3), np.array([[0, 1, -1], [1, 0, -1], [-1, -1, 0.0]]))
    best = land.sides[land.minima()[0]]
    assert best.tolist() == [True, True, False]
    assert land.standing_with(0).tolist() == [1.0, 1.0, 0.0]


def test_the_names_of_the_sides_do_not_count_as_mistakes() -> None:
    assert mistakes(np.array([True, True, False]), np.array([False, False, True])) == 0


@pytest.mark.parametrize(
    ("sizes", "propensity"),
    [
        (np.ones(1), np.zeros((1, 1))),
        (np.ones(21), np.zeros((21, 21))),
        (np.ones(3), np.zeros((2, 2))),
        (np.array([1, np.nan]), np.zeros((2, 2))),
        (np.array([1.0, -1]), np.zeros((2, 2))),
        (np.ones(2), np.array([[0, 1.0], [2.0, 0]])),
    ],
)
def test_a_landscape_that_makes_no_sense_is_a_sentence(sizes: np.ndarray, propensity: np.ndarray) -> None:
    with pytest.raises(FoedusError, match="landscape"):
        Landscape(sizes, propensity)
