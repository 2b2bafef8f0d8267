"""Nash and logit equilibria as a user asks for them; trees that contradict themselves; other people's programs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.games.equilibrium import logit_responses, nash
from foedus.games.forms import Chance, Form, Move, extensive, strategic
from foedus.vocabulary.errors import FoedusError


@given(st.integers(0, 100_000), st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_nobody_gains_by_leaving_a_nash_equilibrium_and_their_number_is_odd(seed: int, s: int, t: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(s, t)), rng.normal(size=(s, t))
    found = list(nash(a, b))
    assert len(found) % 2 == 1  # Wilson 1971, for games without ties
    for x, y in found:
        assert x.sum() == pytest.approx(1)
        assert y.sum() == pytest.approx(1)
        assert (a @ y).max() <= x @ a @ y + 1e-8
        assert (x @ b).max() <= x @ b @ y + 1e-8


def test_textbook_games() -> None:
    ((x, y),) = nash([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    np.testing.assert_allclose([*x, *y], 0.5)
    stag = [tuple(np.round([*x, *y], 12)) for x, y in nash([[4, 0], [3, 3]], [[4, 3], [0, 3]])]
    assert stag == [(1, 0, 1, 0), (0, 1, 0, 1), (0.75, 0.25, 0.75, 0.25)]


@pytest.mark.parametrize("seed", range(8))
def test_an_independent_library_finds_the_same_nash_equilibria(seed: int) -> None:
    nashpy = pytest.importorskip("nashpy")
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    ours = sorted(tuple(np.round([*x, *y], 7) + 0.0) for x, y in nash(a, b))
    theirs = sorted(tuple(np.round([*x, *y], 7) + 0.0) for x, y in nashpy.Game(a, b).vertex_enumeration())
    assert ours == theirs


@pytest.mark.parametrize("seed", range(12))
def test_an_independent_library_traces_the_same_branch(seed: int) -> None:
    gambit = pytest.importorskip("pygambit")
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 6))
    a, b = rng.normal(size=(2, size, size)) * float(rng.choice([1, 5, 20]))
    game = gambit.Game.from_arrays(a, b)
    peer = gambit.qre.logit_solve_lambda(game, [1.0])[0]
    theirs = [float(peer.profile[s]) for player in game.players for s in player.strategies]
    ours = logit_responses(strategic(a, b), [peer.lam]).probabilities[0]
    np.testing.assert_allclose(ours, theirs, atol=1e-8)


def test_choices_are_found_by_name_and_players_keep_their_order() -> None:
    quarrel = Move(
        "Japan", "first", {"yield": (0, 1), "raise": Move("Korea", "second", {"yield": (1, 0), "raise": (-2, -2)})}
    )
    found = logit_responses(extensive(quarrel, ["Korea", "Japan"]), [0.5, 5.0])
    assert found.form.players == ("Korea", "Japan")
    # yielding brings Korea 1, raising -2: the less it errs, the more surely it yields
    korea = found.of("Korea", "yield", "second")
    assert 0.5 < korea[0] < korea[1] < 1
    with pytest.raises(FoedusError, match="no choice 'fight'"):
        found.of("Korea", "fight", "second")


def twice() -> Form:
    inner = Move("1", "same", {"a": (0,), "b": (1,)})
    return extensive(Move("1", "same", {"a": inner, "b": (0,)}), ["1"])


BAD = [
    (lambda: strategic([[1, 2], [3, 4]]), "make no game"),
    (lambda: strategic([[1, 2]], [[1, 2]]), "two or more choices"),
    (lambda: strategic([[1, 2], [3, np.inf]], np.ones((2, 2))), "not a finite number"),
    (lambda: nash([[1, 2]], [[1], [2]]), "two equal matrices"),
    (lambda: nash([[np.nan]], [[1]]), "not a finite number"),
    (lambda: extensive(Move("9", "a", {"x": (1,), "y": (2,)}), ["1"]), "decides but is no player"),
    (lambda: extensive(Move("1", "a", {"x": (1,)}), ["1"]), "Leave the move out"),
    (lambda: extensive(Move("1", "a", {"x": (1, 2), "y": (2, 1)}), ["1"]), "not one finite payoff for each"),
    (lambda: extensive(Chance([(0.5, (1,)), (0.4, (2,))]), ["1"]), "sum to 0.9"),
    (lambda: extensive((1.0,), ["1"]), "nobody decides"),
    (twice, "twice on one way"),
    (lambda: logit_responses(twice_matched(), [2.0, 1.0]), "do not rise"),
    (lambda: logit_responses(twice_matched(), []), "do not rise"),
    (lambda: logit_responses(twice_matched(), [np.inf]), "do not rise"),
    (
        lambda: extensive(
            Chance([(0.5, Move("1", "a", {"x": (1,), "y": (2,)})), (0.5, Move("1", "a", {"x": (1,), "z": (2,)}))]),
            ["1"],
        ),
        "different choices",
    ),
]


def twice_matched() -> Form:
    return strategic([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])


@pytest.mark.parametrize(("ask", "sentence"), BAD)
def test_bad_input_gets_a_sentence(ask: object, sentence: str) -> None:
    with pytest.raises(FoedusError, match=r"\w") as found:
        ask()  # type: ignore[operator]
    assert sentence in str(found.value)


MIXED = np.array([[3.0, -2.0], [-1.0, 2.0]])


@pytest.mark.parametrize("scale", [1.0, 1e-9, 1e6, 1e15])
@pytest.mark.parametrize("constant", [0.0, 1e6, 1e12])
def test_neither_size_nor_a_constant_hides_an_equilibrium(scale: float, constant: float) -> None:
    found = list(nash(MIXED * scale + constant * scale, -MIXED * scale - constant * scale))
    assert len(found) == 1
    assert np.allclose(found[0][0], [3 / 8, 5 / 8], atol=1e-3)


@pytest.mark.parametrize(("size", "crossing"), [(2, 2.0), (3, 3.0)])
def test_a_precision_at_a_crossing_of_branches_is_answered_and_all_beyond_it(size: int, crossing: float) -> None:
    same = np.eye(size)
    found = logit_responses(strategic(same, same), [1.0, crossing, 10.0]).probabilities
    assert np.allclose(found, 1.0 / size)


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e9])
def test_logit_responses_do_not_depend_on_the_unit_of_payoffs(unit: float) -> None:
    payoff = np.array([[2.0, -1.0], [-1.0, 1.0]])
    usual = logit_responses(strategic(payoff, -payoff), [1.0, 10.0, 1000.0]).probabilities
    scaled = logit_responses(strategic(payoff * unit, -payoff * unit), [1 / unit, 10 / unit, 1000 / unit]).probabilities
    assert np.allclose(usual, scaled, atol=1e-8)
