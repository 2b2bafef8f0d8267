"""Behind an answer: every number that it is made of, and what one round would end with in every year that the case knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from foedus.asking.ask import How, Subject, asked_by
from foedus.casebook.case import Fact
from foedus.casebook.in_force import institutions_table
from foedus.casebook.overview import of_case
from foedus.draws.ensemble import Progress
from foedus.model.parameters import BY_NAME
from foedus.questions.answer import inputs_table, limits
from foedus.questions.changes import fact_key
from foedus.questions.explanation import body_of
from foedus.questions.made_of import at_value, gain_of
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.questions.year_by_year import year_by_year
from foedus.vocabulary.errors import fail
from foedus.vocabulary.numbers import Parameter
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, Table, table


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


def one_number(
    case: Subject,
    fact: str,
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    calibration: str | Path = "",
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
) -> Table:
    """Return what the answer, and the gain of a state, are when one number alone stands at the ends of its range.

    Parameters
    ----------
    case : str, Path, Case or Ask
    fact : str
        As it is set: ``KOR.trade.CHN``, or a parameter: ``loss_at_stake``, for which the state is the first to refuse.
    changes, without, calibration, laws, levers
        As for :func:`foedus.assess`.

    Raises
    ------
    FoedusError
        The case or a change is wrong, or it has no such fact.
    """
    asked = asked_by(case, changes=changes, without=without, calibration=calibration, laws=laws, levers=levers)
    if fact in BY_NAME:
        return ends_of_parameter(asked.task(), BY_NAME[fact])
    return ends_of(asked.task(), asked.loaded.fact(*fact_key(asked.loaded, fact)))


def ends_of(task: Task, fact: Fact) -> Table:
    """Return the same of a task and its fact."""
    subject = fact.subject if fact.subject in task.case.states else task.case.hub
    spread = fact.low is not None and fact.high is not None and fact.high > fact.low
    ends = (fact.low, fact.high) if spread else (None, None)
    return _ends((ends[0], fact.value, ends[1]), fact.unit, lambda value: at_value(task, fact, value), subject)


def ends_of_parameter(task: Task, p: Parameter) -> Table:
    """Return the same of a parameter, with the gain of the state that is the first to refuse with the values in use."""
    values = task.parameters

    def at(value: float) -> Study:
        return replace(task, parameters=values.replace({p.name: value})).study()

    return _ends((p.low, values[p.name], p.high), p.unit, at, first_to_refuse(task))


def first_to_refuse(task: Task) -> str:
    """Return the state that consents least to a council of all with the values in use."""
    study = task.study()
    asked = [s for s in task.case.states if s != task.case.hub]
    return min(asked, key=lambda s: gain_of(study, body_of(study, ""), s))


def _ends(
    places: tuple[float | None, float, float | None], unit: str, at: Callable[[float], Study], subject: str
) -> Table:
    columns = [
        Column("at"),
        Column("value", unit),
        Column("body", "probability", "chance of a body in a year", "chance of a body", "percent"),
        Column("gain", "% of GDP a year", "gain of the state by a council of all", "its gain by a council", "signed"),
    ]
    rows: list[list[Cell]] = []
    for words, value in zip(("least", "as it is", "most"), places, strict=True):
        if value is not None:
            study = at(value)
            rows.append([words, value, study.formation.body, gain_of(study, body_of(study, ""), subject)])
    return table("matters", "What the answer is at the ends of the range", columns, rows)


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
