"""Myerson 1977, exact fractions: what a hub, a path, a ring and a council give their members in four games."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from foedus.games.coalitional import myerson, worths

TABLE = Path(__file__).parents[2].parent / "shared" / "published" / "myerson_values.csv"
WORTH = {
    "majority": lambda size, n: size > n / 2,
    "unanimity_all": lambda size, n: size == n,
    "pairs_C(s,2)": lambda size, n: size * (size - 1) / 2,
    "size_squared_minus_s": lambda size, n: size * size - size,
}
TIES = {
    "star": lambda n: [(0, k) for k in range(1, n)],
    "path": lambda n: [(k, k + 1) for k in range(n - 1)],
    "ring": lambda n: [(k, (k + 1) % n) for k in range(n)],
    "complete": lambda n: [(j, k) for j in range(n) for k in range(j)],
}
KNOWN = [
    ("majority", "star", "2/3 1/6 1/6"),
    ("majority", "complete", "1/3 1/3 1/3"),
    ("majority", "path", "1/12 5/12 5/12 1/12"),
    ("majority", "star", "3/5 1/10 1/10 1/10 1/10"),
    ("pairs_C(s,2)", "star", "5/2 7/6 7/6 7/6"),
    ("pairs_C(s,2)", "star", "4 3/2 3/2 3/2 3/2"),
    ("pairs_C(s,2)", "star", "35/6 11/6 11/6 11/6 11/6 11/6"),
    ("pairs_C(s,2)", "path", "77/60 71/30 27/10 71/30 77/60"),
    ("unanimity_all", "path", "1/4 1/4 1/4 1/4"),
]


def check(game: str, graph: str, exact: str) -> None:
    expected = [Fraction(part) for part in exact.split()]
    n = len(expected)
    ties = np.zeros((n, n), dtype=bool)
    for j, k in TIES[graph](n):
        ties[j, k] = ties[k, j] = True
    worth = worths(lambda members: np.asarray(WORTH[game](members.sum(axis=1), n), dtype=float), n)
    found = myerson(worth, ties)
    np.testing.assert_allclose(found, [float(x) for x in expected], atol=1e-13)
    assert [Fraction(float(x)).limit_denominator(1000) for x in found] == expected


@pytest.mark.parametrize(("game", "graph", "exact"), KNOWN)
def test_hand_worked_values(game: str, graph: str, exact: str) -> None:
    check(game, graph, exact)


def test_every_row_of_the_table() -> None:
    if not TABLE.exists():
        pytest.skip("the folder of published numbers is not part of the product and is absent here")
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 48
    for row in rows:
        check(row["game"], row["graph"], row["myerson_value_exact (player0=hub in star)"])
