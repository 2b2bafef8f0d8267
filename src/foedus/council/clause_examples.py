"""Examples for forms: what is to be written, in a sentence, and clauses that could be written in this very room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from foedus.council.acts import No
from foedus.council.clauses import Clause, read_clause
from foedus.council.fold import Room
from foedus.council.glosses import GLOSSES
from foedus.council.plain_words import clause_said
from foedus.council.pressing_jointly import UNREAD

MOST: Final = 6
"""Clauses that a form shows (judged: what a telephone shows beside the form; 4 to 8 would do)."""
_TERM: Final = 20
"""Years of the term in the example that has one (as the treaty of 1949 could first be left after)."""
HINTS: Final[Mapping[str, str]] = {
    "concern.raise": "One sentence: what your state fears or needs, and from whom.",
    "amendment.offer": "Write the whole article as it should stand; it has one clause at most. What is new to the text goes into an article of its own: “Add an article”.",
    "amendment.add": "It stands behind the others. If the model is to read it, give it a clause; without one it is words only.",
    "text.table": "Each article says one thing. Its clause is what the model reads of it; without one it is words only.",
    "silence.propose": "At first any member can object to it; then the clock runs, and who says nothing agrees.",
    "channel.open": "Tick whom you want to speak with; they join with one press.",
    "quarrel.offices": f"Good offices: {GLOSSES['good offices']}.",
    "treaty.draft": f"Choose the state, or write a clause. Its parties initial it: they {GLOSSES['initial']}. Until the year is worked out they alone know of it; what is signed then is read by all.",
    "inject.prepare": f"An inject is {GLOSSES['inject']}.",
    "pressure.plan": "All plans of a year together cost no more than your budget. Only who trades with you feels it, and one state no more than its trade allows.",
    "demarche.propose": f"A démarche is {GLOSSES['démarche']}. Its members join or stand aside; you deliver it in the names of those who joined. {UNREAD}",
}
"""What is to be written or ticked, beside what the act is."""


def hinted(kind: str, says: str) -> str:
    """Return what an act is, with what is to be written where that needs saying."""
    return f"{says} {HINTS[kind]}" if kind in HINTS else says


def clause_examples(room: Room) -> tuple[tuple[str, str], ...]:
    """Return clauses that could be written in a room, each with what the model reads of it.

    Parameters
    ----------
    room : Room
        As its reader knows it.
    """
    form = room.form
    here = {str(a.get("clause") or "") for t in room.texts.values() for a in t.get("articles", ())}
    found: dict[str, str] = {}
    for words in _written(room):
        try:
            clause = str(read_clause(words, (*form.states, *form.adversaries), form.hub))
        except No:
            continue
        if clause not in here and len(found) < MOST:
            found.setdefault(clause, clause_said(clause, room))
    return tuple(found.items())


def _written(room: Room) -> Iterator[str]:
    form = room.form
    members = _members(room)
    all_, others = ",".join(members), [s for s in members if s != form.hub]
    outside = next((s for s in form.states if s not in members), None)
    yield f"form body {all_} rule consensus"
    if outside is not None:
        yield f"form body {all_},{outside} rule consensus"
    yield f"form forum {all_}"
    if form.hub in members and others:
        yield f"treaty {form.hub},{others[0]} depth 0.4"
    for key in [k for k in room.in_force if k.startswith(("body", "forum"))][:1]:
        yield from (f"admit {s} to {key}" for s in form.states if s not in key)
        yield f"end {key}"
    for item in room.quarrels.values():
        sides = list(item.get("sides", ()))
        if form.hub not in sides and {*sides} <= {*form.seats}:
            yield f"mediate {','.join(sides)} by {form.hub}"
    yield f"form body {all_} rule hub"
    yield f"form body {all_} rule consensus until {form.first + _TERM}"


def _members(room: Room) -> tuple[str, ...]:
    """Return whom the first text that founds a body or forum would bind; those with a seat where there is none."""
    form = room.form
    for text in room.texts.values():
        for article in text.get("articles", ()):
            clause = _read(str(article.get("clause") or ""), room)
            if clause is not None and clause.verb in ("body", "forum"):
                return clause.members
    return tuple(s for s in form.states if s in form.seats)


def _read(words: str, room: Room) -> Clause | None:
    try:
        return read_clause(words, (*room.form.states, *room.form.adversaries), room.form.hub) if words else None
    except No:
        return None
