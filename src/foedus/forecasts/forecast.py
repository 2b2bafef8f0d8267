"""Forecasts: from what a question asks to a probability, with one yearly hazard from the model for its whole window.

The hazard is that of the first year after the date of the case, and holds while the question is open: a yearly chance
``p`` becomes ``1 - (1 - p) ** years``. Only facts and treaties of the date of the case are used; what the case records
of later years is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.forecasts.dated import Question
from foedus.forecasts.query import Query
from foedus.forecasts.words import Vocabulary
from foedus.model.architecture import Architecture, Institution, Kind, Rule, body, forum
from foedus.model.builder import recorded
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.simulation.decisions import exit_decisions
from foedus.simulation.formation import Form, agenda_of, drafts_of, menu_of


@dataclass(frozen=True)
class Forecast:
    """A question with its probability, or with the reason why it has none.

    Attributes
    ----------
    question : Question
    query : Query or None
    probability : float or None
        Mean over the draws; with default parameters where there are none.
    default, low, high : float or None
        With default parameters; 5 and 95 % of the draws.
    reference : float or None
        The same window at the rate of the reference class.
    reason : str
        Why it is not answered, or which reference class was used.
    """

    question: Question
    query: Query | None
    probability: float | None = None
    default: float | None = None
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    reason: str = ""

    @property
    def scored(self) -> bool:
        """Whether it has both a probability and an outcome."""
        return self.probability is not None and self.question.outcome is not None


def over(yearly: float, query: Query) -> float:
    """Return the probability over the window of a query from a yearly one."""
    p = min(max(yearly, 0.0), 1.0)
    if query.repeats:
        return p**query.repeats
    once = float(-np.expm1(query.years * np.log1p(-p))) if p < 1.0 else 1.0
    return 1.0 - once if query.kind == "treaty holds" else once


def institutions_of(case: Case) -> Mapping[str, Institution]:
    """Return the institutions in force that the theory knows, by the id of their record."""
    return {record.id: institution for record, institution in recorded(case)}


def satisfied(members: Iterable[str], query: Query) -> bool:
    """Return whether the members of an institution are those a query asks for."""
    inside = set(members)
    return set(query.all_of) <= inside and all(len(inside & set(names)) >= n for n, names in query.at_least)


def _signed(study: Study, query: Query, known: Mapping[str, Institution]) -> float:
    """Return the chance that a year ends with a new treaty between those a query asks for."""
    world = study.world
    drafts = list(drafts_of(study.appraiser, study.fallback))
    named = {*query.all_of, *(s for _, names in query.at_least for s in names)}
    whole = body((world.hub, *(s for s in world.states if s in named and s != world.hub)))
    if 2 < len(whole.members) < len(world.states) and all(m.members != whole.members for _, m in drafts):
        drafts.append((Form.COUNCIL, whole))

    def comes(after: Architecture) -> bool:
        new = [m for m in after if m.is_treaty and m not in world.in_force]
        return any(satisfied(m.members, query) and (m.kind is Kind.MULTILATERAL or not query.multilateral) for m in new)

    return _round(study, drafts, comes)


def _met(study: Study, query: Query, known: Mapping[str, Institution]) -> float:
    """Return the chance that a year ends with a forum of exactly those who are to meet, once it is on the table."""
    table = forum(s for s in study.world.states if s in query.all_of)
    return _round(study, [(Form.FORUM, table)], lambda after: table in after)


def _joined(study: Study, query: Query, known: Mapping[str, Institution]) -> float:
    """Return the chance that a year ends with a body or forum enlarged by the states that would join."""
    here = known[query.treaties[0]]
    candidates = [query.all_of] if query.all_of else [(s,) for _, names in query.at_least for s in names]
    stays = 1.0
    for joining in candidates:
        larger = Institution(here.kind, (*here.members, *joining), here.rule, here.depth)
        form = Form.FORUM if here.kind is Kind.FORUM else Form.COUNCIL if here.rule is Rule.CONSENSUS else Form.HUB_LED
        stays *= 1.0 - _round(study, [(form, larger)], lambda after, larger=larger: larger in after)  # type: ignore[misc]
    return 1.0 - stays


def _round(study: Study, drafts: Sequence[tuple[Form, Institution]], comes: Callable[[Architecture], bool]) -> float:
    """Return the chance that a round with these drafts on the table ends in an architecture that meets a condition."""
    menu = menu_of(study.appraiser, tuple(drafts))
    passed = np.array([chance for *_, chance in menu.items])
    who, what = agenda_of(study.appraiser, menu)
    proposed = who @ what
    ends = proposed * passed
    ends[menu.refused] += float((proposed * (1.0 - passed)).sum())
    return float(sum(p for p, (_, a, *_) in zip(ends.tolist(), menu.items, strict=True) if comes(a.architecture)))


def _left(study: Study, query: Query, known: Mapping[str, Institution]) -> float:
    """Return the chance that within a year a member asked for, or any, leaves one of the institutions asked for."""
    stays = 1.0
    for name in query.treaties:
        here = known[name]
        held = study.fallback if here in study.fallback else study.fallback.having(here)
        for decision in exit_decisions(study.appraiser, here, held):
            if not query.all_of or decision.state in query.all_of:
                stays *= 1.0 - decision.probability
    return 1.0 - stays


YEARLY: Final[Mapping[str, Callable[[Study, Query, Mapping[str, Institution]], float]]] = MappingProxyType(
    {
        "treaty signed": _signed,
        "treaty ends": _left,
        "treaty holds": _left,
        "forum meets": _met,
        "forum lapses": _left,
        "joins": _joined,
        "leaves": _left,
    }
)
"""How the model answers each kind of question."""


@dataclass(frozen=True)
class QueryTask:
    """Works out all queries about one case under one draw; small enough to be sent to a worker."""

    task: Task
    queries: tuple[tuple[str, Query], ...]

    def __call__(self, row: NDArray[np.float64] | None = None) -> dict[str, float]:
        """Return the probability over its window for every question, by id."""
        study = self.task.study(row)
        known = institutions_of(self.task.case)
        return {name: over(YEARLY[q.kind](study, q, known), q) for name, q in self.queries}


def reference(query: Query, vocabulary: Vocabulary, bilateral: bool) -> tuple[float, str] | None:
    """Return the probability at the rate of the reference class over the window, and its words; None without one."""
    if query.kind in ("treaty ends", "treaty holds"):
        found = vocabulary.reference(f"treaty ends, {'bilateral' if bilateral else 'multilateral'}", query.start.year)
        if found is None:
            return None
        rate, words = found
        return over(1.0 - (1.0 - rate) ** max(len(query.treaties), 1), query), words
    if query.kind != "treaty signed":
        return None
    found = vocabulary.reference(
        f"treaty signed, {'multilateral' if query.multilateral else 'two states'}", query.start.year
    )
    return (over(found[0], query), found[1]) if found else None
