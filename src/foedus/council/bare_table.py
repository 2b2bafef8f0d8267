"""What stands on the table where no text lies that the reader may read: what the phase is for, and what is left to who sits at none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.running import elsewhere
from foedus.council.tableside import Reader

_NO_TEXT: Final[Mapping[str, tuple[str, str]]] = {
    "set up": ("The room is being set up.", "The facilitator opens the doors."),
    "lobby": ("The lobby.", "Read your brief meanwhile; the facilitator begins when everybody is here."),
    "opening": ("Opening.", "Read your brief: the facts of the year, what is in force, what is due."),
    "consultation": ("Consultation.", "Raise concerns, talk in channels, mediate."),
    "table": ("Nothing lies on the table.", "Any member can table a text."),
    "orders": ("Orders are open.", "What binds is signed on the page of orders, and confirmed there."),
    "year": ("The model works out the year.", "It takes some seconds."),
    "reading": ("The year can be read.", "The page of the year says what each seat gained."),
    "debrief": (
        "Debrief.",
        "The page Debrief has the room beside the model and the record; the replay shows what happened.",
    ),
    "closed": ("The room is closed.", "It can be read and exported."),
}


_OPENS: Final = (
    "The model opens the year.",
    "It takes a few seconds; then the table and its texts are here.",
)
LATE: Final = 15.0
"""Seconds after which something else than working the year out takes its time (judged; measured with the theory compiled: 1 to 3)."""
LATE_SAYS: Final = "It takes longer: the theory is compiled for this machine, once, which takes a minute or two."


_PRESSES: Final = (
    "You are not at the table.",
    "You read neither its texts, until one is adopted, nor its talk. Until the table closes this is yours to do:",
)
_WATCHES: Final = (
    "You watch.",
    "Texts and talk of a table are its members’ own. Who sits where is shown here; the year and the debrief show what came of it.",
)
_ELSEWHERE: Final = ("Your seat is at no table.", "It cannot read what lies on the tables of others, nor table a text.")


def _apart(r: Reader) -> tuple[str, str] | None:
    """Return what is told to who sits at no table while others talk; by what the reader is and knows alone."""
    if r.room.phase not in ("consultation", "table") or r.room.tables:
        sits = r.seat is None or any(r.seat in t.get("members", ()) for t in r.room.tables.values())
        return None if r.room.phase != "table" or sits else _ELSEWHERE
    if r.seat in r.room.form.adversaries:
        return _PRESSES
    if r.seat is None:
        return _WATCHES if r.viewer.role == "observer" else None
    return _ELSEWHERE if r.room.phase == "table" else None


def first_steps(r: Reader) -> list[dict[str, Any]]:
    """Return what a seat that presses can do before the table closes, in the order that helps, each with whether it has; nothing for others."""
    seat, room = r.seat, r.room
    if seat not in room.form.adversaries or room.phase not in ("opening", "consultation", "table"):
        return []
    mine = [
        p for p in room.pressures.values() if p.get("author") == seat and p.year == room.year and p.state != "withdrawn"
    ]
    talks = any(seat in c.get("members", ()) for c in room.channels.values())
    steps = [
        (
            "Read",
            "in your brief who trades with you, and so feels pressure, and who of those would agree least.",
            False,
        ),
        (
            "Open a channel",
            "to one or two of them and offer or warn: what would you give for a no, what would a yes cost them? Their people sign, not the model.",
            talks,
        ),
        (
            "Plan pressure",
            "out of your budget, a little on whoever feels it most; it is laid on when the table closes.",
            bool(mine),
        ),
        (
            "Announce it",
            "with a sentence that all read: it is your public word, and may be enough.",
            any(p.state == "known" for p in mine),
        ),
    ]
    if room.form.rules.clocks == "all":
        steps.append(
            (
                "Watch their clock",
                "on this page: once silence runs, what you say in a channel can still break it.",
                False,
            )
        )
    return [{"do": do, "says": says, "done": done} for do, says, done in steps]


def _opening(r: Reader) -> bool:
    """Return whether the model has still to open the year: before, there is no table of an exercise, and no quarrel."""
    return r.room.phase in ("opening", "consultation", "table") and str(r.room.year) not in r.room.years


def late(r: Reader) -> dict[str, Any] | None:
    """Return what is said while the model opens a year for long, and from when on; None where it does not."""
    entered = r.room.itself.get("entered")
    return {"after": float(entered) + LATE, "says": LATE_SAYS} if _opening(r) and entered is not None else None


def no_paper(r: Reader) -> dict[str, Any]:
    """Return what stands where no text lies."""
    form = r.room.form
    return {
        "title": form.title or form.case,
        "about": f"{form.first}" + (f"–{form.last}" if form.last > form.first else ""),
        "no_text": _OPENS if _opening(r) else _apart(r) or _NO_TEXT.get(r.room.phase, ("", "")),
        "late": late(r),
        "steps": first_steps(r),
        "clocks": elsewhere(r) if r.viewer.role == "observer" else (),
    }
