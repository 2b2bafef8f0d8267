"""Pages of a seat beside the room: its brief, its orders, and the replay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from foedus.council import room_sheet
from foedus.council.act_forms import act_form
from foedus.council.acts import Viewer
from foedus.council.briefs import IN_FORCE, Brief, briefs
from foedus.council.clauses import members_of
from foedus.council.exercises import read_exercise
from foedus.council.fold import family_of
from foedus.council.hall import Hall
from foedus.council.how_to import long_said
from foedus.council.links import Session
from foedus.council.plain_words import called_in, happened_said, institution, raised, treaty_said
from foedus.council.procedures.treaty import running_out
from foedus.council.quiet_hours import hours_of
from foedus.council.sheets import filled, part
from foedus.council.sights import Sight, at_moment
from foedus.council.store.keeping import lineage
from foedus.council.tableside import Reader, texts
from foedus.council.telling import SAYS, named, told, words_of
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import listing

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
        "due": [d for d in room_sheet.due(r, words["base"]) if not d["link"].endswith("/brief")],
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
    notes = list(dict.fromkeys(n.note for n in found.numbers))
    parts = [
        {
            "title": part.title,
            "lines": [
                {"words": x.words, "marks": list(dict.fromkeys(notes.index(n.note) + 1 for n in x.numbers))}
                for x in part.lines
            ],
        }
        for part in found.parts
        if not (now and part.title == IN_FORCE)
    ]
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


# -- orders -------------------------------------------------------------------------------------------------------


def orders(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page on which a seat decides what binds, and confirms it."""
    r = room_sheet.reader(hall, session.viewer)
    c = orders_of(hall, r, words["base"]) | {"token": words["token"], "key": words["key"]}
    return filled("orders.html", title="Orders", c=c, **words)


def orders_parts(hall: Hall, viewer: Viewer, base: str) -> dict[str, str]:
    """Return the parts of that page that change: what can be decided, and where the orders stand."""
    c = orders_of(hall, room_sheet.reader(hall, viewer), base)
    return {n: part("_orders.html", n, c) for n in ("standing", "orders")} | {
        "phases": part("_room.html", "phases", c),
        "step": part("_room.html", "step", c, ""),
    }


def _led(hall: Hall, r: Reader) -> str:
    """Return who of a seat confirms its orders; nothing where anybody does."""
    seat = r.room.seats.get(str(r.seat))
    if r.room.form.rules.confirms != "head" or seat is None:
        return ""
    head = hall.links.get(int(seat.get("head") or 0))
    if head is None or head.revoked:
        return "Nobody leads your seat yet, so that anybody of it confirms. Who wants to lead it says so in the room, under “Everything else that is open to you”."
    return f"{head.label or f'Person {head.id}'} leads your seat, and alone confirms these orders or takes them back."


def orders_of(hall: Hall, r: Reader, base: str) -> dict[str, Any]:
    """Return what a seat can decide, what it has decided, and what may be done with that."""
    name = f"{r.seat}:{r.room.year}"
    item = r.room.orders.get(name)
    open_ = {o.kind: o for o in r.offers if o.kind.startswith("orders.") and o.item in ("", name)}
    put = open_.get("orders.put")
    if put is not None and item is not None and not put.item:
        put = None
    may_put = put is not None and (item is None or item.state == "draft")
    at_once = may_put and r.room.phase == "orders"
    confirm = [
        act_form(o, r.room) for k, o in open_.items() if k == "orders.take" or (k == "orders.confirm" and not may_put)
    ]
    return {
        **room_sheet.strip(r),
        "who": r.called(r.seat) if r.seat else "",
        "state": item.state if item is not None else "not put",
        "heading": _STANDING.get(item.state if item is not None else "", _NONE[r.room.phase in _OVER]),
        "may_put": may_put,
        "at_once": at_once,
        "item": name if item is not None else "",
        "questions": questions(r, dict(item.data) if item is not None else {}),
        "decided": decided(r, dict(item.data) if item is not None else {}) if r.room.phase in _OVER else None,
        "confirm": confirm,
        "led": _led(hall, r),
        "phase": r.room.phase,
        "back": "/orders",
        "stands": "",
        "base": base,
        "token": "",
        "key": "",
        "drafts": {},
        "asks": {},
        "article_choices": [],
    }


def questions(r: Reader, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a seat can decide this year, each with what it has said."""
    seat, found = str(r.seat), []
    for item in r.room.treaties.values():
        if item.state in ("agreed", "refused") and seat in item.get("parties", ()):
            makes = item.words.get("title") or treaty_said(item, r.said, room_sheet.NAMED)
            parties = raised(listing([r.said(s) for s in item.get("parties", ())]))
            found.append(
                _question("sign", item.id, f"Sign: {makes}", f"{parties}. In force when all have signed.", given)
            )
    lapses = running_out(r.room)
    for key in r.room.in_force:
        if seat in members_of(key):
            words, says = f"Leave {institution(key, r.said, room_sheet.NAMED)}", "Left out, we stay."
            if key in lapses:
                words = f"Let {institution(key, r.said, room_sheet.NAMED)} lapse"
                says = f"Its term runs out in {r.room.year}. Renewed, it goes on for as long again. Left out, it lapses for us."
            answers = ("It lapses", "We renew it") if key in lapses else ("We leave", "We stay")
            found.append(_question("leave", key, words, says, given, answers))
    for item in r.room.quarrels.values():
        sides = list(item.get("sides", ()))
        if seat in sides:
            other = next(s for s in sides if s != seat)
            rung, says = _RUNGS.get(item.state, _RUNGS["quiet"])
            found.append(_question("climb", other, rung.format(other=r.said(other)), says, given))
    return found


_RUNGS: Final[Mapping[str, tuple[str, str]]] = {
    "quiet": ("Raise the quarrel with {other}", "It is quiet. Left out, it stays so."),
    "raised": (
        "Climb one rung more against {other}",
        "It is raised. Left out, it goes as far as it has gone at the table.",
    ),
    "answered": (
        "Go on to a crisis with {other}",
        "It is answered in kind. Left out, it goes as far as it has gone at the table.",
    ),
    "crisis": ("Hold to the crisis with {other}", "It is a crisis at the table. Left out, it stays one."),
}
"""What climbing means at each rung of a quarrel, and where it stands."""
_STANDING: Final[Mapping[str, str]] = {
    "draft": "Your orders are written, and not confirmed yet.",
    "confirmed": "Your orders are confirmed.",
    "carried out": "Your orders were carried out.",
    "not confirmed": "Your orders were not confirmed, and not carried out.",
}
"""What became of a seat's orders."""
_NONE: Final = {False: "No orders are given yet.", True: "You gave no orders this year."}
_OVER: Final = ("year", "reading", "debrief", "closed")
"""Phases in which orders are closed: what was decided stands there, and not what is in force since."""


def decided(r: Reader, given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what the orders of a seat decided, line by line; what they left out is none of it."""

    def treaty(name: str) -> str:
        item = r.room.treaties.get(name)
        return name if item is None else str(item.words.get("title") or treaty_said(item, r.said))

    says: dict[str, Callable[[str], str]] = {
        "sign": lambda n: f"Sign: {treaty(n)}",
        "if": lambda n: f"Sign {treaty(n)} only together with another",
        "leave": lambda n: f"Leave {institution(n, r.said)}",
        "climb": lambda n: f"Climb a rung against {r.said(n)}",
        "light": lambda n: f"A light treaty with {r.said(n)}",
        "admit": lambda n: f"Let {r.said(n)} in",
        "apply": lambda n: f"Knock at the door of {institution(n, r.said)}",
    }
    said = {True: "yes", False: "no"}
    return [
        {"words": words(name), "said": said[value] if isinstance(value, bool) else treaty(str(value))}
        for field, words in says.items()
        for name, value in dict(given.get(field, {})).items()
    ]


def _question(
    field: str, name: str, words: str, says: str, given: Mapping[str, Any], answers: tuple[str, str] = ("Yes", "No")
) -> dict[str, Any]:
    value = dict(given.get(field, {})).get(name)
    chosen = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
    return {"name": f"{field}.{name}", "words": words, "says": says, "chosen": chosen, "answers": answers}


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
