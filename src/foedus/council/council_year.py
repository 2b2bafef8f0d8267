"""The year of a room: the steps of the simulation in their order, with what people signed, climbed, left and paid for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from foedus.asking.ask import Ask
from foedus.asking.through_years import Years, planned
from foedus.casebook.case import Case
from foedus.casebook.series import Calendar, split_year
from foedus.council.purse import Laid, PressedWill, Purse
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, founded_by, law_in, name_of, pair_of_states, will_of
from foedus.model.architecture import Architecture, Institution, Kind
from foedus.questions.changes import read_changes
from foedus.simulation.appraisal import Appraisal, Appraiser
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import Decision, consent_decisions, exit_decisions, together
from foedus.simulation.doors import common_at_doors, doors_open, entry
from foedus.simulation.formation import Form, shared, star
from foedus.simulation.proposals import light_treaties, on_table, one_round, pressing_on, table_of_drafts, waited_since
from foedus.simulation.trace import Drawn, Event, Happening
from foedus.simulation.trajectory import Course, YearRecord, who_blocks_most
from foedus.simulation.will import DrawnWill, Mood, Rung, SeatedWill, Will, mood_of
from foedus.simulation.year import (
    Moment,
    Standing,
    data_year,
    forums_teach,
    ladder,
    leaders_change,
    members_leave,
    quarrelling_pairs,
    quarrels_flare,
    standing_of,
)
from foedus.vocabulary.errors import FoedusError
from foedus.years.runs import rows_of


class Held(Calendar):
    """A case without yearly data through some years: its facts hold."""

    def __getitem__(self, year: int) -> Case:
        """Return the case as it is, whatever the year."""
        return self.case


@dataclass(frozen=True)
class Lived:
    """A year of a room.

    Attributes
    ----------
    record : YearRecord
    opening : Moment
        After leaders have changed and quarrels have flared, before anybody decides.
    nothing : Appraisal
        What the year would have been worth had nothing new been signed.
    standing : Standing
        What it hands on.
    entered, failed : tuple of str
        Treaties of the room that all signed, and those that not all did.
    unread : tuple of str
        Injected facts that the case has no place for, with the reason.
    laid : tuple of Laid
        What of people's plans of pressure was laid on, act by act.
    """

    record: YearRecord
    opening: Moment
    nothing: Appraisal
    standing: Standing
    entered: tuple[str, ...]
    failed: tuple[str, ...]
    unread: tuple[str, ...] = ()
    laid: tuple[Laid, ...] = ()


def course_of(form: RoomForm) -> Course:
    """Return the facts that a room goes through: those of ``foedus simulate`` with the same seed and run.

    Parameters
    ----------
    form : RoomForm

    Raises
    ------
    FoedusError
        The case, a change, a law or the years are wrong.
    """
    return drawn_courses(form, (form.run,))[0]


def drawn_courses(form: RoomForm, runs: Sequence[int]) -> list[Course]:
    """Return the facts of several runs of a room; parameters and errors as :func:`course_of`."""
    asked = Ask(split_year(form.case)[0], form.changes, form.without, "", 0, form.seed, laws=form.laws)
    case = asked.loaded
    start = case.as_of.year
    years = (form.first, form.last) if case.series else (start, start)
    task = planned(asked, Years(*years, max(form.runs, 1), form.blank_slate, fixed=form.runs == 0))
    rows = rows_of(task, max(form.runs, *(r + 1 for r in runs)))
    found = [task.course(rows[run][1:]) for run in runs]
    return found if case.series else [replace(c, calendar=Held(case)) for c in found]


def opened_year(course: Course, standing: Standing, year: int, chance: Chance, moves: Moves) -> Moment:
    """Return a year after its facts, new leaders and flaring quarrels: steps 1, 2 and 3a, and what was injected."""
    world = data_year(course.facts(year), standing, course.commitments(year))
    moment = quarrels_flare(leaders_change(Moment(year, Appraiser(world, course.parameters)), chance), chance)
    return _injected(moment, chance, moves) if moves.shocks or moves.leaders else moment


def _injected(moment: Moment, chance: Chance, moves: Moves) -> Moment:
    """Return the moment after a facilitator's new leaders and shocks, which fall as large as the law would draw them."""
    world, parameters, year = moment.world, moment.appraiser.parameters, moment.year
    perception, stock, events = np.array(world.perception), np.array(world.grievance), []
    for s in [s for s in moves.leaders if s in world.states]:
        seen = [chance.normal("perception", f"{s} of {a}", year) for a in world.adversaries]
        perception[world.index(s)] = np.minimum(np.exp(parameters["perception_spread"] * np.array(seen)), 100.0)
        events.append(Event(year, Happening.LEADER, s, size=float(perception[world.index(s)].mean()), seated=True))
    low, high = parameters["smallest_shock"], parameters["largest_shock"]
    for one, other in [p for p in moves.shocks if set(p) <= set(world.states)]:
        for a, b in ((one, other), (other, one)):
            share = chance.uniform("size of shock", f"{a} {b}", year)
            i, j = world.index(a), world.index(b)
            stock[i, j] = min(1.0, stock[i, j] + low + (high - low) * share)
        size = float(max(stock[world.index(one), world.index(other)], stock[world.index(other), world.index(one)]))
        events.append(Event(year, Happening.SHOCK, one, other, size=size, seated=True))
    return moment.then(events, perception=perception, grievance=stock)


def lived_years(form: RoomForm, moves: Sequence[Moves], course: Course | None = None) -> tuple[Lived, ...]:
    """Return the years of a room from the first, one for each of the moves.

    Parameters
    ----------
    form : RoomForm
    moves : sequence of Moves
        Of the first year and those after it.
    course : Course, optional
        If it was made before.
    """
    course = course_of(form) if course is None else course
    standing = course.start(form.first)
    found: list[Lived] = []
    for year, made in enumerate(moves, form.first):
        course, unread = with_facts(course, year, made)
        year_of = one_council_year(course, standing, year, law_in(form, year), made, form.rules.exits)
        lived = replace(year_of, unread=unread)
        standing = lived.standing
        found.append(lived)
    return tuple(found)


def standing_before(form: RoomForm, moves: Sequence[Moves], now: Moves, course: Course) -> Moment:
    """Return the opening of the year after some moves, with what was injected into it so far."""
    standing = course.start(form.first)
    for year, made in enumerate(moves, form.first):
        course, _ = with_facts(course, year, made)
        standing = one_council_year(course, standing, year, law_in(form, year), made, form.rules.exits).standing
    year = form.first + len(moves)
    return opened_year(with_facts(course, year, now)[0], standing, year, law_in(form, year).chance, now)


def with_facts(course: Course, year: int, moves: Moves) -> tuple[Course, tuple[str, ...]]:
    """Return the course from a year on with what was injected, and what could not be read."""
    facts, unread = dict(course.overrides), []
    for address, value in moves.facts.items():
        try:
            facts |= read_changes(course.case(year), [f"{address}={value!r}"]).facts
        except FoedusError as error:
            unread.append(str(error))
    parameters = course.parameters
    if moves.budget is not None and moves.budget != parameters["coercion_budget"]:
        parameters = parameters.replace({"coercion_budget": moves.budget})
    if not moves.facts and parameters is course.parameters:
        return course, ()
    return replace(course, overrides=facts, parameters=parameters), tuple(unread)


def one_council_year(course: Course, standing: Standing, year: int, law: DrawnWill, moves: Moves, exits: str) -> Lived:
    """Return a year with what people did in it; with no moves it is that of :func:`foedus.simulation.trajectory.one_year`."""
    will = will_of(moves, law)
    opening = opened_year(course, standing, year, law.chance, moves)
    moment = _ladder(opening, will, moves) if moves.quarrels or moves.settled else ladder(opening, will)
    moment = members_leave(moment, will if exits == "all" else _PeopleLeave(law, will.seats))
    judged = moment.appraiser
    moment = doors_open(moment, will)
    moment, failed, purse = _signed(moment, law, moves)
    table, drafts = table_of_drafts(moment.appraiser, standing.drafts, year)
    blocker = who_blocks_most(moment.appraiser, table.get(Form.COUNCIL, ()))
    if course.case(year).hub not in moves.played:
        purse.left = purse.left if moves.treaties else np.inf
        asks = PressedWill(will, moves.pressure, purse)
        moment = _law_round(moment, on_table(drafts, standing.waited, moment, law.chance), asks, moves)
    waited = waited_since(standing.waited, drafts, moment.world.in_force)
    moment = light_treaties(moment, will)
    lived = judged.appraise(moment.world.in_force, judged.world.in_force)
    nothing = judged.appraise(judged.world.in_force, judged.world.in_force)
    record = YearRecord(year, moment.world, lived, moment.events, blocker)
    handed_on = standing_of(forums_teach(moment).world, table, waited)
    entered = tuple(str(t["id"]) for t in moves.treaties if str(t["id"]) not in failed)
    return Lived(record, opening, nothing, handed_on, entered, tuple(sorted(failed)), (), tuple(purse.laid))


class _PeopleLeave(SeatedWill):
    """Only people leave: the law's exits are off, by the rule of the room."""

    def decides(self, decision: Decision, step: str, subject: str, year: int, mood: Mood | None = None) -> Drawn:
        """Return a decision: that of people, or to stay."""
        drawn = super().decides(decision, step, subject, year, mood)
        return drawn if drawn.seat is not None else replace(drawn, seat=False)


def _ladder(moment: Moment, will: Will, moves: Moves) -> Moment:
    """Step 3b where people quarrel or have settled: who raised it goes first; what is settled has no third rung."""
    world, year = moment.world, moment.year
    seen = moment.appraiser.appraise(world.in_force, world.in_force).quantities
    escalates, defused = seen["escalation"], seen["brokerage"]
    events: list[Event] = []
    for i, j in quarrelling_pairs(world):
        pair = pair_of_states(world.states, (world.states[i], world.states[j]))
        first = moves.quarrels.get(pair, {}).get("first")
        a, b = (i, j) if world.grievance[i, j] >= world.grievance[j, i] else (j, i)
        a, b = (b, a) if first == world.states[b] else (a, b)
        rungs = ((Happening.RAISED, a, b), (Happening.ANSWERED, b, a), (Happening.CRISIS, a, b))
        for happening, x, y in rungs:
            who, whom, chance = world.states[x], world.states[y], float(escalates[x, y])
            name = f"{world.states[i]} {world.states[j]}"
            taken, draw, seated = will.climbs(Rung(happening, who, whom, name, chance), year)
            if not taken:
                break
            if happening is Happening.CRISIS:
                broker, calmed = will.chance.uniform("broker", name, year), float(defused[a, b])
                if pair in moves.settled:
                    events.append(Event(year, Happening.BROKERED, who, whom, draw=broker, seated=True))
                    break
                if broker < calmed:
                    events.append(Event(year, Happening.BROKERED, who, whom, probability=calmed, draw=broker))
                    break
            size = float(world.grievance[x, y])
            events.append(Event(year, happening, who, whom, probability=chance, draw=draw, size=size, seated=seated))
    return moment.then(events)


def _law_round(moment: Moment, drafts: Sequence[tuple[Form, Institution]], will: Will, moves: Moves) -> Moment:
    """Step 6 by law, without the treaties of two that would bind a state whose people did not sign them."""
    before = moment.world.in_force
    after = one_round(moment, drafts, will)
    if not moves.played or after.world.in_force == before:
        return after
    unsigned = [
        m
        for m in after.world.in_force
        if m.kind is Kind.BILATERAL and m not in before and {*m.members} & {*moves.played}
    ]
    if not unsigned:
        return after
    bound = {m.members for m in unsigned}
    kept = [m for m in after.world.in_force if m not in unsigned]
    kept += [m for m in before if m.kind is Kind.DE_FACTO and m.members in bound]
    told = [
        e
        for e in after.events[len(moment.events) :]
        if not (e.happening is Happening.SIGNED and e.institution in unsigned)
    ]
    return moment.then(told, in_force=Architecture(tuple(kept)))


def _signed(moment: Moment, law: DrawnWill, moves: Moves) -> tuple[Moment, frozenset[str], Purse]:
    """Return the moment after every agreed treaty was signed or not, the ids of those that were not, and the adversary's purse.

    Signatures that hang on another treaty are resolved together: all are taken to enter, those that do not are struck
    out, and all is looked at again until nothing changes.
    """
    failed: frozenset[str] = frozenset()
    while True:
        purse = Purse(float(moment.appraiser.parameters["coercion_budget"]))
        after, found = _signed_if(moment, law, moves, failed, purse)
        if found <= failed:
            return after, found, purse
        failed |= found


def _signed_if(
    moment: Moment, law: DrawnWill, moves: Moves, failed: frozenset[str], purse: Purse
) -> tuple[Moment, frozenset[str]]:
    missed = set()
    for treaty in moves.treaties:
        will = PressedWill(will_of(moves, law, treaty, failed), moves.pressure, purse)
        moment, entered = _one_signing(moment, will, treaty)
        if not entered:
            missed.add(str(treaty["id"]))
    return moment, frozenset(missed)


def _one_signing(moment: Moment, will: SeatedWill, treaty: Mapping[str, Any]) -> tuple[Moment, bool]:
    present = {*moment.world.states, *moment.world.adversaries}
    if not set(treaty["parties"]) <= present or (treaty.get("until") or moment.year + 1) <= moment.year:
        return moment, False
    if treaty["ends"]:
        return _ending(moment, will, str(treaty["ends"]))
    if treaty["replaces"] and common_at_doors(moment.appraiser) is not None:
        return _entering(moment, will, treaty)
    return _founding(moment, will, founded_by(treaty, moment.year))


def _standing_as(moment: Moment, key: str) -> Institution | None:
    return next((m for m in moment.world.in_force if name_of(m) == key), None)


def _ending(moment: Moment, will: Will, key: str) -> tuple[Moment, bool]:
    found = _standing_as(moment, key)
    if found is None:
        return moment, False
    in_force, year = moment.world.in_force, moment.year
    asked = exit_decisions(moment.appraiser, found, in_force, year)
    drawn = tuple(
        will.decides(d, "exit", f"{d.state} from {found.kind} {found.members} {found.rule}", year) for d in asked
    )
    if not all(d.taken for d in drawn):
        return moment, False
    event = Event(
        year, Happening.ENDED, institution=found, decisions=drawn, seated=any(d.seat is not None for d in drawn)
    )
    return moment.then([event], in_force=in_force.without(found)), True


def _entering(moment: Moment, will: Will, treaty: Mapping[str, Any]) -> tuple[Moment, bool]:
    """Return the moment after a newcomer and the members of a body have signed or not; the law answers as at its doors."""
    body, newcomer, year = _standing_as(moment, str(treaty["replaces"])), str(treaty["newcomer"]), moment.year
    common = common_at_doors(moment.appraiser)
    if body is None or common is None or newcomer in body.members:
        return moment, False
    found = entry(moment.appraiser, body, newcomer, common)
    subject = f"{newcomer} to {body.kind} {body.members} {body.rule}"
    mood = mood_of(will.chance, common, f"at the door {subject}", year)
    drawn = (
        will.decides(found.applies, "applies", subject, year),
        *(will.decides(d, "lets in", f"{d.state}: {subject}", year, mood) for d in found.lets_in),
    )
    agreed = all(d.taken for d in drawn)
    happening = Happening.FORMED if agreed else Happening.REFUSED
    event = Event(year, happening, institution=found.enlarged, probability=found.enters, decisions=drawn)
    if not agreed:
        return moment.then([event]), False
    return moment.then([event], in_force=moment.world.in_force.without(body).having(found.enlarged)), True


def without_it(moment: Moment, institution: Institution) -> Architecture:
    """Return what members weigh something new against: for a body or forum the star that the hub would build, else what is in force."""
    if institution.kind in (Kind.MULTILATERAL, Kind.FORUM):
        return star(moment.appraiser)
    return moment.world.in_force


def _founding(moment: Moment, will: Will, institution: Institution) -> tuple[Moment, bool]:
    """Return the moment after all parties of something new have signed or not, under the pressure of the adversary."""
    appraiser, year = moment.appraiser, moment.year
    in_force, fallback = moment.world.in_force, without_it(moment, institution)
    pressing = pressing_on(appraiser, institution, fallback)
    pain = will.presses(pressing, year)
    asked = consent_decisions(appraiser, institution, fallback, pain)
    common = shared(appraiser.parameters)
    mood = mood_of(will.chance, common, "consent", year)
    drawn = tuple(will.decides(d, "consent", d.state, year, mood) for d in asked)
    agreed, events = all(d.taken for d in drawn), []
    by_people = pain is not pressing.best
    for k in np.flatnonzero(pain):
        target = institution.members[k]
        events.append(
            Event(
                year, Happening.PRESSED, pressing.adversary, target, institution, size=float(pain[k]), seated=by_people
            )
        )
    happening = Happening.FORMED if agreed else Happening.REFUSED
    events.append(Event(year, happening, institution=institution, probability=together(asked, common), decisions=drawn))
    return moment.then(events, in_force=in_force.having(institution)) if agreed else moment.then(events), agreed
