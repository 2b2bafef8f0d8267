"""Texts: articles with words for people and at most one clause each for the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from foedus.council.acts import No, parts_of
from foedus.council.clauses import members_of, read_clause
from foedus.council.procedures.concern import seated_at
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.roles import audience, members_at

STATES: Final = ("open", "called", "proposed", "silent", "voting", "answering", "adopted", "withdrawn", "lapsed")
MOST: Final = 200
"""Texts on one table."""


LONGEST_TERM: Final = 99
"""Years for which something can be concluded (judged: a room plays a few years; 50 or 200 would do as well)."""


def clause_of(ctx: Ctx, words: str | None) -> str | None:
    """Return a clause as it is kept, checked against the case and what is in force.

    Raises
    ------
    No
        It is none, or not for this seat to offer.
    """
    if words is None or not words.strip():
        return None
    form = ctx.room.form
    clause = read_clause(words, (*form.states, *form.adversaries), form.hub)
    joined = members_of(clause.key) if clause.verb == "admit" else ()
    named = (*clause.members, *joined, *([clause.state] if clause.state else []))
    strangers = [s for s in joined if s not in (*form.states, *form.adversaries)]
    if strangers:
        raise No("clause", f"{', '.join(strangers)} is no state of this room.")
    outside = [s for s in named if s in form.adversaries]
    if outside and clause.verb != "mediate":
        raise No("clause", f"{', '.join(outside)} is an adversary; it joins nothing that the model reads.")
    if clause.verb == "undertake" and not clause.address.startswith(f"{ctx.seat}."):
        raise No("clause", f"a state undertakes what is its own; begin the address with {ctx.seat}.")
    if clause.until and not ctx.room.year < clause.until <= ctx.room.year + LONGEST_TERM:
        raise No(
            "clause",
            f"a term ends after {ctx.room.year} and within {LONGEST_TERM} years; write for example until {ctx.room.year + 5}.",
        )
    known = ctx.room.in_force
    if clause.key and known and clause.key not in known:
        raise No("clause", f"'{clause.key}' is not in force; in force are {'; '.join(known)}.")
    if clause.verb == "end" and ctx.seat is not None and ctx.seat not in members_of(clause.key):
        raise No("clause", f"only its members end the {clause.key}.")
    return str(clause)


def _articles(ctx: Ctx, clauses: Sequence[str | None]) -> list[dict[str, Any]]:
    return [{"id": f"a{k}", "clause": clause_of(ctx, c), "since": 1, "brackets": []} for k, c in enumerate(clauses, 1)]


def _table(ctx: Ctx) -> Change:
    table = ctx.body["table"]
    seated_at(ctx, table)
    articles = _articles(ctx, ctx.body["articles"])
    if len(parts_of(ctx.act.words)) != len(articles) + 1:
        raise No("form", f"the words are a title and {len(articles)} articles, separated by form feeds.")
    there = [t for t in ctx.room.texts.values() if t.get("table") == table]
    if len(there) >= MOST:
        raise No("length", f"a table takes {MOST} texts.")
    data = {
        "table": table,
        "sponsors": [ctx.seat],
        "author": ctx.seat,
        "articles": articles,
        "version": 1,
        "placed": 0,
        "answers": {},
        "number": len(there) + 1,
    }
    slots = ("title", *(a["id"] for a in articles))
    return Change(set=data, see=audience(ctx.room, ctx.room.item("table", table)), say=slots)


def _no_sponsor_yet(ctx: Ctx) -> None:
    if ctx.seat in ctx.it.get("sponsors"):
        raise No("sponsors", f"{ctx.seat} is a sponsor already.")


def _sponsor(ctx: Ctx) -> Change:
    return Change(set={"sponsors": [*ctx.it.get("sponsors"), ctx.seat]})


def _untouched(ctx: Ctx) -> None:
    carried = [
        a
        for a in ctx.room.amendments.values()
        if a.get("text") == ctx.it.id and a.state == "carried" and a.get("author") not in ctx.it.get("sponsors")
    ]
    if carried:
        raise No(
            "withdraw",
            f"an amendment of {carried[0].get('author')} is carried; the text is no longer its sponsors' alone.",
        )


def _take_over(ctx: Ctx) -> Change:
    return Change(set={"sponsors": [ctx.seat]})


def _lapses(ctx: Ctx) -> None:
    if ctx.room.form.rules.carry != "lapsed":
        raise No("carry", "open texts are carried over.")


def _no_member_lost(ctx: Ctx) -> None:
    if not members_at(ctx.room, ctx.item):
        raise No("who", "nobody sits at its table.")


ROWS: Final = (
    Row(
        "table",
        (),
        ("seat",),
        "open",
        "tabled",
        "Table a text.",
        guard="a member of an open table; clauses are such as the model reads",
        asks=(
            Asked("table", "item:table", "a table"),
            Asked("articles", "articles", "a list with a clause or null for each article"),
        ),
        words="must",
        does=_table,
    ),
    Row("sponsor", ("open",), ("member",), "", "sponsored", "Sponsor it too.", may=_no_sponsor_yet, does=_sponsor),
    Row(
        "withdraw",
        ("open",),
        ("sponsor",),
        "withdrawn",
        "withdrawn",
        "Withdraw it.",
        guard="no amendment of another state is carried",
        may=_untouched,
    ),
    Row("take", ("withdrawn",), ("member",), "open", "taken", "Take it over.", may=_no_member_lost, does=_take_over),
    Row(
        "stay",
        ("called", "proposed", "silent", "answering", "voting"),
        ("phase:debrief",),
        "open",
        "left open",
        "The room is over before it was decided.",
    ),
    Row(
        "lapse",
        ("open",),
        ("phase:next",),
        "lapsed",
        "lapsed",
        "The year ends.",
        guard="the rule `carry: lapsed`",
        may=_lapses,
    ),
)

MACHINE: Final = Machine(
    "text",
    "Text",
    STATES,
    ("adopted", "withdrawn", "lapsed"),
    ROWS,
    "Consensus, silence and vote act on texts; a text with brackets cannot be called, placed under silence or voted on. A text of which another state's carried "
    "amendment is a part is not its sponsors' alone any more, and is not withdrawn; one that was withdrawn may be taken over by any member, as a motion that was "
    "withdrawn may be introduced again by any in the General Assembly (rule 80).",
)
