"""Easing: longer time for a seat, or one of its people, who needs it; no other seat is told of it, nor the others of the seat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from foedus.council.acts import CLOCK, Event, seen_by_seats
from foedus.council.fold import Item, Room, family_of, folded
from foedus.council.procedures.roles import members_at
from foedus.council.quiet_hours import awake

_ANSWERED = ("text", "amendment")
_ORDERS_END = ("room.ordering", "room.extended", "room.timed")
"""Kinds of events that set when the orders close, if that is the phase that the room is in after them."""


def given_longer(room: Room, events: tuple[Event, ...], now: float) -> Iterator[Event]:
    """Yield events, and after each that sets a time limit on what seats answer the later one of every seat that has longer.

    The later limit is read by that seat alone, and by the clock: all others see the usual hour, and what they answer waits behind it.
    So it is with the end of the phase in which orders are due. After one that gives longer, limits that run already last longer too.

    Parameters
    ----------
    room : Room
        Before the events.
    events : tuple of Event
    now : float
    """
    longer = {s: float(i.get("longer") or 1.0) for s, i in room.seats.items()}
    people = {s: {p: t for p, t in i.get("eased", {}).items() if t > 1.0} for s, i in room.seats.items()}
    none = max(longer.values(), default=1.0) <= 1.0 and not any(people.values())
    if none and not any(e.kind == "seat.eased" for e in events) and not any(i.get("later") for i in _answered(room)):
        yield from events
        return
    for event in events:
        yield event
        room = folded(room, event)
        found: Iterable[Event] = ()
        if event.kind == "seat.eased":
            found = _while_it_runs(room, event, now)
        elif not event.kind.endswith(".put off"):
            found = _from_the_start(room, event, now, longer, people)
        for kept in found:
            yield kept
            room = folded(room, kept)


def _answered(room: Room) -> list[Item]:
    return [i for f in _ANSWERED for i in room.all(f).values()]


def _from_the_start(
    room: Room, event: Event, now: float, longer: Mapping[str, float], people: Mapping[str, Mapping[str, float]]
) -> Iterator[Event]:
    """Yield the later limits of all who have longer, where an event has set one."""
    until, family = event.body.get("until"), family_of(event.kind)
    orders = event.kind in _ORDERS_END and room.itself.state == "orders"
    item = room.item(family, str(event.body.get("id"))) if orders or family in _ANSWERED else None
    if item is None or until is None:
        return
    members = room.form.states if orders else members_at(room, item)
    eased = {s: longer[s] for s in members if longer.get(s, 1.0) > 1.0}
    own = {p: t for s in members for p, t in people.get(s, {}).items()}
    old = dict.fromkeys(item.get("own", {}), 1.0)  # by what an earlier limit was put off says nothing of this one
    if eased or own:
        yield from _later(room, item, float(until), now, eased, {**old, **own})
    elif item.get("later"):
        yield _kept(room, item, "F", None, {"set": {"later": 0.0}, "put": {"own": dict.fromkeys(old, 0.0)}})


def _while_it_runs(room: Room, event: Event, now: float) -> Iterator[Event]:
    """Yield the later limits of a seat, or one of its people, who has longer from this moment: what is left, so many times as long.

    Nothing is made shorter by it: less time than before, or none, holds from the next limit on.
    """
    seat = str(event.body.get("id"))
    times, put = event.body.get("set", {}).get("longer"), event.body.get("put", {}).get("eased", {})
    orders = [room.itself] if room.itself.state == "orders" and seat in room.form.states else []
    for item in [*(i for i in _answered(room) if seat in members_at(room, i)), *orders]:
        usual = _usual(item)
        if usual is None or usual <= now:
            continue
        own = {
            p: t
            for p, t in put.items()
            if t > 1.0
            and now + t * (usual - now) > usual + float(item.get("own", {}).get(p, 0.0) if _put(item) else 0.0)
        }
        eased = {seat: float(times)} if times and times > 1.0 else {}
        if own or eased:
            yield from _later(room, item, usual, now, eased, own)


def _put(item: Item) -> float:
    """Return by how much the limit that runs now is put off for the last of those who have longer."""
    if item.family == "room":
        return float(item.get("over") or 0.0) if item.get("over_of") == item.get("entered") else 0.0
    return float(item.get("later") or 0.0)


def _usual(item: Item) -> float | None:
    """Return the hour that all see of a limit."""
    return None if item.until is None else item.until - _put(item)


def _later(
    room: Room, item: Item, usual: float, now: float, seats: Mapping[str, float], people: Mapping[str, float]
) -> Iterator[Event]:
    """Yield the later limits of seats and of single people: each seat reads its own, and the clock goes by the last of all."""
    rules = room.form.rules

    def at(times: float) -> float:
        return awake(now + times * (usual - now), rules.quiet, rules.zone)

    last = max(usual, item.until or 0.0)
    for times, seat in sorted((t, s) for s, t in seats.items()):
        later = at(times)
        yield _kept(room, item, seen_by_seats([seat]), later, {"set": _by(room, item, later - usual)})
        if later < last:
            yield _kept(room, item, "F", last, {"set": _by(room, item, last - usual)})
        last = max(last, later)
    own = {p: at(t) for p, t in people.items()}
    if own:
        last = max([last, *own.values()])
        put = {"put": {"own": {p: at - usual for p, at in own.items()}}}
        yield _kept(room, item, "F", last, {**put, "set": _by(room, item, last - usual)})


def _kept(room: Room, item: Item, see: str, until: float | None, more: Mapping[str, Any]) -> Event:
    body = {"id": item.id, **({} if until is None else {"until": until}), **more}
    return Event(f"{item.family}.put off", CLOCK, see, body, None, room.year, room.phase)


def _by(room: Room, item: Item, seconds: float) -> dict[str, Any]:
    if item.family == "room":  # who makes the phase longer adds to the hour that all see
        return {"over": seconds, "over_of": room.itself.get("entered")}
    return {"later": seconds}


def own_time(room: Room, seat: str | None, person: int) -> float:
    """Return how many times as long one of the people of a seat has; 1 for who has no longer than the seat.

    Parameters
    ----------
    room : Room
        As the facilitator knows it: nobody else knows of it.
    seat : str or None
    person : int
    """
    item = room.seats.get(seat or "")
    return float(item.get("eased", {}).get(str(person), 1.0)) if item is not None else 1.0


def own_hours(room: Room, seen: Room, seat: str | None, person: int) -> list[tuple[Item, float]]:
    """Return what has a time limit that lasts longer for one person, each with that person's own.

    Parameters
    ----------
    room : Room
        As the facilitator knows it.
    seen : Room
        As the seat knows it: only what stands in it is told, counted from the hour that it sees.
    seat : str or None
    person : int
    """
    if own_time(room, seat, person) <= 1.0:
        return []
    waits = [i for f in (*_ANSWERED, "room") for i in seen.all(f).values() if i.until is not None]
    whole = [(i, room.item(i.family, i.id)) for i in waits if i.family != "room" or i.state == "orders"]
    more = [(i, known.get("own", {}).get(str(person))) for i, known in whole if known is not None]
    return [(i, float(i.until or 0.0) + extra) for i, extra in more if extra]
