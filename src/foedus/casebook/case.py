"""A case: one place at one date, as facts that each carry date, unit and source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from foedus.casebook.quantities import QUANTITIES
from foedus.vocabulary.errors import fail, nearest

FIRST_YEAR: Final = 1816
"""First year of the interstate system (Correlates of War)."""
EARLIEST: Final = 1000
LATEST: Final = 2100
"""Years that a date can have (judged: the oldest pact that is still cited is of 1373; no plan reaches further)."""

_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}){0,2}")


@dataclass(frozen=True)
class Source:
    """Where facts come from."""

    key: str
    citation: str
    url: str = ""
    licence: str = ""
    trust: str = "checked"
    """``checked``, ``widely known`` or ``uncertain``."""


@dataclass(frozen=True)
class Fact:
    """One number of a case."""

    quantity: str
    subject: str
    against: str | None
    """The state it is about, for relations."""
    value: float
    unit: str
    date: str
    source: tuple[str, ...] = ()
    """Keys of sources."""
    judged: str | None = None
    """The reason of a judged number; None for a measured one."""
    low: float | None = None
    high: float | None = None
    """Range over which ensembles vary it."""
    note: str = ""
    where: str = ""
    """Remark; file and line."""


@dataclass(frozen=True)
class Membership:
    """One state's time in an institution; ISO dates, None for not yet or still."""

    state: str
    joined: str | None = None
    left: str | None = None


@dataclass(frozen=True)
class InstitutionRecord:
    """A treaty, commitment or forum as the record has it."""

    id: str
    name: str
    kind: str
    """``bilateral``, ``de facto``, ``multilateral``, ``forum`` or ``none`` (recorded, not in the theory)."""
    members: tuple[Membership, ...]
    outside: tuple[str, ...] = ()
    """Members that are not states of the case."""
    signed: str | None = None
    in_force: str | None = None
    ended: str | None = None
    rule: str = "hub"
    """``hub`` or ``consensus``."""
    obligations: Mapping[str, float] = field(default_factory=dict)
    """defence, offence, consultation, neutrality, nonaggression: 0, 0.5 or 1."""
    council: str = ""
    settlement_clause: str = ""
    command: str = ""
    """Empty for none."""
    source: tuple[str, ...] = ()
    note: str = ""
    where: str = ""
    term: float | None = None
    """Years for which it was concluded; None for no term."""

    def in_force_on(self, date: datetime.date) -> bool:
        """Return whether it was in force on a day."""
        start = self.in_force or self.signed
        begun = start is not None and first_day(start) <= date
        return begun and (self.ended is None or first_day(self.ended) > date)

    def members_on(self, date: datetime.date) -> tuple[str, ...]:
        """Return the members of the case that belonged to it on a day."""
        return tuple(
            m.state
            for m in self.members
            if (m.joined is None or first_day(m.joined) <= date) and (m.left is None or first_day(m.left) > date)
        )


@dataclass(frozen=True)
class Event:
    """Something that happened on a date."""

    id: str
    date: str
    actors: tuple[str, ...]
    """Who acted first; of coercion the sender, then the target."""
    type: str
    text: str
    value: float | None = None
    unit: str = ""
    source: tuple[str, ...] = ()
    """Keys of sources."""
    trust: str = "checked"
    where: str = ""
    conceded: str | None = None
    """For coercion: ``yes``, ``partial``, ``no`` or ``open``."""
    touched_design: bool = False
    """For coercion: whether what was conceded touched alliances."""


@dataclass(frozen=True)
class Series:
    """One fact through the years."""

    key: tuple[str, str, str | None]
    """Quantity, subject, and the state it is about or None."""
    points: tuple[tuple[int, float], ...]
    """Years and values in the unit of the quantity, ascending."""
    step: bool = False
    """Whether a value holds until the next one, instead of moving towards it."""
    source: tuple[str, ...] = ()
    """Keys of sources."""
    judged: str | None = None
    """The reason of judged values."""
    within: float | None = None
    """How far off judged values may be: a share for quantities that grow by factors, a difference for others."""
    note: str = ""
    where: str = ""


@dataclass(frozen=True)
class Watched:
    """A body that the assessment looks at whatever is drafted."""

    name: str
    members: tuple[str, ...]
    rule: str = "consensus"


@dataclass(frozen=True)
class OwnLever:
    """A lever of a case itself: facts that are multiplied together."""

    name: str
    """As it is pulled: ``history``."""
    says: str
    """As shown to readers."""
    facts: tuple[tuple[str, str, str | None], ...]
    """Quantity, subject, and the state it is about or None."""
    low: float
    high: float
    """Range of the factor; 1 changes nothing."""
    step: float
    least: str
    most: str
    """What the ends of the range are, in words."""

    def paths(self) -> tuple[str, ...]:
        """Return the facts as they are named: ``EST.trade.RUS``."""
        return tuple(".".join(filter(None, (subject, quantity, against))) for quantity, subject, against in self.facts)


@dataclass(frozen=True)
class MapView:
    """What part of the world a map shows: centre (longitude, latitude) and span, degrees of longitude."""

    centre: tuple[float, float]
    span: float


@dataclass(frozen=True)
class Case:
    """One place at one date."""

    name: str
    title: str
    question: str
    as_of: datetime.date
    hub: str
    states: tuple[str, ...]
    adversaries: tuple[str, ...]
    facts: tuple[Fact, ...]
    institutions: tuple[InstitutionRecord, ...]
    sources: Mapping[str, Source]
    folder: Path
    sha256: str
    """Of the files, without the levers that the case names."""
    quarrel: tuple[str, ...] = ()
    """A dyad, or empty."""
    watch: tuple[Watched, ...] = ()
    map_view: MapView | None = None
    blank_slate: bool = False
    """Whether the theory starts from no treaties although some are recorded."""
    events: tuple[Event, ...] = ()
    series: tuple[Series, ...] = ()
    """Facts in other years."""
    notes: str = ""
    shown_levers: tuple[str, ...] = ()
    """Levers that are shown, by name in their order; empty for all that every case has."""
    own_levers: tuple[OwnLever, ...] = ()
    """Those of the case itself."""
    index: Mapping[tuple[str, str, str | None], Fact] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {(f.quantity, f.subject, f.against): f for f in self.facts}
        object.__setattr__(self, "index", index)

    def fact(self, quantity: str, subject: str, against: str | None = None) -> Fact:
        """Return a fact; where the case is silent, what silence stands for.

        Raises
        ------
        FoedusError
            The quantity or the states are unknown, or the case does not say.
        """
        found = self.index.get((quantity, subject, against))
        if found is None and quantity == "distance" and against is not None:
            found = self.index.get((quantity, against, subject))
        if found is not None:
            return found
        entry = QUANTITIES.get(quantity)
        place = f"case '{self.name}'"
        if entry is None:
            raise fail(place, f"there is no quantity '{quantity}'", nearest(quantity, QUANTITIES))
        for state in filter(None, (subject, against)):
            if state not in self.states and state not in self.adversaries:
                raise fail(place, f"there is no state '{state}'", nearest(state, (*self.states, *self.adversaries)))
        if entry.absent is None:
            about = f"{subject} and {against}" if against else subject
            raise fail(place, f"it does not say the {quantity} of {about}", "Ask for one that it has, or add it")
        key, day = (quantity, subject, against), self.as_of.isoformat()
        note = "not in the case; the default"
        return Fact(*key, entry.absent, entry.quantity.unit, day, judged=entry.reason, note=note)

    @property
    def cited(self) -> frozenset[str]:
        """Keys of the sources that facts, series and institutions rest on; an event names its own."""
        return frozenset(k for stated in (self.facts, self.series, self.institutions) for p in stated for k in p.source)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What others worked out of the case alone, by name, so that it is worked out once."""
        return {}

    def in_force(self, date: datetime.date | None = None) -> tuple[InstitutionRecord, ...]:
        """Return the institutions in force on a day, by default that of the case."""
        return tuple(r for r in self.institutions if r.in_force_on(date or self.as_of))


@cache
def first_day(date: str) -> datetime.date:
    """Return the first day that a year, month or day stands for.

    Raises
    ------
    ValueError
        Not an ISO year, month or day, or one that no treaty in force or to come can have.
    """
    if not _DATE.fullmatch(str(date)):
        raise ValueError(f"'{date}' is not a date")
    year, month, day = (*(int(p) for p in str(date).split("-")), 1, 1)[:3]
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"the year {year} is outside {EARLIEST} to {LATEST}")
    return datetime.date(year, month, day)
