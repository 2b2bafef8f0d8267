"""Proposals: the round of a year as it is actually played, with a proposer, a proposal, pressure and consents drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np

from foedus.mechanisms import variant
from foedus.mechanisms.decisions.drafting import amend, draft
from foedus.mechanisms.decisions.wedge import press_body
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.chance import Chance
from foedus.simulation.decisions import consent_decisions, limits_of_coercion, strongest_partner, together
from foedus.simulation.formation import (
    DRAFTED,
    Form,
    Menu,
    agenda_of,
    candidates,
    gains,
    keys_of_drafts,
    menu_of,
    seats,
    shared,
    star,
)
from foedus.simulation.trace import Event, Happening
from foedus.simulation.will import Pressing, Will, mood_of, pick
from foedus.simulation.year import Moment, light_treaty, treaties_signed

Drafts = Mapping[str, tuple[str, ...]]
"""Members of each draft on the hub's table, by form."""


def table_of_drafts(
    appraiser: Appraiser, carried: Drafts, year: int
) -> tuple[Drafts, tuple[tuple[Form, Institution], ...]]:
    """Return the drafts on the hub's table after a year's work, and those worth proposing.

    The hub takes up one of its three drafts a year, in turn, and amends it as long as that helps; a draft never made
    starts from everybody. All three are judged anew every year.
    """
    world, fallback = appraiser.world, star(appraiser)
    everybody = candidates(world)
    table: dict[str, tuple[str, ...]] = {}
    worth = []
    for k, (form, kind, rule) in enumerate(DRAFTED):
        known = set(carried.get(form, everybody))
        members = tuple(s for s in everybody if s in known or s == world.hub)
        members = members if len(members) >= 3 else everybody
        if len(everybody) < 3:
            continue
        keys = keys_of_drafts(appraiser, fallback, kind, rule)
        if year % len(DRAFTED) == k:
            reluctant = _least_willing_first(appraiser, fallback, kind, rule)
            members, best = amend(members, everybody, world.hub, keys, reluctant)
        else:
            best = keys([members])[0]
        table[form] = members
        institution = Institution(kind, members, rule)
        if best > 0 and institution not in fallback:
            worth.append((form, institution))
    return table, tuple(worth)


def on_table(
    drafts: Sequence[tuple[Form, Institution]], waited: Mapping[str, int], moment: Moment, chance: Chance
) -> tuple[tuple[Form, Institution], ...]:
    """Return the drafts of a year that are on the table: every forum, and bodies as the law of the agenda says.

    Parameters
    ----------
    drafts : sequence of (Form, Institution)
        Those worth proposing.
    waited : mapping of str to int
        Years of the run in which each form was worth proposing and did not come about.
    moment : Moment
    chance : Chance
    """
    parameters = moment.appraiser.parameters
    often = variant(parameters, "agenda")
    return tuple(
        (form, m)
        for form, m in drafts
        if m.kind is Kind.FORUM or chance.uniform("agenda", form, moment.year) < often(waited.get(form, 0), parameters)
    )


def waited_since(
    waited: Mapping[str, int], drafts: Sequence[tuple[Form, Institution]], after: Architecture
) -> dict[str, int]:
    """Return the years that bodies have been worth proposing in vain, after a year with what it ended with."""
    bodies = {form: m for form, m in drafts if m.kind is not Kind.FORUM}
    more: dict[str, int] = {form: 0 if m in after else waited.get(form, 0) + 1 for form, m in bodies.items()}
    return {**waited, **more}


def _least_willing_first(
    appraiser: Appraiser, fallback: Architecture, kind: Kind, rule: Rule
) -> Callable[[tuple[str, ...]], list[str]]:
    world = appraiser.world

    def reluctant(members: tuple[str, ...]) -> list[str]:
        gain = gains(appraiser, Institution(kind, members, rule), fallback)
        return sorted((s for s in members if s != world.hub), key=lambda s: float(gain[world.index(s)]))

    return reluctant


def first_drafts(appraiser: Appraiser) -> Drafts:
    """Return the drafts of a hub that starts from everybody, as in a single round; where none is worth it, the best."""
    fallback, everybody = star(appraiser), candidates(appraiser.world)
    if len(everybody) < 3:
        return {}
    return {
        form: draft(everybody, appraiser.world.hub, keys_of_drafts(appraiser, fallback, kind, rule))[0]
        for form, kind, rule in DRAFTED
    }


def pressing_on(appraiser: Appraiser, institution: Institution, fallback: Architecture) -> Pressing:
    """Step 5: return what the adversary that is traded with most can do to each member of what is proposed, and its best.

    It comes on top of the reprisals that members expect anyway, and goes where it lowers the chance of agreement most.
    """
    parameters, world = appraiser.parameters, appraiser.world
    adversary = strongest_partner(world)
    at = seats(appraiser, institution)
    limit = limits_of_coercion(appraiser, institution, adversary)
    best = press_body(
        gains(appraiser, institution, fallback)[at],
        limit,
        world.gdp[at],
        appraiser.depth(institution),
        parameters["coercion_budget"],
        parameters["decision_noise"],
        parameters["wedge_cost_ratio"],
        shared(parameters),
    ).pain
    price = parameters["wedge_cost_ratio"] * world.gdp[at] / 100.0
    return Pressing(world.adversaries[adversary], institution, best, limit, price, parameters["coercion_budget"])


def one_round(moment: Moment, drafts: Sequence[tuple[Form, Institution]], will: Will) -> Moment:
    """Steps 5 and 6: return the moment after somebody has proposed something and all who must have said yes or no."""
    appraiser, world, year = moment.appraiser, moment.world, moment.year
    menu = menu_of(appraiser, drafts)
    who, what = agenda_of(appraiser, menu)
    proposer = pick(who, will.chance.uniform("proposer", "", year))
    offered = [item[2] for item in menu.items]
    chosen, draw, seated = will.proposes(world.states[proposer], what[proposer], offered, year)
    _, appraisal, institution, _ = menu.items[chosen]
    events: list[Event] = []
    after = appraisal.architecture
    if institution is not None:
        probability = float(who[proposer] * what[proposer, chosen])
        events.append(
            Event(
                year,
                Happening.PROPOSED,
                world.states[proposer],
                institution=institution,
                probability=probability,
                draw=draw,
                seated=seated,
            )
        )
        asked, agreed = _ask(moment, menu, institution, will)
        events += asked
        if not agreed:
            after = menu.items[menu.refused][1].architecture
    events += treaties_signed(moment, after)
    return moment.then(events, in_force=after) if after != world.in_force else moment.then(events)


def _ask(moment: Moment, menu: Menu, institution: Institution, will: Will) -> tuple[list[Event], bool]:
    """Ask every member; the adversary presses before they answer."""
    appraiser, year = moment.appraiser, moment.year
    fallback = menu.fallback.architecture
    pressing = pressing_on(appraiser, institution, fallback)
    pain = will.presses(pressing, year)
    decisions = consent_decisions(appraiser, institution, fallback, pain)
    common = shared(appraiser.parameters)
    mood = mood_of(will.chance, common, "consent", year)
    drawn = tuple(will.decides(d, "consent", d.state, year, mood) for d in decisions)
    agreed = all(d.taken for d in drawn)
    events = []
    if pain.any():
        target = int(np.argmax(pain))
        pressed = institution.members[target]
        events.append(
            Event(
                year,
                Happening.PRESSED,
                pressing.adversary,
                pressed,
                institution,
                size=float(pain[target]),
                seated=pain is not pressing.best,
            )
        )
    passed = together(decisions, common)
    happening = Happening.FORMED if agreed else Happening.REFUSED
    events.append(Event(year, happening, institution=institution, probability=passed, decisions=drawn))
    return events, agreed


def light_treaties(moment: Moment, will: Will) -> Moment:
    """Step 7b: return the moment after one dyad of every forum has been asked for a light treaty between two spokes.

    Which dyad is drawn among those spokes that sit in the forum and have no treaty with each other yet.
    """
    for forum in [m for m in moment.world.in_force if m.kind is Kind.FORUM]:
        moment = _one_light_treaty(moment, forum, will)
    return moment


def _one_light_treaty(moment: Moment, forum: Institution, will: Will) -> Moment:
    world, year = moment.world, moment.year
    subject = f"{forum.members}"
    spokes = [i for i in sorted(map(world.index, forum.members)) if i != world.hub_index]
    inside = {world.states[i] for i in spokes}
    sharing = [inside.intersection(m.members) for m in world.in_force if m.is_treaty]
    bound = {pair for few in sharing for pair in combinations(sorted(map(world.index, few)), 2)}
    free = [pair for pair in combinations(spokes, 2) if pair not in bound]
    if not free:
        return moment
    i, j = free[int(will.chance.uniform("light dyad", subject, year) * len(free))]
    treaty = light_treaty(world, i, j, moment.appraiser.parameters["light_depth"])
    decisions = consent_decisions(moment.appraiser, treaty, world.in_force)
    common = shared(moment.appraiser.parameters)
    mood = mood_of(will.chance, common, f"light consent {treaty.members}", year)
    drawn = tuple(will.decides(d, "light consent", f"{d.state} {treaty.members}", year, mood) for d in decisions)
    agreed = all(d.taken for d in drawn)
    passed = together(decisions, common)
    happening = Happening.LIGHT if agreed else Happening.LIGHT_REFUSED
    one, other = treaty.members
    event = Event(year, happening, one, other, treaty, passed, decisions=drawn)
    return moment.then([event], in_force=world.in_force.having(treaty)) if agreed else moment.then([event])
