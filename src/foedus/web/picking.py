"""Picking: who is in a case of one's own, pressed on a map of its region, or in the list below it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from foedus.archive.record_case import REGIONS
from foedus.casebook.case import Case
from foedus.casebook.in_force import institutions_table
from foedus.surfaces.svg.sovereignty import name_on
from foedus.vocabulary.record import Chart
from foedus.vocabulary.states import SPELLS, STATES
from foedus.vocabulary.tables import Column, table
from foedus.web.making import ROLES, Making
from foedus.web.shown import charted

_WIDE, _PHONE = 640.0, 350.0
_TITLE: Final = "Who is in the case, and who could be"
_ANCHOR: Final = "#who-h"


@dataclass(frozen=True)
class Cast:
    """Who is in a case: states beside the hub, the hub, and who is against them."""

    states: tuple[str, ...] = ()
    hub: str = ""
    adversaries: tuple[str, ...] = ()

    def role(self, state: str) -> str | None:
        """Return what a state is, by the words of :data:`foedus.web.making.ROLES`; None for who is not in it."""
        if state == self.hub:
            return "hub"
        return "adversaries" if state in self.adversaries else "" if state in self.states else None


def cast_of(made: Making, case: Case | None) -> Cast:
    """Return who is in a case: who is named, else whom the data have chosen."""
    hub = made.hub or (case.hub if case else "")
    states = _ids(made.states) or (case.states if case else ())
    against = _ids(made.adversaries) or (tuple(case.adversaries) if case else ())
    return Cast(tuple(s for s in states if s != hub and s not in against), hub, against)


def _ids(words: str) -> tuple[str, ...]:
    return tuple(s for s in (w.strip() for w in words.split(",")) if s in STATES)


def pressed(made: Making, cast: Cast, state: str) -> Making:
    """Return the same case after a press on a state: it becomes what is chosen above the map, or is in it no more."""
    now = cast.role(state)
    states, against = (",".join(s for s in listed if s != state) for listed in (cast.states, cast.adversaries))
    left = replace(made, states=made.states and states, adversaries=made.adversaries and against)
    if made.press == "hub":
        return replace(left, hub="" if now == "hub" else state)
    if now == "hub":  # a case has one, and only another takes its place
        return made
    if made.press == "adversaries":
        joined = against if now == "adversaries" else ",".join(filter(None, (against, state)))
        return replace(made, states=states if now == "" else made.states, adversaries=joined)
    joined = states if now == "" else ",".join(filter(None, (states, state)))
    return replace(made, states=joined, adversaries=against if now == "adversaries" else made.adversaries)


def there(region: str, year: int) -> list[str]:
    """Return the states of a region at the end of a year."""
    low, high = REGIONS[region]
    day = dt.date(year, 12, 31)
    return sorted({s.id for s in SPELLS if low <= s.cow <= high and s.holds(day)})


def picked(prefix: str, made: Making, case: Case | None) -> dict[str, Any] | None:
    """Return the map on which states are pressed, and the same as a list; None where there is no region, or no such year."""
    year = int(made.year) if made.year.isdigit() else 0
    if made.region not in REGIONS or not 1816 <= year <= dt.date.max.year:
        return None
    cast, day = cast_of(made, case), dt.date(year, 12, 31)
    known = tuple(s for s in (cast.hub, *cast.states, *cast.adversaries) if s)
    shown = tuple(dict.fromkeys((*known, *sorted(there(made.region, year), key=lambda s: name_on(s, day)))))
    links = {s: f"{prefix}{pressed(made, cast, s).link()}{_ANCHOR}" for s in shown}
    ties = (
        institutions_table(case) if case else table("bonds", "", [Column(c) for c in ("name", "kind", "members")], [])
    )
    options = {
        "states": [s for s in shown if s not in cast.adversaries],
        "adversaries": list(cast.adversaries),
        "hub": cast.hub,
        "as_of": day.isoformat(),
        "links": links,
        "outside": [s for s in shown if s not in known],
    }
    chart = Chart("pick", "map", _TITLE, "", ties, y="name", series="kind", options=options)
    listed = [(name_on(s, day), links[s], ROLES.get(cast.role(s) or "", "") if s in known else "") for s in shown]
    roles = [(w, f"{prefix}{replace(made, press=r).link()}{_ANCHOR}", r == made.press) for r, w in ROLES.items()]
    return {"map": charted(chart, _WIDE, _PHONE), "listed": listed, "roles": roles}
