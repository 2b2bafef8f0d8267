"""What a wedge costs: what the adversary pays to break a body, and what it pays to break a star."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.mechanisms.decisions.wedge import cost_to_break, press_body
from foedus.model.architecture import Institution
from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.measure import Measure, chance
from foedus.questions.question import Question
from foedus.questions.study import EVERYBODY, Answers, Study
from foedus.questions.who_blocks import ACCEPTANCE
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.decisions import limits_of_coercion, strongest_partner
from foedus.simulation.formation import gains, seats, shared
from foedus.vocabulary.prose import counted, country, listing, opening, possessive, the
from foedus.vocabulary.record import Chart, Section, cell
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

BUDGETS = (0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Yearly budgets of coercion that are looked at, bn international $ of 2011; from nothing to a war economy."""


Pressed = str | Institution
"""``star``, or a body as claims name it."""


def _pressure(study: Study, on: Pressed) -> Answers:
    return study.once(pressure_on_star) if on == "star" else study.once(pressure_on, "", study.called(on))


def _item(on: Pressed) -> str:
    return "star" if on == "star" else ""


def holds(study: Study, on: Pressed, budget: str) -> float:
    """Return the chance that a body, or the share of the star that, holds under a budget of coercion, bn a year."""
    return _pressure(study, on).get(HOLDS(_item(on), budget), math.nan)


def cost_of_breaking(study: Study, on: Pressed) -> float:
    """Return what it costs to break the star or a body, bn a year; inf if nothing does it."""
    found = _pressure(study, on).get(BREAK(_item(on)), math.nan)
    return math.inf if math.isnan(found) and on != "star" else found


def cost_of_turning(study: Study, state: str, on: Pressed) -> float:
    """Return what it costs to make one member indifferent, bn a year; inf if nothing does it."""
    found = _pressure(study, on).get(COST(_item(on), state), math.nan)
    return math.inf if math.isnan(found) and on != "star" else found


_SPENT: Final = {f"{b:g}": f"{b:g}" for b in BUDGETS}

# fmt: off
HOLDS = chance(("wedge", "PRESSED", "BUDGET", "holds"), "PRESSED holds at BUDGET bn a year of pressure",
               "hold of PRESSED at BUDGET",
               "that star or body holds when the adversary spends " + ", ".join(_SPENT) + " bn a year",
               "probability or share", ask=holds, words={"BUDGET": _SPENT},
               reading="Chance that PRESSED holds when the adversary spends BUDGET bn a year")
BREAK = Measure(("wedge", "PRESSED", "", "cost"), "bn $ a year", "cost of breaking PRESSED", 0, form="money",
                phrase="cost of breaking PRESSED", about="star: all its treaties; a body: its cheapest member",
                ask=cost_of_breaking, absent=math.inf, reading="What it costs the adversary to break PRESSED")
COST = Measure(("wedge", "PRESSED", "STATE", "cost"), "bn $ a year", "cost of turning STATE in PRESSED", 0, form="money",
               phrase="cost of turning STATE in PRESSED", about="what makes it indifferent", ask=cost_of_turning,
               absent=math.inf, reading="What it costs the adversary to turn STATE in PRESSED")
BREAKABLE = chance(("wedge", "PRESSED", "", "breakable"), "of treaties of PRESSED that pressure can break",
                   unit="share")
# fmt: on


@dataclass(frozen=True)
class Target:
    """One consent that the adversary could turn."""

    state: str
    gain: float
    """What the state gains by agreeing or staying, before any reprisal, % of GDP."""
    limit: float
    """Most pain the adversary can inflict on it, % of GDP."""
    income: float
    """GDP, bn."""
    depth: float
    """Depth of what it agrees to or stays in, share of a full alliance."""
    cost: float
    """What it costs to make the state indifferent, bn a year; inf where the limit forbids it."""


def _targets(
    study: Study, of: Institution, members: list[int], gain: NDArray[np.float64], limit: NDArray[np.float64]
) -> list[Target]:
    income, depth = study.world.gdp[members], study.appraiser.depth(of)
    cost = cost_to_break(gain, limit, income, study.parameters["wedge_cost_ratio"])
    names = [study.world.states[i] for i in members]
    return [
        Target(s, float(g), float(m), float(y), depth, float(c))
        for s, g, m, y, c in zip(names, gain, limit, income, cost, strict=True)
    ]


def body_targets(study: Study, institution: Institution) -> list[Target]:
    """Return the members of a body as targets; their gains are without the reprisals now priced in."""
    patient = Appraiser(study.world, study.parameters.replace({"coercion_pain": 0.0}))
    at = seats(study.appraiser, institution)
    gain = gains(patient, institution, study.fallback)[at]
    limit = limits_of_coercion(study.appraiser, institution, strongest_partner(study.world))
    return _targets(study, institution, at.tolist(), gain, limit)


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
        found += _targets(study, m, [i], np.array([here[i] - gone[i]]), np.array([limit]))
    return found


def hold_body(study: Study, targets: list[Target], budget: float) -> tuple[float, NDArray[np.float64]]:
    """Return the chance that all agree under the best pressure, and the pain on each."""
    best = press_body(
        np.array([t.gain for t in targets]),
        np.array([t.limit for t in targets]),
        np.array([t.income for t in targets]),
        targets[0].depth,
        budget,
        study.parameters["decision_noise"],
        study.parameters["wedge_cost_ratio"],
        shared(study.parameters),
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
        kept.append(float(logistic((t.gain - pain) / (study.parameters["decision_noise"] * t.depth))))
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
    cheapest = min(targets, key=lambda t: t.cost)
    found[BREAK(item)] = cheapest.cost if np.isfinite(cheapest.cost) else float("nan")
    for t in targets:
        found[COST(item, t.state)] = t.cost if np.isfinite(t.cost) else float("nan")
    for budget in BUDGETS:
        holds, _ = hold_body(study, targets, budget)
        found[HOLDS(item, f"{budget:g}")] = holds
    return found


def pressure_on_star(study: Study) -> Answers:
    """Return what it costs to break the star, treaty by treaty, and what each budget does to it."""
    spokes = star_targets(study)
    if not spokes:
        return {}
    ratio = study.parameters["wedge_cost_ratio"]
    indifferent = [ratio * t.income * max(t.gain, 0.0) / 100.0 for t in spokes]
    found = {
        BREAK("star"): float(sum(indifferent)),
        BREAKABLE("star"): float(np.mean([t.gain <= t.limit for t in spokes])),
    }
    for t, c in zip(spokes, indifferent, strict=True):
        found[COST("star", t.state)] = c
    for budget in BUDGETS:
        found[HOLDS("star", f"{budget:g}")] = hold_star(study, spokes, budget)
    return found


def _labels(assessment: Assessment) -> Mapping[str, str]:
    watched = {w.name: w.name for w in assessment.case.watch}
    return {EVERYBODY: "A council of all", **watched, "star": "The bilateral star"}


def sentence(assessment: Assessment) -> str:
    """Return what it costs the adversary to break a body, and to break a star."""
    return " ".join(sentences(assessment))


def sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return the same in its parts: who gains nothing anyway, what the cheapest consent costs, and what the star does."""
    item = assessment.case.watch[0].name if assessment.case.watch else EVERYBODY
    star = assessment.value(BREAK("star"))
    costs = {found["STATE"]: band.default for found, band in assessment.kept(COST, pressed=item)}
    hollow = [s for s, c in costs.items() if c == 0.0]
    paid = {s: c for s, c in costs.items() if c > 0.0}
    named = _labels(assessment)[item][0].lower() + _labels(assessment)[item][1:]
    said = [_hollow_words([the(country(s)) for s in hollow], named)] if hollow else []
    if paid:
        target = min(paid, key=lambda s: paid[s])
        said.append(
            f"The cheapest {'other consent to break in it' if hollow else f'consent to break in {named}'} is {possessive(the(country(target)))}, for {paid[target]:.2f} bn a year."
        )
    else:
        said.append("No other consent can be broken within the limits of trade.")
    return (*said, *(() if math.isnan(star) else (_star_words(assessment, star),)))


def _hollow_words(names: list[str], body: str) -> str:
    """Return who need not be pressed: who gains nothing agrees at most as likely as not, which is not to refuse for sure."""
    gain, each = ("gain", "each agrees") if len(names) > 1 else ("gains", "agrees")
    return opening(
        f"{listing(names)} {gain} nothing by {body} even without pressure, and {each} with a chance of one half at most."
    )


def _star_words(assessment: Assessment, cost: float) -> str:
    return f"Every treaty of the star, one by one, would take {cost:.1f} bn{within_trade(assessment)}."


def within_trade(assessment: Assessment) -> str:
    """Return how many treaties of the star trade lets the adversary turn, to stand behind their price; empty where all."""
    spokes, share = sum(1 for _ in assessment.kept(COST, pressed="star")), assessment.value(BREAKABLE("star"))
    if not share < 1.0:
        return ""
    return f"; trade lets it turn {round(share * spokes) or 'none'} of {counted(spokes, 'treaty', 'treaties')}"


def wedge_table(assessment: Assessment) -> Table:
    """Return how each architecture holds under each budget, one row each."""
    rows: list[list[Cell]] = []
    for item, label in _labels(assessment).items():
        for found, band in assessment.kept(HOLDS, pressed=item):
            rows.append([item, label, _quantity(item), float(found["BUDGET"]), *band_cells(band)])
    columns = [
        Column("architecture", hidden=True),
        Column("label", head="architecture"),
        Column("quantity", "", "what the numbers of the row are"),
        Column("budget", "bn $ a year", "what the adversary spends", "pressure"),
        *band_columns("chance, or share still wanted", "percent"),
    ]
    return table("wedge", "What a budget of coercion does", columns, rows, quiet=True)


def _quantity(item: str) -> str:
    return "share of treaties still wanted" if item == "star" else "chance that all agree"


def targets_table(assessment: Assessment) -> Table:
    """Return what it costs to turn each consent."""
    rows: list[list[Cell]] = []
    for item, label in _labels(assessment).items():
        for found, band in assessment.kept(COST, pressed=item):
            rows.append([item, label, found["STATE"], country(found["STATE"]), *band_cells(band)])
    columns = [
        Column("architecture", hidden=True),
        Column("label", head="architecture"),
        Column("state", hidden=True),
        Column("name"),
        *band_columns("bn $ a year", "money"),
    ]
    return table(
        "targets", "What it costs to turn each consent; empty where trade does not allow it", columns, rows, quiet=True
    )


def _side_by_side(assessment: Assessment) -> tuple[Table, ...]:
    """Return what holds under each budget: chances of bodies, and by themselves shares of the star, where there are any."""
    found = []
    for star, name in ((False, "wedge-side-by-side"), (True, "wedge-star")):
        rows: list[list[Cell]] = []
        for item, label in _labels(assessment).items():
            held = [assessment.default.get(HOLDS(item, f"{b:g}")) for b in BUDGETS]
            if (item == "star") == star and any(h is not None for h in held):
                rows.append([label, *(None if h is None else cell(h) for h in held)])
        quantity = _quantity("star" if star else "")
        columns = [Column("label", head=f"{quantity[0].upper()}{quantity[1:]} at bn $ a year of pressure")]
        columns += [
            Column(f"at_{b:g}", "", f"{quantity} at {b:g} bn a year", f"{b:g}", "percent", 1 + k)
            for k, b in enumerate(BUDGETS)
        ]
        title = f"What a budget of coercion does to {'the star' if star else 'bodies'}"
        found += [table(name, title, columns, rows)] if rows else []
    return tuple(found)


BEFORE: Final = (
    "What members gain is taken here before the reprisals that they already fear, and pressure is what makes them: so the "
    "chance at no pressure is that before fear. Who blocks has it after fear"
)
"""Why there are two numbers: one before reprisals are feared, one after."""


def after_fear(assessment: Assessment) -> str:
    """Return why the chance at no pressure is not that all agree, with both numbers for every body."""
    both = [
        f"{label}: {percent(assessment.value(HOLDS(item, '0')))} before, {percent(assessment.value(ACCEPTANCE(item)))} after"
        for item, label in _labels(assessment).items()
        if item != "star" and ACCEPTANCE(item) in assessment.default
    ]
    return f"{BEFORE}{' (' + '; '.join(both) + ')' if both else ''}."


def section(assessment: Assessment) -> Section:
    """Return what a reader is told of pressure on bodies and star."""
    long, side = wedge_table(assessment), _side_by_side(assessment)
    labels = [label for label in _labels(assessment).values() if any(row["label"] == label for row in long)]
    bodies = (w for w in labels if w != "The bilateral star")
    inks = dict(zip(bodies, ("vermilion", "amber", "plum", "rose", "brown") * 4, strict=False))
    chart = Chart(
        "wedge",
        "lines",
        "The wedge",
        "Chance that a body still has all consents, or share of the star's treaties still wanted, under the best use of a "
        "yearly budget of coercion. Steps are not equal.",
        long,
        x="budget",
        y="default",
        series="label",
        inks={**inks, "The bilateral star": "blue"},
        options={"even": True},
    )
    return Section(
        "wedge",
        "The wedge",
        (sentence(assessment),),
        (*side, long, targets_table(assessment)),
        (chart,),
        (after_fear(assessment),),
    )


QUESTION = Question("wedge", 70, what_a_wedge_costs, (HOLDS, BREAK, COST, BREAKABLE), section)
