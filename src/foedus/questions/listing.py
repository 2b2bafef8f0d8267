"""The questions by name, found by folder: a file of this room that declares a ``QUESTION`` is asked."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import foedus.questions as room
from foedus.questions.measure import Measure
from foedus.questions.question import Question
from foedus.vocabulary.errors import fail, nearest

_ABOVE = ("listing", "assessment", "answer", "columns")  # they ask all questions and stand above them


def _found() -> list[Question]:
    names = sorted(m.name for m in pkgutil.iter_modules(room.__path__) if m.name not in _ABOVE)
    modules = [importlib.import_module(f"{room.__name__}.{n}") for n in names]
    return sorted((m.QUESTION for m in modules if hasattr(m, "QUESTION")), key=lambda q: q.order)


QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType({q.name: q for q in _found()})
"""Every question by its name, in the order of an assessment."""

ASSESSED: Final = tuple(q.answers for q in QUESTIONS.values() if q.assessed)
"""What an assessment works out in every draw."""

MEASURES: Final[tuple[Measure, ...]] = tuple(m for q in QUESTIONS.values() for m in q.measures)
"""Every measure of every question."""


def measure_of(key: str) -> tuple[Measure, dict[str, str]]:
    """Return the measure that is kept under a key, and what stands in its blanks.

    Raises
    ------
    FoedusError
        No question has such an answer.
    """
    for measure in MEASURES:
        found = measure.read(key)
        if found is not None:
            return measure, found
    raise fail(f"'{key}'", "no question has such an answer", nearest(key, [m.template for m in MEASURES]))


def question_of(key: str) -> str:
    """Return the name of the question that yields an answer.

    Raises
    ------
    FoedusError
        No question does.
    """
    section = key.split("|")[0]
    for question in QUESTIONS.values():
        if any(m.key[0] == section for m in question.measures):
            return question.name
    raise fail(f"'{key}'", "no question has such an answer", nearest(section, [m.key[0] for m in MEASURES]))
