"""Easing: longer time for a seat, or one of its people, who needs it; no other seat is told of it, nor the others of the seat."""

from __future__ import annotations

from collections.abc import Iterator
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
    So it is with the end of the phase in which orders are due.

    Parameters
    ----------
    room : Room
        Before the events.
    events : tuple of Event
    now : float
    """
    longer = {s: float(i.get("longer") or 1.0) for s, i in room.seats.items()}
    people = {s: {p: t for p, t in i.get("eased", {}).items() if t > 1.0} for s, i in room.seats.items()}
    if max(longer.values(), default=1.0) <= 1.0 and not any(people.values()):
        yield from events
        return
    rules = room.form.rules
    for event in events:
        yield event
        room = folded(room, event)
        until, family = event.body.get("until"), family_of(event.kind)
        orders = event.kind in _ORDERS_END and room.itself.state == "orders"
        item = room.item(family, str(event.body.get("id"))) if orders or family in _ANSWERED else None
        if item is None or until is None or event.kind.endswith(".put off"):
            continue
        members = room.form.states if orders else members_at(room, item)
        eased = sorted((longer.get(s, 1.0), s) for s in members)  # the clock goes by the last of them
        for times, seat in eased:
            if times > 1.0:
                later = awake(now + times * (float(until) - now), rules.quiet, rules.zone)
                body: dict[str, Any] = {"id": item.id, "until": later}
                if orders:  # who makes the phase longer adds to the hour that all see
                    body["set"] = _over(room, later - float(until))
                kept = Event(f"{family}.put off", CLOCK, seen_by_seats([seat]), body, None, room.year, room.phase)
                yield kept
                room = folded(room, kept)
        own = {
            p: awake(now + t * (float(until) - now), rules.quiet, rules.zone)
            for s in members
            for p, t in people.get(s, {}).items()
        }
        if own:
            now_ends = room.item(family, item.id)
            last = max([*own.values(), now_ends.until if now_ends is not None and now_ends.until else 0.0])
            body = {"id": item.id, "until": last, "put": {"own": {p: at - float(until) for p, at in own.items()}}}
            body |= {"set": _over(room, last - float(until))} if orders else {}
            kept = Event(f"{family}.put off", CLOCK, "F", body, None, room.year, room.phase)
            yield kept
            room = folded(room, kept)


def _over(room: Room, seconds: float) -> dict[str, Any]:
    return {"over": seconds, "over_of": room.itself.get("entered")}


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
