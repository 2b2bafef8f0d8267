"""The design of an ensemble: a Latin hypercube whose rows can be had one by one, in any order."""

from __future__ import annotations

import tracemalloc

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from foedus.simulation.sampling import Choice, Uncertainty, design, latin_hypercube


@given(draws=st.integers(1, 300), dimensions=st.integers(1, 5), seed=st.integers(0, 2**40))
def test_every_stratum_is_met_once(draws: int, dimensions: int, seed: int) -> None:
    sample = latin_hypercube(dimensions, draws, seed)
    assert ((sample >= 0) & (sample < 1)).all()
    for column in sample.T:
        np.testing.assert_array_equal(np.sort(np.floor(column * draws)), np.arange(draws))


@given(draws=st.integers(1, 200), cut=st.integers(0, 200), seed=st.integers(0, 99))
def test_rows_do_not_depend_on_which_are_asked_for_together(draws: int, cut: int, seed: int) -> None:
    whole = latin_hypercube(3, draws, seed)
    parts = [latin_hypercube(3, draws, seed, 0, min(cut, draws)), latin_hypercube(3, draws, seed, min(cut, draws))]
    assert np.vstack(parts).tobytes() == whole.tobytes()


def test_columns_are_as_independent_as_chance_makes_them() -> None:
    draws = 4096
    sample = latin_hypercube(20, draws, 1)
    off = np.corrcoef(sample.T)[np.triu_indices(20, 1)]
    assert abs(off.std() * np.sqrt(draws) - 1) < 0.2  # standard error of a correlation of independent columns
    cells, *_ = np.histogram2d(sample[:, 0], sample[:, 1], bins=16, range=[[0, 1], [0, 1]])
    assert ((cells - 16) ** 2 / 16).sum() < 320  # chi-square with 225 degrees of freedom: 1 in 10,000


def test_all_orders_of_few_draws_come_up() -> None:
    orders = [tuple(np.floor(c * 3)) for seed in range(30) for c in latin_hypercube(20, 3, seed).T]
    counts = [orders.count(o) for o in set(orders)]
    assert len(counts) == 6
    assert min(counts) > 60  # 100 expected each


def test_rows_of_a_huge_hypercube_need_no_room_for_the_others() -> None:
    tracemalloc.start()
    latin_hypercube(100, 10**9, 1, 5 * 10**8, 5 * 10**8 + 50)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_design_may_vary_numbers_and_choices() -> None:
    found = (Uncertainty("x", "x", 0.0, 1.0, 3.0), Choice("start", ("a", "b", "c")))
    rows = design(found, 300, 2)
    assert (rows[:, 0] < 1).sum() == 150
    np.testing.assert_array_equal(np.bincount(rows[:, 1].astype(int)), [100, 100, 100])
    np.testing.assert_array_equal(Choice("start", ("a", "b")).quantile(np.array([0.0, 0.499, 0.5, 1.0])), [0, 0, 1, 1])
