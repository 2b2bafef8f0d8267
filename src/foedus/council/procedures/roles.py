"""Roles: who somebody is to an item, as the rows of procedures name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.acts import CLOCK, FACILITATOR, MODEL, seen_by_seats
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import Ctx, Who


def table_of(room: Room, item: Item | None) -> Item | None:
    """Return the table that an item lies on; the table itself, or None."""
    if item is None:
        return None
    if item.family == "table":
        return item
    if item.family == "amendment":
        return table_of(room, room.item("text", str(item.get("text"))))
    return room.item("table", str(item.get("table")))


def members_at(room: Room, item: Item | None) -> tuple[str, ...]:
    """Return the seats at the table of an item, or the members that it names itself."""
    table = table_of(room, item)
    found: Any = (table or item).get("members", ()) if (table or item) is not None else ()  # type: ignore[union-attr]
    return tuple(found)


def audience(room: Room, item: Item | None) -> str:
    """Return who reads what happens to an item: everybody at a public table, else its members."""
    table = table_of(room, item)
    if table is not None and table.get("public"):
        return "all"
    return seen_by_seats(members_at(room, item))


def played(room: Room, seat: str) -> bool:
    """Return whether people answer for a state when a decision falls due.

    An empty seat, or one that is handed to the model, is the model's; one that is away is by the rule ``away``.
    """
    item = room.seats.get(seat)
    if item is None or item.state in ("empty", "played"):
        return False
    return not (item.state == "away" and room.form.rules.away == "model")


def abstains(room: Room, seat: str) -> bool:
    """Return whether a state counts as abstaining when a decision falls due."""
    item = room.seats.get(seat)
    return item is not None and item.state == "away" and room.form.rules.away == "abstain"


def unplayed(room: Room, members: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some members whom the model answers for."""
    return tuple(s for s in members if not played(room, s) and not abstains(room, s))


def rehearses(ctx: Ctx) -> bool:
    """Return whether who acts is the seat of a rehearsal: it moves the phases, and rules where a chair would."""
    return ctx.seat is not None and ctx.act.by not in (FACILITATOR, MODEL) and ctx.room.form.rules.clock == "seat"


def _member(ctx: Ctx) -> bool:
    return ctx.seat is not None and ctx.seat in members_at(ctx.room, ctx.item)


def _chair(ctx: Ctx) -> bool:
    table = table_of(ctx.room, ctx.item)
    chair = None if table is None else table.get("chair")
    return ctx.act.by == FACILITATOR or (ctx.seat is not None and (ctx.seat == chair or rehearses(ctx)))


def _in(name: str) -> Who:
    def holds(ctx: Ctx) -> bool:
        found = ctx.item.get(name) if ctx.item is not None else None
        return ctx.seat is not None and (ctx.seat == found or (isinstance(found, list | tuple) and ctx.seat in found))

    return holds


def _state(ctx: Ctx) -> bool:
    return ctx.seat is not None and ctx.seat in ctx.room.form.states


ROLES: Final[Mapping[str, tuple[str, Who]]] = {
    "facilitator": ("the facilitator", lambda c: c.act.by == FACILITATOR and c.seat is None),
    "chair": ("the chair, or the facilitator", _chair),
    "member": ("a member of the table", _member),
    "seat": ("any seat", lambda c: c.seat is not None),
    "state": ("the seat of a state", _state),
    "adversary": ("the adversary", lambda c: c.seat is not None and c.seat in c.room.form.adversaries),
    "rehearsal": ("the seat of a rehearsal", rehearses),
    "clock": ("the clock", lambda c: c.act.by == CLOCK),
    "model": ("the model", lambda c: c.act.by == MODEL and c.seat is not None),
    "adjudicator": ("the model", lambda c: c.act.by == MODEL and c.seat is None),
    "sponsor": ("a sponsor", _in("sponsors")),
    "author": ("who wrote it", _in("author")),
    "proposer": ("who proposed it", _in("proposer")),
    "raiser": ("who raised it", _in("author")),
    "concerned": ("whom it is about", _in("about")),
    "party": ("a party", _in("parties")),
    "side": ("a side of the quarrel", _in("sides")),
    "first": ("who raised the quarrel", _in("first")),
    "second": ("who answers", _in("second")),
    "moved": ("who moved last", _in("moved")),
    "mediator": ("the mediator", _in("mediator")),
    "owner": ("the seat itself", _in("state")),
    "asked": ("who is asked", _in("invited")),
    "target": ("who is pressed", _in("target")),
    "knocker": ("who knocks", _in("newcomer")),
    "inside": ("a member of the forum or body", _in("members")),
    "channel": ("who has joined", _in("joined")),
}
"""What a role is called, and whether who acts has it."""
