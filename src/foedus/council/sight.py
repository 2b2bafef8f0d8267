"""Sight: who may read what, in one function for folds, pages, streams, exports and search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from foedus.council.acts import Event, Viewer
from foedus.council.fold import Room, folded_all, opened
from foedus.council.room_form import RoomForm

EVERY_SEAT: Final = "*"
"""Seat of an observer who reads what seats read, where the rules of a room say so."""


def may_read(see: str, viewer: Viewer) -> bool:
    """Return whether a viewer may read what was written for an audience.

    Parameters
    ----------
    see : str
        As :attr:`foedus.council.acts.Event.see`; what is not understood is the facilitator's alone.
    viewer : Viewer
    """
    if viewer.role in ("facilitator", "model") or see == "all":
        return True
    kind, _, names = see.partition(":")
    if kind != "seats":
        return False
    if viewer.role == "observer":
        return viewer.seat == EVERY_SEAT
    return viewer.role == "seat" and viewer.seat is not None and viewer.seat in names.split(",")


def readable(events: Iterable[Event], viewer: Viewer) -> tuple[Event, ...]:
    """Return the events that a viewer may read, in their order."""
    return tuple(e for e in events if may_read(e.see, viewer))


def seen_by(form: RoomForm, events: Iterable[Event], viewer: Viewer) -> Room:
    """Return the room as a viewer knows it: folded from what they may read and nothing else."""
    return folded_all(opened(form), readable(events, viewer))
