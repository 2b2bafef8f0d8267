"""Tables: everything an assessment found, tidy, with units."""

from __future__ import annotations

import math
from collections.abc import Sequence

from foedus.casebook.case import Case
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.questions.asked import LEVERAGE
from foedus.questions.assessment import Assessment, Band
from foedus.questions.how_far_the_quarrel_goes import VARIANTS
from foedus.questions.levers import Effect
from foedus.questions.study import EVERYBODY, name
from foedus.questions.what_a_wedge_costs import BUDGETS
from foedus.reports.writing import FORM_LABELS, blockers, country
from foedus.simulation.formation import Form
from foedus.vocabulary.tables import Cell, Column, Table, table

_GDP = "% of GDP a year"


def _band(unit: str) -> list[Column]:
    return [
        Column("default", unit, "with default parameters and the values of the case"),
        Column("median", unit, "median of the draws"),
        Column("low", unit, "5 % of the draws"),
        Column("high", unit, "95 % of the draws"),
    ]


def _cells(band: Band) -> list[Cell]:
    return [None if math.isnan(v) else v for v in (band.default, band.median, band.low, band.high)]


def forms(assessment: Assessment) -> Table:
    """Return the probability of every outcome of a round."""
    rows: list[list[Cell]] = []
    for f in (*Form, "body"):
        key = name("forms", f, "", "probability")
        rows.append([str(f), FORM_LABELS[f], *_cells(assessment.band(key))])
    return table(
        "forms",
        "What one round, that is one year, ends with",
        [Column("form"), Column("label"), *_band("probability")],
        rows,
    )


def gains(assessment: Assessment) -> Table:
    """Return every state's gain from every body looked at, by mechanism."""
    rows: list[list[Cell]] = []
    for item in (EVERYBODY, *(w.name for w in assessment.case.watch)):
        for s in blockers(assessment, item):
            band = assessment.band(name("gain", item, s, "total"))
            terms = [assessment.default[name("gain", item, s, c)] for c in COMPONENTS]
            consent = assessment.default[name("gain", item, s, "consent")]
            share = assessment.share(name("gain", item, s, "total"), 0.0)
            rows.append([item, s, country(s), *_cells(band), *terms, consent, None if math.isnan(share) else share])
    columns = [
        Column("body"),
        Column("state"),
        Column("name"),
        *_band(_GDP),
        *(Column(c, _GDP, MECHANISMS[c].claim) for c in COMPONENTS),
        Column("consent", "probability", "that it agrees"),
        Column("share_losing", "share of draws", "in which it loses by the body"),
    ]
    return table("gains", "Who gains and who loses by a body, by mechanism", columns, rows)


def leverage(assessment: Assessment) -> Table:
    """Return the hub's leverage by architecture."""
    rows: list[list[Cell]] = []
    units = {"money": "bn a year", "share": "share of all gains", "concessions": _GDP, "control": _GDP}
    for item, label in LEVERAGE.items():
        for measure, unit in units.items():
            rows.append([item, label, measure, unit, *_cells(assessment.band(name("leverage", item, "", measure)))])
    return table(
        "leverage",
        "The hub's leverage by architecture",
        [Column("architecture"), Column("label"), Column("measure"), Column("unit"), *_band("see unit")],
        rows,
    )


def treaties(assessment: Assessment) -> Table:
    """Return what every bilateral treaty is worth to each side."""
    rows: list[list[Cell]] = []
    for key in assessment.keys("treaty"):
        _, item, s, measure = key.split("|")
        if measure == "worth":
            exit_band = assessment.band(name("treaty", item, s, "exit"))
            rows.append(
                [
                    item,
                    s,
                    country(s),
                    *_cells(assessment.band(key)),
                    None if math.isnan(exit_band.default) else exit_band.default,
                ]
            )
    columns = [Column("treaty"), Column("state"), Column("name"), *_band(_GDP), Column("exit", "probability a year")]
    return table("treaties", "What each bilateral treaty is worth to each side", columns, rows)


def exclusion(assessment: Assessment) -> Table:
    """Return the expected loss of states that are not recognised, in and out of a body."""
    rows: list[list[Cell]] = []
    for key in assessment.keys("exclusion"):
        _, item, s, measure = key.split("|")
        if measure == "loss":
            rows.append([s, country(s), item, *_cells(assessment.band(key))])
    return table(
        "exclusion",
        "States that are not recognised, in and out of a body",
        [Column("state"), Column("name"), Column("situation"), *_band(_GDP)],
        rows,
    )


def quarrel(assessment: Assessment) -> Table:
    """Return the ladder of the quarrel in every variant."""
    rows: list[list[Cell]] = []
    if assessment.case.quarrel:
        for item, label in VARIANTS.items():
            for measure in ("p_i", "p_j", "both", "brokered", "third_rung"):
                rows.append([item, label, measure, *_cells(assessment.band(name("quarrel", item, "", measure)))])
            for measure in ("stake_i", "stake_j"):
                rows.append([item, label, measure, *_cells(assessment.band(name("quarrel", item, "", measure)))])
    return table(
        "quarrel",
        "How far the quarrel goes",
        [
            Column("variant"),
            Column("label"),
            Column("measure", "probability; stakes in % of GDP"),
            *_band("see measure"),
        ],
        rows,
    )


def wedge(assessment: Assessment) -> Table:
    """Return what each budget of coercion does to each architecture."""
    rows: list[list[Cell]] = []
    for item in (EVERYBODY, *(w.name for w in assessment.case.watch), "star"):
        for budget in BUDGETS:
            key = name("wedge", item, f"{budget:g}", "holds")
            if key in assessment.default:
                rows.append([item, budget, *_cells(assessment.band(key))])
    return table(
        "wedge",
        "What pressure does: a body holds if all still agree, a star by the treaty",
        [Column("architecture"), Column("budget", "bn a year"), *_band("probability, or share of treaties")],
        rows,
    )


def targets(assessment: Assessment) -> Table:
    """Return what it costs to turn each consent."""
    rows: list[list[Cell]] = []
    for item in (EVERYBODY, *(w.name for w in assessment.case.watch), "star"):
        for s in assessment.case.states:
            key = name("wedge", item, s, "cost")
            if key in assessment.default:
                rows.append([item, s, country(s), *_cells(assessment.band(key))])
    return table(
        "targets",
        "What it costs to make a member indifferent; none where trade does not suffice",
        [Column("architecture"), Column("state"), Column("name"), *_band("bn a year")],
        rows,
    )


def levers(effects: Sequence[Effect]) -> Table:
    """Return what single changes do to the chance of a body."""
    rows: list[list[Cell]] = [[e.lever.key, e.lever.label, e.body, e.change, e.forum, e.star] for e in effects]
    columns = [
        Column("key"),
        Column("label"),
        Column("body", "probability"),
        Column("change", "probability"),
        Column("forum", "probability"),
        Column("bilateral", "probability"),
    ]
    return table("levers", "What single changes do, all else equal", columns, rows)


def drivers(assessment: Assessment, most: int = 12) -> Table:
    """Return which uncertain numbers move the chance of a body most across the draws."""
    ranked = assessment.drivers(name("forms", "body", "", "probability"))[:most]
    return table(
        "drivers",
        "Which uncertain numbers move the chance of a body",
        [Column("number"), Column("rank_correlation", "-", "Spearman's ρ over the draws")],
        ranked,
    )


def inputs(case: Case) -> Table:
    """Return every fact of a case with date, unit, source and judgement."""
    rows: list[list[Cell]] = [
        [
            f.quantity,
            f.subject,
            f.against,
            f.value,
            f.unit,
            f.date,
            " ".join(f.source),
            f.judged,
            f.low,
            f.high,
            f.note,
            f.where,
        ]
        for f in case.facts
    ]
    columns = [
        Column(c)
        for c in (
            "quantity",
            "subject",
            "against",
            "value",
            "unit",
            "date",
            "source",
            "judged",
            "low",
            "high",
            "note",
            "where",
        )
    ]
    return table("inputs", "Every number of the case", columns, rows)


def parameters(values: Parameters) -> Table:
    """Return every parameter with value, range and source."""
    rows: list[list[Cell]] = [
        [p.name, p.symbol, p.unit, p.meaning, values[p.name], p.default, p.low, p.high, p.source] for p in PARAMETERS
    ]
    columns = [Column(c) for c in ("name", "symbol", "unit", "meaning", "value", "default", "low", "high", "source")]
    return table("parameters", "The parameters of the theory", columns, rows)


def mechanisms() -> Table:
    """Return every mechanism with its claim and what switches it off."""
    rows: list[list[Cell]] = [
        [m.name, m.component or None, m.claim, ", ".join(f"{k}={v:g}" for k, v in m.off.items()) or None]
        for m in MECHANISMS.values()
    ]
    columns = [Column("name"), Column("term of utility"), Column("claim"), Column("switched off by")]
    return table("mechanisms", "The mechanisms of the theory", columns, rows)


def draws(assessment: Assessment) -> Table:
    """Return every draw: what was varied, and the probability of each form."""
    labels = [u.label for u in assessment.task.varied]
    outcomes = [k for k in assessment.keys("forms") if k.endswith("probability")]
    rows: list[list[Cell]] = [
        [d, *assessment.design[d].tolist(), *(float(assessment.ensemble.column(k)[d]) for k in outcomes)]
        for d in range(assessment.draws)
    ]
    columns = [Column("draw"), *(Column(n) for n in labels), *(Column("p: " + k.split("|")[1]) for k in outcomes)]
    return table("draws", "Every draw of the ensemble", columns, rows)


def every_table(assessment: Assessment, effects: Sequence[Effect]) -> tuple[Table, ...]:
    """Return all tables of an assessment."""
    return (
        forms(assessment),
        gains(assessment),
        leverage(assessment),
        treaties(assessment),
        exclusion(assessment),
        quarrel(assessment),
        wedge(assessment),
        targets(assessment),
        levers(effects),
        drivers(assessment),
        inputs(assessment.case),
        parameters(assessment.task.parameters),
        draws(assessment),
    )
