"""The contract of a question: what it measures in a study, and what a reader is told of it. One question is one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.questions.findings import Assessment
from foedus.questions.measure import Measure
from foedus.questions.study import Answers, Study
from foedus.vocabulary.record import Section


@dataclass(frozen=True)
class Question:
    """One question that can be asked of every draw."""

    name: str
    """Word by which it is asked for, as in ``--questions``."""
    order: int
    """Its place in an assessment."""
    answers: Callable[[Study], Answers]
    """Returns the answers of one study, by keys of the measures."""
    measures: tuple[Measure, ...]
    section: Callable[[Assessment], Section | None] | None = None
    """Returns what a reader is told; None for a question that only ensembles ask. None is returned where there is
    nothing to tell."""
    assessed: bool = True
    """Whether every assessment asks it."""
