"""Bands: what a clause would be worth, or a year brought, over draws of what is judged, the luck of the room held fixed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from foedus.council.acts import No
from foedus.council.clauses import Clause
from foedus.council.council_year import drawn_courses, lived_years, standing_before, without_it
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, institution_named
from foedus.council.worth import signed
from foedus.model.architecture import Architecture
from foedus.simulation.trajectory import Course
from foedus.simulation.year import Moment

DRAWS: Final = 40
"""Rows of a Latin hypercube over the judged numbers of the case (judged: 32 of them lie between the ends)."""
ENDS: Final = (0.1, 0.9)

Band = tuple[float, float]


def changed_by(moment: Moment, clause: Clause) -> tuple[Architecture, Architecture]:
    """Return what is in force without a clause and with it.

    Raises
    ------
    No
        It changes nothing that is in force.
    """
    before = moment.world.in_force
    if clause.verb == "end":
        return before, before.without(institution_named(clause.key))
    if clause.key:
        return before, before.without(institution_named(clause.key)).having(institution_named(clause.makes))
    if clause.founds:
        without = without_it(moment, institution_named(clause.makes))
        return without, without.having(institution_named(clause.makes))
    raise No("worth", f"'{clause}' changes nothing that is in force.")


def year_bands(form: RoomForm, moves: Sequence[Moves]) -> Mapping[str, Band]:
    """Return between which sums what a year brought into force lies in most draws, % of own product a year, by state.

    What the room did is held as it is: only what all may read of it, what stood before and what stands, is worth more or
    less in another draw.

    Parameters
    ----------
    form : RoomForm
    moves : sequence of Moves
        Of every year up to that one.

    Returns
    -------
    mapping
        Empty where the year brought nothing into force and ended nothing.
    """
    lived = lived_years(form, moves)[-1]
    before, after = lived.nothing.architecture, lived.record.lived.architecture
    if set(before) == set(after):
        return {}
    last = moves[-1]
    now = Moves(shocks=last.shocks, leaders=last.leaders, facts=last.facts, budget=last.budget)
    drawn = [standing_before(form, moves[:-1], now, c) for c in drawn_courses(replace(form, runs=DRAWS), range(DRAWS))]
    return _between(drawn, [(after, before)] * len(drawn))


def _between(drawn: Sequence[Moment], asked: Sequence[tuple[Architecture, Architecture]]) -> Mapping[str, Band]:
    """Return the ends of most differences of what two architectures are worth, one pair for each draw."""
    sums = []
    for moment, (after, without) in zip(drawn, asked, strict=True):
        before = moment.world.in_force
        one, other = (moment.appraiser.appraise(a, before).utility for a in (after, without))
        sums.append(np.asarray(one) - np.asarray(other))
    low, high = np.quantile(np.array(sums), ENDS, axis=0)
    return {s: (float(low[k]), float(high[k])) for k, s in enumerate(drawn[0].world.states)}


class Bands:
    """The draws of one room; every answer is a function of form and moves.

    Parameters
    ----------
    form : RoomForm
    """

    def __init__(self, form: RoomForm) -> None:
        self.form = form
        self._courses: list[Course] = []
        self._moments: tuple[str, list[Moment]] = ("", [])
        self._known: dict[str, Mapping[str, Band]] = {}

    def moments(self, past: Sequence[Moves], now: Moves) -> list[Moment]:
        """Return the year that is played as it has begun, once for each draw, with the same luck."""
        key = json.dumps([[m.to_dict() for m in past], now.to_dict()], sort_keys=True)
        if self._moments[0] != key:
            if not self._courses:
                self._courses = drawn_courses(replace(self.form, runs=DRAWS), range(DRAWS))
            self._moments = (key, [standing_before(self.form, past, now, c) for c in self._courses])
            self._known = {}
        return self._moments[1]

    def of(self, clause: Clause, past: Sequence[Moves], now: Moves) -> Mapping[str, Band]:
        """Return between which sums a clause lies in most draws, % of own product a year, by state.

        Parameters
        ----------
        clause : Clause
        past : sequence of Moves
            Of the years before.
        now : Moves
            What was brought into this one so far.

        Raises
        ------
        No
            The clause changes nothing that is in force.
        """
        moments, words = self.moments(past, now), str(clause)
        if words not in self._known:
            both = [changed_by(moment, clause) for moment in moments]
            self._known[words] = _between(moments, [(after, without) for without, after in both])
        return self._known[words]


def band_said(band: tuple[float, float] | None) -> str:
    """Return between which sums most draws of what is judged lie, as a sentence; that it comes while it is worked out."""
    if band is None:
        return "How far what is judged moves it is being worked out."
    low, high = map(signed, band)
    most = round(DRAWS * (ENDS[1] - ENDS[0]))
    return f"What is not measured but judged could be otherwise: in {most} of {DRAWS} tries with other values it lies between {low} and {high} %."
