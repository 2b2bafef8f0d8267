"""Precedents: the record, whether dated, sourced events have what a claim says they have."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.casebook.case import Event, first_day
from foedus.trials.form import CountForm, PrecedentForm


@dataclass(frozen=True)
class Finding:
    """One test on the record, and what came of it."""

    form: PrecedentForm
    found: bool
    """Whether the record has what the test looks for."""
    shown: str
    """What was seen, in numbers where there are any."""
    events: tuple[str, ...]
    """Ids of the events that were looked at."""

    @property
    def speaks_for(self) -> bool:
        """Whether the finding speaks for the claim."""
        return self.found == (self.form.says == "supports")


def look_up(form: PrecedentForm, events: Mapping[str, Event]) -> Finding:
    """Return what a test on the record finds.

    Parameters
    ----------
    form : PrecedentForm
        Checked, as :func:`foedus.trials.admissible.wrong_precedent` does.
    events : mapping of str to Event
    """
    if form.count is not None:
        return _count(form, form.count, events)
    if form.value is not None:
        return _value(form, events)
    assert form.event is not None
    if form.after is None:
        return Finding(form, form.event in events, "", (form.event,))
    days = (first_day(events[form.event].date) - first_day(events[form.after].date)).days
    near = 0 <= days <= int(form.within_days or 0)
    return Finding(form, near, f"{days} days after, asked for at most {form.within_days}", (form.after, form.event))


def _last_day(date: str) -> datetime.date:
    """Return the last day that a year, month or day stands for."""
    parts = [int(p) for p in date.split("-")]
    if len(parts) == 3:
        return first_day(date)
    year, month = (parts[0], 12) if len(parts) == 1 else (parts[0], parts[1])
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def _count(form: PrecedentForm, count: CountForm, events: Mapping[str, Event]) -> Finding:
    met = [
        e
        for e in sorted(events.values(), key=lambda e: (first_day(e.date), e.id))
        if (count.type is None or e.type == count.type)
        and (count.actor is None or count.actor in e.actors)
        and (count.from_ is None or first_day(e.date) >= first_day(str(count.from_)))
        and (count.to is None or first_day(e.date) <= _last_day(str(count.to)))
    ]
    least, most = count.at_least, int(count.at_most or 0)
    found = len(met) <= most if least is None else len(met) >= least
    limit = f"at most {most}" if least is None else f"at least {least}"
    return Finding(form, found, f"{len(met)} counted, {limit} asked for", tuple(e.id for e in met))


def _value(form: PrecedentForm, events: Mapping[str, Event]) -> Finding:
    event = events[str(form.value)]
    limit = form.above if form.above is not None else form.below
    other = events.get(limit) if isinstance(limit, str) else None
    bar = float((other.value if other else limit) or 0.0)
    value = float(event.value or 0.0)
    found = value > bar if form.above is not None else value < bar
    side = "above" if form.above is not None else "below"
    shown = f"{value:g} {event.unit}, {side} {bar:g} asked for"
    return Finding(form, found, shown, (event.id, *((other.id,) if other else ())))
