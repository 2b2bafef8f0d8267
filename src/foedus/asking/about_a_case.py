"""Answers: one function per question about a case, no sums in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from foedus.asking.ask import DRAWS, check_ensemble, load, task_of, values_of
from foedus.casebook.case import Case
from foedus.draws.ensemble import Progress
from foedus.methods.ablation import contributions
from foedus.methods.flip import smallest_changes
from foedus.model.parameters import Parameters
from foedus.questions.assessment import Assessment, run_assessment
from foedus.questions.changes import read_changes
from foedus.reports import answers as reply
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.tables import Table


def assess(
    case: str | Path | Case = "indo-pacific-2020",
    *,
    changes: Iterable[str] = (),
    parameters: Parameters | None = None,
    calibration: str | Path = "",
    without: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """Return which architecture forms and holds, who blocks it, who has leverage, and how sure that is.

    Parameters
    ----------
    case : str, Path or Case
        Built-in name or folder.
    changes : iterable of str
        Facts or parameters set by hand, such as ``japan.trade.china=0.02``.
    parameters : Parameters, optional
        Instead of the defaults.
    calibration : str or Path
        Name or file of a calibration; parameters are then drawn as it says, not from judged ranges.
    without : sequence of str
        Mechanisms switched off.
    draws, seed : int
        Size of the ensemble, and its seed; 0 draws for the default answer alone.
    workers : int, optional
        Processes, by default one per core; the result does not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).

    Raises
    ------
    FoedusError
        The case, a change or a mechanism is wrong.
    """
    loaded = load(case)
    check_ensemble(draws, seed, workers)
    asked = read_changes(loaded, changes)
    values = (parameters or values_of(calibration)).replace(asked.parameters)
    cores = workers or os.cpu_count() or 1
    return run_assessment(loaded, values, asked.facts, without, draws, seed, cores, progress)


def explain(
    case: str | Path | Case, state: str, *, body: str = "", changes: Iterable[str] = (), without: Sequence[str] = ()
) -> Table:
    """Return why a state gains or loses by a body, term by term, with what each term is made of."""
    return reply.explain(task_of(case, changes, without), state, body)


def compare(
    cases: Sequence[str | Path | Case],
    *,
    calibration: str | Path = "",
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return the same answers for several cases side by side, with the very same parameters."""
    return reply.compare(
        [assess(c, calibration=calibration, draws=draws, seed=seed, workers=workers, progress=progress) for c in cases]
    )


def dispute(
    case: str | Path | Case, pair: Sequence[str] = (), *, changes: Iterable[str] = (), without: Sequence[str] = ()
) -> Table:
    """Return how far a quarrel of two states goes in every variant."""
    return reply.dispute(task_of(case, changes, without), pair)


def wedge(
    case: str | Path | Case, *, budget: float = 1.0, changes: Iterable[str] = (), without: Sequence[str] = ()
) -> Table:
    """Return the best use of a budget of coercion against each architecture, target by target."""
    return reply.wedge(task_of(case, changes, without), budget)


def whatif(case: str | Path | Case, changes: Iterable[str], *, without: Sequence[str] = ()) -> Table:
    """Return the answer before and after changes, with default parameters."""
    listed = tuple(changes)
    return reply.whatif(task_of(case, (), ()), task_of(case, listed, without))


def flip(
    case: str | Path | Case,
    goal: str = "body forms",
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    effort: int = 4,
    answers: int = 5,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return the smallest sets of bounded changes after which a goal is likelier than not; none is an answer too."""
    check_ensemble(0, 0, workers)
    if not 1 <= effort <= 17:
        raise FoedusError(Problem("effort", f"{effort} is not a number of steps", "Give 1 to 17"))
    if answers < 1:
        raise FoedusError(Problem("answers", f"{answers} is not a number of answers", "Give 1 or more"))
    task = task_of(case, changes, without)
    cores = workers or os.cpu_count() or 1
    found = smallest_changes(
        task.study, goal, task.run_id(0, 0), most_effort=effort, most_answers=answers, workers=cores, progress=progress
    )
    return reply.flip(goal, effort, found)


def ablate(
    case: str | Path | Case,
    *,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return what each mechanism takes from the chance of a body, by Shapley value over mechanisms."""
    check_ensemble(0, 0, workers)
    task = task_of(case, changes, without)
    return reply.ablation(contributions(task, workers=workers or os.cpu_count() or 1, progress=progress))
