"""Scores of probabilistic forecasts, with weights, and their bands from resampling whole events.

All scores take what happened ``y`` (0 or 1), the forecast ``p`` and weights ``w``, each of shape (N,). Losses are better
the smaller they are; areas and skills the larger.

References
----------
Gneiting, T. and Raftery, A. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the American
Statistical Association 102: 359-378.
Davis, J. and Goadrich, M. (2006). The relationship between precision-recall and ROC curves. ICML.
Field, C. and Welsh, A. (2007). Bootstrapping clustered data. Journal of the Royal Statistical Society B 69: 369-390.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.vocabulary.errors import fail

Floats = NDArray[np.float64]
Score = Callable[[Floats, Floats, Floats], float]

FLOOR: Final = 1e-12
"""Probabilities are kept this far from 0 and 1 in logarithms, so that one certain error costs 27.6 nats and not infinity."""


def choice_loss(y: Floats, p: Floats, w: Floats) -> float:
    """Return the mean logarithmic loss, in nats, of what was chosen.

    Parameters
    ----------
    y, p, w : ndarray, shape (N,)
        Rows of all choice sets; ``p`` sums to one within a set, in which exactly one row has ``y`` = 1.

    Returns
    -------
    float
        Mean over the chosen rows of -ln p; nan without any.
    """
    took = y * w
    total = took.sum()
    return float(-(took * np.log(np.maximum(p, FLOOR))).sum() / total) if total > 0 else float("nan")


def log_loss(y: Floats, p: Floats, w: Floats) -> float:
    """Return the mean logarithmic loss, in nats, of yes-or-no forecasts; nan without weight."""
    q = np.clip(p, FLOOR, 1 - FLOOR)
    total = w.sum()
    return float(-(w * (y * np.log(q) + (1 - y) * np.log1p(-q))).sum() / total) if total > 0 else float("nan")


def brier(y: Floats, p: Floats, w: Floats) -> float:
    """Return the mean squared error of the probabilities; nan without weight."""
    total = w.sum()
    return float((w * (p - y) ** 2).sum() / total) if total > 0 else float("nan")


def skill(loss: float, reference: float) -> float:
    """Return the share of the reference's loss that is avoided: 1 perfect, 0 no better, below 0 worse."""
    return 1 - loss / reference if reference > 0 else float("nan")


def _ranked(y: Floats, p: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Return the weight of hits and of false alarms above every distinct forecast, from the highest down."""
    order = np.argsort(-p, kind="stable")
    last = np.append(np.diff(p[order]) != 0, np.ones(min(1, len(p)), dtype=bool))
    hits, alarms = np.cumsum((w * y)[order]), np.cumsum((w * (1 - y))[order])
    return hits[last], alarms[last]


def roc_auc(y: Floats, p: Floats, w: Floats) -> float:
    """Return the area under the ROC curve: how often what happened is ranked above what did not; ties count half.

    Returns
    -------
    float
        nan when only one of the two outcomes is there.
    """
    hits, alarms = _ranked(y, p, w)
    if not len(hits) or hits[-1] <= 0 or alarms[-1] <= 0:
        return float("nan")
    steps = np.diff(np.concatenate([[0.0], alarms]))
    heights = (hits + np.concatenate([[0.0], hits[:-1]])) / 2
    return float((steps * heights).sum() / (hits[-1] * alarms[-1]))


def pr_curve(y: Floats, p: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Return recall and precision at every distinct forecast, from the highest down, each of shape (distinct,)."""
    hits, alarms = _ranked(y, p, w)
    total = hits[-1] if len(hits) else 0.0
    if total <= 0:
        return np.empty(0), np.empty(0)
    called = hits + alarms
    return hits / total, np.divide(hits, called, out=np.zeros_like(hits), where=called > 0)


def pr_auc(y: Floats, p: Floats, w: Floats) -> float:
    """Return the area under the precision-recall curve as average precision, without interpolation; nan without hits."""
    recall, precision = pr_curve(y, p, w)
    if not len(recall):
        return float("nan")
    return float((np.diff(np.concatenate([[0.0], recall])) * precision).sum())


@dataclass(frozen=True)
class Calibration:
    """A calibration curve: bins of equal weight by forecast."""

    forecast: Floats
    observed: Floats
    weight: Floats
    """Shape (bins,); mean forecast, observed frequency and weight of every bin."""


def calibration_curve(y: Floats, p: Floats, w: Floats, bins: int = 8, by_mass: bool = True) -> Calibration:
    """Return how often what was forecast with a probability happened.

    Parameters
    ----------
    y, p, w : ndarray, shape (N,)
    bins : int
        Bins at the most; ties are never split.
    by_mass : bool
        Whether every bin holds the same sum of forecasts (which looks where the forecasts are high) and not the same
        number of them.

    Raises
    ------
    FoedusError
        Fewer than one bin.
    """
    if bins < 1:
        raise fail("calibration curve", "it needs at least one bin", "Give bins=8")
    order = np.argsort(p, kind="stable")
    y, p, w = y[order], p[order], w[order]
    mass = np.cumsum(w * p if by_mass else w)
    place = np.minimum((mass / mass[-1] * bins - 1e-9).astype(int), bins - 1) if len(p) and mass[-1] > 0 else mass * 0
    # Equal forecasts share the bin of the first of them.
    first = np.concatenate([[True], np.diff(p) != 0])[: len(p)]
    place = place[np.maximum.accumulate(np.where(first, np.arange(len(p)), 0))]
    rows = [place == b for b in np.unique(place)]
    weight = np.array([w[r].sum() for r in rows])
    kept = [r for r, total in zip(rows, weight, strict=True) if total > 0]
    return Calibration(
        np.array([np.average(p[r], weights=w[r]) for r in kept]),
        np.array([np.average(y[r], weights=w[r]) for r in kept]),
        weight[weight > 0],
    )


SCORES: Final[Mapping[str, Score]] = MappingProxyType(
    {"choice_loss": choice_loss, "log_loss": log_loss, "brier": brier, "pr_auc": pr_auc, "roc_auc": roc_auc}
)
"""Every score by name."""


def resamples(clusters: NDArray[np.int64], draws: int, seed: int) -> NDArray[np.int64]:
    """Return how often every row counts when whole clusters are drawn with replacement.

    Parameters
    ----------
    clusters : ndarray of int, shape (N,)
        Event that each row belongs to.
    draws : int
        Resamples.
    seed : int

    Returns
    -------
    ndarray of int, shape (draws, N)
        Counts; the same for all rows of a cluster. Two forecasts scored with the same counts are compared in pairs.
    """
    names, place = np.unique(clusters, return_inverse=True)
    n = len(names)
    stream = np.random.default_rng([seed, n])
    counts = stream.multinomial(n, np.full(n, 1 / n), size=draws) if n else np.zeros((draws, 0), dtype=np.int64)
    return np.asarray(counts[:, place], dtype=np.int64)


@dataclass(frozen=True)
class Band:
    """A score with the band in which resampling puts it."""

    value: float
    low: float
    high: float
    """The score on all events, and the 5 and 95 % quantiles over resamples of events."""


def band(value: float, draws: Floats) -> Band:
    """Return a score and its 5-95 % band; nan where no resample has the score."""
    known = draws[~np.isnan(draws)]
    if not len(known):
        return Band(value, float("nan"), float("nan"))
    low, high = np.quantile(known, [0.05, 0.95])
    return Band(value, float(low), float(high))


def banded(score: Score, y: Floats, p: Floats, w: Floats, counts: NDArray[np.int64]) -> tuple[float, Floats]:
    """Return a score on all rows and on every resample, shape (draws,); rows without weight are passed over."""
    found = np.array([score(y[own], p[own], (w * c)[own]) for c, own in ((c, c > 0) for c in counts)])
    return score(y, p, w), found
