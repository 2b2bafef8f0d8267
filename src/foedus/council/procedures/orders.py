"""Orders: what binds is given sealed, per seat and year; what is not confirmed is not carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from foedus.council.acts import FACILITATOR, No, seen_by_seats
from foedus.council.clauses import members_of
from foedus.council.procedures.machine import PLAYED, Asked, Change, Ctx, Machine, Row

FIELDS: Final = (
    Asked("sign", "answers", "yes or no by agreed treaty", needed=False),
    Asked("if", "answers", "a treaty by treaty: we sign the first only if the second enters into force", needed=False),
    Asked("leave", "answers", "yes (leave) or no (stay) by institution in force", needed=False),
    Asked("climb", "answers", "yes or no by state: whether we take the next rung against it", needed=False),
    Asked("light", "answers", "yes or no by state: a light treaty with it, if a forum asks", needed=False),
    Asked("admit", "answers", "yes or no by state: whether it may come in, if it knocks", needed=False),
    Asked("apply", "answers", "yes or no by institution: whether we knock at its door", needed=False),
)
"""What orders decide; what is left out is the seat's default: nothing signed, nothing left, no rung."""

BINDS: Final = "binds"
"""Data of orders that were carried out: their seat decided, though it be away since. Logs from before do not have it, and are read as they were."""


def _own(ctx: Ctx) -> str:
    return seen_by_seats([str(ctx.seat or ctx.it.get("state"))])


def _put(ctx: Ctx) -> Change:
    name = f"{ctx.seat}:{ctx.room.year}"
    known = ctx.room.item("orders", name)
    if known is not None and ctx.item is None:
        raise No(
            "state", f"orders of {ctx.seat} for {ctx.room.year} are put already; change them by their name, {name}."
        )
    _checked(ctx)
    given = {f.name: dict(ctx.body[f.name]) for f in FIELDS if f.name in ctx.body}
    return Change(set={"state": ctx.seat, "year": ctx.room.year, **given}, id=name, see=seen_by_seats([str(ctx.seat)]))


def _checked(ctx: Ctx) -> None:
    room, seat = ctx.room, str(ctx.seat)
    for field in FIELDS:
        for name, said in ctx.body.get(field.name, {}).items():
            if isinstance(said, bool) is (field.name == "if"):
                raise No("form", f"{field.name} is not {field.says}.")
            _known(room, seat, field.name, name, said)


def _known(room: Any, seat: str, field: str, name: str, said: Any) -> None:
    if field in ("sign", "if"):
        for treaty in (name, said) if field == "if" else (name,):
            found = room.treaties.get(treaty)
            if found is None or (treaty == name and seat not in found.get("parties", ())):
                raise No("sign", f"there is no treaty '{treaty[:40]}' that {seat} could sign.")
            if found.state not in ("agreed", "refused", "in force"):
                raise No("sign", f"the treaty '{treaty}' is {found.state}; it is signed once it is agreed.")
    elif field == "leave":
        if name not in room.in_force or seat not in members_of(name):
            raise No("leave", f"'{name[:60]}' is nothing in force that {seat} could leave.")
    elif field == "apply":
        if name not in room.in_force or seat in members_of(name):
            raise No("apply", f"'{name[:60]}' is nothing in force at whose door {seat} could knock.")
    elif name not in (*room.form.states, *room.form.adversaries) or name == seat:
        raise No("form", f"'{name[:40]}' is no other state of this case.")


def _seen(ctx: Ctx) -> Change:
    return Change(see=seen_by_seats([str(ctx.it.get("state"))]))


def _carried(ctx: Ctx) -> Change:
    return replace(_seen(ctx), set={BINDS: True})


def _of_this_year(ctx: Ctx) -> None:
    if ctx.it.get("year") != ctx.room.year:
        raise No("year", f"these are orders of {ctx.it.get('year')}.")


def _by_its_head(ctx: Ctx) -> None:
    _of_this_year(ctx)
    seat, person = ctx.room.seats.get(str(ctx.it.get("state"))), ctx.act.person
    head = seat.get("head") if seat is not None and ctx.room.form.rules.confirms == "head" else None
    if None not in (head, person) and person != head and ctx.act.by != FACILITATOR:
        raise No("head", "only who leads your seat confirms its orders, or takes them back; tell them in your cell.")


def decisions(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what orders say, field by field."""
    return {f.name: dict(data.get(f.name, {})) for f in FIELDS}


ROWS: Final = (
    Row("put", (), ("state",), "draft", "put", "Put our orders of the year.", asks=FIELDS, does=_put, phases=PLAYED),
    Row(
        "put",
        ("draft",),
        ("owner",),
        "draft",
        "put",
        "Change our orders.",
        asks=FIELDS,
        may=_of_this_year,
        does=_put,
        phases=PLAYED,
    ),
    Row(
        "confirm",
        ("draft",),
        ("owner",),
        "confirmed",
        "confirmed",
        "Confirm them.",
        guard="the head of the seat, where the rule `confirms` says so and somebody leads it",
        may=_by_its_head,
        does=_seen,
        phases=("orders",),
    ),
    Row(
        "take",
        ("confirmed",),
        ("owner",),
        "draft",
        "taken back",
        "Take them back.",
        guard="as for confirming",
        may=_by_its_head,
        does=_seen,
        phases=("orders",),
    ),
    Row(
        "carry",
        ("confirmed",),
        ("phase:work",),
        "carried out",
        "carried out",
        "The orders are closed.",
        effect="they bind, whether or not somebody of the seat is there when the year is worked out",
        may=_of_this_year,
        does=_carried,
    ),
    Row(
        "drop",
        ("draft",),
        ("phase:work",),
        "not confirmed",
        "not confirmed",
        "The orders are closed; drafts are no orders.",
        may=_of_this_year,
        does=_seen,
    ),
)

MACHINE: Final = Machine(
    "orders",
    "Orders",
    ("draft", "confirmed", "carried out", "not confirmed"),
    ("carried out", "not confirmed"),
    ROWS,
    "A seat that nobody plays decides by law. One that is played and has confirmed nothing signs nothing, leaves nothing and climbs only as far as its quarrel says.",
)
