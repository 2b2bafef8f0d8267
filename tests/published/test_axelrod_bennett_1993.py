"""Axelrod and Bennett (1993), A landscape theory of aggregation, BJPS 23(2): 211-233, Tables 1 and 2."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from foedus.games.landscape import Landscape, mistakes

# Table 2: nine firms and the size of each; S specialised in workstations, G a generalist; side in the record.
FIRMS = ("Sun", "Prime", "AT&T", "IBM", "DEC", "HP", "Apollo", "Intergraph", "SGI")
SIZES = np.array([28.9, 1.0, 28.5, 3.8, 20.0, 11.5, 21.2, 4.4, 4.4])
TYPES = np.array(list("SSGGGGSSS"))
UNIX = np.array([True, True, True, False, False, False, False, False, False])

# Table 1: share of world capabilities 1936, % ; side of Configuration 1; side in the record (Portugal was neutral).
EUROPE = {
    "Britain": (7.45, "A", "A"),
    "France": (5.32, "A", "A"),
    "Czechoslovakia": (1.15, "A", "A"),
    "Denmark": (0.2, "A", "A"),
    "Soviet Union": (15.01, "A", "A"),
    "Yugoslavia": (0.59, "A", "A"),
    "Greece": (0.35, "A", "A"),
    "Germany": (11.49, "B", "B"),
    "Italy": (4.03, "B", "B"),
    "Poland": (1.83, "B", "A"),
    "Romania": (0.78, "B", "B"),
    "Hungary": (0.45, "B", "B"),
    "Portugal": (0.27, "B", "-"),
    "Finland": (0.19, "B", "B"),
    "Latvia": (0.13, "B", "B"),
    "Lithuania": (0.1, "B", "B"),
    "Estonia": (0.06, "B", "B"),
}


def rivals(types: np.ndarray) -> np.ndarray:
    return np.where(types[:, None] == types[None, :], -1.0, 0.0)


def test_unix_standards_have_two_minima_of_equal_energy_and_equal_basins() -> None:
    land = Landscape(SIZES, rivals(TYPES))
    assert land.sides.shape == (256, 9)
    found = land.minima()
    assert found.tolist() == land.minima(strict=True).tolist()
    assert land.energy[found] == pytest.approx([-3828.9, -3828.9])
    assert sorted(np.unique(land.basins(), return_counts=True)[1].tolist()) == [128, 128]
    sides = {frozenset(f for f, here in zip(FIRMS, land.sides[k], strict=True) if here) for k in found}
    assert sides == {frozenset(("Sun", "Prime", "AT&T", "IBM")), frozenset(("Sun", "Prime", "DEC", "HP"))}


def test_unix_standards_the_first_minimum_has_only_ibm_on_the_wrong_side() -> None:
    land = Landscape(SIZES, rivals(TYPES))
    by_mistakes = sorted(mistakes(land.sides[k], UNIX) for k in land.minima())
    assert by_mistakes[0] == 1


def test_great_powers_who_all_repel_each_other_have_four_stable_divisions_none_of_them_the_actual_one() -> None:
    powers = ("Britain", "France", "Soviet Union", "Germany", "Italy")
    land = Landscape(np.array([EUROPE[p][0] for p in powers]), -np.ones((5, 5)))
    found = land.minima()
    assert land.energy[found].round(2).tolist() == [-936.13, -933.96, -923.82, -890.4]
    actual = np.array([EUROPE[p][2] == "A" for p in powers])
    assert all(mistakes(land.sides[k], actual) > 0 for k in found)


def test_seventeen_nations_who_all_repel_each_other() -> None:
    """Published 209; the printed sizes are rounded, which moves the count over 205 to 222 (never exact)."""
    land = Landscape(np.array([size for size, _, _ in EUROPE.values()]), -np.ones((17, 17)))
    assert len(land.sides) == 65_536
    strict, weak = len(land.minima(strict=True)), len(land.minima())
    assert (strict, weak) == (195, 226)
    assert strict <= 209 <= weak


def test_1936_two_mistakes_poland_and_portugal_and_96_per_cent_of_size_right() -> None:
    sizes = np.array([size for size, _, _ in EUROPE.values()])
    wrong = np.array([drawn != actual for _, drawn, actual in EUROPE.values()])
    assert [n for n, w in zip(EUROPE, wrong, strict=True) if w] == ["Poland", "Portugal"]
    assert 1 - sizes[wrong].sum() / sizes.sum() == pytest.approx(0.9575, abs=5e-5)


def test_154_of_65536_divisions_are_within_two_mistakes_and_18_within_one() -> None:
    actual = np.zeros(17, dtype=np.bool_)
    flips = [()] + [c for k in (1, 2) for c in combinations(range(17), k)]
    near = {}
    for flip in flips:
        sides = actual.copy()
        sides[list(flip)] = True
        near[flip] = mistakes(sides, actual)
        assert near[flip] == mistakes(~sides, actual)
    assert sum(m <= 2 for m in near.values()) == 154
    assert sum(m <= 1 for m in near.values()) == 18
    # two minima were offered, so chance would have been twice 154 in 65,536
    assert pytest.approx(0.0047, abs=5e-5) == 2 * 154 / 65_536


def test_the_published_basins_share_out_every_division() -> None:
    assert len(Landscape(np.ones(17), np.zeros((17, 17))).sides) == 47_945 + 17_591
