"""Showing: that something runs at a closed table, and until when, told to all where the rule `clocks` says so; which text, and who, is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from foedus.council.acts import CLOCK, Event
from foedus.council.fold import Item, Room, family_of, folded
from foedus.council.procedures.roles import audience

RUNS: Final = ("proposed", "silent", "called", "voting")
"""States of a text in which an hour runs for its whole table."""
OVER: Final = "over"
SHOWN: Final = "shown_as"
"""Data of a text: by which name its hour is shown to all."""


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
        after = folded(room, event)
        text = after.texts.get(str(event.body.get("id"))) if family_of(event.kind) == "text" else None
        if text is None:
            yield event
            room = after
            continue
        known, own = _shown(room, text), event.see != audience(room, text)  # a later hour of somebody is not shown
        runs = text.state in RUNS and text.see != "all"
        begins = runs and "until" in event.body and not own
        name = known.id if known is not None else ""
        if begins and (known is None or known.state == OVER):
            name = f"hour-{len(room.all('clock')) + 1}"  # made of nothing of the text, which its name would betray
            event = replace(event, body={**event.body, "set": {**event.body.get("set", {}), SHOWN: name}})
            after = folded(room, event)
        yield event
        room = after
        body: dict[str, Any] = {"id": name, "to": text.state if runs else OVER}
        if begins:
            body["until"] = event.body["until"]
        elif known is None or known.state == body["to"]:
            continue
        body |= {} if runs else {"until": None}
        shown = Event("clock.shown", CLOCK, "all", body, None, room.year, room.phase)
        yield shown
        room = folded(room, shown)


def shown_names(text: Item) -> tuple[str, ...]:
    """Return by which names the hour of a text may have been shown, the last first: as the text says, which its members alone read, and as rooms named it before they said it."""
    old = hashlib.sha256(f"clock {text.id}".encode()).hexdigest()[:8]
    return (*([str(text.get(SHOWN))] if text.get(SHOWN) else []), old)


def _shown(room: Room, text: Item) -> Item | None:
    return next((c for n in shown_names(text) if (c := room.item("clock", n)) is not None), None)
