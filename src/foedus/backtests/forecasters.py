"""Forecasters: base rate, persistence, logits and boosted trees, all by the same two calls.

``fit(train)`` learns from a frame and returns what ``predict(test)`` turns into one probability per row. Frames of choice
sets have a column ``set``, and the probabilities of a set add up to one; frames of treaties have none.

References
----------
McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In Zarembka (ed.), Frontiers in
Econometrics: 105-142.
King, G. and Zeng, L. (2001). Logistic regression in rare events data. Political Analysis 9(2): 137-163.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.archive.frames import pl
from foedus.kernels.choice import log_softmax_by, logistic
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import Later

_OPTIMIZE = Later("scipy.optimize", "stats", "backtest")
_LINEAR = Later("sklearn.linear_model", "stats", "backtest")
_TREES = Later("sklearn.ensemble", "stats", "backtest")
_THREADS = Later("threadpoolctl", "stats", "backtest")

Floats = NDArray[np.float64]

RIDGE: Final = 1.0
"""Penalty of all logits on standardised columns: a normal prior with standard deviation 1 on every coefficient."""
ROUNDS: Final = 120
"""Rounds of boosting, fixed beforehand as in the published baselines."""
LEAVES: Final = 4
LEARNING_RATE: Final = 0.05
"""Size and weight of every tree. With the library's own 31 and 0.1 the trees are worse than a base rate; these were
chosen by learning to 1913 and forecasting 1914 to 1930, which no declared window looks at."""
RECENT_YEARS: Final = 10
"""Years over which persistence takes the rate at which treaties end."""


class Fitted(Protocol):
    """What was learnt."""

    def predict(self, test: pl.DataFrame) -> Floats:
        """Return one probability per row, shape (N,)."""


class Forecaster(Protocol):
    """What can learn."""

    @property
    def name(self) -> str:
        """Return the name in tables."""

    @property
    def information(self) -> str:
        """Return what it looks at: ``nothing``, ``pacts``, ``geography``, ``standard`` or ``model``."""

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Learn from rows with outcomes."""


def happened(frame: pl.DataFrame) -> Floats:
    """Return what happened in every row, 0 or 1, shape (N,)."""
    return frame["formed"].cast(pl.Float64).to_numpy().copy()


def within_sets(frame: pl.DataFrame, utility: Floats) -> Floats:
    """Return the choice probabilities of utilities within the sets of a frame, shape (N,)."""
    sets = np.unique(frame["set"].to_numpy(), return_inverse=True)[1]
    return np.exp(log_softmax_by(utility, sets))


@dataclass(frozen=True)
class Columns:
    """Columns as standardised numbers; what is missing takes the mean."""

    names: tuple[str, ...]
    mean: Floats
    spread: Floats
    """Shape (C,); of the rows learnt from; a column without spread there counts nothing."""

    @classmethod
    def of(cls, train: pl.DataFrame, names: Sequence[str]) -> Columns:
        """Return the columns with the scale that they have in a frame."""
        x = matrix(train, names)
        known = ~np.isnan(x)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, x, 0).sum(axis=0) / count
        spread = np.sqrt((np.where(known, x - mean, 0) ** 2).sum(axis=0) / count)
        return cls(tuple(names), mean, np.where(spread > 1e-12, spread, np.inf))

    def __call__(self, frame: pl.DataFrame) -> Floats:
        """Return the standardised columns of a frame, shape (N, C)."""
        return np.nan_to_num((matrix(frame, self.names) - self.mean) / self.spread, nan=0.0)


def matrix(frame: pl.DataFrame, names: Sequence[str]) -> Floats:
    """Return columns as numbers with nan where they are missing, shape (N, C).

    Raises
    ------
    FoedusError
        The frame has no such column.
    """
    lost = [n for n in names if n not in frame.columns]
    if lost:
        raise fail(f"column '{lost[0]}'", "the frame to be learnt from has no such column", "Describe it first")
    held = [frame[n].cast(pl.Float64).fill_null(float("nan")).to_numpy() for n in names]
    return np.column_stack(held) if held else np.empty((frame.height, 0))


@dataclass(frozen=True)
class BaseRate:
    """Knows nothing of the alternatives: equal chances in a set, and the share that happened elsewhere."""

    name: str = "base rate"
    information: str = "nothing"

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Learn the share."""
        return _Constant(_rate(train))


@dataclass(frozen=True)
class RecentRate:
    """The share of treaties that ended in the last years."""

    name: str = "persistence"
    information: str = "pacts"

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Learn the share of the last years."""
        last = int(str(train["year"].max()))
        return _Constant(_rate(train.filter(pl.col("year") > last - RECENT_YEARS)))


def _rate(train: pl.DataFrame) -> float:
    # Half a case on either side (Jeffreys): a rate of nothing would make the first case infinitely surprising.
    return float((happened(train).sum() + 0.5) / (train.height + 1))


@dataclass(frozen=True)
class _Constant:
    rate: float

    def predict(self, test: pl.DataFrame) -> Floats:
        if "set" in test.columns:
            return within_sets(test, np.zeros(test.height))
        return np.full(test.height, self.rate)


@dataclass(frozen=True)
class Logit:
    """A logit: conditional on the set where there are sets, plain otherwise."""

    name: str
    information: str
    columns: tuple[str, ...]
    """Covariates."""

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Learn the coefficients with a ridge."""
        scale = Columns.of(train, self.columns)
        if "set" in train.columns:
            return Conditional(scale, conditional_logit(train, scale(train)))
        plain = _LINEAR.LogisticRegression(C=1 / RIDGE, max_iter=1000).fit(scale(train), happened(train))
        return Plain(scale, np.asarray(plain.coef_[0]), float(plain.intercept_[0]))


@dataclass(frozen=True)
class Bounded:
    """A conditional logit whose coefficients cannot have the sign that the theory excludes; it learns from all sets there are."""

    name: str
    information: str
    columns: tuple[str, ...]
    """Covariates."""
    signs: tuple[float, ...]
    """1 or -1 per column: the sign that its coefficient may have; it can also be zero."""

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Learn the coefficients with a ridge and bounds."""
        scale, signs = Columns.of(train, self.columns), np.array(self.signs)
        return Conditional(scale, signs * conditional_logit(train, scale(train) * signs, least=0.0))


@dataclass(frozen=True)
class Given:
    """A utility that is taken as it is: nothing is learnt where there are sets, a scale and an intercept elsewhere."""

    name: str
    information: str
    column: str
    """The utility."""

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Take the column, or learn its scale and the intercept."""
        if "set" in train.columns:
            return Conditional(Columns((self.column,), np.zeros(1), np.ones(1)), np.ones(1))
        return Logit(self.name, self.information, (self.column,)).fit(train)


@dataclass(frozen=True)
class Conditional:
    """A fitted conditional logit: coefficients per standard deviation of each column, shape (C,)."""

    scale: Columns
    coefficients: Floats

    def predict(self, test: pl.DataFrame) -> Floats:
        """Return the probabilities of every set."""
        return within_sets(test, self.scale(test) @ self.coefficients)


@dataclass(frozen=True)
class Plain:
    """A fitted logit: coefficients per standard deviation of each column, shape (C,), and the intercept."""

    scale: Columns
    coefficients: Floats
    intercept: float

    def predict(self, test: pl.DataFrame) -> Floats:
        """Return the probability of every row."""
        return logistic(self.scale(test) @ self.coefficients + self.intercept)


def conditional_logit(train: pl.DataFrame, x: Floats, ridge: float = RIDGE, least: float | None = None) -> Floats:
    """Return the coefficients that make what was chosen most likely, with a ridge.

    Parameters
    ----------
    train : polars.DataFrame
        With ``set``, ``formed`` (one per set) and ``weight`` (of the set).
    x : ndarray, shape (N, C)
    ridge : float
    least : float, optional
        Below which no coefficient may fall.

    Returns
    -------
    ndarray, shape (C,)
    """
    y, w = happened(train), train["weight"].to_numpy()
    sets = np.unique(train["set"].to_numpy(), return_inverse=True)[1]

    def loss(b: Floats) -> tuple[float, Floats]:
        chance = log_softmax_by(x @ b, sets)
        # All rows of a set have the weight of the set, so that expectations need no second pass.
        slope = -x.T @ (w * (y - np.exp(chance))) + ridge * b
        return float(-(w * y * chance).sum() + ridge * (b @ b) / 2), slope

    start, bounds = np.zeros(x.shape[1]), [(least, None)] * x.shape[1]
    found = _OPTIMIZE.minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x, dtype=np.float64)


BINS: Final = 63
"""Values that a column is sorted into; with the library's 255 most of the time goes into sorting, and nothing is gained."""


@dataclass(frozen=True)
class Boosting:
    """Gradient boosting of trees (histograms); knows the size of the alliance besides the columns."""

    columns: tuple[str, ...]
    """Covariates; what is missing is a value of its own."""
    name: str = "gradient boosting"
    information: str = "standard"
    seed: int = 1

    def fit(self, train: pl.DataFrame) -> Fitted:
        """Grow the trees."""
        # The library refuses a column that is missing everywhere (votes before there was an assembly).
        wanted = (*self.columns, "size")
        used = tuple(n for n in wanted if train[n].null_count() < train.height)
        trees = _TREES.HistGradientBoostingClassifier(
            max_iter=ROUNDS,
            max_bins=BINS,
            max_leaf_nodes=LEAVES,
            learning_rate=LEARNING_RATE,
            early_stopping=False,
            random_state=self.seed,
        )
        with _THREADS.threadpool_limits(1):  # the frames are small: threads would only wait for each other
            trees.fit(matrix(train, used), happened(train), sample_weight=train["weight"].to_numpy())
        return _Trees(trees, used)


@dataclass(frozen=True)
class _Trees:
    trees: Any = field(repr=False)
    columns: tuple[str, ...]

    def predict(self, test: pl.DataFrame) -> Floats:
        raw = np.asarray(self.trees.decision_function(matrix(test, self.columns)), dtype=np.float64)
        # The raw score is the logarithm of the odds, which a choice among rare events is proportional to.
        return within_sets(test, raw) if "set" in test.columns else logistic(raw)
