"""A run told: what happened in one year of one of the runs, and of one event who decided it, by which terms and which draw."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.asking.through_years import explain_run, planned, read_event
from foedus.casebook.case import Case
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.simulation.trace import Event
from foedus.surfaces.svg.falls import Step, waterfall
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import country, opening, the
from foedus.vocabulary.tables import Cell, Column, Table, percent, table, written
from foedus.web.address import Address, write
from foedus.web.held import Held
from foedus.web.lives import Lived
from foedus.web.shown import twice
from foedus.web.underway import Run
from foedus.years.runs import Simulation

_BROAD, _PHONE = 760.0, 350.0
_NO: Final = ("refuses", "stays out", "stays")
_STATE: Final = re.compile(r"\b[A-Z]{3}\b")
_NONE: Final = (float("nan"),) * 3

Row = Mapping[str, Cell]


def asked_event(address: Address, runs: int) -> tuple[int, int | None]:
    """Return the run, and the event of it, that an address asks about: the first run where it asks about none.

    Raises
    ------
    FoedusError
        It is no run or event, or there are not so many runs.
    """
    word = address.word("event")
    run, event = (int(word), None) if word.isascii() and word.isdigit() else read_event(word) if word else (0, None)
    if run >= runs:
        raise fail(f"event {word}", f"there are {runs} runs, counted from 0", f"Give a run from 0 to {runs - 1}")
    return run, event


def explained(held: Held, wanted: Lived, address: Address) -> Table:
    """Return what the command prints of a run or of one of its events; errors as :func:`asked_event`, or the time is over."""
    run, number = asked_event(address, wanted.years.runs)
    whole: Table = held.outcome(_of_run(held, wanted, run))
    if number is None:
        return whole
    rows = tuple(row for row, named in zip(whole.rows, whole, strict=True) if named["event"] == f"{run}.{number}")
    if not rows:
        raise fail(f"event {run}.{number}", f"run {run} has no such event", "See its events on the page of the years")
    found = replace(whole, rows=rows)
    first = next(iter(found))
    return replace(found, title=f"{first['year']}: {first['what']}")


def command(wanted: Lived, address: Address) -> str:
    """Return the command that explains the same event, or runs the same where none is asked about."""
    word = address.word("event")
    return f"{wanted.command} --{'explain' if '.' in word else 'run'} {word}" if word else wanted.command


def told(held: Held, address: Address, wanted: Lived, simulation: Simulation, case: Case) -> dict[str, Any]:
    """Return one year of one run, and why what is asked about happened in it; errors as :func:`asked_event`."""
    runs, year = wanted.years.runs, case.as_of.year
    run, number = asked_event(address, runs)
    happened = held.shelf.get(("run", held_as(wanted), run), lambda: [e for e in simulation.events if e[0] == run])
    listed = [
        (in_names(e.text, case), "" if p == 1.0 else percent(p), write(address.having(event=f"{run}.{n}")), n == number)
        for _, n, e, p, _ in happened
        if e.year == year
    ]
    words: dict[str, Any] = {"run": run, "runs": runs, "year": year, "events": listed, "why": None, "waits": False}
    words["before"] = write(address.having(event=str(run - 1))) if run else ""
    words["after"] = write(address.having(event=str(run + 1))) if run + 1 < runs else ""
    if number is None:
        return words
    if number >= len(happened):
        raise fail(
            f"event {run}.{number}",
            f"run {run} has {len(happened)} events",
            f"Give {run}.0 to {run}.{len(happened) - 1}",
        )
    work = _of_run(held, wanted, run)
    if not work.finished.is_set():
        return {**words, "waits": True}
    rows = [r for r in held.outcome(work) if r["event"] == f"{run}.{number}"]
    return {**words, "why": why(happened[number][2], rows, case)}


def held_as(wanted: Lived) -> str:
    """Return under what runs are held."""
    return planned(wanted.asked, wanted.years).run_id(wanted.years.runs)


def _of_run(held: Held, wanted: Lived, run: int) -> Run:
    """Return the run that tells one of the runs with every decision, begun now if nobody has asked for it yet."""

    def work(progress: object) -> Table:
        return explain_run(planned(wanted.asked, wanted.years), wanted.years.runs, run)

    return held.runs.begin(f"told {held_as(wanted)} {run}", work, 1, f"{wanted.command} --run {run}")


def in_names(text: str, case: Case) -> str:
    """Return a line of the log with the names of states in the place of their letters."""
    known = {*case.states, *case.adversaries}
    return opening(_STATE.sub(lambda m: the(country(m.group(0))) if m.group(0) in known else m.group(0), text))


def why(event: Event, rows: Sequence[Row], case: Case) -> dict[str, Any]:
    """Return why an event happened: in sentences, the terms of who turned it, and everybody who decided.

    Parameters
    ----------
    event : Event
    rows : sequence of mapping
        Those of the event, as :func:`foedus.years.tables_of_years.explanation` has them.
    case : Case
    """
    decided = sorted((r for r in rows if r["decides"]), key=lambda r: (r["decides"] not in _NO, _number(r, "gain")))
    found: dict[str, Any] = {
        "title": f"{event.year}: {in_names(event.text, case)}",
        "says": [_sentence(r) for r in decided if r["decides"] in _NO] or [_sentence(r) for r in decided[:1]],
        "fall": (),
        "table": _deciders(decided) if len(decided) > 1 else None,
    }
    if not decided:
        return {**found, "says": [_chance(rows[0])]}
    first = decided[0]
    order = sorted(COMPONENTS, key=lambda c: -_number(first, c))
    steps = [Step(MECHANISMS[c].called(_number(first, c)), _number(first, c), MECHANISMS[c].ink) for c in order]
    pain = _number(first, "pain")
    steps += [Step("pressure", -pain, "vermilion")] if pain else []
    title = f"What {the(country(str(first['state'])))} would gain by it, term by term, % of GDP a year"
    return {**found, "fall": twice(lambda w: waterfall(steps, _NONE, w, title), _BROAD, _PHONE), "caption": title}


def _number(row: Row, name: str) -> float:
    value = row[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _sentence(row: Row) -> str:
    """Return what one state decided, what it would have gained, by which term most, and how the draw fell."""
    gain = _number(row, "gain")
    most = (min if gain < 0 else max)(COMPONENTS, key=lambda c: _number(row, c))
    worth = f"it would {'lose' if gain < 0 else 'gain'} {written(abs(gain), '')} % of GDP a year"
    by = f"most by {MECHANISMS[most].called(_number(row, most))} ({written(_number(row, most), 'signed')})"
    head = f"{opening(the(country(str(row['state']))))} {row['decides']}: {worth}, {by}."
    if row["draw"] is None:
        return head
    return f"{head} The chance of its yes was {percent(_number(row, 'probability'))}, and the draw fell at {_number(row, 'draw'):.2f}."


def _chance(row: Row) -> str:
    """Return how an event came that nobody had to agree to."""
    if row["draw"] is None:
        size = f", with {written(_number(row, 'size'), '')} % of its GDP" if row["size"] is not None else ""
        return f"It follows from what happened before it in the same year{size}; nothing was drawn."
    return (
        f"Nobody had to agree to it: it had a chance of {percent(_number(row, 'probability'))} this year, and the draw fell "
        f"at {_number(row, 'draw'):.2f}."
    )


def _deciders(rows: Sequence[Row]) -> Table:
    columns = [
        Column("state"),
        Column("decides"),
        Column("probability", "", "of its yes", head="chance of yes", form="percent"),
        Column("draw", "", "what falls below the chance happens", unsaid="0 to 1"),
        Column("gain", "% of GDP a year", form="signed"),
    ]
    cells: list[list[Cell]] = [[country(str(r["state"])), *(r[c.name] for c in columns[1:])] for r in rows]
    return table("deciders", "Everybody who decided", columns, cells)
