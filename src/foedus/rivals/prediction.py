"""What a theory says about a case, and what the record says, in the same two questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from foedus.casebook.case import Case, InstitutionRecord, first_day

ALLIED: Final = "bound to the hub by a treaty"
BODY: Final = "in a body with the hub"
ASKED: Final = (ALLIED, BODY)
"""The two questions, asked of every state but the hub."""

HORIZON: Final = 2
"""Years after the date of a case in which the record is read: the last pact of the San Francisco system came 14 months
after the case that asks about it."""


@dataclass(frozen=True)
class Prediction:
    """What a theory says about a case."""

    theory: str
    case: str
    chances: Mapping[str, Mapping[str, float]]
    """For each question it can answer, a probability for every state but the hub."""
    says: str
    """The answer in one clause."""
    silent: str = ""
    """What it cannot answer, and why."""


def happened(case: Case, years: int = HORIZON) -> dict[str, dict[str, bool]]:
    """Return what the record says: for every question, yes or no for every state but the hub.

    A treaty counts if it is signed within so many years and not ended by then; a body has the hub and two others at
    least.
    """
    day = case.as_of + dt.timedelta(days=round(365.25 * years))
    found = {q: {s: False for s in case.states if s != case.hub} for q in ASKED}
    for record in case.institutions:
        members = _members(record, day)
        if record.kind not in ("bilateral", "multilateral") or case.hub not in members:
            continue
        for state in members:
            if state in found[ALLIED]:
                found[ALLIED][state] = True
                found[BODY][state] |= record.kind == "multilateral"
    return found


def _members(record: InstitutionRecord, day: dt.date) -> set[str]:
    """Return who has signed a treaty by a day and not left it."""
    signed = record.signed or record.in_force
    if signed is None or first_day(signed) > day or (record.ended and first_day(record.ended) <= day):
        return set()
    return {
        m.state
        for m in record.members
        if not (m.joined and first_day(m.joined) > day) and not (m.left and first_day(m.left) <= day)
    }
