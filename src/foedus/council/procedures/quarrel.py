"""Quarrels: each year a ladder of three rungs; words say what is done, and no number is theirs."""

from __future__ import annotations

from typing import Any, Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row


def _raise(ctx: Ctx) -> Change:
    first = str(ctx.seat)
    second = next(s for s in ctx.it.get("sides") if s != first)
    return Change(set={"first": first, "second": second, "moved": first}, see="all")


def _moved(ctx: Ctx) -> Change:
    return Change(set={"moved": ctx.seat}, see="all")


def _not_brokered(ctx: Ctx) -> None:
    settled = [
        m
        for m in ctx.room.mediations.values()
        if m.state == "settled" and m.year == ctx.room.year and set(m.get("sides")) == set(ctx.it.get("sides"))
    ]
    if settled:
        raise No("brokered", f"{settled[0].get('mediator')} has settled it for this year: there is no third rung.")


_BACK: Final = {"raised": "quiet", "answered": "raised", "crisis": "answered"}


def _step_down(ctx: Ctx) -> Change:
    to = _BACK[ctx.it.state]
    moved = {"answered": ctx.it.get("second"), "raised": ctx.it.get("first"), "quiet": None}[to]
    return Change(set={"moved": moved}, to=to, see="all")


def _offices(ctx: Ctx) -> Change:
    sides, mediator = list(ctx.it.get("sides")), ctx.body.get("mediator", ctx.seat)
    if mediator is None or mediator in sides:
        raise No("mediator", "somebody else than the two sides mediates.")
    if ctx.seat is not None and ctx.seat not in (*sides, mediator):
        raise No("who", "good offices are asked for by a side, or offered by who would mediate.")
    data: dict[str, Any] = {
        "sides": sides,
        "mediator": mediator,
        "accepted": {str(ctx.seat): True} if ctx.seat else {},
        "quarrel": ctx.it.id,
    }
    name = f"{ctx.it.id}-{ctx.room.year}-{mediator}-{len(ctx.room.mediations)}"
    return Change(
        more=(ctx.event("mediation.offered", name, seen_by_seats([*sides, mediator]), to="offered", set=data),),
        see=seen_by_seats([*sides, mediator]),
    )


_RUNG: Final = "must"

ROWS: Final = (
    Row("raise", ("quiet",), ("side",), "raised", "raised", "Raise the quarrel: first rung.", words=_RUNG, does=_raise),
    Row(
        "answer",
        ("raised",),
        ("second",),
        "answered",
        "answered",
        "Answer in kind: second rung.",
        words=_RUNG,
        does=_moved,
    ),
    Row(
        "go",
        ("answered",),
        ("first",),
        "crisis",
        "gone on",
        "Go on to a crisis: third rung.",
        guard="no mediation of this year has settled it",
        words=_RUNG,
        may=_not_brokered,
        does=_moved,
    ),
    Row(
        "down",
        ("raised", "answered", "crisis"),
        ("moved",),
        "",
        "stepped down",
        "Step down one rung.",
        guard="who moved last",
        words="may",
        does=_step_down,
    ),
    Row(
        "offices",
        ("quiet", "raised", "answered"),
        ("seat", "facilitator"),
        "",
        "offices",
        "Ask for good offices, or offer them.",
        effect="a mediation is offered to both sides",
        asks=(Asked("mediator", "state", "who mediates", needed=False),),
        does=_offices,
    ),
    Row(
        "rest",
        ("raised", "answered", "crisis"),
        ("phase:next",),
        "quiet",
        "rested",
        "A new year begins.",
        does=lambda c: Change(set={"first": None, "second": None, "moved": None}, see="all"),
    ),
)

MACHINE: Final = Machine(
    "quarrel",
    "Quarrel",
    ("quiet", "raised", "answered", "crisis"),
    ("quiet", "raised", "answered", "crisis"),
    ROWS,
    "All read how far a quarrel has gone. A side that people play climbs as they say; for one that nobody plays the law climbs when the year is worked out.",
)
