"""The four terms of any list: the same under any labels, equal chances without weights, one mechanism off at a time."""

import numpy as np
import pytest

from foedus.kernels.choice import log_softmax_by
from foedus.signings.weights import COEFFICIENTS, TERMS, Weights
from signings.worlds_of_states import relabelled, setting

BODIES = ((0, 2, 3), (1, 4, 6), (2, 5), (0, 1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_labels_move_nothing(seed):
    one = setting(seed)
    order = np.random.default_rng(seed).permutation(7)
    two = relabelled(one, order)
    at = {int(old): new for new, old in enumerate(order)}
    for body in BODIES:
        assert two.terms([at[m] for m in body]) == pytest.approx(one.terms(body), abs=1e-12)


def test_half_sums_and_values_are_sums_over_members():
    one, weights = setting(), Weights()
    by_hand = [one.terms(b).sum(axis=1) / 2 for b in BODIES]
    assert one.half_sums(BODIES) == pytest.approx(np.array(by_hand))
    expected = [-3.35 * s + 1.87 * e + 1.21 * t + 4.66 * a for s, e, t, a in by_hand]
    assert one.values(BODIES, weights) == pytest.approx(expected)
    assert one.half_sums(()).shape == (0, 4)


def test_without_weights_all_lists_are_equally_likely():
    nothing = Weights(dict.fromkeys(COEFFICIENTS, 0.0))
    chances = np.exp(log_softmax_by(setting().values(BODIES, nothing), np.zeros(len(BODIES), dtype=int)))
    assert chances == pytest.approx(np.full(len(BODIES), 1 / len(BODIES)))


@pytest.mark.parametrize("k", range(4))
def test_each_weight_at_zero_switches_its_mechanism_off_and_no_other(k):
    one = setting()
    off = one.values(BODIES, Weights({COEFFICIENTS[k]: 0.0}))
    lost = one.values(BODIES, Weights()) - off
    assert lost == pytest.approx(one.half_sums(BODIES)[:, k] * Weights().signed[k])
    assert np.abs(lost).max() > 0, TERMS[k]


def test_closure_0_counts_ties_alone():
    assert set(np.unique(setting(closure=0.0).trust)) == {0.0, 1.0}


def test_terms_of_a_list_are_means_over_the_fellows_of_each_member():
    one = setting()
    for body in BODIES:
        separation, enemy, trust, autonomy = one.terms(body)
        for k, member in enumerate(body):
            fellows = [m for m in body if m != member]
            assert separation[k] == pytest.approx(np.mean([one.apart[member, m] for m in fellows]))
            assert trust[k] == pytest.approx(np.mean([one.trust[member, m] for m in fellows]))
        assert ((enemy >= 0.0) & (enemy <= 1.0)).all()
        assert len(autonomy) == len(body)
