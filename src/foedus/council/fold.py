"""The fold: a room as its events leave it, one function of form and log; what a viewer may not read is not in theirs."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import eq
from typing import Any, Final, overload

from foedus.council.acts import Event, parts_of, seat_of, seen_by_seats
from foedus.council.room_form import RoomForm

ON_TEXTS: Final = ("consensus", "silence", "vote")
"""Procedures whose item is a text."""


@dataclass(frozen=True)
class Said:
    """Something that was written to an item: by whom, for which seat, in which act, when."""

    by: str
    seat: str
    kind: str
    words: str
    year: int
    phase: str


class Sayings(Sequence[Said]):
    """What was written to an item, in order; one more is added without copying those before.

    Those that grew from the same beginning share their store, and each knows how much of it is its own.

    Parameters
    ----------
    store : list of Said
    count : int
    """

    __slots__ = ("_count", "_store")
    _adding = threading.Lock()

    def __init__(self, store: list[Said], count: int) -> None:
        self._store, self._count = store, count

    def and_one(self, one: Said) -> Sayings:
        """Return these and one more."""
        with self._adding:
            if len(self._store) == self._count:
                self._store.append(one)
            elif self._store[self._count] != one:  # another line of events went on from here
                return Sayings([*self._store[: self._count], one], self._count + 1)
            return Sayings(self._store, self._count + 1)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Said: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Said, ...]: ...
    def __getitem__(self, at: int | slice) -> Said | tuple[Said, ...]:
        if isinstance(at, slice):
            return tuple(self._store[k] for k in range(*at.indices(self._count)))
        return self._store[range(self._count)[at]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sayings | tuple) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True)
class Item:
    """Something that has a state: a text, a concern, a seat, the room itself.

    Attributes
    ----------
    family : str
        ``text``, ``concern`` and so on: the procedures that can act on it.
    id : str
    state : str
        One of those of its machine.
    data : mapping
        Plain data; which keys a family has is said in its module of :mod:`foedus.council.procedures`.
    see : str
        Who has read of it: the audiences of its events together.
    by : str
        Actor who began it.
    until : float or None
        When the clock moves it, seconds.
    words : mapping of str to str
        By slot, such as ``title`` or an article's id; a slot that is missing was erased or never written.
    said : sequence of Said
        Words of acts on it, in order.
    year : int
        In which it began.
    """

    family: str
    id: str
    state: str
    data: Mapping[str, Any] = field(default_factory=dict)
    see: str = "all"
    by: str = ""
    until: float | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    said: Sequence[Said] = ()
    year: int = 0

    def get(self, name: str, default: Any = None) -> Any:
        """Return one of its data."""
        return self.data.get(name, default)


Items = Mapping[str, Item]


@dataclass(frozen=True)
class Room:
    """A room at one point of its log.

    Attributes
    ----------
    form : RoomForm
    families : mapping of str to mapping of str to Item
        Every item by family and id, in order of beginning.
    count : int
        Events folded.
    """

    form: RoomForm
    families: Mapping[str, Items] = field(default_factory=dict)
    count: int = 0

    def all(self, family: str) -> Items:
        """Return the items of a family by id."""
        return self.families.get(family, {})

    def item(self, family: str, name: str) -> Item | None:
        """Return an item, None if there is none (or none that the viewer knows)."""
        return self.all(family).get(name)

    @property
    def itself(self) -> Item:
        """The room as an item: its state is the phase."""
        return self.all("room")["room"]

    @property
    def phase(self) -> str:
        """The phase; the one that goes on afterwards while the room is paused."""
        return str(self.itself.get("paused_in")) if self.paused else self.itself.state

    @property
    def paused(self) -> bool:
        """Whether the room is paused; deadlines stand."""
        return self.itself.state == "paused"

    @property
    def year(self) -> int:
        """The year that is played."""
        return int(self.itself.get("year", self.form.first))

    @property
    def seats(self) -> Items:
        """Seats by state."""
        return self.all("seat")

    @property
    def tables(self) -> Items:
        """Tables."""
        return self.all("table")

    @property
    def texts(self) -> Items:
        """Texts."""
        return self.all("text")

    @property
    def amendments(self) -> Items:
        """Amendments."""
        return self.all("amendment")

    @property
    def concerns(self) -> Items:
        """Concerns."""
        return self.all("concern")

    @property
    def channels(self) -> Items:
        """Channels."""
        return self.all("channel")

    @property
    def treaties(self) -> Items:
        """Treaties, bodies and forums that were negotiated in the room."""
        return self.all("treaty")

    @property
    def quarrels(self) -> Items:
        """Quarrels of dyads."""
        return self.all("quarrel")

    @property
    def mediations(self) -> Items:
        """Mediations."""
        return self.all("mediation")

    @property
    def pressures(self) -> Items:
        """Plans of adversaries."""
        return self.all("pressure")

    @property
    def orders(self) -> Items:
        """Orders by ``SEAT:YEAR``."""
        return self.all("orders")

    @property
    def years(self) -> Items:
        """Years that were opened or worked out, by number."""
        return self.all("year")

    @property
    def in_force(self) -> tuple[str, ...]:
        """Keys of the institutions in force, as the model last said; see :mod:`foedus.council.clauses`."""
        return tuple(self.itself.get("in_force", ()))

    @property
    def deadlines(self) -> tuple[Item, ...]:
        """Items that the clock moves, the next first."""
        waiting = [i for items in self.families.values() for i in items.values() if i.until is not None]
        return tuple(sorted(waiting, key=lambda i: (i.until, i.family, i.id)))


def opened(form: RoomForm) -> Room:
    """Return a room in which nothing has happened: set up, every seat empty."""
    room = Item("room", "room", "set up", {"year": form.first}, year=form.first)
    seats = {s: Item("seat", s, "empty", {"state": s}, year=form.first) for s in form.seats}
    return Room(form, {"room": {"room": room}, "seat": seats})


@lru_cache(maxsize=1024)
def family_of(kind: str) -> str:
    """Return the family of the items that a kind of act or event is about."""
    noun = kind.partition(".")[0]
    return "text" if noun in ON_TEXTS else noun


def folded(room: Room, event: Event) -> Room:
    """Return a room after one event; an event that changes nothing is counted all the same."""
    body = event.body
    name = body.get("id")
    if not isinstance(name, str):
        return replace(room, count=room.count + 1)
    family = family_of(event.kind)
    known = room.item(family, name)
    item = known or Item(family, name, "", see=event.see, by=event.actor, year=event.year)
    families = {**room.families, family: {**room.all(family), name: _changed(item, event)}}
    moved = float(body.get("moved", 0.0))
    if moved:
        families = {f: {k: _later(i, moved) for k, i in items.items()} for f, items in families.items()}
    return Room(room.form, families, room.count + 1)


def folded_all(room: Room, events: Iterable[Event]) -> Room:
    """Return a room after some events, in their order; what is not touched is the same object, and what is, is copied once."""
    families: dict[str, Items] = dict(room.families)
    own: dict[str, dict[str, Item]] = {}
    count = room.count
    for event in events:
        count += 1
        body = event.body
        name = body.get("id")
        if not isinstance(name, str):
            continue
        family = family_of(event.kind)
        items = own.get(family)
        if items is None:
            families[family] = items = own[family] = dict(families.get(family, {}))
        known = items.get(name)
        items[name] = _changed(known or Item(family, name, "", see=event.see, by=event.actor, year=event.year), event)
        if moved := float(body.get("moved", 0.0)):
            own = {f: {k: _later(i, moved) for k, i in all_.items()} for f, all_ in families.items()}
            families = dict(own)
    return Room(room.form, families, count)


@lru_cache(maxsize=1024)
def wider(one: str, other: str) -> str:
    """Return the audience of two audiences together."""
    if one == "all" or other == "all":
        return "all"
    names = {s for see in (one, other) if see.startswith("seats:") for s in see[6:].split(",")}
    return seen_by_seats(names)


def known_to(item: Item | None, seat: str | None) -> bool:
    """Return whether a seat has read of an item; facilitator, model and clock, who have no seat, know all there is."""
    if item is None or seat is None:
        return item is not None
    return item.see == "all" or seat in item.see.removeprefix("seats:").split(",")


def _changed(item: Item, event: Event) -> Item:
    body = event.body
    data = item.data
    if body.get("set") or body.get("put"):  # else the same object: who compares rooms sees at once that nothing changed
        data = {**data, **body.get("set", {})}
        data |= {name: {**(data.get(name) or {}), **more} for name, more in body.get("put", {}).items()}
    slots = tuple(body.get("say", ()))
    words, said = item.words, item.said
    if (
        slots and event.words is None and event.kind == "text.amended"
    ):  # erased: what stood before is not what stands now
        words = {k: w for k, w in words.items() if k not in slots}
    elif slots:
        words = {**words, **dict(zip(slots, parts_of(event.words), strict=False))}
    elif event.words:
        seat = str(body.get("for") or seat_of(event.actor) or "")
        one = Said(event.actor, seat, event.kind, event.words, event.year, event.phase)
        said = (said if isinstance(said, Sayings) else Sayings(list(said), len(said))).and_one(one)
    see = wider(item.see, event.see)
    until = body.get("until", item.until)
    state = str(body.get("to") or item.state)
    # made anew and not by `replace`, which looks at every field: this is done for every event of a log
    return Item(item.family, item.id, state, data, see, item.by, until, words, said, item.year)


def _later(item: Item, moved: float) -> Item:
    return item if item.until is None else replace(item, until=item.until + moved)
