"""Beijing's wedge: whom the model would press, in what order and at what cost, beside whom Beijing pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from foedus.casebook.case import Case, Event, first_day
from foedus.casebook.series import Calendar
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.questions.what_a_wedge_costs import BUDGETS, Target, body_targets, hold_body, hold_star, star_targets
from foedus.systems.finding import Check, Finding, Setting, listed
from foedus.systems.history import year_on_record
from foedus.vocabulary.tables import Cell, Column, Table, table

SENDER = "CHN"


def episodes(case: Case, sender: str | None = None) -> tuple[Event, ...]:
    """Return the episodes of coercion on record, by one sender or by all."""
    return tuple(e for e in case.events if e.type == "coercion" and sender in (None, e.actors[0]))


def _curves(study: Study) -> tuple[Table, Table]:
    orders: list[list[Cell]] = []
    curves: list[list[Cell]] = []
    for _, institution in study.bodies():
        label = institution.name
        targets = body_targets(study, institution)
        depth = study.appraiser.depth(institution)
        pressed = [s for s in _order(targets) if s != study.world.hub]
        for t in targets:
            rank = pressed.index(t.state) + 1 if t.state in pressed and np.isfinite(t.cost) else None
            orders.append([label, t.state, t.gain, t.limit, t.cost if np.isfinite(t.cost) else None, rank])
        for budget in BUDGETS:
            holds, pain = hold_body(study, targets, depth, budget)
            hit = [t.state for t, p in zip(targets, pain, strict=True) if p > 0]
            curves.append([label, budget, holds, " ".join(hit) or None])
    spokes = star_targets(study)
    order = _order(spokes)
    for t in spokes:
        orders.append(
            ["star", t.state, t.gain, t.limit, t.cost if np.isfinite(t.cost) else None, order.index(t.state) + 1]
        )
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
                Column("cost", "bn a year", "to make it indifferent; none where trade does not allow it"),
                Column("order", "", "cheapest first"),
            ],
            orders,
        ),
        table(
            "curve",
            "What a budget does",
            [
                Column("architecture"),
                Column("budget", "bn a year"),
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


def _record(case: Case, parameters: Parameters) -> Table:
    calendar = Calendar(case)
    rows: list[list[Cell]] = []
    for e in episodes(case):
        sender, target = e.actors[0], e.actors[1]
        year = min(first_day(e.date).year, case.as_of.year + 5)
        rank = None
        pain = None
        if sender == SENDER and target in case.states:
            study = year_on_record(calendar, year, parameters).study
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
    won = [1.0 if a > b else 0.5 if a == b else 0.0 for a in pressed for b in spared]
    return (float(np.mean(won)) if won else float("nan")), len(won)


def _checks(case: Case, targets: Table, curve: Table, record: Table, counts: Table) -> tuple[Check, ...]:
    area, pairs = agreement(counts)
    chinese = [r for r in record if r["sender"] == SENDER]
    outcome = {k: sum(r["conceded"] == k for r in chinese) for k in ("yes", "partial", "no", "open")}
    design = [r for r in chinese if r["touched_design"] is True]
    body = case.watch[0].name
    turned = sorted(
        (cast(float, r["cost"]), str(r["state"]))
        for r in targets
        if r["architecture"] == body and r["order"] is not None
    )
    cheapest, first = turned[0] if turned else (float("inf"), "nobody")
    star = [cast(float, r["cost"]) for r in targets if r["architecture"] == "star" and r["cost"] is not None]
    most = max(counts, key=lambda r: cast(int, r["episodes"]))
    return (
        Check(
            "Those who were pressed are those who are cheapest to turn",
            f"cheaper in {100 * area:.0f} % of {pairs} pairs of a state that was pressed and one that was not",
            f"pressed most often: {most['state']} ({most['episodes']}); pressed outside the case: "
            f"{listed([str(r['target']) for r in chinese if r['target'] not in case.states])}",
            area > 0.5,
        ),
        Check(
            "A body of four breaks more cheaply than a star",
            f"{body}: {cheapest:.2f} bn a year by {first}; the star treaty by treaty {sum(star):.1f} bn",
            "no such body was there to break",
            None,
        ),
        Check(
            "The first target in a body of the Quad is Australia",
            f"first: {first}",
            f"Australia was pressed from 2020, before any such body: {next(r['text'] for r in chinese if r['target'] == 'AUS')}",
            first == "AUS",
        ),
        Check(
            "Pressure changes the design of alliances",
            f"the body holds with {100 * _held(curve, body, 0.0):.0f} % unpressed, {100 * _held(curve, body, 3.0):.0f} % under 3 bn a year",
            f"{len(design)} of {len(chinese)} episodes touched alliances; conceded {outcome['yes']}, in part {outcome['partial']}, not {outcome['no']}, open {outcome['open']}",
            (_held(curve, body, 3.0) < _held(curve, body, 0.0) / 2) == (len(design) > len(chinese) / 2),
        ),
    )


def _held(curve: Table, architecture: str, budget: float) -> float:
    return next(cast(float, r["holds"]) for r in curve if r["architecture"] == architecture and r["budget"] == budget)


def look_at(setting: Setting) -> Finding:
    """Return what is found about Beijing's wedge."""
    parameters, case = setting.parameters, setting.case("indo-pacific-2020")
    study = year_on_record(Calendar(case), case.as_of.year, parameters).study
    targets, curve = _curves(study)
    record, counts = _record(case, parameters), _counts(case, study)
    return Finding("wedge", (targets, curve, record, counts), _checks(case, targets, curve, record, counts), (case,))
