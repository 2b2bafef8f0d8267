"""Joint démarche: members of a forum or body press an adversary together, in words, in the names of those who joined."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import MODEL, No, seen_by_seats
from foedus.council.clauses import members_of, parts_of_key
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import DECIDED, Asked, Change, Ctx, Does, Machine, Row

LEAST: Final = 2
"""Members who have to join before it is delivered, the proposer among them: one alone presses nobody jointly."""
_JOINED: Final = "joined"
_ASIDE: Final = "aside"


def forums_of(room: Room, seat: str | None) -> tuple[str, ...]:
    """Return the keys of the forums and bodies in force that a seat is a member of; of nobody in particular all of them."""
    keys = (k for k in room.in_force if parts_of_key(k)[0] in ("forum", "body"))
    return tuple(k for k in keys if seat is None or seat in members_of(k))


def names(item: Item) -> tuple[str, ...]:
    """Return in whose names it is made: those who joined, in the order of the institution."""
    answers = item.get("answers", {})
    found = item.get("names") or [s for s in item.get("members", ()) if answers.get(s) == _JOINED]
    return tuple(found)


def _people(ctx: Ctx) -> None:
    if ctx.act.by == MODEL:
        raise No("who", "the theory has no law for a joint démarche; where nobody plays a seat it is silent.")


def _somewhere(ctx: Ctx) -> None:
    _people(ctx)
    if not ctx.room.form.adversaries:
        raise No("adversary", "there is no adversary in this room.")
    if not forums_of(ctx.room, ctx.seat):
        open_ = "; ".join(forums_of(ctx.room, None)) or "none"
        raise No("in force", f"{ctx.seat} is a member of no forum or body in force; in force are {open_}.")


def _propose(ctx: Ctx) -> Change:
    key, target = ctx.body["of"], ctx.body["adversary"]
    if key not in forums_of(ctx.room, None):
        mine = "; ".join(forums_of(ctx.room, ctx.seat))
        raise No("in force", f"'{key}' is no forum or body in force; {ctx.seat} is a member of {mine}.")
    if ctx.seat not in members_of(key):
        raise No("who", f"{ctx.seat} is no member of the {key}.")
    if target not in ctx.room.form.adversaries:
        known = ", ".join(ctx.room.form.adversaries)
        raise No("adversary", f"a joint démarche is made to an adversary of the room: {known}; {target} is none.")
    members = list(members_of(key))
    answers = {str(ctx.seat): _JOINED}
    data = {"of": key, "members": members, "target": target, "author": ctx.seat, "answers": answers}
    return Change(set=data, see=seen_by_seats(members), say=("demarche",))


def _says(word: str) -> Does:
    return lambda ctx: Change(put={"answers": {str(ctx.seat): word}}, see=_members(ctx))


def _members(ctx: Ctx) -> str:
    return seen_by_seats(ctx.it.get("members"))


def _not_the_proposer(ctx: Ctx) -> None:
    _people(ctx)
    if ctx.seat == ctx.it.get("author"):
        raise No("who", "who proposed it has joined it, and withdraws it instead of standing aside.")


def _enough(ctx: Ctx) -> None:
    joined = names(ctx.it)
    if len(joined) < LEAST:
        raise No(
            "joined", f"it is joint once {LEAST} members have joined, the proposer among them; so far {joined[0]}."
        )
    if "demarche" not in ctx.it.words:
        raise No("words", "its words were erased; propose it anew.")


def _deliver(ctx: Ctx) -> Change:
    # who reads of it only now learns what it says and in whose names, and not who stood aside or who proposed it
    known = {k: ctx.it.get(k) for k in ("of", "members", "target")}
    public = bool(ctx.body.get("public", False))
    see = "all" if public else seen_by_seats([*ctx.it.get("members"), ctx.it.get("target")])
    return Change(
        set={**known, "names": list(names(ctx.it)), "public": public},
        see=see,
        say=("demarche",),
        words=ctx.it.words["demarche"],
    )


def _who_knows(ctx: Ctx) -> Change:
    target = [ctx.it.get("target")] if ctx.it.get("names") else []
    return Change(see="all" if ctx.it.get("public") else seen_by_seats([*ctx.it.get("members"), *target]))


ROWS: Final = (
    Row(
        "propose",
        (),
        ("state",),
        "proposed",
        "proposed",
        "Propose a joint démarche to the adversary.",
        guard="a member of a forum or body in force; to an adversary of the room",
        effect="its members alone read of it",
        asks=(
            Asked("of", "key", "a forum or body in force that we are a member of"),
            Asked("adversary", "state", "an adversary"),
        ),
        words="must",
        may=_somewhere,
        does=_propose,
    ),
    Row(
        "join",
        ("proposed",),
        ("inside",),
        "",
        "joined",
        "Join it.",
        words="may",
        may=_not_the_proposer,
        does=_says(_JOINED),
    ),
    Row(
        "aside",
        ("proposed",),
        ("inside",),
        "",
        "stood aside",
        "Stand aside; it does not hinder the others.",
        words="may",
        may=_not_the_proposer,
        does=_says(_ASIDE),
    ),
    Row(
        "withdraw",
        ("proposed",),
        ("author",),
        "withdrawn",
        "withdrawn",
        "Withdraw it before it is delivered.",
        words="may",
        does=_who_knows,
    ),
    Row(
        "deliver",
        ("proposed",),
        ("author", "facilitator"),
        "delivered",
        "delivered",
        "Deliver it in the names of those who joined.",
        guard=f"{LEAST} members have joined, the proposer among them",
        effect="the adversary reads it, or all do if it is public; not who stood aside",
        asks=(Asked("public", "yes", "yes for all to read", needed=False),),
        may=_enough,
        does=_deliver,
    ),
    Row(
        "yield",
        ("delivered",),
        ("target",),
        "yielded",
        "yielded",
        "Answer that we yield, in words.",
        words="must",
        phases=DECIDED,
        may=_people,
        does=_who_knows,
    ),
    Row(
        "hold",
        ("delivered",),
        ("target",),
        "held",
        "held",
        "Answer that we hold, in words.",
        words="must",
        phases=DECIDED,
        may=_people,
        does=_who_knows,
    ),
    Row(
        "fall",
        ("proposed",),
        ("phase:next", "phase:debrief"),
        "withdrawn",
        "fallen",
        "The year is over before it was delivered.",
        does=_who_knows,
    ),
    Row(
        "lapse",
        ("delivered",),
        ("phase:next", "phase:debrief"),
        "unanswered",
        "lapsed",
        "The year is over without an answer.",
        does=_who_knows,
    ),
)

MACHINE: Final = Machine(
    "demarche",
    "Joint démarche",
    ("proposed", "delivered", "yielded", "held", "unanswered", "withdrawn"),
    ("yielded", "held", "unanswered", "withdrawn"),
    ROWS,
    "It is words: the model reads nothing of it. The theory has no law for joining or answering one, so that a seat that the model plays neither joins nor hinders, and leaves one that it gets unanswered.",
)
