"""The year as events: what opens it, what happened in it and who decided, what each seat reads, what entered and ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.council.acts import MODEL, Event, seen_by_seats
from foedus.council.clauses import taken_up_by
from foedus.council.council_year import Lived
from foedus.council.fold import Room
from foedus.council.purse import laid_down
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, name_of
from foedus.council.weighed_most import TERMS, WEIGHED, terms_of, weighed_in, with_weights
from foedus.council.workings import MADE_OF, named
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Institution, Kind, Rule
from foedus.simulation.decisions import limits_of_coercion, strongest_partner
from foedus.simulation.trace import Event as Happened
from foedus.simulation.trace import Happening
from foedus.simulation.year import Moment, quarrelling_pairs

DIGITS: Final = 6
"""Decimals of numbers in events; draws and chances are whole."""


def by_term(values: NDArray[np.float64]) -> dict[str, float]:
    """Return terms of utility by name."""
    return {name: round(float(v), DIGITS) for name, v in zip(COMPONENTS, values, strict=True)}


def _event(room: Room, kind: str, name: str, see: str, **body: Any) -> Event:
    return Event(kind, MODEL, see, {"id": name, **body}, None, room.year, room.phase)


def opening(form: RoomForm, room: Room, moment: Moment, made_of: Mapping[str, str]) -> tuple[Event, ...]:
    """Return the events that open a year: of what it is worked out, what is in force, new leaders, quarrels, and to each seat what its world is worth."""
    world, year = moment.world, str(moment.year)
    here = moment.appraiser.appraise(world.in_force, world.in_force).components
    keys = [name_of(m) for m in world.in_force]
    product = {s: round(float(v), DIGITS) for s, v in zip(world.states, world.gdp, strict=True)}
    capability = {s: round(float(v), DIGITS) for s, v in zip(world.states, world.capability_raw, strict=True)}
    budget = float(moment.appraiser.parameters["coercion_budget"])
    found = [
        _event(
            room,
            "year.opened",
            year,
            "all",
            to="opened",
            set={"happened": [line(e) for e in moment.events]},
            put={MADE_OF: named(made_of)},
        ),
        _event(
            room, "room.informed", "room", "all", set={"in_force": keys, "product": product, "capability": capability}
        ),
        _event(
            room,
            "room.budgeted",
            "room",
            seen_by_seats(form.adversaries),
            set={"law_budget": budget, **_limits(moment)},
        ),
    ]
    for i, j in quarrelling_pairs(world):
        sides = [world.states[i], world.states[j]]
        name = "-".join(sides)
        size = {s: round(float(world.grievance[a, b]), DIGITS) for s, a, b in ((sides[0], i, j), (sides[1], j, i))}
        to = {} if name in room.quarrels else {"to": "quiet"}
        found.append(_event(room, "quarrel.found", name, "all", **to, set={"sides": sides, "grievance": size}))
    for s in [s for s in form.seats if s in world.states]:
        terms = by_term(here[:, world.index(s)])
        found.append(_event(room, "year.briefed", year, seen_by_seats([s]), put={"seats": {s: {"before": terms}}}))
    return tuple(found)


def _limits(moment: Moment) -> dict[str, dict[str, Any]]:
    """Return the most that can be laid on each state against a council of all, bn a year, by the one adversary that the model lets press, and what it costs to take one percent of a product."""
    world, states = moment.world, moment.world.states
    if len(states) < 2 or not world.adversaries:
        return {"law_limits": {}}
    presser = strongest_partner(world)
    everybody = Institution(Kind.MULTILATERAL, tuple(states), Rule.CONSENSUS)
    pain = limits_of_coercion(moment.appraiser, everybody, presser)
    price = moment.appraiser.parameters["wedge_cost_ratio"] * world.gdp / 100.0
    most, each = ({s: round(float(v), DIGITS) for s, v in zip(states, x, strict=True)} for x in (pain * price, price))
    return {"law_limits": {world.adversaries[presser]: most}, "law_prices": each}


def restated(room: Room, made_of: Mapping[str, str]) -> Event:
    """Return the event that says of what the answers of a year are worked out from here on: another foedus serves the room now."""
    return _event(room, "year.restated", str(room.year), "all", put={MADE_OF: named(made_of)})


def told(
    form: RoomForm, room: Room, years: Sequence[Lived], moves: Moves, made_of: Mapping[str, str]
) -> tuple[Event, ...]:
    """Return the events of a year that is worked out: what happened, to each seat its terms, and what entered or ended."""
    lived, year = years[-1], str(room.year)
    record = lived.record
    keys = [name_of(m) for m in record.world.in_force]
    unread = {"unread": list(lived.unread)} if lived.unread else {}
    read_by = [_audience(e, moves) for e in record.events]
    pressed = [(e, see) for e, see in zip(record.events, read_by, strict=True) if e.happening is Happening.PRESSED]
    hidden = {(e.other, e.institution) for e, see in pressed if see != "all"}
    public = [e for e, see in zip(record.events, read_by, strict=True) if see == "all"]
    seats = {s: _read_by(s, years) for s in record.world.states}
    found = [
        _event(
            room,
            "year.worked out",
            year,
            "all",
            to="worked out",
            set={"happened": [line(e, moves.orders) for e in public], "blocker": record.blocker, **unread},
            put={MADE_OF: named(made_of), WEIGHED: weighed_in(public, hidden)},
        ),
        _event(
            room,
            "year.kept",
            year,
            "F",
            set={"moves": moves.to_dict(), "seats": seats},
            put={TERMS: terms_of(record.events)},
        ),
        _event(room, "room.informed", "room", "all", set={"in_force": keys}),
    ]
    found += [
        _event(room, "year.read", year, seen_by_seats([s]), put={"seats": {s: seats[s]}})
        for s in form.seats
        if s in seats
    ]
    found += [
        _event(
            room,
            "year.whispered",
            year,
            see,
            put={"private": {str(k): with_weights([line(e, moves.orders)], weighed_in([e], hidden))[0]}},
        )
        for k, (e, see) in enumerate(zip(record.events, read_by, strict=True))
        if see != "all"
    ]
    return (*found, *_pressures(room, lived, moves), *_treaties(room, lived, keys), *_exits(room, lived, moves))


def _audience(event: Happened, moves: Moves) -> str:
    """Return who reads what happened: not all where a treaty was negotiated in private and refused, or pressure was not announced."""
    key = name_of(event.institution) if event.institution is not None else ""
    quiet = [t for t in moves.treaties if key and t["makes"] == key and not t.get("text")]
    parties = {s for t in quiet for s in t["parties"]}
    if event.happening is Happening.PRESSED and event.seated and (event.actor, event.other) not in moves.announced:
        return seen_by_seats((event.actor, event.other))
    if parties and event.happening is Happening.REFUSED:
        return seen_by_seats(parties)
    if parties and event.happening is Happening.PRESSED:
        return seen_by_seats({*parties, event.actor})
    return "all"


def _pressures(room: Room, lived: Lived, moves: Moves) -> list[Event]:
    """Return to every adversary of people what became of its plans, act by act.

    What was refused in private is known to its parties: where nothing was laid on it, its author is not told of it either.
    """
    hidden = {t["makes"] for t in moves.treaties if not t.get("text") and str(t["id"]) in lived.failed}
    found = []
    for author in moves.pressure:
        own = [laid_down(p, name_of(p.institution)) for p in lived.laid if p.adversary == author]
        told_of = {str(k): one for k, one in enumerate(own) if one["cost"] > 0.0 or one["key"] not in hidden}
        kept = {"laid": {author: told_of}}
        found.append(_event(room, "year.pressed", str(room.year), seen_by_seats([author]), put=kept))
    return found


def _read_by(seat: str, years: Sequence[Lived]) -> dict[str, Any]:
    """Return what a year did to a state by term: now, the year before, and had nothing new been signed."""
    lived = years[-1]
    k = lived.record.world.index(seat)
    found: dict[str, Any] = {
        "now": by_term(lived.record.lived.components[:, k]),
        "nothing": by_term(lived.nothing.components[:, k]),
    }
    if len(years) > 1 and seat in years[-2].record.world.states:
        before = years[-2].record
        found["last"] = by_term(before.lived.components[:, before.world.index(seat)])
    return found


def _treaties(room: Room, lived: Lived, keys: Sequence[str]) -> list[Event]:
    found = []
    for name in lived.entered:
        treaty = room.treaties[name]
        data = {k: treaty.get(k) for k in ("parties", "makes", "ends")} | _term(treaty.get("until"), room.year)
        found.append(_event(room, "treaty.entered", name, "all", to="in force", set=data))
        accession = room.item("accession", str(treaty.get("accession")))
        if accession is not None:
            found.append(_event(room, "accession.acceded", accession.id, "all", to="acceded", set=dict(accession.data)))
    for name in lived.failed:
        found.append(
            _event(room, "treaty.refused", name, seen_by_seats(room.treaties[name].get("parties")), to="refused")
        )
    for treaty in room.treaties.values():
        stood = treaty.state == "in force" or treaty.id in lived.entered  # a body of the same year may have absorbed it
        if stood and treaty.get("makes") and treaty.get("makes") not in keys:
            into = taken_up_by(treaty.get("parties", ()), keys) if treaty.get("makes").startswith("treaty") else ""
            found.append(
                _event(room, "treaty.ended", treaty.id, "all", to="ended", set={"into": into} if into else None)
            )
        elif treaty.state == "in force" and treaty.get("until") == room.year:
            again = _term(room.year + int(treaty.get("term")), room.year)
            found.append(_event(room, "treaty.renewed", treaty.id, "all", set=again))
    return found


def _term(until: int | None, year: int) -> dict[str, int]:
    return {"until": until, "term": until - year} if until else {}


def _exits(room: Room, lived: Lived, moves: Moves) -> list[Event]:
    left = {
        (e.actor, name_of(e.institution))
        for e in lived.record.events
        if e.happening is Happening.LEFT and e.institution
    }
    due = [w for w in room.all("withdrawal").values() if w.state == "leaving"]
    return [
        _event(room, "withdrawal.left" if gone else "withdrawal.void", w.id, "all", to="left" if gone else "void")
        for w in due
        for gone in [(str(w.get("state")), str(w.get("of"))) in left]
    ]


def line(event: Happened, ordered: Collection[str] | None = None) -> dict[str, Any]:
    """Return what happened as plain data: text, who decided it, with which chance and draw, and the answers of all who were asked.

    Terms are not in it: a seat sees its own numbers only, until all are told.

    Parameters
    ----------
    event : Event
    ordered : collection of str, optional
        States whose people confirmed orders: a no of any other that people play is marked as silence.
    """
    key = name_of(event.institution) if event.institution is not None else ""
    found: dict[str, Any] = {
        "what": event.happening.value,
        "text": event.text,
        "actor": event.actor,
        "other": event.other,
        "key": key,
        "by": _by(event),
    }
    for name in ("probability", "draw", "size"):
        value = float(getattr(event, name))
        found |= {name: value} if value == value else {}
    found["answers"] = [
        {
            "state": d.decision.state,
            "action": d.decision.action,
            "yes": d.taken,
            "chance": d.decision.probability,
            "draw": d.draw,
            "by": "law" if d.seat is None else "people",
            **({"silent": True} if ordered is not None and d.seat is False and d.decision.state not in ordered else {}),
        }
        for d in event.decisions
    ]
    return found


def _by(event: Happened) -> str:
    if event.seated:
        return "people"
    if event.happening in (Happening.LEADER, Happening.SHOCK, Happening.BROKERED):
        return "chance"
    if any(d.seat is not None for d in event.decisions):
        return "people"
    return "law"
