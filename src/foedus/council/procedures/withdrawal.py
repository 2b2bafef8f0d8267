"""Withdrawal: notice, which can be taken back until its day; then the state has left, with the fallback of the theory."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import No
from foedus.council.clauses import members_of
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row

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
        w.state == "notice" and w.get("state") == ctx.seat and w.get("of") == key
        for w in ctx.room.all("withdrawal").values()
    ):
        raise No("state", "notice is given already.")
    data = {"state": ctx.seat, "of": key, "months": months, "year": ctx.room.year + int(months // 12)}
    return Change(set=data, see="all")


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
        does=_notice,
    ),
    Row("revoke", ("notice",), ("owner",), "revoked", "revoked", "Take the notice back: we stay.", words="may"),
    Row(
        "due",
        ("notice",),
        ("phase:work",),
        "leaving",
        "fallen due",
        "The notice ends within the year.",
        may=_fallen_due,
    ),
    Row(
        "leave",
        ("leaving",),
        ("adjudicator",),
        "left",
        "left",
        "It has left at the exits of the year.",
        effect="falls back as the theory has it",
    ),
    Row("void", ("leaving", "notice"), ("adjudicator",), "void", "void", "There was nothing left to leave."),
)

MACHINE: Final = Machine(
    "withdrawal",
    "Withdrawal",
    ("notice", "leaving", "left", "revoked", "void"),
    ("notice", "left", "revoked", "void"),
    ROWS,
)
