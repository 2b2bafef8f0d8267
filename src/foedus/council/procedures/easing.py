"""Easing: longer time for a seat that needs it, which no other seat is told of."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.council.acts import CLOCK, Event, seen_by_seats
from foedus.council.fold import Room, family_of, folded
from foedus.council.procedures.roles import members_at
from foedus.council.quiet_hours import awake

_ANSWERED = ("text", "amendment")


def given_longer(room: Room, events: tuple[Event, ...], now: float) -> Iterator[Event]:
    """Yield events, and after each that sets a time limit on what seats answer the later one of every seat that has longer.

    The later limit is read by that seat alone, and by the clock: all others see the usual hour, and what they answer waits behind it.

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
        item = room.item(family, str(event.body.get("id"))) if until is not None and family in _ANSWERED else None
        if item is None or until is None or event.kind.endswith(".put off"):
            continue
        eased = sorted((longer.get(s, 1.0), s) for s in members_at(room, item))  # the clock goes by the last of them
        for times, seat in eased:
            if times > 1.0:
                later = awake(now + times * (float(until) - now), rules.quiet, rules.zone)
                body = {"id": item.id, "until": later}
                kept = Event(f"{family}.put off", CLOCK, seen_by_seats([seat]), body, None, room.year, room.phase)
                yield kept
                room = folded(room, kept)
