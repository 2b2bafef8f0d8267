"""Pages of a seat beside the room: its brief, its orders, and the replay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from foedus.council import room_sheet
from foedus.council.briefs import IN_FORCE, Brief, briefs
from foedus.council.due_now import due
from foedus.council.exercises import read_exercise
from foedus.council.fold import family_of
from foedus.council.glosses import glossed
from foedus.council.hall import Hall
from foedus.council.how_to import long_said
from foedus.council.links import Session
from foedus.council.plain_words import called_in, happened_said, institution, raised, treaty_said
from foedus.council.procedures.treaty import running_out
from foedus.council.quiet_hours import hours_of
from foedus.council.sheets import filled
from foedus.council.sights import Sight, at_moment
from foedus.council.store.keeping import lineage
from foedus.council.tableside import Reader, texts
from foedus.council.telling import SAYS, named, told, words_of
from foedus.vocabulary.errors import FoedusError

_MOMENTS: Final = 80
"""Things that happened which the replay lists."""
_TALK: Final = ("table.said", "channel.said", "mediation.said", "treaty.said")


def brief(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return where the room is, what is in force, and what is due: the page of who comes late."""
    r = room_sheet.reader(hall, session.viewer)
    form = hall.form
    c = {
        **room_sheet.strip(r),
        "who": r.called(r.seat) if r.seat else "The room",
        **handed(hall.form.exercise, r.seat, now=r.room.year > form.first),
        "opened": str(r.room.year) in r.room.years,
        "opens": _opens(r),
        "later": r.room.year > form.first,
        "about": f"{form.case} · {form.first}" + (f"–{form.last}" if form.last > form.first else ""),
        "seats": [{"name": r.called(s), "state": r.room.seats[s].state} for s in form.seats],
        "in_force": in_force_said(r),
        "due": [d for d in due(r, words["base"]) if not d["link"].endswith("/brief")],
        "texts": texts(r, ""),
        "concerns": room_sheet.concerns(r),
        "rules": _rules(hall),
        "dates": room_sheet.dates_said(r),
        "base": words["base"],
    }
    return filled("brief.html", title="Brief", c=c, **words)


def in_force_said(r: Reader) -> list[str]:
    """Return what is in force, in words."""
    return [raised(institution(k, r.said)) for k in r.room.in_force]


def _opens(r: Reader) -> list[str]:
    """Return with what the year opens: new leaders, quarrels that flare, notices that run out in it, treaties to be signed still."""
    room, called = r.room, called_in(r.room)
    year = room.years.get(str(room.year))
    lines = year.get("happened", ()) if year is not None and year.state == "opened" else ()
    found = [f"{happened_said(h, called)}." for h in lines]
    for item in room.all("withdrawal").values():
        if item.state == "notice" and int(item.get("year")) == room.year:
            left = institution(str(item.get("of")), called)
            found.append(f"The notice of {called(str(item.get('state')))} to leave {left} runs out this year.")
    for key in running_out(room):
        found.append(
            f"The term of {institution(key, called)} runs out this year: who does not renew it in the orders leaves it."
        )
    for item in room.treaties.values():
        if item.state == "refused" and room.phase != "reading":
            found.append(f"{treaty_said(item, called)}: not all have signed; it is open for signature again.")
    return found


@lru_cache(maxsize=4)
def _briefs(exercise: str) -> Mapping[str, Brief]:
    return {b.seat: b for b in briefs(read_exercise(exercise))}


def handed(exercise: str, seat: str | None, *, now: bool) -> dict[str, Any]:
    """Return the brief of a seat, part by part, each number with the mark of its note; nothing for a room that is no exercise.

    What is in force is left out where a later page says what is now.
    """
    found = _briefs(exercise).get(seat) if exercise and seat else None
    if found is None:
        return {"parts": [], "notes": []}
    known: set[str] = set()
    notes = list(dict.fromkeys(n.note for n in found.numbers))
    parts: list[dict[str, Any]] = [
        {
            "title": part.title,
            "lines": [
                {"words": x.words, "marks": list(dict.fromkeys(notes.index(n.note) + 1 for n in x.numbers))}
                for x in part.lines
                if not x.on_paper
            ],
        }
        for part in found.parts
        if not (now and part.title == IN_FORCE)
    ]
    for one in parts:  # each word where it first stands
        one["glosses"] = glossed(*(x["words"] for x in one["lines"]), but=known)
        known |= {word for word, _ in one["glosses"]}
    return {"parts": parts, "notes": notes}


def _rules(hall: Hall) -> list[tuple[str, str]]:
    rules = hall.form.rules
    told = {"members": "All members are told", "chair": "Only the chair is told"}[rules.silence_names]
    brackets = {"held": "whoever holds it lifts it", "majority": "the seats at the table may decide it"}[rules.brackets]
    away = {
        "model": "The model answers for a seat of which nobody is heard when a decision falls due.",
        "wait": "Deadlines wait for a seat of which nobody is heard.",
        "abstain": "A seat of which nobody is heard abstains.",
    }[rules.away]
    leaving = {
        "people": "Only people leave treaties.",
        "all": "Governments without people may leave treaties too, by the law of the theory.",
    }[rules.exits]
    silence = f"Silence lasts {long_said(rules.silence_seconds)} unless another time is proposed. {told} who breaks it."
    if rules.clocks == "all":
        silence += " Everybody is told that something is under silence, called or voted on, and until when; at a closed table not what."
    hours = hours_of(rules.quiet)
    if hours is not None:
        silence += f" Nothing that is answered runs out between {hours[0]} and {hours[1]} o’clock ({rules.zone or 'UTC'}): it lasts until then."
    offered, heads = long_said(rules.amendment_seconds), rules.confirms == "head"
    return [
        *([("Phases", "Consultation and table are one.")] if rules.phases == "free" else []),
        ("Silence", silence),
        ("Consensus", f"A call lasts {long_said(rules.consensus_seconds)}. Who says nothing agrees."),
        (
            "Amendments",
            f"An amendment is carried after {offered} without objection. Else both wordings stand in brackets, and {brackets}.",
        ),
        ("Away", away),
        *([("Orders", "Who leads a seat confirms its orders; anybody of it while nobody does.")] if heads else []),
        ("Leaving", leaving),
    ]


# -- replay -------------------------------------------------------------------------------------------------------


def replay(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the room as it was after an event of the reader's own stream, and what happened up to then."""
    branch = _number(query.get("branch", ""), hall.actor.branch)
    try:
        lineage(hall.store.branches(), branch)
    except FoedusError:
        branch = hall.actor.branch
    sight = hall.sight_of(branch, session.viewer)
    at = min(_number(query.get("at", ""), sight.count), sight.count)
    room = at_moment(hall.form, sight, at)
    r = Reader(Sight(sight.viewer, room, sight.events, at), hall.now())
    known = [k for k, one in enumerate(sight.events[: sight.count], 1) if one.event.kind in SAYS]
    moments = [_moment(r, sight, k) for k in [k for k in known if k <= at][-_MOMENTS:][::-1]]
    c = {
        **room_sheet.strip(r),
        "at": at,
        "back": next((k for k in reversed(known) if k < at), 0),
        "on": next((k for k in known if k > at), sight.count),
        "count": sight.count,
        "branch": branch,
        "here": branch == hall.actor.branch,
        "branches": [b.id for b in hall.store.branches()],
        "moments": moments,
        "texts": texts(r, ""),
        "concerns": room_sheet.concerns(r),
        "base": words["base"],
        "first": hall.form.first,
        "people": len({one.person for one in sight.events if one.person is not None}),
        "facilitator": session.link.role == "facilitator",
        "writes": session.link.role != "observer",
        "erased": _erased(query.get("erased", "")),
    }
    return filled("replay.html", title="Replay", c=c, **words)


def _erased(said: str) -> str:
    """Return what is said to somebody who had their words erased."""
    if not said:
        return ""
    number = _number(said, 0)
    return f"Your words are erased from {number} event{'' if number == 1 else 's'}."


def _moment(r: Reader, sight: Sight, number: int) -> dict[str, Any]:
    one = sight.events[number - 1]
    spoken = one.event.kind in _TALK
    return {
        "n": number,
        "at": one.at,
        "words": told(one, r.room) if not spoken else named(one.event.actor, r.room),
        "said": words_of(one),
        "text": str(one.event.body.get("id")),
        "version": one.event.body.get("set", {}).get("version") if family_of(one.event.kind) == "text" else None,
    }


def _number(said: str, default: int) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else default
