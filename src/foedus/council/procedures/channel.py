"""Channels: private talk of a few seats, or with the facilitator; who is invited reads from then on."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.procedures.machine import TALKED, Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.table import shown_to

KINDS: Final = ("cell", "bilateral", "caucus", "facilitator")


def _open(ctx: Ctx) -> Change:
    seat = [ctx.seat] if ctx.seat is not None else []
    named = list(dict.fromkeys([*seat, *ctx.body.get("members", [])]))
    kind = ctx.body.get("kind") or ("cell" if named == seat else "bilateral" if len(named) == 2 else "caucus")
    if kind not in ("cell", "facilitator") and len(named) < 2:
        raise No("members", "a channel has two seats or more; one alone is a cell.")
    joined = seat or named
    data = {"members": named, "joined": joined, "kind": kind, "invited": [s for s in named if s not in joined]}
    return Change(set=data, see=seen_by_seats(named), say=("title",))


def members_see(ctx: Ctx) -> str:
    """Return the audience of a channel: those who joined, those who may, and the facilitator."""
    return seen_by_seats(ctx.it.get("members"))


def _joined_see(ctx: Ctx) -> str:
    return seen_by_seats(ctx.it.get("joined"))


def _accept(ctx: Ctx) -> Change:
    joined = [*ctx.it.get("joined"), ctx.seat]
    return Change(
        set={"joined": joined, "invited": [s for s in ctx.it.get("invited") if s != ctx.seat]}, see=members_see(ctx)
    )


def _invite(ctx: Ctx) -> Change:
    new = [s for s in ctx.body["members"] if s not in ctx.it.get("members")]
    if not new:
        raise No("members", "all of them are in this channel already.")
    members, invited = [*ctx.it.get("members"), *new], [*ctx.it.get("invited"), *new]
    shown = shown_to(ctx, ctx.it, seen_by_seats(new), members=members, invited=invited)
    return Change(set={"members": members, "invited": invited}, see=seen_by_seats(members), more=(shown,))


def _leave(ctx: Ctx) -> Change:
    def without(name: str) -> list[str]:
        return [s for s in ctx.it.get(name) if s != ctx.seat]

    left = without("joined")
    to = "closed" if not left else ""
    return Change(
        set={"joined": left, "members": without("members"), "invited": without("invited")}, see=members_see(ctx), to=to
    )


def _seen(ctx: Ctx) -> Change:
    return Change(see=members_see(ctx))


def _say(ctx: Ctx) -> Change:
    return Change(see=_joined_see(ctx))


ROWS: Final = (
    Row(
        "open",
        (),
        ("seat", "facilitator"),
        "open",
        "opened",
        "Open a private channel.",
        asks=(
            Asked("members", "states", "seats, each once", needed=False),
            Asked("kind", "word", "a kind of channel", needed=False, choices=KINDS),
        ),
        words="may",
        does=_open,
        phases=TALKED,
    ),
    Row("accept", ("open",), ("asked",), "", "joined", "Join the channel.", does=_accept, phases=TALKED),
    Row(
        "say",
        ("open",),
        ("channel", "facilitator"),
        "",
        "said",
        "Say something in private.",
        guard="read by those who have joined, and by the facilitator",
        words="must",
        does=_say,
        phases=TALKED,
    ),
    Row(
        "invite",
        ("open",),
        ("channel",),
        "",
        "invited",
        "Invite somebody; they read from then on.",
        asks=(Asked("members", "states", "seats, each once"),),
        does=_invite,
        phases=TALKED,
    ),
    Row(
        "leave",
        ("open",),
        ("channel", "asked"),
        "",
        "left",
        "Leave the channel.",
        effect="closed when the last has left",
        does=_leave,
        phases=TALKED,
    ),
    Row(
        "close",
        ("open",),
        ("channel", "facilitator"),
        "closed",
        "closed",
        "Close the channel.",
        does=_seen,
        phases=TALKED,
    ),
)

MACHINE: Final = Machine(
    "channel",
    "Channel",
    ("open", "closed"),
    ("open", "closed"),
    ROWS,
    "The cell of a seat, two seats, a caucus of several, or a line to the facilitator, who reads all of them; pages say so.",
)
