"""Track record: how often a hub lost treaties of two and a body members, before a day, pooled with the rate of the class."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord, first_day

_YEAR: Final = 365.25  # days
_LOST: Final = "treaties that the hub lost, by day"


@dataclass(frozen=True)
class Pool:
    """Rates of a class: a gamma distribution from which the rates of its members come.

    Attributes
    ----------
    shape : float
        The larger, the more alike the members are.
    mean : float
        Yearly.
    """

    shape: float
    mean: float

    def rate(self, events: float, exposure: float) -> float:
        """Return the mean rate of a member of the class that had some events in some years.

        Examples
        --------
        >>> round(HUBS.rate(8, 474), 4)  # treaties of two of the United States, 1945 to 2017
        0.0191
        """
        return (events + self.shape) / (exposure + self.shape / self.mean)


HUBS: Final = Pool(1.5096, 0.06504)
"""Ends of treaties of two by hub: 114 in 2,569 treaty-years from 1945, ATOP 5.1."""

BODIES: Final = Pool(0.6959, 0.003996)
"""Single exits by body: 29 in 10,121 member-years from 1945, ATOP 5.1."""


def habit_before(case: Case, record: InstitutionRecord, day: datetime.date) -> float | None:
    """Return the yearly chance that one member leaves, by what the case records before a day; None for forums and the like.

    Parameters
    ----------
    case : Case
    record : InstitutionRecord
        A treaty of two of the hub has the rate of all those of the hub, a body its own.
    day : date
        Nothing that happened on it or later is looked at.
    """
    states = {m.state for m in record.members}
    if record.kind == "bilateral" and case.hub in states:
        ends = HUBS.rate(*_treaties_of_the_hub(case, day))
        return 1.0 - math.sqrt(1.0 - ends)
    return BODIES.rate(*_members(record, day)) if record.kind == "multilateral" else None


def _treaties_of_the_hub(case: Case, day: datetime.date) -> tuple[int, float]:
    """Return how many treaties of two the hub lost before a day, and the years of all; one that was replaced is not lost."""
    asked: dict[datetime.date, tuple[int, float]] = case.kept.setdefault(_LOST, {})
    if day not in asked:
        asked[day] = _lost_by_the_hub(case, day)
    return asked[day]


def _lost_by_the_hub(case: Case, day: datetime.date) -> tuple[int, float]:
    ends, years = 0, 0.0
    known = [r for r in case.institutions if r.kind == "bilateral" and case.hub in {m.state for m in r.members}]
    for r in known:
        begun, ended = _begun(r), _before(r.ended, day)
        years += _years(begun, ended or day)
        if ended is not None and begun is not None:
            pair = {m.state for m in r.members}
            ends += not any(pair == {m.state for m in o.members} and o.in_force_on(ended) for o in known)
    return ends, years


def _members(record: InstitutionRecord, day: datetime.date) -> tuple[int, float]:
    """Return how many members a body lost before a day, and the years of all members; its own end is no exit."""
    exits, years = 0, 0.0
    begun, ended = _begun(record), _before(record.ended, day)
    for m in record.members:
        left = _before(m.left, day)
        joined = first_day(m.joined) if m.joined else begun
        years += _years(joined, left or ended or day)
        exits += left is not None and (ended is None or left < ended)
    return exits, years + len(record.outside) * _years(begun, ended or day)


def _begun(record: InstitutionRecord) -> datetime.date | None:
    start = record.in_force or record.signed
    return first_day(start) if start else None


def _before(date: str | None, day: datetime.date) -> datetime.date | None:
    found = first_day(date) if date else None
    return found if found is not None and found < day else None


def _years(start: datetime.date | None, end: datetime.date) -> float:
    return max((end - start).days, 0) / _YEAR if start is not None else 0.0
