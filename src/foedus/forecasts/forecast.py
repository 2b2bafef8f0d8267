"""Forecasts: from what a question asks to a probability, with the yearly chances of the model over its window.

The chance of the first year after the date of the case holds while the question is open: a yearly chance ``p`` becomes
``1 - (1 - p) ** years``; where the term of a treaty runs out, each calendar year has its own (law ``window=played``). Only
facts and treaties of the date of the case are used; what the case records of later years is never looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from foedus.casebook.case import Case
from foedus.forecasts.dated import Question
from foedus.forecasts.of_record import by_record, share_of_bodies
from foedus.forecasts.query import Query
from foedus.forecasts.tally import firsts, numbers, race, satisfied_chance, sizes
from foedus.mechanisms import variant
from foedus.mechanisms.decisions.meeting import meets
from foedus.model.architecture import Architecture, Institution, Kind, Rule, body, forum
from foedus.model.builder import recorded
from foedus.questions.study import Study
from foedus.simulation.decisions import exit_decisions
from foedus.simulation.doors import common_at_doors, entry, has_door
from foedus.simulation.formation import Form, agenda_of, drafts_of, menu_of


@dataclass(frozen=True)
class Part:
    """One chance of an answer that has several: of a number, of one on a list, of having come true by a year's end.

    Attributes
    ----------
    name : str
        Number, id or year.
    probability, default, low, high : float
        Mean over the draws; with default parameters; 5 and 95 % of the draws.
    """

    name: str
    probability: float
    default: float
    low: float
    high: float


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
    parts : tuple of Part
        The chances of an answer that is a number, a list or a year.
    reason, law, certainty : str
        Why it is not answered, or which reference class was used; what of the model answers it; what has to be granted for that.
    words, fact, source : str
        What it asks, as a sentence; what the record says, of the past, and whence.
    near : Query or None
        The plainest question near to one that is not understood.
    """

    question: Question
    query: Query | None
    probability: float | None = None
    default: float | None = None
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    reason: str = ""
    parts: tuple[Part, ...] = ()
    law: str = ""
    certainty: str = ""
    words: str = ""
    fact: str = ""
    source: str = ""
    near: Query | None = None

    @property
    def answered(self) -> bool:
        """Whether it has a probability, or several, or a fact."""
        return self.probability is not None or bool(self.parts or self.fact)

    @property
    def unanswerable(self) -> bool:
        """Whether neither model nor record could answer it."""
        return self.query is None and not self.fact

    @property
    def scored(self) -> bool:
        """Whether it has both a probability and an outcome, the one is of what the other is of, and no fact is of later."""
        known = self.probability is not None and self.question.outcome is not None
        return known and self.near is None and (self.query is None or self.query.facts_of is None)


def over(yearly: float, query: Query) -> float:
    """Return the probability over the window of a query from a yearly one; for what is kept, from the chance to end."""
    return in_years(yearly, query.years, query.kind in KEPT, query.repeats)


def in_years(yearly: float, years: float, kept: bool, repeats: int = 0) -> float:
    """Return the probability over some years from a yearly one; for what is kept, from the chance to end."""
    p = min(max(yearly, 0.0), 1.0)
    if repeats and not kept:
        return p**repeats
    once = float(-np.expm1(years * np.log1p(-p))) if p < 1.0 else float(years > 0)
    return 1.0 - once if kept else once


KEPT: Final = ("treaty holds", "stays")
"""Kinds of what has to go on for the whole window: their yearly chance is that of an end."""


def institutions_of(case: Case) -> Mapping[str, Institution]:
    """Return the institutions in force that the theory knows, by the id of their record."""
    return {record.id: institution for record, institution in recorded(case)}


def satisfied(members: Iterable[str], query: Query) -> bool:
    """Return whether the members of an institution are those a query asks for."""
    inside = set(members)
    return (
        set(query.all_of) <= inside
        and all(len(inside & set(names)) >= n for n, names in query.at_least)
        and all(len(inside & set(names)) <= n for n, names in query.at_most)
    )


def _signed(study: Study, query: Query, known: Mapping[str, Institution], year: int) -> dict[str, float]:
    """Return the chance that a year ends with a new treaty between those a query asks for."""
    if query.rate is not None and by_record(study.parameters):
        share = share_of_bodies(study, query.start.year, lambda members: satisfied(members, query))
        return {WHOLE: query.rate * (share or 0.0)}
    world = study.world
    drafts = list(drafts_of(study.appraiser, study.fallback))
    whole = body((world.hub, *(s for s in world.states if s in query.named and s != world.hub)))
    of_two = len(query.all_of) + sum(n for n, _ in query.at_least) < 3 and not query.multilateral  # "India or Vietnam"
    if not of_two and 2 < len(whole.members) < len(world.states) and all(m.members != whole.members for _, m in drafts):
        drafts.append((Form.COUNCIL, whole))

    def comes(after: Architecture) -> bool:
        new = [m for m in after if m.is_treaty and m not in world.in_force]
        return any(satisfied(m.members, query) and (m.kind is Kind.MULTILATERAL or not query.multilateral) for m in new)

    return {WHOLE: _round(study, drafts, comes)}


def _met(study: Study, query: Query, known: Mapping[str, Institution], year: int) -> dict[str, float]:
    """Return the chance that a forum in force goes on for a year, or that a year ends with a new one of those named."""
    if query.treaties and goes_on(study):
        return {WHOLE: meets(_exits(study, known[query.treaties[0]], year).values())}
    named = known[query.treaties[0]].members if query.treaties else query.all_of
    table = forum(s for s in study.world.states if s in named)
    return {WHOLE: _round(study, [(Form.FORUM, table)], lambda after: table in after)}


def _joined(study: Study, query: Query, known: Mapping[str, Institution], year: int) -> dict[str, float]:
    """Return the chance of each newcomer that a year ends with the body or forum enlarged by it."""
    here = known[query.treaties[0]]
    outside = query.named or tuple(s for s in study.world.states if s not in here.members)
    common = common_at_doors(study.appraiser)
    if common is not None and has_door(here, study.world.hub):
        return {s: entry(study.appraiser, here, s, common).enters for s in outside}
    form = Form.FORUM if here.kind is Kind.FORUM else Form.COUNCIL if here.rule is Rule.CONSENSUS else Form.HUB_LED
    found = {}
    for s, larger in ((s, here.joined_by(s)) for s in outside):
        found[s] = _round(study, [(form, larger)], lambda after, larger=larger: larger in after)  # type: ignore[misc]
    return found


def _applied(study: Study, query: Query, known: Mapping[str, Institution], year: int) -> dict[str, float]:
    """Return the chance of each state outside to apply to the body within a year."""
    here, common = known[query.treaties[0]], common_at_doors(study.appraiser) or 0.0
    return {s: entry(study.appraiser, here, s, common).applies.probability for s in query.named}


def _round(study: Study, drafts: Sequence[tuple[Form, Institution]], comes: Callable[[Architecture], bool]) -> float:
    """Return the chance that a round with these drafts on the table ends in an architecture that meets a condition."""
    return float(sum(p for p, architecture in outcomes(study, drafts) if comes(architecture)))


def outcomes(study: Study, drafts: Sequence[tuple[Form, Institution]]) -> list[tuple[float, Architecture]]:
    """Return how a round with these drafts on the table can end, each with its chance."""
    menu = menu_of(study.appraiser, tuple(drafts))
    passed = np.array([chance for *_, chance in menu.items])
    who, what = agenda_of(study.appraiser, menu)
    proposed = who @ what
    ends = proposed * passed
    ends[menu.refused] += float((proposed * (1.0 - passed)).sum())
    return [(p, a.architecture) for p, (_, a, *_) in zip(ends.tolist(), menu.items, strict=True)]


def goes_on(study: Study) -> bool:
    """Return whether a forum in force goes on by itself, by the law of meeting in use."""
    found: bool = variant(study.parameters, "meeting")()
    return found


def _exits(study: Study, here: Institution, year: int) -> dict[str, float]:
    """Return the chance of each member to leave an institution within a year."""
    held = study.fallback if here in study.fallback else study.fallback.having(here)
    return {d.state: d.probability for d in exit_decisions(study.appraiser, here, held, year)}


def _left(study: Study, query: Query, known: Mapping[str, Institution], year: int) -> dict[str, float]:
    """Return the chance of each member to leave the body within a year."""
    return _exits(study, known[query.treaties[0]], year)


def ended(study: Study, query: Query, known: Mapping[str, Institution], year: int) -> dict[str, float]:
    """Return the chance of each institution that within a year a side asked for, or any, leaves it."""
    found = {}
    for name in query.treaties:
        leaving = _exits(study, known[name], year)
        acting = [p for s, p in leaving.items() if not query.by or s in query.by]
        found[name] = 1.0 - float(np.prod([1.0 - p for p in acting]))
    return found


YEARLY: Final[Mapping[str, Callable[[Study, Query, Mapping[str, Institution], int], dict[str, float]]]] = (
    MappingProxyType(
        {
            "treaty signed": _signed,
            "treaty ends": ended,
            "treaty holds": ended,
            "forum meets": _met,
            "forum lapses": ended,
            "joins": _joined,
            "applies": _applied,
            "leaves": _left,
            "stays": _left,
        }
    )
)
"""How the model answers each kind of question: the yearly chance of each who counts, or of the whole."""

WHOLE: Final = "*"
"""Name of the one thing that comes true or not, where nobody is counted."""

_TERMS: Final = (_left, ended)  # those that a term can touch; the others are the same in every year of a window


def rates(
    study: Study,
    query: Query,
    known: Mapping[str, Institution],
    asked: Callable[[Study, Query, Mapping[str, Institution], int], dict[str, float]],
) -> dict[str, float]:
    """Return the yearly chances that hold through a window, by the law of windows in use.

    Parameters
    ----------
    study : Study
    query : Query
    known : mapping of str to Institution
        Institutions in force, by id.
    asked : callable
        One of :data:`YEARLY`.
    """
    if asked is _signed and query.multilateral and not (query.rate is not None and by_record(study.parameters)):
        return _tabled(study, query, asked(study, query, known, query.start.year)[WHOLE])
    years = {y: ((day - max(query.start, dt.date(y, 1, 1))).days + 1) / 365.25 for y, day in year_ends(query)}
    if asked not in _TERMS or len(years) < 2:
        return asked(study, query, known, query.start.year)
    law = variant(study.parameters, "window")
    each = [asked(study, query, known, y) for y in years]
    return {name: law([p[name] for p in each], list(years.values())) for name in each[0]}


def _tabled(study: Study, query: Query, yearly: float) -> dict[str, float]:
    """Return the yearly chance of a body through a window: after a year without it, it is less often on the table."""
    often, law = variant(study.parameters, "agenda"), variant(study.parameters, "window")
    whole = max(query.years, 0.0)
    lengths = [1.0] * int(whole) + [whole % 1.0]
    each = [yearly * often(waited, study.parameters) for waited in range(len(lengths))]
    return {WHOLE: law(each, lengths)}


def answers(
    study: Study, query: Query, known: Mapping[str, Institution], size: int = 0, since: Collection[str] = ()
) -> dict[str, float]:
    """Return the chances that answer a query under one draw, by the part of the answer each belongs to.

    Parameters
    ----------
    study : Study
    query : Query
    known : mapping of str to Institution
        Institutions in force, by id.
    size : int
        Members of the body on the day of the forecast, those outside the case included; for the kind ``members``.
    since : collection of str
        Those of them who joined after the date of the case, and are taken to stay.

    Returns
    -------
    dict of str to float
        For whether: one chance, under an empty name. How many: of every number. Which: of everybody on the list. When:
        that it has come true by the end of each year.
    """
    if query.kind == "members":
        enter, leave = (rates(study, replace(query, all_of=()), known, f) for f in (_joined, _left))
        enter = {s: p for s, p in enter.items() if s not in since}
        spread = sizes(size, *([in_years(p, query.years, kept=False) for p in d.values()] for d in (enter, leave)))
        if query.form == "how many":
            return {str(n): p for n, p in spread.items()}
        low = max((n for n, _ in query.at_least), default=0)
        high = min((n for n, _ in query.at_most), default=max(spread))
        return {"": min(sum(p for n, p in spread.items() if low <= n <= high), 1.0)}
    asked, survives = YEARLY[query.kind], goes_on(study)
    if query.kind == "forum meets" and query.form == "how many":
        return _years_met(query, rates(study, query, known, asked)[WHOLE])
    if query.form == "when":
        windows = {str(y): replace(query, end=day) for y, day in year_ends(query)}
        return {y: _chance(w, rates(study, w, known, asked), survives) for y, w in windows.items()}
    if query.kind == "treaty signed" and query.form != "whether":
        pairs = {s: replace(query, all_of=(*query.all_of, s), at_least=()) for s in query.at_least[0][1]}
        yearly = {s: rates(study, pair, known, asked)[WHOLE] for s, pair in pairs.items()}
    else:
        yearly = rates(study, query, known, asked)
    if query.form == "whether":
        return {"": _chance(query, yearly, survives)}
    return _in_form(query, {s: over(p, query) for s, p in yearly.items() if s in query.named})


def _years_met(query: Query, yearly: float) -> dict[str, float]:
    """Return the chance of every number of years in which a forum in force meets: every year until it is left."""
    longest = len(query.whole_years)
    at_least = [1.0, *(yearly ** (query.wait + k) for k in range(1, longest + 1)), 0.0]
    return {str(k): at_least[k] - at_least[k + 1] for k in range(longest + 1)}


def _in_form(query: Query, each: Mapping[str, float]) -> dict[str, float]:
    """Return the answer to which or how many from the chance of each over the window."""
    if query.form == "which":
        return firsts(each) if query.first else dict(each)
    return {str(n): float(p) for n, p in enumerate(numbers(each.values()))}


def _chance(query: Query, yearly: Mapping[str, float], survives: bool = True) -> float:
    if WHOLE in yearly:
        p = yearly[WHOLE]
        waits = survives and query.answered_as == "forum meets, in force"
        return float(over(p, query) * (p**query.wait if waits else 1.0))
    if query.rival:
        return race(yearly[query.all_of[0]], yearly[query.rival], query.years)
    return satisfied_chance(query, {s: over(yearly[s], query) for s in query.named})


def year_ends(query: Query) -> Iterator[tuple[int, dt.date]]:
    """Yield every calendar year of a window with its last day in the window."""
    for year in range(query.start.year, query.end.year + 1):
        yield year, min(dt.date(year, 12, 31), query.end)
