"""The outlook: a file of questions answered, as one record: how good the forecasts were, every probability, every reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from foedus.forecasts.forecast import Forecast
from foedus.forecasts.laws import answering
from foedus.forecasts.query import LONGEST_WINDOW, OLDEST_CASE
from foedus.forecasts.scorecard import Mark
from foedus.forecasts.tables_of_forecasts import (
    answers_table,
    calibration_table,
    facts_table,
    parts_table,
    scores_table,
    unanswered_table,
    understood_table,
)
from foedus.forecasts.words import Vocabulary
from foedus.version import __version__
from foedus.vocabulary.errors import Problem
from foedus.vocabulary.prose import counted, listing
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Cell, Column, shown, table

LIMITS: Final = (
    "One yearly hazard, of the first year after the date of the case, holds for the whole window: no learning, no shocks.",
    "The model does not tell levels of a meeting apart, nor signature from entry into force.",
    "Only treaties with the hub are in the model; what spokes could settle among themselves is left out, and a treaty without the hub is answered by a reference class.",
    "What adversaries do, sanctions, opinion, arms and money are given to the model, not answers of it.",
    f"A case stands for the present for {OLDEST_CASE:g} years; a window of more than {LONGEST_WINDOW:g} years is not answered.",
)
"""What the forecasts leave out."""

INKS: Final = {"yes": "blue", "no": "vermilion", "open": "grey"}
"""Colour of what happened; the shape and a word say the same."""

HOW_SCORED: Final = (
    "Brier and log score: smaller is better; one half on every question scores 0.25 and 0.693. Skill is the share of the "
    "Brier score of the base rate that is avoided; below 0 the base rate was better. The base rate is that of the scored "
    "questions themselves, which nobody knew beforehand. Questions that ask the same thing over different windows are "
    "resampled together."
)
"""How the table of scores is read."""


@dataclass(frozen=True)
class Outlook:
    """A file of questions, answered.

    Attributes
    ----------
    forecasts : tuple of Forecast
        One per question that could be read, in the order of the file.
    problems : tuple of Problem
        Rows that could not be read.
    marks : tuple of Mark
        Scores, where outcomes are known.
    vocabulary : Vocabulary
    seed, draws : int
    hashes : mapping of str to str
        Of the cases, the parameters and the code.
    calibrated_by : mapping of str to str, or None
        Name and hash of the calibration that parameters are drawn from; None for judged ranges.
    laws : mapping of str to str
        Variants in use by procedure; defaults where none are named.
    """

    forecasts: tuple[Forecast, ...]
    problems: tuple[Problem, ...]
    marks: tuple[Mark, ...]
    vocabulary: Vocabulary
    seed: int
    draws: int
    hashes: Mapping[str, str]
    calibrated_by: Mapping[str, str] | None = None
    laws: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many questions were read, answered, declared unanswerable and scored, and how many rows were not read."""
        near = sum(f.near is not None and f.answered for f in self.forecasts)
        return {
            "questions": len(self.forecasts),
            "answered": sum(f.answered and f.near is None for f in self.forecasts),
            "unanswerable": sum(f.unanswerable for f in self.forecasts),
            **({"near": near} if near else {}),
            "scored": sum(f.scored for f in self.forecasts),
            "rows that could not be read": len(self.problems),
        }

    @property
    def record(self) -> Record:
        """The forecasts as one record."""
        n = self.counts
        used = f" · calibration {self.calibrated_by['name']}" if self.calibrated_by else ""
        beside = f", and {n['near']} by one near to it" if n.get("near") else ""
        found = (
            _probabilities(self),
            _answers(self),
            _parts(self),
            _facts(self),
            _laws(self),
            _scores(self),
            _unanswered(self),
            _problems(self),
        )
        return Record(
            "forecast",
            f"{n['answered']} of {_count(n['questions'], 'question', 'questions')} answered{beside}",
            "How likely is it that each of them comes true, and how good were the forecasts?",
            f"forecasts · {counted(self.draws, 'draw')}{used}",
            (compared(self.marks), coverage(n)),
            (*(s for s in found if s is not None), Section("limits", "What the forecasts leave out", LIMITS)),
            made=self.made | {"seed": self.seed, "draws": self.draws},
        )

    @property
    def understanding(self) -> Record:
        """How every question was understood, or why it was not, as one record without any probability."""
        known = sum(not f.unanswerable for f in self.forecasts)
        read = Section("questions", "How the questions are understood", tables=(understood_table(self.forecasts),))
        left = _problems(self)
        return Record(
            "questions",
            f"{known} of {_count(len(self.forecasts), 'question', 'questions')} understood",
            "What does each of them ask of the model?",
            "how questions are understood",
            (f"{known} can be answered; {len(self.forecasts) - known} cannot, each for the reason beside it.",),
            (read, *([left] if left else [])),
            made=self.made,
        )

    @property
    def made(self) -> dict[str, Any]:
        """What the forecasts were made with: version, counts, hashes."""
        used = {"calibration": self.calibrated_by["name"]} if self.calibrated_by else {}
        hashes = {k if k == "code" else f"{k}_hash": v[:16] for k, v in self.hashes.items()}
        return {"foedus": __version__, "counts": self.counts, **used, **hashes}


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def coverage(counts: Mapping[str, int]) -> str:
    """Return how many questions have no answer, how many can be scored, and how many rows could not be read."""
    n, lost = counts["unanswerable"], counts["rows that could not be read"]
    are = "is" if n == 1 else "are"
    text = f"{n} {are} declared unanswerable, each for the reason beside it"
    if counts.get("near"):
        text += f"; in the place of {counts['near']} one near to it is answered, which is in no score"
    text = f"{text}. {counts['scored']} can be scored."
    if lost:
        stands = "row could not be read as it stands" if lost == 1 else "rows could not be read as they stand"
        text += f" {lost} {stands}."
    return text


def compared(marks: tuple[Mark, ...]) -> str:
    """Return how the forecasts compare with a coin and with the base rate, in one sentence."""
    by = {(m.group, m.forecaster): m for m in marks}
    group = next((g for g in ("all", "asked beforehand", "worded with hindsight") if (g, "foedus") in by), "")
    if not group:
        return (
            "No question with a probability has a known outcome, so nothing can be held against a coin or a base rate."
        )
    own = by[group, "foedus"]
    against = []
    for name, words in (("one half", "a coin"), ("base rate of these questions", "the base rate of these questions")):
        other = by[group, name].brier.value
        verb = _verb(own.brier.value, other)
        against.append(f"{verb} {words} ({shown(other)})")
    band = own.skill
    known = f", {shown(band.low)} to {shown(band.high)} over resamples" if not math.isnan(band.low) else ""
    skill = "" if math.isnan(band.value) else f"; skill {shown(band.value)}{known}"
    scored = _count(own.questions, "scored question", "scored questions")
    return f"On {scored} the forecasts (Brier {shown(own.brier.value)}) {' and '.join(against)}{skill}."


def _verb(own: float, other: float) -> str:
    if math.isclose(own, other, abs_tol=5e-4):
        return "tie with"
    return "beat" if own < other else "lose to"


def _probabilities(outlook: Outlook) -> Section | None:
    found = answers_table(outlook.forecasts)
    if not len(found):
        return None
    caption = (
        "Dot: mean over the draws; full where it came true, empty where it did not. Line: 5 to 95 % of draws. Tick: the "
        f"same window at the rate of the reference class. {outlook.vocabulary.source}."
    )
    options = {"filled": "outcome", "tick": "reference", "beside": "came_true", "ends": (0, 1), "unit": "probability"}
    chart = Chart(
        "probabilities",
        "dots",
        "Probability of every question, its band over the draws, and what happened",
        caption,
        found,
        "probability",
        "label",
        low="low",
        high="high",
        colour="came_true",
        inks=INKS,
        options=options,
    )
    return Section("probabilities", "Probabilities", _references(outlook.forecasts), charts=(chart,))


def _references(forecasts: tuple[Forecast, ...]) -> tuple[str, ...]:
    """Return which questions are held against which reference class, one sentence per class."""
    known: dict[str, list[str]] = {}
    for f in forecasts:
        if f.reference is not None:
            known.setdefault(f.reason, []).append(f.question.id)
    if not known:
        return ("No question has a reference class.",)
    return tuple(f"Reference class of {listing(ids)}: {words}." for words, ids in known.items())


def _answers(outlook: Outlook) -> Section | None:
    found = answers_table(outlook.forecasts)
    return Section("answers", "What was asked of the model", tables=(found,)) if len(found) else None


def _parts(outlook: Outlook) -> Section | None:
    """Return the answers that are a number, a list or a year."""
    found = parts_table(outlook.forecasts)
    if not len(found):
        return None
    note = (
        "A number, a list and a year have no yes or no and are not in the scores below. Their own score is the Brier score over a "
        "list, or the ranked probability score of a number or year; smaller is better."
    )
    return Section("parts", "Numbers, lists and years", tables=(found,), notes=(note,))


def _facts(outlook: Outlook) -> Section | None:
    """Return what the record says of questions of the past."""
    found = facts_table(outlook.forecasts)
    note = (
        "What had happened by the day of the question is no forecast: it has no probability and is not in the scores."
    )
    return Section("facts", "Answered by the record", tables=(found,), notes=(note,)) if len(found) else None


def _laws(outlook: Outlook) -> Section | None:
    """Return which law answers which questions, what it says, and how far to trust it."""
    by: dict[tuple[str, str], list[str]] = {}
    for f in outlook.forecasts:
        if f.answered and f.query is not None:
            by.setdefault((f.query.answered_as, f.law), []).append(f.question.id)
    if not by:
        return None
    rows: list[list[Cell]] = [
        [kind, law, ", ".join(ids), answering(kind, outlook.laws).says, answering(kind, outlook.laws).certainty]
        for (kind, law), ids in by.items()
    ]
    columns = [
        Column("kind"),
        Column("law"),
        Column("questions", drop=3, unsaid="count"),
        Column("says", "", "what happens in a year", "in a year"),
        Column("certainty", "", "what has to be granted to believe it", "how far to trust it"),
    ]
    return Section(
        "laws", "What answers them", tables=(table("laws", "What answers them", columns, rows),), folded=True
    )


def _scores(outlook: Outlook) -> Section | None:
    if not outlook.marks:
        return None
    curve = calibration_table(outlook.forecasts)
    caption = (
        "Calibration: up to five groups of questions by probability. With so few questions the points say little; the "
        "dashed line is where they should lie."
    )
    options = {"diagonal": True, "size": "questions", "ends": (0, 1), "ends_along": (0, 1), "unit": "forecast"}
    chart = Chart(
        "calibration",
        "lines",
        "Calibration: observed frequency against forecast probability, by groups of questions",
        caption,
        curve,
        "forecast",
        "observed",
        options=options,
    )
    part = Section("calibration", "Calibration", tables=(curve,), charts=(chart,), folded=False)
    by = tuple(scores_table(outlook.marks, name) for name in ("kind", "law"))
    apart = Section("scores-apart", "Scores by kind of question and by law", tables=by, folded=True)
    return Section(
        "scores", "Scores", tables=(scores_table(outlook.marks),), notes=(HOW_SCORED,), sections=(part, apart)
    )


def _unanswered(outlook: Outlook) -> Section | None:
    found = unanswered_table(outlook.forecasts)
    return Section("unanswered", "Declared unanswerable", tables=(found,)) if len(found) else None


def _problems(outlook: Outlook) -> Section | None:
    said = tuple(str(p) for p in outlook.problems)
    title = "Row that could not be read as it stands" if len(said) == 1 else "Rows that could not be read as they stand"
    return Section("problems", title, said) if said else None


def vocabulary_record(words: Vocabulary) -> Record:
    """Return the vocabulary in which questions are understood, and the reference classes, as one record."""
    rows: list[list[Cell]] = [["kind of question", k, v] for k, v in words.kinds.items()]
    for part, patterns in (
        ("word", words.words),
        ("state", words.states),
        ("institution", words.institutions),
        ("region of case", words.regions),
    ):
        rows += [[part, k, " · ".join(ps)] for k, ps in patterns.items()]
    rates: list[list[Cell]] = [
        ["reference class", k, "; ".join(f"{a}-{b}: {n} in {size:,}" for a, b, n, size in r.eras) + f" {r.unit}"]
        for k, r in words.rates.items()
    ]
    columns = [Column("part"), Column("name"), Column("patterns", unsaid="count")]
    title = "In what words questions are understood"
    section = Section("mapping", title, tables=(table("mapping", title, columns, [*rows, *rates]),))
    says = (
        "A question is answered only if every word of it is among these; rates of reference classes end before it.",
    )
    return Record(
        "mapping", title, "Which words, names and rates are known?", "", says, (section,), made={"foedus": __version__}
    )
