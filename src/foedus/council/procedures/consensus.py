"""Consensus: called, answered, ruled; silence here is agreement, an objection becomes a concern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.council.acts import MODEL, Event, No
from foedus.council.procedures.adoption import BY_LAW, adopted, after, answer, awaited, has_brackets, waited_for
from foedus.council.procedures.machine import DECIDED, Asked, Change, Ctx, Does, Machine, Row
from foedus.council.procedures.roles import audience, members_at
from foedus.council.room_form import AMOUNTS

_LOW, _HIGH = AMOUNTS["consensus_seconds"]
CALLED: Final = ("called", "answering")


def clean(ctx: Ctx) -> None:
    """Raise that a text has brackets, where it has.

    Raises
    ------
    No
        It has.
    """
    if has_brackets(ctx.it):
        raise No("brackets", "the text has square brackets; those who hold them lift them first.")


_EARLY: Final = ("opening", "consultation")


def timely(ctx: Ctx) -> None:
    """Raise that a text has brackets, or that the table on which it is decided is not open yet.

    Raises
    ------
    No
        One of the two is so.
    """
    if ctx.room.form.rules.adoption == "table" and ctx.room.phase in _EARLY:
        what = "a text is put under silence, called or voted on once the table is open"
        raise No(
            "table", f"{what}; the room is in {ctx.room.phase}. Until then it can be read, amended and talked about."
        )
    clean(ctx)


def _call(ctx: Ctx) -> Change:
    seconds = ctx.body.get("seconds", ctx.room.form.rules.consensus_seconds)
    if not _LOW <= seconds <= _HIGH:
        raise No("form", f"a call lasts {_LOW:g} seconds to a day.")
    calls = int(ctx.it.get("calls", 0)) + 1
    return Change(set={"answers": {}, "by": "consensus", "calls": calls}, until=ctx.due_in(seconds))


def _said(word: str) -> Does:
    return lambda ctx: _answered(ctx, word)


def _by_consensus(ctx: Ctx) -> None:
    if ctx.it.get("by") != "consensus":
        raise No("state", "consensus is not called on the text.")


def _answered(ctx: Ctx, word: str) -> Change:
    answers = after(ctx, word)
    if ctx.it.state == "answering" and not awaited(ctx.room, ctx.it, answers):
        return _ruled(ctx, answers)
    return Change(put=answer(ctx, word))


def _ruled(ctx: Ctx, answers: Mapping[str, Any]) -> Change:
    """Return a ruling: adopted, or open again with a concern for every objection."""
    objecting = [s for s, a in answers.items() if a["answer"] == "object"]
    if objecting:
        return Change(
            set={"answers": answers, "kept_off": objecting}, to="open", until=None, more=_concerns(ctx, objecting)
        )
    return Change(set={"answers": answers}, to="adopted", until=None, more=adopted(ctx, ctx.it, "consensus"))


def _concerns(ctx: Ctx, objecting: list[str]) -> tuple[Event, ...]:
    see = audience(ctx.room, ctx.it)
    words = {s.seat: s.words for s in ctx.it.said if s.kind == "consensus.objected"}
    if ctx.seat is not None and ctx.act.words:
        words[ctx.seat] = ctx.act.words
    count = int(ctx.it.get("calls", 0))
    return tuple(
        ctx.event(
            "concern.raised",
            f"{ctx.it.id}-{count}-{s}",
            see,
            to="noted",
            set={"table": ctx.it.get("table"), "author": s, "about": [], "asked": {}, "text": ctx.it.id},
            say=["concern"],
            words=words.get(s, f"{s} objects to the text."),
            actor=f"seat:{s}" if ctx.act.by != MODEL else MODEL,
        )
        for s in objecting
    )


def _time(ctx: Ctx) -> Change:
    answers = ctx.it.get("answers", {})
    if awaited(ctx.room, ctx.it, answers):
        return Change(to="answering", until=None)
    return _ruled(ctx, answers)


def _nobody_waited_for(ctx: Ctx) -> None:
    away = waited_for(ctx.room, ctx.it)
    if away:
        raise No("away", f"the room waits for {', '.join(away)} (rule `away`).")


def _all_in(ctx: Ctx) -> None:
    answers = ctx.it.get("answers", {})
    left = [s for s in members_at(ctx.room, ctx.it) if s not in answers and s not in awaited(ctx.room, ctx.it, answers)]
    if ctx.act.by != "facilitator" and left:
        raise No("time", f"{', '.join(left)} may still answer until the time is up.")
    _nobody_waited_for(ctx)


_MEMBERS: Final = ("member", "model")

ROWS: Final = (
    Row(
        "call",
        ("open",),
        ("chair",),
        "called",
        "called",
        "Call consensus on the text.",
        guard="no square brackets; 20 seconds or more",
        may=timely,
        asks=(Asked("seconds", "number", "a number of seconds", needed=False),),
        does=_call,
    ),
    Row(
        "join",
        CALLED,
        _MEMBERS,
        "",
        "joined",
        "Join the consensus.",
        asks=BY_LAW,
        words="may",
        may=_by_consensus,
        does=_said("join"),
        phases=DECIDED,
    ),
    Row(
        "aside",
        CALLED,
        _MEMBERS,
        "",
        "stood aside",
        "Stand aside.",
        asks=BY_LAW,
        words="may",
        may=_by_consensus,
        does=_said("aside"),
        phases=DECIDED,
    ),
    Row(
        "object",
        CALLED,
        _MEMBERS,
        "",
        "objected",
        "Object, with the reason.",
        asks=BY_LAW,
        words="must",
        effect="the text is open again, the objection a concern",
        may=_by_consensus,
        does=_said("object"),
        phases=DECIDED,
    ),
    Row(
        "rule",
        ("called",),
        ("chair",),
        "",
        "ruled",
        "Rule: adopted if nobody objects.",
        guard="all who are played have answered, or the time is up",
        effect="unplayed members are asked; adopted, or open again",
        may=_all_in,
        does=_time,
        phases=DECIDED,
    ),
    Row(
        "time",
        ("called",),
        ("clock",),
        "",
        "ruled",
        "The time is up.",
        effect="as a ruling",
        may=_nobody_waited_for,
        does=_time,
    ),
    Row("drop", CALLED, ("chair",), "open", "dropped", "Take the call back.", may=_by_consensus, phases=DECIDED),
)

MACHINE: Final = Machine(
    "consensus",
    "Consensus",
    ("open", "called", "answering", "adopted"),
    ("open", "adopted"),
    ROWS,
    "Answers can be changed until the ruling. In `answering` the model is asked for the members that nobody plays.",
)
