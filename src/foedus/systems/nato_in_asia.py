"""NATO in Asia: the best body anybody could draft, and what taking Taiwan in or leaving it out would do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from foedus.casebook.case import Case, first_day
from foedus.mechanisms.decisions.drafting import amend
from foedus.mechanisms.utility.exclusion import posterior_resolve
from foedus.model.architecture import Institution, Kind, Rule
from foedus.model.builder import build_world
from foedus.questions.study import Study, name, study_of
from foedus.questions.what_exclusion_does import SITUATIONS, what_exclusion_does
from foedus.simulation.appraisal import lost
from foedus.simulation.formation import acceptance_of, consents, gains
from foedus.systems.excerpts import headed, joined, kept, named, picked
from foedus.systems.finding import Check, Finding, Setting, System, event, listed
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

DEPTHS = (0.3, 0.6, 1.0)
"""Depths of the bodies that are tried: from light obligations to a full alliance."""

SMALL = 4
"""Bodies of up to this many members are all tried; larger ones grow from the best of them."""

WORTH = 0.05
"""Least gain of the proposer, % of its GDP a year, for a body to be worth the trouble (half the noise of decisions)."""

SIGNALS = (0.0, 0.25, 0.5, 0.75, 0.9)
"""Exclusion signals that are tried, over the range of the parameter."""


@dataclass(frozen=True)
class Draft:
    """A body somebody could propose."""

    institution: Institution
    chance: float
    """That all members agree."""
    gain: float
    """Of the proposer, % of its GDP a year, if it forms."""
    weakest: str
    """The member least likely to agree."""


def _draft(study: Study, institution: Institution, proposer: int) -> Draft:
    agree = consents(study.appraiser, institution, study.fallback)
    return Draft(
        institution,
        acceptance_of(study.appraiser, institution, study.fallback),
        float(gains(study.appraiser, institution, study.fallback)[proposer]),
        institution.members[int(np.argmin(agree))],
    )


def _small(study: Study, states: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    hub = study.world.hub
    others = [s for s in states if s != hub]
    for size in range(2, SMALL):
        for chosen in itertools.combinations(others, size):
            yield (hub, *chosen)


def best_draft(study: Study, proposer: str, rule: Rule, depth: float, states: tuple[str, ...]) -> Draft:
    """Return the body with the hub that promises its proposer most, acceptance times gain.

    All bodies of three and four members with hub and proposer are tried; from the best one, members are added or
    dropped one at a time as long as that raises the promise.
    """
    at, hub = study.world.index(proposer), study.world.hub

    def promise(members: tuple[str, ...]) -> float:
        if proposer not in members:
            return -np.inf
        d = _draft(study, Institution(Kind.MULTILATERAL, members, rule, depth), at)
        return d.chance * d.gain if d.gain > 0 else d.gain

    def promises(memberships: Sequence[tuple[str, ...]]) -> list[float]:
        return [promise(m) for m in memberships]

    members, _ = amend(max(_small(study, states), key=promise), states, hub, promises)
    return _draft(study, Institution(Kind.MULTILATERAL, members, rule, depth), at)


def best_bodies(study: Study, states: tuple[str, ...]) -> Table:
    """Return the best body of every proposer at every depth, over both rules."""
    rows: list[list[Cell]] = []
    for proposer, depth in itertools.product(states, DEPTHS):
        tried = [(rule, best_draft(study, proposer, rule, depth, states)) for rule in Rule]
        rule, top = max(tried, key=lambda t: t[1].chance * max(t[1].gain, 0.0))
        members, worth_it = " ".join(top.institution.members), top.gain >= WORTH
        rows.append([proposer, depth, members, rule.value, top.chance, top.gain, top.weakest, worth_it])
    return table(
        "bodies",
        "The best body each state could draft",
        [
            Column("proposer"),
            Column("depth", "share of a full alliance"),
            Column("members"),
            Column("rule", "", "council (consensus) or led by the hub"),
            Column("chance", "probability", "that all agree in one round", form="percent"),
            Column("gain", "% of GDP a year", "of the proposer"),
            Column("weakest", "", "member least likely to agree"),
            Column("worth_it", "yes/no", f"gain of at least {WORTH:g} % of GDP"),
        ],
        rows,
    )


def _with(study: Study, signal: float, recognised: bool) -> Study:
    world = study.world
    if recognised:
        world = world.replace(recognised=np.ones(len(world.states)))
    return Study(world, study.parameters.replace({"exclusion_signal": signal}), study.quarrel, study.watch)


def taiwan(study: Study) -> Table:
    """Return what the Quad as an alliance does to Taiwan, left out and taken in, by exclusion signal and recognition."""
    rows: list[list[Cell]] = []
    outside = study.watch[0]
    inside = outside.joined_by("TWN")
    for signal in SIGNALS:
        seen = what_exclusion_does(_with(study, signal, recognised=False))
        losses = (seen[name("exclusion", k, "TWN", "loss")] for k in SITUATIONS)
        passes = (seen[name("exclusion", k, "TWN", "acceptance")] for k in ("left out", "taken in"))
        rows.append([signal, False, *losses, seen[name("exclusion", "taken in", "TWN/TWN", "gain")], *passes])
    friend = _with(study, study.parameters["exclusion_signal"], recognised=True)
    before, k, star = study.world.in_force, study.world.index("TWN"), friend.fallback
    today, left, taken = (
        friend.appraiser.appraise(a, before) for a in (star, star.having(outside), star.having(inside))
    )
    losses = (float(lost(a)[k]) for a in (today, left, taken))
    passes = (acceptance_of(friend.appraiser, m, star) for m in (outside, inside))
    gain = float((taken.utility - today.utility)[k])
    rows.append([friend.parameters["exclusion_signal"], True, *losses, gain, *passes])
    return table(
        "taiwan",
        "Taiwan in and out of a Quad-sized alliance",
        [
            Column("signal", "share", "of the commitment that exclusion costs"),
            Column("recognised", "yes/no"),
            *(Column(f"loss_{k.replace(' ', '_')}", "% of GDP a year") for k in SITUATIONS),
            Column("gain_inside", "% of GDP a year", "after reprisals"),
            Column("passes_without", "probability", form="percent"),
            Column("passes_with", "probability", form="percent"),
        ],
        rows,
    )


def signals() -> Table:
    """Return how far exclusion shakes belief in the hub, by how telling it is (Bayes, result R6 of the theory)."""
    rows: list[list[Cell]] = []
    for prior, resolved, unresolved in itertools.product((0.5, 0.8), (0.0, 0.25, 0.5), (0.0, 0.25, 0.5)):
        after = posterior_resolve(prior, resolved, unresolved)
        rows.append([prior, resolved, unresolved, after, 1.0 - after / prior])
    return table(
        "signal",
        "What leaving a protégé out tells about the hub",
        [
            Column("prior", "probability", "that the hub is resolved", form="percent"),
            Column("resolved_include", "probability", "that a resolved hub would have included it", form="percent"),
            Column("unresolved_include", "probability", "the same of an unresolved one", form="percent"),
            Column("after", "probability", "that the hub is resolved, after exclusion", form="percent"),
            Column("signal", "share", "belief lost"),
        ],
        rows,
    )


def _top(bodies: Table, depth: float) -> dict[str, Cell]:
    """Return the likeliest body of a depth among those worth having to their proposers, or among all."""
    rows = [r for r in bodies if r["depth"] == depth]
    return max([r for r in rows if r["worth_it"] is True] or rows, key=lambda r: cast(float, r["chance"]))


def _said(row: dict[str, Cell]) -> str:
    return (
        f"best: {listed(str(row['members']).split())} ({row['rule']}, depth {row['depth']}), drafted by "
        f"{listed([str(row['proposer'])])}, {percent(cast(float, row['chance']))} in a round"
    )


def _new_bodies(case: Case) -> tuple[str, ...]:
    return tuple(
        r.id
        for r in case.institutions
        if r.kind == "multilateral" and first_day(str(r.signed or r.in_force)) > case.as_of
    )


def _checks(case: Case, bodies: Table, island: Table, told: Table) -> tuple[Check, ...]:
    full, light = (_top(bodies, depth) for depth in (max(DEPTHS), min(DEPTHS)))
    default = next(r for r in island if r["signal"] == 0.5 and r["recognised"] is False)
    friend = next(r for r in island if r["recognised"] is True)
    mute = [r for r in told if r["resolved_include"] == r["unresolved_include"]]
    aukus, india = event(case, "AUKUS2021"), event(case, "INDIAREJECTS2024")
    formed = _new_bodies(case)
    return (
        Check(
            "No full alliance that is worth having to its proposer passes more likely than not",
            _said(full),
            f"mutual-defence bodies since: {', '.join(formed) or 'none'}; {india.date}: {india.text}",
            (cast(float, full["chance"]) < 0.5) == (not formed),
        ),
        Check(
            "Nor does a light one",
            _said(light),
            f"{aukus.date}: {aukus.text} No body with obligations of India or Vietnam",
            cast(float, light["chance"]) < 0.5,
        ),
        Check(
            "Leaving Taiwan out makes it less safe",
            f"its loss goes from {cast(float, default['loss_today']):.2f} to {cast(float, default['loss_left_out']):.2f} % of GDP a year",
            "in no body to February 2026; arms sales and visits have grown",
            None,
        ),
        Check(
            "Taking Taiwan in would pay for Taiwan",
            f"its gain is {cast(float, default['gain_inside']):+.2f} % of GDP after reprisals",
            "not tried",
            None,
        ),
        Check(
            "Recognition alone would open the door",
            f"a body with Taiwan passes with {percent(cast(float, default['passes_with']))} as it is, {percent(cast(float, friend['passes_with']))} if it is recognised",
            "not tried",
            None,
        ),
        Check(
            "Exclusion always shakes a protégé's trust",
            f"no belief is lost in {len([r for r in mute if abs(cast(float, r['signal'])) < 1e-12])} of {len(mute)} cases in which resolved and unresolved hubs exclude alike",
            "exclusion under the one-China policy is what everybody expects",
            None,
        ),
    )


def look_at(setting: Setting) -> Finding:
    """Return what is found about a NATO in Asia."""
    case = setting.case("indo-pacific-2020")
    study = study_of(case, build_world(case), setting.parameters)
    states = tuple(s for i, s in enumerate(study.world.states) if study.world.recognised[i] >= 1.0)
    bodies, island, told = best_bodies(study, states), taiwan(study), signals()
    return Finding("nato-in-asia", (bodies, island, told), _checks(case, bodies, island, told), (case,))


def answer(found: Finding) -> tuple[str, ...]:
    """Return the likeliest bodies, full and light, beside what the record has against them, and what Taiwan gains."""
    bodies = found.table("bodies")
    full, light = (_top(bodies, depth) for depth in (max(DEPTHS), min(DEPTHS)))
    formed = len(_new_bodies(found.cases[0]))
    gain = next(cast(float, r["gain_inside"]) for r in found.table("taiwan") if r["signal"] == 0.5)
    return (
        f"The likeliest full alliance worth having, {listed(str(full['members']).split())}, passes a round with "
        f"{percent(cast(float, full['chance']))}.",
        f"A light body, {listed(str(light['members']).split())}, passes with {percent(cast(float, light['chance']))}; on "
        f"record {formed or 'no'} {'body has' if formed < 2 else 'bodies have'} formed since.",
        f"Membership would {'gain' if gain >= 0 else 'cost'} Taiwan {abs(gain):.1f} % of GDP a year after reprisals.",
    )


def pictures(found: Finding) -> tuple[Chart, ...]:
    """Return the best bodies of every proposer, and Taiwan in and out."""
    drafts = joined(named(found.table("bodies"), "proposer"), "draft", "proposer", "members")
    losses = headed(found.table("taiwan"), loss_today="today", loss_left_out="left out", loss_taken_in="taken in")
    shown = (("full", max(DEPTHS), "Full alliances"), ("light", min(DEPTHS), "Light bodies"))
    return (
        *(
            Chart(
                f"nato-in-asia-{key}",
                "bars",
                title,
                f"The best body of each proposer, who is named first, at depth {depth:g}: chance that all agree in one round. "
                f"Grey: not worth its trouble, less than {WORTH:g} % of the proposer's GDP.",
                headed(picked(drafts, depth=depth), worth_it="worth its trouble"),
                "chance",
                "draft",
                colour="worth_it",
                inks={"true": "teal", "false": "grey"},
                options={"unit": "chance that all agree in one round"},
            )
            for key, depth, title in shown
        ),
        Chart(
            "nato-in-asia-taiwan",
            "lines",
            "Taiwan in and out",
            "What Taiwan expects to lose, % of its GDP a year, by how telling it is to be left out.",
            kept(losses, lambda r: r["recognised"] is False),
            "signal",
            series=("loss_today", "loss_left_out", "loss_taken_in"),
            options={"unit_up": "% of GDP a year", "unit": "share of the commitment that exclusion costs"},
        ),
    )


SYSTEM = System(
    "nato-in-asia",
    "NATO in Asia",
    "What is the best body anybody could draft, with and without Taiwan?",
    5,
    "Every state of December 2020 drafts the body with the United States that promises it most: all bodies of three and "
    "four, larger ones grown from the best, under both rules and at three depths. Taiwan is then taken into a Quad-sized "
    "alliance, left out of it, and recognised.",
    look_at,
    answer,
    pictures,
    (
        "Noise is in proportion to depth, which favours light bodies.",
        "Search is complete only up to four members.",
        "The model has no aversion to alliances as such: India and Vietnam appear in bodies that both have refused in words.",
    ),
)
"""A NATO in Asia."""
