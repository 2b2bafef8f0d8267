"""Decisions about joining and staying: terms are differences of appraisals, chances follow the laws of decision."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.model.architecture import Architecture, Rule, bilateral, body, forum
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import (
    Decision,
    consent_decisions,
    exit_decisions,
    limits_of_coercion,
    strongest_partner,
    together,
)
from worlds import random_world


def decision(probability: float, terms: tuple[float, ...] = (0.0,), pain: float = 0.0) -> Decision:
    return Decision("S1", "consent", forum(("S0", "S1")), np.array(terms), probability, pain)


def test_a_gain_is_the_sum_of_its_terms_less_the_pain() -> None:
    assert decision(0.5, (0.5, -0.25, 1.0), 0.75).gain == pytest.approx(0.5)


def test_the_strongest_partner_has_most_trade_in_money() -> None:
    trade = np.array([[0.01, 0.0, 0.0], [0.2, 0.1, 0.5], [0.0, 0.3, 0.1]])
    # 1 + 2 with the first, 1 + 3 with the second, 5 + 1 with the third
    world = random_world(1, 3, 3, gdp=np.array([100.0, 10, 10]), trade=trade)
    assert strongest_partner(world) == 2
    assert strongest_partner(world.replace(trade=trade[:, [2, 1, 0]])) == 0


def test_the_most_pain_goes_by_trade_depth_and_threat() -> None:
    parameters = Parameters(
        {"coercion_pain": 4.0, "political_convexity": 2.0, "unrecognised_penalty": 1.5, "forum_depth": 0.25}
    )
    trade = np.array([[0.1, 0.0], [0.2, 0.1], [0.05, 0.5], [0.3, 0.3]])
    world = random_world(1, 4, trade=trade, recognised=np.array([1, 1, 1, 0.5]))
    appraiser = Appraiser(world, parameters)
    threat = appraiser.setting["threat"]
    treaty = body(("S0", "S2"))
    aimed = (threat[0, 1] + threat[2, 1]) / 2
    np.testing.assert_allclose(limits_of_coercion(appraiser, treaty, 1), 4 * aimed * np.array([0.0, 0.5]))
    shallow = forum(("S0", "S2"))  # a quarter as deep is a sixteenth of the provocation
    np.testing.assert_allclose(limits_of_coercion(appraiser, shallow, 1), aimed / 4 * np.array([0.0, 0.5]))
    irregular = body(("S2", "S3"))
    aimed = (threat[2, 0] + threat[3, 0]) / 2
    np.testing.assert_allclose(limits_of_coercion(appraiser, irregular, 0), 10 * aimed * np.array([0.05, 0.3]))


def test_consent_is_to_the_difference_that_the_institution_makes() -> None:
    world = random_world(3, 4, in_force=Architecture((bilateral("S0", "S3"),)))
    appraiser = Appraiser(world, Parameters({"decision_noise": 0.2, "forum_depth": 0.25}))
    fallback = Architecture((bilateral("S0", "S3"), bilateral("S0", "S1")))
    talks, pain = forum(("S1", "S0", "S2")), np.array([0.0, 0.5, 0.125])
    found = consent_decisions(appraiser, talks, fallback, pain)
    with_it = appraiser.appraise(fallback.having(talks), world.in_force).utility
    without = appraiser.appraise(fallback, world.in_force).utility
    assert [d.state for d in found] == ["S1", "S0", "S2"]
    assert [d.pain for d in found] == [0.0, 0.5, 0.125]
    for d, at in zip(found, (1, 0, 2), strict=True):
        assert (d.action, d.institution) == ("consent", talks)
        assert d.gain == pytest.approx(with_it[at] - without[at] - d.pain)
        assert d.probability == pytest.approx(1 / (1 + math.exp(-d.gain / 0.05)))
    assert [d.pain for d in consent_decisions(appraiser, talks, fallback)] == [0.0, 0.0, 0.0]


def test_all_together_with_errors_of_their_own_or_in_common() -> None:
    three = [decision(0.5), decision(0.8), decision(0.25)]
    assert together(three, 0.0) == pytest.approx(0.1)
    x = np.log(np.array([1.0, 4.0, 1 / 3]))
    z = np.linspace(-9, 9, 20001)
    odds = (x[:, None] + math.pi / math.sqrt(3) * math.sqrt(0.3) * z) / math.sqrt(0.7)
    weight = np.exp(-z * z / 2)
    assert together(three, 0.3) == pytest.approx(
        float((np.prod(1 / (1 + np.exp(-odds)), axis=0) * weight).sum() / weight.sum()), abs=1e-5
    )
    assert together([decision(0.5), decision(0.0)], 0.3) == 0.0
    assert together([decision(1.0), decision(1.0)], 0.3) == pytest.approx(1.0)


def test_who_stays_is_whom_leaving_would_cost() -> None:
    council = body(("S0", "S2", "S3"), Rule.CONSENSUS)
    world = random_world(4, 4, in_force=Architecture((council, bilateral("S0", "S1"))))
    parameters = Parameters({"decision_noise": 0.2, "exit_inertia": 0.25}, laws={"holding": "inertia"})
    appraiser = Appraiser(world, parameters)
    here = appraiser.appraise(world.in_force, world.in_force).utility
    found = exit_decisions(appraiser, council, world.in_force)
    assert [d.state for d in found] == ["S0", "S2", "S3"]
    for d, at in zip(found, (0, 2, 3), strict=True):
        gone = appraiser.appraise(world.in_force.left_by(d.state, council, "S0"), world.in_force).utility
        assert (d.action, d.institution, d.pain) == ("exit", council, 0.0)
        assert d.gain == pytest.approx(here[at] - gone[at])
        assert d.probability == pytest.approx(1 / (1 + math.exp((d.gain + 0.25) / 0.2)))
