"""Year by year: what one round would end with in every year that a case knows, beside what was in force."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case, InstitutionRecord, first_day
from foedus.casebook.series import in_year, years_covered
from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS, what_forms
from foedus.simulation.formation import Form
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import Cell, Column, Table, table

_KINDS: Final = ("bilateral", "de facto", "multilateral", "forum")


@dataclass(frozen=True)
class Spell:
    """The time in which an institution was in force."""

    label: str
    """The partner of a treaty with the hub; the name of anything else."""
    name: str
    kind: str
    begun: float
    ended: float
    """Years with their fractions."""


@dataclass(frozen=True)
class OneYear:
    """Works out one round in one year with the values in use; small enough to be sent to a worker."""

    task: Task

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return the chance of every outcome in the year that the row holds; nothing for a year that cannot be."""
        try:
            case = in_year(self.task.case, int(row[0]))
        except FoedusError:
            return {CHANCE(f): float("nan") for f in (*Form, BODY)}
        present = {*case.states, *case.adversaries}
        kept = {k: v for k, v in self.task.overrides.items() if {k[1], k[2] or k[1]} <= present}
        found = what_forms(replace(self.task, case=case, overrides=kept, varied=()).study())
        return {CHANCE(f): found[CHANCE(f)] for f in (*Form, BODY)}


def spells(case: Case) -> tuple[Spell, ...]:
    """Return when every institution of a case was in force: treaties of the hub first, then bodies and forums, by age."""
    first, last = bounds(case)
    found = [s for r in case.institutions if r.kind in _KINDS for s in _spell(case, r, first, last)]
    return tuple(sorted(found, key=lambda s: (s.kind == "forum", s.begun, s.label)))


def bounds(case: Case) -> tuple[int, int]:
    """Return the first and last year of a picture: those of the series, else from the oldest institution on."""
    first, last = years_covered(case)
    if case.series:
        return first, max(last, case.as_of.year)
    starts = [r.in_force or r.signed or "" for r in case.institutions]
    begun = [y for y in (first_day(s).year for s in starts if s) if y <= case.as_of.year]
    oldest = min(begun, default=case.as_of.year)
    return min(max(oldest, case.as_of.year - 75), case.as_of.year - 10), case.as_of.year + 5


def _spell(case: Case, record: InstitutionRecord, first: int, last: int) -> list[Spell]:
    members = [m.state for m in record.members]
    start = record.in_force or record.signed
    if start is None or len(members) + len(record.outside) < 2:
        return []
    begun, ended = _years(start), _years(record.ended) if record.ended else last + 1.0
    partners = [m for m in members if m != case.hub]
    label = country(partners[0]) if case.hub in members and len(partners) == 1 else record.name
    return (
        [Spell(label, record.name, record.kind, max(begun, first), min(ended, last + 1.0))] if begun < last + 1 else []
    )


def _years(date: str) -> float:
    day: datetime.date = first_day(date)
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def year_by_year(
    task: Task,
    workers: int = 1,
    progress: Progress | None = None,
    ensemble: Callable[..., Draws] = run_ensemble,
) -> Table:
    """Return the chance of every outcome in every year that a case has data for, with the values in use.

    Parameters
    ----------
    task : Task
    workers : int
    progress : callable, optional
        Called with (years done, years in all).
    ensemble : callable
        As :func:`foedus.draws.ensemble.run_ensemble`, or what keeps or recalls whole ensembles; with its errors.
    """
    first, last = bounds(task.case) if task.case.series else (task.case.as_of.year, task.case.as_of.year)
    years = np.arange(first, last + 1, dtype=np.float64)[:, None]
    run = sha256(f"{task.run_id(0, 1)} year by year".encode()).hexdigest()
    found = ensemble(OneYear(task), years, run, workers, progress)
    columns = [Column("year", form="year")]
    columns += [Column(str(f), "probability", FORM_LABELS[f], FORM_LABELS[f], "percent") for f in (*Form, BODY)]
    chances = [found.column(CHANCE(f)).tolist() for f in (*Form, BODY)]
    rows: list[list[Cell]] = [
        [int(y), *(None if c[k] != c[k] else c[k] for c in chances)] for k, y in enumerate(years[:, 0])
    ]
    return table("years", "What one round would end with in every year, with the values in use", columns, rows)
