"""Year by year: what one round would end with in every year that a case knows, beside what was in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.in_force import bounds
from foedus.casebook.series import in_year
from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.questions.task import Task
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS, what_forms
from foedus.simulation.formation import Form
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Cell, Column, Table, table


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
