"""States by three-letter id, with the codes, the names and the capitals that held on a date.

The table is `library/states.csv`: one row per spell in which a state had one name, one pair of codes and one capital.
The dates are those of membership in the interstate system (Correlates of War, version 2016; no state has been added
or has left up to 2026). Gleditsch and Ward keep other dates and, for a few states, other codes.

References
----------
Correlates of War Project (2017). State System Membership List, v2016.
Gleditsch, K. S. and Ward, M. D. (1999). Interstate system membership: a revised list of the independent states since
1816. International Interactions 25(4): 393-413.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

from foedus.vocabulary.errors import fail, nearest

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius (IUGG)."""

Scheme = Literal["cow", "gw"]
SCHEMES: Final[Mapping[str, str]] = MappingProxyType({"cow": "Correlates of War", "gw": "Gleditsch–Ward"})
"""The numeric codes in use in the field, and whose they are."""


@dataclass(frozen=True)
class State:
    """A state in a spell without change of name, codes or capital."""

    id: str
    """Three letters, after ISO 3166-1 where the state has a code there; historic states have their own."""
    name: str
    """Usual English name in the spell."""
    cow: int
    """Correlates of War country code in the spell."""
    capital: str
    """Capital, or the seat of government where foreign ministries call it so."""
    latitude: float
    longitude: float
    """Of the capital, degrees."""
    gw: int
    """Gleditsch–Ward country code in the spell."""
    start: dt.date
    """First day of the spell."""
    end: dt.date | None = None
    """Last day of the spell; None when it goes on."""

    def holds(self, when: int | dt.date) -> bool:
        """Return whether the spell covers a day, or any day of a year."""
        first, last = _span(when)
        return self.start <= last and (self.end is None or self.end >= first)


def _span(when: int | dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a year, or a day twice."""
    if isinstance(when, dt.date):
        return when, when
    try:
        return dt.date(int(when), 1, 1), dt.date(int(when), 12, 31)
    except (ValueError, OverflowError):
        raise fail(f"year {when}", "this is not a year", "Give a year such as 1955") from None


def _read() -> tuple[State, ...]:
    """Read the table of the package."""
    text = files("foedus").joinpath("library", "states.csv").read_text(encoding="utf-8")
    return tuple(
        State(
            id=row["id"],
            name=row["name"],
            cow=int(row["cow"]),
            capital=row["capital"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            gw=int(row["gw"]),
            start=dt.date.fromisoformat(row["start"]),
            end=dt.date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


SPELLS: Final[tuple[State, ...]] = _read()
"""Every spell of every state, in order of code and time."""

STATES: Final[Mapping[str, State]] = MappingProxyType({s.id: s for s in sorted(SPELLS, key=lambda s: s.start)})
"""The last spell of every state, by id."""


def known_ids() -> frozenset[str]:
    """Return all ids."""
    return frozenset(STATES)


def state(identifier: str, on: dt.date | None = None) -> State:
    """Return a state by its id or one of its names, whatever the case of the letters.

    Parameters
    ----------
    identifier : str
        Id or name, such as ``JPN`` or ``Soviet Union``.
    on : datetime.date, optional
        The day whose name, codes and capital are wanted; without it the last ones.

    Returns
    -------
    State
        The spell of that day. When the state was no member of the interstate system on the day (Japan in 1950), the
        spell closest in time stands in.

    Raises
    ------
    FoedusError
        No such state; the nearest names are given.
    """
    folded = identifier.strip().casefold()
    named = STATES.get(identifier.strip().upper())
    # Several states bore some names (Korea, Yemen): the id decides first, then the latest bearer.
    bearers = [s for s in SPELLS if s.name.casefold() == folded]
    found = named or (max(bearers, key=lambda s: s.start) if bearers else None)
    if found is None:
        names = {*STATES, *(s.name for s in SPELLS)}
        raise fail(f"state '{identifier}'", "there is no such state", nearest(identifier, names))
    return STATES[found.id] if on is None else _closest(spells(found.id), on)


def spells(identifier: str) -> tuple[State, ...]:
    """Return all spells of a state in the order of time.

    Raises
    ------
    FoedusError
        No such state.
    """
    found = tuple(sorted((s for s in SPELLS if s.id == identifier), key=lambda s: s.start))
    if not found:
        raise fail(f"state '{identifier}'", "there is no such state", nearest(identifier, known_ids()))
    return found


def between_capitals(one: str, other: str, on: dt.date) -> float:
    """Return the distance between the capitals of two states on a day, along the great circle.

    Parameters
    ----------
    one, other : str
        Ids.
    on : datetime.date

    Returns
    -------
    float
        Kilometres.

    Raises
    ------
    FoedusError
        No such state.
    """
    a, b = state(one, on), state(other, on)
    north, south = math.radians(a.latitude), math.radians(b.latitude)
    haversine = (
        math.sin((north - south) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(math.radians(a.longitude - b.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, haversine)))


def is_member(identifier: str, when: int | dt.date) -> bool:
    """Return whether a state was a member of the interstate system on a day, or on any day of a year.

    Raises
    ------
    FoedusError
        No such state, or no such year.
    """
    return any(s.holds(when) for s in spells(identifier))


def by_cow(code: int, when: int | dt.date) -> State:
    """Return the state that a Correlates of War code means.

    Parameters
    ----------
    code : int
        Country code.
    when : int or datetime.date
        A year or, where a code passed from one state to another within the year, a day.

    Returns
    -------
    State
        The spell of that time. Outside the membership of the state (Japan in 1950) the spell closest in time.

    Raises
    ------
    FoedusError
        No state has the code, or two states had it in that year.
    """
    return _by_code("cow", code, when)


def by_gw(code: int, when: int | dt.date) -> State:
    """Return the state that a Gleditsch–Ward code means; see :func:`by_cow`.

    Raises
    ------
    FoedusError
        No state has the code, or two states had it in that year.
    """
    return _by_code("gw", code, when)


def _by_code(scheme: Scheme, code: int, when: int | dt.date) -> State:
    bearers = sorted((s for s in SPELLS if getattr(s, scheme) == code), key=lambda s: s.start)
    if not bearers:
        other: Scheme = "gw" if scheme == "cow" else "cow"
        strangers = sorted({s.name for s in SPELLS if getattr(s, other) == code})
        hint = f"In the {SCHEMES[other]} list it is {strangers[0]}" if strangers else "Check the code book"
        raise fail(f"{SCHEMES[scheme]} code {code}", "no state has this code", hint)
    now = [s for s in bearers if s.holds(when)]
    if len({s.id for s in now}) > 1:
        said = " and ".join(f"{s.name} (until {s.end})" if s.end else f"{s.name} (from {s.start})" for s in now)
        raise fail(f"{SCHEMES[scheme]} code {code} in {when}", f"the code means two states: {said}", "Give a day")
    return now[-1] if now else _closest(tuple(bearers), when)


def _closest(candidates: tuple[State, ...], when: int | dt.date) -> State:
    """Return the spell that covers a time, else the one with the smallest gap to it."""
    first, last = _span(when)

    def gap(s: State) -> tuple[int, int]:
        before = (s.start - last).days
        after = (first - s.end).days if s.end else 0
        return max(before, after, 0), -s.start.toordinal()

    return min(candidates, key=gap)
