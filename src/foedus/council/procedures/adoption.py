"""Adoption: what follows when a text is adopted, and how those answer whom the model plays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.acts import MODEL, Event, seen_by_seats
from foedus.council.clauses import Clause, members_of, read_clause
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import Asked, Ctx
from foedus.council.procedures.roles import abstains, audience, members_at, unplayed

BY_LAW: Final = (
    Asked("chance", "number", "the law's chance", needed=False),
    Asked("draw", "number", "the draw that fell", needed=False),
)
"""Fields by which the model says how it came to an answer."""


def clauses_of(room: Room, text: Item) -> tuple[tuple[str, Clause], ...]:
    """Return the operative clauses of a text, each with the id of its article."""
    form = room.form
    return tuple(
        (a["id"], read_clause(a["clause"], (*form.states, *form.adversaries), form.hub))
        for a in text.get("articles", ())
        if a.get("clause")
    )


def has_brackets(text: Item) -> bool:
    """Return whether a text has square brackets."""
    return any(a.get("brackets") for a in text.get("articles", ()))


def answer(ctx: Ctx, said: str) -> Mapping[str, Mapping[str, Any]]:
    """Return an answer as it is kept: what was said, by people or by law, and of the law its chance and draw."""
    by_law = ctx.act.by == MODEL
    kept: dict[str, Any] = {"answer": said, "by": "law" if by_law else "people"}
    if by_law:
        kept |= {k: float(ctx.body[k]) for k in ("chance", "draw") if k in ctx.body}
    return {"answers": {str(ctx.seat): kept}}


def after(ctx: Ctx, said: str) -> dict[str, Any]:
    """Return all answers after this one."""
    return {**ctx.it.get("answers", {}), **answer(ctx, said)["answers"]}


def awaited(room: Room, text: Item, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the members whom the model still has to answer for."""
    return tuple(s for s in unplayed(room, members_at(room, text)) if s not in answers)


def waited_for(room: Room, text: Item) -> tuple[str, ...]:
    """Return the members that are away and have not answered, where the room waits for them."""
    if room.form.rules.away != "wait":
        return ()
    answers = text.get("answers", {})
    return tuple(
        s
        for s in members_at(room, text)
        if s in room.seats and room.seats[s].state == "away" and s not in answers and not abstains(room, s)
    )


def adopted(ctx: Ctx, text: Item, how: str) -> tuple[Event, ...]:
    """Return what follows the adoption of a text: its publication, and what its clauses open."""
    slots = ["title", *(a["id"] for a in text.get("articles", ()))]
    words = "\f".join(text.words.get(s, "") for s in slots)
    data = {k: text.get(k) for k in ("articles", "version", "table", "number", "sponsors")}
    public = ctx.event(
        "text.published",
        text.id,
        "all",
        to="adopted",
        set={**data, "adopted_by": how},
        say=slots,
        words=words,
        actor="somebody",
    )
    return (public, *(e for article, clause in clauses_of(ctx.room, text) for e in _opened(ctx, text, article, clause)))


def _opened(ctx: Ctx, text: Item, article: str, clause: Clause) -> tuple[Event, ...]:
    name = f"{text.id}-{article}"
    if clause.founds:
        data = _treaty(clause, text, article)
        return (
            ctx.event("treaty.agreed", name, seen_by_seats(clause.signers), to="agreed", set=data, actor="somebody"),
        )
    if clause.verb == "end":
        data = {
            "parties": list(members_of(clause.key)),
            "makes": "",
            "ends": clause.key,
            "text": text.id,
            "article": article,
            "initialled": {},
        }
        return (
            ctx.event(
                "treaty.agreed", name, seen_by_seats(members_of(clause.key)), to="agreed", set=data, actor="somebody"
            ),
        )
    if clause.verb == "mediate":
        data = {"sides": list(clause.members), "mediator": clause.state, "accepted": {}, "text": text.id}
        see = seen_by_seats((*clause.members, clause.state))
        return (ctx.event("mediation.offered", name, see, to="offered", set=data, actor="somebody"),)
    data = {"what": "fact", "address": clause.address, "value": clause.value, "text": text.id, "to": []}
    see = audience(ctx.room, text)
    return (ctx.event("inject.prepared", name, see, to="prepared", set=data, actor="somebody"),)


def _treaty(clause: Clause, text: Item, article: str) -> dict[str, Any]:
    return {
        "parties": list(clause.signers),
        "makes": clause.makes,
        "ends": "",
        "replaces": clause.key,
        "newcomer": clause.state,
        "text": text.id,
        "article": article,
        "initialled": {},
        **({"until": clause.until} if clause.until else {}),
    }
