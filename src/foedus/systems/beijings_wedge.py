"""Beijing's wedge: whom the model would press, in what order and at what cost, beside whom Beijing pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final, cast

import numpy as np

from foedus.casebook.case import Case, Event, first_day
from foedus.casebook.series import Calendar
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.questions.what_a_wedge_costs import BUDGETS, Target, body_targets, hold_body, hold_star, star_targets
from foedus.systems.excerpts import headed, named, sorted_by
from foedus.systems.finding import Check, Finding, Setting, System, higher, listed
from foedus.systems.history import year_as_it_was
from foedus.vocabulary.prose import counted, country
from foedus.vocabulary.record import Chart, cell
from foedus.vocabulary.tables import Cell, Column, Table, percent, table

SENDER = "CHN"

TOLD: Final = 0.05
"""Share of chance below which an order of states is said to agree with the record (the usual level of a one-sided test)."""


def episodes(case: Case, sender: str | None = None) -> tuple[Event, ...]:
    """Return the episodes of coercion on record, by one sender or by all."""
    return tuple(e for e in case.events if e.type == "coercion" and sender in (None, e.actors[0]))


def _curves(study: Study) -> tuple[Table, Table]:
    orders: list[list[Cell]] = []
    curves: list[list[Cell]] = []
    for _, institution in study.bodies():
        label = institution.name
        targets = body_targets(study, institution)
        pressed = [s for s in _order(targets) if s != study.world.hub]
        for t in targets:
            rank = pressed.index(t.state) + 1 if t.state in pressed and np.isfinite(t.cost) else None
            orders.append([label, t.state, t.gain, t.limit, cell(t.cost), rank])
        for budget in BUDGETS:
            holds, pain = hold_body(study, targets, budget)
            hit = [t.state for t, p in zip(targets, pain, strict=True) if p > 0]
            curves.append([label, budget, holds, " ".join(hit) or None])
    spokes = star_targets(study)
    order = _order(spokes)
    orders += [["star", t.state, t.gain, t.limit, cell(t.cost), order.index(t.state) + 1] for t in spokes]
    curves.extend(["star", b, hold_star(study, spokes, b), None] for b in BUDGETS)
    return (
        table(
            "targets",
            "What it costs to turn each consent",
            [
                Column("architecture"),
                Column("state"),
                Column("gain", "% of GDP a year", "of agreeing or staying"),
                Column("limit", "% of GDP a year", "most pain that trade allows"),
                Column("cost", "bn $ a year", "to make it indifferent; none where trade does not allow it"),
                Column("order", "", "cheapest first", unsaid="count"),
            ],
            orders,
        ),
        table(
            "curve",
            "What a budget does",
            [
                Column("architecture"),
                Column("budget", "bn $ a year"),
                Column("holds", "probability", "all agree, or share of treaties kept", form="percent"),
                Column("pressed", "", "states hit"),
            ],
            curves,
        ),
    )


def _order(targets: Sequence[Target]) -> list[str]:
    """Return states from the cheapest to turn to the dearest; ties by what they gain."""
    return [t.state for t in sorted(targets, key=lambda t: (t.cost, t.gain))]


def cheapness(study: Study) -> Mapping[str, float]:
    """Return how cheaply each state could be turned from the body of all, as a rank share: 1 cheapest, 0 dearest."""
    order = [s for s in _order(body_targets(study, study.everybody)) if s != study.world.hub]
    return {s: 1.0 - k / (len(order) - 1) for k, s in enumerate(order)}


def _coercion(case: Case, parameters: Parameters) -> Table:
    calendar = Calendar(case)
    rows: list[list[Cell]] = []
    for e in episodes(case):
        sender, target = e.actors[0], e.actors[1]
        year = min(first_day(e.date).year, case.as_of.year + 5)
        rank, pain = None, None
        if sender == SENDER and target in case.states:
            study = year_as_it_was(calendar, year, parameters).study
            rank = cheapness(study).get(target)
            at = study.world.index(target)
            pain = float(parameters["coercion_pain"] * study.world.trade[at, study.world.adversaries.index(SENDER)])
        rows.append([e.date, sender, target, e.conceded, e.touched_design, rank, pain, e.text, ", ".join(e.source)])
    return table(
        "episodes",
        "Coercion on record",
        [
            Column("date"),
            Column("sender"),
            Column("target"),
            Column("conceded", "", "yes, partial, no, open"),
            Column("touched_design", "yes/no", "the concession touched alliances"),
            Column("cheapness", "rank share", "of the target that year: 1 the cheapest state to turn, 0 the dearest"),
            Column("pain", "% of GDP a year", "most that trade allowed"),
            Column("text"),
            Column("source"),
        ],
        rows,
    )


def _counts(case: Case, study: Study) -> Table:
    """Return, per state, how often it was pressed and how cheap the model says it was."""
    rank = cheapness(study)
    rows: list[list[Cell]] = [
        [s, sum(e.actors[1] == s for e in episodes(case, SENDER)), rank.get(s)]
        for s in study.world.states
        if s != study.world.hub
    ]
    return table(
        "pressed",
        "Who was pressed, and who is cheapest to turn",
        [Column("state"), Column("episodes", "count", "2010 to 2025"), Column("cheapness", "rank share", "in 2020")],
        rows,
    )


def agreement(found: Table) -> tuple[float, int]:
    """Return how often a state that was pressed is cheaper to turn than one that was not, 0.5 for a coin, and the pairs."""
    ranked = [(cast(int, r["episodes"]), cast(float, r["cheapness"])) for r in found if r["cheapness"] is not None]
    pressed, spared = ([c for n, c in ranked if (n > 0) is was] for was in (True, False))
    won = higher(pressed, spared)
    return (float(np.mean(won)) if won else float("nan")), len(won)


def by_chance(found: Table) -> float:
    """Return in which share of all ways to choose as many states as were pressed they are at least as cheap as those were."""
    ranked = [(cast(int, r["episodes"]), cast(float, r["cheapness"])) for r in found if r["cheapness"] is not None]
    cheap = [c for _, c in ranked]
    pressed = [k for k, (n, _) in enumerate(ranked) if n > 0]
    sums = [sum(cheap[k] for k in chosen) for chosen in combinations(range(len(cheap)), len(pressed))]
    return float(np.mean(np.array(sums) >= sum(cheap[k] for k in pressed) - 1e-12))


def _checks(case: Case, targets: Table, curve: Table, told: Table, counts: Table) -> tuple[Check, ...]:
    (area, pairs), luck = agreement(counts), by_chance(counts)
    chinese = [r for r in told if r["sender"] == SENDER]
    outcome = {k: sum(r["conceded"] == k for r in chinese) for k in ("yes", "partial", "no", "open")}
    design = [r for r in chinese if r["touched_design"] is True]
    body = case.watch[0].name
    turned = sorted(
        (cast(float, r["cost"]), str(r["state"]))
        for r in targets
        if r["architecture"] == body and r["order"] is not None
    )
    cheapest, first = turned[0] if turned else (float("inf"), "nobody")
    most = max(counts, key=lambda r: cast(int, r["episodes"]))
    return (
        Check(
            "Those who were pressed are those who are cheapest to turn",
            f"cheaper in {percent(area)} of {pairs} pairs of a state that was pressed and one that was not; by chance as often or "
            f"more in {percent(luck)} of all choices of as many states",
            f"pressed most often: {listed([str(most['state'])])} ({most['episodes']}); pressed outside the case: "
            f"{listed([str(r['target']) for r in chinese if r['target'] not in case.states])}",
            area > 0.5 if luck < TOLD else None,
        ),
        Check(
            "A body of four breaks more cheaply than a star",
            f"{body}: {cheapest:.2f} bn a year by {_called(first)}; {_star(targets)}",
            "no such body was there to break",
            None,
        ),
        Check(
            "The first target in a body of the Quad is Australia",
            f"first: {_called(first)}",
            f"Australia was pressed from 2020, before any such body: {next(r['text'] for r in chinese if r['target'] == 'AUS')}",
            first == "AUS",
        ),
        Check(
            "Pressure changes the design of alliances",
            f"the body holds with {percent(_held(curve, body, 0.0))} unpressed, {percent(_held(curve, body, 3.0))} under 3 bn a year",
            f"{len(design)} of {len(chinese)} episodes touched alliances; conceded {outcome['yes']}, in part {outcome['partial']}, not {outcome['no']}, open {outcome['open']}",
            (_held(curve, body, 3.0) < _held(curve, body, 0.0) / 2) == (len(design) > len(chinese) / 2),
        ),
    )


def _called(state: str) -> str:
    return state if state == "nobody" else country(state)


def _held(curve: Table, architecture: str, budget: float) -> float:
    return next(cast(float, r["holds"]) for r in curve if r["architecture"] == architecture and r["budget"] == budget)


def look_at(setting: Setting) -> Finding:
    """Return what is found about Beijing's wedge."""
    parameters, case = setting.parameters, setting.case("indo-pacific-2020")
    study = year_as_it_was(Calendar(case), case.as_of.year, parameters).study
    targets, curve = _curves(study)
    told, counts = _coercion(case, parameters), _counts(case, study)
    return Finding("wedge", (targets, curve, told, counts), _checks(case, targets, curve, told, counts), (case,))


def answer(found: Finding) -> tuple[str, ...]:
    """Return who is cheapest to turn, whether those were pressed, and how seldom pressure changed alliances."""
    targets, body = found.table("targets"), found.cases[0].watch[0].name
    priced = [r for r in targets if r["architecture"] == body and r["order"] is not None]
    first = min(priced, key=lambda r: cast(float, r["cost"]), default=None)
    area, pairs = agreement(found.table("pressed"))
    told = [r for r in found.table("episodes") if r["sender"] == SENDER]
    touched = sum(r["touched_design"] is True for r in told)
    return (
        f"Cheapest to turn from {_the(body)} is {country(str(first['state']))}, for {cast(float, first['cost']):.2f} bn a "
        f"year; {_star(targets)}."
        if first
        else f"Nobody can be turned from {_the(body)}.",
        f"States that were pressed are cheaper to turn than others in {percent(area)} of {pairs} pairs; a coin has 50 %.",
        f"On record {touched} of {len(told)} episodes touched alliances.",
    )


def _star(targets: Table) -> str:
    """Return what the star costs as far as trade lets it be turned: what it does not let turn has no price."""
    spokes = [r["cost"] for r in targets if r["architecture"] == "star"]
    priced = [cast(float, c) for c in spokes if c is not None]
    if len(priced) == len(spokes):
        return f"all {counted(len(spokes), 'treaty', 'treaties')} of the star take {sum(priced):.1f} bn"
    return f"trade lets {len(priced)} of {counted(len(spokes), 'treaty', 'treaties')} of the star be turned, for {sum(priced):.1f} bn"


def _the(body: str) -> str:
    return body[:1].lower() + body[1:]


def pictures(found: Finding) -> tuple[Chart, ...]:
    """Return the cost curves, the prices of consents, and whom the record has pressed."""
    pressed = named(found.table("pressed"), "state")
    return (
        Chart(
            "wedge-curve",
            "lines",
            "The wedge",
            "What is left of each architecture under a budget of pressure: of a body the chance that all agree, of the star "
            "the share of its treaties that are kept. Steps of the budget are not equal.",
            found.table("curve"),
            "budget",
            "holds",
            "architecture",
            options={"unit_up": "chance that it holds; of the star, share of treaties", "even": True},
        ),
        Chart(
            "wedge-prices",
            "bars",
            "Prices of consents",
            "What it costs to turn each consent that trade allows to turn; 0 for those who gain nothing even unpressed.",
            sorted_by(named(found.table("targets"), "state"), "cost"),
            "cost",
            "state",
            options={"unit": "bn $ a year", "panels": "architecture"},
        ),
        Chart(
            "wedge-pressed",
            "bars",
            "Cheap to turn, and pressed",
            "How cheap each state was to turn in 2020, 1 the cheapest. Amber to red: pressed by Beijing once, twice, three "
            "times since 2010.",
            headed(sorted_by(sorted_by(pressed, "cheapness"), "episodes"), episodes="times pressed"),
            "cheapness",
            "state",
            colour="episodes",
            inks={"0": "grey", "1": "amber", "2": "vermilion", "3": "foe-ink"},
            options={"unit": "rank share, 1 the cheapest"},
        ),
    )


SYSTEM = System(
    "wedge",
    "Beijing's wedge",
    "Whom would the adversary press, at what cost, and whom did it press?",
    6,
    "An adversary with a budget presses consent where it is cheapest to turn. The order of targets and the cost curve of "
    "each architecture are set beside fifteen episodes of Chinese coercion from 2010 to 2025, and two among allies.",
    look_at,
    answer,
    pictures,
    (
        "Cheapness is that of turning consent to a body of all; Beijing pressed over islands, missiles, visits and words.",
        "Costs to the target are capped by its trade and scaled to the missile defence dispute of 2016 and 2017.",
    ),
)
"""Beijing's wedge."""
