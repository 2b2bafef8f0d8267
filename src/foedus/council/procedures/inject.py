"""Injects: what the facilitator brings into the room, prepared or at once; judged, and marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foedus.council.acts import Event, No, seat_of, seen_by_seats
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.quiet_hours import hour_meant

KINDS: Final = ("event", "fact", "shock", "leader", "budget")
UPON: Final = {
    "a concern is raised": "concern.raised",
    "a text is adopted": "text.published",
    "silence is broken": "silence.broken",
    "somebody objects to consensus": "consensus.objected",
    "a quarrel is raised": "quarrel.raised",
    "a quarrel is answered": "quarrel.answered",
    "a quarrel becomes a crisis": "quarrel.gone on",
    "a mediation settles": "mediation.told",
    "somebody gives notice": "withdrawal.given",
    "pressure is announced": "pressure.announced",
    "consultation begins": "room.consulting",
    "the table sits": "room.sitting",
    "orders are open": "room.ordering",
    "the year can be read": "room.reading",
    "the next year begins": "room.turned",
    "the debrief opens": "room.debriefing",
}
"""What an inject can wait for, and the event by which it is known."""
_WHENEVER: Final = ("set up", "lobby", "opening", "consultation", "table", "orders", "year", "reading", "debrief")


def _prepare(ctx: Ctx) -> Change:
    what = ctx.body["what"]
    if what == "fact" and not ({"address", "value"} <= ctx.body.keys()):
        raise No("form", "a fact has an address and a value, such as KOR.free_force and 0.8.")
    if what == "fact" and not (
        (ctx.act.words or "").strip() or "name" in ctx.body
    ):  # an exercise has its reasons in its words
        raise No("reason", "a number that is changed is judged: say why in words.")
    if what == "budget" and not (isinstance(ctx.body.get("value"), int | float) and ctx.body["value"] >= 0):
        raise No("form", "a budget is a number of bn a year, 0 or more.")
    if what == "shock" and len(ctx.body.get("states", ())) != 2:
        raise No("form", "a shock hits a quarrel of two states.")
    if what == "leader" and len(ctx.body.get("states", ())) != 1:
        raise No("form", "a new leader is one state's.")
    if "by" in ctx.body and "upon" not in ctx.body:
        raise No("form", "a state that has to do it is named only where the inject waits for something.")
    data = {k: v for k, v in ctx.body.items() if k not in ("id", "for")}
    at = hour_meant(data["at"], ctx.room.form.rules.zone, ctx.now) if "at" in data else None
    if at is not None and "upon" in data:
        raise No("form", "an inject waits for its hour, or for what happens; choose one.")
    hour = {"at": at} if at is not None else {}
    return Change(set={**data, **hour, "to": list(ctx.body.get("to", []))}, see="F", say=("words",), until=at)


def _open_still(ctx: Ctx) -> None:
    if ctx.room.phase == "closed":
        raise No("phase", "the room is closed.")


def _fire(ctx: Ctx) -> Change:
    to = ctx.it.get("to") or ()
    see = seen_by_seats(to) if to else "all"
    more: tuple[Event, ...] = ()
    if ctx.it.get("what") == "budget":
        more = (ctx.event("room.budgeted", "room", "F", set={"budget": float(ctx.it.get("value"))}),)
    return Change(
        set={**ctx.it.data, "fired": ctx.room.year},
        see=see,
        say=("words",),
        words=ctx.it.words.get("words", ""),
        until=None,
        more=more,
    )


def called_for(room: Room, event: Event) -> Iterator[Item]:
    """Yield the injects that an event brings in by itself.

    An event that not everybody reads of brings in only what is for those who do: else what is hidden would be told by it.

    Parameters
    ----------
    room : Room
    event : Event
    """
    who = str(event.body.get("for") or seat_of(event.actor) or "")
    for item in room.all("inject").values():
        if item.state != "prepared" or UPON.get(str(item.get("upon"))) != event.kind:
            continue
        readers = [*item.get("to", ())] or ["*"]
        known = event.see == "all" or (event.see.startswith("seats:") and {*readers} <= {*event.see[6:].split(",")})
        if known and item.get("by") in (None, who):
            yield item


def _hidden(ctx: Ctx) -> Change:
    return Change(see="F", until=None)


ROWS: Final = (
    Row(
        "prepare",
        (),
        ("facilitator",),
        "prepared",
        "prepared",
        "Prepare an inject.",
        asks=(
            Asked("what", "word", "event, fact, shock, leader or budget", choices=KINDS),
            Asked("to", "states", "seats that read it; all where left out", needed=False),
            Asked("states", "states", "whom a shock or a new leader is about", needed=False),
            Asked("address", "word", "address of a quantity, as KOR.free_force", needed=False),
            Asked("value", "number", "a value within the range of the quantity", needed=False),
            Asked("name", "word", "a name, for those that are prepared beforehand", needed=False),
            Asked("when", "word", "a phase, as a reminder", needed=False),
            Asked("at", "hour", "an hour to come where the room is, as 14:30 or 2026-11-30 14:30", needed=False),
            Asked("upon", "word", "what brings it in by itself", needed=False, choices=tuple(UPON)),
            Asked("by", "state", "only where this state does it", needed=False),
        ),
        words="may",
        does=_prepare,
        phases=_WHENEVER,
    ),
    Row(
        "fire",
        ("prepared",),
        ("facilitator", "clock"),
        "fired",
        "fired",
        "Bring it in.",
        guard="by the clock at its hour, where it has one",
        may=_open_still,
        effect="facts count from this year on, always marked as judged; what waits for something (`upon`) comes by itself "
        "when it happens, if all who would read it may read of that",
        does=_fire,
        phases=_WHENEVER,
    ),
    Row("drop", ("prepared",), ("facilitator",), "dropped", "dropped", "Drop it.", does=_hidden, phases=_WHENEVER),
)

MACHINE: Final = Machine(
    "inject",
    "Inject",
    ("prepared", "fired", "dropped"),
    ("prepared", "fired", "dropped"),
    ROWS,
    "An undertaking of an adopted text lies here too, until the facilitator admits it.",
)
