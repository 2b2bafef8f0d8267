"""Bands: what a clause would be worth over draws of what is judged, the luck of the room held fixed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from foedus.council.acts import No
from foedus.council.clauses import Clause
from foedus.council.council_year import drawn_courses, standing_before, without_it
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, institution_named
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
            sums = []
            for moment in moments:
                before = moment.world.in_force
                without, after = changed_by(moment, clause)
                one, other = (moment.appraiser.appraise(a, before).utility for a in (after, without))
                sums.append(np.asarray(one) - np.asarray(other))
            low, high = np.quantile(np.array(sums), ENDS, axis=0)
            states = moments[0].world.states
            self._known[words] = {s: (float(low[k]), float(high[k])) for k, s in enumerate(states)}
        return self._known[words]
