"""Phrases: in which columns of an ensemble on disk stands what a claim can ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from foedus.draws.fileset import Ensemble
from foedus.mechanisms import COMPONENTS
from foedus.methods.sensitivity import Floats
from foedus.methods.sweep import question_of
from foedus.vocabulary.errors import fail, nearest


def _itself(columns: Floats) -> Floats:
    return columns[:, 0]


def _least(columns: Floats) -> Floats:
    return np.asarray(columns.min(axis=1))


def _number(columns: Floats) -> Floats:
    return np.asarray(np.isfinite(columns).sum(axis=1), dtype=np.float64)


def _or_never(columns: Floats) -> Floats:
    """Return costs; what no sum of money does costs infinitely much."""
    return np.where(np.isnan(columns[:, 0]), np.inf, columns[:, 0])


_KEPT: Final[tuple[tuple[str, str, Callable[[Floats], Floats]], ...]] = (
    (r"chance of a body", "forms|body||probability", _itself),
    (r"chance of a council", "forms|body, council||probability", _itself),
    (r"chance of a hub-led body", "forms|body, hub-led||probability", _itself),
    (r"chance of a forum", "forms|star + forum||probability", _itself),
    (r"chance of what is in force", "forms|in force||probability", _itself),
    (r"chance of new bilateral treaties", "forms|star||probability", _itself),
    (r"gain of (\w+) from (.+)", r"gain|\2|\1|total", _itself),
    (rf"({'|'.join(COMPONENTS)}) of (\w+) from (.+)", r"gain|\3|\2|\1", _itself),
    (r"consent of (\w+) to (.+)", r"gain|\2|\1|consent", _itself),
    (r"weakest consent to (.+)", r"gain|\1|*|consent", _least),
    (r"acceptance of (.+)", r"body|\1||acceptance", _itself),
    (r"readiness of (.+)", r"body|\1||readiness", _itself),
    (r"hub's (money|share|concessions|control) in (.+)", r"leverage|\2||\1", _itself),
    (r"quarrel (both|brokered|third_rung|brokerage|stake_i|stake_j) when (.+)", r"quarrel|\2||\1", _itself),
    (r"loss of (\w+) when (today|left out|taken in)", r"exclusion|\2|\1|loss", _itself),
    (r"acceptance with (\w+)", r"exclusion|taken in|\1|acceptance", _itself),
    (r"acceptance without (\w+)", r"exclusion|left out|\1|acceptance", _itself),
    (r"hold of (.+) at ([\d.]+)", r"wedge|\1|\2|holds", _itself),
    (r"cost of breaking star", r"wedge|star||cost", _itself),
    (r"cost of turning (\w+) in star", r"wedge|star|\1|cost", _itself),
    (r"cost of breaking (.+)", r"wedge|\1||cost", _or_never),
    (r"cost of turning (\w+) in (.+)", r"wedge|\2|\1|cost", _or_never),
    (r"worth of the treaty of (\w+) to the hub", r"treaty|{hub}–\1|{hub}|worth", _itself),
    (r"worth of the treaty of (\w+)", r"treaty|{hub}–\1|\1|worth", _itself),
    (r"number of treaties", "treaty|{hub}–*|{hub}|worth", _number),
)
"""How a claim writes it; the column, or columns, that keep it; and how the columns make the answer."""

EXAMPLES: Final[Mapping[str, str]] = MappingProxyType({p: re.sub(r"\(.+?\)", "…", p) for p, _, _ in _KEPT})
"""Phrases as they are suggested where none is known."""


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
    for pattern, column, made in _KEPT:
        found = re.fullmatch(pattern, words)
        if found:
            name = found.expand(column).replace("{hub}", hub)
            form = re.compile(re.escape(name).replace(r"\*", r"[^|]+"))
            kept = tuple(c for c in known if form.fullmatch(c))
            if not kept:
                raise _missing(ensemble, words, name, known)
            return made(_numbers(ensemble, kept))
    if words.count("|") == 3:
        raise _missing(ensemble, words, words, known)
    raise fail(f"'{words}'", f"{ensemble.folder} keeps no such answer", nearest(words, (*EXAMPLES.values(), *known)))


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
