"""Doors: states outside apply to the bodies and forums of the hub, and their members let them in or do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.mechanisms import variant
from foedus.mechanisms.decisions.door import application, let_in, readiness
from foedus.model.architecture import Architecture, Institution, Kind
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import Decision
from foedus.simulation.formation import seats
from foedus.simulation.trace import Drawn, Event, Happening
from foedus.simulation.will import Will, mood_of
from foedus.simulation.year import Moment

_FEWEST = 3  # a treaty of two has no door


@dataclass(frozen=True)
class Entry:
    """A state outside a body, and what all would gain by its entry.

    Attributes
    ----------
    applies : Decision
        Of the state outside.
    body : Institution
        As it is, without the newcomer.
    terms : ndarray, shape (C, members)
        What each member would gain, in their order, by component, % of own GDP a year.
    depth : float
    common : float
        Part of the errors of members that all share.
    parameters : Parameters
    """

    applies: Decision
    body: Institution
    terms: NDArray[np.float64]
    depth: float
    common: float
    parameters: Parameters

    @cached_property
    def lets_in(self) -> tuple[Decision, ...]:
        """Whether each member would let it in, in their order, each as if alone."""
        noise, habit = (self.parameters[n] for n in ("decision_noise", "enlargement_habit"))
        agree = logistic(readiness(self.terms.sum(axis=0), self.depth, noise, habit))
        return tuple(
            Decision(s, "let in", self.enlarged, self.terms[:, k], float(agree[k]))
            for k, s in enumerate(self.body.members)
        )

    @cached_property
    def all_agree(self) -> float:
        """Chance that all members agree, in the mood they share."""
        noise, habit = (self.parameters[n] for n in ("decision_noise", "enlargement_habit"))
        return let_in(self.terms.sum(axis=0), self.depth, noise, habit, self.common)

    @property
    def enlarged(self) -> Institution:
        """The body with the newcomer."""
        return self.applies.institution

    @property
    def enters(self) -> float:
        """Chance that it applies within a year and is let in."""
        return self.applies.probability * self.all_agree

    @property
    def least_willing(self) -> Decision:
        """The member that gains least; the first of several."""
        return min(self.lets_in, key=lambda d: d.gain)


def common_at_doors(appraiser: Appraiser) -> float | None:
    """Return which part of the errors of members is common when a newcomer knocks; None where doors are shut."""
    found: float | None = variant(appraiser.parameters, "door")(appraiser.parameters)
    return found


def has_door(institution: Institution, hub: str) -> bool:
    """Return whether states outside can apply: to bodies and forums of the hub with three or more members."""
    big = len(institution.members) >= _FEWEST
    return big and institution.kind in (Kind.MULTILATERAL, Kind.FORUM) and institution.has(hub)


def outside(world: World, institution: Institution) -> tuple[str, ...]:
    """Return the recognised states that are no members, in the order of the case."""
    return tuple(s for i, s in enumerate(world.states) if world.recognised[i] >= 1.0 and s not in institution.members)


def entry(appraiser: Appraiser, institution: Institution, newcomer: str, common: float) -> Entry:
    """Return what a state outside and the members of a body in force would decide about its entry.

    What is in force is the status quo; the enlarged body is new, so that the adversary punishes all who are in it.

    Parameters
    ----------
    appraiser : Appraiser
    institution : Institution
        In force, or put in force for the question.
    newcomer : str
    common : float
        Part of the errors of members that all share.
    """
    return entries(appraiser, institution, (newcomer,), common)[0]


def entries(appraiser: Appraiser, institution: Institution, newcomers: Sequence[str], common: float) -> list[Entry]:
    """Return the same for several states outside, each as if alone; worked out in one go."""
    world, parameters = appraiser.world, appraiser.parameters
    standing = world.in_force if institution in world.in_force else world.in_force.having(institution)
    larger = [_enlarged(world, institution, newcomer) for newcomer in newcomers]
    now = appraiser.appraise(standing, standing).components
    others = standing.without(institution)
    then = appraiser.terms_with(others, larger, standing)
    depth, at, brought = appraiser.depth(institution), seats(appraiser, institution), then - now
    own = brought[np.arange(len(newcomers)), :, [world.index(s) for s in newcomers]]
    chances = application(own.sum(axis=1), depth, parameters["application_habit"], parameters["habit_noise"]).tolist()
    return [
        Entry(Decision(s, "apply", m, mine, chance), institution, terms[:, at], depth, common, parameters)
        for s, m, mine, chance, terms in zip(newcomers, larger, own, chances, brought, strict=True)
    ]


def _enlarged(world: World, institution: Institution, newcomer: str) -> Institution:
    inside = {*institution.members, newcomer}
    hub_first = [world.hub] if world.hub in inside else []
    members = (*hub_first, *[s for s in world.states if s in inside and s != world.hub])
    return institution.of(members)


def _opened(standing: Architecture, institution: Institution, enlarged: Institution) -> Architecture:
    """Return an architecture with the enlarged body in the place of the old one, which takes in what it covers."""
    return standing.without(institution).having(enlarged)


def doors_open(moment: Moment, will: Will) -> Moment:
    """Step 4b: return the moment after states outside have applied to bodies and forums, and been let in or not.

    Bodies come in the order of what is in force, applicants in that of the case. Who is let in is a member at once, so
    that the next one finds a larger body, and several may enter in a year.
    """
    common = common_at_doors(moment.appraiser)
    if common is None:
        return moment
    for found in [m for m in moment.world.in_force if has_door(m, moment.world.hub)]:
        if found not in moment.world.in_force:
            continue  # taken in by a larger one that was enlarged before
        body, waiting = found, outside(moment.world, found)
        while waiting:
            moment, body, waiting = _at_the_door(moment, body, waiting, common, will)
    return moment


def _at_the_door(
    moment: Moment, body: Institution, waiting: tuple[str, ...], common: float, will: Will
) -> tuple[Moment, Institution, tuple[str, ...]]:
    """Return the moment after states outside had their year at a door, up to the first who enters; the body, and who is left."""
    name = f"{body.kind} {body.members} {body.rule}"
    for k, found in enumerate(entries(moment.appraiser, body, waiting, common)):
        moment, enters = _one_door(moment, body, name, found, will)
        if enters:
            return moment, found.enlarged, waiting[k + 1 :]
    return moment, body, ()


def _one_door(moment: Moment, body: Institution, name: str, found: Entry, will: Will) -> tuple[Moment, bool]:
    """Return the moment after one state had its year at a door, and whether it entered."""
    year = moment.year
    subject = f"{found.applies.state} to {name}"
    asks = will.decides(found.applies, "applies", subject, year)
    if not asks.taken:
        return moment, False
    mood = mood_of(will.chance, found.common, f"at the door {subject}", year)
    answers = [will.decides(d, "lets in", f"{d.state}: {subject}", year, mood) for d in found.lets_in]
    events = tuple(_events(asks, answers, found.all_agree, year))
    if not all(a.taken for a in answers):
        return moment.then(events), False
    return moment.then(events, in_force=_opened(moment.world.in_force, body, found.enlarged)), True


def _events(asks: Drawn, answers: Sequence[Drawn], all_agree: float, year: int) -> Iterator[Event]:
    newcomer, enlarged = asks.decision.state, asks.decision.institution
    chance, seated = asks.decision.probability, asks.seat is not None
    yield Event(
        year, Happening.PROPOSED, newcomer, newcomer, enlarged, chance, asks.draw, decisions=(asks,), seated=seated
    )
    by_will = tuple(sorted(answers, key=lambda a: a.decision.gain))
    refusers = [a.decision.state for a in by_will if not a.taken]
    happening = Happening.REFUSED if refusers else Happening.FORMED
    who = refusers[0] if refusers else ""
    size = float(np.sum([not a.taken for a in by_will])) if refusers else float("nan")
    yield Event(year, happening, newcomer, who, enlarged, all_agree, decisions=by_will, size=size)
