"""The room itself: set up, lobby, and then year by year from opening to reading; the facilitator or a clock drives."""

from __future__ import annotations

from typing import Final

from foedus.council.acts import CLOCK, No
from foedus.council.fold import Item, Room
from foedus.council.procedures.machine import Asked, Change, Ctx, Does, Machine, Row
from foedus.council.procedures.roles import audience
from foedus.council.quiet_hours import awake
from foedus.council.room_form import begins_of

PHASES: Final = (
    "set up",
    "lobby",
    "opening",
    "consultation",
    "table",
    "orders",
    "year",
    "reading",
    "debrief",
    "closed",
    "paused",
)
_RUNNING: Final = PHASES[1:9]
_DRIVES: Final = ("facilitator", "clock", "rehearsal")
_LEADS: Final = ("facilitator", "rehearsal")
_ANSWERED: Final = ("text", "amendment")
"""Families whose deadlines people answer: none falls into the quiet hours."""


def minutes(room: Room, phase: str) -> float | None:
    """Return how long a phase is planned to last, minutes; None where it is open, or one with the next."""
    planned, one = room.form.plan, room.form.rules.phases == "free"
    if one and phase == "consultation":
        return None
    found = [
        float(planned[p]) for p in (("consultation", "table") if one and phase == "table" else (phase,)) if p in planned
    ]
    return sum(found) if found else None


def called(room: Room, phase: str) -> str:
    """Return what a phase is called in a room."""
    return "Consultation and table" if phase == "table" and room.form.rules.phases == "free" else phase.capitalize()


def _apart(ctx: Ctx) -> None:
    if ctx.room.form.rules.phases == "free":
        raise No("phases", "consultation and table are one in this room; go on to the table.")


_NEXT: Final = {
    "lobby": "opening",
    "opening": "consultation",
    "consultation": "table",
    "table": "orders",
    "orders": "year",
    "reading": "opening",
}
"""What begins when a phase ends, where the clock can have it so; the year ends when it is worked out."""


def ends_at(room: Room, phase: str, year: int) -> float | None:
    """Return when a phase of a year ends because what follows begins at a day and hour; None where that has none."""
    after = _NEXT.get(phase, "")
    if after == "consultation" and room.form.rules.phases == "free":
        after = "table"
    return begins_of(room.form, after, year + (phase == "reading"))


def dated(room: Room) -> bool:
    """Return whether the phase that it is ends at a day and hour, and has not been made longer or put off."""
    until, day = room.itself.until, ends_at(room, room.phase, room.year)
    return until is not None and day is not None and abs(until - day) < 1.0


def _go(ctx: Ctx, phase: str, *, year: int | None = None) -> Change:
    changes = {"entered": ctx.now} if year is None else {"entered": ctx.now, "year": year}
    until = ends_at(ctx.room, phase, ctx.room.year if year is None else year)
    if until is None or until <= ctx.now:  # a date that is over moves nothing: somebody is late, and leads on
        long = minutes(ctx.room, phase) if ctx.room.form.rules.clock == "plan" else None
        until = None if long is None else ctx.now + 60.0 * long
    return Change(set=changes, until=until, see="all")


def _to(phase: str) -> Does:
    return lambda ctx: _go(ctx, phase)


def _next(ctx: Ctx) -> Change:
    return _go(ctx, "opening", year=ctx.room.year + 1)


def rests(room: Room) -> float:
    """Return the minutes of the pause that the clock makes when this phase ends; 0 where it makes none."""
    more = room.itself.state == "reading" and room.year < room.form.last and room.itself.get("rested") != room.year
    led = room.form.rules.clock != "plan" or ends_at(room, "reading", room.year) is not None
    return (minutes(room, "pause") or 0.0) if more and not led else 0.0


def _more_years(ctx: Ctx) -> None:
    if ctx.act.by == CLOCK and rests(ctx.room):
        raise No("pause", "the pause of the plan comes first.")
    if ctx.room.year >= ctx.room.form.last:
        raise No("years", f"{ctx.room.year} is the last year of this room; open the debrief.")


def _worked_out(ctx: Ctx) -> None:
    year = ctx.room.years.get(str(ctx.room.year))
    if year is None or year.state not in ("worked out", "told"):
        raise No("year", f"the year {ctx.room.year} is not worked out yet.")


def _planned(ctx: Ctx) -> None:
    if ctx.act.by == CLOCK and not rests(ctx.room):
        raise No("pause", "no pause is planned here.")


def _pause(ctx: Ctx) -> Change:
    stands = {"paused_in": ctx.it.state, "paused_at": ctx.now}
    if ctx.act.by != CLOCK:
        return Change(set=stands, see="all")
    until = ctx.now + 60.0 * rests(ctx.room)
    return Change(set={**stands, "rested": ctx.room.year, "resting": True}, until=until, see="all")


def _over(ctx: Ctx) -> None:
    if ctx.act.by == CLOCK and not ctx.it.get("resting"):
        raise No("pause", "somebody made this pause, and ends it.")


def _resume(ctx: Ctx) -> Change:
    paused = max(0.0, ctx.now - float(ctx.it.get("paused_at", ctx.now)))
    rules = ctx.room.form.rules
    late = [(i, i.until + paused) for i in ctx.room.deadlines if i.until is not None and i.family in _ANSWERED]
    more = tuple(
        ctx.event(
            "silence.extended" if i.state == "silent" else f"{i.family}.put off",
            i.id,
            audience(ctx.room, i),
            until=until,
            actor=CLOCK,
        )
        for i, at in late
        if (until := awake(at, rules.quiet, rules.zone)) > at
    )
    kept = tuple(
        ctx.event("inject.put off", i.id, "F", until=float(i.get("at")), actor=CLOCK)
        for i in ctx.room.all("inject").values()
        if i.state == "prepared" and i.get("at") is not None
    )
    to, day = str(ctx.it.get("paused_in")), ctx.it.until
    if ctx.it.get("resting"):  # the phase was over when the pause of the plan began: what follows it falls due now
        return Change({"resting": False}, to=to, see="all", moved=paused, until=ctx.now - paused, more=(*more, *kept))
    if day is not None and day > ctx.now and dated(ctx.room):  # it stands; one within the pause is put off by it
        return Change(to=to, see="all", moved=paused, until=day - paused, more=(*more, *kept))
    return Change(to=to, see="all", moved=paused, more=(*more, *kept))


def _extend(ctx: Ctx) -> Change:
    if ctx.it.until is None:
        raise No("clock", "no clock runs in this phase.")
    if ctx.body["minutes"] <= 0:
        raise No("form", "a phase is made longer, never shorter; go on to the next when it is over.")
    over = float(ctx.it.get("over", 0.0)) if ctx.it.get("over_of") == ctx.it.get("entered") else 0.0
    return Change(until=ctx.it.until - over + 60.0 * ctx.body["minutes"], see="all")


def _alone(ctx: Ctx) -> None:
    if ctx.room.form.rules.clock != "seat":
        raise No("clock", "clocks run out in this room; people are waited for.")
    if not any(i.until is not None and i.until > ctx.now for i in hurried(ctx.room)):
        raise No("clock", "nothing waits for the clock.")


def hurried(room: Room) -> list[Item]:
    """Return what is not waited for where one person rehearses: all that the clock moves but phases and injects."""
    return [i for i in room.deadlines if i.family not in ("room", "inject")]


def _hurry(ctx: Ctx) -> Change:
    last = max(i.until for i in hurried(ctx.room) if i.until is not None)
    return Change(see="all", moved=ctx.now - last - 0.001)


def worth_is_shown(room: Room) -> bool:
    """Return whether seats see what clauses would be worth to them: by the rule of the room, unless the facilitator said otherwise since."""
    return str(room.itself.get("worth") or room.form.rules.worth) == "own"


def _shown(ctx: Ctx) -> None:
    if not worth_is_shown(ctx.room):
        raise No("worth", "what clauses would be worth is hidden already.")


def _hidden(ctx: Ctx) -> None:
    if worth_is_shown(ctx.room):
        raise No("worth", "what clauses would be worth is shown already.")


ROWS: Final = (
    Row(
        "open",
        ("set up",),
        ("facilitator",),
        "lobby",
        "opened",
        "Open the doors: links work from now on.",
        does=_to("lobby"),
    ),
    Row(
        "begin",
        ("lobby",),
        _DRIVES,
        "opening",
        "begun",
        "Begin: briefs and the facts of the year.",
        does=_to("opening"),
    ),
    Row(
        "consult",
        ("opening",),
        _DRIVES,
        "consultation",
        "consulting",
        "Go on to consultation.",
        guard="not where the rule `phases: free` makes one of it and the table",
        may=_apart,
        does=_to("consultation"),
    ),
    Row("sit", ("opening", "consultation"), _DRIVES, "table", "sitting", "Go on to the table.", does=_to("table")),
    Row(
        "order",
        ("consultation", "table"),
        _DRIVES,
        "orders",
        "ordering",
        "Close the table: seats give their orders.",
        effect="plans of pressure are laid on",
        does=_to("orders"),
    ),
    Row(
        "work",
        ("orders",),
        _DRIVES,
        "year",
        "working",
        "Close the orders: the model works out the year.",
        effect="confirmed orders are carried out, unconfirmed ones are not; open mediations fail",
        does=_to("year"),
    ),
    Row(
        "read",
        ("year",),
        (*_DRIVES, "adjudicator"),
        "reading",
        "reading",
        "Read the year.",
        guard="the year is worked out",
        may=_worked_out,
        does=_to("reading"),
    ),
    Row(
        "next",
        ("reading",),
        _DRIVES,
        "opening",
        "turned",
        "Go on to the next year.",
        guard="there is another year",
        effect="open texts are carried over or lapse, quarrels begin anew",
        may=_more_years,
        does=_next,
    ),
    Row("debrief", _RUNNING[1:7], _LEADS, "debrief", "debriefing", "Open the debrief.", does=_to("debrief")),
    Row(
        "close",
        ("debrief",),
        _LEADS,
        "closed",
        "closed",
        "Close the room; it can be read and exported.",
        does=_to("closed"),
    ),
    Row(
        "extend",
        _RUNNING,
        ("facilitator",),
        "",
        "extended",
        "Make this phase longer.",
        asks=(Asked("minutes", "number", "a number of minutes"),),
        does=_extend,
    ),
    Row(
        "hurry",
        _RUNNING,
        ("adjudicator",),
        "",
        "hurried",
        "Nobody is waited for.",
        guard="the rule `clock: seat`: one person rehearses, and everybody else answers at once",
        effect="what the clock would bring about falls due",
        may=_alone,
        does=_hurry,
    ),
    Row(
        "veil",
        _RUNNING,
        ("facilitator",),
        "",
        "veiled",
        "Hide what clauses would be worth.",
        guard="it is shown",
        may=_shown,
        does=lambda ctx: Change(set={"worth": "hidden"}, see="all"),
    ),
    Row(
        "unveil",
        _RUNNING,
        ("facilitator",),
        "",
        "unveiled",
        "Show each seat what clauses would be worth to it.",
        guard="it is hidden",
        may=_hidden,
        does=lambda ctx: Change(set={"worth": "own"}, see="all"),
    ),
    Row(
        "pause",
        _RUNNING,
        ("facilitator", "clock"),
        "paused",
        "paused",
        "Pause: every deadline stands.",
        guard="by the clock between two years, where the rule `clock: plan` holds and the plan has a pause",
        may=_planned,
        words="may",
        does=_pause,
    ),
    Row(
        "resume",
        ("paused",),
        (*_LEADS, "clock"),
        "",
        "resumed",
        "Go on: every deadline has moved by the pause.",
        guard="by the clock when a pause of the plan is over",
        may=_over,
        does=_resume,
    ),
)

MACHINE: Final = Machine(
    "room",
    "The room",
    PHASES,
    ("closed",),
    ROWS,
    "A pause leads back to where it began. With the rule `clock: plan` the clock moves the phases by the minutes of the plan; a phase with a "
    "day and hour (`begins`) begins then by whichever rule, and a pause leaves that day where it is, unless it falls into the pause.",
)
