"""Assessment: every question asked with the values in use and in every draw of an ensemble."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.draws.contract import Draws
from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.sampling import design
from foedus.questions.answer import record_of
from foedus.questions.columns import describe
from foedus.questions.findings import Assessment
from foedus.questions.study import Answers
from foedus.questions.task import Task


def assessed(task: Task, draws: int, seed: int, workers: int = 1, progress: Progress | None = None) -> Assessment:
    """Return the assessment of a task: its answers with the values in use, and in every draw of what it varies.

    Parameters
    ----------
    task : Task
    draws, seed, workers : int
    progress : callable, optional
        Called with (draws done, draws in all).
    """
    plan = design(task.varied, draws, seed)
    ensemble = run_ensemble(task, plan, task.run_id(draws, seed), workers, progress)
    return assembled(task, seed, plan, ensemble, workers)


def assembled(
    task: Task,
    seed: int,
    plan: NDArray[np.float64],
    ensemble: Draws,
    workers: int = 1,
    default: Answers | None = None,
) -> Assessment:
    """Return the assessment of a task whose draws are there already.

    Parameters
    ----------
    task : Task
    seed : int
    plan : ndarray, shape (draws, varied)
    ensemble : Draws
        The answers of every draw of the plan.
    workers : int
        Processes for what is worked out later.
    default : dict, optional
        The answers with the values in use, where they are known already.
    """
    known = task() if default is None else default
    return Assessment(task, seed, plan, known, ensemble, record_of, workers, describe)
