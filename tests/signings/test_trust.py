"""Trust lies between 0 and 1, rises with every tie, and counts third states only."""

import numpy as np
import pytest

from foedus.signings.trust import trusted
from signings.worlds_of_states import setting


def test_by_hand():
    ties, pact = np.zeros((4, 4), dtype=bool), np.zeros((4, 4), dtype=bool)
    for i, j in ((0, 2), (1, 2), (0, 3), (1, 3)):
        pact[i, j] = pact[j, i] = True
    table = trusted(ties, pact, 0.5)
    assert table[0, 1] == pytest.approx(0.75)  # two allies in common
    assert table[0, 2] == 0.0  # an ally is no third state
    ties[0, 2] = ties[2, 0] = True
    assert trusted(ties, pact, 0.5)[0, 2] == 1.0
    assert trusted(ties, pact, 0.0)[0, 1] == 0.0


def test_it_rises_with_every_tie_and_stays_between_0_and_1():
    before = setting().trust
    assert (before == before.clip(0.0, 1.0)).all()
    n = len(before)
    for i in range(n):
        for j in range(i):
            more = setting().ties.copy()
            more[i, j] = more[j, i] = True
            after = setting(ties=more).trust
            assert (after >= before).all()
            assert after[i, j] == 1.0


def test_another_pact_never_lowers_trust():
    assert (setting(pacts=((0, 2), (2, 3), (0, 3, 4), (4, 5))).trust >= setting().trust).all()
