"""Sovereignty: which areas belonged to which unit on a day, under which name, and which of them were disputed.

One policy, written down with its reasons in docs/borders.md: borders as the General Assembly of the United Nations has
them; what is disputed is hatched. The tables are `library/maps/units.csv` and `library/maps/disputes.csv`, a source in
every row; a unit without a row there holds the outline of its own id.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from foedus.surfaces.svg.projection import Ring, disputed, north_of, outlines
from foedus.vocabulary.states import STATES, state

FIRST: Final = dt.date(1945, 9, 2)
"""The first day whose areas are known; earlier days are drawn with its lines and their own names."""


@dataclass(frozen=True)
class Unit:
    """A state in a spell without change of area."""

    id: str
    name: str
    """Name of the day, empty where it is that of the table of states."""
    start: dt.date
    end: dt.date
    parts: tuple[str, ...]
    """Outlines it holds; ``VNM>17`` and ``VNM<17`` are what lies north and south of a parallel."""
    source: str


@dataclass(frozen=True)
class Dispute:
    """An area whose state was disputed."""

    area: str
    name: str
    """Outline or area laid over outlines, and what it is called."""
    owner: str
    holder: str
    """The state to which the General Assembly attributes it, and the one that holds or claims it against that; may be
    empty."""
    start: dt.date
    end: dt.date
    source: str


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("foedus.library") / "maps" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _days(row: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"]) if row["end"] else dt.date.max


@cache
def units() -> tuple[Unit, ...]:
    """Return every row of the table of units."""
    return tuple(
        Unit(r["id"], r["name"], *_days(r), tuple(r["parts"].split()), r["source"]) for r in _rows("units.csv")
    )


@cache
def disputes() -> tuple[Dispute, ...]:
    """Return every row of the table of disputes."""
    return tuple(
        Dispute(r["area"], r["name"], r["owner"], r["holder"], *_days(r), r["source"]) for r in _rows("disputes.csv")
    )


@cache
def holdings(day: dt.date) -> Mapping[str, tuple[str, ...]]:
    """Return the parts that each unit held on a day, by id.

    A part stands under two ids where one outline was two states and no line between them is at hand: Germany, Yemen.
    """
    day = max(day, FIRST)
    found = {u.id: u.parts for u in units() if u.start <= day <= u.end}
    taken = {part.split(">")[0].split("<")[0] for parts in found.values() for part in parts}
    for key in outlines():
        if key in STATES and key not in taken and key not in found:
            found[key] = (key,)
    return MappingProxyType(found)


def name_on(identifier: str, day: dt.date) -> str:
    """Return the name of a state on a day: Soviet Union in 1949, not Russia."""
    for u in units():
        if u.id == identifier and u.start <= day <= u.end and u.name:
            return u.name
    return state(identifier, day).name if identifier in STATES else identifier


def capital_on(identifier: str, day: dt.date) -> tuple[float, float]:
    """Return longitude and latitude of the capital of the day."""
    found = state(identifier, day)
    return found.longitude, found.latitude


def disputed_on(day: dt.date) -> tuple[Dispute, ...]:
    """Return the areas that were disputed on a day."""
    return tuple(d for d in disputes() if d.start <= day <= d.end)


def rings_of(part: str) -> tuple[Ring, ...]:
    """Return the rings of an outline, of an area laid over outlines, or of a half beyond a parallel."""
    for sign in "><":
        if sign in part:
            key, parallel = part.split(sign)
            halves = (north_of(ring, float(parallel), sign == ">") for ring in outlines()[key])
            return tuple(ring for ring in halves if len(ring) > 2)
    return outlines().get(part) or disputed().get(part, ())
