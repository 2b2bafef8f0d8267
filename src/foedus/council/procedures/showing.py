"""Showing: that something runs at a closed table, and until when, told to all where the rule `clocks` says so; which text, and who, is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from foedus.council.acts import CLOCK, Event
from foedus.council.fold import Room, family_of, folded
from foedus.council.procedures.roles import audience

RUNS: Final = ("proposed", "silent", "called", "voting")
"""States of a text in which an hour runs for its whole table."""
OVER: Final = "over"


def shown_to_all(room: Room, events: Iterable[Event]) -> Iterator[Event]:
    """Yield events, and after each that starts, moves or ends an hour for a closed table one that all read: the state and the hour alone.

    Parameters
    ----------
    room : Room
        Before the events.
    events : iterable of Event
    """
    if room.form.rules.clocks != "all":
        yield from events
        return
    for event in events:
        yield event
        room = folded(room, event)
        text = room.texts.get(str(event.body.get("id"))) if family_of(event.kind) == "text" else None
        if text is None:
            continue
        name, own = shown_name(text.id), event.see != audience(room, text)  # a later hour of somebody is not shown
        known = room.item("clock", name)
        runs = text.state in RUNS and text.see != "all"
        body: dict[str, Any] = {"id": name, "to": text.state if runs else OVER}
        if runs and "until" in event.body and not own:
            body["until"] = event.body["until"]
        elif known is None or known.state == body["to"]:
            continue
        body |= {} if runs else {"until": None}
        shown = Event("clock.shown", CLOCK, "all", body, None, room.year, room.phase)
        yield shown
        room = folded(room, shown)


def shown_name(text: str) -> str:
    """Return by which name the hour of a text is shown: who does not know the text cannot tell it from that."""
    return hashlib.sha256(f"clock {text}".encode()).hexdigest()[:8]
