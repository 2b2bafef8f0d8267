"""Through the years: cases run forward, many times, and every event of a run explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foedus.asking import files
from foedus.asking.ask import MOST_DRAWS, Ask, How, Subject, asked_by, whole
from foedus.casebook.series import years_covered
from foedus.draws.ensemble import Progress
from foedus.surfaces.plain import document
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.record import Record
from foedus.vocabulary.tables import Table
from foedus.vocabulary.whole import Contents, refuse_existing, write_all
from foedus.years.runs import Runs, Simulation, plan_runs, rows_of
from foedus.years.runs import simulate as run_many
from foedus.years.tables_of_years import explanation
from foedus.years.told_of_years import log, record_of

RUNS = 200
"""Runs of a simulation unless something else is said."""


@dataclass(frozen=True)
class Years:
    """Through which years a case is run, how often, and from where.

    Attributes
    ----------
    first, last : int, optional
        Both included; by default all that the yearly data cover. After the last one values are held.
    runs : int
    blank_slate : bool
        Whether to start without any institution of the record.
    fixed : bool
        Whether all runs have the values in use; by default each takes one row of a Latin hypercube over what is judged.
    """

    first: int | None = None
    last: int | None = None
    runs: int = RUNS
    blank_slate: bool = False
    fixed: bool = False

    def __post_init__(self) -> None:
        """Say in sentences what is wrong with the numbers.

        Raises
        ------
        FoedusError
            One is not whole, or there are no runs.
        """
        whole("runs", self.runs, 1, MOST_DRAWS, "a number of runs")
        for name, year in (("first", self.first), ("last", self.last)):
            if year is not None:
                whole(name, year, 0, 9999, "a year")


def planned(asked: Ask, years: Years) -> Runs:
    """Return the task of a simulation without running it; errors as :func:`simulate`."""
    covered = years_covered(asked.loaded)
    first = covered[0] if years.first is None else years.first
    last = covered[1] if years.last is None else years.last
    made_of = (asked.loaded, asked.values, asked.changed.facts, asked.without)
    return plan_runs(*made_of, first, last, asked.seed, years.blank_slate, years.fixed, asked.pulled)


def lived(asked: Ask, years: Years, how: How) -> Simulation:
    """Return the simulation that is asked for; errors as :func:`simulate`."""
    found = run_many(planned(asked, years), years.runs, how.cores, how.progress, how.ensemble)
    return replace(found, tell=record_of)


def simulate(
    case: Subject = "indo-pacific-2020",
    *,
    first: int | None = None,
    last: int | None = None,
    runs: int = RUNS,
    seed: int = 1,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    blank_slate: bool = False,
    fixed: bool = False,
    calibration: str | Path = "",
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Return what many runs of a case through the years come to.

    Parameters
    ----------
    case : str, Path, Case or Ask
        An ask says changes, mechanisms, procedures, calibration and seed itself; its draws are not looked at.
    first, last : int, optional
        Years, both included; by default all that the yearly data cover. After the last one values are held.
    runs, seed : int
    changes : iterable of str
        Facts or parameters set by hand, in every year.
    without : sequence of str
        Mechanisms switched off.
    blank_slate : bool
        Whether to start without any institution of the record.
    fixed : bool
        Whether all runs have the values in use; by default each takes one row of a Latin hypercube over what is judged.
    calibration : str or Path
        Name or file of a calibration to draw parameters from; empty for judged ranges.
    laws : sequence of str
        Procedures replaced by name, such as ``holding=habit``.
    levers : sequence of str
        Kinds of facts scaled for all states at once, in every year, such as ``trade=0.5``.
    workers : int, optional
        Processes, by default one per core; the result does not depend on it.
    progress : callable, optional
        Called with (runs done, runs in all).

    Raises
    ------
    FoedusError
        The case, the years, a change or a mechanism is wrong.
    Interrupted
        The run was stopped; finished runs are kept.

    Examples
    --------
    >>> import foedus
    >>> found = foedus.simulate("indo-pacific-2020", first=2015, last=2016, runs=2, workers=1)
    >>> found.record.title
    'The Indo-Pacific, 2015 to 2016'
    """
    asked = asked_by(
        case, changes=changes, without=without, laws=laws, levers=levers, calibration=calibration, seed=seed
    )
    return lived(asked, Years(first, last, runs, blank_slate, fixed), How(workers, progress=progress))


def explain_run(simulation_of: Runs, runs: int, run: int, event: int | None = None) -> Table:
    """Return every event of one run, or one of them, with who decided what, by which terms and which draw.

    Parameters
    ----------
    simulation_of : Runs
        The task of a simulation.
    runs : int
        Number of runs of that simulation.
    run, event : int
        Numbers as in the log of events, counted from 0.

    Raises
    ------
    FoedusError
        There is no such run or event.
    """
    if not 0 <= run < runs:
        raise FoedusError(Problem(f"run {run}", f"there are {runs} runs", f"Give 0 to {runs - 1}"))
    told = [(f"{run}.{n}", e) for n, e in enumerate(_events(simulation_of, runs, run))]
    if event is None:
        return explanation(told, f"Run {run} of {simulation_of.case.name}, event by event")
    if not 0 <= event < len(told):
        raise FoedusError(
            Problem(
                f"event {run}.{event}", f"run {run} has {len(told)} events", f"Give {run}.0 to {run}.{len(told) - 1}"
            )
        )
    return explanation([told[event]], f"{told[event][1].year}: {told[event][1].text}")


def _events(task: Runs, runs: int, run: int) -> list[Any]:
    return [e for record in task.told(rows_of(task, runs)[run]) for e in record.events]


def read_event(words: str) -> tuple[int, int]:
    """Return run and number of an event as the log names it, ``17.203``.

    Raises
    ------
    FoedusError
        It is no such name.
    """
    run, dot, event = words.partition(".")
    if not dot or not run.isdigit() or not event.isdigit():
        raise FoedusError(
            Problem(
                f"event '{words}'", "this is no event of the log", "Write run.number as in the log, for example 17.203"
            )
        )
    return int(run), int(event)


def save_simulation(simulation: Simulation, folder: str | Path) -> Path:
    """Write a simulation as tidy files: one CSV per table, the whole record and a manifest; errors as :func:`save`."""
    return save_all(simulation, simulation.record, folder, None)[0]


def simulation_report(simulation: Simulation, path: str | Path) -> Path:
    """Write one self-contained page about a simulation; errors as :func:`report`."""
    return files.write_page(simulation.record, path)[0]


def save_all(simulation: Simulation, record: Record, folder: str | Path | None, page: str | Path | None) -> list[Path]:
    """Write the files and the page of a simulation, those that are asked for, all or none; errors as :func:`save`."""
    refuse_existing(folder, page)
    results: dict[Path, Contents] = {Path(folder): _files(simulation, record)} if folder else {}
    return write_all(results | ({Path(page): files.page_text(record)} if page else {}))


def _files(simulation: Simulation, record: Record) -> dict[str, str]:
    """Return the tidy files of a record, with the log that is too long for the record itself."""
    whole = files.table_files(replace(record, sections=(*record.sections, log(simulation))))
    return whole | {"record.json": document(record)}
