"""The debrief: where people departed from the law, what each decision turned, and the room beside the model and the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from foedus.council.adjudicate import past_of
from foedus.council.council_year import Lived, course_of, lived_years
from foedus.council.exercises import read_exercise
from foedus.council.fold import Room
from foedus.council.plain_words import Called, institution, raised
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, moves_from, name_of
from foedus.council.told_of_rooms import lines_of
from foedus.council.worth import LEAST, likely, signed
from foedus.council.year_events import by_term
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course
from foedus.vocabulary.prose import country, listing, the

RUNS: Final = 200
"""Runs of the model's lane (judged: shares are then within 7 points, two standard errors)."""
MOST_TURNED: Final = 200
"""Decisions that are turned round at most, the earliest first (judged: 8 s of 40 ms each)."""


@dataclass(frozen=True)
class Departure:
    """A decision of people beside what the law would have done.

    Attributes
    ----------
    year : int
    state, action, key : str
    did : bool
        Whether it agreed, left or climbed.
    chance : float
        The law's chance that it would have.
    draw : float
        That fell.
    """

    year: int
    state: str
    action: str
    key: str
    did: bool
    chance: float
    draw: float

    @property
    def likely(self) -> float:
        """The law's chance of what was done."""
        return self.chance if self.did else 1.0 - self.chance

    @property
    def law_did(self) -> bool:
        """What the law would have done by the draw that fell."""
        return self.draw < self.chance


@dataclass(frozen=True)
class Turning:
    """A decision of people turned round, and the years run again with the same draws.

    Attributes
    ----------
    year : int
    state : str
    said : str
        What is turned round.
    gained, lost : tuple of str
        Keys that would be in force at the end and were not, and the other way round.
    events : int
        Events that would have been others, counted both ways.
    worth : mapping of str to float
        What each state would have had more or less of in the last year, % of its product.
    """

    year: int
    state: str
    said: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    events: int
    worth: Mapping[str, float]

    @property
    def size(self) -> tuple[int, float, int]:
        """What turning points are ranked by: institutions, then worth, then events."""
        return len(self.gained) + len(self.lost), max((abs(v) for v in self.worth.values()), default=0.0), self.events


def all_moves(room: Room) -> tuple[Moves, ...]:
    """Return what people did in every year that was worked out."""
    last = room.years.get(str(room.year))
    now = (moves_from(last.get("moves")),) if last is not None and last.get("moves") else ()
    return (*past_of(room), *now)


def departures(room: Room) -> tuple[Departure, ...]:
    """Return every decision of people, the one that the law held least likely first.

    Parameters
    ----------
    room : Room
        As the facilitator knows it; a seat does not know of treaties that others negotiated in private and refused.
    """
    found = [d for year in room.years.values() for h in lines_of(year) for d in _decided(int(year.id), h)]
    return tuple(sorted(found, key=lambda d: (d.likely, d.year, d.state)))


def _decided(year: int, h: Mapping[str, Any]) -> Iterator[Departure]:
    for a in h["answers"]:
        if a["by"] == "people":
            yield Departure(year, a["state"], a["action"], h["key"], a["yes"], a["chance"], a["draw"])
    rungs = (Happening.RAISED.value, Happening.ANSWERED.value, Happening.CRISIS.value)
    if h["what"] in rungs and h["by"] == "people":
        yield Departure(year, h["actor"], h["what"], h["other"], True, h["probability"], h["draw"])


def turnings(form: RoomForm, moves: Sequence[Moves], course: Course | None = None) -> tuple[Turning, ...]:
    """Return every decision of people turned round one at a time, the one that changes most first.

    Parameters
    ----------
    form : RoomForm
    moves : sequence of Moves
        As :func:`all_moves` has them.
    course : Course, optional
        If it was made before.
    """
    if not moves:
        return ()
    course = course_of(form) if course is None else course
    was = lived_years(form, moves, course)
    found = []
    for k, state, said, other in list(_turned(moves, form.first, was))[:MOST_TURNED]:
        again = lived_years(form, [*moves[:k], other, *moves[k + 1 :]], course)
        found.append(_turning(form.first + k, state, said, was, again))
    return tuple(sorted(found, key=lambda t: (-t.size[0], -t.size[1], -t.size[2], t.year, t.state, t.said)))


def _turned(moves: Sequence[Moves], first: int, was: Sequence[Lived]) -> Iterator[tuple[int, str, str, Moves]]:
    """Yield the year, the state, what is turned round, and the moves of that year with it."""
    for k, made in enumerate(moves):
        year = first + k
        for treaty in made.treaties:
            for state in [s for s in treaty["parties"] if s in made.played]:
                signed = bool(made.decides(state, "sign", str(treaty["id"])))
                what = (
                    institution(str(treaty["makes"]), _named(year), _MANY)
                    if treaty["makes"]
                    else f"the end of {institution(str(treaty['ends']), _named(year), _MANY)}"
                )
                said = f"{_who(state, year)} {'does not sign' if signed else 'signs'} {what}"
                yield k, state, said, _with_order(made, state, "sign", str(treaty["id"]), said=not signed)
        for state, orders in made.orders.items():
            for key, left in orders.get("leave", {}).items():
                if left:
                    yield (
                        k,
                        state,
                        f"{_who(state, year)} stays in {institution(key, _named(year), _MANY)}",
                        _with_order(made, state, "leave", key, said=False),
                    )
        for state, key in made.leaving:
            kept = tuple(x for x in made.leaving if x != (state, key))
            yield (
                k,
                state,
                f"{_who(state, year)} takes its notice back and stays in {institution(key, _named(year), _MANY)}",
                replace(made, leaving=kept),
            )
        for pair in made.quarrels:
            rest = {p: q for p, q in made.quarrels.items() if p != pair}
            began = str(made.quarrels[pair].get("first"))
            yield (
                k,
                began,
                f"{_who(began, year)} does not raise the quarrel of {_pair(pair, year)}",
                replace(made, quarrels=rest),
            )
        for pair, mediator in made.settled.items():
            rest_ = {p: m for p, m in made.settled.items() if p != pair}
            yield (
                k,
                mediator,
                f"{_who(mediator, year)} does not settle the quarrel of {_pair(pair, year)}",
                replace(made, settled=rest_),
            )
        for adversary, plan in made.pressure.items():
            for target in plan:
                less = {**made.pressure, adversary: {t: c for t, c in plan.items() if t != target}}
                yield (
                    k,
                    adversary,
                    f"{_who(adversary, year)} does not press {_named(year)(target)}",
                    replace(made, pressure=less),
                )
        for decision in _no_to_the_model(made, was[k]):
            name, state = name_of(decision.institution), decision.state
            agrees = "lets the newcomer into" if decision.action == "let in" else "agrees to"
            said = f"{_who(state, year)} {agrees} {institution(name, _named(year), _MANY)}"
            yield k, state, said, _with_order(made, state, "turned", f"{decision.action} {name}", said=True)


def _no_to_the_model(made: Moves, lived: Lived) -> Iterator[Decision]:
    """Yield what people refused that a government without people proposed: each of its answers once."""
    own = {str(t["makes"]) for t in made.treaties}
    refused = {
        (d.decision.state, d.decision.action, name_of(d.decision.institution)): d.decision
        for e in lived.record.events
        if e.happening in (Happening.REFUSED, Happening.LIGHT_REFUSED)
        for d in e.decisions
        if d.decision.state in made.played and not d.taken and name_of(d.decision.institution) not in own
    }
    yield from (d for (_, action, _), d in refused.items() if action in ("consent", "let in"))


_MANY: Final = 4
"""Members of an institution that are named."""


def _named(year: int) -> Called:
    return lambda state: the(country(state, year))


def _who(state: str, year: int) -> str:
    return raised(_named(year)(state))


def _pair(pair: str, year: int) -> str:
    return listing([_named(year)(s) for s in pair.split(",")])


def _with_order(made: Moves, state: str, what: str, name: str, *, said: bool) -> Moves:
    orders = made.orders.get(state, {})
    changed = {**orders, what: {**orders.get(what, {}), name: said}}
    return replace(made, orders={**made.orders, state: changed})


def _keys(lived: Lived) -> set[str]:
    return {name_of(m) for m in lived.record.world.in_force}


def _turning(year: int, state: str, said: str, was: Sequence[Lived], again: Sequence[Lived]) -> Turning:
    before, after = _keys(was[-1]), _keys(again[-1])
    one, other = ({(e.year, e.text) for x in lived for e in x.record.events} for lived in (was, again))
    here, there = was[-1].record, again[-1].record
    worth = {
        s: round(float(there.lived.utility[there.world.index(s)] - here.lived.utility[here.world.index(s)]), 4)
        for s in here.world.states
    }
    return Turning(
        year, state, said, tuple(sorted(after - before)), tuple(sorted(before - after)), len(one ^ other), worth
    )


@dataclass(frozen=True)
class Beside:
    """One institution in the room and in the model's lane: in force at the end, and in which share of runs."""

    key: str
    in_room: bool
    share: float


def beside_the_model(form: RoomForm, room: Room, runs: int = RUNS) -> tuple[Beside, ...]:
    """Return what is in force at the end of the room, or often in the model's, beside the share of runs in which it is.

    Parameters
    ----------
    form : RoomForm
    room : Room
    runs : int
        Runs from the same start with every seat by law, each with other luck.
    """
    course, years = course_of(form), len(all_moves(room)) or 1
    counts: dict[str, int] = {}
    for run in range(runs):
        last = lived_years(replace(form, run=run), [Moves()] * years, course)[-1]
        for key in _keys(last):
            counts[key] = counts.get(key, 0) + 1
    known = dict.fromkeys((*room.in_force, *(k for k, n in counts.items() if n > runs / 10)))
    return tuple(
        sorted((Beside(k, k in room.in_force, counts.get(k, 0) / runs) for k in known), key=lambda b: (-b.share, b.key))
    )


def told_of_debrief(form: RoomForm, room: Room, runs: int = RUNS) -> str:
    """Return the debrief of a room as a page in Markdown.

    Parameters
    ----------
    form : RoomForm
    room : Room
        As the facilitator knows it.
    runs : int
        Of the model's lane.
    """
    moves = all_moves(room)
    lines = [f"# Debrief: {form.title or form.case}", "", "Levels are uncertain: read directions, and who blocks.", ""]
    lines += ["## Decisions that departed most from the law", "", *(_departed(d) for d in departures(room)[:10]), ""]
    lines += ["## Turning points", "", *(_turned_line(t) for t in turnings(form, moves)[:10]), ""]
    lines += [
        "## The room beside the model",
        "",
        f"Shares are of {runs} runs from the same start, every seat by law.",
        "",
        "| in force at the end | in the room | in the model's runs |",
        "|---|---|---|",
    ]
    lines += [
        f"| {institution(b.key, _named(room.year), _MANY)} | {'yes' if b.in_room else 'no'} | {100 * b.share:.0f} % |"
        for b in beside_the_model(form, room, runs)
    ]
    lines += ["", *_record(form), *_heard(room)]
    return "\n".join(lines) + "\n"


def departed_said(d: Departure) -> str:
    """Return what people decided, as a sentence without its stop."""
    about = institution(d.key, _named(d.year), _MANY)
    done = {
        "consent": ("signed", "did not sign"),
        "exit": ("left", "stayed in"),
        "apply": ("knocked at the door of", "did not knock at the door of"),
        "let in": ("let the newcomer into", "kept the newcomer out of"),
        Happening.RAISED.value: ("raised its quarrel with", "did not raise its quarrel with"),
        Happening.ANSWERED.value: ("answered in kind", "did not answer"),
        Happening.CRISIS.value: ("went on to a crisis with", "did not go on to a crisis with"),
    }.get(d.action, (d.action, f"not {d.action}"))[0 if d.did else 1]
    # the key of a rung is the other side
    return f"{_who(d.state, d.year)} {done} {about if ' ' in d.key else _named(d.year)(d.key)}"


def _departed(d: Departure) -> str:
    law = "the same" if d.law_did is d.did else "otherwise"
    return f"- {d.year}: {departed_said(d)}. The law would have done so with {likely(d.likely)}; by the draw that fell it would have decided {law}."


def turned_said(t: Turning) -> str:
    """Return what would have been other, as sentences."""
    named = _named(t.year)
    more = [f"In force besides: {'; '.join(institution(k, named, _MANY) for k in t.gained)}"] if t.gained else []
    less = [f"No longer in force: {'; '.join(institution(k, named, _MANY) for k in t.lost)}"] if t.lost else []
    most = max(t.worth, key=lambda s: abs(t.worth[s]))
    worth = (
        f"Most for {named(most)}, {signed(t.worth[most])} % of its product"
        if abs(t.worth[most]) >= LEAST
        else "Nobody's gains change"
    )
    return " ".join(f"{x}." for x in (*more, *less, worth))


def _turned_line(t: Turning) -> str:
    return f"- {t.year}: had it been that {t.said[:1].lower() + t.said[1:] if t.said.startswith('The ') else t.said}: {turned_said(t)}"


def _record(form: RoomForm) -> list[str]:
    if not form.exercise:
        return []
    exercise = read_exercise(form.exercise)
    told = [f"- {exercise.event(e).date}: {exercise.event(e).text}" for e in exercise.form.record]
    asks = [f"- {exercise.said(k)}" for k in exercise.form.asks]
    return ["## The record", "", *told, "", "## Questions", "", *asks, ""]


def _heard(room: Room) -> list[str]:
    concerns = list(room.concerns.values())
    lines = [
        f"- {country(str(c.get('author')), room.year)}: {' '.join(c.words.get('concern', '(erased)').split())[:120]} ({c.state})"
        for c in concerns
    ]
    broken = sum(t.get("broken") is not None for t in room.texts.values())
    held = [b for a in room.amendments.values() for b in a.get("objectors", {})]
    placed = sum(int(t.get("placed", 0)) for t in room.texts.values())
    silence = f"Silences placed: {placed}. Texts on which one was broken: {broken}."
    brackets = f"Brackets still held: {len(held)}."
    return ["## Who was heard", "", *(lines or ["- Nobody raised a concern."]), "", silence, brackets, ""]


def terms_by_seat(form: RoomForm, moves: Sequence[Moves]) -> dict[int, dict[str, dict[str, float]]]:
    """Return the eight terms of every state in every year."""
    years = lived_years(form, moves)
    return {
        y.record.year: {
            s: by_term(np.asarray(y.record.lived.components[:, k])) for k, s in enumerate(y.record.world.states)
        }
        for y in years
    }
