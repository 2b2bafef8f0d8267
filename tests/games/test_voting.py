"""Votes and power: closed forms, every coalition counted one by one, and bad input."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.coalitional import banzhaf, shapley, worths
from foedus.games.voting import consensus, power, silence_procedure, weighted_vote
from foedus.vocabulary.errors import FoedusError

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=7)


@given(CHANCES, st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_a_weighted_vote_adds_up_the_chances_of_all_majorities(accept: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights = [int(w) for w in rng.integers(0, 5, len(accept))]
    if not sum(weights):
        weights[0] = 1
    quota = int(rng.integers(1, sum(weights) + 1))
    plain = 0.0
    for yes in itertools.product((False, True), repeat=len(accept)):
        if sum(w for w, y in zip(weights, yes, strict=True) if y) >= quota:
            plain += np.prod([p if y else 1 - p for p, y in zip(accept, yes, strict=True)])
    assert weighted_vote(accept, weights, quota) == pytest.approx(plain, abs=1e-12)


@given(CHANCES)
@settings(max_examples=40, deadline=None)
def test_silence_lies_between_consensus_and_passing_everything(accept: list[float]) -> None:
    assert silence_procedure(accept, 1.0) == pytest.approx(consensus(accept), abs=1e-12)
    assert silence_procedure(accept, 0.0) == 1.0
    assert consensus(accept) - 1e-12 <= silence_procedure(accept, 0.4) <= 1.0
    assert weighted_vote(accept, [1] * len(accept), len(accept)) == pytest.approx(consensus(accept), abs=1e-12)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=9).filter(lambda w: sum(w) > 0), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_power_is_the_value_of_the_game_of_winning(weights: list[int], draw: int) -> None:
    quota = 1 + draw % sum(weights)
    worth = worths(lambda members: (members @ np.array(weights) >= quota).astype(float), len(weights))
    found = power(weights, quota)
    np.testing.assert_allclose([float(x) for x in found.shapley_shubik], shapley(worth), atol=1e-12)
    np.testing.assert_allclose([float(x) for x in found.penrose_banzhaf], banzhaf(worth), atol=1e-12)
    assert found.winning == worth.sum()
    assert sum(found.shapley_shubik) == sum(found.banzhaf) == 1


def test_power_is_exact_where_counts_no_longer_fit_a_machine_word() -> None:
    found = power([3, 2] + [1] * 98, 52)
    assert sum(found.shapley_shubik) == 1
    assert found.shapley_shubik[0] > found.shapley_shubik[1] > found.shapley_shubik[2]
    assert len(set(found.shapley_shubik[2:])) == 1
    equal = power([1] * 101, 51)
    assert set(equal.shapley_shubik) == {Fraction(1, 101)}
    assert equal.winning == 2**100


BAD = [
    (lambda: consensus([1.2]), "not between 0 and 1"),
    (lambda: consensus([]), "one chance per member"),
    (lambda: silence_procedure([0.5, 0.5], [0.1, 0.2, 0.3]), "3 chances for 2 members"),
    (lambda: silence_procedure([0.5], 2.0), "not between 0 and 1"),
    (lambda: weighted_vote([0.5], [1, 1], 1), "2 weights for 1 members"),
    (lambda: power([1, 1], 3), "lies outside 1 to 2"),
    (lambda: power([1, -1], 1), "0 or more"),
    (lambda: power([0.5, 0.5], 1), "common denominator"),  # type: ignore[list-item]
    (lambda: power([], 1), "0 or more"),
    (lambda: power(range(10**5, 10**5 + 190), 10**7), "many minutes"),
]


@pytest.mark.parametrize(("ask", "sentence"), BAD)
def test_bad_input_gets_a_sentence(ask: object, sentence: str) -> None:
    with pytest.raises(FoedusError, match=r"\w") as found:
        ask()  # type: ignore[operator]
    assert sentence in str(found.value)
