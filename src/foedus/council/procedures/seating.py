"""Seats: taken, away, played by the model, taken again; a seat outlives its people."""

from __future__ import annotations

from typing import Final

from foedus.council.procedures.machine import TALKED, Change, Ctx, Machine, Row


def _told(ctx: Ctx) -> Change:
    return Change(see="all")


def _sat(ctx: Ctx) -> Change:
    return Change(set={"people": int(ctx.it.get("people", 0)) + 1}, see="all")


def _freed(ctx: Ctx) -> Change:
    return Change(set={"people": 0}, see="all")


ROWS: Final = (
    Row(
        "take",
        ("empty", "taken", "away", "played"),
        ("owner", "facilitator"),
        "taken",
        "taken",
        "Sit down; what was decided stays.",
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
    "decision falls due: the model, nobody (the deadline waits), or it abstains.",
)
