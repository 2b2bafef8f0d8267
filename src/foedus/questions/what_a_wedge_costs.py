"""Pressure: what it costs the adversary to break a body, and what it costs to break a star."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.mechanisms.decisions.wedge import cost_to_break, press_body
from foedus.model.architecture import Institution
from foedus.questions.study import Answers, Study, name
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import limits_of_coercion, strongest_partner
from foedus.simulation.formation import gains, seats

BUDGETS = (0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Yearly budgets of coercion that are looked at, bn international $ of 2011; from nothing to a war economy."""


@dataclass(frozen=True)
class Target:
    """One consent that the adversary could turn.

    Attributes
    ----------
    state : str
    gain : float
        What the state gains by agreeing or staying, before any reprisal, % of GDP.
    limit : float
        Most pain the adversary can inflict on it, % of GDP.
    income : float
        GDP, bn.
    cost : float
        What it costs to make the state indifferent, bn a year; inf where the limit forbids it.
    """

    state: str
    gain: float
    limit: float
    income: float
    cost: float


def _targets(study: Study, members: list[int], gain: NDArray[np.float64], limit: NDArray[np.float64]) -> list[Target]:
    income = study.world.gdp[members]
    cost = cost_to_break(gain, limit, income, study.parameters["wedge_cost_ratio"])
    names = [study.world.states[i] for i in members]
    return [
        Target(s, float(g), float(m), float(y), float(c))
        for s, g, m, y, c in zip(names, gain, limit, income, cost, strict=True)
    ]


def body_targets(study: Study, institution: Institution) -> list[Target]:
    """Return the members of a body as targets; their gains are without the reprisals now priced in."""
    patient = Appraiser(study.world, study.parameters.replace({"coercion_pain": 0.0}))
    at = seats(study.appraiser, institution)
    gain = gains(patient, institution, study.fallback)[at]
    return _targets(
        study, at.tolist(), gain, limits_of_coercion(study.appraiser, institution, strongest_partner(study.world))
    )


def star_targets(study: Study) -> list[Target]:
    """Return the spokes of the star as targets, each with what its treaty is worth to it."""
    world, before = study.world, study.world.in_force
    here = study.appraiser.appraise(study.fallback, before).utility
    found: list[Target] = []
    for m in study.bilaterals():
        spoke = next((s for s in m.members if s != world.hub), m.members[0])
        i = world.index(spoke)
        gone = study.appraiser.appraise(study.fallback.without(m), before).utility
        limit = limits_of_coercion(study.appraiser, m, strongest_partner(study.world))[list(m.members).index(spoke)]
        found += _targets(study, [i], np.array([here[i] - gone[i]]), np.array([limit]))
    return found


def hold_body(study: Study, targets: list[Target], depth: float, budget: float) -> tuple[float, NDArray[np.float64]]:
    """Return the chance that all agree under the best pressure, and the pain on each."""
    best = press_body(
        np.array([t.gain for t in targets]),
        np.array([t.limit for t in targets]),
        np.array([t.income for t in targets]),
        depth,
        budget,
        study.parameters["decision_noise"],
        study.parameters["wedge_cost_ratio"],
    )
    return best.probability, best.pain


def hold_star(study: Study, targets: list[Target], budget: float) -> float:
    """Return the expected share of the treaties still wanted when the cheapest are pressed first."""
    left = budget
    kept = []
    for t in sorted(targets, key=lambda t: t.cost):
        price = study.parameters["wedge_cost_ratio"] * t.income / 100.0
        pain = min(t.limit, left / price)
        left -= pain * price
        kept.append(float(logistic((t.gain - pain) / study.parameters["decision_noise"])))
    return float(np.mean(kept)) if kept else float("nan")


def what_a_wedge_costs(study: Study) -> Answers:
    """Return, per architecture, what it costs to break it and what each budget does to it."""
    found: Answers = {}
    for item, institution in study.bodies():
        found |= pressure_on(study, item, institution)
    return found | pressure_on_star(study)


def pressure_on(study: Study, item: str, institution: Institution) -> Answers:
    """Return what it costs to break one body, member by member, and what each budget does to it."""
    found: Answers = {}
    targets = body_targets(study, institution)
    depth = study.appraiser.depth(institution)
    cheapest = min(targets, key=lambda t: t.cost)
    found[name("wedge", item, "", "cost")] = cheapest.cost if np.isfinite(cheapest.cost) else float("nan")
    for t in targets:
        found[name("wedge", item, t.state, "cost")] = t.cost if np.isfinite(t.cost) else float("nan")
    for budget in BUDGETS:
        holds, _ = hold_body(study, targets, depth, budget)
        found[name("wedge", item, f"{budget:g}", "holds")] = holds
    return found


def pressure_on_star(study: Study) -> Answers:
    """Return what it costs to break the star, treaty by treaty, and what each budget does to it."""
    spokes = star_targets(study)
    if not spokes:
        return {}
    ratio = study.parameters["wedge_cost_ratio"]
    indifferent = [ratio * t.income * max(t.gain, 0.0) / 100.0 for t in spokes]
    found = {
        name("wedge", "star", "", "cost"): float(sum(indifferent)),
        name("wedge", "star", "", "breakable"): float(np.mean([t.gain <= t.limit for t in spokes])),
    }
    for t, c in zip(spokes, indifferent, strict=True):
        found[name("wedge", "star", t.state, "cost")] = c
    for budget in BUDGETS:
        found[name("wedge", "star", f"{budget:g}", "holds")] = hold_star(study, spokes, budget)
    return found
