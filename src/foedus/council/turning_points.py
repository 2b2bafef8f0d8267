"""Turning points: every decision of people turned round, one at a time, and the years run again with the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from foedus.council.clauses import members_of
from foedus.council.council_year import Lived, course_of, lived_years
from foedus.council.plain_words import Called, in_line, raised
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, name_of
from foedus.council.worth import LEAST, signed
from foedus.simulation.decisions import Decision
from foedus.simulation.trace import Happening
from foedus.simulation.trajectory import Course
from foedus.vocabulary.prose import country, listing, the

MOST_TURNED: Final = 200
"""Decisions that are turned round at most, the earliest first (judged: 8 s of 40 ms each)."""


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
                    in_line(str(treaty["makes"]), called_in_year(year))
                    if treaty["makes"]
                    else f"the end of {in_line(str(treaty['ends']), called_in_year(year))}"
                )
                said = f"{who_in_year(state, year)} {'does not sign' if signed else 'signs'} {what}"
                yield k, state, said, _with_order(made, state, "sign", str(treaty["id"]), said=not signed)
        for state, what, name, yes in ordered_by_people(made):
            words = _OTHERWISE["lapse" if what == "leave" and name in made.lapsing else what][yes]
            said = f"{who_in_year(state, year)} {words.format(_object(what, name, year))}"
            yield k, state, said, _with_order(made, state, what, name, said=not yes)
        for state, key in made.leaving:
            kept = tuple(x for x in made.leaving if x != (state, key))
            yield (
                k,
                state,
                f"{who_in_year(state, year)} takes its notice back and stays in {in_line(key, called_in_year(year))}",
                replace(made, leaving=kept),
            )
        for pair in made.quarrels:
            rest = {p: q for p, q in made.quarrels.items() if p != pair}
            began = str(made.quarrels[pair].get("first"))
            yield (
                k,
                began,
                f"{who_in_year(began, year)} does not raise the quarrel of {_pair(pair, year)}",
                replace(made, quarrels=rest),
            )
        for pair, mediator in made.settled.items():
            rest_ = {p: m for p, m in made.settled.items() if p != pair}
            yield (
                k,
                mediator,
                f"{who_in_year(mediator, year)} does not settle the quarrel of {_pair(pair, year)}",
                replace(made, settled=rest_),
            )
        for adversary, plan in made.pressure.items():
            for target in plan:
                less = {**made.pressure, adversary: {t: c for t, c in plan.items() if t != target}}
                yield (
                    k,
                    adversary,
                    f"{who_in_year(adversary, year)} does not press {called_in_year(year)(target)}",
                    replace(made, pressure=less),
                )
        for decision in _no_to_the_model(made, was[k]):
            name, state = name_of(decision.institution), decision.state
            agrees = "lets the newcomer into" if decision.action == "let in" else "agrees to"
            said = f"{who_in_year(state, year)} {agrees} {in_line(name, called_in_year(year))}"
            yield k, state, said, _with_order(made, state, "turned", f"{decision.action} {name}", said=True)


_OTHERWISE: Final[Mapping[str, tuple[str, str]]] = {
    "leave": ("leaves {}", "stays in {}"),
    "lapse": ("lets {} lapse", "renews {}"),
    "climb": ("climbs a rung more against {}", "does not climb against {} by its orders"),
    "apply": ("knocks at the door of {}", "does not knock at the door of {}"),
    "admit": ("lets {} in where it knocks", "does not let {} in where it knocks"),
    "light": ("signs a light treaty with {}", "signs no light treaty with {}"),
}
"""What is turned round of an order that said no, and of one that said yes."""
_OF_THE_MODEL: Final = ("admit", "light")
"""Orders whose no is an answer to what a government without people proposed: that is turned round where it was asked."""


def ordered_by_people(made: Moves) -> Iterator[tuple[str, str, str, bool]]:
    """Yield every order but signatures: state, field, name, and whether it said yes; a term that lapsed because nothing was said too."""
    for state in dict.fromkeys((*made.orders, *made.played)):
        orders = made.orders.get(state, {})
        for what in ("leave", "climb", "apply", "admit", "light"):
            for name, yes in orders.get(what, {}).items():
                if yes or what not in _OF_THE_MODEL:
                    yield state, what, name, bool(yes)
        for key in made.lapsing:
            if state in made.played and state in members_of(key) and key not in orders.get("leave", {}):
                yield state, "leave", key, True


def _object(what: str, name: str, year: int) -> str:
    return in_line(name, called_in_year(year)) if what in ("leave", "apply") else called_in_year(year)(name)


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


def called_in_year(year: int) -> Called:
    """Return how states are called in sentences of a year."""
    return lambda state: the(country(state, year))


def who_in_year(state: str, year: int) -> str:
    """Return a state as a sentence begins with it."""
    return raised(called_in_year(year)(state))


def _pair(pair: str, year: int) -> str:
    return listing([called_in_year(year)(s) for s in pair.split(",")])


def _with_order(made: Moves, state: str, what: str, name: str, *, said: bool) -> Moves:
    orders = made.orders.get(state, {})
    changed = {**orders, what: {**orders.get(what, {}), name: said}}
    return replace(made, orders={**made.orders, state: changed})


def keys_of(lived: Lived) -> set[str]:
    """Return the keys of what is in force after a year."""
    return {name_of(m) for m in lived.record.world.in_force}


def _turning(year: int, state: str, said: str, was: Sequence[Lived], again: Sequence[Lived]) -> Turning:
    before, after = keys_of(was[-1]), keys_of(again[-1])
    one, other = ({(e.year, e.text) for x in lived for e in x.record.events} for lived in (was, again))
    here, there = was[-1].record, again[-1].record
    worth = {
        s: round(float(there.lived.utility[there.world.index(s)] - here.lived.utility[here.world.index(s)]), 4)
        for s in here.world.states
    }
    return Turning(
        year, state, said, tuple(sorted(after - before)), tuple(sorted(before - after)), len(one ^ other), worth
    )


def turned_said(t: Turning) -> str:
    """Return what would have been other, as sentences."""
    named = called_in_year(t.year)
    more = [f"In force besides: {'; '.join(in_line(k, named) for k in t.gained)}"] if t.gained else []
    less = [f"No longer in force: {'; '.join(in_line(k, named) for k in t.lost)}"] if t.lost else []
    most = max(t.worth, key=lambda s: abs(t.worth[s]))
    worth = (
        f"Most for {named(most)}, {signed(t.worth[most])} % of its product"
        if abs(t.worth[most]) >= LEAST
        else f"Nobody's gains change by {LEAST:g} % of its product or more"
    )
    return " ".join(f"{x}." for x in (*more, *less, worth))


def gathered(turned: Sequence[Turning]) -> list[tuple[int, str, str]]:
    """Return turning points as rows of the year, what is turned round and what would have been other, those with one outcome in one row.

    Parameters
    ----------
    turned : sequence of Turning
        In their order; a row stands where its first does.
    """
    rows: dict[tuple[int, str], list[Turning]] = {}
    for t in turned:
        rows.setdefault((t.year, turned_said(t)), []).append(t)
    return [(year, _any_of(same), says) for (year, says), same in rows.items()]


def _any_of(same: Sequence[Turning]) -> str:
    """Return several decisions, each of which alone comes to the same, as one: by whom, where all did alike."""
    if len(same) == 1:
        return same[0].said
    did: dict[str, list[str]] = {}
    for t in same:
        who = who_in_year(t.state, t.year)
        did.setdefault(t.said.removeprefix(who), []).append(called_in_year(t.year)(t.state))
    said = [
        f"{'any one of ' if len(who) > 1 else ''}{listing(list(dict.fromkeys(who)))}{what}" for what, who in did.items()
    ]
    return raised("; or ".join(said))
