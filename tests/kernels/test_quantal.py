"""The branch of logit responses against plain iteration, against its own conditions, and round a fold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.equilibrium import logit_responses
from foedus.games.forms import strategic
from foedus.kernels.choice import softmax
from foedus.kernels.quantal import logit_residual, solve


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=30, deadline=None)
def test_equations_are_solved_and_the_side_is_that_of_the_determinant(seed: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    matrix, right = rng.normal(size=(m, m)), rng.normal(size=(m, 2))
    system = np.hstack([matrix, right])
    assert solve(system) == np.sign(np.linalg.det(matrix))
    np.testing.assert_allclose(matrix @ system[:, m:], right, atol=1e-7)


def test_a_singular_matrix_is_said_to_be_one() -> None:
    assert solve(np.ones((3, 4))) == 0


@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(2, 4))
@settings(max_examples=25, deadline=None)
def test_small_precision_is_plain_iteration(seed: int, s: int, t: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(s, t)), rng.normal(size=(s, t))
    x, y = np.full(s, 1 / s), np.full(t, 1 / t)
    for _ in range(400):  # λ is so small that the map contracts
        x, y = softmax(0.15 * a @ y), softmax(0.15 * x @ b)
    found = logit_responses(strategic(a, b), [0.15]).probabilities[0]
    np.testing.assert_allclose(found, [*x, *y], atol=1e-12)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_derivatives_are_differences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    form = strategic(*(rng.normal(size=(2, 3, 2)) for _ in range(3)))
    point = np.array([*rng.uniform(-2, 0, 7), rng.uniform(0, 2)])

    def at(where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        system = np.empty((8, 10))
        assert logit_residual(
            where,
            form.leaf_path,
            form.leaf_chance,
            form.leaf_payoff,
            form.node_path,
            form.node_chance,
            form.node_set,
            form.set_first,
            form.set_player,
            np.empty((3, 8)),
            np.empty((8, 8)),
            system,
        )
        return -system[:7, 8], system[:7, :8]

    slopes = at(point)[1]
    for k in range(8):
        step = np.zeros(8)
        step[k] = 1e-6
        np.testing.assert_allclose(slopes[:, k], (at(point + step)[0] - at(point - step)[0]) / 2e-6, atol=1e-7)


FOLDED = [
    ([[9, 5], [3, 8]], [[2, 1], [1, 4]]),
    ([[5, 9, 6], [5, 2, 7], [7, 5, 0]], [[2, 2, 8], [8, 0, 5], [7, 9, 0]]),
    ([[8, 9, 2], [0, 5, 9], [9, 8, 3]], [[5, 3, 0], [7, 4, 9], [5, 6, 8]]),
]


def responses(a: np.ndarray, b: np.ndarray, precision: float) -> int:
    """Count the logit responses of a game of two choices each, on a grid of the first player's probabilities."""
    x = np.linspace(1e-6, 1 - 1e-6, 20_001)
    y = 1 / (1 + np.exp(-precision * np.stack([x, 1 - x], axis=1) @ (b[:, 0] - b[:, 1])))
    gap = 1 / (1 + np.exp(-precision * np.stack([y, 1 - y], axis=1) @ (a[0] - a[1]))) - x
    return int((gap[1:] * gap[:-1] < 0).sum())


def test_a_sharp_bend_is_no_fold() -> None:
    a, b = (np.array(table, dtype=float) for table in FOLDED[0])
    assert {responses(a, b, precision) for precision in np.arange(0.05, 0.705, 0.01)} == {1}  # nowhere two: no fold
    assert logit_responses(strategic(a, b), [0.3, 0.6, 1.0]).folds == 0


@pytest.mark.parametrize(("a", "b", "folds"), [(*game, k) for game, k in zip(FOLDED, (0, 1, 1), strict=True)])
def test_a_fold_is_followed_round_and_what_comes_after_it_is_still_a_response(a: list, b: list, folds: int) -> None:
    found = logit_responses(strategic(a, b), [0.3, 0.6, 1.0, 2.0, 4.0])
    assert found.folds == folds
    for precision, p in zip(found.precisions, found.probabilities, strict=True):
        x, y = p[: len(a)], p[len(a) :]
        np.testing.assert_allclose(x, softmax(precision * np.array(a) @ y), atol=1e-10)
        np.testing.assert_allclose(y, softmax(precision * x @ np.array(b)), atol=1e-10)
    steps = np.abs(np.diff(found.probabilities, axis=0)).max(axis=1)
    assert steps.max() > 0.25  # behind the fold or bend behaviour is another one


@pytest.mark.parametrize(("a", "b"), FOLDED)
def test_behind_a_fold_an_independent_library_is_at_the_same_point(a: list, b: list) -> None:
    gambit = pytest.importorskip("pygambit")
    game = gambit.Game.from_arrays(np.array(a, dtype=float), np.array(b, dtype=float))
    for precision in (0.6, 1.0, 2.0):
        peer = gambit.qre.logit_solve_lambda(game, [precision])[0]
        theirs = [float(peer.profile[s]) for player in game.players for s in player.strategies]
        np.testing.assert_allclose(logit_responses(strategic(a, b), [peer.lam]).probabilities[0], theirs, atol=1e-8)


@pytest.mark.parametrize(("a", "b"), FOLDED)
def test_a_precision_asked_for_alone_is_not_overshot_where_the_branch_turns_back(a: list, b: list) -> None:
    form, precisions = strategic(a, b), np.linspace(0.05, 3.0, 60)
    together = logit_responses(form, list(precisions)).probabilities
    alone = [logit_responses(form, [precision]).probabilities[0] for precision in precisions]
    np.testing.assert_allclose(alone, together, atol=1e-9)


def test_results_repeat_to_the_last_bit() -> None:
    form = strategic([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]])
    once, twice = (logit_responses(form, [0.5, 2.0]).probabilities.tobytes() for _ in range(2))
    assert once == twice


def test_a_branch_given_up_is_not_a_number() -> None:
    found = logit_responses(strategic([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]), [1.0, 1e9])
    assert np.isfinite(found.probabilities[0]).all()
    assert found.probabilities[1] == pytest.approx([0, 1, 0, 1], abs=1e-12) or np.isnan(found.probabilities[1]).all()
