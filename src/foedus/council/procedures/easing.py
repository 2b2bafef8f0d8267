"""Easing: longer time for a seat that needs it, which no other seat is told of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foedus.council.acts import CLOCK, Event, seen_by_seats
from foedus.council.fold import Room, family_of, folded
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
    if max(longer.values(), default=1.0) <= 1.0:
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
                    body["set"] = {"over": later - float(until), "over_of": room.itself.get("entered")}
                kept = Event(f"{family}.put off", CLOCK, seen_by_seats([seat]), body, None, room.year, room.phase)
                yield kept
                room = folded(room, kept)
