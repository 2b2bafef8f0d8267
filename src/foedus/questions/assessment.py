"""Assessment: every question asked with the values in use and in every draw of an ensemble."""

from __future__ import annotations

from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.sampling import design
from foedus.questions.answer import record_of
from foedus.questions.columns import describe
from foedus.questions.findings import Assessment
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
    default = task()
    plan = design(task.varied, draws, seed)
    ensemble = run_ensemble(task, plan, task.run_id(draws, seed), workers, progress)
    return Assessment(task, seed, plan, default, ensemble, record_of, workers, describe)
