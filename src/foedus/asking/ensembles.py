"""Ensembles: large runs into a folder of columns, begun, gone on with, and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from foedus.asking.ask import Ask, How
from foedus.draws.contract import Progress
from foedus.draws.engines import engine_of
from foedus.draws.fileset import Ensemble, read_ensemble, read_manifest
from foedus.draws.filing import Plan, run_to_files
from foedus.draws.spread import record_of, summary
from foedus.methods.sweep import OVER, Sweep, chosen, narrowed
from foedus.questions.columns import describe
from foedus.questions.listing import QUESTIONS
from foedus.simulation.appraisal import switch_off
from foedus.vocabulary.errors import FoedusError, Problem, fail

__all__ = ["ensemble", "read_ensemble", "record_of", "resume", "summary", "sweep_of"]

CHEAPEST = ("forms", "ends")
"""What every draw of an ensemble answers unless more is asked: the chances of a year's outcomes cost least."""


INPUTS = ("parameters", "inputs")
"""What varies unless something else is said: everything that is judged."""


def sweep_of(asked: Ask, over: Sequence[str], questions: Sequence[str], only: tuple[str, ...] = ()) -> Sweep:
    """Return what has to be worked out for every draw of what is asked.

    Parameters
    ----------
    asked : Ask
    over : sequence of str
        What varies: names in ``foedus.methods.sweep.OVER``.
    questions : sequence of str
        What every draw answers.
    only : tuple of str
        Answers that are kept; all if empty.

    Raises
    ------
    FoedusError
        The case, a change, a mechanism, a procedure or a name is wrong.
    """
    switch_off(asked.values, asked.without)
    wide = chosen(over, OVER, "dimension")
    task = asked.task(varied=True)
    task = replace(task, varied=narrowed(task.varied, wide))
    return Sweep(task, chosen(questions, tuple(QUESTIONS), "question"), "architectures" in wide, only)


def ensemble(
    case: str | Path = "indo-pacific-2020",
    folder: str | Path = "",
    *,
    draws: int = 1000,
    seed: int = 1,
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
    over: Sequence[str] = INPUTS,
    questions: Sequence[str] = CHEAPEST,
    calibration: str | Path = "",
    workers: int | None = None,
    engine: str = "",
    progress: Progress | None = None,
) -> Ensemble:
    """Work a large ensemble out into a folder, or go on with it; memory does not grow with the draws.

    Parameters
    ----------
    case : str or Path
        Built-in name or folder.
    folder : str or Path
        New, empty, or begun with the same question.
    draws, seed : int
    changes : iterable of str
        Facts or parameters set by hand; they do not vary.
    without : sequence of str
        Mechanisms switched off.
    laws : sequence of str
        Procedures replaced by name, such as ``holding=habit``.
    levers : sequence of str
        Kinds of facts scaled for all states at once, such as ``trade=0.5``.
    over : sequence of str
        What varies: ``parameters``, ``inputs`` (judged facts), ``architectures`` (what is in force at the beginning).
    questions : sequence of str
        What every draw answers: names in ``foedus.questions.listing.QUESTIONS``.
    calibration : str or Path
        Name or file of a calibration to draw parameters from; empty for judged ranges.
    workers : int, optional
        Processes, by default one per core.
    engine : str
        ``processes``, ``serial`` or ``dask://HOST:PORT``; the files do not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).

    Raises
    ------
    FoedusError
        The question is wrong, the folder holds something else, or the run could not go on; what is finished is kept.

    Examples
    --------
    >>> import foedus, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     kept = foedus.ensemble("asia-1953", f"{place}/kept", draws=4, workers=1)
    ...     found = kept.to_xarray("forms|body||probability")
    >>> dict(found.sizes), found["forms|body||probability"].attrs["units"]
    ({'draw': 4}, 'probability')
    """
    asked = Ask(case, tuple(changes), tuple(without), calibration, draws, seed, laws=tuple(laws), levers=tuple(levers))
    return kept_in(folder, asked, How(workers, engine, progress), over, questions)


def kept_in(
    folder: str | Path, asked: Ask, how: How, over: Sequence[str] = INPUTS, questions: Sequence[str] = CHEAPEST
) -> Ensemble:
    """Work a large ensemble out into a folder, or go on with it; errors as :func:`ensemble`."""
    if asked.draws < 1:
        remedy = "Give 1 to 10,000,000"
        raise FoedusError(Problem("draws", f"an ensemble needs draws, and {asked.draws} are none", remedy))
    if not str(folder):
        raise fail("folder", "an ensemble needs a folder to be kept in", "Name a new one")
    sweep = sweep_of(asked, over, questions)
    plan = Plan(sweep.varied, asked.draws, asked.seed)
    engine = engine_of(how.engine, min(how.cores, plan.parts))
    again = _again(asked, over, questions)
    return run_to_files(sweep, plan, Path(folder), sweep.identity(), describe, engine, how.progress, again)


def _again(asked: Ask, over: Sequence[str], questions: Sequence[str]) -> dict[str, Any]:
    """Return the question as the manifest keeps it, so that :func:`resume` can ask it again from anywhere."""
    return {
        "case": str(Path(asked.name).resolve()) if Path(asked.name).is_dir() else asked.name,
        "changes": list(asked.changes),
        "without": list(asked.without),
        "laws": list(asked.laws),
        "levers": list(asked.levers),
        "over": list(over),
        "questions": list(questions),
        "calibration": str(asked.calibration),
    }


def resume(
    folder: str | Path, *, workers: int | None = None, engine: str = "", progress: Progress | None = None
) -> Ensemble:
    """Go on with an ensemble where it was stopped, from its folder alone; errors as :func:`ensemble`."""
    found: dict[str, Any] | None = read_manifest(folder)
    if found is None:
        raise fail(str(folder), "there is no ensemble in this folder", "Begin one with --output")
    return ensemble(
        folder=folder,
        draws=found["draws"],
        seed=found["seed"],
        workers=workers,
        engine=engine,
        progress=progress,
        **found["asked"],
    )
