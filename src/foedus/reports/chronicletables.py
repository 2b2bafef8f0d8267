"""Tables of a chronicle: events, trajectories, survival, calibration, crises; and one event explained."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from foedus.casebook.series import years_covered
from foedus.draws.digest import code_digest
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Kind
from foedus.simulation.trace import Event, Happening, label
from foedus.version import __version__
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import Cell, Column, Table, table
from foedus.years.chronicle import (
    FORMS,
    Score,
    calibration,
    crises,
    fates,
    forms,
    last_known,
    median_spell,
    ties_on_record,
)
from foedus.years.runs import Simulation

NOTES = (
    "Drawn in every run: new leaders, shocks to quarrels, rungs of the ladder, exits, who proposes what, and consents.",
    "Not drawn: facts of the year, which are data; the star, which signs whatever both sides gain by; de facto "
    "commitments, which are facts of the record because the theory has no law by which they are made or left.",
    "Only institutions of the hub are followed: no step of the theory makes others.",
    "A treaty of two counts as in force where any treaty binds both; a body or forum where one of its kind has more "
    "than three quarters of all members in common with it. The record is read by the same rule.",
    "Exit is decided anew every year, each member as if alone, with the same noise as consent: without any gain a member "
    "leaves with a chance of about one in four a year, and may sign again in the same year. Read spells with that in mind.",
)
"""What has to be known to read a chronicle."""


def _none(value: float) -> float | None:
    return None if math.isnan(value) else value


def events(simulation: Simulation) -> Table:
    """Return the log of all events of all runs, one row each."""
    rows: list[list[Cell]] = [
        [
            run,
            f"{run}.{n}",
            e.year,
            str(e.happening),
            e.actor or None,
            e.other or None,
            label(e.institution) if e.institution else None,
            probability,
            _none(size),
            e.text,
        ]
        for run, n, e, probability, size in simulation.events
    ]
    columns = [
        Column("run"),
        Column("event", "", "name under which it can be explained"),
        Column("year"),
        Column("happening"),
        Column("actor"),
        Column("other"),
        Column("institution"),
        Column("probability", "probability", "when it was drawn; of all agreeing, where all had to"),
        Column("size", "", "perception of a new leader, grievance on the ladder, pain of pressure in % of GDP"),
        Column("text"),
    ]
    return table("events", "Everything that happened, run by run", columns, rows)


def trajectories(simulation: Simulation) -> Table:
    """Return yearly quantities over the runs: median and 5 and 95 %."""
    rows: list[list[Cell]] = []

    def add(section: str, item: str, unit: str, shown: str) -> None:
        for year in simulation.years:
            drawn = simulation.values(section, item, year)
            drawn = drawn[np.isfinite(drawn)]
            if drawn.size:
                low, median, high = np.quantile(drawn, [0.05, 0.5, 0.95]).tolist()
                rows.append([shown, unit, year, median, low, high, float(drawn.mean())])

    for s in simulation.task.case.states:
        add("utility", s, "% of own GDP", f"utility of {s}")
    for c in COMPONENTS:
        add("term", c, "% of GDP", f"{c}, all states weighted by GDP")
    add("hub", "value", "bn a year", "value of the hub in bargaining")
    add("hub", "share", "share", "share of the hub in all gains")
    columns = [
        Column("quantity"),
        Column("unit"),
        Column("year"),
        Column("median"),
        Column("low", "", "5 % of the runs"),
        Column("high", "", "95 % of the runs"),
        Column("mean"),
    ]
    return table(
        "trajectories", "Utility by state and by mechanism, and the hub's leverage, year by year", columns, rows
    )


def survival(simulation: Simulation) -> Table:
    """Return how each institution of the record fares, year by year, beside the record."""
    rows: list[list[Cell]] = [
        [f.record.id, f.record.name, year, held, low, high, _none(survived), _none(hazard), recorded]
        for f in fates(simulation)
        for year, held, low, high, survived, hazard, recorded in zip(
            simulation.years,
            f.held.tolist(),
            f.low.tolist(),
            f.high.tolist(),
            f.survival.tolist(),
            f.hazard.tolist(),
            f.recorded.tolist(),
            strict=True,
        )
    ]
    columns = [
        Column("institution"),
        Column("name"),
        Column("year"),
        Column("in_force", "share of runs"),
        Column("low", "share of runs", "90 % band for the number of runs"),
        Column("high", "share of runs"),
        Column("survived", "share of runs", "in force without a break since the start"),
        Column("hazard", "probability a year", "lost this year, of those in force a year before"),
        Column("recorded", "", "in force at the end of the year on record"),
    ]
    return table("survival", "Institutions of the record in the runs", columns, rows)


def _score_row(s: Score) -> list[Cell]:
    return [
        s.item,
        s.years,
        s.forecast,
        s.record,
        s.brier,
        s.brier_base,
        s.brier_still,
        _none(s.skill),
        s.log,
        s.log_base,
    ]


def scores(simulation: Simulation) -> Table:
    """Return how well yearly shares of runs foretell the record."""
    columns = [
        Column("item"),
        Column("years", "", "institution-years or tie-years"),
        Column("runs", "share", "mean forecast"),
        Column("record", "share", "of the years in force"),
        Column("brier", "", "mean squared error of the runs"),
        Column("base", "", "the same of the record's own mean"),
        Column("still", "", "the same of 'all stays as at the start'"),
        Column("skill", "", "share of the error of the base that the runs avoid"),
        Column("log", "", "mean log score"),
        Column("log_base", "", "the same of the record's own mean"),
    ]
    rows = [_score_row(s) for s in calibration(simulation)]
    return table("calibration", "What the runs foretold, against the record", columns, rows)


def crises_table(simulation: Simulation) -> Table:
    """Return how often each dyad runs into a crisis."""
    columns = [
        Column("one"),
        Column("other"),
        Column("mean", "per 20 years"),
        Column("low", "per 20 years", "5 % of the runs"),
        Column("high", "per 20 years", "95 % of the runs"),
        Column("any", "share of runs"),
    ]
    return table(
        "crises",
        "Crises: both sides have raised the quarrel and no broker has stopped it",
        columns,
        [[country(a), country(b), *rest] for a, b, *rest in crises(simulation)],
    )


def summary(simulation: Simulation) -> Table:
    """Return one row per institution: what became of it in the runs, and what the record has."""
    rows: list[list[Cell]] = [
        [
            f.record.name,
            "–".join(f.institution.members),
            f.record.in_force or f.record.signed,
            f.record.ended,
            float(f.held[0]),
            float(f.held[-1]),
            _none(median_spell(f, simulation.years)),
            float(np.nanmean(f.hazard)) if np.isfinite(f.hazard).any() else None,
        ]
        for f in fates(simulation)
    ]
    columns = [
        Column("institution"),
        Column("members"),
        Column("from", "", "on record"),
        Column("until", "", "on record"),
        Column("first_year", "share of runs", "in force at its end"),
        Column("last_year", "share of runs"),
        Column("half_gone", "years", "after which half of the runs have lost it once"),
        Column("hazard", "a year", "mean"),
    ]
    return table("institutions", "Institutions of the hub, in the runs and on record", columns, rows)


def forms_table(simulation: Simulation) -> Table:
    """Return what the hub has at the end of about every tenth year, as shares of runs."""
    shares, years = forms(simulation), simulation.years
    step = max(1, round(len(years) / 8))
    kept = sorted({*range(0, len(years), step), len(years) - 1})
    columns = [
        Column("year"),
        Column("body", "share of runs"),
        Column("forum", "share of runs", "and no body"),
        Column("star", "share of runs", "treaties of two alone"),
        Column("nothing", "share of runs"),
    ]
    return table(
        "forms", "What the hub has at the end of a year", columns, [[years[k], *shares[:, k].tolist()] for k in kept]
    )


def remarks(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a reader in the terminal has to be told: held years, seed, and how events are explained."""
    if record["held_years"]:
        yield f"After {record['data_end']} the last yearly values are held."
    yield (
        f"seed {record['seed']} · {record['runs']} runs · case {record['hashes']['case'][:12]} · "
        f"parameters {record['hashes']['parameters'][:12]}"
    )
    yield "Every event can be explained: --output DIR writes the log, --explain RUN.NUMBER explains one, --trace tells a run."


def every_table(simulation: Simulation) -> tuple[Table, ...]:
    """Return all tables of a chronicle."""
    return (
        summary(simulation),
        forms_table(simulation),
        survival(simulation),
        scores(simulation),
        crises_table(simulation),
        trajectories(simulation),
        events(simulation),
    )


def explanation(told: Sequence[tuple[str, Event]], title: str) -> Table:
    """Return events with everybody who decided, and each decision with its terms, its probability and its draw."""
    rows: list[list[Cell]] = []
    for number, e in told:
        if not e.decisions:
            drawn = _none(e.draw)
            rows.append(
                [
                    number,
                    e.year,
                    e.text,
                    e.actor or None,
                    None,
                    e.probability,
                    drawn,
                    None,
                    _none(e.size),
                    None,
                    *(None for _ in COMPONENTS),
                ]
            )
        for d in e.decisions:
            decided = {"consent": ("refuses", "agrees"), "exit": ("stays", "leaves"), "sign": ("", "signs")}
            rows.append(
                [
                    number,
                    e.year,
                    e.text,
                    d.decision.state,
                    decided[d.decision.action][d.taken],
                    d.decision.probability,
                    None if d.decision.action == "sign" else d.draw,
                    d.decision.gain,
                    None,
                    d.decision.pain or None,
                    *(float(t) for t in d.decision.terms),
                ]
            )
    columns = [
        Column("event"),
        Column("year"),
        Column("what"),
        Column("state"),
        Column("decides"),
        Column("probability", "", "of agreeing, leaving, or of the event"),
        Column("draw", "", "uniform; what falls below the probability happens"),
        Column("gain", "% of GDP", "utility with the institution minus utility without it"),
        Column("size", "", "perception of a new leader, grievance on the ladder, pain in % of GDP"),
        Column("pain", "% of GDP", "coercion on top of expected reprisals"),
        *(Column(c, "% of GDP") for c in COMPONENTS),
    ]
    return table("explanation", title, columns, rows)


def _per_20_years(simulation: Simulation) -> dict[str, float]:
    counts = Counter(str(e.happening) for _, _, e, _, _ in simulation.events)
    scale = 20.0 / len(simulation.years) / simulation.runs
    return {str(h): counts[str(h)] * scale for h in Happening}


def _ties(simulation: Simulation) -> Iterator[dict[str, Any]]:
    case, known = simulation.task.case, last_known(simulation.task.case)
    for s in case.states:
        if s != case.hub:
            yield {
                "state": s,
                "name": country(s),
                "treaty": simulation.tied(s, Kind.BILATERAL, Kind.MULTILATERAL).mean(axis=0).tolist(),
                "body": simulation.tied(s, Kind.MULTILATERAL).mean(axis=0).tolist(),
                "forum": simulation.tied(s, Kind.FORUM).mean(axis=0).tolist(),
                "recorded": [
                    ties_on_record(case, s, datetime.date(y, 12, 31)) if y <= known else None for y in simulation.years
                ],
            }


def chronicle_record(simulation: Simulation) -> dict[str, Any]:
    """Return a simulation as one plain document, for the page, for files and for other programs."""
    task, case = simulation.task, simulation.task.case
    end, known = years_covered(case)[1], last_known(case)
    return {
        "foedus": __version__,
        "case": {"name": case.name, "title": case.title, "hub": case.hub},
        "years": list(simulation.years),
        "seed": task.seed,
        "runs": simulation.runs,
        "fixed": not task.varied,
        "blank_slate": task.blank_slate,
        "without": list(task.without),
        "data_end": end,
        "record_end": known,
        "held_years": [y for y in simulation.years if y > end] if case.series else [],
        "changes": [[" ".join(filter(None, k)), v] for k, v in task.overrides.items()],
        "parameters": dict(task.parameters),
        "calibrated_by": task.parameters.calibrated_by,
        "hashes": {
            "case": case.sha256,
            "parameters": task.parameters.digest(),
            "code": code_digest("foedus.years.runs"),
            "run": task.run_id(simulation.runs),
        },
        "forms": {f: s.tolist() for f, s in zip(FORMS, forms(simulation), strict=True)},
        "fates": [
            {
                "id": f.record.id,
                "name": f.record.name,
                "kind": str(f.institution.kind),
                "members": list(f.institution.members),
                "held": f.held.tolist(),
                "low": f.low.tolist(),
                "high": f.high.tolist(),
                "survival": [_none(v) for v in f.survival.tolist()],
                "hazard": [_none(v) for v in f.hazard.tolist()],
                "half_gone": _none(median_spell(f, simulation.years)),
                "recorded": [
                    r if y <= known else None for y, r in zip(simulation.years, f.recorded.tolist(), strict=True)
                ],
            }
            for f in fates(simulation)
        ],
        "ties": list(_ties(simulation)),
        "calibration": [{**vars(s), "skill": _none(s.skill)} for s in calibration(simulation)],
        "crises": list(crises_table(simulation)),
        "happenings": _per_20_years(simulation),
        "notes": list(NOTES),
    }
