"""Titles: what an item of a room is called in lists, on buttons and in sentences."""

from __future__ import annotations

from foedus.council.fold import Room
from foedus.council.plain_words import MANY, called_in, in_short, treaty_said
from foedus.vocabulary.prose import country, listing, the


def title_of(room: Room, family: str, name: str) -> str:
    """Return what an item is called."""
    item = room.item(family, name)
    if item is None:
        return name
    said = item.words.get("title") or item.words.get("concern") or item.words.get("demarche") or ""
    number = item.get("number")
    if family == "pressure":
        return f"on {the(country(str(item.get('target')), room.year))}"
    if family == "text":
        return f"{number}. {said}" if number else said
    if said:
        return in_short(said.split("\n")[0], 80)
    if family == "treaty":
        return treaty_said(item, called_in(room), MANY, others=True)
    if family in ("quarrel", "mediation", "channel"):
        between = listing([the(country(s, room.year)) for s in item.get("sides") or item.get("members", ())])
        by = f"{the(country(str(item.get('mediator')), room.year))} between " if family == "mediation" else ""
        return f"{by}{between}" or "Channel"
    return f"{family.capitalize()} {number}" if number else family.capitalize()
