"""The whole-array twins that the benchmarks measure against, themselves held to definitions written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.kernels.contest import contest_losses, losses_without_each_helper
from foedus.kernels.mutual_response import mutual_response
from foedus.model.architecture import Architecture, Kind, Rule, body
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import draft_institution, star
from plaingames import by_orders, by_orders_of_unions, random_game
from plainkernels import coefficients, draft, losses, losses_without_each, responses, security_table
from worlds import body_of, plain_game, random_world, star_of


@given(st.integers(0, 10_000), st.floats(0.3, 2.0), st.floats(0, 3))
@settings(max_examples=30, deadline=None)
def test_contests_and_quarrels_in_one_sweep(seed: int, eta: float, complementarity: float) -> None:
    rng = np.random.default_rng(seed)
    stake, attack, help_ = rng.random((5, 2)), rng.random((5, 2)) * 9, rng.random((5, 5)) * (rng.random((5, 5)) < 0.7)
    defence, wanted = help_.sum(axis=1) + rng.random(5), rng.random((5, 5)) < 0.5
    wanted = (wanted | wanted.T) & ~np.eye(5, dtype=bool)
    np.testing.assert_allclose(contest_losses(stake, attack, defence, eta), losses(stake, attack, defence, eta))
    found = losses_without_each_helper(stake, attack, defence, help_, wanted, eta)
    np.testing.assert_allclose(found, losses_without_each(stake, attack, defence, help_, wanted, eta), atol=1e-12)
    raised = rng.normal(size=(5, 5))
    np.testing.assert_allclose(
        mutual_response(raised, wanted, complementarity), responses(raised, wanted, complementarity), atol=1e-9
    )


@pytest.mark.parametrize("unions", [[0, 1, 2, 3, 4], [0, 1, 1, 1, 2], [0, 1, 1, 1, 1], [1, 1, 1, 1]])
def test_coefficients_are_those_of_orders_of_arrival(unions: list[int]) -> None:
    worth = random_game(len(unions), len(unions))
    joint = tuple(unions.count(u) > 1 for u in unions)
    np.testing.assert_allclose(worth @ coefficients(joint), by_orders_of_unions(worth, unions), atol=1e-9)
    alone = worth @ coefficients((False,) * len(unions))
    np.testing.assert_allclose(alone, by_orders(lambda mask: worth[mask], len(unions)), atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_the_table_in_one_sweep_is_the_game_written_out(seed: int) -> None:
    world = random_world(seed, 5, recklessness=np.array([0.0, 0.4, 0.0, 0.1, 0.0]))
    for pact in (body_of(world), star_of(world)):
        quantities = Appraiser(world, Parameters()).appraise(pact, Architecture()).quantities
        table = security_table(world, Parameters(), quantities["obligation"])
        plain = plain_game(world, Parameters(), quantities["obligation"])
        for members, worth in plain.items():
            assert table[sum(1 << i for i in members)] == pytest.approx(worth, abs=1e-9)
        union = tuple(bool(x) for x in quantities["bloc"])
        np.testing.assert_allclose(table @ coefficients(union), quantities["owen"], atol=1e-9)
        np.testing.assert_allclose(table @ coefficients((False,) * 5), quantities["myerson"], atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_drafts_are_those_of_one_membership_after_the_other(seed: int) -> None:
    appraiser = Appraiser(random_world(seed, 6), Parameters())
    fallback = star(appraiser)
    drawn = draft_institution(appraiser, fallback, Kind.MULTILATERAL, Rule.CONSENSUS)
    assert draft(appraiser, body, fallback) == drawn
