"""Compiled values against definitions written out, on random games of every size up to what definitions can do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.values import connected_value, players_of_bits, semivalue, size_of, union_value
from plaingames import by_orders, by_orders_of_unions, by_subsets, numpy_shapley, parts, random_game, random_graph


def as_masks(ties: np.ndarray) -> np.ndarray:
    return np.array([sum(1 << j for j in range(len(ties)) if ties[i, j]) for i in range(len(ties))])


@given(st.integers(0, 10_000), st.integers(1, 6))
@settings(max_examples=30, deadline=None)
def test_uniform_weights_average_over_subsets(seed: int, n: int) -> None:
    worth = random_game(seed, n)
    each = np.full(n + 1, 0.5 ** (n - 1))
    np.testing.assert_allclose(semivalue(worth, each, each), by_subsets(worth, n), atol=1e-9)


@pytest.mark.parametrize("n", [1, 2, 3, 9, 10, 11, 12, 13])
def test_blocks_of_the_table_fit_together_at_every_size(n: int) -> None:
    worth = random_game(n, n)
    weight = np.random.default_rng(n).random((2, n + 1))
    weight[0, 0] = weight[1, n] = 0.0
    found = semivalue(worth, weight[0], weight[1])
    masks = np.arange(1 << n)
    sizes = np.array([m.bit_count() for m in range(1 << n)])
    for i in range(n):
        there = masks >> i & 1 > 0
        plain = (weight[0][sizes] * worth)[there].sum() - (weight[1][sizes] * worth)[~there].sum()
        assert found[i] == pytest.approx(plain, abs=1e-9 * len(worth))


@given(st.integers(0, 10_000), st.integers(1, 6), st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_connected_coalitions_give_the_shapley_value_of_the_restricted_game(seed: int, n: int, density: float) -> None:
    worth, ties = random_game(seed, n), random_graph(seed, n, density)
    plain = by_orders(lambda mask: sum(worth[part] for part in parts(mask, ties)), n)
    found, connected = connected_value(worth, as_masks(ties))
    np.testing.assert_allclose(found, plain, atol=1e-9)
    assert connected == sum(len(parts(mask, ties)) == 1 for mask in range(1, 1 << n))


@given(st.integers(0, 10_000), st.lists(st.integers(0, 3), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_unions_come_without_interruption(seed: int, labels: list[int]) -> None:
    worth = random_game(seed, len(labels))
    numbered = np.unique(np.array(labels), return_inverse=True)[1]
    np.testing.assert_allclose(union_value(worth, numbered), by_orders_of_unions(worth, labels), atol=1e-9)


def test_one_union_and_no_union_are_both_the_shapley_value() -> None:
    worth = random_game(3, 11)
    np.testing.assert_allclose(union_value(worth, np.zeros(11, dtype=np.int64)), numpy_shapley(worth), atol=1e-9)
    np.testing.assert_allclose(union_value(worth, np.arange(11)), numpy_shapley(worth), atol=1e-9)


def test_members_are_counted_and_found_at_every_width() -> None:
    table = players_of_bits()
    for i in range(36):
        assert table[(1 << i) % 37] == i
    for mask in (0, 1, 0b1011, (1 << 30) - 1, 1 << 35, (1 << 62) | 5):
        assert size_of(mask) == mask.bit_count()
