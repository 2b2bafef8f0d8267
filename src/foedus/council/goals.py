"""Goals: whether what a brief said that a seat wants has come about, where the model can say so at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foedus.council.acts import No
from foedus.council.clauses import parts_of_key
from foedus.council.exercises import Exercise
from foedus.council.fold import Room
from foedus.council.told_of_rooms import lines_of
from foedus.council.worth import LEAST
from foedus.simulation.trace import Happening

_KNOWN: Final = re.compile(
    r"in force .+|bound to [A-Z]{3}|(no )?body with [A-Z]{3}(,[A-Z]{3})*|no crisis [A-Z]{3},[A-Z]{3}|no loss"
)


@dataclass(frozen=True)
class Goal:
    """A goal of a seat, and what became of it.

    Attributes
    ----------
    seat : str
    words : str
    met : bool or None
        None where only the room can say.
    """

    seat: str
    words: str
    met: bool | None


def goals_of(exercise: Exercise, room: Room, seats: Sequence[str]) -> tuple[Goal, ...]:
    """Return the goals of some seats, and whether each is met at the end of the last year that was worked out.

    Parameters
    ----------
    exercise : Exercise
    room : Room
        As the reader knows it; what they may not read is left to the room to say.
    seats : sequence of str
    """
    found = []
    for seat in seats:
        for key in exercise.form.goals.get(seat, ()):
            condition = exercise.form.met.get(key, "")
            found.append(Goal(seat, exercise.said(key), is_met(condition, room, seat) if condition else None))
    return tuple(found)


def is_met(condition: str, room: Room, seat: str) -> bool | None:
    """Return whether a condition holds for a seat.

    Parameters
    ----------
    condition : str
        ``in force KEY``, ``bound to STATE`` (a treaty or a body with it), ``body with STATES`` or ``no body with STATES``
        (separated by commas), ``no crisis A,B``, or ``no loss`` (nothing that was signed cost the seat more than it
        brought).
    room : Room
        As the reader knows it.
    seat : str

    Returns
    -------
    bool or None
        None where the reader does not know.

    Raises
    ------
    No
        There is no such condition.
    """
    if _KNOWN.fullmatch(condition) is None:
        raise No("goal", f"'{condition}' is no condition of a goal.")
    last = next((y for y in reversed([*room.years.values()]) if y.state != "opened"), None)
    if last is None:
        return None
    what, _, names = condition.rpartition(" ")
    if condition.startswith("in force "):
        return condition.removeprefix("in force ") in room.in_force
    if what == "bound to":
        return _together(room, {seat, names}, ("treaty", "body"))
    if what in ("body with", "no body with"):
        return _together(room, {*names.split(",")}, ("body",)) is (what == "body with")
    if what == "no crisis":
        told = (h for y in room.years.values() if y.state != "opened" for h in lines_of(y))
        crises = [{h["actor"], h["other"]} for h in told if h["what"] == Happening.CRISIS.value]
        return {*names.split(",")} not in crises
    terms = last.get("seats", {}).get(seat)
    if terms is None or "nothing" not in terms:
        return None
    return bool(sum(terms["now"].values()) - sum(terms["nothing"].values()) >= -LEAST)


def _together(room: Room, states: set[str], kinds: Sequence[str]) -> bool:
    """Return whether some states are in one institution of some kinds that is in force."""
    for key in room.in_force:
        kind, _, members, _ = parts_of_key(key)
        if kind in kinds and states <= {*members}:
            return True
    return False
