"""Years: one axis for everything, what was in force as the record has it, and what the model expects of every year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from foedus.asking.ask import How
from foedus.casebook.case import Case, first_day
from foedus.casebook.in_force import bounds, spells
from foedus.casebook.overview import institutions
from foedus.casebook.series import HELD, years_covered
from foedus.questions.answer import headline, made_with
from foedus.questions.what_forms import BODY
from foedus.questions.year_by_year import year_by_year
from foedus.simulation.formation import Form
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.spells import Bar, timeline
from foedus.vocabulary.record import Record
from foedus.vocabulary.tables import Cell, Column, Table, table
from foedus.web import lives, told_run
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.shown import twice
from foedus.web.state import State, chips
from foedus.web.ties import mapped
from foedus.web.underway import Run
from foedus.web.view import Figure, Shown, View

_BROAD, _PHONE = 1060.0, 354.0


def chances(held: Held, address: Address) -> Run:
    """Return the run that works out every year of a case, begun now if nobody has asked for it yet."""
    task = held.plainly(replace(address, year=None)).task
    first, last = years_covered(task.case)
    work_of = replace(task, varied=())

    def work(how: How) -> Table:
        return year_by_year(work_of, how.cores, how.progress, how.ensemble)

    return held.begun(f"years {task.run_id(0, 1)}", work, last - first + 1, command(held, address))


def command(held: Held, address: Address) -> str:
    """Return the command that gives the chances of every year."""
    return held.command(replace(address, year=None, seed=1), None, "years")


def pictured(
    held: Held, address: Address, page: str, wide: float, slim: float
) -> tuple[tuple[Markup, Markup], State, bool]:
    """Return the years of a case as a picture, a press on a year leading to a page, and how far the chances are."""
    case = held.case(address.case)
    run = chances(held, address) if case.series else None
    known = _by_year(run.result) if run is not None and run.finished.is_set() and run.error is None else {}
    bars = [Bar(s.label, s.name, s.kind, s.begun, s.ended) for s in spells(case)]
    ends = bounds(case)
    at = held.case(address.case, address.year).as_of.year
    links = {y: _link(held, address, page, case, y) for y in range(ends[0], ends[1] + 1)} if case.series else {}
    title = f"What was in force, and the chance of a body and a forum in every year: {case.title}"
    marks = _marks(case) if page == "years" else ()

    def drawn(width: float) -> str:
        broad = width > slim  # nothing is pointed at on a telephone
        return timeline(bars, known, ends, width, title, at, links if broad else None, marks if broad else ())

    picture = twice(drawn, wide, slim)
    waiting = run is not None and not run.finished.is_set()
    words = f"{held.runs.waits(run, 'years')} This page looks again by itself." if run is not None and waiting else ""
    state = State(words, waiting, done=run.done if run else 0, total=run.total if run else 0)
    return picture, state, bool(known)


def spells_table(case: Case) -> Table:
    """Return what was in force and when, as the bars of the years show it."""
    columns = [Column("name"), Column("kind"), Column("from", form="year"), Column("until", form="year")]
    rows: list[list[Cell]] = [[s.name, s.kind, int(s.begun), int(s.ended)] for s in spells(case)]
    return table("spells", "What was in force", columns, rows)


def _marks(case: Case) -> tuple[tuple[float, str], ...]:
    """Return the events of a case, each with its time in years and its sentence."""
    days = [(first_day(e.date), e) for e in case.events]
    return tuple((d.year + (d.timetuple().tm_yday - 1) / 366, f"{e.date}: {e.text}") for d, e in days)


def _by_year(found: Table) -> dict[int, tuple[float, float]]:
    return {
        int(str(row["year"])): (float(str(row[BODY])), float(str(row[str(Form.FORUM)])))
        for row in found
        if row[BODY] is not None
    }


def _link(held: Held, address: Address, page: str, case: Case, year: int) -> str:
    other = None if year == case.as_of.year else year
    return held.prefix + write(replace(address.at(page), year=other))


def show(held: Held, address: Address) -> Shown:
    """Return the years of a case, and the year that the address names."""
    found = held.answer(address)  # the sentence is the one of the answer: without draws no verdict
    said = (
        headline(found) if found.draws else f"{State().verdict(found)[0]} No draws yet: of certainty nothing is said."
    )
    case, whole = found.case, held.case(address.case)
    picture, state, _ = pictured(held, address, "years", _BROAD, _PHONE)
    year, ends = case.as_of.year, bounds(whole)
    happened = [(e.date, e.text) for e in whole.events if first_day(e.date).year == year]
    run = chances(held, address) if whole.series else None
    done = run is not None and run.finished.is_set() and run.error is None
    wanted = lives.asked_of(held, address)
    if wanted is not None:
        told_run.asked_event(address, wanted.years.runs)  # a wrong one is said before anybody waits for the runs
    beside = lives.told(held, address)
    lived = beside["lived"]
    told = told_run.told(held, address, lived[0], lived[1], case) if lived else None
    words: dict[str, Any] = {
        "question": whole.title,
        "year": year,
        "says": said,
        "changes": chips(held.prefix, address, held.own_levers(address)),
        "picture": picture,
        "state": state,
        "ends": ends,
        "most": years_covered(whole)[1] + HELD if whole.series else ends[1],
        "can_choose": bool(whole.series),
        "action": held.prefix + write(replace(address, year=None, own=(), changes=(), levers=(), without=(), laws=())),
        "map": mapped(held, found, address),
        "spells": spells_table(whole),
        "map_table": institutions(case),
        "in_force": [(r.name, r.kind) for r in case.in_force() if r.kind != "none"],
        "happened": happened,
        "happened_marks": bool(whole.events),
        "answer": write(address.at()),
        "before": write(replace(address, year=year - 1)) if whole.series and year > ends[0] else "",
        "after": write(replace(address, year=year + 1))
        if whole.series and year < years_covered(whole)[1] + HELD
        else "",
        "lives": beside,
        "told": told,
        "known": done,
        "table": run.result if run is not None and done else None,
    }
    refresh = 2 if state.under_way or beside["state"].under_way or (told and told["waits"]) else 0
    command_ = told_run.command(lived[0], address) if lived else beside["command"]
    return Shown(
        "years.html",
        f"Years: {case.title}",
        words,
        command_ or command(held, address),
        beside["made"] or made_with(found),
        refresh,
    )


def record(held: Held, address: Address) -> Table | Record:
    """Return the event or the runs that an address asks for; else the chance of every outcome in every year, worked out now if need be.

    Raises
    ------
    FoedusError
        The time was over.
    """
    wanted = lives.asked_of(held, address)
    if wanted is not None and address.word("event"):
        return told_run.explained(held, wanted, address)
    simulated = lives.found_of(held, address)
    return simulated if simulated is not None else _chances(held, address)


def _chances(held: Held, address: Address) -> Table:
    found: Table = held.outcome(chances(held, address))
    return found


def figure(held: Held, address: Address) -> Figure:
    """Return the years, or the institutions in the runs that are asked for, as a picture that is taken along."""
    case = held.case(address.case)
    simulated = lives.found_of(held, address)
    if simulated is not None:
        chart = lives.pictures(simulated)[0]
        whole = f"{chart.title}. {simulated.title}"
        return Figure(lambda width: draw(chart, width), whole, simulated.says[0], simulated.made)
    bars = [Bar(s.label, s.name, s.kind, s.begun, s.ended) for s in spells(case)]
    known = _by_year(_chances(held, address)) if case.series else {}
    title = f"What was in force, and the chances of every year. {case.title}"
    found, ends = held.answer(address), bounds(case)
    return Figure(
        lambda width: timeline(bars, known, ends, width, title, case.as_of.year, happened=_marks(case)),
        title,
        headline(found),
        made_with(found),
    )


VIEW = View("years", "Years", show, record, figure)
