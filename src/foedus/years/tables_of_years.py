"""Tables of the years: events, trajectories, survival, calibration, crises; and one event explained."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Kind
from foedus.simulation.trace import Event, Happening, label
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import Cell, Column, Table, table
from foedus.years.chronicle import bound_then, calibration, crises, fates, forms, last_known, median_spell
from foedus.years.runs import Simulation

WORDS = {Kind.BILATERAL: "treaty", Kind.MULTILATERAL: "body", Kind.FORUM: "forum"}
"""What each kind of institution is called."""


def _none(value: float) -> float | None:
    return None if math.isnan(value) else value


def events(simulation: Simulation) -> Table:
    """Return the log of all events of all runs, one row each."""
    rows: list[list[Cell]] = []
    for run, n, e, probability, size in simulation.events:
        who = (e.actor or None, e.other or None, label(e.institution) if e.institution else None)
        rows.append([run, f"{run}.{n}", e.year, str(e.happening), *who, probability, _none(size), e.text])
    columns = [
        Column("run", unsaid="count"),
        Column("event", "", "name under which it can be explained"),
        Column("year", form="year"),
        Column("happening"),
        Column("actor"),
        Column("other"),
        Column("institution"),
        Column("probability", "probability", "when it was drawn; of all agreeing, where all had to", form="percent"),
        Column(
            "size",
            "",
            "perception of a new leader, grievance on the ladder, pain of pressure in % of GDP",
            unsaid="see event",
        ),
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
    add("hub", "value", "bn $ a year", "value of the hub in bargaining")
    add("hub", "share", "share", "share of the hub in all gains")
    columns = [
        Column("quantity"),
        Column("unit"),
        Column("year", form="year"),
        Column("median", "see unit"),
        Column("low", "see unit", "5 % of the runs"),
        Column("high", "see unit", "95 % of the runs"),
        Column("mean", "see unit"),
    ]
    return table(
        "trajectories", "Utility by state and by mechanism, and the hub's leverage, year by year", columns, rows
    )


def survival(simulation: Simulation) -> Table:
    """Return how each institution of the record fares, year by year, beside the record."""
    known = last_known(simulation.task.case)
    rows: list[list[Cell]] = []
    for f in fates(simulation):
        shares = (s.tolist() for s in (f.held, f.low, f.high, f.survival, f.hazard))
        for year, happened, *seen in zip(simulation.years, f.happened.tolist(), *shares, strict=True):
            rows.append([f.entry.id, f.shown.name, year, *map(_none, seen), happened if year <= known else None])
    columns = [
        Column("institution", hidden=True),
        Column("name"),
        Column("year", form="year"),
        Column("in_force", "share of runs", form="percent"),
        Column("low", "share of runs", "90 % band for the number of runs", form="percent"),
        Column("high", "share of runs", form="percent"),
        Column("survived", "share of runs", "in force without a break since the start", form="percent"),
        Column("hazard", "probability a year", "lost this year, of those in force a year before", form="percent"),
        Column(
            "happened",
            "yes/no",
            "in force at the end of the year on record; none after the record ends",
            head="on record",
        ),
    ]
    return table("survival", "Institutions of the record in the runs, year by year", columns, rows, quiet=True)


def scores(simulation: Simulation) -> Table:
    """Return how well yearly shares of runs foretell the record."""
    columns = [
        Column("item"),
        Column("years", "", "institution-years or tie-years", unsaid="count"),
        Column("runs", "share", "mean forecast", form="percent"),
        Column("happened", "share", "of the years in force on record", head="on record", form="percent"),
        Column("brier", "", "mean squared error of the runs", head="squared error", unsaid="0 to 1"),
        Column("base", "", "the same of the record's own mean", head="of the mean", drop=3, unsaid="0 to 1"),
        Column("still", "", "the same of 'all stays as at the start'", head="of no change", drop=4, unsaid="0 to 1"),
        Column("skill", "", "share of the error of the base that the runs avoid", unsaid="share, at most 1"),
        Column("log", "", "mean log score", head="log score", drop=5, unsaid="nats"),
        Column(
            "log_base", "", "the same of the record's own mean", head="log score of the mean", drop=6, unsaid="nats"
        ),
    ]
    rows: list[list[Cell]] = []
    for s in calibration(simulation):
        errors = (s.brier, s.brier_base, s.brier_still, _none(s.skill))
        rows.append([s.item, s.years, s.forecast, s.happened, *errors, s.log, s.log_base])
    return table("calibration", "What the runs foretold, against the record", columns, rows)


def span(simulation: Simulation) -> str:
    """Return the years really run in words, as they stand in titles and units."""
    number = len(simulation.years)
    return f"in {number} years" if number > 1 else "in the year"


def crises_table(simulation: Simulation) -> Table:
    """Return how often each dyad runs into a crisis in the years run."""
    columns = [
        Column("one"),
        Column("other"),
        Column("mean", span(simulation), "mean over the runs"),
        Column("low", span(simulation), "5 % of the runs"),
        Column("high", span(simulation), "95 % of the runs"),
        Column("any", "share of runs", "with a crisis at all", head="runs with any", form="percent"),
    ]
    scale = len(simulation.years) / 20.0  # crises are kept per 20 years, so that claims compare runs of any length
    rows: list[list[Cell]] = [
        [country(a), country(b), mean * scale, low * scale, high * scale, some]
        for a, b, mean, low, high, some in crises(simulation)
    ]
    return table("crises", "Crises: both sides have raised the quarrel and no broker has stopped it", columns, rows)


def happenings(simulation: Simulation) -> Table:
    """Return how often each kind of event happens in the years run."""
    counts = Counter(str(e.happening) for _, _, e, _, _ in simulation.events)
    columns = [Column("happening", head="event"), Column("times", span(simulation), "mean over the runs")]
    rows: list[list[Cell]] = [[str(h), counts[str(h)] / simulation.runs] for h in Happening]
    return table("happenings", f"What happens {span(simulation)}", columns, rows)


def ties(simulation: Simulation) -> Table:
    """Return how often each state is bound to the hub, year by year, beside the record."""
    case, known = simulation.task.case, last_known(simulation.task.case)
    rows: list[list[Cell]] = []
    for s in (s for s in case.states if s != case.hub):
        shares = [
            simulation.tied(s, *kinds).mean(axis=0).tolist()
            for kinds in ((Kind.BILATERAL, Kind.MULTILATERAL), (Kind.MULTILATERAL,), (Kind.FORUM,))
        ]
        for year, treaty, inside, talking in zip(simulation.years, *shares, strict=True):
            bound = bound_then(case, s, datetime.date(year, 12, 31)) if year <= known else None
            rows.append([s, country(s), year, treaty, inside, talking, bound])
    columns = [
        Column("state", hidden=True),
        Column("name", head="state"),
        Column("year", form="year"),
        Column("treaty", "share of runs", "bound to the hub by a treaty", head="share of runs bound", form="percent"),
        Column("body", "share of runs", form="percent"),
        Column("forum", "share of runs", form="percent"),
        Column(
            "happened", "yes/no", "bound to the hub by a treaty on record; none after the record ends", head="on record"
        ),
    ]
    return table("ties", "Who is bound to the hub, year by year", columns, rows, quiet=True)


def hazards(simulation: Simulation) -> Table:
    """Return the yearly chance that an institution in force is lost, the mean over the years; none that never was."""
    rows: list[list[Cell]] = [
        [f.shown.name, WORDS[f.institution.kind], float(np.nanmean(f.hazard))]
        for f in fates(simulation)
        if np.isfinite(f.hazard).any()
    ]
    columns = [
        Column("institution"),
        Column("kind"),
        Column("hazard", "share of runs a year", "lost within a year, mean over the years", form="percent"),
    ]
    return table("hazards", "How easily institutions are lost", columns, rows, quiet=True)


def reliability(simulation: Simulation) -> Table:
    """Return forecast shares against what the record has: tie-years in tenths of the forecast, with their number."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for r in ties(simulation):
        if r["happened"] is not None:
            share = float(r["treaty"] or 0)
            bins.setdefault(min(int(share * 10), 9), []).append((share, r["happened"] is True))
    rows: list[list[Cell]] = [
        [sum(s for s, _ in found) / len(found), sum(h for _, h in found) / len(found), len(found)]
        for _, found in sorted(bins.items())
    ]
    columns = [
        Column("forecast", "share", "of runs in which the state is bound, mean", form="percent"),
        Column("happened", "share", "of them bound on record", head="on record", form="percent"),
        Column("number", "tie-years", form="whole"),
    ]
    return table("reliability", "Forecast against record", columns, rows, quiet=True)


def summary(simulation: Simulation) -> Table:
    """Return one row per institution: what became of it in the runs, and what the record has."""
    rows: list[list[Cell]] = []
    for f in fates(simulation):
        on_record = (WORDS[f.institution.kind], "–".join(f.institution.members), f.shown.in_force or f.shown.signed)
        ends = (float(f.held[0]), float(f.held[-1]), _none(median_spell(f, simulation.years)))
        hazard = float(np.nanmean(f.hazard)) if np.isfinite(f.hazard).any() else None
        rows.append([f.shown.name, *on_record, f.shown.ended, *ends, hazard])
    columns = [
        Column("institution"),
        Column("kind", drop=5),
        Column("members", drop=2),
        Column("from", "", "on record", drop=4),
        Column("until", "", "on record", drop=4),
        Column("first_year", "share of runs", "in force at its end", form="percent"),
        Column("last_year", "share of runs", form="percent"),
        Column("half_gone", "years", "after which half of the runs have lost it once"),
        Column("hazard", "share of runs a year", "lost within a year, mean over the years", "lost a year", "percent"),
    ]
    return table("institutions", "Institutions of the hub, in the runs and on record", columns, rows)


def forms_table(simulation: Simulation) -> Table:
    """Return what the hub has at the end of about every tenth year, as shares of runs."""
    whole = every_form(simulation)
    step = max(1, round(len(whole) / 8))
    kept = sorted({*range(0, len(whole), step), len(whole) - 1})
    title = "What the hub has at the end of a year"
    return replace(whole, name="forms", title=title, rows=tuple(whole.rows[k] for k in kept), quiet=False)


def every_form(simulation: Simulation) -> Table:
    """Return what the hub has at the end of every year, as shares of runs."""
    columns = [
        Column("year", form="year"),
        Column("body", "share of runs", form="percent", head="a body", ink="teal"),
        Column("forum", "share of runs", "and no body", form="percent", head="a forum", ink="amber"),
        Column("star", "share of runs", "treaties of two alone", form="percent", head="treaties only", ink="blue"),
        Column("nothing", "share of runs", form="percent", ink="grey"),
    ]
    rows = [[year, *shares] for year, shares in zip(simulation.years, forms(simulation).T.tolist(), strict=True)]
    return table("forms-every-year", "What the hub has at the end of every year", columns, rows, quiet=True)


def _who(seated: bool, happening: Happening) -> str:
    nature = (Happening.LEADER, Happening.SHOCK, Happening.BROKERED)
    return "seat" if seated else "chance" if happening in nature else "law"


def explanation(told: Sequence[tuple[str, Event]], title: str) -> Table:
    """Return events with everybody who decided, and each decision with its terms, its probability and its draw."""
    rows: list[list[Cell]] = []
    decided = {
        "consent": ("refuses", "agrees"),
        "exit": ("stays", "leaves"),
        "sign": ("", "signs"),
        "apply": ("stays out", "applies"),
        "let in": ("refuses", "lets in"),
    }
    for number, e in told:
        if not e.decisions:
            drawn = _none(e.draw)
            who = _who(e.seated, e.happening) if drawn is not None or e.seated else None
            drawn_so = (e.probability, drawn, None, _none(e.size), None)
            rows.append([number, e.year, e.text, e.actor or None, None, who, *drawn_so, *(None for _ in COMPONENTS)])
        for d in e.decisions:
            one = d.decision
            signs = one.action == "sign"
            who = None if signs else _who(d.seat is not None, e.happening)
            chance = (one.probability, None if signs else d.draw, one.gain, None, one.pain or None)
            did = decided[one.action][d.taken]
            rows.append([number, e.year, e.text, one.state, did, who, *chance, *(float(t) for t in one.terms)])
    seats_decide = any(e.seated or any(d.seat is not None for d in e.decisions) for _, e in told)
    columns = [
        Column("event"),
        Column("year", form="year"),
        Column("what"),
        Column("state"),
        Column("decides"),
        Column("by", "", "the law of the model with its draw, who holds the seat, or chance", hidden=not seats_decide),
        Column("probability", "", "of agreeing, leaving, or of the event", form="percent"),
        Column("draw", "", "uniform; what falls below the probability happens", unsaid="0 to 1"),
        Column("gain", "% of GDP", "utility with the institution minus utility without it"),
        Column("size", "", "perception of a new leader, grievance on the ladder, pain in % of GDP", unsaid="see event"),
        Column("pain", "% of GDP", "coercion on top of expected reprisals"),
        *(Column(c, "% of GDP") for c in COMPONENTS),
    ]
    return table("explanation", title, columns, rows)
