"""A year: the only place where a world is replaced. One function per step, in the order in which they happen.

Every step takes the world as it stands and returns the next one with what happened. Nothing is drawn but by name, so
that a step that is switched off moves the draws of no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.model.architecture import Architecture, Institution, Kind, bilateral
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision, exits_of_all
from foedus.simulation.trace import Drawn, Event, Happening
from foedus.simulation.will import Rung, Will

Pair = tuple[str, str]


@dataclass(frozen=True)
class Standing:
    """What one year hands on to the next.

    Attributes
    ----------
    architecture : Architecture
        Treaties, bodies and forums in force.
    perception : mapping of (state, adversary) to float
        How leaders see threats; who is not named sees what the facts of the year say.
    grievance : mapping of (state, state) to float
        Stock of grievances, of the first against the second.
    divergence_left : mapping of (state, state) to float
        What years in common forums have left of the divergence of priorities.
    drafts : mapping of str to tuple of str
        Members of each draft on the hub's table, by form.
    waited : mapping of str to int
        Years of the run in which each was worth proposing and did not come about.
    """

    architecture: Architecture
    perception: Mapping[Pair, float]
    grievance: Mapping[Pair, float]
    divergence_left: Mapping[Pair, float]
    drafts: Mapping[str, tuple[str, ...]]
    waited: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """A world at one point of a year, with what has happened so far.

    Attributes
    ----------
    year : int
    appraiser : Appraiser
        Of the world as it stands.
    events : tuple of Event
    """

    year: int
    appraiser: Appraiser
    events: tuple[Event, ...] = ()

    @property
    def world(self) -> World:
        """The world as it stands."""
        return self.appraiser.world

    def then(self, events: Iterable[Event] = (), **changes: Any) -> Moment:
        """Return the moment after some events, in a world that they changed as said."""
        appraiser = self.appraiser
        if changes:
            appraiser = appraiser.moved(self.world.replace(**changes))
        return Moment(self.year, appraiser, (*self.events, *events))


@lru_cache(maxsize=64)
def _pairs(states: tuple[str, ...], others: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return every pair of two lists; those of a case are the same every year."""
    return tuple(product(states, others))


def data_year(facts: World, standing: Standing, commitments: Architecture) -> World:
    """Step 1: return the world of a year's facts, carrying on what states have signed, seen, resented and learnt.

    Parameters
    ----------
    facts : World
        As the yearly data have it.
    standing : Standing
        What the year before left.
    commitments : Architecture
        De facto commitments of the record; the theory has no law by which they are made or left.
    """
    present, states = set(facts.states), facts.states
    carried = [m for m in standing.architecture if m.kind is not Kind.DE_FACTO and present.issuperset(m.members)]
    allied = {m.members for m in carried if m.is_treaty}
    kept = [m for m in commitments if not any(set(m.members) <= set(members) for members in allied)]

    def known(
        values: NDArray[np.float64], others: tuple[str, ...], carried_on: Mapping[Pair, float]
    ) -> NDArray[np.float64]:
        pairs = _pairs(states, others)
        if tuple(carried_on) == pairs:  # the same states as the year before: everything is carried on
            return np.array([*carried_on.values()]).reshape(values.shape)
        facts = zip(pairs, values.ravel().tolist(), strict=True)
        return np.array([carried_on.get(pair, value) for pair, value in facts]).reshape(values.shape)

    return facts.replace(
        in_force=Architecture((*carried, *kept)),
        perception=known(facts.perception, facts.adversaries, standing.perception),
        grievance=known(facts.grievance, states, standing.grievance),
        divergence_left=known(facts.divergence_left, states, standing.divergence_left),
    )


def leaders_change(moment: Moment, chance: Chance) -> Moment:
    """Step 2: return the moment after turnover; a new leader sees every threat anew."""
    world, parameters, year = moment.world, moment.appraiser.parameters, moment.year
    perception = np.array(world.perception)
    events = []
    for i, s in enumerate(world.states):
        draw = chance.uniform("turnover", s, year)
        if draw >= parameters["turnover_rate"]:
            continue
        seen = [chance.normal("perception", f"{s} of {a}", year) for a in world.adversaries]
        perception[i] = np.minimum(np.exp(parameters["perception_spread"] * np.array(seen)), 100.0)
        size = float(perception[i].mean())
        events.append(Event(year, Happening.LEADER, s, probability=parameters["turnover_rate"], draw=draw, size=size))
    return moment.then(events, perception=perception) if events else moment


def quarrelling_pairs(world: World) -> list[tuple[int, int]]:
    """Return the dyads in which at least one side has a grievance, by position."""
    either = np.triu(np.maximum(world.grievance, world.grievance.T), 1) > 0
    return [(i, j) for i, j in np.argwhere(either).tolist()]


def quarrels_flare(moment: Moment, chance: Chance) -> Moment:
    """Step 3a: return the moment after grievances have faded and shocks have hit some dyads."""
    world, parameters, year = moment.world, moment.appraiser.parameters, moment.year
    stock = world.grievance * parameters["grievance_persistence"]
    smallest, largest = parameters["smallest_shock"], parameters["largest_shock"]
    events = []
    for i, j in quarrelling_pairs(world):
        one, other = world.states[i], world.states[j]
        draw = chance.uniform("shock", f"{one} {other}", year)
        if draw >= parameters["grievance_shock_rate"]:
            continue
        for a, b in ((i, j), (j, i)):
            if world.grievance[a, b] > 0:
                share = chance.uniform("size of shock", f"{world.states[a]} {world.states[b]}", year)
                stock[a, b] = min(1.0, stock[a, b] + smallest + (largest - smallest) * share)
        size = float(max(stock[i, j], stock[j, i]))
        events.append(
            Event(
                year, Happening.SHOCK, one, other, probability=parameters["grievance_shock_rate"], draw=draw, size=size
            )
        )
    return moment.then(events, grievance=stock)


def ladder(moment: Moment, will: Will) -> Moment:
    """Step 3b: return the moment after every quarrelling dyad had its year on the ladder.

    The side with the larger grievance may raise the quarrel (rung 1), the other may answer in kind (rung 2), and the
    first may go on unless a council or the hub defuses it (rung 3, a crisis).
    """
    world, year = moment.world, moment.year
    seen = moment.appraiser.appraise(world.in_force, world.in_force).found
    escalates, defused = seen.escalation, seen.brokerage
    events: list[Event] = []
    for i, j in quarrelling_pairs(world):
        a, b = (i, j) if world.grievance[i, j] >= world.grievance[j, i] else (j, i)
        one, other = world.states[a], world.states[b]
        rungs = (
            (Happening.RAISED, one, other, float(escalates[a, b])),
            (Happening.ANSWERED, other, one, float(escalates[b, a])),
            (Happening.CRISIS, one, other, float(escalates[a, b])),
        )
        pair = f"{world.states[i]} {world.states[j]}"
        for happening, who, whom, probability in rungs:
            taken, draw, seated = will.climbs(Rung(happening, who, whom, pair, probability), year)
            if not taken:
                break
            if happening is Happening.CRISIS:
                broker = will.chance.uniform("broker", pair, year)
                if broker < defused[a, b]:
                    calmed = float(defused[a, b])
                    events.append(Event(year, Happening.BROKERED, who, whom, probability=calmed, draw=broker))
                    break
            size = float(world.grievance[world.index(who), world.index(whom)])
            events.append(
                Event(year, happening, who, whom, probability=probability, draw=draw, size=size, seated=seated)
            )
    return moment.then(events)


def members_leave(moment: Moment, will: Will) -> Moment:
    """Step 4: return the moment after every member has decided whether to stay another year.

    All decide at once, each as if alone; who leaves a body falls back to a bilateral treaty with the hub.
    """
    world, year = moment.world, moment.year
    before = world.in_force
    leavers: dict[Institution, list[Drawn]] = {}
    left = [m for m in before if m.kind is not Kind.DE_FACTO]
    for m, decisions in zip(left, exits_of_all(moment.appraiser, left, before, year), strict=True):
        what = f"{m.kind} {m.members} {m.rule}"
        for decision in decisions:
            drawn = will.decides(decision, "exit", f"{decision.state} from {what}", year)
            if drawn.taken:
                leavers.setdefault(m, []).append(drawn)
    if not leavers:
        return moment
    after, events = _left(before, leavers, world.hub, year)
    return moment.then(events, in_force=after)


def _left(
    before: Architecture, leavers: Mapping[Institution, list[Drawn]], hub: str, year: int
) -> tuple[Architecture, list[Event]]:
    after, events = before, []
    for m, gone in leavers.items():
        shrunk: Institution = m
        for drawn in gone:
            d = drawn.decision
            if d.state in shrunk.members and shrunk in after:
                after = after.left_by(d.state, shrunk, hub)
                rest = tuple(s for s in shrunk.members if s != d.state)
                shrunk = replace(shrunk, members=rest)
            events.append(
                Event(
                    year,
                    Happening.LEFT,
                    d.state,
                    institution=m,
                    probability=d.probability,
                    draw=drawn.draw,
                    decisions=(drawn,),
                    seated=drawn.seat is not None,
                )
            )
        if shrunk not in after:
            events.append(Event(year, Happening.ENDED, institution=m))
    return after, events


def treaties_signed(moment: Moment, after: Architecture) -> list[Event]:
    """Return the bilateral treaties of the hub that an architecture adds, each with what it is worth to both sides.

    Nothing is drawn: the star signs whatever both sides gain by.
    """
    world, before = moment.world, moment.world.in_force
    found, known = [], frozenset(before)
    for m in after:
        if m in known or m.kind is not Kind.BILATERAL or not m.has(world.hub):
            continue
        gone = moment.appraiser.appraise(after.without(m), before).components
        terms = moment.appraiser.appraise(after, before).components - gone
        both = tuple(Drawn(Decision(s, "sign", m, terms[:, world.index(s)], 1.0), 0.0) for s in m.members)
        found.append(Event(moment.year, Happening.SIGNED, institution=m, decisions=both))
    return found


def forums_teach(moment: Moment) -> Moment:
    """Step 7a: return the moment after a year of meetings, which bring the priorities of members closer."""
    world, learning = moment.world, moment.appraiser.parameters["forum_learning"]
    met = forum_pairs(world)
    if not met or learning == 0:
        return moment
    left = np.array(world.divergence_left)
    for i, j in met:
        left[i, j] = left[j, i] = left[i, j] * (1.0 - learning)
    return moment.then(divergence_left=left)


def forum_pairs(world: World) -> list[tuple[int, int]]:
    """Return the dyads that sit in a common forum, by position."""
    forums = [m for m in world.in_force if m.kind is Kind.FORUM]
    seated = [sorted(map(world.index, m.members)) for m in forums]
    return sorted({pair for at in seated for pair in combinations(at, 2)})


def light_treaty(world: World, i: int, j: int, depth: float) -> Institution:
    """Return a light treaty between two spokes, by position."""
    return bilateral(world.states[i], world.states[j], depth)


def standing_of(
    world: World, drafts: Mapping[str, tuple[str, ...]], waited: Mapping[str, int] | None = None
) -> Standing:
    """Return what a year hands on to the next."""
    states = world.states

    def table(values: NDArray[np.float64], others: tuple[str, ...]) -> dict[Pair, float]:
        return dict(zip(_pairs(states, others), values.ravel().tolist(), strict=True))

    return Standing(
        world.in_force,
        table(world.perception, world.adversaries),
        table(world.grievance, states),
        table(world.divergence_left, states),
        dict(drafts),
        dict(waited or {}),
    )
