"""Rungs known: what sides of a quarrel did by the dated events of the case, as words that a seat can take for a rung or leave for its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from foedus.casebook.case import Event
from foedus.casebook.reader import read_case
from foedus.casebook.series import split_year
from foedus.council.fold import Room
from foedus.vocabulary.errors import FoedusError

RUNGS: Final = ("quarrel.raise", "quarrel.answer", "quarrel.go")
"""Acts that climb, and say what is done."""
STEP: Final = "from_the_record"
"""Field of a form: a step of the record; what is typed besides goes on behind it."""
_STEPS: Final = ("ruling", "military", "escalation", "crisis", "conflict")
"""Types of events by which a side of a quarrel goes on; what eases one, or tells of it, is none."""


def rungs_known(room: Room, quarrel: str, seat: str | None) -> tuple[tuple[str, str], ...]:
    """Return what a side of a quarrel did to the other up to the year that is played: each as a sentence, and with its date.

    Nothing where the case has no such event, or is not here: the seat writes its own.
    """
    item = room.item("quarrel", quarrel)
    sides = tuple(item.get("sides", ())) if item is not None else ()
    if seat not in sides:
        return ()
    pair = (seat, next(s for s in sides if s != seat))
    done = [
        e for e in _events(room.form.case) if e.actors == pair and e.type in _STEPS and int(e.date[:4]) <= room.year
    ]
    return tuple((_sentence(e), f"{_sentence(e)[:-1]} ({e.date})") for e in done)


def _sentence(event: Event) -> str:
    """Return what was done, without what the case says of it besides."""
    return f"{event.text.partition(';')[0].rstrip('.')}."


@lru_cache(16)
def _events(case: str) -> tuple[Event, ...]:
    try:
        return read_case(split_year(case)[0]).events
    except FoedusError:  # a case of one's own that is not where it was: the log of its room is read all the same
        return ()
