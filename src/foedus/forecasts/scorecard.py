"""The scorecard of a set of forecasts: proper scores beside base rates, natural questions and hindsight apart.

References
----------
Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78: 1-3.
Gneiting, T. and Raftery, A. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the American
Statistical Association 102: 359-378.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.estimation.scores import Band, band, banded, brier, log_loss, resamples, skill
from foedus.forecasts.forecast import Forecast
from foedus.forecasts.sooner import PLACES
from foedus.forecasts.two_at_once import PLACES as BOTH

Floats = NDArray[np.float64]

CERTAIN: Final = 0.01
"""In the log score a forecast that is certain and wrong is charged as if it had said 1 in 100: no model is surer of itself."""

RESAMPLES: Final = 500
"""Bootstrap samples of every band."""

GROUPS: Final = ("asked beforehand", "worded with hindsight", "all")
"""Questions that are scored together."""


@dataclass(frozen=True)
class Mark:
    """How one forecaster did on one group of questions.

    Attributes
    ----------
    group, forecaster : str
    part : str
        ``kind`` or ``law`` where the group is all questions of one kind or answered by one law, else empty.
    questions, yes : int
        Questions scored, and how many of them came true.
    brier, log_score : Band
        Mean squared error and mean logarithmic loss in nats, smaller is better, with 5 and 95 % of resamples.
    skill : Band
        Brier skill against the base rate of the very same questions.
    """

    group: str
    forecaster: str
    questions: int
    yes: int
    brier: Band
    log_score: Band
    skill: Band
    part: str = ""


def clusters(forecasts: Sequence[Forecast]) -> NDArray[np.int64]:
    """Return which questions ask the same thing over different windows: they are resampled together, shape (N,)."""
    names: dict[tuple[object, ...], int] = {}
    found = []
    for f in forecasts:
        q = f.query
        key = (q.kind, q.case, q.all_of, q.at_least, q.at_most, q.treaties, q.by) if q else (f.question.id,)
        found.append(names.setdefault(key, len(names)))
    return np.array(found, dtype=np.int64)


def marks(forecasts: Sequence[Forecast], seed: int = 1) -> tuple[Mark, ...]:
    """Return the marks of the model and of those it has to beat, group by group.

    The base rate is that of the scored questions themselves, known only afterwards: a hard opponent. The reference
    class is scored, beside the model, on the questions that have one.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Those without probability or outcome are passed over.
    seed : int
        Of the bootstrap.
    """
    scored = [f for f in forecasts if f.scored]
    found: list[Mark] = []
    for group in GROUPS:
        chosen = [f for f in scored if group == "all" or f.question.hindsight == (group == GROUPS[1])]
        if not chosen or (group == "all" and len({f.question.hindsight for f in scored}) < 2):
            continue
        found += _marks(group, chosen, seed, ("foedus", "base rate of these questions", "one half"))
        known = [f for f in chosen if f.reference is not None]
        if known:
            found += _marks(f"{group}, with a reference class", known, seed, ("foedus", "reference class"))
    return (*found, *_by_part(scored, seed))


def _by_part(scored: Sequence[Forecast], seed: int) -> list[Mark]:
    """Return the marks of every kind of question and of every law, beside the base rate and the reference class."""
    found: list[Mark] = []
    for part in ("kind", "law"):
        by: dict[str, list[Forecast]] = {}
        for f in scored:
            name = (f.query.answered_as if f.query else "") if part == "kind" else f.law
            by.setdefault(name, []).append(f)
        for name, chosen in by.items():
            who = ["foedus", "base rate of these questions", "one half"]
            who += ["reference class"] if all(f.reference is not None for f in chosen) else []
            found += [replace(m, part=part) for m in _marks(name, chosen, seed, who)]
    return found


def score_of_parts(forecast: Forecast) -> float | None:
    """Return how far an answer of several chances was from what happened; None while nobody knows.

    For a list the Brier score over everybody on it, for a number or a year the ranked probability score: the mean
    squared difference of the two cumulative distributions. 0 is best, 1 is worst.

    References
    ----------
    Epstein, E. S. (1969). A scoring system for probability forecasts of ranked categories. Journal of Applied Meteorology 8.
    """
    happened = [came_true(forecast, part.name) for part in forecast.parts]
    if not happened or None in happened or forecast.query is None:
        return None
    p = np.array([part.probability for part in forecast.parts])
    y = np.array([float(bool(h)) for h in happened])
    if forecast.query.form == "how many":
        p, y = np.cumsum(p)[:-1], np.cumsum(y)[:-1]
    return float(np.mean((p - y) ** 2)) if len(p) else 0.0


def came_true(forecast: Forecast, part: str) -> bool | None:
    """Return whether one part of an answer came true; None while nobody knows, or where the outcome does not fit."""
    said, form = forecast.question.resolved, forecast.query.form if forecast.query else ""
    if form == "how many" and said.isdecimal():
        known = {p.name for p in forecast.parts}
        return str(int(said)) == part if str(int(said)) in known else None
    if form == "which" and forecast.query and forecast.query.than:
        return part == said if said in (BOTH if forecast.query.link == "asked" else PLACES) else None
    if form == "which" and re.fullmatch(r"[a-z]{3}(?:[ ,;]+[a-z]{3})*|nobody", said):
        return part.casefold() in re.split(r"[ ,;]+", said)
    if form == "when" and re.fullmatch(r"\d{4}", said):
        return int(part) >= int(said)
    return None


def _marks(group: str, forecasts: Sequence[Forecast], seed: int, who: Sequence[str]) -> list[Mark]:
    y = np.array([float(bool(f.question.outcome)) for f in forecasts])
    given: dict[str, Floats] = {
        "foedus": np.array([f.probability for f in forecasts], dtype=np.float64),
        "base rate of these questions": np.full(len(y), y.mean()),
        "one half": np.full(len(y), 0.5),
        "reference class": np.array([f.reference for f in forecasts], dtype=np.float64),
    }
    counts = resamples(clusters(forecasts), RESAMPLES, seed)
    w = np.ones(len(y))
    rate, rate_drawn = banded(brier, y, given["base rate of these questions"], w, counts)
    found = []
    for name in who:
        b, b_drawn = banded(brier, y, given[name], w, counts)
        loss, loss_drawn = banded(log_loss, y, np.clip(given[name], CERTAIN, 1 - CERTAIN), w, counts)
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = np.where(rate_drawn > 0, 1 - b_drawn / rate_drawn, np.nan)
        found.append(
            Mark(
                group, name, len(y), int(y.sum()), band(b, b_drawn), band(loss, loss_drawn), band(skill(b, rate), drawn)
            )
        )
    return found
