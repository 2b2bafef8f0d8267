"""Phrases: in which columns of an ensemble on disk stands what a claim can ask for."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from foedus.draws.fileset import Ensemble
from foedus.methods.sensitivity import Floats
from foedus.questions.listing import MEASURES, measure_of, question_of
from foedus.questions.measure import Measure
from foedus.vocabulary.errors import FoedusError, fail, nearest
from foedus.vocabulary.tables import Column


def _least(columns: Floats) -> Floats:
    return np.asarray(columns.min(axis=1))


def _number(columns: Floats) -> Floats:
    return np.asarray(np.isfinite(columns).sum(axis=1), dtype=np.float64)


KEPT: Final[tuple[Measure, ...]] = tuple(m for m in MEASURES if m.phrase and m.kept)
"""Measures that a phrase can ask for; the columns that keep them say their keys."""


def answer_column(name: str, phrase: str) -> Column:
    """Return a column for an answer, with the unit and the form that the answer of a phrase, or of a key, has.

    Parameters
    ----------
    name : str
        Of the column.
    phrase : str
        As claims write it, or the key under which an answer is kept; without unit where it is neither.
    """
    words = " ".join(phrase.split())
    try:
        measure, blanks = measure_of(words) if words.count("|") == 3 else _asked(words)
    except FoedusError:
        return Column(name)
    return Column(name, measure.unit_of(blanks), phrase, form=measure.form)


def _asked(phrase: str) -> tuple[Measure, dict[str, str]]:
    for measure in MEASURES:
        blanks = measure.asked(phrase) if measure.phrase else None
        if blanks is not None:
            return measure, {b: v for b, v in blanks.items() if v is not None}
    raise fail(f"'{phrase}'", "this is no phrase of claims")


def _made(measure: Measure, columns: Floats) -> Floats:
    """Return what a phrase asks for from the columns that keep it; what no sum of money does costs infinitely much."""
    if measure.over == "least":
        return _least(columns)
    if measure.over == "number":
        return _number(columns)
    one = columns[:, 0]
    return one if math.isnan(measure.absent) else np.where(np.isnan(one), measure.absent, one)


def answer_in(ensemble: Ensemble, phrase: str) -> Floats:
    """Return what a phrase, or the name of a column, asks for in every draw of an ensemble.

    Parameters
    ----------
    ensemble : Ensemble
    phrase : str
        As claims write it, for example ``gain of KOR from everybody``, or a column.

    Returns
    -------
    ndarray, shape (draws,)
        NaN where a draw has no such answer.

    Raises
    ------
    FoedusError
        The ensemble does not keep it, was not asked for it, or the column holds names.
    """
    words = " ".join(phrase.split())
    known = (*ensemble.inputs, *ensemble.answers)
    if words in known:
        return _numbers(ensemble, (words,))[:, 0]
    hub = str(ensemble.manifest.get("hub", ""))
    for measure in KEPT:
        blanks = measure.asked(words)
        if blanks is not None and not any(v and b not in measure.blanks for b, v in blanks.items()):
            name = measure.kept_as(blanks).replace("HUB", hub)
            form = re.compile(re.escape(name).replace(r"\*", r"[^|]+"))
            kept = tuple(c for c in known if form.fullmatch(c))
            if not kept:
                raise _missing(ensemble, words, name, known)
            return _made(measure, _numbers(ensemble, kept))
    if words.count("|") == 3:
        raise _missing(ensemble, words, words, known)
    raise fail(
        f"'{words}'",
        f"{ensemble.folder} keeps no such answer",
        nearest(words, (*(e for m in KEPT for e in m.examples), *known)),
    )


def _missing(ensemble: Ensemble, words: str, column: str, known: Sequence[str]) -> Exception:
    question = question_of(column)
    asked = ensemble.manifest.get("questions", ())
    if question not in asked:
        return fail(
            f"'{words}'",
            f"{ensemble.folder} was not asked the question '{question}', which answers it",
            f"Make an ensemble with --questions {','.join((*asked, question))}",
        )
    section = column.split("|")[0]
    return fail(
        f"'{words}'",
        f"no draw of {ensemble.folder} has this answer",
        nearest(column, [c for c in known if c.startswith(f"{section}|")] or known),
    )


def _numbers(ensemble: Ensemble, columns: Sequence[str]) -> Floats:
    frame: Any = ensemble.to_polars(*columns)
    for c in columns:
        if not frame[c].dtype.is_numeric():
            raise fail(
                f"column '{c}'", "it holds names, which cannot be compared with a number", "Ask for a column of numbers"
            )
    return np.column_stack([frame[c].to_numpy() for c in columns]).astype(np.float64)
