"""Separation falls as states come nearer or one of them grows, and is nothing between neighbours."""

import numpy as np
import pytest

from foedus.signings.separation import apart
from signings.worlds_of_states import CAPABILITY, setting

BODY = (0, 2, 3, 5)


def test_by_hand_for_two_states():
    table = apart(np.array([[0.0, 3000.0], [3000.0, 0.0]]), np.array([1000.0, 1500.0]))
    assert table[0, 1] == table[1, 0] == pytest.approx(np.log(3.0))
    assert table[0, 0] == 0.0


@pytest.mark.parametrize("pair", [(0, 2), (3, 5), (2, 5)])
def test_it_falls_when_any_distance_falls(pair):
    far = setting()
    nearer = far.distance.copy()
    nearer[pair] *= 0.5
    nearer[pair[::-1]] *= 0.5
    before, after = (s.terms(BODY)[0] for s in (far, setting(distance=nearer)))
    at = [BODY.index(m) for m in pair]
    assert (after[at] < before[at]).all()
    others = np.setdiff1d(range(len(BODY)), at)
    assert (after[others] == before[others]).all()


def test_it_falls_when_the_stronger_of_a_pair_grows():
    stronger = CAPABILITY.copy()
    stronger[3] = 40.0  # the strongest of all stays the strongest
    before, after = (s.apart[3, 5] for s in (setting(), setting(capability=stronger)))
    assert after < before


def test_neighbours_by_land_are_not_apart():
    assert setting().terms((2, 3))[0].tolist() == [0.0, 0.0]
