"""Silence: a text lies open to objection until an hour; who breaks does so in writing, and one queue decides."""

from __future__ import annotations

from typing import Any, Final

from foedus.council.acts import MODEL, No, seen_by_seats
from foedus.council.procedures.adoption import BY_LAW, adopted, after, answer, awaited, waited_for
from foedus.council.procedures.consensus import timely
from foedus.council.procedures.machine import DECIDED, Asked, Change, Ctx, Machine, Row
from foedus.council.procedures.roles import table_of
from foedus.council.quiet_hours import awake, hour_meant
from foedus.council.room_form import AMOUNTS

_LOW, _HIGH = AMOUNTS["silence_seconds"]


def _propose(ctx: Ctx) -> Change:
    rules = ctx.room.form.rules
    begins = ctx.due_in(rules.proposed_seconds)
    ends = hour_meant(ctx.body["hour"], rules.zone, ctx.now) if "hour" in ctx.body else None
    seconds = ctx.body.get("seconds", rules.silence_seconds) if ends is None else ends - begins
    if not _LOW <= seconds <= _HIGH:
        raise No("form", f"silence lasts {_LOW:g} seconds to 30 days, from when it is placed on.")
    if ends is not None and awake(ends, rules.quiet, rules.zone) > ends:
        raise No("form", f"that hour is in the quiet hours of this room ({rules.quiet}); name one outside them.")
    data: dict[str, Any] = {"seconds": seconds, "ends": ends, "answers": {}, "by": "silence", "proposer": ctx.seat}
    return Change(set=data, until=begins)


def _of_another(ctx: Ctx) -> None:
    if ctx.seat == ctx.it.get("proposer"):
        raise No("who", "who proposed silence lifts it instead.")


def _place(ctx: Ctx) -> Change:
    placed = int(ctx.it.get("placed", 0)) + 1
    for_long = ctx.due_in(float(ctx.it.get("seconds")))
    ends = ctx.it.get(
        "ends"
    )  # a pause while it was proposed moves no hour, but leaves no silence shorter than any other
    return Change(set={"placed": placed}, until=for_long if ends is None else max(float(ends), ctx.due_in(_LOW)))


def _broken(ctx: Ctx) -> Change:
    """Return broken silence: all are told at once that the text is not adopted; by whom, as the rules say."""
    by: dict[str, Any] = {"seat": ctx.seat, "by": "law" if ctx.act.by == MODEL else "people"}
    if ctx.act.by == MODEL:
        by |= {k: float(ctx.body[k]) for k in ("chance", "draw") if k in ctx.body}
    if ctx.room.form.rules.silence_names == "members":
        return Change(set={"broken": by, "answers": {}}, until=None)
    table = table_of(ctx.room, ctx.it)
    chair = [str(table.get("chair"))] if table is not None and table.get("chair") else []
    see = seen_by_seats({*chair, str(ctx.seat)})
    place = {"for": ctx.seat} if "for" in ctx.body else {}
    who = ctx.event("silence.named", ctx.it.id, see, set={"broken_by": by}, words=ctx.act.words, **place)
    return Change(set={"broken": {}, "answers": {}}, until=None, actor="somebody", words=None, more=(who,))


def _kept(ctx: Ctx) -> Change:
    answers = after(ctx, "keep")
    if awaited(ctx.room, ctx.it, answers):
        return Change(put=answer(ctx, "keep"))
    return Change(set={"answers": answers}, to="adopted", more=adopted(ctx, ctx.it, "silence"))


def _extend(ctx: Ctx) -> Change:
    until = ctx.due_in(ctx.body["seconds"])
    if ctx.it.until is None or until <= ctx.it.until:
        raise No("extend", "silence is made longer, never shorter; counted from now the new hour is earlier.")
    if ctx.body["seconds"] > _HIGH:
        raise No("form", "silence lasts 30 days at the most.")
    return Change(until=until)


def _time(ctx: Ctx) -> Change:
    if awaited(ctx.room, ctx.it, ctx.it.get("answers", {})):
        return Change(to="answering", until=None)
    return Change(to="adopted", until=None, more=adopted(ctx, ctx.it, "silence"))


def _nobody_waited_for(ctx: Ctx) -> None:
    away = waited_for(ctx.room, ctx.it)
    if away:
        raise No("away", f"the room waits for {', '.join(away)} (rule `away`).")


def _by_silence(ctx: Ctx) -> None:
    if ctx.it.get("by") != "silence":
        raise No("state", "the text is not under silence.")


ROWS: Final = (
    Row(
        "propose",
        ("open",),
        ("chair", "member"),
        "proposed",
        "proposed",
        "Propose silence: for a time, or until an exact hour.",
        guard="no square brackets",
        may=timely,
        asks=(
            Asked("seconds", "number", "a number of seconds", needed=False),
            Asked("hour", "hour", "an hour to come where the room is, as 14:30 or 2026-11-30 14:30", needed=False),
        ),
        does=_propose,
    ),
    Row(
        "object",
        ("proposed",),
        ("member",),
        "open",
        "kept off",
        "Object to silence: the text stays open.",
        guard="not who proposed it",
        words="may",
        may=_of_another,
        phases=DECIDED,
    ),
    Row(
        "place",
        ("proposed",),
        ("clock",),
        "silent",
        "placed",
        "Nobody objected: the text is under silence, its version frozen.",
        does=_place,
    ),
    Row(
        "break",
        ("silent",),
        ("member",),
        "open",
        "broken",
        "Break silence, in writing.",
        effect="all are told at once that it is not adopted; by whom, as the rule `silence_names` says",
        words="must",
        does=_broken,
        phases=DECIDED,
    ),
    Row(
        "speak",
        ("answering",),
        ("model",),
        "open",
        "broken",
        "Break silence for a seat that nobody plays.",
        asks=BY_LAW,
        words="may",
        may=_by_silence,
        does=_broken,
    ),
    Row(
        "keep",
        ("answering",),
        ("model",),
        "",
        "kept",
        "Keep silence for a seat that nobody plays.",
        effect="adopted when all have",
        asks=BY_LAW,
        may=_by_silence,
        does=_kept,
    ),
    Row(
        "extend",
        ("silent",),
        ("chair",),
        "",
        "extended",
        "Make silence longer.",
        guard="later, never earlier",
        asks=(Asked("seconds", "number", "a number of seconds from now"),),
        does=_extend,
        phases=DECIDED,
    ),
    Row(
        "time",
        ("silent",),
        ("clock",),
        "",
        "ended",
        "The hour has come: adopted.",
        effect="unplayed members are asked first",
        may=_nobody_waited_for,
        does=_time,
    ),
    Row(
        "lift",
        ("proposed",),
        ("chair", "proposer"),
        "open",
        "lifted",
        "Take the proposal back; the text is open again.",
        words="may",
        phases=DECIDED,
    ),
    Row(
        "lift",
        ("silent",),
        ("chair",),
        "open",
        "lifted",
        "Lift silence; the text is open again.",
        words="may",
        phases=DECIDED,
    ),
)

MACHINE: Final = Machine(
    "silence",
    "Silence",
    ("open", "proposed", "silent", "answering", "adopted"),
    ("open", "adopted"),
    ROWS,
    "A broken text may be placed again; how often is counted. A pause stops the clock. Where the room has quiet hours, silence that would run out in them lasts until their end.",
)
