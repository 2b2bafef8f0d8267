"""What has become of an adopted text: what of it was signed, in which year and by whom, what lapsed, and whom it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from foedus.council.acts import No
from foedus.council.clauses import Clause, taken_up_by
from foedus.council.fold import Item, Room
from foedus.council.plain_words import MANY, called_in, institution, number, raised, some_of
from foedus.council.procedures.adoption import clauses_of
from foedus.council.told_of_rooms import lines_of
from foedus.simulation.trace import Happening

SIGNED_LATER: Final = "What binds is signed in the orders."
_ENTERED: Final = (Happening.FORMED.value, Happening.SIGNED.value, Happening.LIGHT.value)
_OVER: Final = ("debrief", "closed")


def fate(room: Room, text: Item) -> str:
    """Return what has become of an adopted text, as sentences.

    Parameters
    ----------
    room : Room
        As its reader knows it: what they may not read of its signature is not told either.
    text : Item
    """
    try:
        clauses = clauses_of(room, text)
    except No:
        return SIGNED_LATER
    binding = [(k, c) for k, (_, c) in enumerate(clauses, 1) if c.founds or c.verb == "end"]
    said = [(k, found) for k, c in binding if (found := _fate(room, text, c))]
    if not said:
        return SIGNED_LATER
    if len(binding) == 1:
        return said[0][1]
    waits = [SIGNED_LATER] if len(said) < len(binding) else []
    return " ".join(
        [*(f"{_ORDINALS.get(k, f'Clause {k}')}: {found[:1].lower()}{found[1:]}" for k, found in said), *waits]
    )


def adopted_said(room: Room, text: Item) -> str:
    """Return how a text was adopted and what has become of it, as sentences."""
    how = str(text.get("adopted_by") or text.get("by") or "")
    times = int(text.get("placed", 0))
    placed = f", placed {times} times" if how == "silence" and times > 1 else ""
    return f"{f'By {how}{placed}. ' if how else ''}{fate(room, text)}"


def tried_before(text: Item) -> str:
    """Return how often a text was under silence before, as a sentence behind others; nothing where it never was."""
    times = int(text.get("placed", 0)) - (text.state == "silent")
    if times < 1 or (times == 1 and text.state == "open"):
        return ""  # of the one time the page of an open text says who broke it
    return f" It has been under silence {'once' if times == 1 else f'{number(times)} times'} before."


_ORDINALS: Final = {1: "First clause", 2: "Second clause", 3: "Third clause", 4: "Fourth clause"}


def _fate(room: Room, text: Item, clause: Clause) -> str:
    key = clause.key if clause.verb == "end" else clause.makes
    lines = [(y, h) for y, h in _since(room, text) if h["key"] == key]
    if clause.verb == "end":
        ended = next((y for y, h in lines if h["what"] == Happening.ENDED.value), None)
        return f"Signed by all in {ended}: it has ended." if ended is not None else ""
    entered = next((y for y, h in lines if h["what"] in _ENTERED), None)
    if entered is not None:
        return _in_force(room, clause, key, entered, lines)
    refused = [(y, h) for y, h in lines if h["what"] == Happening.REFUSED.value]
    return _waits(room, *refused[-1]) if refused else ""


def _in_force(room: Room, clause: Clause, key: str, entered: int, lines: list[tuple[int, Mapping[str, Any]]]) -> str:
    called = called_in(room)
    signed = f"Signed in {entered} by {some_of([called(s) for s in clause.signers])}"
    if key in room.in_force:
        return f"{signed}; in force since."
    gone = next((y for y, h in reversed(lines) if h["what"] in (Happening.LEFT.value, Happening.ENDED.value)), None)
    if gone is None and (body := _absorbed_by(room, clause)):
        return f"{signed}; {institution(body, called, MANY)} stands in its place."
    return f"{signed}; in force no more{f', since {gone}' if gone is not None else ''}."


def _absorbed_by(room: Room, clause: Clause) -> str:
    """Return the body in force to which all members of a treaty belong; empty if there is none."""
    return taken_up_by(clause.signers, room.in_force) if clause.verb != "forum" else ""


def _waits(room: Room, year: int, line: Mapping[str, Any]) -> str:
    called = called_in(room)
    names = [called(str(a["state"])) for a in line["answers"] if not a["yes"]]
    who = raised(some_of(names)) if names else "Not all"
    over = room.phase in _OVER or (room.phase == "reading" and room.year >= room.form.last)
    rest = "it lapsed with the room" if over else f"{'they' if len(names) != 1 else 'it'} still can, in the orders"
    return f"Not in force: {who} did not sign in {year}; {rest}."


def _since(room: Room, text: Item) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield what happened since a text was tabled, as far as the reader knows it, with its year."""
    for year in room.years.values():
        if int(year.id) >= text.year and year.get("happened") is not None:
            yield from ((int(year.id), h) for h in lines_of(year))
