"""The other pages of a seat: its brief, its orders, the year that was worked out, and the replay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from foedus.council import room_sheet
from foedus.council.act_forms import act_form
from foedus.council.briefs import Brief, Part, briefs
from foedus.council.clauses import members_of
from foedus.council.exercises import read_exercise
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.sheets import filled
from foedus.council.sights import Sight, at_moment
from foedus.council.store.keeping import lineage
from foedus.council.tableside import Reader, texts
from foedus.council.telling import clock, named, told
from foedus.council.year_read import SeatYear, year_read
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country, listing

_TALK: Final = ("table.said", "channel.said", "mediation.said", "treaty.said")


def brief(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return where the room is, what is in force, and what is due: the page of who comes late."""
    r = room_sheet.reader(hall, session.viewer)
    form = hall.form
    c = {
        **room_sheet.strip(r),
        "who": country(r.seat) if r.seat else "The room",
        "parts": _handed(hall.form.exercise, r.seat),
        "about": f"{form.case} · {form.first}" + (f"–{form.last}" if form.last > form.first else ""),
        "seats": [{"name": country(s), "state": r.room.seats[s].state} for s in form.seats],
        "in_force": list(r.room.in_force),
        "due": room_sheet.due(r, words["base"]),
        "texts": texts(r, ""),
        "concerns": room_sheet.concerns(r),
        "rules": _rules(hall),
        "base": words["base"],
    }
    return filled("brief.html", title="Brief", c=c, **words)


@lru_cache(maxsize=4)
def _briefs(exercise: str) -> Mapping[str, Brief]:
    return {b.seat: b for b in briefs(read_exercise(exercise))}


def _handed(exercise: str, seat: str | None) -> tuple[Part, ...]:
    """Return the brief of a seat, part by part; nothing for a room that is no exercise."""
    found = _briefs(exercise).get(seat) if exercise and seat else None
    return found.parts if found is not None else ()


def _rules(hall: Hall) -> list[tuple[str, str]]:
    rules = hall.form.rules
    return [
        (
            "Silence",
            f"lasts {rules.silence_seconds:g} seconds unless another time is proposed; who breaks it is told to {rules.silence_names}",
        ),
        ("Consensus", f"is called for {rules.consensus_seconds:g} seconds; silence is agreement"),
        (
            "Amendments",
            f"are carried after {rules.amendment_seconds:g} seconds without objection; else both wordings stand in brackets",
        ),
        (
            "Away",
            {
                "model": "the model answers for a seat that is away when a decision falls due",
                "wait": "deadlines wait for a seat that is away",
                "abstain": "a seat that is away abstains",
            }[rules.away],
        ),
        (
            "Leaving",
            "only people leave treaties"
            if rules.exits == "people"
            else "the law lets governments without people leave as well",
        ),
    ]


# -- orders -------------------------------------------------------------------------------------------------------


def orders(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the page on which a seat decides what binds, and confirms it."""
    r = room_sheet.reader(hall, session.viewer)
    name = f"{r.seat}:{r.room.year}"
    item = r.room.orders.get(name)
    open_ = {o.kind: o for o in r.offers() if o.kind.startswith("orders.") and o.item in ("", name)}
    put = open_.get("orders.put")
    if put is not None and item is not None and not put.item:
        put = None
    confirm = [act_form(o, r.room) for k, o in open_.items() if k in ("orders.confirm", "orders.take")]
    c = {
        **room_sheet.strip(r),
        "who": country(r.seat) if r.seat else "",
        "state": item.state if item is not None else "not put",
        "may_put": put is not None and (item is None or item.state == "draft"),
        "item": name if item is not None else "",
        "questions": questions(r, dict(item.data) if item is not None else {}),
        "confirm": confirm,
        "phase": r.room.phase,
        "base": words["base"],
        "token": words["token"],
        "drafts": {},
        "asks": {},
        "article_choices": [],
    }
    return filled("orders.html", title="Orders", c=c, **words)


def questions(r: Reader, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a seat can decide this year, each with what it has said."""
    seat, found = str(r.seat), []
    for item in r.room.treaties.values():
        if item.state in ("agreed", "refused") and seat in item.get("parties", ()):
            makes = item.words.get("title") or item.get("makes") or f"end {item.get('ends')}"
            parties = listing([country(s) for s in item.get("parties", ())])
            found.append(
                _question("sign", item.id, f"Sign: {makes}", f"{parties}; in force when all have signed", given)
            )
    for key in r.room.in_force:
        if seat in members_of(key):
            found.append(_question("leave", key, f"Leave: {_institution(key)}", "left out, we stay", given))
    for item in r.room.quarrels.values():
        sides = list(item.get("sides", ()))
        if seat in sides:
            other = next(s for s in sides if s != seat)
            says = f"the quarrel is {item.state}; left out, we climb as far as it is"
            found.append(_question("climb", other, f"Take the next rung against {country(other)}", says, given))
    return found


def _institution(key: str) -> str:
    kind = key.partition(" ")[0]
    return f"{kind} of {listing([country(s) for s in members_of(key)])}"


def _question(field: str, name: str, words: str, says: str, given: Mapping[str, Any]) -> dict[str, Any]:
    value = dict(given.get(field, {})).get(name)
    chosen = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
    return {"name": f"{field}.{name}", "words": words, "says": says, "chosen": chosen}


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
    room = at_moment(hall.form, sight, at, {})
    r = Reader(Sight(sight.viewer, room, sight.events, at), hall.now())
    first = max(0, at - 80)
    moments = [_moment(r, sight, k) for k in range(at, first, -1)]
    c = {
        **room_sheet.strip(r),
        "at": at,
        "count": sight.count,
        "branch": branch,
        "branches": [b.id for b in hall.store.branches()],
        "moments": moments,
        "texts": texts(r, ""),
        "concerns": room_sheet.concerns(r),
        "base": words["base"],
        "people": len({one.person for one in sight.events if one.person is not None}),
        "facilitator": session.link.role == "facilitator",
    }
    return filled("replay.html", title="Replay", c=c, **words)


def _moment(r: Reader, sight: Sight, number: int) -> dict[str, Any]:
    one = sight.events[number - 1]
    spoken = one.event.kind in _TALK
    return {
        "n": number,
        "at": clock(one.at),
        "words": told(one, r.room) if not spoken else named(one.event.actor),
        "said": one.event.words if spoken or one.event.kind in ("silence.broken", "consensus.objected") else "",
    }


def _number(said: str, default: int) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else default


# -- the year -----------------------------------------------------------------------------------------------------


_INK: Final[Mapping[str, str]] = {
    "security": "blue",
    "burden": "brown",
    "leverage": "amber",
    "autonomy": "plum",
    "exposure": "vermilion",
    "dispute": "rose",
    "platform": "teal",
    "fee": "grey",
}


def _gain(line: SeatYear) -> dict[str, Any]:
    """Return what a year was worth to a seat, as its page shows it: against nothing new being signed where that is known."""
    before = line.nothing
    change = line.now - before if before is not None else line.now
    terms = [(t.name, t.now, None if t.nothing is None else t.now - t.nothing) for t in line.terms]
    return {
        "name": country(line.seat),
        "now": f"{line.now:+.3f}",
        "change": f"{change:+.3f}",
        "against": before is not None,
        "tone": "neg" if change < 0 else "pos",
        "terms": [
            {"name": n, "now": f"{v:+.3f}", "change": "–" if d is None else f"{d:+.3f}", "ink": _INK.get(n, "grey")}
            for n, v, d in terms
        ],
    }


def year(hall: Hall, session: Session, query: Mapping[str, str], words: dict[str, Any]) -> str:
    """Return the year that was worked out, or that it is not yet."""
    r = room_sheet.reader(hall, session.viewer)
    known = [y for y, item in r.room.years.items() if item.state != "opened"]
    asked = query.get("year", "")
    chosen = asked if asked in known else next(reversed(known), "")
    read = year_read(r.room, chosen, r.seat) if chosen else None
    own = next((s for s in read.seats if s.seat == r.seat), None) if read is not None else None
    c = {
        **room_sheet.strip(r),
        "base": words["base"],
        "read": read,
        "known": known,
        "own": _gain(own) if own is not None else None,
        "rows": [_gain(s) for s in read.seats] if read is not None else [],
    }
    return filled("year.html", title="The year", c=c, **words)
