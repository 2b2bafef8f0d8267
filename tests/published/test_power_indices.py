"""Shapley & Shubik 1954, Banzhaf 1965 and their successors: power in bodies whose weights are on record, exactly.

The numbers are mathematics. The full table is read where the folder of published numbers is at hand.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from foedus.games.coalitional import shapley, worths
from foedus.games.voting import Power, power

TABLE = Path(__file__).parents[2].parent / "shared" / "published" / "power_index_reference.csv"
EU27 = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]
GAMES = {
    "EEC1958_[12;4,4,4,2,2,1]": ([4, 4, 4, 2, 2, 1], 12),
    "UNSC_[39;7x5,1x10]": ([7] * 5 + [1] * 10, 39),
    "apex4_[3;2,1,1,1]": ([2, 1, 1, 1], 3),
    "[51;50,49,1]": ([50, 49, 1], 51),
    "[4;3,2,1,1]": ([3, 2, 1, 1], 4),
    "EU15_1995_[62;10x4,8,5x4,4,4,3,3,3,2]": ([10] * 4 + [8] + [5] * 4 + [4] * 2 + [3] * 3 + [2], 62),
    "EU27_Nice_weights_only_q255": (EU27, 255),
    "EU27_Nice_weights_only_q258": (EU27, 258),
}


def found(game: str) -> Power:
    return power(*GAMES[game])


def test_security_council() -> None:
    council = found("UNSC_[39;7x5,1x10]")
    assert council.shapley_shubik == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10
    assert council.winning == 848
    assert council.swings == (848,) * 5 + (84,) * 10


def test_council_of_ministers_1958_made_luxembourg_a_dummy() -> None:
    council = found("EEC1958_[12;4,4,4,2,2,1]")
    assert council.shapley_shubik == (Fraction(7, 30),) * 3 + (Fraction(3, 20),) * 2 + (0,)
    assert council.banzhaf == (Fraction(5, 21),) * 3 + (Fraction(1, 7),) * 2 + (0,)


def test_apex_and_a_hub_just_short_of_half() -> None:
    assert found("apex4_[3;2,1,1,1]").shapley_shubik == (Fraction(1, 2),) + (Fraction(1, 6),) * 3
    assert found("apex4_[3;2,1,1,1]").banzhaf == (Fraction(1, 2),) + (Fraction(1, 6),) * 3
    assert found("[51;50,49,1]").shapley_shubik == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))
    assert found("[51;50,49,1]").banzhaf == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))


@pytest.mark.parametrize(
    ("game", "first", "last", "banzhaf_first", "banzhaf_last"),
    [
        ("EU15_1995_[62;10x4,8,5x4,4,4,3,3,3,2]", 0.11666667, 0.02069042, 0.11162089, 0.02263809),
        ("EU27_Nice_weights_only_q255", 0.08673775, 0.00817769, 0.07782696, 0.00942184),
        ("EU27_Nice_weights_only_q258", 0.08645682, 0.00835248, 0.07714503, 0.00951440),
    ],
)
def test_european_councils(game: str, first: float, last: float, banzhaf_first: float, banzhaf_last: float) -> None:
    union = found(game)
    assert float(union.shapley_shubik[0]) == pytest.approx(first, abs=5e-9)
    assert float(union.shapley_shubik[-1]) == pytest.approx(last, abs=5e-9)
    assert float(union.banzhaf[0]) == pytest.approx(banzhaf_first, abs=5e-9)
    assert float(union.banzhaf[-1]) == pytest.approx(banzhaf_last, abs=5e-9)


def test_the_table_of_coalitions_says_the_same_as_counting_by_votes() -> None:
    weights, quota = GAMES["UNSC_[39;7x5,1x10]"]
    worth = worths(lambda members: (members @ np.array(weights) >= quota).astype(float), 15)
    np.testing.assert_allclose(shapley(worth), [421 / 2145] * 5 + [4 / 2145] * 10, atol=1e-13)


def test_every_row_of_the_table() -> None:
    if not TABLE.exists():
        pytest.skip("the folder of published numbers is not part of the product and is absent here")
    rows = defaultdict(list)
    with TABLE.open(newline="") as file:
        for row in csv.DictReader(file):
            rows[row["game"]].append(row)
    assert set(rows) == set(GAMES)
    for game, members in rows.items():
        result = found(game)
        for k, row in enumerate(members):
            if row["shapley_shubik_exact"]:
                assert result.shapley_shubik[k] == Fraction(row["shapley_shubik_exact"]), (game, row["player"])
            assert float(result.shapley_shubik[k]) == pytest.approx(float(row["shapley_shubik"]), abs=5.1e-9)
            assert result.swings[k] == int(row["swings"])
            assert float(result.penrose_banzhaf[k]) == pytest.approx(float(row["penrose_banzhaf_absolute"]), abs=5.1e-9)
            assert float(result.banzhaf[k]) == pytest.approx(float(row["banzhaf_normalised"]), abs=5.1e-9)
            if row["winning_coalitions"]:
                assert result.winning == int(row["winning_coalitions"])
