"""Channels: private talk of a few seats, or with the facilitator; who is invited reads from then on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from foedus.council.acts import Event, No, seat_of, seen_by_seats
from foedus.council.fold import Item, Said
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
    seat, before = str(ctx.seat), ctx.it.get("joined")
    invited = [s for s in ctx.it.get("invited") if s != seat]
    # how much was said before is nobody's but the facilitator's: who joins must not learn even that
    spoken = {seat: len(spoken_in(ctx.it))}
    counted = (ctx.event("channel.counted", ctx.it.id, "F", put={"spoken": spoken}),)
    return Change(
        set={"joined": [*before, seat], "invited": invited},
        put={"late": {seat: []}} if before else {},
        see=members_see(ctx),
        more=counted if before else (),
    )


def spoken_in(item: Item) -> list[Said]:
    """Return what was said in a channel, without what was shown to late comers once more."""
    return [s for s in item.said if s.kind == "channel.said"]


def _before(item: Item, seat: str) -> list[str]:
    """Return those who had joined before a seat and are still there; all of them have to agree."""
    joined = list(item.get("joined", ()))
    return joined[: joined.index(seat)] if seat in joined else []


def asked_by(item: Item, seat: str | None) -> tuple[str, ...]:
    """Return the late comers whom a seat can still let read what was said before they came."""
    late = item.get("late", {})
    return tuple(s for s, agreed in late.items() if seat in _before(item, s) and seat not in agreed)


def _somebody_late(ctx: Ctx) -> None:
    if not asked_by(ctx.it, ctx.seat):
        raise No("late", "nobody joined after you who waits for you to agree.")


def _agree(ctx: Ctx) -> Change:
    who = str(ctx.body["seat"])
    if who not in asked_by(ctx.it, ctx.seat):
        raise No("late", f"{who} did not join after you, or you have agreed already.")
    agreed = [*ctx.it.get("late")[who], str(ctx.seat)]
    see = members_see(ctx)
    if not set(_before(ctx.it, who)) <= {*agreed}:
        return Change(put={"late": {who: agreed}}, see=see)
    return Change(put={"late": {who: agreed}}, see=see, more=tuple(_recalled(ctx, who)))


def _recalled(ctx: Ctx, who: str) -> Iterator[Event]:
    """Yield what was said before a seat came, each as an event of its own for that seat alone.

    What somebody wrote who has left is not among it: they cannot agree any more. Each names by its place what it repeats, so that it
    is stored as written by the same person, and goes when they erase their words.
    """
    own = {*_before(ctx.it, who)}
    for number, said in enumerate(spoken_in(ctx.it)[: int(ctx.it.get("spoken", {}).get(who, 0))]):
        seat = said.seat or seat_of(said.by)
        if seat and seat not in own:
            continue
        place = {"for": said.seat} if said.seat and seat_of(said.by) is None else {}
        told = {"repeats": number, "then": {"year": said.year, "phase": said.phase}, **place}
        yield ctx.event("channel.recalled", ctx.it.id, seen_by_seats([who]), words=said.words, actor=said.by, **told)


def _invite(ctx: Ctx) -> Change:
    new = [s for s in ctx.body["members"] if s not in ctx.it.get("members")]
    if not new:
        raise No("members", "all of them are in this channel already.")
    members, invited = [*ctx.it.get("members"), *new], [*ctx.it.get("invited"), *new]
    open_to_all = replace(ctx.it, data={k: v for k, v in ctx.it.data.items() if k != "spoken"})
    shown = shown_to(ctx, open_to_all, seen_by_seats(new), members=members, invited=invited)
    return Change(set={"members": members, "invited": invited}, see=seen_by_seats(members), more=(shown,))


def _leave(ctx: Ctx) -> Change:
    def without(name: str) -> list[str]:
        return [s for s in ctx.it.get(name) if s != ctx.seat]

    left = without("joined")
    to = "closed" if not left else ""
    late = {s: a for s, a in ctx.it.get("late", {}).items() if s != ctx.seat}
    return Change(
        set={"joined": left, "members": without("members"), "invited": without("invited"), "late": late},
        see=members_see(ctx),
        to=to,
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
        "Invite somebody; they read from when they join on.",
        asks=(Asked("members", "states", "seats, each once"),),
        does=_invite,
        phases=TALKED,
    ),
    Row(
        "agree",
        ("open",),
        ("channel",),
        "",
        "agreed",
        "Let who joined later read what was said before.",
        guard="who joined before them, each once",
        effect="when all have agreed who were there before, it is shown to them; not what a seat wrote that has left",
        asks=(Asked("seat", "state", "a seat that joined after you"),),
        may=_somebody_late,
        does=_agree,
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
