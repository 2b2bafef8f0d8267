"""Tables of forecasts: what was asked, every chance with its law, what has no answer, scores, and how calibrated they were."""

from __future__ import annotations

import numpy as np

from foedus.estimation.scores import Band, calibration_curve
from foedus.forecasts.dated import Question
from foedus.forecasts.forecast import Forecast
from foedus.forecasts.known_pacts import RECORD
from foedus.forecasts.query import Query
from foedus.forecasts.scorecard import Mark, came_true, score_of_parts
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import cell
from foedus.vocabulary.tables import Cell, Column, Table, table


def answers_table(forecasts: tuple[Forecast, ...]) -> Table:
    """Return one row per question with a probability, beside the words in which it was understood."""
    rows = [_answered(f, f.question, f.query) for f in forecasts if f.query is not None and f.probability is not None]
    columns = [
        Column("id"),
        Column("question"),
        Column("understood", "", "what is asked of the model, and of which case", "understood as"),
        Column("asks", hidden=True),
        Column("case", hidden=True),
        Column("probability", "probability", "mean over the draws", form="percent"),
        Column("low", "probability", "5 % of draws", form="percent"),
        Column("high", "probability", "95 % of draws", form="percent"),
        Column("default", "probability", "with default parameters", form="percent", drop=7),
        Column("reference", "probability", "at the rate of the reference class", form="percent", drop=2),
        Column("reference_class", hidden=True),
        Column("law", "", "what of the model answers it", drop=5),
        Column("certainty", "", "what has to be granted to believe it", hidden=True),
        Column("outcome", hidden=True),
        Column("came_true", head="came true"),
        Column("hindsight", drop=4),
        Column("label", "", "id and question", hidden=True),
        Column("kind", hidden=True),
        Column("years", hidden=True, unsaid="years"),
        *(Column(n, hidden=True) for n in ("opened", "closes", "category", "where")),
    ]
    return table("forecasts", "Questions the model can answer", columns, rows)


def _answered(f: Forecast, q: Question, asked: Query) -> list[Cell]:
    came = {True: "yes", False: "no", None: "open"}[q.outcome]
    numbers = [f.probability, f.low, f.high, f.default, f.reference]
    first: list[Cell] = [
        q.id,
        q.text,
        f"{f.words or asked.says()}, in {asked.case}",
        asked.says(),
        asked.case,
        *numbers,
        f.reason or None,
        f.law or None,
        f.certainty or None,
        q.outcome,
        came,
    ]
    days = [d.isoformat() if d else None for d in (q.opened, q.closes)]
    return [*first, q.hindsight, f"{q.id} {q.text}", asked.kind, asked.years, *days, q.category, q.where]


def unanswered_table(forecasts: tuple[Forecast, ...]) -> Table:
    """Return one row per question without a query, with the reason."""
    rows = [[f.question.id, f.question.text, f.reason, f.question.where] for f in forecasts if f.unanswerable]
    columns = [Column("id"), Column("question"), Column("reason"), Column("where", hidden=True)]
    return table("unanswered", "Questions declared unanswerable", columns, rows)


def facts_table(forecasts: tuple[Forecast, ...]) -> Table:
    """Return one row per question of the past that the record answers, with the source."""
    rows: list[list[Cell]] = [[f.question.id, f.question.text, f.words, f.fact, f.source] for f in forecasts if f.fact]
    columns = [
        Column("id"),
        Column("question"),
        Column("understood", "", "what is asked of the record", "understood as"),
        Column("answer", "", "what the record says"),
        Column("source", "", "where the record has it from"),
    ]
    return table("facts", "Answered by the record", columns, rows)


def parts_table(forecasts: tuple[Forecast, ...]) -> Table:
    """Return one row per number, state or year of an answer that is no single chance."""
    rows: list[list[Cell]] = []
    for f in forecasts:
        query, q = f.query, f.question
        if query is None:
            continue
        for k, part in enumerate(f.parts):
            name = country(part.name) if query.form == "which" else part.name
            name = f"by the end of {name}" if query.form == "when" else name
            first = [q.id, f.words or query.says(), query.form] if k == 0 else [q.id, None, None]
            numbers = [part.probability, part.low, part.high, part.default]
            came = {True: "yes", False: "no", None: "open"}[came_true(f, part.name)]
            score = score_of_parts(f) if k == 0 else None
            rows.append([*first, name, part.name, *numbers, came, score, f.law, query.case])
    columns = [
        Column("id"),
        Column("understood", "", "what is asked of the model", "understood as"),
        Column("form", hidden=True),
        Column("answer", "", "number, state or year"),
        Column("part", hidden=True),
        Column("probability", "probability", "mean over the draws", form="percent"),
        Column("low", "probability", "5 % of draws", form="percent"),
        Column("high", "probability", "95 % of draws", form="percent"),
        Column("default", "probability", "with default parameters", form="percent", drop=7),
        Column("came_true", head="came true", drop=4),
        Column("score", "0 to 1", "Brier over a list, ranked probability score of a number or year", drop=6),
        Column("law", "", "what of the model answers it", drop=5),
        Column("case", hidden=True),
    ]
    return table("parts", "Numbers, lists and years", columns, rows)


def understood_table(forecasts: tuple[Forecast, ...]) -> Table:
    """Return one row per question: how it is understood, or why not.

    ``asks`` is what is asked as a yes-or-no question; a question for a number, a list or a year has none, and stands under
    ``query`` as all others do.
    """
    rows: list[list[Cell]] = []
    for f in forecasts:
        said = f.query.says() if f.query else None
        whether = f.query is not None and f.query.form == "whether"
        rows.append(
            [
                f.question.id,
                f.question.text,
                f.query.case if f.query else RECORD if f.fact else None,
                f"{f.words}: {f.fact}" if f.fact else (f.words or said) if f.query else None,
                said if whether else None,
                said,
                f.query.form if f.query else None,
                f.query.kind if f.query else None,
                None if f.fact else f.reason or None,
                ", ".join(f.query.left_out) or None if f.query else None,
            ]
        )
    columns = [
        Column("id"),
        Column("question"),
        Column("case", drop=2),
        Column("understood", "", "what is asked of the model, as a sentence", "understood as"),
        Column("asks", "", "what is asked as a yes-or-no question", hidden=True),
        Column("query", "", "what is asked, as a clause", hidden=True),
        Column("form", "", "whether, how many, which or when", hidden=True),
        Column("kind", hidden=True),
        Column("reason", head="why not"),
        Column("left_out", "", "words without which it is read", "read without", hidden=True),
    ]
    return table("questions", "How the questions are understood", columns, rows)


def scores_table(marks: tuple[Mark, ...], part: str = "") -> Table:
    """Return one row per group of questions and forecaster; with `part` per kind of question, or per law."""
    rows: list[list[Cell]] = [
        [m.group, m.forecaster, m.questions, m.yes, *_cells(m.brier), *_cells(m.log_score), *_cells(m.skill)]
        for m in marks
        if m.part == part
    ]
    columns = [
        Column("questions_asked", head=part or "questions"),
        Column("forecaster"),
        Column("n", "", "questions", unsaid="count"),
        Column("yes", "", "that came true", unsaid="count"),
        *_banded("brier", "0 to 1", "smaller is better", 4),
        *_banded("log_score", "nats", "smaller is better", 6),
        *_banded("skill", "share", "of the Brier score of the base rate that is avoided", 3),
    ]
    title = f"How good the forecasts were, by {part}" if part else "How good the forecasts were"
    return table(f"scores_by_{part}" if part else "scores", title, columns, rows)


def _banded(name: str, unit: str, meaning: str, drop: int) -> list[Column]:
    return [
        Column(name, unit, meaning),
        Column(f"{name}_low", unit, "5 %", drop=drop),
        Column(f"{name}_high", unit, "95 % of resamples", drop=drop),
    ]


def _cells(band: Band) -> list[Cell]:
    return [cell(band.value), cell(band.low), cell(band.high)]


def calibration_table(forecasts: tuple[Forecast, ...]) -> Table:
    """Return how often what was forecast happened, in up to five groups of questions."""
    scored = [f for f in forecasts if f.scored]
    rows: list[list[Cell]] = []
    if scored:
        y = np.array([float(bool(f.question.outcome)) for f in scored])
        p = np.array([f.probability for f in scored], dtype=np.float64)
        curve = calibration_curve(y, p, np.ones(len(y)), bins=min(5, len(y)), by_mass=False)
        parts = zip(curve.forecast.tolist(), curve.observed.tolist(), curve.weight.tolist(), strict=True)
        rows = [[a, b, round(n)] for a, b, n in parts]
    columns = [
        Column("forecast", "probability", "mean of the group", form="percent"),
        Column("observed", "share", "that came true", "happened", "percent"),
        Column("questions", unsaid="count"),
    ]
    return table("calibration", "How often what was forecast happened", columns, rows)
