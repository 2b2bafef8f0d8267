"""Coalition tables against the equations written out, and sampled values against exact ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.bound import SecurityGame
from foedus.kernels.choice import log_logistic, logistic, softmax
from foedus.kernels.coalitions import exact_shares, nothing_played
from foedus.kernels.contest import contest_losses, losses_without_each_helper
from foedus.kernels.distance import share_arriving
from foedus.kernels.marginal import block_weights, marginal_weights
from foedus.kernels.mutual_response import mutual_response
from foedus.kernels.orderings import random_orderings, sampled_shares
from foedus.kernels.powers import powers
from foedus.kernels.subsets import subset_marks, subset_sums, sums_with_each, total
from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from worlds import body_of, plain_table, random_world, values


@given(st.integers(0, 1000), st.floats(0.3, 2.0))
@settings(max_examples=20, deadline=None)
def test_contest_losses_are_the_ratio_form_to_a_power(seed: int, eta: float) -> None:
    rng = np.random.default_rng(seed)
    stake, attack, defence = rng.random((4, 2)), rng.random((4, 2)) * 50, rng.random(4) * 50
    plain = stake * (attack / (attack + defence[:, None])) ** (1 + eta)
    np.testing.assert_allclose(contest_losses(stake, attack, defence, eta), plain, rtol=1e-12)


def test_a_contest_of_nothing_against_nothing_is_not_lost() -> None:
    assert contest_losses(np.ones((1, 1)), np.zeros((1, 1)), np.zeros(1), 1.0)[0, 0] == 0


def test_losing_one_helper_costs_the_difference() -> None:
    rng = np.random.default_rng(5)
    stake, attack, help_ = rng.random((3, 2)), rng.random((3, 2)) * 9, rng.random((3, 3)) * 4
    defence = help_.sum(axis=1) + 1
    wanted = np.array([[False, True, False], [True, False, False], [False, False, False]])
    found = losses_without_each_helper(stake, attack, defence, help_, wanted, 1.3)
    for i, j in ((0, 1), (1, 0)):
        less = defence.copy()
        less[i] -= help_[i, j]
        rise = contest_losses(stake, attack, less, 1.3)[i].sum() - contest_losses(stake, attack, defence, 1.3)[i].sum()
        assert found[i, j] == pytest.approx(rise)
    assert np.count_nonzero(found) == 2


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(1, 6))
@settings(deadline=None)
def test_powers_agree_with_the_library(bases: list[float], exponent: float) -> None:
    base, out = np.array(bases), np.empty(len(bases))
    powers(base, exponent, np.empty((3, len(bases))), out)
    np.testing.assert_allclose(out, base**exponent, rtol=1e-12, atol=1e-280)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_tables_over_subsets_hold_the_sums_of_their_members(count: int) -> None:
    parts = np.arange(1.0, 6.0)
    subsets = [[z for z in range(count) if k >> z & 1] for k in range(1 << count)]
    sums, marks, each = np.empty(1 << count), np.empty(1 << count, dtype=np.uint64), np.empty(5)
    subset_sums(parts, count, sums)
    subset_marks(parts.astype(np.int64), count, marks)
    plain = np.array([sum(parts[z] for z in s) for s in subsets])
    np.testing.assert_allclose(sums, plain)
    np.testing.assert_array_equal(marks, plain.astype(np.uint64))
    assert total(sums.copy()) == pytest.approx(plain.sum())
    sums_with_each(sums, count, each)
    np.testing.assert_allclose(
        each[:count], [sum(x for s, x in zip(subsets, plain, strict=True) if z in s) for z in range(count)]
    )


@pytest.mark.parametrize(("alone", "union"), [(1, 0), (0, 2), (4, 0), (3, 2), (1, 5)])
def test_weights_share_out_unanimity_equally(alone: int, union: int) -> None:
    # only the coalition of all is worth anything: blocs share it equally, and so do the members of a bloc
    weights = np.zeros((4, (alone + 1) * (union + 1)))
    marginal_weights(alone, union, 0, 0, True, weights)
    blocs = alone + (1 if union else 0)
    if alone:
        assert weights[0, -1] == pytest.approx(1 / blocs)
    if union:
        assert weights[1, -1] == pytest.approx(1 / blocs / union)
    assert weights[2:, -1] == pytest.approx(0)
    marginal_weights(alone, union, 0, 0, False, weights)
    assert weights[0, -1] == pytest.approx(1 / (alone + union))


@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(0, 3), st.integers(0, 1))
@settings(max_examples=20, deadline=None)
def test_blocks_of_weights_are_the_weights_coalition_by_coalition(seed: int, single: int, union: int, own: int) -> None:
    block = int(np.random.default_rng(seed).integers(1, 4))
    helpers = single + union
    low, rest = min(helpers, block), max(helpers - block, 0)
    tables = block_weights(helpers, union, own, 2, True, True, block)
    for game, (more, joint) in enumerate(((0, 0), (1, 0), (0, 1))):
        weights = np.zeros((4, (single + 1) * (union + 1)))
        marginal_weights(single + 1 - own + more, union + own + joint, 1 - own + more, own + joint, True, weights)
        for mask in range(1 << helpers):
            there = [z for z in range(helpers) if mask >> z & 1]
            p, q = sum(z < single for z in there), sum(z >= single for z in there)
            above = [z for z in there if z >= low]
            outer, inner = sum(z < single for z in above), sum(z >= single for z in above)
            found = tables[outer * (min(rest, union) + 1) + inner, 1, game, :, :, mask & ((1 << low) - 1)]
            at = p * (union + 1) + q
            assert found[:, 1] == pytest.approx(weights[2:, at])
            assert found[:, 0] == pytest.approx(weights[:2, at] + weights[2:, at])


BIG = pytest.mark.skipif(
    bool(os.environ.get("NUMBA_DISABLE_JIT")), reason="thousands of coalitions take long uncompiled"
)


@pytest.mark.parametrize(
    ("states", "members", "rule"),
    [(5, 4, Rule.CONSENSUS), pytest.param(11, 11, Rule.CONSENSUS, marks=BIG), pytest.param(10, 9, Rule.HUB, marks=BIG)],
)
def test_values_are_those_of_the_whole_table(states: int, members: int, rule: Rule) -> None:
    """The sum of one game per defended state is the game over all coalitions, also where helpers fill several blocks."""
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
    assert found["shares"].grand == pytest.approx(worth[-1])
    np.testing.assert_allclose(found["myerson"], values(worth, np.zeros(states, dtype=bool)), atol=1e-10)
    np.testing.assert_allclose(found["owen"], values(worth, found["bloc"]), atol=1e-10)


def test_a_change_of_one_treaty_leaves_the_games_of_others_as_they_were() -> None:
    world = random_world(4, 6)
    appraiser = Appraiser(world, Parameters())
    first = Architecture(
        (body(("S0", "S1", "S2"), Rule.HUB), Institution(Kind.FORUM, ("S3", "S4", "S5"), Rule.CONSENSUS))
    )
    more = first.having(bilateral("S0", "S3"))
    appraiser.appraise(first, Architecture())
    memory = appraiser.setting["played"]
    memory.values[1:3] = np.nan  # the games of S1 and S2, in which the new treaty changes nothing
    seen = appraiser.appraise(more, Architecture()).quantities["myerson"]
    assert np.isnan(seen).any()
    fresh = Appraiser(world, Parameters())
    exact = fresh.appraise(more, Architecture()).quantities["myerson"]
    step_by_step = Appraiser(world, Parameters())
    for architecture in (first, more, first):
        step_by_step.appraise(architecture, Architecture())
    again = step_by_step.appraise(more, Architecture()).quantities["myerson"]
    assert np.isfinite(memory.values[[0, 3]]).all()  # those of S0 and S3 were played anew
    assert again.tobytes() == exact.tobytes()


def game_of(found: Mapping[str, Any]) -> SecurityGame:
    names = (
        "stake",
        "hostile_force",
        "strength_alone",
        "pledged_help",
        "unpledged_help",
        "spillover",
        "gdp",
        "recklessness",
        "bloc",
        "deterrence_elasticity",
        "fighting_cost",
    )
    return SecurityGame(*[found[n] for n in names])


def sampled(found: Mapping[str, Any], rounds: int, most_helpers: int) -> tuple[Any, Any]:
    players = found["gdp"].size
    estimated, errors = sampled_shares(game_of(found), most_helpers, random_orderings(players, rounds))
    return exact_shares(game_of(found), most_helpers, nothing_played(players)) + estimated, errors


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most_helpers", [0, 2])
def test_sampled_values_lie_within_their_error(seed: int, most_helpers: int) -> None:
    world = random_world(seed, 7)
    pact = Architecture((body(tuple(world.states[:5])), bilateral("S0", "S5")))
    found = Appraiser(world, Parameters()).appraise(pact, Architecture()).quantities
    estimated, errors = sampled(found, 400, most_helpers)
    assert found["shares"].error == 0
    assert 0 < errors.max() < 0.05 * abs(found["shares"].grand) * 100
    for form, name in enumerate(("myerson", "owen")):
        gap = np.abs(estimated[form] / 100 - found[name])
        assert gap.max() <= 5 * errors.max() / 100
        assert estimated[form].sum() / 100 == pytest.approx(found["shares"].grand, abs=1e-9)


def test_stated_errors_are_the_spread_over_samples() -> None:
    """Over many samples of orderings, estimates miss the exact value by the stated error on average, no more, no less."""
    world = random_world(2, 6)
    found = Appraiser(world, Parameters()).appraise(body_of(world), Architecture()).quantities
    rounds, samples = 60, 60
    rng = np.random.default_rng(1)
    misses, stated = [], []
    for _ in range(samples):
        orderings = rng.permuted(np.tile(np.arange(6), (rounds, 1)), axis=1)
        estimated, errors = sampled_shares(game_of(found), 0, orderings)
        misses.append(estimated / 100 - np.array([found["myerson"], found["owen"]]))
        stated.append(errors / 100)
    missed, said = np.sqrt(np.mean(np.square(misses), axis=0)), np.sqrt(np.mean(np.square(stated), axis=0))
    open_ = said > 1e-9
    assert open_.sum() >= 6
    assert np.all((missed[open_] / said[open_] > 0.6) & (missed[open_] / said[open_] < 1.5))


@BIG
def test_sampling_takes_over_where_tables_would_not_fit() -> None:
    world = random_world(1, 24)
    found = Appraiser(world, Parameters()).appraise(body_of(world), Architecture()).quantities["shares"]
    assert 0 < found.error < 0.01 * found.grand
    assert found.myerson.sum() == pytest.approx(found.grand)


@given(st.lists(st.floats(-800, 800), min_size=1, max_size=8))
@settings(deadline=None)
def test_choice_probabilities_are_stable(values: list[float]) -> None:
    x = np.array(values)
    p = logistic(x)
    assert np.all((p >= 0) & (p <= 1))
    np.testing.assert_allclose(np.exp(log_logistic(x)), p, atol=1e-12)
    assert softmax(x).sum() == pytest.approx(1.0)


def test_mutual_response_is_a_fixed_point_and_leaves_others_alone() -> None:
    a = np.array([[0, 0.3, 1.0], [-0.5, 0, 0], [0.2, 0, 0]])
    wanted = np.array([[False, True, False], [True, False, False], [False, False, False]])
    p = mutual_response(a, wanted, 2.0)
    assert p[0, 1] == pytest.approx(float(logistic(0.3 + 2 * p[1, 0])), abs=1e-12)
    assert p[1, 0] == pytest.approx(float(logistic(-0.5 + 2 * p[0, 1])), abs=1e-12)
    assert p[0, 2] == 0


def test_half_is_left_after_one_reach() -> None:
    np.testing.assert_allclose(share_arriving(np.array([0.0, 500, 1000]), np.array([500.0])), [1, 0.5, 0.25])
