"""Accession: somebody knocks or is invited, all members agree, member and newcomer sign; one refusal holds it up."""

from __future__ import annotations

from typing import Any, Final

from foedus.council.acts import Event, No, seen_by_seats
from foedus.council.clauses import key_of, members_of, parts_of_key
from foedus.council.procedures.adoption import BY_LAW, after, answer
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row


def _applied(ctx: Ctx, newcomer: str) -> Change:
    key = ctx.body["to"]
    if key not in ctx.room.in_force:
        raise No("in force", f"'{key}' is not in force; in force are {'; '.join(ctx.room.in_force) or 'no treaties'}.")
    members = members_of(key)
    if newcomer in members:
        raise No("members", f"{newcomer} is a member of it already.")
    if newcomer in ctx.room.form.adversaries:
        raise No("members", f"{newcomer} is an adversary of this case.")
    if parts_of_key(key)[0] not in ("body", "forum"):
        raise No("door", "a treaty of two has no door.")
    data = {"of": key, "members": list(members), "newcomer": newcomer, "answers": {}}
    return Change(set=data, see=seen_by_seats((*members, newcomer)))


def _knock(ctx: Ctx) -> Change:
    return _applied(ctx, str(ctx.seat))


def _invite(ctx: Ctx) -> Change:
    if ctx.seat not in members_of(ctx.body["to"]):
        raise No("who", "an invitation comes from a member.")
    return _applied(ctx, ctx.body["newcomer"])


def _see(item_data: Any) -> str:
    return seen_by_seats((*item_data.get("members"), item_data.get("newcomer")))


def _agree(ctx: Ctx) -> Change:
    answers = after(ctx, "agree")
    see, members = _see(ctx.it), ctx.it.get("members")
    if all(answers.get(s, {}).get("answer") == "agree" for s in members):
        return Change(set={"answers": answers}, to="invited", see=see, more=(_opened(ctx),))
    return Change(put=answer(ctx, "agree"), see=see)


def _opened(ctx: Ctx) -> Event:
    """Return the treaty that member and newcomer sign."""
    kind, rule, members, depth = parts_of_key(ctx.it.get("of"))
    newcomer = ctx.it.get("newcomer")
    data = {
        "parties": [*members, newcomer],
        "makes": key_of(kind, (*members, newcomer), rule, depth),
        "ends": "",
        "replaces": ctx.it.get("of"),
        "newcomer": newcomer,
        "initialled": {},
        "accession": ctx.it.id,
    }
    return ctx.event("treaty.agreed", f"x{ctx.it.id}", _see(ctx.it), to="agreed", set=data, actor="somebody")


def _refuse(ctx: Ctx) -> Change:
    return Change(put=answer(ctx, "refuse"), see=_see(ctx.it))


def _again(ctx: Ctx) -> Change:
    return Change(set={"answers": {}}, see=_see(ctx.it))


def _seen(ctx: Ctx) -> Change:
    return Change(see=_see(ctx.it))


_INSIDE: Final = ("inside", "model")

ROWS: Final = (
    Row(
        "knock",
        (),
        ("state",),
        "applied",
        "applied",
        "Knock at the door of a body or forum.",
        guard="somebody outside a body or forum in force",
        asks=(Asked("to", "key", "the name of a body or forum in force"),),
        words="may",
        does=_knock,
    ),
    Row(
        "invite",
        (),
        ("state",),
        "applied",
        "applied",
        "Invite somebody into a body or forum.",
        guard="a member of a body or forum in force",
        asks=(
            Asked("to", "key", "the name of a body or forum in force"),
            Asked("newcomer", "state", "a state outside"),
        ),
        words="may",
        does=_invite,
    ),
    Row(
        "agree",
        ("applied",),
        _INSIDE,
        "",
        "agreed",
        "Agree to it.",
        effect="invited when all members do; then member and newcomer sign",
        asks=BY_LAW,
        words="may",
        does=_agree,
    ),
    Row("refuse", ("applied",), _INSIDE, "held up", "held up", "Refuse it.", asks=BY_LAW, words="may", does=_refuse),
    Row("reopen", ("held up",), ("inside", "knocker"), "applied", "reopened", "Take it up again.", does=_again),
    Row(
        "withdraw",
        ("applied", "held up"),
        ("knocker",),
        "withdrawn",
        "withdrawn",
        "Withdraw the application.",
        does=_seen,
    ),
    Row("accede", ("invited",), ("adjudicator",), "acceded", "acceded", "All have signed.", does=_seen),
)

MACHINE: Final = Machine(
    "accession",
    "Accession",
    ("applied", "invited", "held up", "acceded", "withdrawn"),
    ("held up", "invited", "acceded", "withdrawn"),
    ROWS,
)
