"""Concerns: raised, taken up, answered, referred, and closed by nobody but who raised them."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.roles import audience, members_at

_OPEN: Final = ("noted", "on the agenda", "referred")


def seated_at(ctx: Ctx, table: str) -> None:
    """Raise that who acts does not sit at an open table, where they do not.

    Raises
    ------
    No
        They do not, or it is closed.
    """
    item = ctx.room.item("table", table)
    if item is None or (ctx.seat not in members_at(ctx.room, item)):
        raise No("who", "that is done by a member of the table.")
    if item.state == "closed":
        raise No("state", "the table is closed; the chair can open it again.")


def _raise(ctx: Ctx) -> Change:
    table = ctx.body["table"]
    seated_at(ctx, table)
    item = ctx.room.item("table", table)
    about = [s for s in ctx.body.get("about", []) if s != ctx.seat]
    return Change(
        set={"table": table, "author": ctx.seat, "about": about, "asked": {}},
        see=audience(ctx.room, item),
        say=("concern",),
    )


def _refer(ctx: Ctx) -> Change:
    sides, mediator = [ctx.it.get("author"), ctx.body["side"]], ctx.body["mediator"]
    if len({*sides, mediator}) < 3:
        raise No("sides", "a mediation has two sides and a third state between them.")
    see = seen_by_seats([*sides, mediator])
    data = {"sides": sides, "mediator": mediator, "accepted": {}, "concern": ctx.it.id, "by": ctx.seat}
    more = ctx.event("mediation.offered", f"c{ctx.it.id}", see, to="offered", set=data)
    return Change(more=(more,) if ctx.room.item("mediation", f"c{ctx.it.id}") is None else ())


ROWS: Final = (
    Row(
        "raise",
        (),
        ("seat",),
        "noted",
        "raised",
        "Raise a concern at a table.",
        guard="a member of an open table",
        asks=(
            Asked("table", "item:table", "a table"),
            Asked("about", "states", "states that it is about", needed=False),
        ),
        words="must",
        does=_raise,
    ),
    Row(
        "ask",
        ("noted",),
        ("member",),
        "",
        "asked",
        "Ask that it be taken up.",
        does=lambda c: Change(put={"asked": {str(c.seat): True}}),
    ),
    Row("take", ("noted",), ("chair",), "on the agenda", "taken", "Take it up on the agenda."),
    Row(
        "decline",
        ("noted",),
        ("chair",),
        "",
        "declined",
        "Do not take it up; that is minuted.",
        words="may",
        does=lambda c: Change(set={"declined": True}),
    ),
    Row(
        "answer",
        _OPEN,
        ("concerned",),
        "",
        "answered",
        "Answer it.",
        words="must",
        does=lambda c: Change(put={"answered": {str(c.seat): True}}),
    ),
    Row(
        "refer",
        ("on the agenda",),
        ("chair", "raiser"),
        "referred",
        "referred",
        "Refer it to mediation.",
        effect="good offices are offered to both sides",
        asks=(Asked("side", "state", "the other side"), Asked("mediator", "state", "who mediates")),
        does=_refer,
    ),
    Row("meet", _OPEN, ("raiser",), "met", "met", "It is met.", words="may"),
    Row("leave", _OPEN, ("raiser",), "not met", "unmet", "It is not met; we leave it.", words="may"),
)

MACHINE: Final = Machine(
    "concern", "Concern", (*_OPEN, "met", "not met"), ("met", "not met"), ROWS, "Nobody but who raised it closes it."
)
