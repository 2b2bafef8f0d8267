"""A case as the record's law sees it: the mean consents that the specification measured, and nothing from adversaries."""

import numpy as np
import pytest

from foedus.casebook.reader import read_case
from foedus.model.builder import build_world
from foedus.signings.of_case import setting_of

EXACT = (np.array([-2.41, 2.34, 0.92, 4.38]), -0.47)
"""Weights of exact consents and their constant, as estimated on the record."""


@pytest.mark.parametrize(
    ("name", "consent"),
    [("europe-1949", 0.19), ("asia-1953", 0.085), ("europe-1955", 0.36), ("indo-pacific-2020", 0.21)],
)
def test_the_mean_consent_of_recognised_states(name, consent):
    world = build_world(read_case(name))
    states = [k for k in range(len(world.states)) if world.recognised[k] >= 1.0]
    weights, constant = EXACT
    logits = weights @ setting_of(world, 0.5).terms(states) + constant
    assert np.exp(-np.log1p(np.exp(-logits)).mean()) == pytest.approx(consent, abs=0.005)


def test_adversaries_stand_last_and_treaties_are_ties():
    world = build_world(read_case("indo-pacific-2020"))
    here = setting_of(world, 0.5)
    assert here.states == (*world.states, *world.adversaries)
    usa, japan, korea = (world.index(s) for s in ("USA", "JPN", "KOR"))
    assert here.ties[usa, japan]
    assert here.trust[usa, japan] == 1.0
    assert here.trust[japan, korea] == 0.5  # one ally in common
    assert (here.rivalry == here.rivalry.T).all()


def test_two_are_tied_by_what_they_have_alone_and_more_by_a_treaty_only():
    world = build_world(read_case("indo-pacific-2020"))
    here = setting_of(world, 0.5)
    at = {s: world.index(s) for s in world.states}
    assert here.ties[at["USA"], at["TWN"]]  # a law, no treaty, of these two
    assert not here.pact[at["USA"], at["TWN"]]
    assert not here.ties[at["USA"], at["IND"]]  # the Quad is of four, and no treaty
    together = [m.members for m in world.in_force if m.is_treaty or len(m.members) == 2]
    for one in world.states:
        for two in world.states:
            tied = any({one, two} <= set(members) for members in together) and one != two
            assert here.ties[at[one], at[two]] == tied
