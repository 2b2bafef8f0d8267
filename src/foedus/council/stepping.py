"""A step: what an act leads to in a room, by the tables of procedures; what falls due; what is open to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Final

from foedus.council.acts import CLOCK, MODEL, Act, Event, No, Refusal, seat_of
from foedus.council.fold import Item, Room, folded, known_to
from foedus.council.procedures.amendment import given_their_time
from foedus.council.procedures.easing import given_longer
from foedus.council.procedures.inject import called_for
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row, acting_seat, checked_body
from foedus.council.procedures.roles import ROLES, audience, played
from foedus.council.procedures.roster import MACHINES
from foedus.council.procedures.showing import shown_to_all
from foedus.council.watched import Making
from foedus.vocabulary.errors import nearest

WHILE_PAUSED: Final = ("room", "seat", "inject")
"""Nouns of acts that a pause does not hold up; talk at tables and in channels goes on too."""
_BELONGS: Final = ("text", "table", "amendment", "concern")
"""Data by which an item says what it belongs to."""
_PARTS: Final = ("text", "amendment", "treaty", "mediation")
"""Families of items that belong to another, as an amendment to its text."""
_KIN: Final = (
    ("text", "silence", "consensus", "vote", "amendment"),
    ("treaty", "accession", "withdrawal", "orders"),
    ("quarrel", "mediation"),
    ("pressure", "demarche"),
    ("table", "concern"),
)
"""Procedures that are about the same things: what is open in one is near to what was tried in another."""
_ANEW: Final = Making()


@dataclass(frozen=True)
class Offer:
    """An act that is open to somebody now.

    Attributes
    ----------
    kind : str
    item : str
        Id of the item it is about; empty where it begins one.
    says : str
        What it does.
    asks : tuple of Asked
        Fields of the body.
    words : str
        ``must``, ``may`` or empty.
    """

    kind: str
    item: str
    says: str
    asks: tuple[Asked, ...]
    words: str


def step(room: Room, act: Act, now: float) -> tuple[Event, ...] | Refusal:
    """Return what an act leads to, or why it is refused; it never raises, whatever is asked.

    Parameters
    ----------
    room : Room
        As the facilitator knows it.
    act : Act
    now : float
        Seconds of the clock.
    """
    try:
        return _stepped(room, act, now)
    except No as no:
        return Refusal(no.rule, _sentence(no.sentence), _open_instead(room, act))


def _open_instead(room: Room, act: Act) -> tuple[str, ...]:
    """Return the kinds of acts that are near to what was tried and open: those on the same object, on what belongs to it, and
    of the same and of kindred procedures, in this order, what takes something away last; nothing that is unrelated."""
    body, noun = act.body if isinstance(act.body, dict) else {}, str(act.kind).partition(".")[0]
    kin = next((kin for kin in _KIN if noun in kin), (noun,))
    named = {v for v in body.values() if isinstance(v, str)}
    about = [i for items in room.families.values() for i in items.values() if i.id in named]
    about = [i for i in about if known_to(i, seat_of(act.by))]
    parts = {str(i.get(k)) for i in about for k in _BELONGS if i.get(k)}
    parts |= {i.id for f in _PARTS for i in room.all(f).values() if any(i.get(k) in named for k in _BELONGS)}
    open_ = [o for o in allowed(room, act.by) if o.kind.partition(".")[0] in kin]
    same = [o.kind for o in open_ if o.item and o.item == body.get("id")]
    near = [o.kind for o in open_ if o.item and o.item in named | parts]
    alike = [o.kind for o in open_ if o.kind.partition(".")[0] == noun]
    begun = [o.kind for o in open_ if not o.item]
    found = dict.fromkeys([*same, *near, *alike, *begun])
    return tuple(sorted(found, key=lambda kind: kind.endswith((".withdraw", "text.table"))))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _stepped(room: Room, act: Act, now: float) -> tuple[Event, ...]:
    if not isinstance(act.kind, str) or not isinstance(act.body, dict):
        raise No("form", "this is no act.")
    noun, _, verb = act.kind.partition(".")
    machine = MACHINES.get(noun)
    rows = [r for r in machine.rows if r.verb == verb and not r.follows] if machine else []
    if machine is None or not rows:
        kinds = [f"{m.noun}.{r.verb}" for m in MACHINES.values() for r in m.rows if not r.follows]
        raise No("kind", f"there is no act '{act.kind[:60]}'. {nearest(act.kind[:60], kinds)}")
    seat = acting_seat(act, room)
    item = _item(room, machine, rows, act)
    row = _row_from(machine, rows, item)
    ctx = Ctx(room, item, act, seat, now)
    _check_who(row, ctx, machine)
    _check_phase(row, ctx, machine)
    row.may(ctx)
    checked_body(row, ctx)
    followed = tuple(_followed(room, ctx, machine, verb, list(_events(machine, row, ctx))))
    timed = given_their_time(room, tuple(_brought_in(room, now, followed)), now)
    return tuple(shown_to_all(room, given_longer(room, tuple(timed), now)))


def _item(room: Room, machine: Machine, rows: list[Row], act: Act) -> Item | None:
    name = "room" if machine.noun == "room" else act.body.get("id")
    if all(not r.start for r in rows) or (name is None and any(not r.start for r in rows)):
        return None
    item = room.item(machine.family, name) if isinstance(name, str) else None
    if item is None or not known_to(item, seat_of(act.by)):  # the same words for what is not there and what is hidden
        raise No("item", f"there is no {machine.family} '{str(name)[:40]}'.")
    return item


def _row_from(machine: Machine, rows: list[Row], item: Item | None) -> Row:
    for row in rows:
        if (item is None and not row.start) or (item is not None and item.state in row.start):
            return row
    assert item is not None, "an act without an item has a row that begins one"
    states = list(dict.fromkeys(s for r in rows for s in r.start))
    raise No("state", f"the {machine.family} is {item.state}; '{rows[0].verb}' is possible while it is {_or(states)}.")


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def has_role(role: str, ctx: Ctx) -> bool:
    """Return whether who acts has a role."""
    return role in ROLES and ROLES[role][1](ctx)


def _check_who(row: Row, ctx: Ctx, machine: Machine) -> None:
    if ctx.act.by == MODEL and ctx.seat is not None and played(ctx.room, ctx.seat):
        raise No("who", f"people answer for {ctx.seat}, not the model.")
    seat = ctx.room.seats.get(seat_of(ctx.act.by) or "")
    if seat is not None and seat.get("held") and row.verb != "say":
        raise No("held", f"the model plays {seat.id} until the facilitator gives the seat back; you can read and talk.")
    if not any(has_role(w, ctx) for w in row.who):
        named = _or([ROLES[w][0] for w in row.who])
        raise No("who", f"'{row.verb}' is done by {named}.")


def _check_phase(row: Row, ctx: Ctx, machine: Machine) -> None:
    room = ctx.room
    if room.paused and _stands(machine, row):
        raise No("pause", "the room is paused; deadlines stand, and acts wait until it goes on.")
    if not _in_phase(room.phase, machine, row) and ctx.act.by not in (CLOCK, MODEL):
        raise No("phase", f"'{row.verb}' is possible in {_or(list(row.phases))}; the room is in {room.phase}.")


def _stands(machine: Machine, row: Row) -> bool:
    """Return whether a pause holds an act up."""
    return machine.noun not in WHILE_PAUSED and row.verb != "say"


def _in_phase(phase: str, machine: Machine, row: Row) -> bool:
    return machine.noun in ("room", "seat") or phase in row.phases


def _events(machine: Machine, row: Row, ctx: Ctx) -> Iterator[Event]:
    change = row.does(ctx)
    yield _event(machine, row, ctx, change)
    yield from change.more


def _event(machine: Machine, row: Row, ctx: Ctx, change: Change) -> Event:
    name = change.id or (ctx.item.id if ctx.item is not None else new_id(ctx.room, machine.family, ctx.act))
    body: dict[str, Any] = {}
    to = change.to or row.to
    if to:
        body["to"] = to
    if change.set:
        body["set"] = dict(change.set)
    if change.put:
        body["put"] = {k: dict(v) for k, v in change.put.items()}
    if not change.keeps_deadline:
        body["until"] = change.until
    if change.moved:
        body["moved"] = change.moved
    if change.say:
        body["say"] = list(change.say)
    if ctx.act.body.get("for") is not None and not change.actor:  # where the rules keep the name, the seat is kept too
        body["for"] = ctx.seat
    words = ctx.act.words if change.keeps_words else change.words
    see = change.see or audience(ctx.room, ctx.item)
    made = ctx.event(f"{machine.noun}.{row.past}", name, see, words=words, actor=change.actor or ctx.act.by)
    return replace(made, body={**made.body, **body})


def new_id(room: Room, family: str, act: Act) -> str:
    """Return the id of a new item: no number, and made of nothing that others do, so that it tells nothing of them."""
    taken = room.all(family)
    own = act.key or sum(i.by == act.by for i in taken.values())
    told = f"{act.kind} {act.by} {own}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    return next(n for size in range(8, 65) if (n := digest[:size]) not in taken)


def _followed(room: Room, ctx: Ctx, machine: Machine, verb: str, events: list[Event]) -> Iterator[Event]:
    """Yield events, and after one of the room itself what follows for every item from it."""
    for event in events:
        yield event
        room = folded(room, event)
    if machine.noun != "room":
        return
    for other in MACHINES.values():
        for row in [r for r in other.rows if verb in r.follows]:
            for item in list(room.all(other.family).values()):
                now = room.item(other.family, item.id)
                if now is None or now.state not in row.start:
                    continue
                about = Ctx(room, now, Act(f"{other.noun}.{row.verb}", CLOCK, {"id": item.id}), None, ctx.now)
                for event in _allowed_events(other, row, about):
                    yield event
                    room = folded(room, event)


def _brought_in(room: Room, now: float, events: tuple[Event, ...]) -> Iterator[Event]:
    """Yield events, and after each the injects that waited for it."""
    machine = MACHINES["inject"]
    fire = next(r for r in machine.rows if r.verb == "fire")
    for event in events:
        yield event
        room = folded(room, event)
        for item in list(called_for(room, event)):
            about = Ctx(room, item, Act("inject.fire", CLOCK, {"id": item.id}), None, now)
            for more in _events(machine, fire, about):
                yield more
                room = folded(room, more)


def _allowed_events(machine: Machine, row: Row, ctx: Ctx) -> list[Event]:
    try:
        row.may(ctx)
        return list(_events(machine, row, ctx))
    except No:
        return []


def due(room: Room, now: float) -> tuple[Act, ...]:
    """Return the acts of the clock that have fallen due, the earliest first; while the room is paused the end of a planned pause."""
    if room.paused:
        until = room.itself.until if room.itself.get("resting") else None
        over = Act("room.resume", CLOCK, {"id": "room"}, key=f"clock room rest {until!r}")
        return (over,) if until is not None and until <= now else ()
    found = []
    for item in room.deadlines:
        if item.until is None or item.until > now:
            break
        acts = (
            Act(f"{m.noun}.{r.verb}", CLOCK, {"id": item.id}, key=f"clock {item.family} {item.id} {item.until!r}")
            for m in MACHINES.values()
            if m.family == item.family
            for r in m.rows
            if "clock" in r.who and not r.follows and item.state in r.start
        )
        found += [a for a in acts if _open(room, a)][:1]
    return tuple(found)


def _open(room: Room, act: Act) -> bool:
    noun, _, verb = act.kind.partition(".")
    machine = MACHINES[noun]
    item = room.item(machine.family, str(act.body["id"]))
    return any(
        r.verb == verb and item is not None and item.state in r.start and _may(r, Ctx(room, item, act, None, 0.0))
        for r in machine.rows
    )


def _may(row: Row, ctx: Ctx) -> bool:
    try:
        row.may(ctx)
    except No:
        return False
    return True


def allowed(
    room: Room,
    who: str,
    kinds: Collection[str] | None = None,
    made: Making = _ANEW,
    so: Callable[[Room, Offer], bool] = lambda room, offer: True,
) -> tuple[Offer, ...]:
    """Return what is open to an actor now, in the order of the procedures; pages are made from it.

    Parameters
    ----------
    room : Room
        As the actor knows it; the answer names nothing else.
    who : str
        As :attr:`foedus.council.acts.Act.by`.
    kinds : collection of str, optional
        Kinds of acts that are asked for; all where none are named.
    made : Making
        Keeps, for this actor, what was found before.
    so : callable
        What else has to hold of an offer in the room.
    """
    found: list[Offer] = []
    for machine, rows in _rows_of(None if kinds is None else tuple(kinds)):
        of = partial(_open_rows, machine=machine, rows=rows, who=who, made=made, so=so)
        found += made.of((machine.noun, who, rows), room, of)
    return tuple(found)


@lru_cache(64)
def _rows_of(kinds: tuple[str, ...] | None) -> tuple[tuple[Machine, tuple[int, ...]], ...]:
    """Return the procedures that have some kinds of acts, with the numbers of their rows; all where none are named."""
    rows = {
        m.noun: tuple(k for k, kind in enumerate(m.kinds) if kind and (kinds is None or kind in kinds))
        for m in MACHINES.values()
    }
    return tuple((m, rows[m.noun]) for m in MACHINES.values() if rows[m.noun])


def _open_rows(
    room: Room, machine: Machine, rows: Sequence[int], who: str, made: Making, so: Callable[[Room, Offer], bool]
) -> list[Offer]:
    """Return what is open by some rows of a procedure, in their order."""
    by_row: Mapping[int, Sequence[Offer]] = {}
    if any(machine.rows[k].start for k in rows):
        by_row = made.of((machine.noun, who), room, partial(_by_row, machine=machine, who=who, made=made, so=so))
    found: list[Offer] = []
    for k in rows:
        if machine.rows[k].start:
            found += by_row.get(k, ())
        else:
            begins = partial(_offers, machine=machine, name=None, rows=(k,), who=who, so=so)
            found += made.of((machine.noun, who, k), room, begins).values()
    return found


def _by_row(
    room: Room, machine: Machine, who: str, made: Making, so: Callable[[Room, Offer], bool]
) -> dict[int, list[Offer]]:
    """Return what is open on the items of a procedure, by the number of its row."""
    found: dict[int, list[Offer]] = {}
    for name in room.all(machine.family):
        about = partial(_offers, machine=machine, name=name, rows=machine.acts, who=who, so=so)
        for k, offer in made.of((machine.noun, who, name), room, about).items():
            found.setdefault(k, []).append(offer)
    return found


def _offers(
    room: Room, machine: Machine, name: str | None, rows: Collection[int], who: str, so: Callable[[Room, Offer], bool]
) -> dict[int, Offer]:
    """Return what is open on one item, or what begins one, by the number of the row."""
    item, found = room.item(machine.family, name) if name is not None else None, {}
    by_itself, phase, paused = who in (CLOCK, MODEL), room.phase, room.paused
    for k in rows:
        row = machine.rows[k]
        if item is not None and item.state not in row.start:
            continue
        if (paused and _stands(machine, row)) or not (by_itself or _in_phase(phase, machine, row)):
            continue  # before anything is made of it: every seat asks for this with every event
        offer = _offer(room, machine, row, item, who)
        if offer is not None and so(room, offer):
            found[k] = offer
    return found


def _offer(room: Room, machine: Machine, row: Row, item: Item | None, who: str) -> Offer | None:
    name = item.id if item is not None else ""
    act = Act(f"{machine.noun}.{row.verb}", who, {"id": name} if name else {})
    ctx = Ctx(room, item, act, seat_of(who), 0.0)
    if not any(has_role(w, ctx) for w in row.who):
        return None
    try:
        _check_who(row, ctx, machine)
        row.may(ctx)
    except No:
        return None
    return Offer(act.kind, name, row.says, row.asks, row.words)
