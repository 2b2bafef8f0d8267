"""On record: what happened to treaties and bodies after the date of a case, to be set beside what the model says."""

from __future__ import annotations

import datetime

from foedus.casebook.case import Case, InstitutionRecord, first_day

YEARS = 10
"""Years after the date of a case in which a body counts as having come about then."""

EVEN = 0.5
"""Chance from which on the model says that something happens."""


def known_until(case: Case) -> datetime.date:
    """Return the last day of which the case has anything on record."""
    dates = [e.date for e in case.events]
    dates += [d for r in case.institutions for d in (r.signed, r.in_force, r.ended) if d]
    return max([case.as_of, *(first_day(d) for d in dates)])


def years_after(date: datetime.date, years: int) -> datetime.date:
    """Return the same day some years later; 28 February where there is none."""
    day = 28 if (date.month, date.day) == (2, 29) else date.day
    return date.replace(year=date.year + years, day=day)


def treaty_on_record(case: Case, spoke: str) -> InstitutionRecord | None:
    """Return the record of a spoke's treaty of two with the hub, None where there is none."""
    pair = {case.hub, spoke}
    found = [
        r for r in case.institutions if r.kind in ("bilateral", "de facto") and {m.state for m in r.members} == pair
    ]
    return max(found, key=lambda r: r.in_force or r.signed or "", default=None)


def treaty_words(case: Case, spoke: str) -> str:
    """Return what is on record of a spoke's treaty with the hub, in a few words; empty where nothing is."""
    found = treaty_on_record(case, spoke)
    start = (found.in_force or found.signed) if found else None
    if found is None or start is None:
        return ""
    return f"{'from' if found.ended else 'since'} {start[:4]}" + (f" to {found.ended[:4]}" if found.ended else "")


def held(case: Case, spoke: str) -> bool:
    """Return whether the record has a treaty with the hub in force on the date of the case and a year later."""
    found, later = treaty_on_record(case, spoke), years_after(case.as_of, 1)
    known = found is not None and known_until(case) >= later
    return known and found is not None and found.in_force_on(case.as_of) and found.in_force_on(later)


def body_on_record(case: Case) -> InstitutionRecord | None:
    """Return the widest body with the hub in force, or signed within ten years; None where there was none."""
    found = [
        r
        for r in case.institutions
        if r.kind == "multilateral"
        and r.signed is not None
        and case.hub in (m.state for m in r.members)
        and len(r.members) + len(r.outside) > 2
        and first_day(r.signed) <= years_after(case.as_of, YEARS)
        and not (r.ended and first_day(r.ended) <= case.as_of)
    ]
    return max(found, key=lambda r: len(r.members) + len(r.outside), default=None)


def joined(case: Case, state: str) -> str:
    """Return the year in which a state joined the body on record within ten years, ``no`` or, without a body, empty."""
    found = body_on_record(case)
    if found is None:
        return ""
    last = years_after(case.as_of, YEARS)
    dates = [m.joined or found.signed for m in found.members if m.state == state]
    return next((d[:4] for d in dates if d and first_day(d) <= last), "no")


def contradicts(case: Case, state: str, consent: float) -> bool:
    """Return whether the record of joining says the opposite of a chance to agree to a council of all."""
    said = joined(case, state)
    return bool(said) and (said != "no") != (consent >= EVEN)


def without_hub(case: Case) -> tuple[InstitutionRecord, ...]:
    """Return the bodies in force on the date of the case to which the hub does not belong."""
    return tuple(
        r
        for r in case.in_force()
        if r.kind == "multilateral"
        and case.hub not in r.members_on(case.as_of)
        and len(r.members_on(case.as_of)) + len(r.outside) > 2
    )
