"""Values by chances of presence against every coalition visited, against games worked by hand, and by their axioms."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.defended import exact_shares
from foedus.kernels.exponentials import exponentials_of
from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from plaingames import SecurityGame, random_security_game, security_worths, with_one_union
from worlds import body_of, plain_table, random_world, values

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "values.json"
BIG = pytest.mark.skipif(bool(os.environ.get("NUMBA_DISABLE_JIT")), reason="large games take long uncompiled")


def shares(game: SecurityGame, help_: Any = None) -> Any:
    """Return both values, shape (2, n)."""
    losses = exponentials_of(
        game.stake,
        game.attack,
        game.unaided,
        game.pledged.sum(axis=1) if help_ is None else help_,
        game.unpledged,
        game.spillover,
        game.income,
        game.recklessness,
        game.elasticity,
        game.fighting_cost,
    )
    return exact_shares(game.pledged, game.in_union, losses)


def missed(game: SecurityGame) -> float:
    """Return the largest difference from every coalition visited, as a share of the largest value.

    Help of a millionth changes so little that the last digits of what is lost show in it, in either program: then it is
    a share of a ten-thousandth of what is at stake.
    """
    least = 1e-4 * (game.income * game.stake.sum(axis=1)).max()
    worth = security_worths(game)
    nobody = np.zeros(game.income.size, dtype=bool)
    gaps = []
    for found, union in zip(shares(game), (nobody, game.in_union), strict=True):
        exact = with_one_union(worth, union)
        gaps.append(np.abs(found - exact).max() / max(np.abs(exact).max(), least))
    return float(max(gaps))


@given(st.integers(0, 100_000), st.integers(2, 7), st.sampled_from([0.5, 1.0, 3.0, 6.0]), st.floats(0.3, 1.0))
@settings(max_examples=40, deadline=None)
def test_values_are_those_of_every_coalition_visited(seed: int, players: int, spread: float, density: float) -> None:
    """Pledges from a millionth to a million times one's own strength, with listeners and some unbound, any elasticity.

    One game in a thousand, of two players who gain little of what is at stake, misses by up to 5e-10.
    """
    game = random_security_game(seed, players, spread, density)
    if game.pledged.any():
        assert missed(game) < 1e-9


@BIG
@pytest.mark.parametrize(("players", "spread"), [(9, 6.0), (11, 1.0), (13, 2.0), (16, 1.0)])
def test_values_of_larger_games_are_too(players: int, spread: float) -> None:
    assert missed(random_security_game(players, players, spread)) < 1e-10


@pytest.mark.parametrize("own", [1e-9, 1e-3])
def test_next_to_no_strength_of_ones_own(own: float) -> None:
    unpledged = 0.1 * own * (1.0 - np.eye(5))
    for pledged in (own * (1.0 - np.eye(5)), None):
        fixed: dict[str, object] = {"unaided": np.full(5, own), "unpledged": unpledged}
        if pledged is not None:
            fixed["pledged"] = pledged
        assert missed(random_security_game(2, 5, **fixed)) < 1e-10


def test_no_strength_at_all() -> None:
    game = random_security_game(3, 5, unaided=np.zeros(5), unpledged=np.zeros((5, 5)))
    assert missed(game) < 1e-10
    nobody_attacks = game._replace(attack=np.zeros((5, 2)))
    assert not shares(nobody_attacks).any()
    assert not shares(game._replace(stake=np.zeros((5, 2)))).any()


@pytest.mark.parametrize("union", [(), (0,), (0, 1), (1, 2, 3), (0, 1, 2, 3, 4), (0, 1, 2, 3)])
def test_any_union(union: tuple[int, ...]) -> None:
    for density in (0.4, 1.0):
        game = random_security_game(11, 5, density=density, in_union=np.isin(np.arange(5), union))
        assert missed(game) < 1e-10


def pair(**changes: object) -> SecurityGame:
    """Return a game in which 1 helps 0 and 2 listens: half of the stake of 8 is lost without help, a quarter of it with."""
    zero = np.zeros((3, 3))
    pledged = zero.copy()
    pledged[0, 1] = 2.0
    numbers: dict[str, object] = {
        "stake": np.array([[8.0], [0.0], [0.0]]),
        "attack": np.ones((3, 1)),
        "unaided": np.ones(3),
        "pledged": pledged,
        "unpledged": zero,
        "spillover": np.zeros((1, 3, 3)),
        "income": np.ones(3),
        "recklessness": np.zeros(3),
        "in_union": np.zeros(3, dtype=bool),
        "elasticity": 0.0,
        "fighting_cost": 0.0,
    }
    return SecurityGame(**(numbers | changes))  # type: ignore[arg-type]


def test_a_pair_worked_by_hand() -> None:
    # alone 0 loses 8 · 1/2 = 4, with help 8 · 1/4 = 2: the two save 2 together and share it
    np.testing.assert_allclose(shares(pair()), [[1, 1, 0], [1, 1, 0]], atol=1e-10)
    # squared, as by default: 8/4 = 2 and 8/16 = 1/2
    np.testing.assert_allclose(shares(pair(elasticity=1.0))[0], [0.75, 0.75, 0], atol=1e-10)


def test_a_listener_worked_by_hand() -> None:
    # 2 feels half of what 0 loses: one more to be shared out, and only if all three are there
    spillover = np.zeros((1, 3, 3))
    spillover[0, 2, 0] = 0.5
    game = pair(spillover=spillover, in_union=np.array([False, True, True]))
    np.testing.assert_allclose(shares(game)[0], [1 + 1 / 3, 1 + 1 / 3, 1 / 3], atol=1e-10)
    # 1 and 2 as one: each side gets half of 3; inside, 2 brings 1/2 where 1 has come before, and 1 the rest
    np.testing.assert_allclose(shares(game)[1], [1.5, 1.25, 0.25], atol=1e-10)


def test_fighting_worked_by_hand() -> None:
    # with help 2 is lost in a contest of strength 3, of which 2 are of the helper: at a cost of 3/4 it pays 3/4 · 2 · 2/3
    np.testing.assert_allclose(shares(pair(fighting_cost=0.75))[0], [0.5, 0.5, 0], atol=1e-10)
    # 2 comes without treaty: strength 1 falls into 1/2 + 1/2, and its fight goes from 4 · 1/2 to 2 · 1/2 / 3
    unpledged = np.zeros((3, 3))
    unpledged[0, 2] = 0.5
    eased = 0.75 * 0.5 * (4 / 1 - 2 / 3)
    found = shares(pair(fighting_cost=0.75, unpledged=unpledged))[0]
    np.testing.assert_allclose(found, [0.5 + eased / 3, 0.5 + eased / 3, eased / 3], atol=1e-10)


@given(st.integers(0, 100_000), st.integers(3, 12))
@settings(max_examples=25, deadline=None)
def test_values_add_up_to_the_worth_of_all(seed: int, players: int) -> None:
    game = random_security_game(seed, players if not os.environ.get("NUMBA_DISABLE_JIT") else 4)
    found, worth = shares(game), security_worths(game)[-1]
    np.testing.assert_allclose(found.sum(axis=1), worth, atol=1e-10 * np.abs(found).max())


@given(st.integers(0, 100_000), st.integers(4, 9))
@settings(max_examples=25, deadline=None)
def test_players_who_are_alike_get_the_same_and_who_does_nothing_gets_nothing(seed: int, players: int) -> None:
    game = random_security_game(seed, players)
    swap = np.arange(players)
    swap[:2] = 1, 0  # the first two are made alike, the last has nothing to do with anybody
    numbers = {}
    for name in ("stake", "attack", "unaided", "income", "recklessness", "in_union"):
        value = getattr(game, name).copy()
        value[1] = value[0]
        numbers[name] = value
    for name in ("pledged", "unpledged"):
        value = (getattr(game, name) + getattr(game, name)[swap][:, swap]) / 2
        value[-1], value[:, -1] = 0, 0
        numbers[name] = value
    spillover = (game.spillover + game.spillover[:, swap][:, :, swap]) / 2
    spillover[:, -1] = 0
    found = shares(game._replace(**numbers, spillover=spillover))
    np.testing.assert_allclose(found[:, 0], found[:, 1], atol=1e-10 * np.abs(found).max())
    np.testing.assert_allclose(found[0, -1], 0, atol=1e-12 * np.abs(found).max())


@BIG
@pytest.mark.parametrize("players", [8, 12, 16, 22, 32])
def test_stored_games_of_an_independent_program(players: int) -> None:
    if not REFERENCE.exists():
        pytest.skip("the stored games are not part of the package")
    stored = json.loads(REFERENCE.read_text())[f"{players} players"]
    game = SecurityGame(
        **{n: np.array(stored[n]) if isinstance(stored[n], list) else stored[n] for n in SecurityGame._fields}
    )
    found = shares(game) / 100
    for row, name in zip(found, ("shapley_bn", "owen_bn"), strict=True):
        if name in stored:
            np.testing.assert_allclose(row, stored[name], atol=1e-10 * np.abs(stored[name]).max())


@BIG
def test_a_bound_on_help_that_is_too_wide_costs_no_accuracy() -> None:
    game = random_security_game(5, 9)
    near, far = shares(game), shares(game, 50 * game.pledged.sum(axis=1))
    np.testing.assert_allclose(near, far, atol=1e-10 * np.abs(near).max())


@BIG
def test_a_hundred_players_are_exact_too() -> None:
    game = random_security_game(6, 100, in_union=np.arange(100) > 2)
    found = shares(game)
    losses = game.stake * (game.attack / (game.attack + game.unaided[:, None])) ** (1 + game.elasticity)
    strength = game.unaided + game.pledged.sum(axis=1)
    allied = game.stake * (game.attack / (game.attack + strength[:, None])) ** (1 + game.elasticity)
    felt = game.income[:, None] * game.spillover
    for a in range(2):
        np.fill_diagonal(felt[a], game.income)
    worth = np.einsum("aij,ja->", felt, losses - allied)
    scale = game.income * (1 + game.recklessness)
    help_ = game.pledged + game.unpledged
    fought = scale * (losses.sum(axis=1) / game.unaided * game.unpledged.sum(axis=1))
    worth += game.fighting_cost * (fought - scale * allied.sum(axis=1) / strength * help_.sum(axis=1)).sum()
    np.testing.assert_allclose(found.sum(axis=1), worth, rtol=1e-10)


@pytest.mark.parametrize(
    ("states", "members", "rule"),
    [(5, 4, Rule.CONSENSUS), pytest.param(11, 11, Rule.CONSENSUS, marks=BIG), pytest.param(10, 9, Rule.HUB, marks=BIG)],
)
def test_values_of_a_world_are_those_of_its_equations(states: int, members: int, rule: Rule) -> None:
    world = random_world(3, states, recklessness=np.linspace(0, 0.5, states))
    pact = (
        body_of(world, rule)
        if members == states
        else Architecture(
            (Institution(Kind.MULTILATERAL, world.states[:members], rule), bilateral("S0", world.states[-1]))
        )
    )
    parameters = Parameters().replace({"deterrence_elasticity": 1.3})
    found = Appraiser(world, parameters).appraise(pact, Architecture()).quantities
    worth = plain_table(world, parameters, found["obligation"])
    assert found["joint_worth"] == pytest.approx(worth[-1])
    np.testing.assert_allclose(found["myerson"], values(worth, np.zeros(states, dtype=bool)), atol=1e-9)
    np.testing.assert_allclose(found["owen"], values(worth, found["bloc"]), atol=1e-9)
