"""Treaties: negotiated, initialled, agreed, signed in the orders, in force from the year's round; left and ended."""

from __future__ import annotations

from typing import Any, Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.clauses import members_of, read_clause
from foedus.council.fold import Room
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.text import clause_of

LIGHT: Final = 0.3
"""Depth of a light treaty, a full one being 1: that of the model, ``light_depth``."""


def _written(ctx: Ctx) -> str:
    """Return the clause of a draft: as it was written, or that of a treaty of two with the state that was chosen."""
    words, other = str(ctx.body.get("clause") or "").strip(), ctx.body.get("with")
    if words and other:
        raise No("clause", "choose a state, or write a clause; not both.")
    if not words and not other:
        raise No(
            "clause", "choose the state with which you want a treaty, or write a clause that founds or ends something."
        )
    if words:
        return words
    if other == ctx.seat:
        raise No("parties", "a treaty of two is with another state.")
    return f"treaty {ctx.seat},{other}" + (f" depth {LIGHT:g}" if ctx.body.get("light") else "")


def _draft(ctx: Ctx) -> Change:
    form = ctx.room.form
    clause = read_clause(clause_of(ctx, _written(ctx)) or "", (*form.states, *form.adversaries), form.hub)
    parties = clause.signers or (members_of(clause.key) if clause.verb == "end" else ())
    if not parties or ctx.seat not in parties:
        raise No(
            "parties", "a treaty is negotiated by those who would sign it, and this clause binds others or nobody."
        )
    data: dict[str, Any] = {
        "parties": list(parties),
        "makes": clause.makes,
        "ends": clause.key if clause.verb == "end" else "",
        "replaces": clause.key if clause.verb == "admit" else "",
        "newcomer": clause.state,
        "initialled": {},
        "author": ctx.seat,
        **({"until": clause.until} if clause.until else {}),
    }
    return Change(set=data, see=seen_by_seats(parties), say=("title",))


def _own(ctx: Ctx) -> Change:
    return Change(see=seen_by_seats(ctx.it.get("parties")))


def _initial(ctx: Ctx) -> Change:
    done = {**ctx.it.get("initialled"), str(ctx.seat): True}
    to = "agreed" if set(ctx.it.get("parties")) <= done.keys() else ""
    return Change(put={"initialled": {str(ctx.seat): True}}, to=to, see=seen_by_seats(ctx.it.get("parties")))


def running_out(room: Room) -> tuple[str, ...]:
    """Return the keys of what was founded in the room and whose term runs out in the year that is played."""
    return tuple(
        str(t.get("makes")) for t in room.treaties.values() if t.state == "in force" and t.get("until") == room.year
    )


ROWS: Final = (
    Row(
        "draft",
        (),
        ("state",),
        "negotiated",
        "drafted",
        "Draft a treaty, body or forum with those who would sign it.",
        guard="who drafts is a party",
        asks=(
            Asked("with", "state", "the state with which you want a treaty of two", needed=False),
            Asked("light", "yes", "ticked, a light treaty; not ticked, a full alliance", needed=False),
            Asked("clause", "key", "in place of a state a clause that founds or ends something", needed=False),
        ),
        words="may",
        does=_draft,
    ),
    Row(
        "initial",
        ("negotiated",),
        ("party", "model"),
        "",
        "initialled",
        "Initial it.",
        effect="agreed when all parties have",
        does=_initial,
    ),
    Row(
        "say",
        ("negotiated", "agreed", "refused"),
        ("party",),
        "",
        "said",
        "Say something about it to the parties.",
        words="must",
        does=_own,
    ),
    Row("drop", ("negotiated",), ("author",), "dropped", "dropped", "Drop the draft.", does=_own),
    Row(
        "enter",
        ("agreed", "refused"),
        ("adjudicator",),
        "in force",
        "entered",
        "All have signed.",
        guard="every party signed: people in their orders, the others by law",
    ),
    Row(
        "refuse",
        ("agreed", "refused"),
        ("adjudicator",),
        "refused",
        "refused",
        "Not all have signed; it stays open for signature next year.",
    ),
    Row(
        "renew",
        ("in force",),
        ("adjudicator",),
        "",
        "renewed",
        "Its term ran out, and it goes on for as long again.",
        guard="enough of its parties renewed it: people in their orders, the others by law",
    ),
    Row("replace", ("in force",), ("adjudicator",), "ended", "ended", "It ended: left, absorbed or replaced."),
    Row("lapse", ("negotiated",), ("phase:debrief",), "dropped", "lapsed", "The room is over.", does=_own),
)

MACHINE: Final = Machine(
    "treaty",
    "Treaty",
    ("negotiated", "agreed", "refused", "in force", "ended", "dropped"),
    ("agreed", "refused", "in force", "ended", "dropped"),
    ROWS,
    "What is agreed is signed in the orders (`sign`); a signature can hang on another treaty (`if`). Nobody is bound who did not sign. What is concluded `until` a "
    "year lapses in it for every seat of people that does not renew it in the orders (`leave`: no); for the others the law of terms makes leaving likelier.",
)
