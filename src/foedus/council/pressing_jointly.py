"""Pressing jointly: what a reader knows of joint démarches, in sentences for the table, the page of the year and the debrief."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foedus.council.fold import Item, Room
from foedus.council.plain_words import Called, called_in, in_line, in_short, raised
from foedus.council.procedures.demarche import names
from foedus.vocabulary.prose import listing

UNREAD: Final = (
    "The model does not read it: words are for people. Of a forum it reads that it is a common platform, and that "
    "it binds little, so that fewer reprisals are feared when it is founded."
)
"""What the model makes of a joint démarche, and what it does read of the forum that makes it."""
_ERASED: Final = "(erased)"
_MOST: Final = 120
"""Letters of a démarche in the debrief, as of a concern."""


def demarches(room: Room, seat: str | None) -> list[dict[str, str]]:
    """Return the joint démarches of this year that a reader knows of: words, and where each stands.

    Parameters
    ----------
    room : Room
        As the reader knows it.
    seat : str or None
    """
    called = called_in(room)
    return [
        {"words": d.words.get("demarche", _ERASED), "says": _stands(d, seat, called)}
        for d in room.all("demarche").values()
        if d.year == room.year
    ]


def _stands(d: Item, seat: str | None, called: Called) -> str:
    """Return to whom a démarche goes, in whose names, where it stands, and who reads it."""

    def said(state: str) -> str:
        return "you" if state == seat else called(state)

    to, by = f"to {said(str(d.get('target')))}", listing([said(s) for s in names(d)])
    if not d.get("names"):
        answers = d.get("answers", {})
        aside = [said(s) for s in d.get("members", ()) if answers.get(s) == "aside"]
        more = f"; stands aside: {listing(aside)}" if aside else ""
        return (
            f"{to}, by {in_line(str(d.get('of')), called)} · {d.state}; joined: {by}{more}; only its members read this"
        )
    reads = "all read this" if d.get("public") else f"those members and {said(str(d.get('target')))} alone read this"
    return f"{to}, in the names of {by} · {answered(d, called)}; {reads}"


def _short(words: str) -> str:
    """Return words as a sentence quotes them, whose own stop follows."""
    return in_short(words, _MOST).rstrip(".")


def asked(room: Room, name: str, seat: str) -> list[str]:
    """Return what a démarche waits for from a seat, as a sentence; nothing where it has said whether it joins.

    Parameters
    ----------
    room : Room
        As the reader knows it.
    name : str
        Of the démarche.
    seat : str
    """
    called, d = called_in(room), room.all("demarche")[name]
    words = _short(d.words.get("demarche", _ERASED))
    if d.get("names"):
        by = raised(listing([called(s) for s in names(d)]))
        return [f"{by} press you jointly: “{words}”. Answer that you yield, or that you hold."]
    if seat in d.get("answers", {}):
        return []
    by, to = raised(called(str(d.get("author")))), called(str(d.get("target")))
    return [f"{by} proposes a joint démarche to {to}: “{words}”. Join it, or stand aside."]


def answered(d: Item, called: Called) -> str:
    """Return what was answered to a démarche that was delivered, without a stop."""
    target = called(str(d.get("target")))
    last = next((s.words for s in reversed(d.said) if s.kind in ("demarche.yielded", "demarche.held")), _ERASED)
    words = _short(last)
    return {
        "yielded": f"{target} yields: “{words}”",
        "held": f"{target} holds: “{words}”",
        "unanswered": f"{target} left it unanswered",
    }.get(d.state, f"{target} has not answered")


def unread_of(room: Room, year: int) -> Iterator[str]:
    """Yield the joint démarches of a year that were delivered, as far as the reader knows, for what the model did not read."""
    called = called_in(room)
    made = [d for d in room.all("demarche").values() if d.year == year and d.get("names")]
    for d in made:
        by, to = listing([called(s) for s in names(d)]), called(str(d.get("target")))
        more = f" {UNREAD}" if d is made[-1] else ""
        yield f"A joint démarche of {by} to {to}; {answered(d, called)}.{more}"


def pressed_jointly(room: Room) -> list[str]:
    """Return who pressed jointly and what was answered, as far as the reader knows, a sentence without its stop each."""
    called, found = called_in(room), []
    for d in room.all("demarche").values():
        if d.get("names"):
            by, to = raised(listing([called(s) for s in names(d)])), called(str(d.get("target")))
            words = _short(d.words.get("demarche", _ERASED))
            how = "in public" if d.get("public") else "in confidence"
            found.append(f"{d.year}: {by} pressed {to} jointly, {how}: “{words}”; {answered(d, called)}")
    return found
