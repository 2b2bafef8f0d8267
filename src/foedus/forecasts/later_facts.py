"""Later facts: a question a few weeks older than every case near it is asked of the next case, which its answer says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foedus.casebook.case import Case
from foedus.forecasts.query import NotUnderstood, Query

LATEST: Final = 92
"""Days after a question for which the facts of a case still stand for it (judged: a quarter; 31 to 183): facts are of a year."""


def later_case(cases: Sequence[Case], asked: dt.date) -> list[Case]:
    """Return the first case dated within a quarter after a day, if nothing that it holds began in between; else none.

    Parameters
    ----------
    cases : sequence of Case
    asked : datetime.date
        Day of the forecast.
    """
    near = [c for c in cases if 0 < (c.as_of - asked).days <= LATEST]
    near = [c for c in near if all(r.in_force_on(asked) for r in c.in_force())]
    return sorted(near, key=lambda c: (c.as_of, c.name))[:1]


def with_facts_of(query: Query, case: Case, asked: dt.date) -> Query:
    """Return a query with a note where the facts of its case are later than the question.

    Parameters
    ----------
    query : Query
    case : Case
    asked : datetime.date

    Raises
    ------
    NotUnderstood
        Its window is over before the facts.
    """
    if case.as_of <= asked:
        return query
    if query.end < case.as_of:
        raise NotUnderstood(f"it asks of days before {case.as_of}, of which the facts of {case.name} are", lost=1)
    days = (case.as_of - asked).days
    note = f"no case is older: the facts are of {case.as_of}, {days} days after the question, so that it is in no score"
    return replace(query, notes=(*query.notes, note), facts_of=case.as_of)
