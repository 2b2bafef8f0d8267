"""Scores against sums worked by hand, and against scikit-learn on random forecasts."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.estimation import scores
from foedus.vocabulary.errors import FoedusError

Y = np.array([1.0, 0.0, 1.0, 0.0])
P = np.array([0.8, 0.5, 0.4, 0.1])
ONE = np.ones(4)


def test_losses_by_hand():
    assert scores.choice_loss(Y, P, ONE) == pytest.approx(-(math.log(0.8) + math.log(0.4)) / 2)
    by_hand = -(math.log(0.8) + math.log(0.5) + math.log(0.4) + math.log(0.9)) / 4
    assert scores.log_loss(Y, P, ONE) == pytest.approx(by_hand)
    assert scores.brier(Y, P, ONE) == pytest.approx((0.04 + 0.25 + 0.36 + 0.01) / 4)
    assert scores.skill(0.1, 0.4) == pytest.approx(0.75)


def test_areas_by_hand():
    """Of the four pairs of a hit and a miss three are in order; precision is 1 at the first hit and 2/3 at the second."""
    assert scores.roc_auc(Y, P, ONE) == pytest.approx(3 / 4)
    assert scores.pr_auc(Y, P, ONE) == pytest.approx((1 + 2 / 3) / 2)


def test_ties_count_half():
    assert scores.roc_auc(Y, np.full(4, 0.3), ONE) == pytest.approx(0.5)
    assert scores.pr_auc(Y, np.full(4, 0.3), ONE) == pytest.approx(0.5)


def test_a_certain_error_is_dear_but_finite():
    assert scores.choice_loss(np.array([1.0]), np.array([0.0]), np.array([1.0])) == pytest.approx(-math.log(1e-12))


def test_calibration_by_hand():
    curve = scores.calibration_curve(
        np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]), np.array([0.1, 0.1, 0.2, 0.4, 0.8, 0.8]), np.ones(6), 2, by_mass=False
    )
    assert curve.forecast == pytest.approx([0.4 / 3, 2.0 / 3])
    assert curve.observed == pytest.approx([0.0, 1.0])
    assert curve.weight == pytest.approx([3, 3])


def test_equal_forecasts_share_a_bin():
    curve = scores.calibration_curve(Y, np.full(4, 0.25), ONE, 4)
    assert curve.observed == pytest.approx([0.5])
    with pytest.raises(FoedusError, match="one bin"):
        scores.calibration_curve(Y, P, ONE, 0)


@pytest.mark.parametrize("score", [scores.choice_loss, scores.roc_auc, scores.pr_auc])
def test_without_events_there_is_no_score(score):
    assert math.isnan(score(np.zeros(3), np.array([0.1, 0.2, 0.3]), np.ones(3)))


forecasts = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.05, 0.1, 0.3, 0.31, 0.7, 0.99]), st.floats(0.1, 5)),
    min_size=4,
    max_size=40,
).filter(lambda rows: len({r[0] for r in rows}) == 2)


@settings(max_examples=60, deadline=None)
@given(forecasts)
def test_scores_agree_with_scikit_learn(rows):
    oracle = pytest.importorskip("sklearn.metrics")
    y, p, w = (np.array(c) for c in zip(*rows))
    assert scores.roc_auc(y, p, w) == pytest.approx(oracle.roc_auc_score(y, p, sample_weight=w))
    assert scores.pr_auc(y, p, w) == pytest.approx(oracle.average_precision_score(y, p, sample_weight=w))
    assert scores.brier(y, p, w) == pytest.approx(oracle.brier_score_loss(y, p, sample_weight=w))
    assert scores.log_loss(y, p, w) == pytest.approx(oracle.log_loss(y, p, sample_weight=w))


@settings(max_examples=30, deadline=None)
@given(forecasts)
def test_a_weight_of_two_is_the_row_twice(rows):
    y, p, _ = (np.array(c) for c in zip(*rows))
    twice = np.ones(len(y))
    twice[0] = 2
    for score in scores.SCORES.values():
        again = score(np.append(y, y[0]), np.append(p, p[0]), np.ones(len(y) + 1))
        assert score(y, p, twice) == pytest.approx(again, nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(forecasts, st.integers(1, 10))
def test_bins_keep_all_weight_and_all_hits(rows, bins):
    y, p, w = (np.array(c) for c in zip(*rows))
    curve = scores.calibration_curve(y, p, w, bins)
    assert len(curve.weight) <= bins
    assert curve.weight.sum() == pytest.approx(w.sum())
    assert (curve.weight * curve.observed).sum() == pytest.approx((w * y).sum())
    assert (np.diff(curve.forecast) > 0).all()


def test_resampling_keeps_events_whole():
    clusters = np.array([7, 7, 7, 3, 3, 9])
    counts = scores.resamples(clusters, 200, seed=1)
    assert (counts[:, 0] == counts[:, 1]).all()
    assert (counts[:, 3] == counts[:, 4]).all()
    assert (counts[:, 0] + counts[:, 3] + counts[:, 5] == 3).all()
    assert (counts == scores.resamples(clusters, 200, seed=1)).all()


def test_the_band_covers_the_standard_error_of_a_mean():
    """The band of a mean over 400 events is its 5-95 % normal interval, as the central limit theorem has it."""
    stream = np.random.default_rng(5)
    y = (stream.random(400) < 0.3).astype(float)
    value, draws = scores.banded(
        scores.brier, y, np.zeros(400), np.ones(400), scores.resamples(np.arange(400), 2000, seed=2)
    )
    found = scores.band(value, draws)
    half = 1.645 * math.sqrt(y.mean() * (1 - y.mean()) / 400)
    assert found.value == pytest.approx(y.mean())
    assert found.high - found.value == pytest.approx(half, rel=0.15)
    assert found.value - found.low == pytest.approx(half, rel=0.15)


def test_pairs_of_forecasts_are_compared_on_the_same_resamples():
    """A forecast that is a little better on every event is better in every resample, however noisy both are."""
    y = np.ones(50)
    worse = np.random.default_rng(1).uniform(0.01, 0.9, 50)
    counts = scores.resamples(np.arange(50), 300, seed=1)
    gaps = scores.banded(scores.choice_loss, y, worse, np.ones(50), counts)[1]
    gaps = gaps - scores.banded(scores.choice_loss, y, worse * 1.05, np.ones(50), counts)[1]
    assert (gaps > 0).all()


def test_the_curve_of_nothing_is_empty_and_of_forecasts_of_nothing_one_bin():
    none = np.zeros(0)
    assert len(scores.calibration_curve(none, none, none).forecast) == 0
    told = scores.calibration_curve(np.array([0.0, 1.0]), np.zeros(2), np.ones(2), 4)
    assert told.forecast.tolist() == [0.0]
    assert told.observed.tolist() == [0.5]
    assert len(scores.calibration_curve(np.array([0.0, 1.0]), np.array([0.2, 0.6]), np.zeros(2), 4).forecast) == 0
