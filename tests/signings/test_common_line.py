"""A body costs its members the distance to its line, and takes the place of the treaties inside it."""

import numpy as np
import pytest

from foedus.signings.common_line import autonomy, line

POSITION = np.array([2.0, 0.0, -1.0, 1.0])
CAPABILITY = np.array([9.0, 1.0, 1.0, 1.0])


def test_two_follow_the_stronger_and_more_the_mean():
    assert line((0, 1), POSITION, CAPABILITY) == pytest.approx(1.8)
    assert line((0, 1, 2), POSITION, CAPABILITY) == pytest.approx(1 / 3)
    assert line((0, 1), POSITION, CAPABILITY / 100) == pytest.approx(1.8)  # shares of the world are small
    assert line((0, 1), POSITION, np.zeros(4)) == 1.0


def test_a_new_pact_costs_an_eighth_of_the_distance():
    assert autonomy((0, 1), (), POSITION, CAPABILITY) == pytest.approx([-0.125 * 0.2, -0.125 * 1.8])


def test_a_body_takes_the_place_of_the_treaties_among_its_members_only():
    plain = autonomy((0, 1, 2), (), POSITION, CAPABILITY)
    freed = autonomy((0, 1, 2), ((0, 1), (0, 1), (2, 3)), POSITION, CAPABILITY)
    assert freed - plain == pytest.approx([0.125 * 0.2, 0.125 * 1.8, 0.0])


def test_what_is_in_force_already_changes_nothing():
    assert autonomy((0, 1), ((1, 0),), POSITION, CAPABILITY).tolist() == [0.0, 0.0]
    assert autonomy((0, 1, 2), ((0, 1, 2),), POSITION, CAPABILITY).tolist() == [0.0, 0.0, 0.0]


def test_a_pact_of_two_stands_beside_larger_ones():
    assert autonomy((0, 1), ((0, 1, 2),), POSITION, CAPABILITY) == pytest.approx([-0.025, -0.225])


def test_a_body_in_force_still_takes_the_place_of_other_treaties_inside_it():
    plain = autonomy((0, 1, 2), (), POSITION, CAPABILITY)
    both = autonomy((0, 1, 2), ((0, 1, 2), (0, 1)), POSITION, CAPABILITY)
    pact = autonomy((0, 1), (), POSITION, CAPABILITY)
    assert both == pytest.approx([-pact[0], -pact[1], 0.0])
    assert (plain != 0.0).all()
