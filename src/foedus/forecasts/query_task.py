"""The task of a forecast: all queries about one case under one draw, each answered by what of the model knows its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.forecasts.allies_then import allies_on_a_day
from foedus.forecasts.forecast import answers, institutions_of
from foedus.forecasts.query import Query
from foedus.model.architecture import Institution
from foedus.questions.study import Study
from foedus.questions.task import Task


@dataclass(frozen=True)
class QueryTask:
    """Works out all queries about one case under one draw; small enough to be sent to a worker."""

    task: Task
    queries: tuple[tuple[str, Query], ...]

    def __call__(self, row: NDArray[np.float64] | None = None) -> dict[str, float]:
        """Return the chances that answer every question, by its name and the part of the answer."""
        study = self.task.study(row)
        known = institutions_of(self.task.case)
        return {f"{name}|{part}": p for name, q in self.queries for part, p in self._answers(study, q, known).items()}

    def _answers(self, study: Study, query: Query, known: Mapping[str, Institution]) -> dict[str, float]:
        if query.kind == "allied":
            return allies_on_a_day(study, query, known)
        return answers(study, query, known, *size_of(self.task.case, query))


def size_of(case: Case, query: Query) -> tuple[int, tuple[str, ...]]:
    """Return how many members the body of a query has on the day of the forecast, and who joined after the date of the case.

    Members outside the case are included.
    """
    here = next((r for r in case.in_force() if r.id in query.treaties), None)
    if here is None:
        return 0, ()
    now = here.members_on(query.asked or case.as_of)
    return len(now) + len(here.outside), tuple(s for s in now if s not in here.members_on(case.as_of))
