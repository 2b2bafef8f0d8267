"""Tables of a room beside those of its years: texts with their versions, what was said, and what was in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.council.acts import parts_of, seat_of
from foedus.council.fold import Item, family_of, folded, opened
from foedus.council.room_form import RoomForm
from foedus.council.store.chain import Logged
from foedus.council.told_of_rooms import as_csv, who_acted
from foedus.vocabulary.tables import safe


@dataclass(frozen=True)
class Version:
    """A text as it stood from an event on.

    Attributes
    ----------
    n : int
        Number of that event among those that are read.
    text : Item
        The text after it.
    amendments : mapping of str to Item
        Those that were known then, for the wordings of its brackets.
    """

    n: int
    text: Item
    amendments: Any


def versions(form: RoomForm, seen: Sequence[Logged]) -> dict[str, list[Version]]:
    """Return every text with the versions that it had: a new one where its words, clauses or brackets changed.

    Parameters
    ----------
    form : RoomForm
    seen : sequence of Logged
        What somebody may read, in order.
    """
    room = opened(form)
    found: dict[str, list[Version]] = {}
    for n, one in enumerate(seen, 1):
        room = folded(room, one.event)
        if family_of(one.event.kind) != "text":
            continue
        text = room.item("text", str(one.event.body.get("id")))
        if text is None:
            continue
        known = found.setdefault(text.id, [])
        if not known or _stands(known[-1].text) != _stands(text):
            known.append(Version(n, text, room.amendments))
    return found


def _stands(text: Item) -> Any:
    return text.get("version"), [dict(a) for a in text.get("articles", ())], dict(text.words)


def texts_csv(form: RoomForm, seen: Sequence[Logged]) -> str:
    """Return every version of every text as CSV, one row an article."""
    columns = ("text", "title", "version", "at", "state at the end", "article", "clause", "words", "brackets")
    room = opened(form)
    for one in seen:
        room = folded(room, one.event)
    rows = []
    for name, known in versions(form, seen).items():
        for v in known:
            title, at = v.text.words.get("title", "(erased)"), seen[v.n - 1].at
            for article in v.text.get("articles", ()):
                held = " ".join(s for b in article.get("brackets", ()) for s in b["against"])
                words = v.text.words.get(article["id"], "(erased)")
                head = (name, safe(title), v.text.get("version", 1), at, room.texts[name].state)
                rows.append((*head, article["id"], article.get("clause") or "", safe(words), held))
    return as_csv(columns, rows)


def messages_csv(seen: Sequence[Logged]) -> str:
    """Return everything that was said at tables, in channels and in mediations as CSV, with year, phase and moment."""
    columns = ("year", "phase", "at", "where", "seat", "by", "words")
    rows = [
        (
            e.year,
            e.phase,
            one.at,
            f"{e.kind.partition('.')[0]} {e.body.get('id', '')}",
            seat_of(e.actor) or "",
            who_acted(e),
            safe(" / ".join(parts_of(e.words))),
        )
        for one in seen
        for e in [one.event]
        if e.kind.endswith(".said")
    ]
    return as_csv(columns, rows)


def architecture_csv(form: RoomForm, seen: Sequence[Logged]) -> str:
    """Return what was in force at the end of every year as CSV."""
    room, rows, known = opened(form), [], ""
    for one in seen:
        room = folded(room, one.event)
        if one.event.kind == "room.informed" and known == str(room.year):
            rows += [(room.year, key) for key in room.in_force]
        if one.event.kind == "year.worked out":
            known = str(one.event.body.get("id"))
    return as_csv(("year", "in force at its end"), rows)
