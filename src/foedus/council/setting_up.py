"""Setting up: a room from a form that somebody wrote, or from a case as it stands; its file, and its first links."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from foedus.casebook.reader import case_names, read_case
from foedus.council.actor import Actor
from foedus.council.acts import FACILITATOR, Act
from foedus.council.exercises import exercise_names, read_exercise
from foedus.council.links import Links
from foedus.council.printed import cards_page
from foedus.council.room_form import RoomForm, at_the_table, form_of
from foedus.council.store.chain import moment
from foedus.council.store.keeping import Store, Upkeep
from foedus.council.store.postgres import OnAServer, founded
from foedus.council.store.sqlite import InAFile, made
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import country, listing

PLAN: Final[Mapping[str, float]] = {
    "opening": 5.0,
    "consultation": 20.0,
    "table": 25.0,
    "orders": 5.0,
    "year": 5.0,
    "reading": 7.0,
    "debrief": 15.0,
}
"""Minutes of each phase of ninety, unless a form says others."""


def asked_for(name: str, plan: str = "") -> RoomForm:
    """Return the form of an exercise with one of its plans, or of a case as it stands; errors as their readers'."""
    if name in exercise_names() or (Path(name) / "exercise.yaml").is_file():
        return read_exercise(name, plan).room
    stem = name.partition("@")[0]
    if stem in case_names() or Path(stem).is_dir():
        return drawn_up({"case": name})
    known = (*exercise_names(), *case_names())
    raise fail(f"'{name}'", "there is no such exercise or case", nearest(name, known))


def drawn_up(given: Mapping[str, Any]) -> RoomForm:
    """Return a form, what it does not say taken from its case.

    Parameters
    ----------
    given : mapping
        Fields of :class:`foedus.council.room_form.RoomForm`; ``case`` alone is enough.

    Raises
    ------
    FoedusError
        There is no such case, or the form is wrong.
    """
    name = given.get("case")
    if not isinstance(name, str) or not name:
        raise fail("room form: case", "the field is missing", f"Name a case: {', '.join(case_names())}")
    stem, _, year = name.partition("@")
    case = read_case(stem)
    first = int(year) if year.isdigit() else case.as_of.year
    known = {
        "case": name,
        "first": first,
        "last": given.get("first", first),
        "states": case.states,
        "adversaries": case.adversaries,
        "hub": case.hub,
        "seats": (*case.states, *case.adversaries),
        "title": case.title,
        "plan": PLAN,
    }
    return form_of({**known, **given, "rules": at_the_table(given.get("rules", {}))})


def rehearsal_of(form: RoomForm) -> RoomForm:
    """Return a form for one person: their seat moves the phases, nothing waits, and nobody answers for them."""
    rules = replace(form.rules, clock="seat", away="wait", own_first_seconds=0.0)
    return replace(form, rules=rules, plan={}, begins={})


def rehearsal_begun(place: str, form: RoomForm, seat: str, now: float) -> Card:
    """Make the room of a rehearsal, with its first year begun, and give the link of its seat.

    Parameters
    ----------
    place : str
        Name of its file.
    form : RoomForm
        As :func:`rehearsal_of` made it.
    seat : str
    now : float

    Raises
    ------
    FoedusError
        There is no such seat, there is a file of that name, or it cannot be written.
    """
    _seated(form, seat)
    store = room_made(place, form, now)
    try:
        actor = Actor(store, form)
        actor.start()
        for verb in ("open", "begin"):
            actor.submit(Act(f"room.{verb}", FACILITATOR, {"id": "room"})).result()
        actor.stop()
        return Card(seat, Links(store).give("seat", seat)[1])
    finally:
        store.close()


def rehearsal_resumed(place: str, asked: RoomForm, seat: str, plan: str) -> Card:
    """Give a link of the seat of a rehearsal that is there already.

    Parameters
    ----------
    place : str
        Name of its file.
    asked : RoomForm
        What is to be rehearsed; the room has to be one of it.
    seat : str
    plan : str
        Length of the plan that was asked for; empty for whichever it has.

    Raises
    ------
    FoedusError
        There is no such room, or it is one of another exercise, seat or plan.
    """
    store = room_opened(place)
    try:
        form, other = unpacked(store.form()), "Give --room another name"
        what = (form.exercise or form.case, asked.exercise or asked.case)
        if form.rules.clock != "seat" or what[0] != what[1]:
            raise fail(place, f"there is a room of '{what[0]}' already, and no rehearsal of '{what[1]}'", other)
        if plan and form.last != asked.last:
            raise fail(f"--plan {plan}", f"{place} was begun with another plan", f"Leave --plan out. {other}")
        _seated(form, seat)
        mine = {one.seat for one in store.links() if one.role == "seat"}
        if seat not in mine:
            raise fail(f"--seat {seat}", f"{place} is the rehearsal of {listing(sorted(map(str, mine)))}", other)
        return another(store, seat)
    finally:
        store.close()


def packed(form: RoomForm) -> bytes:
    """Return a form as it is kept."""
    return json.dumps(form.to_dict(), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(content: bytes) -> RoomForm:
    """Return a form as it was kept; errors as :func:`foedus.council.room_form.form_of`."""
    return form_of(json.loads(content))


_PLAIN: Final = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return a name as a word of an address."""
    return _PLAIN.sub("-", name.lower()).strip("-")[:40] or "room"


def room_made(place: str, form: RoomForm, now: float, address: str = "", upkeep: Upkeep | None = None) -> Store:
    """Make a room and open it.

    Parameters
    ----------
    place : str
        Name of its file; of the room where there is an address.
    form : RoomForm
    now : float
    address : str
        Of a PostgreSQL server; empty for a file.
    upkeep : Upkeep, optional
        The address of its links, and how long it is kept.

    Raises
    ------
    FoedusError
        There is one of that name, or it cannot be written.
    """
    if address:
        founded(address, place, packed(form), now)
    else:
        made(Path(place), packed(form), now)
    store = room_opened(place, address)
    if upkeep is not None:
        store.keep_upkeep(upkeep)
    return store


def room_opened(place: str, address: str = "") -> Store:
    """Open a room that was made; errors as the stores'."""
    return OnAServer(address, place) if address else InAFile(Path(place))


@dataclass(frozen=True)
class Card:
    """A link to be handed out; its secret is shown this once.

    Attributes
    ----------
    who : str
        ``facilitator``, ``observer`` or a seat.
    secret : str
    """

    who: str
    secret: str

    def link(self, base: str, room: str) -> str:
        """Return the whole link, for a server at an address."""
        return f"{base.rstrip('/')}/r/{room}/enter#{self.secret}"


def cards(store: Store, form: RoomForm, people: int = 1) -> tuple[Card, ...]:
    """Give the links of a new room: the facilitator's key, so many for each seat, one for observers."""
    links = Links(store)
    found = [Card("facilitator", links.give("facilitator")[1])]
    for seat in form.seats:
        found += [Card(seat, links.give("seat", seat)[1]) for _ in range(people)]
    return (*found, Card("observer", links.give("observer")[1]))


def cards_anew(store: Store, people: int, now: float) -> tuple[Card, ...]:
    """Give every link of a room anew; those that were given before open nothing any more.

    Parameters
    ----------
    store : Store
    people : int
        Links for each seat.
    now : float
        Seconds since 1970.
    """
    for one in store.links():
        if one.revoked is None:
            store.keep_link(replace(one, revoked=moment(now)))
    return cards(store, unpacked(store.form()), people)


def printed_cards(given: Sequence[Card], form: RoomForm, base: str, place: str) -> str:
    """Return links as cards to print, with the names of the seats in the first year."""
    room, names = slug(Path(place).stem), {s: country(s, form.first) for s in form.seats}
    cards = [(names.get(c.who, c.who.capitalize()), c.link(base, room)) for c in given]
    return cards_page(form.title or form.case, cards)


def _seated(form: RoomForm, who: str, *others: str) -> None:
    known = (*form.seats, *others)
    if who not in known:
        raise fail(f"seat '{who}'", "there is no such seat", nearest(who, known))


def another(store: Store, who: str, label: str = "") -> Card:
    """Give one more link.

    Parameters
    ----------
    store : Store
    who : str
        A seat, ``observer`` or ``facilitator``.
    label : str

    Raises
    ------
    FoedusError
        There is no such seat.
    """
    form = unpacked(store.form())
    _seated(form, who, "observer", "facilitator")
    role, seat = ("seat", who) if who in form.seats else (who, None)
    return Card(who, Links(store).give(role, seat, label)[1])


def room_deleted(place: str, address: str = "") -> None:
    """Delete a room; errors as the stores'."""
    if address:
        store = OnAServer(address, place)
        store.remove()
        store.close()
        return
    InAFile(Path(place)).close()
    for end in ("", "-wal", "-shm", ".lock"):
        Path(place + end).unlink(missing_ok=True)
