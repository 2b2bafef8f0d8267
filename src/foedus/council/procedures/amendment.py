"""Amendments: carried if nobody objects, in square brackets if somebody does, until those who hold the bracket lift it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from foedus.council.acts import CLOCK, MOST_ARTICLES, Event, No
from foedus.council.fold import Item, Room, family_of, folded
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.roles import audience, members_at
from foedus.council.procedures.text import clause_of
from foedus.council.quiet_hours import awake


def _text(ctx: Ctx) -> Item:
    text = ctx.room.item("text", str(ctx.it.get("text")))
    assert text is not None, "an amendment is to a text"
    return text


def _article(text: Item, name: str) -> Mapping[str, Any]:
    found = next((a for a in text.get("articles", ()) if a["id"] == name), None)
    if found is None:
        known = ", ".join(a["id"] for a in text.get("articles", ()))
        raise No("article", f"there is no article {name}; the text has {known}.")
    return dict(found)


def _amended(ctx: Ctx) -> Item:
    """Return the text that an act is to amend, which has to be open, for a member of its table."""
    text = ctx.room.item("text", ctx.body["text"])
    assert text is not None, "the body was checked"
    if ctx.seat not in members_at(ctx.room, text):
        raise No("who", "that is done by a member of the table.")
    if text.state != "open":
        raise No("state", f"the text is {text.state}; amendments are offered while it is open.")
    return text


def _add(ctx: Ctx) -> Change:
    """Return the offer of an article of its own, whose name no other article of the text has or is offered under."""
    text = _amended(ctx)
    there = [str(a["id"]) for a in text.get("articles", ())]
    offered = [str(a.get("article")) for a in ctx.room.amendments.values() if a.get("text") == text.id and a.get("new")]
    if len({*there, *offered}) >= MOST_ARTICLES:
        raise No("length", f"a text has {MOST_ARTICLES} articles at the most.")
    name = f"a{1 + max(int(n[1:]) for n in (*there, *offered))}"
    return _offered(ctx, text, name, clause_of(ctx, ctx.body.get("clause")), new=True)


def _offer(ctx: Ctx) -> Change:
    text = _amended(ctx)
    article = _article(text, ctx.body["article"])
    version = int(text.get("version"))
    saw = version if ctx.act.saw is None else ctx.act.saw
    if article["since"] > saw:
        raise No(
            "stale",
            f"article {article['id']} was changed in version {article['since']}, and you saw version {saw}. Look at it; your words are kept.",
        )
    return _offered(ctx, text, article["id"], clause_of(ctx, ctx.body.get("clause", article["clause"])))


def _offered(ctx: Ctx, text: Item, article: str, clause: str | None, **more: Any) -> Change:
    data = {
        "text": text.id,
        "article": article,
        "clause": clause,
        "author": ctx.seat,
        "since": int(text.get("version")),
        "accepted": {},
        "objectors": {},
        "sides": {},
        **more,
    }
    return Change(
        set=data,
        until=ctx.due_in(ctx.room.form.rules.amendment_seconds),
        say=("wording",),
        see=audience(ctx.room, text),
    )


_NONE: Final = "No such article."
"""What stands beside a new article in brackets."""


def _replaced(text: Item, name: str, **changes: Any) -> list[dict[str, Any]]:
    """Return the articles of a text, one of them changed; a new one stands behind the others."""
    there = [dict(a) for a in text.get("articles", ())]
    if name not in [a["id"] for a in there]:
        there.append({"id": name, "clause": None})
    return [{**a, **changes} if a["id"] == name else a for a in there]


def _carried(ctx: Ctx) -> tuple[Event, ...]:
    """Return what follows a carried amendment: the new version, without the brackets it held; others on it are stale."""
    text, see = _text(ctx), audience(ctx.room, ctx.it)
    name, version = ctx.it.get("article"), int(_text(ctx).get("version")) + 1
    articles = _replaced(text, name, clause=ctx.it.get("clause"), since=version, brackets=[])
    wording = ctx.it.words.get("wording", "")
    new = ctx.event(
        "text.amended",
        text.id,
        see,
        set={"articles": articles, "version": version},
        say=[name],
        words=wording,
        actor="somebody",
    )
    return (new, *_overtaken(ctx))


def _overtaken(ctx: Ctx) -> tuple[Event, ...]:
    """Return the end of all other amendments to the same article."""
    see, name, text = audience(ctx.room, ctx.it), ctx.it.get("article"), ctx.it.get("text")
    others = [
        a
        for a in ctx.room.amendments.values()
        if a.id != ctx.it.id
        and a.get("text") == text
        and a.get("article") == name
        and a.state in ("offered", "bracketed")
    ]
    return tuple(ctx.event("amendment.overtaken", a.id, see, to="stale", until=None, actor="somebody") for a in others)


def _carry(ctx: Ctx) -> Change:
    return Change(until=None, more=_carried(ctx))


def _still_open(ctx: Ctx) -> None:
    if _text(ctx).state != "open":
        raise No("state", f"the text is {_text(ctx).state}.")


def _of_another(ctx: Ctx) -> None:
    if ctx.seat == ctx.it.get("author"):
        raise No("who", "who offered it withdraws it instead.")
    _still_open(ctx)


def _held(ctx: Ctx) -> None:
    if ctx.seat not in ctx.it.get("objectors"):
        raise No("who", "a bracket is lifted by those who hold it.")
    _still_open(ctx)


def _accept(ctx: Ctx) -> Change:
    # not by a sponsor alone: nobody else could object any more while the time to do so still runs
    accepted = {**ctx.it.get("accepted"), str(ctx.seat): True}
    all_others = set(members_at(ctx.room, ctx.it)) - {ctx.it.get("author")}
    if all_others <= accepted.keys() and _text(ctx).state == "open":
        return Change(set={"accepted": accepted}, to="carried", until=None, more=_carried(ctx))
    return Change(put={"accepted": {str(ctx.seat): True}})


def _object(ctx: Ctx) -> Change:
    objectors = {**ctx.it.get("objectors"), str(ctx.seat): True}
    return Change(set={"objectors": objectors}, until=None, more=_marked(ctx, objectors))


def _marked(ctx: Ctx, objectors: Mapping[str, bool]) -> tuple[Event, ...]:
    """Return the event that puts both wordings into the text, each with its seats, or takes them out."""
    text, name = _text(ctx), ctx.it.get("article")
    there = name in [a["id"] for a in text.get("articles", ())]
    mine = {"amendment": ctx.it.id, "for": ctx.it.get("author"), "against": sorted(objectors)}
    rest = [b for b in _article(text, name)["brackets"] if b["amendment"] != ctx.it.id] if there else []
    brackets = [*rest, mine] if objectors else rest
    kind, see = "text.bracketed" if objectors else "text.cleared", audience(ctx.room, ctx.it)
    if ctx.it.get("new") and not objectors:  # nothing stands where a new article falls, nor what was offered to it
        if not there:
            return ()
        left = [dict(a) for a in text.get("articles", ()) if a["id"] != name]
        return (ctx.event(kind, text.id, see, set={"articles": left}, actor="somebody"), *_overtaken(ctx))
    if not there:
        articles = _replaced(text, name, since=1, brackets=brackets)
        return (ctx.event(kind, text.id, see, set={"articles": articles}, say=[name], words=_NONE, actor="somebody"),)
    set_ = {"articles": _replaced(text, name, brackets=brackets)}
    return (ctx.event(kind, text.id, see, set=set_, actor="somebody"),)


def _lift(ctx: Ctx) -> Change:
    objectors = {s: True for s in ctx.it.get("objectors") if s != ctx.seat}
    if objectors:
        return Change(set={"objectors": objectors}, more=_marked(ctx, objectors))
    return Change(set={"objectors": {}}, to="carried", until=None, more=_carried(ctx))


def _fall(ctx: Ctx) -> Change:
    return Change(until=None, more=_marked(ctx, {}))


def _by_majority(ctx: Ctx) -> None:
    if ctx.room.form.rules.brackets != "majority":
        raise No("brackets", "in this room those who hold a bracket lift it (rule `brackets`).")
    _still_open(ctx)


def _side(ctx: Ctx) -> Change:
    return Change(put={"sides": {str(ctx.seat): bool(ctx.body["yes"])}})


def _decide(ctx: Ctx) -> Change:
    sides = {**dict.fromkeys(ctx.it.get("objectors"), False), ctx.it.get("author"): True, **ctx.it.get("sides", {})}
    if sum(sides.values()) * 2 > len(sides):
        return Change(to="carried", until=None, more=_carried(ctx))
    return Change(to="fallen", until=None, more=_marked(ctx, {}))


def given_their_time(room: Room, events: tuple[Event, ...], now: float) -> Iterator[Event]:
    """Yield events, and after each that opens a text again the whole time to object for what was offered and waited meanwhile.

    Nobody could object while the text was closed, so the time that ran out in it is not held against them.

    Parameters
    ----------
    room : Room
        Before the events.
    events : tuple of Event
    now : float
    """
    if not any(family_of(e.kind) == "text" for e in events):
        yield from events
        return
    for event in events:
        yield event
        before, room = room, folded(room, event)
        name = str(event.body.get("id"))
        was, is_ = before.texts.get(name), room.texts.get(name)
        if was is None or is_ is None or was.state == "open" or is_.state != "open":
            continue
        rules = room.form.rules
        least = awake(now + rules.amendment_seconds, rules.quiet, rules.zone)
        waiting = [a for a in room.amendments.values() if a.get("text") == name and a.state == "offered"]
        for offer in [a for a in waiting if a.until is not None and a.until < least]:
            body = {"id": offer.id, "until": least}
            kept = Event("amendment.timed", CLOCK, audience(room, offer), body, None, room.year, room.phase)
            yield kept
            room = folded(room, kept)


ROWS: Final = (
    Row(
        "offer",
        (),
        ("seat",),
        "offered",
        "offered",
        "Offer another wording of an article.",
        guard="the article is unchanged since the version that was seen, else the act is stale and its words are kept",
        asks=(
            Asked("text", "item:text", "a text"),
            Asked("article", "word", "an article"),
            Asked("clause", "clause", "a clause; that of the article where left out", needed=False),
        ),
        words="must",
        does=_offer,
    ),
    Row(
        "add",
        (),
        ("seat",),
        "offered",
        "offered",
        "Add an article of its own.",
        effect="it stands behind the others as soon as it is carried; until then in brackets, if somebody objects",
        asks=(Asked("text", "item:text", "a text"), Asked("clause", "clause", "a clause", needed=False)),
        words="must",
        does=_add,
    ),
    Row(
        "accept",
        ("offered",),
        ("member",),
        "",
        "accepted",
        "Accept the new wording.",
        effect="carried at once when all others have",
        may=_of_another,
        does=_accept,
    ),
    Row(
        "carry",
        ("offered",),
        ("clock",),
        "carried",
        "carried",
        "Nobody objected.",
        effect="a new version of the text; other amendments to the article are stale",
        may=_still_open,
        does=_carry,
    ),
    Row(
        "object",
        ("offered", "bracketed"),
        ("member",),
        "bracketed",
        "bracketed",
        "Object: both wordings stand in square brackets.",
        words="may",
        may=_of_another,
        does=_object,
    ),
    Row(
        "lift",
        ("bracketed",),
        ("member",),
        "",
        "lifted",
        "Lift our bracket: we let the new wording stand.",
        effect="carried when nobody holds it any more",
        may=_held,
        does=_lift,
    ),
    Row(
        "side",
        ("bracketed",),
        ("member",),
        "",
        "sided",
        "Say for which wording we are.",
        asks=(Asked("yes", "yes", "ticked, we are for the new wording; not ticked, for the old one"),),
        does=_side,
    ),
    Row(
        "decide",
        ("bracketed",),
        ("chair",),
        "",
        "decided",
        "Let the seats decide the bracket.",
        guard="the rule `brackets: majority`; more for it than against it",
        may=_by_majority,
        does=_decide,
    ),
    Row(
        "withdraw",
        ("offered", "bracketed"),
        ("author",),
        "fallen",
        "withdrawn",
        "Withdraw it.",
        effect="its bracket goes",
        may=_still_open,
        does=_fall,
    ),
)

MACHINE: Final = Machine(
    "amendment",
    "Amendment",
    ("offered", "bracketed", "carried", "fallen", "stale"),
    ("carried", "fallen", "stale"),
    ROWS,
    "While its text is not open an amendment waits; when the text is open again, whoever wants to object has the whole time for it. That a sponsor of the text accepts does not end the time of the others: any of them may object until it is over, or until all others have accepted.",
)
