"""Seats: taken, away, played by the model, taken again; a seat outlives its people."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import FACILITATOR, No, seen_by_seats
from foedus.council.procedures.machine import TALKED, Asked, Change, Ctx, Machine, Row


def _told(ctx: Ctx) -> Change:
    return Change(set=_over(ctx), see="all")


def _over(ctx: Ctx) -> dict[str, bool]:
    """Return that neither an inject nor who stands in has the seat any more, where one of them had it."""
    return {name: False for name in ("held", "stood") if ctx.it.get(name)}


def _not_stood(ctx: Ctx) -> None:
    if ctx.it.get("stood"):
        raise No("stood", "the facilitator stands in for this seat; it is not away.")


def _stood(ctx: Ctx) -> None:
    if not ctx.it.get("stood"):
        raise No("stood", "nobody stands in for this seat.")


def _sat(ctx: Ctx) -> Change:
    return Change(set={"people": int(ctx.it.get("people", 0)) + 1, **_over(ctx)}, see="all")


def _not_held(ctx: Ctx) -> None:
    if ctx.it.get("held") and ctx.act.by != FACILITATOR:
        raise No("held", "the model plays this seat until the facilitator gives it back.")


def _freed(ctx: Ctx) -> Change:
    return Change(set={"people": 0, **_over(ctx), **({"head": None} if heads(ctx) else {})}, see="all")


def heads(ctx: Ctx) -> bool:
    """Return whether the head of a seat confirms its orders in this room."""
    return ctx.room.form.rules.confirms == "head"


def _led(ctx: Ctx) -> Change:
    if ctx.act.person is None:
        raise No("form", "whoever leads a seat comes by a link of it.")
    return Change(set={"head": ctx.act.person}, see=seen_by_seats([ctx.it.id]))


def _leads_nobody(ctx: Ctx) -> None:
    if not heads(ctx):
        raise No("head", "anybody of a seat confirms its orders in this room.")
    if ctx.it.get("head") is not None:
        raise No("head", "somebody leads this seat already; they, or the facilitator, can end that.")


def _led_by(ctx: Ctx) -> None:
    if ctx.it.get("head") is None:
        raise No("head", "nobody leads this seat.")
    if ctx.act.by != FACILITATOR and ctx.act.person not in (None, ctx.it.get("head")):
        raise No("head", "only who leads this seat, or the facilitator, ends that.")


def _talked(ctx: Ctx) -> None:
    if ctx.room.phase not in TALKED:
        raise No("phase", f"something is declared between the lobby and the debrief; the room is {ctx.room.phase}.")


def _declared(ctx: Ctx) -> Change:
    last = max((int(s.get("declared", 0)) for s in ctx.room.seats.values()), default=0)
    return Change(set={"declared": last + 1}, see="all")


_LONGEST: Final = 10.0
"""How many times as long a seat may have (WCAG 2.2, criterion 2.2.1: a time limit can be made at least ten times as long; 1 is none)."""


def _eased(ctx: Ctx) -> Change:
    if not 1 <= ctx.body["times"] <= _LONGEST:
        raise No("form", f"a seat has 1 to {_LONGEST:g} times as long; 1 is as long as all others.")
    if "person" in ctx.body:  # one of its people: not even the others of the seat are told
        return Change(put={"eased": {str(int(ctx.body["person"])): float(ctx.body["times"])}}, see="F")
    return Change(set={"longer": float(ctx.body["times"])}, see=seen_by_seats([ctx.it.id]))


ROWS: Final = (
    Row(
        "take",
        ("empty", "taken", "away", "played"),
        ("owner", "facilitator"),
        "taken",
        "taken",
        "Sit down; what was decided stays.",
        guard="an inject has not given it to the model",
        may=_not_held,
        does=_sat,
        phases=TALKED,
    ),
    Row(
        "miss",
        ("taken",),
        ("clock", "facilitator"),
        "away",
        "away",
        "Nobody of the seat was heard of for 20 seconds.",
        guard="the facilitator does not stand in for it",
        may=_not_stood,
        does=_told,
    ),
    Row(
        "return",
        ("away",),
        ("owner", "clock", "facilitator"),
        "taken",
        "back",
        "Somebody of the seat is heard of again.",
        does=_told,
    ),
    Row(
        "return",
        ("taken",),
        ("owner", "clock"),
        "",
        "back",
        "Somebody of the seat is heard of again: nobody stands in for it any more.",
        guard="the facilitator stood in for it",
        may=_stood,
        does=_told,
    ),
    Row(
        "stand",
        ("away", "played", "empty"),
        ("facilitator",),
        "taken",
        "stood in",
        "Stand in for the seat: the facilitator answers for it until somebody of it is heard of again.",
        effect="all are told; each answer says who gave it and why",
        words="may",
        does=lambda c: Change(set={**_over(c), "stood": True}, see="all"),
    ),
    Row(
        "hand",
        ("taken", "away", "empty"),
        ("owner", "facilitator"),
        "played",
        "handed",
        "Play for us: the model decides until somebody sits down again.",
        words="may",
        does=_told,
    ),
    Row(
        "lead",
        ("taken", "away", "played"),
        ("owner",),
        "",
        "led",
        "Lead our seat: its head confirms the orders.",
        guard="the rule `confirms: head`, and nobody leads it yet",
        effect="its people and the facilitator know",
        may=_leads_nobody,
        does=_led,
        phases=TALKED,
    ),
    Row(
        "yield",
        ("taken", "away", "played", "empty"),
        ("owner", "facilitator"),
        "",
        "yielded",
        "Have nobody lead this seat: anybody of it confirms until somebody does.",
        guard="its head, or the facilitator",
        may=_led_by,
        does=lambda c: Change(set={"head": None}, see=seen_by_seats([c.it.id])),
        phases=TALKED,
    ),
    Row(
        "declare",
        ("taken", "away", "played"),
        ("owner",),
        "",
        "declared",
        "Declare something in public: everybody reads it, who watches too.",
        guard="from the lobby to the debrief; it is words, and the model reads nothing of it",
        may=_talked,
        words="must",
        does=_declared,
        phases=TALKED,
    ),
    Row(
        "ease",
        ("empty", "taken", "away", "played"),
        ("facilitator",),
        "",
        "eased",
        "Give this seat longer, from now on: what it answers at a table, and its orders, last so many times as long, and no other seat is told.",
        effect="of a limit that runs already what is left of it; others see the usual hour, after which the text, or the end of the orders, waits",
        asks=(
            Asked("times", "number", "how many times as long, 1 to 10"),
            Asked("person", "number", "the number of one of its links, who alone is told then", needed=False),
        ),
        does=_eased,
    ),
    Row(
        "note",
        ("empty", "taken", "away", "played"),
        ("facilitator",),
        "",
        "noted",
        "Write into the notebook: a note on a seat that only facilitators read.",
        words="must",
        does=lambda c: Change(see="F"),
    ),
    Row(
        "free",
        ("taken", "away", "played"),
        ("facilitator",),
        "empty",
        "freed",
        "Free the seat; its links are replaced.",
        words="may",
        does=_freed,
    ),
)

MACHINE: Final = Machine(
    "seat",
    "Seat",
    ("empty", "taken", "away", "played"),
    ("empty", "taken", "away", "played"),
    ROWS,
    "An empty seat and one that is played are the model's. For one that is away the rule `away` says who answers when a "
    "decision falls due: the model, nobody (the deadline waits), or it abstains. Where the rule `confirms` says so, one of its "
    "people leads a seat and confirms its orders.",
)
