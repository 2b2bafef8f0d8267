"""Tables of forecasts: every question with its answer or its reason, the scores, and the vocabulary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from foedus.estimation.scores import Band, calibration_curve
from foedus.forecasts.forecast import Forecast
from foedus.forecasts.query import LONGEST_WINDOW, OLDEST_CASE
from foedus.forecasts.scorecard import Mark
from foedus.forecasts.words import Vocabulary
from foedus.version import __version__
from foedus.vocabulary.errors import Problem
from foedus.vocabulary.tables import Cell, Column, Table, table

LIMITS = (
    "One yearly hazard, of the first year after the date of the case, holds for the whole window: no learning, no shocks.",
    "The model does not tell levels of a meeting apart, nor signature from entry into force.",
    "Only treaties with the hub are in the model; a question that spokes could settle among themselves is answered as if they could not.",
    "What adversaries do, sanctions, opinion, arms and money are given to the model, not answers of it.",
    f"A case stands for the present for {OLDEST_CASE:g} years; a window of more than {LONGEST_WINDOW:g} years is not answered.",
)
"""What the forecasts leave out."""


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def answers(forecasts: Sequence[Forecast]) -> Table:
    """Return one row per question with a probability."""
    rows: list[list[Cell]] = [
        [
            f.question.id,
            f.question.text,
            f.query.says(),
            f.probability,
            f.low,
            f.high,
            f.default,
            f.reference,
            f.question.outcome,
            f.question.hindsight,
        ]
        for f in forecasts
        if f.query is not None and f.probability is not None
    ]
    columns = [
        Column("id"),
        Column("question"),
        Column("asks", "", "what is asked of the model"),
        Column("probability", "probability", "mean over the draws"),
        Column("low", "probability", "5 % of draws"),
        Column("high", "probability", "95 % of draws"),
        Column("default", "probability", "with default parameters"),
        Column("reference", "probability", "at the rate of the reference class"),
        Column("outcome"),
        Column("hindsight"),
    ]
    return table("forecasts", "Questions the model can answer", columns, rows)


def unanswered(forecasts: Sequence[Forecast]) -> Table:
    """Return one row per question without a query, with the reason."""
    rows: list[list[Cell]] = [[f.question.id, f.question.text, f.reason] for f in forecasts if f.query is None]
    columns = [Column("id"), Column("question"), Column("reason")]
    return table("unanswered", "Questions declared unanswerable", columns, rows)


def mapped(forecasts: Sequence[Forecast]) -> Table:
    """Return one row per question: how it is understood, or why not."""
    rows: list[list[Cell]] = [
        [
            f.question.id,
            f.question.text,
            f.query.case if f.query else None,
            f.query.says() if f.query else None,
            f.reason or None,
        ]
        for f in forecasts
    ]
    columns = [Column("id"), Column("question"), Column("case"), Column("asks"), Column("reason")]
    return table("questions", "How the questions are understood", columns, rows)


def scores(marks: Sequence[Mark]) -> Table:
    """Return one row per group of questions and forecaster."""
    rows: list[list[Cell]] = [
        [m.group, m.forecaster, m.questions, m.yes, *_cells(m.brier), *_cells(m.log_score), *_cells(m.skill)]
        for m in marks
    ]
    columns = [
        Column("questions_asked"),
        Column("forecaster"),
        Column("n", "", "questions"),
        Column("yes", "", "that came true"),
        *_banded("brier", "0 to 1", "smaller is better"),
        *_banded("log_score", "nats", "smaller is better"),
        *_banded("skill", "share", "of the Brier score of the base rate that is avoided"),
    ]
    return table("scores", "How good the forecasts were", columns, rows)


def _banded(name: str, unit: str, meaning: str) -> list[Column]:
    return [
        Column(name, unit, meaning),
        Column(f"{name}_low", unit, "5 %"),
        Column(f"{name}_high", unit, "95 % of resamples"),
    ]


def _cells(band: Band) -> list[Cell]:
    return [_number(band.value), _number(band.low), _number(band.high)]


def vocabulary(words: Vocabulary) -> Table:
    """Return the vocabulary in which questions are understood."""
    rows: list[list[Cell]] = [["kind of question", k, v] for k, v in words.kinds.items()]
    for part, patterns in (
        ("word", words.words),
        ("state", words.states),
        ("institution", words.institutions),
        ("region of case", words.regions),
    ):
        rows += [[part, k, " · ".join(ps)] for k, ps in patterns.items()]
    rows += [
        ["reference class", k, "; ".join(f"{a}-{b}: {n} in {size:,}" for a, b, n, size in r.eras) + f" {r.unit}"]
        for k, r in words.rates.items()
    ]
    return table(
        "mapping", "In what words questions are understood", [Column("part"), Column("name"), Column("patterns")], rows
    )


def forecast_record(
    forecasts: Sequence[Forecast],
    marks: Sequence[Mark],
    problems: Sequence[Problem],
    source: str,
    hashes: Mapping[str, str],
    seed: int,
    draws: int,
    calibration: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return forecasts as one plain document."""
    return {
        "foedus": __version__,
        "seed": seed,
        "draws": draws,
        "hashes": dict(hashes),
        "counts": {
            "questions": len(forecasts),
            "answered": sum(f.probability is not None for f in forecasts),
            "unanswerable": sum(f.query is None for f in forecasts),
            "scored": sum(f.scored for f in forecasts),
            "rows that could not be read": len(problems),
        },
        "questions": [_question(f) for f in forecasts],
        "scores": [dict(row) for row in scores(marks)],
        "calibration": dict(calibration) if calibration else None,
        "calibration_curve": _calibration(forecasts),
        "reference_source": source,
        "problems": [str(p) for p in problems],
        "limits": list(LIMITS),
    }


def _question(f: Forecast) -> dict[str, Any]:
    q, asked = f.query, f.question
    return {
        "id": asked.id,
        "question": asked.text,
        "outcome": asked.outcome,
        "hindsight": asked.hindsight,
        "opened": asked.opened and asked.opened.isoformat(),
        "closes": asked.closes and asked.closes.isoformat(),
        "category": asked.category,
        "where": asked.where,
        "answered": f.probability is not None,
        "case": q.case if q else None,
        "kind": q.kind if q else None,
        "asks": q.says() if q else None,
        "years": q.years if q else None,
        "probability": f.probability,
        "default": f.default,
        "low": f.low,
        "high": f.high,
        "reference": f.reference,
        "reason": f.reason,
    }


def _calibration(forecasts: Sequence[Forecast]) -> list[dict[str, float]]:
    """Return how often what was forecast happened, in up to five groups of questions."""
    scored = [f for f in forecasts if f.scored]
    if not scored:
        return []
    y = np.array([float(bool(f.question.outcome)) for f in scored])
    p = np.array([f.probability for f in scored], dtype=np.float64)
    curve = calibration_curve(y, p, np.ones(len(y)), bins=min(5, len(y)), by_mass=False)
    return [
        {"forecast": float(a), "observed": float(b), "questions": float(n)}
        for a, b, n in zip(curve.forecast, curve.observed, curve.weight, strict=True)
    ]
