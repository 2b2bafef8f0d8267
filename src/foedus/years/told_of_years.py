"""What is told of many runs through the years: institutions beside the record, what the hub has, losses, quarrels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from foedus.casebook.series import years_covered
from foedus.draws.digest import code_digest
from foedus.mechanisms import in_use, name_in_use
from foedus.model.architecture import Kind
from foedus.model.sizes import scales
from foedus.version import __version__
from foedus.vocabulary.prose import counted, listing
from foedus.vocabulary.record import Chart, Record, Section, Source
from foedus.vocabulary.tables import percent, shown
from foedus.years import tables_of_years as tables
from foedus.years.chronicle import Score, calibration, fates, last_known
from foedus.years.enlargement import enlargement
from foedus.years.runs import Simulation

NOTES = (
    "Drawn in every run: new leaders, shocks to quarrels, rungs of the ladder, exits, who proposes what, and consents.",
    "Not drawn: facts of the year, which are data; the star, which signs whatever both sides gain by; de facto "
    "commitments, which are facts of the record because the theory has no law by which they are made or left.",
    "Only institutions of the hub are followed: no step of the theory makes others.",
    "A treaty of two counts as in force where any treaty binds both; a body or forum where one of its kind has more "
    "than three quarters of all members in common with it. The record is read by the same rule.",
)
"""What has to be known to read a chronicle."""

_ANEW = (
    "Exit is decided anew every year, each member as if alone, with the same noise as consent: without any gain a member "
    "leaves with a chance of about one in four a year, and may sign again in the same year. Read spells with that in mind."
)
_BY_HABIT = (
    "Members stay by habit: without any gain or loss they leave as seldom as their class of institution did on record. Whoever "
    "has left may sign again in the same year.",
    "Newcomers are asked for by the bodies and forums of the hub alone; whom a body of others lets in is no step of the theory.",
)

_TELLS = ("agenda", "door", "recognition", "term")
"""Procedures that tell over years only."""

_INKS = {Kind.BILATERAL: "blue", Kind.MULTILATERAL: "teal", Kind.FORUM: "amber"}


def record_of(simulation: Simulation) -> Record:
    """Return what many runs come to as one record; single events and trajectories are told by :func:`log`."""
    task, years, sources = simulation.task, simulation.years, simulation.task.case.sources
    extra = ", from a blank slate" if task.blank_slate else ""
    extra += f", without {', '.join(task.without)}" if task.without else ""
    laws = [f"{procedure}={law}" for procedure, law in sorted(task.parameters.laws.items())]
    extra += f", by {listing(laws)}" if laws else ""
    number = counted(simulation.runs, "run")
    return Record(
        "simulation",
        f"{_place(task.case.title)}, {_span(years)}",
        f"What forms, holds and is lost {_years(years)}{extra}?",
        f"through the years · {number}",
        tuple(_answer(simulation)),
        tuple(_sections(simulation)),
        tuple(Source(k, s.citation, s.url or "", s.trust) for k, s in sorted(sources.items()) if k in task.case.cited),
        made_with(simulation),
    )


def _place(title: str) -> str:
    """Return the title of a case without its date, since other years are run."""
    place, comma, date = title.rpartition(",")
    return place if comma and any(word.isdigit() for word in date.split()) else title


def _span(years: tuple[int, ...] | range) -> str:
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])


def _years(years: tuple[int, ...] | range) -> str:
    return f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"in {years[0]}"


def _answer(simulation: Simulation) -> Iterator[str]:
    """Yield what the hub has in the end, how that compares with the record, and which years are held."""
    last = tables.every_form(simulation)
    ends = {c.words: float(v or 0) for c, v in zip(last.columns[1:], last.rows[-1][1:], strict=True)}
    parts = [f"{words} in {percent(v)}" for words, v in ends.items() if v > 0]
    began = f" that began in {simulation.years[0]}" if len(simulation.years) > 1 else ""
    yield f"At the end of {simulation.years[-1]} the hub has {listing(parts)} of runs{began}."
    scores = calibration(simulation)
    if not scores:
        yield "These years lie after the record: nothing here can be scored yet."
    elif scores[0].brier_base > 0:
        still = " and worse than that all stays as it was at the start" * (scores[0].brier_still < scores[0].brier)
        each = [
            s.skill for s in scores if s.brier_base > 0 and not s.item.startswith("all ") and " bound to " not in s.item
        ]
        alone = f"; taken one by one, {sum(v > 0 for v in each)} of {len(each)} institutions do better" if each else ""
        yield f"Over all the runs foretell the record {_compared(scores[0].skill)} its mean does{still}{alone}."
    yield from _held(simulation)


def _compared(skill: float) -> str:
    return "worse than" if skill < 0 else "better than" if skill > 0 else "as well as"


def _held_years(simulation: Simulation) -> list[int]:
    """Return the years after the data, in which the last values are held."""
    case = simulation.task.case
    return [y for y in simulation.years if y > years_covered(case)[1]] if case.series else []


def _held(simulation: Simulation) -> tuple[str, ...]:
    """Return that values are held, and since when; nothing where every year has its own."""
    end = years_covered(simulation.task.case)[1]
    return (f"After {end} the last yearly values are held.",) if _held_years(simulation) else ()


def _sections(simulation: Simulation) -> Iterator[Section]:
    yield institutions(simulation)
    yield what_there_is(simulation)
    yield who_is_bound(simulation)
    losses = hazards_chart(simulation)
    if losses.table.rows:
        about = ("Of the runs in which an institution was in force a year before, the share that lost it.",)
        yield Section("hazards", "How easily institutions are lost", (), (losses.table,), (losses,), about)
    scores = calibration(simulation)
    if scores:
        yield foretold(simulation, scores[0])
    doors = enlargement(simulation)
    if doors is not None:
        yield doors
    crises = tables.crises_table(simulation)
    if len(crises):
        says = (f"How often each pair comes to the third rung {tables.span(simulation)}, mean over the runs.",)
        yield Section("crises", "Quarrels", says, (crises,))
    counted = tables.happenings(simulation)
    yield Section("events", counted.title, ("Mean over the runs.",), (counted,))
    yield Section("limits", "How to read this", (*NOTES, *_notes(simulation)), folded=True)


def _notes(simulation: Simulation) -> Iterator[str]:
    """Yield what has to be known to read a chronicle under the laws in use."""
    laws = simulation.task.parameters.laws
    yield _BY_HABIT[0] if name_in_use(laws, "holding") == "habit" else _ANEW
    if name_in_use(laws, "door") != "closed":
        yield _BY_HABIT[1]
    told = {procedure: name_in_use(laws, procedure) for procedure in (*_TELLS, *laws)}
    for procedure, name in sorted(told.items()):
        yield from (f"{procedure}={name}: {words}" for words in in_use(laws, procedure).assumptions)


def institutions(simulation: Simulation) -> Section:
    """Return the institutions of the record in the runs, year by year, beside the record."""
    yearly = tables.survival(simulation)
    met = {f.shown.name for f in fates(simulation) if f.held.any() or f.happened.any()}
    seen = replace(yearly, rows=tuple(r for r in yearly.rows if r[1] in met))
    chart = Chart(
        "institutions",
        "lines",
        "Institutions through the years",
        "Lines: share of runs in which an institution is in force at the end of a year; bands hold 90 % for the number of "
        "runs. Shaded: in force on record.",
        seen,
        "year",
        "in_force",
        low="low",
        high="high",
        options={
            "panels": "name",
            "step": True,
            "points": len(simulation.years) == 1,
            "shaded": "happened",
            "shaded_words": "on record",
            "unit_up": "share of runs",
            "ends": (0.0, 1.0),
            "tall": 70.0,
        },
    )
    says = ["Share of runs in which an institution is in force at the end of a year, beside the record."]
    never = [f.shown.name for f in fates(simulation) if f.shown.name not in met]
    says += [f"In force neither in any run nor on record in these years: {listing(never)}."] if never else []
    tabled = (tables.summary(simulation), yearly)
    return Section(
        "timeline", "Institutions in the runs and on record", tuple(says), tabled, (chart,), _held(simulation)
    )


def what_there_is(simulation: Simulation) -> Section:
    """Return what the hub has at the end of each year, as shares of runs that add up to one."""
    yearly = tables.every_form(simulation)
    chart = Chart(
        "forms",
        "lines",
        "What the hub has",
        "Share of runs that end a year with a body, else a forum, else a star, else nothing.",
        yearly,
        "year",
        series=("nothing", "star", "forum", "body"),
        options={"stacked": True, "unit_up": "share of runs", "ends": (0.0, 1.0)},
    )
    says = ("Share of runs that end a year with a body, else a forum, else a star, else nothing.",)
    return Section(
        "forms", "What the hub has", says, (tables.forms_table(simulation), yearly), (chart,), _held(simulation)
    )


def who_is_bound(simulation: Simulation) -> Section:
    """Return how often each state is bound to the hub by a treaty, year by year, beside the record."""
    yearly = tables.ties(simulation)
    chart = Chart(
        "ties",
        "grid",
        f"Bound to {simulation.task.case.hub} by a treaty",
        "Darker: more runs in which the state is bound to the hub. Bar below: bound on record.",
        yearly,
        "year",
        "name",
        options={"value": "treaty", "ringed": "happened", "words": ("", "bound on record")},
    )
    # a note: it says what the picture shows, which a terminal does not draw
    about = "Share of runs in which a state is bound to the hub by a treaty at the end of a year."
    return Section("ties", "Who is bound to the hub", (), (yearly,), (chart,), (about, *_held(simulation)))


def hazards_chart(simulation: Simulation) -> Chart:
    """Return the yearly chance that an institution in force is lost: a dot per year, the mean as a triangle."""
    lost = {f.shown.name: [h for h in f.hazard.tolist() if np.isfinite(h)] for f in fates(simulation)}
    return Chart(
        "hazards",
        "strip",
        "How easily institutions are lost",
        "A dot per year. Loss means that the institution is not in force at the end of the next year; the triangle is the "
        "mean over the years.",
        tables.hazards(simulation),
        "hazard",
        "institution",
        colour="kind",
        inks={tables.WORDS[kind]: ink for kind, ink in _INKS.items()},
        options={
            "draws": lost,
            "default_words": "mean over the years",
            "median_words": "median of the years",
            "unit": "lost within a year, % of runs in which it was in force",
        },
    )


def foretold(simulation: Simulation, whole: Score) -> Section:
    """Return how well the runs foretell the record."""
    says = (
        f"Against the record, the runs have a mean squared error of {shown(whole.brier)} over {whole.years} "
        f"institution-years; the record's own mean has {shown(whole.brier_base)}, and “all stays as it was at the start” "
        f"{shown(whole.brier_still)}.",
        *(("The runs foretell the record worse than its mean does.",) if whole.skill < 0 else ()),
    )
    chart = Chart(
        "reliability",
        "lines",
        "Forecast against record",
        "Tie-years by forecast share of runs; how many of them the record has. On the line forecasts are right; the larger "
        "a dot, the more tie-years.",
        tables.reliability(simulation),
        "forecast",
        "happened",
        options={
            "join": False,
            "size": "number",
            "diagonal": True,
            "ends": (0.0, 1.0),
            "ends_along": (0.0, 1.0),
            "unit": "share of runs in which the state is bound",
            "unit_up": "of them bound on record",
        },
    )
    return Section("calibration", "What the runs foretold", says, (tables.scores(simulation), chart.table), (chart,))


def log(simulation: Simulation) -> Section:
    """Return what is too long for a page and stands in files: every event of every run, and yearly quantities."""
    return Section("log", "Run by run", (), (tables.trajectories(simulation), tables.events(simulation)), folded=True)


def made_with(simulation: Simulation) -> dict[str, Any]:
    """Return what a simulation was made with."""
    task, case = simulation.task, simulation.task.case
    own = scales(task.levers, case.own_levers)
    hashes = {
        "case": case.sha256,
        "parameters": task.parameters.digest(),
        "code": code_digest("foedus.years.runs"),
        "run": task.run_id(simulation.runs),
    }
    return {
        "foedus": __version__,
        "case": case.name,
        "seed": task.seed,
        "runs": simulation.runs,
        "every_run": "its own draw of everything judged" if task.varied else "the values in use",
        **({"calibration": task.parameters.calibrated_by} if task.parameters.calibrated_by else {}),
        **{f"{name}_hash": hashes[name][:16] for name in ("case", "parameters", "code")},
        "asked": {
            "years": list(simulation.years),
            "fixed": not task.varied,
            "blank_slate": task.blank_slate,
            "without": list(task.without),
            **({"laws": dict(task.parameters.laws)} if task.parameters.laws else {}),
            "changes": [[" ".join(filter(None, k)), v] for k, v in task.overrides.items()],
            **({"levers": dict(task.levers)} if task.levers else {}),
            **({"lever_facts": own} if own else {}),
            "hub": case.hub,
            "data_end": years_covered(case)[1],
            "record_end": last_known(case),
            "held_years": _held_years(simulation),
        },
        "hashes": hashes,
        "parameters": dict(task.parameters),
    }
