"""An enemy in common is an outsider with whom both quarrel; a quarrel among members is none."""

import numpy as np

from foedus.signings.enemy import common_enemy
from signings.worlds_of_states import setting

BODY = (0, 2, 3, 5)


def test_by_hand():
    rivalry = np.zeros((4, 4))
    rivalry[0, 3] = rivalry[3, 0] = 1.0
    rivalry[1, 3] = rivalry[3, 1] = 0.4
    assert common_enemy(rivalry, (0, 1, 2)).tolist() == [0.2, 0.2, 0.0]
    assert common_enemy(rivalry, (0, 1, 2, 3)).tolist() == [0.0] * 4  # the enemy is a member


def test_the_worst_of_several_enemies_counts_for_every_pair():
    rivalry = np.zeros((5, 5))
    for i, a, q in ((0, 3, 0.3), (1, 3, 0.9), (0, 4, 0.5), (1, 4, 0.6)):
        rivalry[i, a] = rivalry[a, i] = q
    assert common_enemy(rivalry, (0, 1)).tolist() == [0.5, 0.5]


def test_a_quarrel_among_members_moves_nothing_and_one_with_an_outsider_does():
    calm = setting()
    within, without = calm.rivalry.copy(), calm.rivalry.copy()
    within[0, 3] = within[3, 0] = 1.0
    for m in (0, 3):
        without[m, 1] = without[1, m] = 1.0
    before = calm.terms(BODY)[1]
    assert (setting(rivalry=within).terms(BODY)[1] == before).all()
    assert setting(rivalry=without).terms(BODY)[1][0] > before[0]


def test_nobody_outside_is_no_enemy():
    assert common_enemy(np.ones((3, 3)), (0, 1, 2)).tolist() == [0.0] * 3
