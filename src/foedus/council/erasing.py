"""Erasing: where the words of somebody were copied to, so that they are gone there too."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import parts_of
from foedus.council.store.chain import Logged
from foedus.council.store.keeping import Store

_COPIES: Final = (
    "text.published",
    "text.amended",
    "inject.fired",
    "concern.raised",
    ".shown",
    "channel.recalled",
    "demarche.delivered",
)
"""Ends of kinds of events that say again what was written before: adopted texts, carried wordings, objections as concerns,
injects that are brought in, what is shown to those who come later, and démarches that are delivered."""


def copies_of(store: Store, person: int) -> tuple[tuple[int, int], ...]:
    """Return branch and number of the events that repeat what a person wrote, whoever brought them about.

    Parameters
    ----------
    store : Store
        Of the room; all its branches are looked through.
    person : int
    """
    written: dict[str, set[str]] = {}
    copies: dict[tuple[int, int], Logged] = {}
    for one in (one for b in store.branches() for one in store.log(b.id)):
        if one.event.words is None:
            continue
        if one.person == person:
            for name in _about(one):
                written.setdefault(name, set()).update(p for p in parts_of(one.event.words) if p.strip())
        elif one.event.kind.endswith(_COPIES):
            copies[one.branch, one.seq] = one
    return tuple(
        at
        for at, one in copies.items()
        if any(written.get(name, set()) & set(parts_of(one.event.words)) for name in _about(one))
    )


def _about(one: Logged) -> tuple[str, ...]:
    """Return the ids of what an event is about: its item, and the text that this belongs to."""
    body = one.event.body
    return tuple(str(n) for n in (body.get("id"), body.get("set", {}).get("text")) if n)
