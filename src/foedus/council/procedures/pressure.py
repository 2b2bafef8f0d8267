"""Pressure: the adversary's plans against those who would sign, within a budget; laid on when the table closes."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row

_ON: Final = ("planned", "known", "laid on")


def spent(room: Room, adversary: str) -> float:
    """Return what an adversary's plans of this year cost together, bn a year."""
    mine = [p for p in room.pressures.values() if p.get("author") == adversary and p.year == room.year]
    return float(sum(p.get("cost") for p in mine if p.state in _ON))


def budget(room: Room) -> float:
    """Return the budget of an adversary, bn a year: that of the form, as injects changed it, or of the theory."""
    given = room.itself.get("budget", room.form.budget)
    return float(given) if given is not None else float(room.itself.get("law_budget", 0.0))


def limits(room: Room, adversary: str) -> dict[str, float]:
    """Return the most that an adversary can lay on each state against a council of all, bn a year; nothing where it is not known."""
    known = room.itself.get("law_limits")
    return {s: float(known.get(adversary, {}).get(s, 0.0)) for s in room.form.states} if known else {}


def _plan(ctx: Ctx) -> Change:
    target, cost = ctx.body["target"], ctx.body["cost"]
    if target not in ctx.room.form.states:
        raise No("target", "pressure is on a state that could sign something.")
    if cost <= 0:
        raise No("form", "pressure costs something: give bn a year above 0.")
    if ctx.room.form.budget is None and not {"budget", "law_budget"} & ctx.room.itself.data.keys():
        raise No("year", f"the facts of {ctx.room.year} are being worked out; plan again in some seconds.")
    left = budget(ctx.room) - spent(ctx.room, str(ctx.seat))
    if cost > left + 1e-9:
        raise No("budget", f"{cost:g} bn is more than is left of the budget, {max(left, 0.0):g} bn a year.")
    data = {"author": ctx.seat, "target": target, "cost": float(cost)}
    return Change(set=data, see=seen_by_seats([str(ctx.seat)]))


def _announce(ctx: Ctx) -> Change:
    public = bool(ctx.body.get("public", False))
    see = "all" if public else seen_by_seats([ctx.it.get("author"), ctx.it.get("target")])
    return Change(set={**ctx.it.data, "public": public}, see=see)


def _own(ctx: Ctx) -> Change:
    return Change(see=_known_to(ctx))


def _known_to(ctx: Ctx) -> str:
    if ctx.it.get("public"):
        return "all"
    target = [ctx.it.get("target")] if ctx.it.state != "planned" else []
    return seen_by_seats([ctx.it.get("author"), *target])


def _lay(ctx: Ctx) -> Change:
    see = "all" if ctx.it.get("public") else seen_by_seats([ctx.it.get("author"), ctx.it.get("target")])
    return Change(set={**ctx.it.data, **_felt(ctx.room, ctx.it)}, see=see)


def _felt(room: Room, plan: Item) -> dict[str, float]:
    """Return how much of a plan can be felt against a council of all, bn a year, and how much of its target's product that takes, %; nothing where it is not known."""
    author, target = str(plan.get("author")), str(plan.get("target"))
    most, price = limits(room, author).get(target), (room.itself.get("law_prices") or {}).get(target)
    if most is None or not price:
        return {}
    before = [p for p in room.pressures.values() if p.state == "laid on" and p.year == room.year]
    used = sum(float(p.get("felt", 0.0)) for p in before if (p.get("author"), p.get("target")) == (author, target))
    felt = min(float(plan.get("cost")), max(0.0, most - used))
    return {"felt": round(felt, 6), "hurts": round(felt / float(price), 4)}


def _this_year(ctx: Ctx) -> None:
    if ctx.it.year != ctx.room.year:
        raise No("year", "it is of another year.")


_BEFORE: Final = ("opening", "consultation", "table")

ROWS: Final = (
    Row(
        "plan",
        (),
        ("adversary",),
        "planned",
        "planned",
        "Plan pressure on a state.",
        guard="all plans of the year within the budget",
        effect="what is beyond what can be inflicted for an act hurts no more, and is not paid",
        asks=(Asked("target", "state", "a state"), Asked("cost", "number", "bn a year")),
        words="may",
        phases=_BEFORE,
        does=_plan,
    ),
    Row(
        "announce",
        ("planned",),
        ("author",),
        "known",
        "announced",
        "Announce it to the target, or to all.",
        asks=(Asked("public", "yes", "yes for all", needed=False),),
        words="may",
        phases=_BEFORE,
        does=_announce,
    ),
    Row(
        "withdraw",
        ("planned", "known"),
        ("author",),
        "withdrawn",
        "withdrawn",
        "Withdraw it.",
        phases=_BEFORE,
        does=_own,
    ),
    Row(
        "lay",
        ("planned", "known"),
        ("phase:order",),
        "laid on",
        "laid on",
        "The table has closed.",
        effect="its target reads it before its orders, and about how much of it can be felt; all do, if it was announced to all",
        may=_this_year,
        does=_lay,
    ),
    Row(
        "yield",
        ("known", "laid on"),
        ("target",),
        "",
        "yielded",
        "Say that we yield; our signature is what counts.",
        words="may",
        does=_own,
    ),
    Row("hold", ("known", "laid on"), ("target",), "", "held", "Say that we hold.", words="may", does=_own),
    Row("end", _ON, ("phase:next", "phase:debrief"), "over", "over", "The year is over.", does=_own),
)

MACHINE: Final = Machine(
    "pressure", "Pressure", ("planned", "known", "laid on", "withdrawn", "over"), ("laid on", "withdrawn", "over"), ROWS
)
