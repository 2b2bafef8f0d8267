"""Mediation: offered, accepted by both sides, a proposal, accepted by both; what is settled has no third rung that year."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.procedures.machine import Change, Ctx, Machine, Row

_OPEN: Final = ("offered", "in confidence", "proposed")


def between(ctx: Ctx) -> str:
    """Return the audience of a mediation: both sides and the mediator."""
    return seen_by_seats([*ctx.it.get("sides"), ctx.it.get("mediator")])


def _accept(ctx: Ctx) -> Change:
    accepted = {*ctx.it.get("accepted"), str(ctx.seat)}
    ready = {*ctx.it.get("sides"), ctx.it.get("mediator")} <= accepted
    return Change(put={"accepted": {str(ctx.seat): True}}, to="in confidence" if ready else "", see=between(ctx))


def _propose(ctx: Ctx) -> Change:
    return Change(set={"agreed": {}}, see=between(ctx))


def _agree(ctx: Ctx) -> Change:
    agreed = {**ctx.it.get("agreed", {}), str(ctx.seat): True}
    ready = set(ctx.it.get("sides")) <= agreed.keys()
    if not ready:
        return Change(set={"agreed": agreed}, see=between(ctx))
    sides = " and ".join(ctx.it.get("sides"))
    told = ctx.event(
        "mediation.told",
        ctx.it.id,
        "all",
        set={"sides": ctx.it.get("sides"), "mediator": ctx.it.get("mediator"), "settles": sides},
        to="settled",
        actor="somebody",
    )
    return Change(set={"agreed": agreed}, to="settled", see=between(ctx), more=(told,))


def _seen(ctx: Ctx) -> Change:
    return Change(see=between(ctx))


def _of_this_year(ctx: Ctx) -> None:
    if ctx.it.year > ctx.room.year:
        raise No("year", "it is of another year.")


ROWS: Final = (
    Row(
        "accept",
        ("offered",),
        ("side", "mediator"),
        "",
        "accepted",
        "Accept good offices.",
        effect="in confidence when both sides and the mediator have",
        does=_accept,
    ),
    Row(
        "decline",
        ("offered",),
        ("side", "mediator"),
        "failed",
        "declined",
        "Decline good offices.",
        words="may",
        does=_seen,
    ),
    Row(
        "say",
        ("in confidence", "proposed"),
        ("side", "mediator"),
        "",
        "said",
        "Say something in confidence.",
        words="must",
        does=_seen,
    ),
    Row(
        "propose",
        ("in confidence", "proposed"),
        ("mediator",),
        "proposed",
        "proposed",
        "Propose a settlement.",
        words="must",
        does=_propose,
    ),
    Row(
        "agree",
        ("proposed",),
        ("side",),
        "",
        "agreed",
        "Accept the settlement.",
        effect="settled when both have: the quarrel has no third rung this year, and all are told that",
        does=_agree,
    ),
    Row(
        "refuse",
        ("in confidence", "proposed"),
        ("side", "mediator"),
        "failed",
        "refused",
        "Break the mediation off.",
        words="may",
        does=_seen,
    ),
    Row(
        "fail",
        _OPEN,
        ("phase:work",),
        "failed",
        "failed",
        "The year ends without a settlement.",
        may=_of_this_year,
        does=_seen,
    ),
)

MACHINE: Final = Machine(
    "mediation",
    "Mediation",
    (*_OPEN, "settled", "failed"),
    ("settled", "failed"),
    ROWS,
    "It is offered from a quarrel (`quarrel.offices`), a concern (`concern.refer`) or an adopted clause. Where nobody mediates the law's broker has its chance at the third rung.",
)
