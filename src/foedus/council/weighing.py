"""Weighing: the terms behind each decision of a room, and what pressure cost for every refusal that it bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.council.council_year import Lived, course_of, lived_years
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, name_of
from foedus.council.year_events import by_term
from foedus.simulation.trace import Happening

Asked = tuple[int, str, str, str]
"""Year, state, action and key of what it was asked about."""


@dataclass(frozen=True)
class Pressed:
    """Pressure on one state against one act.

    Attributes
    ----------
    year : int
    adversary, target, key : str
    cost : float
        bn a year.
    refused : bool
        Whether the target said no to it.
    """

    year: int
    adversary: str
    target: str
    key: str
    cost: float
    refused: bool


@dataclass(frozen=True)
class Weighed:
    """What a room's decisions weighed.

    Attributes
    ----------
    terms : mapping of (int, str, str, str) to mapping of str to float
        By year, state, action and key: the eight terms of the decision, % of own product a year.
    pressed : tuple of Pressed
    """

    terms: Mapping[Asked, Mapping[str, float]]
    pressed: tuple[Pressed, ...]

    @property
    def cost(self) -> float:
        """What all pressure cost, bn: a plan that weighs on its target in several acts of a year is paid once."""
        once = {(p.year, p.adversary, p.target): p.cost for p in sorted(self.pressed, key=lambda p: p.cost)}
        return sum(once.values())

    @property
    def refusals(self) -> int:
        """States that were pressed and refused, each once a year."""
        return len({(p.year, p.target) for p in self.pressed if p.refused})


def weighed(form: RoomForm, moves: Sequence[Moves]) -> Weighed:
    """Return what weighed in the decisions of a room, its years worked out again.

    Parameters
    ----------
    form : RoomForm
    moves : sequence of Moves
        Of every year that was worked out.

    Raises
    ------
    FoedusError
        The case, a change, a law or the years are wrong.
    """
    course = course_of(form)
    ratio = float(course.parameters["wedge_cost_ratio"])
    years = lived_years(form, moves, course) if moves else ()
    terms = {
        (y.record.year, d.decision.state, d.decision.action, name_of(e.institution)): by_term(d.decision.terms)
        for y in years
        for e in y.record.events
        if e.institution is not None
        for d in e.decisions
    }
    return Weighed(terms, tuple(p for y in years for p in _pressed(y, ratio)))


def _pressed(lived: Lived, ratio: float) -> list[Pressed]:
    world, events = lived.record.world, lived.record.events
    noes = {
        (d.decision.state, e.institution)
        for e in events
        if e.happening is Happening.REFUSED
        for d in e.decisions
        if not d.taken
    }
    return [
        Pressed(
            lived.record.year,
            e.actor,
            e.other,
            name_of(e.institution),
            ratio * float(world.gdp[world.index(e.other)]) * e.size / 100.0,
            (e.other, e.institution) in noes,
        )
        for e in events
        if e.happening is Happening.PRESSED and e.institution is not None
    ]
