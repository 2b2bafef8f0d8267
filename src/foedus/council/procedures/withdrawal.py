"""Withdrawal: notice, which can be suspended or taken back until its day; then the state has left, with the fallback of the theory."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import Event, No
from foedus.council.clauses import members_of, parts_of_key
from foedus.council.fold import Item
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.roles import audience
from foedus.vocabulary.prose import country, listing

MONTHS: Final = 12
"""Notice where a treaty says nothing else (judged: the year of the North Atlantic Treaty's Article 13 and of most treaties of the hub)."""


def _notice(ctx: Ctx) -> Change:
    key, months = ctx.body["of"], ctx.body.get("months", MONTHS)
    if key not in ctx.room.in_force:
        raise No("in force", f"'{key}' is not in force; in force are {'; '.join(ctx.room.in_force) or 'no treaties'}.")
    if ctx.seat not in members_of(key):
        raise No("who", f"{ctx.seat} is no member of the {key}.")
    if not 0 <= months <= 120:
        raise No("form", "notice is given for 0 to 120 months.")
    if any(
        w.state in ("notice", "suspended") and w.get("state") == ctx.seat and w.get("of") == key
        for w in ctx.room.all("withdrawal").values()
    ):
        raise No("state", "notice is given already.")
    data = {"state": ctx.seat, "of": key, "months": months, "year": ctx.room.year + int(months // 12)}
    return Change(set=data, see="all", more=tuple(_called(ctx, key, t) for t in _tables(ctx, key)))


def _tables(ctx: Ctx, key: str) -> list[Item]:
    """Return the open tables at which all members of an institution sit."""
    members = set(members_of(key))
    return [t for t in ctx.room.tables.values() if t.state != "closed" and members <= set(t.get("members", ()))]


def _called(ctx: Ctx, key: str, table: Item) -> Event:
    """Return the concern by which a notice calls a table: it stands on the agenda at once."""
    named = listing(country(s, ctx.room.year) for s in members_of(key))
    about = [s for s in members_of(key) if s != ctx.seat]
    return ctx.event(
        "concern.raised",
        f"notice-{ctx.seat}-{len(ctx.room.concerns)}-{table.id}",
        audience(ctx.room, table),
        to="on the agenda",
        set={"table": table.id, "author": ctx.seat, "about": about, "asked": {}},
        say=["concern"],
        words=ctx.act.words or f"Notice to leave the {parts_of_key(key)[0]} of {named}.",
    )


def _told(ctx: Ctx) -> Change:
    """Return a change that all read, as they read the notice."""
    return Change(until=None, see="all")


def _again(ctx: Ctx) -> Change:
    return Change(set={"year": max(int(ctx.it.get("year")), ctx.room.year)}, see="all")


def _fallen_due(ctx: Ctx) -> None:
    if int(ctx.it.get("year")) > ctx.room.year:
        raise No("notice", f"notice runs until {ctx.it.get('year')}.")


ROWS: Final = (
    Row(
        "notice",
        (),
        ("state",),
        "notice",
        "given",
        "Give notice that we leave.",
        guard="a member of something in force",
        asks=(
            Asked("of", "key", "the name of an institution in force"),
            Asked("months", "number", "months of notice; 12 where left out", needed=False),
        ),
        words="may",
        effect="it calls every table at which all members sit: the notice stands on its agenda",
        does=_notice,
    ),
    Row(
        "suspend",
        ("notice",),
        ("owner",),
        "suspended",
        "suspended",
        "Suspend the notice: we stay for now.",
        words="may",
        does=_told,
    ),
    Row(
        "resume",
        ("suspended",),
        ("owner",),
        "notice",
        "resumed",
        "Take the notice up again.",
        effect="it ends when it would have, or this year",
        words="may",
        does=_again,
    ),
    Row(
        "revoke",
        ("notice", "suspended"),
        ("owner",),
        "revoked",
        "revoked",
        "Take the notice back: we stay.",
        words="may",
        does=_told,
    ),
    Row(
        "due",
        ("notice",),
        ("phase:work",),
        "leaving",
        "fallen due",
        "The notice ends within the year.",
        may=_fallen_due,
        does=_told,
    ),
    Row(
        "leave",
        ("leaving",),
        ("adjudicator",),
        "left",
        "left",
        "It has left at the exits of the year.",
        effect="falls back as the theory has it",
        does=_told,
    ),
    Row(
        "void", ("leaving", "notice"), ("adjudicator",), "void", "void", "There was nothing left to leave.", does=_told
    ),
)

MACHINE: Final = Machine(
    "withdrawal",
    "Withdrawal",
    ("notice", "suspended", "leaving", "left", "revoked", "void"),
    ("notice", "suspended", "left", "revoked", "void"),
    ROWS,
)
