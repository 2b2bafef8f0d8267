"""The year as pages read it: opened, worked out, and told to all after every seat has read its own."""

from __future__ import annotations

from typing import Final

from foedus.council.procedures.machine import Change, Ctx, Machine, Row


def _tell(ctx: Ctx) -> Change:
    return Change(set={"seats": ctx.it.get("seats", {})}, until=None, see="all")


def _own_first(ctx: Ctx) -> Change:
    return Change(until=ctx.now + ctx.room.form.rules.own_first_seconds, see="all")


ROWS: Final = (
    Row(
        "open",
        (),
        ("adjudicator",),
        "opened",
        "opened",
        "The facts of the year: what is in force, new leaders, quarrels.",
    ),
    Row(
        "work",
        ("opened",),
        ("adjudicator",),
        "worked out",
        "worked out",
        "What happened, in order, and who decided it.",
    ),
    Row(
        "hold",
        ("worked out",),
        ("phase:read",),
        "",
        "held",
        "Every seat reads its own year first.",
        guard="for as long as the rule `own_first_seconds` says",
        does=_own_first,
    ),
    Row(
        "tell",
        ("worked out",),
        ("facilitator", "clock"),
        "told",
        "told",
        "Show every seat's year to all.",
        does=_tell,
        phases=("year", "reading", "debrief"),
    ),
    Row(
        "pass",
        ("worked out",),
        ("phase:next", "phase:debrief"),
        "told",
        "told",
        "The room goes on: every seat's year is shown to all.",
        does=_tell,
    ),
)

MACHINE: Final = Machine("year", "Year", ("opened", "worked out", "told"), ("opened", "worked out", "told"), ROWS)
