"""What injects would do: how far each that is prepared would move what the room is worth to each state, before it is fired."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from foedus.council.acts import No
from foedus.council.bands import changed_by
from foedus.council.clauses import read_clause
from foedus.council.council_year import course_of, standing_before, with_facts
from foedus.council.fold import Item, Room
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, brought_in
from foedus.council.worth import LEAST, signed
from foedus.simulation.year import Moment

IN_FORCE: Final = ""
"""Among clauses: what is in force, as it stands."""
_READ: Final = ("fact", "shock", "leader")
"""Kinds of injects that change numbers of the year."""

Sums = Mapping[str, Mapping[str, float]]
"""% of own product a year by clause (or :data:`IN_FORCE`) and state."""


@dataclass(frozen=True)
class Effect:
    """What an inject would do.

    Attributes
    ----------
    moves : mapping
        By clause and state: what it would move that by; without those that it leaves as they are.
    unread : str
        Why the case has no place for it; empty where it has.
    """

    moves: Sums
    unread: str = ""


class Foreseen:
    """What the injects of one room would do; every answer is a function of form and room.

    Parameters
    ----------
    form : RoomForm
    """

    def __init__(self, form: RoomForm) -> None:
        self.form = form
        self._known: dict[str, Effect] = {}

    def of(self, room: Room, past: tuple[Moves, ...], clauses: tuple[str, ...]) -> Mapping[str, Effect]:
        """Return what each inject that is prepared would do now, by its id.

        Parameters
        ----------
        room : Room
            As the facilitator knows it.
        past : tuple of Moves
            Of the years before.
        clauses : tuple of str
            Those that lie on tables.
        """
        waiting = [i for i in room.all("inject").values() if i.state == "prepared" and i.get("what") in _READ]
        said = [
            json.dumps(
                [
                    {k: v for k, v in i.data.items() if k != "turn"},
                    list(clauses),
                    brought_in(room).to_dict(),
                    room.year,
                ],
                default=str,
            )
            for i in waiting
        ]
        if any(key not in self._known for key in said):
            made = self._made(room, past, clauses, waiting)
            self._known = dict(zip(said, made, strict=True))
        return {i.id: self._known[key] for i, key in zip(waiting, said, strict=True)}

    def _made(self, room: Room, past: tuple[Moves, ...], clauses: tuple[str, ...], waiting: list[Item]) -> list[Effect]:
        course = course_of(self.form)
        here = self._sums(standing_before(self.form, past, brought_in(room), course), clauses)
        found = []
        for item in waiting:
            fired = brought_in(_as_fired(room, item))
            unread = with_facts(course, room.year, fired)[1] if item.get("what") == "fact" else ()
            there = self._sums(standing_before(self.form, past, fired, course), clauses)
            moves = {c: moved for c in here if (moved := _between(here[c], there.get(c, {})))}
            found.append(Effect(moves, unread[-1] if unread else ""))
        return found

    def _sums(self, moment: Moment, clauses: tuple[str, ...]) -> Sums:
        form, before, states = self.form, moment.world.in_force, moment.world.states
        found = {
            IN_FORCE: dict(zip(states, map(float, moment.appraiser.appraise(before, before).utility), strict=True))
        }
        for words in clauses:
            try:
                without, after = changed_by(moment, read_clause(words, (*form.states, *form.adversaries), form.hub))
            except No:
                continue
            one, other = (moment.appraiser.appraise(a, before).utility for a in (after, without))
            found[words] = dict(zip(states, map(float, one - other), strict=True))
        return found


def _as_fired(room: Room, item: Item) -> Room:
    fired = replace(item, state="fired", data={**item.data, "fired": room.year})
    return replace(room, families={**room.families, "inject": {**room.all("inject"), item.id: fired}})


def _between(here: Mapping[str, float], there: Mapping[str, float]) -> dict[str, float]:
    return {s: there[s] - v for s, v in here.items() if s in there and abs(there[s] - v) >= LEAST}


def effect_said(item: Item, effect: Effect | None, room: Room, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return what an inject would do, as the console shows it: a sentence, and a table by seat where it moves something.

    Parameters
    ----------
    item : Item
        The inject.
    effect : Effect or None
        None while it is worked out.
    room : Room
    titles : mapping of str to str
        What each clause is called above its column.
    """
    what, seats = str(item.get("what")), room.form.seats
    if what == "budget":
        now = float(room.itself.get("budget", room.form.budget) or 0.0)
        value = float(item.get("value"))
        moved = (
            f"The adversary’s budget would go from {now:g} to {value:g} bn a year."
            if value != now
            else "The budget is that already."
        )
        return {"says": f"{moved} What anything is worth to a seat stays as it is.", "columns": [], "rows": []}
    if what == "seat":
        return {"says": "Changes nothing the model reads, but who answers for that seat.", "columns": [], "rows": []}
    if what not in _READ:
        return {"says": "Changes nothing the model reads.", "columns": [], "rows": []}
    if effect is None:
        return {"says": "What it would do to each seat is being worked out.", "columns": [], "rows": []}
    if effect.unread:
        return {"says": f"Changes nothing: the model cannot read it. {effect.unread}", "columns": [], "rows": []}
    states = [s for s in seats if s in room.form.states]
    columns = [c for c, moved in effect.moves.items() if any(s in moved for s in states)]
    if not columns:
        return {"says": "Changes nothing the model reads for any seat, this year.", "columns": [], "rows": []}
    rows = [(s, [signed(effect.moves[c].get(s, 0.0)) for c in columns]) for s in states]
    return {
        "says": "",
        "columns": ["What is in force" if c == IN_FORCE else titles.get(c, c) for c in columns],
        "rows": [*_sorted(rows)],
    }


def _sorted(rows: list[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Yield those that something moves for first, in their order."""
    moved = [r for r in rows if any(v != "0.000" for v in r[1])]
    yield from moved
    yield from (r for r in rows if r not in moved)
