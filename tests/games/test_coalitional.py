"""Values as a user sees them: axioms, independent forms, sampling that states its error, and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.coalitional import banzhaf, myerson, owen, sampled_shapley, shapley, worths
from foedus.vocabulary.errors import FoedusError
from plaingames import numpy_myerson, numpy_shapley, random_game, random_graph

STRENGTH = np.array([9.0, 4.0, 3.0, 3.0, 2.0, 1.0, 1.0, 0.5])


def pooled(members: np.ndarray) -> np.ndarray:
    """Strength pooled, with a threshold at which a coalition deters, so that worth is neither additive nor convex."""
    force = members @ STRENGTH[: members.shape[1]]
    return np.sqrt(force) + 2.0 * (force > 10.0)


@given(st.integers(0, 10_000), st.integers(2, 8))
@settings(max_examples=30, deadline=None)
def test_values_share_out_everything_and_nothing_else(seed: int, n: int) -> None:
    worth = random_game(seed, n)
    labels = list(np.random.default_rng(seed).integers(0, 3, n))
    for values in (shapley(worth), owen(worth, labels)):
        assert values.sum() == pytest.approx(worth[-1], abs=1e-9)


@given(st.integers(0, 10_000), st.integers(2, 7))
@settings(max_examples=30, deadline=None)
def test_relabelling_players_relabels_values(seed: int, n: int) -> None:
    worth, ties = random_game(seed, n), random_graph(seed, n, 0.5)
    new = np.random.default_rng(seed).permutation(n)  # player i is called new[i]
    moved = np.empty_like(worth)
    for mask in range(1 << n):
        moved[sum(1 << int(new[i]) for i in range(n) if mask >> i & 1)] = worth[mask]
    other = np.zeros_like(ties)
    other[np.ix_(new, new)] = ties
    for before, after in (
        (shapley(worth), shapley(moved)),
        (banzhaf(worth), banzhaf(moved)),
        (myerson(worth, ties), myerson(moved, other)),
    ):
        np.testing.assert_allclose(after[new], before, atol=1e-9)


def test_a_player_who_adds_nothing_gets_nothing() -> None:
    half = random_game(1, 6)
    worth = np.concatenate([half, half])  # the seventh player changes nothing
    for values in (shapley(worth), banzhaf(worth), owen(worth, [0, 1, 0, 1, 2, 2, 3])):
        assert values[6] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("n", [10, 12, 14])
def test_compiled_and_whole_array_forms_agree_beyond_one_block(n: int) -> None:
    worth = worths(lambda members: (members @ np.sqrt(np.arange(1, n + 1))) ** 1.5, n)
    np.testing.assert_allclose(shapley(worth), numpy_shapley(worth), rtol=1e-11)
    for density in (0.0, 0.15, 0.5, 1.0):
        ties = random_graph(n, n, density)
        np.testing.assert_allclose(myerson(worth, ties), numpy_myerson(worth, ties), rtol=1e-10, atol=1e-10)


def test_a_complete_graph_restricts_nothing_and_an_empty_one_everything() -> None:
    worth = random_game(2, 9)
    np.testing.assert_allclose(myerson(worth, np.ones((9, 9))), shapley(worth), atol=1e-10)
    np.testing.assert_allclose(myerson(worth, np.zeros((9, 9))), worth[1 << np.arange(9)], atol=1e-12)


def test_an_independent_library_finds_the_same_values() -> None:
    tucoopy = pytest.importorskip("tucoopy")
    from tucoopy.solutions.shapley import shapley_value  # noqa: PLC0415

    worth = random_game(8, 11)
    game = tucoopy.Game(n_players=11, v={m: float(w) for m, w in enumerate(worth)})
    np.testing.assert_allclose(shapley(worth), shapley_value(game), atol=1e-9)


def test_sampled_errors_cover_the_exact_value_as_often_as_they_say() -> None:
    exact = shapley(worths(pooled, 8))
    inside = total = 0
    for seed in range(150):
        found = sampled_shapley(pooled, 8, seed=seed, least=64, most=64)
        z = np.abs(found.values - exact) / found.errors
        inside += int((z < 1.96).sum())
        total += z.size
    # 1,200 intervals in 150 independent games of eight dependent players: 95 % within three standard errors of a share
    assert 0.92 <= inside / total <= 0.975


def test_sampled_errors_cover_the_true_value_where_no_table_fits() -> None:
    players, rng = 30, np.random.default_rng(11)
    needed = rng.random((40, players)) < 0.12  # each row: who has to be there, and what it is then worth
    needed[np.arange(40), rng.integers(0, players, 40)] = True
    gain = rng.gamma(2.0, 1.0, 40)
    exact = (needed / needed.sum(axis=1, keepdims=True)).T @ gain  # those who are needed share it equally

    def game(members: np.ndarray) -> np.ndarray:
        return ((members.astype(np.float64) @ needed.T) >= needed.sum(axis=1)) @ gain

    inside = 0
    for seed in range(40):
        found = sampled_shapley(game, players, seed=seed, error=0.01)
        assert found.errors.max() <= 0.01 * gain.sum()
        inside += int((np.abs(found.values - exact) < 1.96 * found.errors).sum())
    assert 0.92 <= inside / (40 * players) <= 0.975


def test_sampling_goes_on_until_the_error_is_small_enough_and_repeats_itself() -> None:
    rough = sampled_shapley(pooled, 8, seed=4, error=0.02)
    fine = sampled_shapley(pooled, 8, seed=4, error=0.002)
    grand = float(pooled(np.ones((1, 8), dtype=bool))[0])
    assert fine.errors.max() <= 0.002 * grand
    assert rough.pairs < fine.pairs
    assert fine.values.sum() == pytest.approx(grand)
    again = sampled_shapley(pooled, 8, seed=4, error=0.002)
    assert again.values.tobytes() == fine.values.tobytes()
    stopped = sampled_shapley(pooled, 8, seed=4, error=1e-9, most=100)
    assert stopped.pairs == 100
    assert stopped.errors.max() > 1e-9 * grand


BAD = [
    (lambda: shapley(np.zeros(6)), "does not list all coalitions"),
    (lambda: shapley([1.0, 2.0]), "empty coalition is worth 1"),
    (lambda: shapley([0.0, np.nan]), "not a finite number"),
    (lambda: banzhaf(np.zeros((2, 2))), "shape (2, 2)"),
    (lambda: myerson(np.zeros(4), np.zeros((3, 3))), "not (2, 2)"),
    (lambda: myerson(np.zeros(4), [[0, 1], [0, 0]]), "make the matrix symmetric"),
    (lambda: owen(np.zeros(4), [0]), "1 labels for 2 players"),
    (lambda: worths(pooled, 40), "Use sampled_shapley"),
    (lambda: worths(lambda members: members, 3), "one number for each row"),
    (lambda: sampled_shapley(pooled, 1, seed=0), "nothing to share out"),
    (lambda: sampled_shapley(pooled, 8, seed=0, error=0.0), "share above 0"),
    (lambda: sampled_shapley(pooled, 8, seed=0, least=1), "two pairs or more"),
    (lambda: sampled_shapley(lambda m: m.sum(axis=1) + 1.0, 3, seed=0), "empty coalition is worth 1"),
]


@pytest.mark.parametrize(("ask", "sentence"), BAD)
def test_bad_input_gets_a_sentence(ask: object, sentence: str) -> None:
    with pytest.raises(FoedusError, match=r"\w") as found:
        ask()  # type: ignore[operator]
    assert sentence in str(found.value)
