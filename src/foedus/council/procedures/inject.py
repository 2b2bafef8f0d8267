"""Injects: what the facilitator brings into the room, prepared or at once; judged, and marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foedus.council.acts import Event, No, seat_of, seen_by_seats
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import Asked, Change, Ctx, Machine, Row
from foedus.council.quiet_hours import hour_meant

KINDS: Final = ("event", "fact", "shock", "leader", "budget", "seat", "deadline")
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
    "the room begins": "room.begun",
    "consultation begins": "room.consulting",
    "the table sits": "room.sitting",
    "orders are open": "room.ordering",
    "the year can be read": "room.reading",
    "the next year begins": "room.turned",
    "the debrief opens": "room.debriefing",
}
"""What an inject can wait for, and the event by which it is known."""
_ENDS: Final = ("lobby", "opening", "consultation", "table", "orders", "reading")
"""Phases to which an inject can set an end: from these the clock leads on."""
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
    _checked_clock_and_seat(ctx)
    if "by" in ctx.body and "upon" not in ctx.body:
        raise No("form", "a state that has to do it is named only where the inject waits for something.")
    data = {k: v for k, v in ctx.body.items() if k not in ("id", "for")}
    at = hour_meant(data["at"], ctx.room.form.rules.zone, ctx.now) if "at" in data else None
    if at is not None and "upon" in data:
        raise No("form", "an inject waits for its hour, or for what happens; choose one.")
    hour = {"at": at} if at is not None else {}
    return Change(set={**data, **hour, "to": list(ctx.body.get("to", []))}, see="F", say=("words",), until=at)


def _checked_clock_and_seat(ctx: Ctx) -> None:
    what, body = ctx.body["what"], ctx.body
    some = "to" in body or "table" in body
    if "to" in body and "table" in body:
        raise No("form", "an inject is for seats or for a table; choose one.")
    if what == "deadline" and (some or not 0 < body.get("value", 0) <= 1440):
        raise No(
            "form", "a deadline is a number of minutes to the end of the phase, a day at the most, and is told to all."
        )
    states = body.get("states", ())
    if what == "seat" and (len(states) != 1 or states[0] not in ctx.room.form.seats or some):
        raise No("form", "a seat that changes hands is one of this room, and all are told.")
    if what == "seat" and "hands" not in body:
        raise No("form", "say whose hands the seat comes into: the model's, or its people's.")


def _follows(ctx: Ctx) -> tuple[Event, ...]:
    """Return what an inject does to the room at once; facts, shocks and leaders are read when the year is worked out."""
    what, room = ctx.it.get("what"), ctx.room
    if what == "budget":
        return (ctx.event("room.budgeted", "room", "F", set={"budget": float(ctx.it.get("value"))}),)
    if (
        what == "deadline" and room.itself.state in _ENDS
    ):  # while it is paused, or nothing leads on from it, it is words
        until = ctx.now + 60.0 * float(ctx.it.get("value"))
        return (ctx.event("room.timed", "room", "all", until=until),)
    if what == "seat":
        name = str(ctx.it.get("states")[0])
        if ctx.it.get("hands") == "model":
            return (ctx.event("seat.handed", name, "all", to="played", set={"held": True}),)
        # whoever of them is heard of sits there again within a second
        to = "away" if room.seats[name].get("people") else "empty"
        return (ctx.event("seat.given back", name, "all", to=to, set={"held": False}),)
    return ()


def _open_still(ctx: Ctx) -> None:
    if ctx.room.phase == "closed":
        raise No("phase", "the room is closed.")


def _fire(ctx: Ctx) -> Change:
    to = _readers(ctx.room, ctx.it)
    see = seen_by_seats(to) if to else "all"
    return Change(
        set={**{k: v for k, v in ctx.it.data.items() if k != "turn"}, "fired": ctx.room.year},
        see=see,
        say=("words",),
        words=ctx.it.words.get("words", ""),
        until=None,
        more=_follows(ctx),
    )


def _readers(room: Room, item: Item) -> tuple[str, ...]:
    """Return who reads an inject: some seats, whoever sits at its table by then, or nobody named for all."""
    table = room.tables.get(str(item.get("table"))) if item.get("table") else None
    return tuple(table.get("members", ()) if table is not None else item.get("to") or ())


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
        readers = [*_readers(room, item)] or ["*"]
        known = event.see == "all" or (event.see.startswith("seats:") and {*readers} <= {*event.see[6:].split(",")})
        if known and item.get("by") in (None, who):
            yield item


def in_turn(room: Room) -> list[Item]:
    """Return the injects that are prepared in the order in which the console has them: as they were prepared, but those that were put first."""
    waiting = [i for i in room.all("inject").values() if i.state == "prepared"]
    return sorted(waiting, key=lambda i: int(i.get("turn", 0)))


def _not_first(ctx: Ctx) -> None:
    if in_turn(ctx.room)[0].id == ctx.it.id:
        raise No("first", "it stands first already.")


def _first(ctx: Ctx) -> Change:
    return Change(set={"turn": int(in_turn(ctx.room)[0].get("turn", 0)) - 1}, see="F")


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
            Asked("what", "word", "event, fact, shock, leader, budget, seat or deadline", choices=KINDS),
            Asked("to", "states", "seats that read it; all where left out", needed=False),
            Asked("table", "item:table", "a table whose members read it, instead of seats", needed=False),
            Asked("states", "states", "whom a shock, a new leader or a seat is about", needed=False),
            Asked("hands", "word", "who plays a seat from then on", needed=False, choices=("model", "people")),
            Asked("address", "word", "address of a quantity, as KOR.free_force", needed=False),
            Asked("value", "number", "a value within the range of the quantity; minutes of a deadline", needed=False),
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
    Row(
        "first",
        ("prepared",),
        ("facilitator",),
        "",
        "put first",
        "Put it first on the console.",
        guard="it is not there already",
        may=_not_first,
        does=_first,
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
    "An undertaking of an adopted text lies here too, until the facilitator admits it. A `seat` that comes into the model’s hands stays there, whoever opens its link, "
    "until another inject or the facilitator gives it back; a `deadline` ends the phase so many minutes later, whoever leads the others.",
)
