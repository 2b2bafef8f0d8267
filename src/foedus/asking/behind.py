"""Behind an answer: every number that it is made of, and what one round would end with in every year that the case knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from foedus.asking.ask import How, Subject, asked_by
from foedus.casebook.overview import of_case
from foedus.draws.ensemble import Progress
from foedus.questions.answer import inputs_table, institutions_table, limits
from foedus.questions.task import Task
from foedus.questions.year_by_year import year_by_year
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Table


def numbers(
    case: Subject,
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    calibration: str | Path = "",
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
) -> Section:
    """Return every number of a case with its value, range, reason and source, its institutions and states, and its limits.

    Parameters
    ----------
    case : str, Path, Case or Ask
    changes, without, calibration, laws, levers
        As for :func:`foedus.assess`.

    Raises
    ------
    FoedusError
        The case or a change is wrong.

    Examples
    --------
    >>> import foedus
    >>> foedus.numbers("asia-1953").title
    'Every number of East Asia and the Pacific, autumn 1953'
    """
    asked = asked_by(case, changes=changes, without=without, calibration=calibration, laws=laws, levers=levers)
    return every_number(asked.task())


def every_number(task: Task) -> Section:
    """Return the same of a task."""
    case = task.case
    notes = limits(case, task.parameters.laws)
    tables = (replace(inputs_table(case), quiet=False), institutions_table(case), *of_case(case))
    says = (
        "A measured number has a date, a unit and a source. A judged one has a reason and a range, and every draw varies it.",
    )
    named = tuple({t.name: t for t in tables}.values())
    return Section("inputs", f"Every number of {case.title}", says, named, sections=(notes,))


def every_year(
    case: Subject,
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    calibration: str | Path = "",
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return the chance of every outcome in every year that a case has data for, each year by itself, with the values in use.

    Parameters
    ----------
    case : str, Path, Case or Ask
    changes, without, calibration, laws, levers, workers, progress
        As for :func:`foedus.assess`.

    Raises
    ------
    FoedusError
        The case or a change is wrong, or the case is named in one year.
    Interrupted
        The run was stopped; finished years are kept.

    Examples
    --------
    >>> import foedus
    >>> len(foedus.every_year("europe-1914", workers=1))
    1
    """
    asked = asked_by(case, changes=changes, without=without, calibration=calibration, laws=laws, levers=levers)
    stem, at, year = asked.name.rpartition("@")
    if at and year.isdigit():
        raise fail(
            f"case '{asked.name}'",
            "every year is worked out, not one",
            f"Write {stem}, or `foedus assess {asked.name}`",
        )
    how = How(workers, progress=progress)
    return year_by_year(replace(asked.task(), varied=()), how.cores, how.progress)
