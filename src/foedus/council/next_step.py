"""The one next step: what leads on, in words, for the facilitator's console and for the seat of a rehearsal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.lesson_words import ONE_MISSING, PRESS
from foedus.council.procedures.roster import MACHINES
from foedus.council.tableside import Reader

STEPS: Final = ("open", "begin", "consult", "sit", "order", "work", "read", "next", "debrief", "close", "resume")
"""Verbs that lead on, in the order in which the first that is open is the next step."""
NEXT: Final[Mapping[str, tuple[str, str]]] = {
    "open": (
        "Open the doors",
        "Hand the cards out; who opens a card sits down, before the doors are open too. For a lost card: “Give a link”.",
    ),
    "begin": (PRESS["opening"], "Everybody reads the brief; what lies on the table already can be read."),
    "consult": (PRESS["consultation"], "Concerns, channels, mediation; plans of pressure."),
    "sit": (PRESS["table"], "Texts, amendments; silence and calls of consensus, by which a text is adopted."),
    "order": (
        PRESS["orders"],
        "Plans of pressure are laid on. Then every seat signs and confirms on its page Orders.",
    ),
    "work": (
        PRESS["year"],
        f"Confirmed orders are carried out; the model decides where nobody sits. A seat with people that confirmed none signs nothing and leaves nothing. {ONE_MISSING}",
    ),
    "read": ("Read the year", "Everybody sees what each seat gained."),
    "next": ("Go on to the next year", "Open texts are carried over, or lapse."),
    "debrief": (
        PRESS["debrief"],
        "The page Debrief has room, model and record one above the other: put it on the wall.",
    ),
    "close": ("Close the room", "It can be read and exported."),
    "resume": ("Go on", "Every deadline has moved by the pause."),
}
"""What each is called, and what comes of it."""
ONE: Final = (
    "Go on to consultation and table",
    "Concerns, channels, mediation; texts, amendments, consensus, silence.",
)
"""What leads to the table is called where it and consultation are one phase."""
_BACK: Final[Mapping[str, str]] = {"order": "/orders", "next": "/brief", "debrief": "/debrief"}
"""Pages to which a step of a rehearsal leads; the room where none is named."""
_WAITS: Final = ("The model works out the year", "It takes some seconds; the page says when it can be read.")


def next_said(r: Reader, verb: str, ends: tuple[str, str]) -> tuple[str, str]:
    """Return what a step is called and what comes of it, in the room of a reader; other words where none is open."""
    return ONE if verb == "sit" and r.room.form.rules.phases == "free" else NEXT.get(verb, ends)


def rehearsal_step(r: Reader) -> dict[str, Any] | None:
    """Return the next step of who rehearses alone: title, what comes of it, the act and where it leads; None for all others."""
    if r.seat is None or r.room.form.rules.clock != "seat":
        return None
    open_ = {o.kind.partition(".")[2] for o in r.offered(*MACHINES["room"].kinds)}
    verb = "" if r.room.phase == "year" else next((v for v in STEPS if v in open_), "")
    if r.room.phase == "debrief" or (not verb and r.room.phase != "year"):
        return None
    title, says = next_said(r, verb, _WAITS)
    return {"kind": f"room.{verb}" if verb else "", "title": title, "says": says, "back": _BACK.get(verb, "")}
