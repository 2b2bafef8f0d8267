"""Tables: who sits, who chairs, who has the floor; a ruling can be challenged."""

from __future__ import annotations

from typing import Any, Final

from foedus.council.acts import No, seen_by_seats
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import TALKED, Asked, Change, Ctx, Machine, Row

_OPEN: Final = ("open", "caucus", "challenged")


def _convene(ctx: Ctx) -> Change:
    members = list(ctx.body["members"])
    if ctx.seat is not None and ctx.seat not in members:
        members = [ctx.seat, *members]
    chair = ctx.body.get("chair", ctx.seat)
    if chair is not None and chair not in members:
        raise No("chair", f"{chair} chairs a table at which it does not sit; name one of {', '.join(members)}.")
    if len(members) < 2:
        raise No("members", "a table has two members or more.")
    public = bool(ctx.body.get("public", False))
    data = {
        "members": members,
        "chair": chair,
        "public": public,
        "floor": None,
        "list": [],
    }
    return Change(set=data, say=("title",), see="all" if public else seen_by_seats(members))


def shown_to(ctx: Ctx, item: Item, see: str, **changes: Any) -> Any:
    """Return the event that shows an item as it stands to those who did not know it."""
    slots = sorted(item.words)
    words = "\f".join(item.words[s] for s in slots) if slots else None
    return ctx.event(
        f"{item.family}.shown",
        item.id,
        see,
        to=item.state,
        set={**item.data, **changes},
        say=slots,
        until=item.until,
        words=words,
    )


def on_table(room: Room, table: str) -> list[Item]:
    """Return what lies on a table: concerns, texts, amendments to them."""
    texts = [t for t in room.texts.values() if t.get("table") == table]
    known = {t.id for t in texts}
    amendments = [a for a in room.amendments.values() if a.get("text") in known]
    return [*[c for c in room.concerns.values() if c.get("table") == table], *texts, *amendments]


def _invite(ctx: Ctx) -> Change:
    new = [s for s in ctx.body["members"] if s not in ctx.it.get("members")]
    if not new:
        raise No("members", "all of them sit at this table already.")
    members = [*ctx.it.get("members"), *new]
    see = seen_by_seats(members)
    shown = (
        ()
        if ctx.it.get("public")
        else tuple(shown_to(ctx, i, seen_by_seats(new)) for i in on_table(ctx.room, ctx.it.id))
    )
    whole = () if ctx.it.get("public") else (shown_to(ctx, ctx.it, seen_by_seats(new), members=members),)
    return Change(set={"members": members}, see="all" if ctx.it.get("public") else see, more=(*whole, *shown))


def _ask_floor(ctx: Ctx) -> Change:
    waiting = [*ctx.it.get("list", [])]
    if ctx.seat in waiting:
        raise No("list", f"{ctx.seat} is on the list already.")
    return Change(set={"list": [*waiting, ctx.seat]})


def _give_floor(ctx: Ctx) -> Change:
    who = ctx.body["seat"]
    if who not in ctx.it.get("members"):
        raise No("members", f"{who} does not sit at this table.")
    return Change(set={"floor": who, "list": [s for s in ctx.it.get("list", []) if s != who]})


def _checked_minutes(ctx: Ctx) -> float:
    if not 0 < ctx.body["minutes"] <= 1440:
        raise No("form", "a caucus lasts more than no minute and a day at the most.")
    return float(ctx.body["minutes"])


def _caucus(ctx: Ctx) -> Change:
    return Change(set=_no_motion(ctx), until=ctx.now + 60.0 * _checked_minutes(ctx))


def _no_motion(ctx: Ctx) -> dict[str, Any]:
    return {"motion": {}} if ctx.it.get("motion") else {}


def _move(ctx: Ctx) -> Change:
    return Change(set={"motion": {"by": ctx.seat, "minutes": _checked_minutes(ctx)}})


def _not_the_chair(ctx: Ctx) -> None:
    if ctx.seat == ctx.it.get("chair"):
        raise No("who", "the chair breaks for a caucus without asking.")
    if ctx.it.get("motion"):
        raise No("motion", "a caucus is asked for already; the chair agrees or declines.")


def _moved(ctx: Ctx) -> None:
    if not ctx.it.get("motion"):
        raise No("motion", "nobody has asked for a caucus.")


def _agree(ctx: Ctx) -> Change:
    return Change(set={"motion": {}}, until=ctx.now + 60.0 * float(ctx.it.get("motion")["minutes"]))


def _challenge(ctx: Ctx) -> Change:
    by = {**ctx.it.get("challengers", {}), str(ctx.seat): True}
    return Change(set={"challengers": by, "votes": {}}, to="challenged" if len(by) >= 2 else "")


def _vote_on_ruling(ctx: Ctx) -> Change:
    votes = {**ctx.it.get("votes", {}), str(ctx.seat): bool(ctx.body["overturn"])}
    present = [s for s in ctx.it.get("members") if s in ctx.room.seats and ctx.room.seats[s].state == "taken"]
    yes, need = sum(votes.values()), len(present) // 2 + 1
    over = yes >= need or len(votes) - yes > len(present) - need or set(present) <= votes.keys()
    if not over:
        return Change(put={"votes": {str(ctx.seat): votes[str(ctx.seat)]}})
    return Change(set={"votes": votes, "challengers": {}, "overturned": yes >= need}, to="open")


def _drop_challenge(ctx: Ctx) -> Change:
    return Change(set={"challengers": {}, "votes": {}, "overturned": False})


def _chair(ctx: Ctx) -> Change:
    if ctx.body["chair"] not in ctx.it.get("members"):
        raise No("members", f"{ctx.body['chair']} does not sit at this table.")
    return Change(set={"chair": ctx.body["chair"]})


def _say(ctx: Ctx) -> Change:
    floor = ctx.it.get("floor")
    if floor is not None and ctx.seat is not None and ctx.seat not in (floor, ctx.it.get("chair")):
        raise No("floor", f"{floor} has the floor; ask for it, or wait until it is free.")
    return Change()


ROWS: Final = (
    Row(
        "convene",
        (),
        ("state", "facilitator"),
        "open",
        "convened",
        "Convene a table; its members are told.",
        asks=(
            Asked("members", "states", "states, each once"),
            Asked("chair", "state", "the state that chairs", needed=False),
            Asked("public", "yes", "yes or no: whether everybody reads it", needed=False),
        ),
        words="must",
        does=_convene,
    ),
    Row(
        "invite",
        _OPEN,
        ("chair",),
        "",
        "invited",
        "Invite more states; they see what lies on the table.",
        asks=(Asked("members", "states", "states, each once"),),
        does=_invite,
    ),
    Row("ask", ("open",), ("member",), "", "asked", "Put us on the list of speakers.", does=_ask_floor),
    Row(
        "give",
        ("open",),
        ("chair",),
        "",
        "given",
        "Give somebody the floor.",
        asks=(Asked("seat", "state", "a member"),),
        does=_give_floor,
    ),
    Row(
        "open",
        ("open",),
        ("chair",),
        "",
        "freed",
        "Free the floor: everybody may speak.",
        does=lambda c: Change(set={"floor": None}),
    ),
    Row(
        "say",
        ("open", "caucus", "challenged"),
        ("member", "chair"),
        "",
        "said",
        "Say something at the table.",
        guard="who has the floor, or anybody while it is free",
        words="must",
        does=_say,
        phases=TALKED,
    ),
    Row(
        "rule",
        ("open",),
        ("chair",),
        "",
        "ruled",
        "Rule on a point of order.",
        words="must",
        does=lambda c: Change(set={"challengers": {}}),
    ),
    Row(
        "caucus",
        ("open",),
        ("chair",),
        "caucus",
        "caucusing",
        "Break for a caucus.",
        asks=(Asked("minutes", "number", "a number of minutes"),),
        does=_caucus,
    ),
    Row(
        "move",
        ("open",),
        ("member",),
        "",
        "moved",
        "Ask for a caucus of some minutes.",
        guard="not the chair, and while none is asked for",
        effect="the chair agrees or declines; the table goes on by itself when the time is up",
        may=_not_the_chair,
        asks=(Asked("minutes", "number", "a number of minutes"),),
        words="may",
        does=_move,
    ),
    Row(
        "agree",
        ("open",),
        ("chair",),
        "caucus",
        "agreed",
        "Agree to the caucus that is asked for.",
        guard="one is asked for",
        may=_moved,
        does=_agree,
    ),
    Row(
        "decline",
        ("open",),
        ("chair",),
        "",
        "declined",
        "Decline it.",
        guard="one is asked for",
        may=_moved,
        words="may",
        does=lambda c: Change(set={"motion": {}}),
    ),
    Row("reconvene", ("caucus",), ("chair", "clock"), "open", "reconvened", "Go on at the table."),
    Row(
        "challenge",
        ("open",),
        ("member",),
        "",
        "challenged",
        "Challenge the chair's ruling; two put it to the table.",
        effect="the second challenge opens a vote",
        does=_challenge,
    ),
    Row(
        "vote",
        ("challenged",),
        ("member",),
        "",
        "voted",
        "Uphold or overturn the ruling.",
        guard="simple majority of the seats present decides",
        asks=(Asked("overturn", "yes", "yes to overturn, no to uphold"),),
        does=_vote_on_ruling,
    ),
    Row(
        "uphold",
        ("challenged",),
        ("facilitator",),
        "open",
        "upheld",
        "End the challenge without a vote.",
        does=_drop_challenge,
    ),
    Row(
        "chair",
        _OPEN,
        ("chair",),
        "",
        "chaired",
        "Hand on the chair.",
        asks=(Asked("chair", "state", "a member"),),
        does=_chair,
    ),
    Row("adjourn", _OPEN, ("chair",), "closed", "adjourned", "Adjourn the table.", words="may"),
    Row("reopen", ("closed",), ("chair",), "open", "reopened", "Open the table again."),
)

MACHINE: Final = Machine(
    "table",
    "Table",
    (*_OPEN, "closed"),
    ("open", "closed"),
    ROWS,
    "What happens at a table is read by its members, or by everybody where it is public.",
)
