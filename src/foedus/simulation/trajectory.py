"""A trajectory: one run of a case through the years, from what was in force on the first of January."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from foedus.casebook.case import Case
from foedus.casebook.series import Calendar
from foedus.draws.sampling import halves, uncertain_facts
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.builder import FactKey, Overrides, build_world, institution_of, treaties_in_force
from foedus.model.parameters import Parameters
from foedus.model.sizes import Pulled, pulled
from foedus.model.world import World
from foedus.simulation.appraisal import Appraisal, Appraiser
from foedus.simulation.doors import doors_open
from foedus.simulation.formation import Form, gains, seats, star
from foedus.simulation.proposals import light_treaties, on_table, one_round, table_of_drafts, waited_since
from foedus.simulation.roll import Roll
from foedus.simulation.trace import Event
from foedus.simulation.will import Will
from foedus.simulation.year import (
    Moment,
    Standing,
    data_year,
    forums_teach,
    ladder,
    leaders_change,
    members_leave,
    quarrels_flare,
    standing_of,
)


@dataclass(frozen=True)
class Course:
    """The facts through which a run goes.

    Attributes
    ----------
    calendar : Calendar
    parameters : Parameters
        With mechanisms switched off, where any are.
    shares : mapping of str to float
        Where in its range each judged fact lies, 0 to 1, by label; who is not named has the value of the case.
    overrides : mapping
        Facts that the user set, in every year.
    blank_slate : bool
        Whether nothing of the record is in force, at the start or later.
    drafts : mapping of str to tuple of str
        What lies on the hub's table when the run starts.
    levers : tuple of (str, float)
        Kinds of facts scaled for all states at once, in every year.
    """

    calendar: Calendar
    parameters: Parameters
    shares: Mapping[str, float] = field(default_factory=dict)
    overrides: Overrides = field(default_factory=dict)
    blank_slate: bool = False
    drafts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    levers: Pulled = ()

    @cached_property
    def _rolls(self) -> dict[tuple[str, ...], Roll]:
        return {}

    def appraiser(self, world: World) -> Appraiser:
        """Return the appraiser of a world; institutions are asked once in a run, not once a year."""
        roll = self._rolls.get(world.states)
        if roll is None:
            roll = self._rolls[world.states] = Roll(world.states, self.parameters)
        return Appraiser(world, self.parameters, roll)

    def case(self, year: int) -> Case:
        """Return the case as it stood in a year."""
        return self.calendar[year]

    def facts(self, year: int) -> World:
        """Return the world of a year's facts, before anything is carried over."""
        case = self.case(year)
        drawn = drawn_facts(case, self.shares) if self.shares else {}
        present = {*case.states, *case.adversaries}
        put = {k: v for k, v in self.overrides.items() if {k[1], k[2] or k[1]} <= present}
        return pulled(build_world(case, {**drawn, **put}), self.levers, case.own_levers)

    def commitments(self, year: int) -> Architecture:
        """Return the de facto commitments that the record has in a year."""
        if self.blank_slate:
            return Architecture()
        return Architecture(tuple(m for m in treaties_in_force(self.case(year)) if m.kind is Kind.DE_FACTO))

    def start(self, year: int) -> Standing:
        """Return what is handed on to the first year: the institutions of the hub in force on its first of January."""
        found: list[Institution] = []
        case, day = self.case(year), datetime.date(year, 1, 1)
        for record in () if self.blank_slate else case.institutions:
            institution = institution_of(case, record, day) if record.in_force_on(day) else None
            if institution is not None and institution.has(case.hub) and institution.kind is not Kind.DE_FACTO:
                found.append(institution)
        return Standing(Architecture(tuple(found)), {}, {}, {}, self.drafts)


def drawn_facts(case: Case, shares: Mapping[str, float]) -> dict[FactKey, float]:
    """Return the facts of a case that have a range, where in it their shares lie; those without a share are left out.

    Parameters
    ----------
    case : Case
    shares : mapping of str to float
        0 to 1, by label.
    """
    if _RANGES not in case.kept:
        vague = [u for u in uncertain_facts(case) if not isinstance(u.target, str)]
        bounds = np.array([(u.low, u.value, u.high) for u in vague]).reshape(len(vague), 3).T
        case.kept[_RANGES] = ([u.label for u in vague], [u.target for u in vague], bounds)
    labels, keys, bounds = case.kept[_RANGES]
    at = np.array([shares.get(label, np.nan) for label in labels])
    found = zip(keys, halves(at, *bounds).tolist(), strict=True)
    return {key: value for key, value in found if value == value}


_RANGES: Final = "facts with a range, as arrays"


@dataclass(frozen=True)
class YearRecord:
    """Step 8: what is kept of a year.

    Attributes
    ----------
    year : int
    world : World
        At the end of the year.
    lived : Appraisal
        What the year's architecture was worth to everybody; what is new in it is punished.
    events : tuple of Event
    blocker : str
        Member least likely to agree to the council on the hub's table; empty if there is none.
    """

    year: int
    world: World
    lived: Appraisal
    events: tuple[Event, ...]
    blocker: str

    @property
    def hub_value(self) -> float:
        """The hub's value in bargaining, bn a year."""
        return float(self.lived.quantities["bargained_value"][self.world.hub_index])

    @property
    def hub_share(self) -> float:
        """The hub's share of all gains; NaN where there are none."""
        grand = float(self.lived.quantities["joint_worth"])
        return self.hub_value / grand if grand > 0 else float("nan")


def one_year(course: Course, standing: Standing, year: int, will: Will) -> tuple[Standing, YearRecord]:
    """Return what a year hands on, and what is kept of it: the steps in their order."""
    world = data_year(course.facts(year), standing, course.commitments(year))
    moment = Moment(year, course.appraiser(world))
    moment = leaders_change(moment, will.chance)
    moment = ladder(quarrels_flare(moment, will.chance), will)
    moment = members_leave(moment, will)
    judged = moment.appraiser
    moment = doors_open(moment, will)
    table, drafts = table_of_drafts(moment.appraiser, standing.drafts, year)
    blocker = who_blocks_most(moment.appraiser, table.get(Form.COUNCIL, ()))
    moment = one_round(moment, on_table(drafts, standing.waited, moment, will.chance), will)
    waited = waited_since(standing.waited, drafts, moment.world.in_force)
    moment = light_treaties(moment, will)
    lived = judged.appraise(moment.world.in_force, judged.world.in_force)
    record = YearRecord(year, moment.world, lived, moment.events, blocker)
    return standing_of(forums_teach(moment).world, table, waited), record


def who_blocks_most(appraiser: Appraiser, members: tuple[str, ...]) -> str:
    """Return the member of a council that gains least by it over the star, empty if there is no council."""
    if not members:
        return ""
    council = Institution(Kind.MULTILATERAL, members, Rule.CONSENSUS)
    return members[int(np.argmin(gains(appraiser, council, star(appraiser))[seats(appraiser, council)]))]


def years_of(course: Course, first: int, last: int, will: Will) -> Iterator[YearRecord]:
    """Yield every year of one run, the first from what was in force on its first of January."""
    standing = course.start(first)
    for year in range(first, last + 1):
        standing, record = one_year(course, standing, year, will)
        yield record
