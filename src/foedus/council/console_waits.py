"""What the next step on the console waits for: what still runs, what is adopted, what has brackets, whose orders are lacking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from foedus.council.fold import Item
from foedus.council.how_to import long_said
from foedus.council.lesson_words import WHILE_IT_RUNS
from foedus.council.orders_sheet import lacking, treaty_named
from foedus.council.procedures.adoption import has_brackets
from foedus.council.procedures.machine import PLAYED
from foedus.council.tableside import Reader
from foedus.vocabulary.prose import listing

_RUNS: Final[Mapping[str, str]] = {
    "silent": "“{}” is under silence.",
    "called": "“{}” is called for consensus.",
    "proposed": "Silence is proposed for “{}”: it begins by itself unless a member objects, or who proposed it takes it back.",
}
"""What is said of a text that waits for an hour."""
_SIGNED: Final = ("agreed", "refused")
"""States of a treaty that the orders ask about."""


def asked_now(r: Reader) -> str:
    """Return what is to be said while the table is asked about a text; nothing while it is not, or while orders are due."""
    if r.room.phase in ("orders", "year", "reading"):
        return ""
    asked = (t.get("by") for t in r.room.texts.values() if t.state in ("silent", "answering", "called", "voting"))
    return next((WHILE_IT_RUNS[str(by)] for by in asked if by in WHILE_IT_RUNS), "")


def waits(r: Reader) -> list[str]:
    """Return what still runs and what is decided, so that nothing is closed over somebody's head."""
    found = []
    if r.room.phase in PLAYED and str(r.room.year) not in r.room.years:
        found.append(f"The facts of {r.room.year} are being worked out: a few seconds.")
    for item in r.room.texts.values():
        title = item.words.get("title", "")
        if item.until is not None and item.state in _RUNS:
            found.append(_RUNS[item.state].format(title))
        elif item.state == "open" and has_brackets(item):
            found.append(f"“{title}” has brackets: until they are lifted it cannot be adopted.")
    if r.room.phase == "table":
        agreed = [f"“{treaty_named(t, r)}”" for t in _agreed(r)]
        nothing = (
            _RUNNING
            if _runs(r)
            else "No text is adopted and no treaty agreed yet: close the table now, and there is nothing new to sign."
        )
        found += [] if agreed else _open_to_silence(r)
        found.append(
            f"Adopted, not yet signed: {listing(agreed)}. Each state signs in its orders." if agreed else nothing
        )
    return found + (lacking(r) if r.room.phase == "orders" else [])


_RUNNING: Final = "Nothing is adopted yet: what runs has to end first, so wait for it."


def _runs(r: Reader) -> bool:
    return any(t.until is not None and t.state in ("silent", "proposed", "called") for t in r.room.texts.values())


def adopted_already(r: Reader) -> bool:
    """Return whether there is something to sign, so that who leads says at the table what that is worth."""
    return bool(_agreed(r))


def _agreed(r: Reader) -> list[Item]:
    return [t for t in r.room.treaties.values() if t.state in _SIGNED]


def _open_to_silence(r: Reader) -> list[str]:
    """Return how a text that nothing keeps open is adopted, and how long that takes."""
    rules = r.room.form.rules
    object_to, lasts = long_said(rules.proposed_seconds), long_said(rules.silence_seconds)
    how = f"a member presses “Propose silence”; {object_to} to object, then {lasts} of silence adopt it"
    ready = [t for t in r.room.texts.values() if t.state == "open" and not has_brackets(t)]
    return [f"“{t.words.get('title', '')}” is open: {how}." for t in ready]
