"""Asking: what every question needs first, a case, its changes and a sound ensemble."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from foedus.casebook.case import Case
from foedus.casebook.reader import read_case
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import Parameters
from foedus.questions.assessment import Task
from foedus.questions.changes import read_changes
from foedus.vocabulary.errors import FoedusError, Problem

DRAWS = 200
"""Draws of an ensemble unless something else is said."""


def load(case: str | Path | Case) -> Case:
    """Return a case by name or folder; a case is returned as it is."""
    return case if isinstance(case, Case) else read_case(case)


def values_of(calibration: str | Path = "", changes: Mapping[str, float] | None = None) -> Parameters:
    """Return the parameters in use: the defaults or those of a calibration, changed by hand.

    Parameters
    ----------
    calibration : str or Path
        Name or file; empty for the defaults and judged ranges.
    changes : mapping of str to float, optional

    Raises
    ------
    FoedusError
        The calibration or a change is wrong.
    """
    known = read_calibration(calibration) if str(calibration) else None
    return Parameters({}, known).replace(changes or {})


MOST_WORKERS = 1024
"""Processes on one machine; a slip of the key beyond that would stop it for everybody."""


def check_ensemble(draws: int, seed: int, workers: int | None) -> None:
    """Say in sentences what is wrong with the size, the seed or the processes of an ensemble.

    Raises
    ------
    FoedusError
        A number makes no sense.
    """
    if draws < 0 or draws > 10_000_000:
        raise FoedusError(Problem("draws", f"{draws} is not a number of draws", "Give 0 to 10,000,000"))
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        raise FoedusError(Problem("workers", f"{workers} is not a number of processes", f"Give 1 to {MOST_WORKERS:,}"))
    if seed < 0:
        raise FoedusError(Problem("seed", f"{seed} is negative", "Give 0 or more"))


def task_of(case: str | Path | Case, changes: Iterable[str], without: Sequence[str]) -> Task:
    """Return what has to be worked out for a case with changes; errors as the changes'."""
    loaded = load(case)
    asked = read_changes(loaded, changes)
    return Task(loaded, Parameters(asked.parameters), asked.facts, (), tuple(without))
