"""Coalition tables against the equations written out, and sampled values against exact ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.bound import anchors
from foedus.kernels.choice import log_logistic, logistic, softmax
from foedus.kernels.coalitions import LOW
from foedus.kernels.contest import contest_losses, losses_without_each_helper
from foedus.kernels.distance import share_arriving
from foedus.kernels.lanes import lane_weights, newcomer_weights
from foedus.kernels.mutual_response import mutual_response
from foedus.kernels.powers import powers
from foedus.mechanisms import value
from foedus.model.architecture import Architecture, bilateral, body
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from worlds import body_of, random_world


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


def test_newcomer_weights_are_a_distribution_over_coalitions() -> None:
    for t in range(1, 9):
        weights = newcomer_weights(t)
        subsets = [np.prod([(t - k) / (k + 1) for k in range(s)]) for s in range(t + 1)]
        assert weights @ subsets == pytest.approx(1.0)


def test_anchors_find_those_with_one_helper() -> None:
    pledged = np.array([[0, 1.0, 1.0], [1.0, 0, 0], [0, 0, 0]])
    np.testing.assert_array_equal(anchors(pledged), [-1, 0, -1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(1, 6))
@settings(deadline=None)
def test_powers_agree_with_the_library(bases: list[float], exponent: float) -> None:
    base, out = np.array(bases), np.empty(len(bases))
    powers(base, exponent, np.empty((3, len(bases))), out)
    np.testing.assert_allclose(out, base**exponent, rtol=1e-12, atol=1e-280)


@pytest.mark.parametrize(("players", "union"), [(1, 0), (2, 2), (4, 0), (5, 2), (6, 5)])
def test_lane_weights_share_out_unanimity_equally(players: int, union: int) -> None:
    # only the coalition of all is worth anything: blocs share it equally, and so do the members of a bloc
    low = min(LOW, players)
    in_union = np.arange(players) < union
    weights = lane_weights(
        int((~in_union[low:]).sum()), int(in_union[low:].sum()), in_union[:low],
        players - union + 1 if union else players, union,
    )  # fmt: skip
    top = weights[-1, -1, :, (1 << low) - 1]
    blocs = players - union + (1 if union else 0)
    if union < players:
        assert top[0] == pytest.approx(1 / blocs)
    if union:
        assert top[2] == pytest.approx(1 / blocs / union)
    assert top[4:8] == pytest.approx(0)


@pytest.mark.parametrize("seed", range(4))
def test_sampled_values_lie_within_their_error(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    world = random_world(seed, 7)
    members = tuple(world.states[:5])
    pact = Architecture((body(members), bilateral("S0", "S5")))
    exact = Appraiser(world, Parameters()).appraise(pact, Architecture()).quantities["shares"]
    monkeypatch.setattr(value, "EXACT_LIMIT", 2)
    monkeypatch.setattr(value, "_ORDERINGS", 400)
    sampled = Appraiser(world, Parameters()).appraise(pact, Architecture()).quantities["shares"]
    assert exact.error == 0
    assert 0 < sampled.error < 0.05 * abs(exact.grand)
    for name in ("myerson", "owen"):
        gap = np.abs(getattr(sampled, name) - getattr(exact, name))
        assert gap.max() <= 5 * sampled.error
        assert getattr(sampled, name).sum() == pytest.approx(exact.grand, abs=1e-9)


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
