"""The staircase on one screen: one function per question, no sums in it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.experiments.ablation import contributions
from foedus.experiments.assessment import Assessment, Task, run_assessment
from foedus.experiments.changes import read_changes
from foedus.experiments.flip import smallest_changes
from foedus.facts.case import Case
from foedus.facts.reader import read_case
from foedus.model.parameters import Parameters
from foedus.reports import answers as reply
from foedus.reports import tables
from foedus.reports.drawing import standalone, to_png
from foedus.reports.page import FIGURES, report_html
from foedus.reports.record import document
from foedus.reports.trialpage import trial_html
from foedus.simulation.ensemble import Progress
from foedus.trial.claims import Trial, read_trial
from foedus.trial.evidence import Evidence, try_claims
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.tables import Table

DRAWS = 200
"""Draws of an ensemble unless something else is said."""


def load(case: str | Path | Case) -> Case:
    """Return a case by name or folder; a case is returned as it is."""
    return case if isinstance(case, Case) else read_case(case)


def assess(
    case: str | Path | Case = "indo-pacific-2020",
    *,
    changes: Iterable[str] = (),
    parameters: Parameters | None = None,
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
    _check_ensemble(draws, seed, workers)
    asked = read_changes(loaded, changes)
    values = (parameters or Parameters()).replace(asked.parameters)
    cores = workers or os.cpu_count() or 1
    return run_assessment(loaded, values, asked.facts, without, draws, seed, cores, progress)


def explain(
    case: str | Path | Case, state: str, *, body: str = "", changes: Iterable[str] = (), without: Sequence[str] = ()
) -> Table:
    """Return why a state gains or loses by a body, term by term, with what each term is made of."""
    return reply.explain(_task(case, changes, without), state, body)


def compare(
    cases: Sequence[str | Path | Case], *, draws: int = DRAWS, seed: int = 1, workers: int | None = None,
    progress: Progress | None = None,
) -> Table:  # fmt: skip
    """Return the same answers for several cases side by side, with the very same parameters."""
    return reply.compare([assess(c, draws=draws, seed=seed, workers=workers, progress=progress) for c in cases])


def dispute(
    case: str | Path | Case, pair: Sequence[str] = (), *, changes: Iterable[str] = (), without: Sequence[str] = ()
) -> Table:
    """Return how far a quarrel of two states goes in every variant."""
    return reply.dispute(_task(case, changes, without), pair)


def wedge(
    case: str | Path | Case, *, budget: float = 1.0, changes: Iterable[str] = (), without: Sequence[str] = ()
) -> Table:
    """Return the best use of a budget of coercion against each architecture, target by target."""
    return reply.wedge(_task(case, changes, without), budget)


def whatif(case: str | Path | Case, changes: Iterable[str], *, without: Sequence[str] = ()) -> Table:
    """Return the answer before and after changes, with default parameters."""
    listed = tuple(changes)
    return reply.whatif(_task(case, (), ()), _task(case, listed, without))


def flip(
    case: str | Path | Case, goal: str = "body forms", *, changes: Iterable[str] = (), without: Sequence[str] = (),
    effort: int = 4, answers: int = 5, workers: int | None = None, progress: Progress | None = None,
) -> Table:  # fmt: skip
    """Return the smallest sets of bounded changes after which a goal is likelier than not; none is an answer too."""
    if not 1 <= effort <= 17:
        raise FoedusError(Problem("effort", f"{effort} is not a number of steps", "Give 1 to 17"))
    if answers < 1:
        raise FoedusError(Problem("answers", f"{answers} is not a number of answers", "Give 1 or more"))
    task = _task(case, changes, without)
    cores = workers or os.cpu_count() or 1
    found = smallest_changes(
        task.study, goal, task.run_id(0, 0), most_effort=effort, most_answers=answers, workers=cores, progress=progress
    )
    return reply.flip(goal, effort, found)


def ablate(
    case: str | Path | Case, *, changes: Iterable[str] = (), without: Sequence[str] = (), workers: int | None = None,
    progress: Progress | None = None,
) -> Table:  # fmt: skip
    """Return what each mechanism takes from the chance of a body, by Shapley value over mechanisms."""
    task = _task(case, changes, without)
    return reply.ablation(contributions(task, workers=workers or os.cpu_count() or 1, progress=progress))


def try_text(
    name: str | Path, *, draws: int = 50, seed: int = 1, without: Sequence[str] = (), workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Trial, tuple[Evidence, ...]]:  # fmt: skip
    """Return a text on trial and the evidence on each of its claims."""
    trial = read_trial(name)
    _check_ensemble(draws, seed, workers)
    cores = workers or os.cpu_count() or 1
    return trial, try_claims(trial, draws, seed, without, cores, progress)


def trial_report(record: Mapping[str, Any], path: str | Path) -> Path:
    """Write one self-contained page about a trial; errors as :func:`report`."""
    target = Path(path)
    refuse_existing(str(target))
    write_whole(target, trial_html(record))
    return target


def _check_ensemble(draws: int, seed: int, workers: int | None) -> None:
    if draws < 0 or draws > 10_000_000:
        raise FoedusError(Problem("draws", f"{draws} is not a number of draws", "Give 0 or more"))
    if workers is not None and workers < 1:
        raise FoedusError(Problem("workers", f"{workers} is not a number of processes", "Give 1 or more"))
    if seed < 0:
        raise FoedusError(Problem("seed", f"{seed} is negative", "Give 0 or more"))


def record(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as one plain document, with the effects of single changes."""
    return document(assessment, assessment.effects)


def report(source: Assessment | Mapping[str, Any], path: str | Path, *, overwrite: bool = False) -> Path:
    """Write one self-contained page about an assessment.

    Raises
    ------
    FoedusError
        The file is there already, or cannot be written.
    """
    target = Path(path)
    if target.exists() and not overwrite:
        raise FoedusError(Problem(str(target), "this file is there already", "Name another one, or give --overwrite"))
    text = report_html(record(source) if isinstance(source, Assessment) else source)
    write_whole(target, text)
    return target


def save(assessment: Assessment, folder: str | Path) -> Path:
    """Write an assessment as tidy files: one CSV per table, the whole record and a manifest.

    Raises
    ------
    FoedusError
        The folder is there already, or cannot be written; nothing is left half-written.
    """
    target = Path(folder)
    if target.exists():
        raise FoedusError(Problem(str(target), "this folder is there already", "Name another one"))
    effects = assessment.effects
    whole = document(assessment, effects)
    found = tables.every_table(assessment, effects)
    manifest = {
        "foedus": whole["foedus"], "seed": assessment.seed, "draws": assessment.draws, "hashes": whole["hashes"],
        "case": assessment.case.name, "without": list(assessment.task.without), "changes": whole["changes"],
        "files": {
            f"{t.name}.csv": {"title": t.title, "columns": [vars(c) for c in t.columns], "rows": len(t)} for t in found
        },
    }  # fmt: skip
    unfinished = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent)
        for t in found:
            (Path(unfinished) / f"{t.name}.csv").write_text(t.to_csv(), encoding="utf-8")
        for name, content in (("assessment.json", whole), ("manifest.json", manifest)):
            (Path(unfinished) / name).write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        Path(unfinished).chmod(0o755)
        Path(unfinished).rename(target)
    except OSError as error:
        raise FoedusError(
            Problem(
                str(target),
                f"the folder could not be written ({error.strerror})",
                "Free some space or name another place",
            )
        ) from error
    finally:
        if unfinished and Path(unfinished).exists():
            shutil.rmtree(unfinished, ignore_errors=True)
    return target


def refuse_existing(*places: str | None) -> None:
    """Say before any work is done that a result has nowhere to go.

    Raises
    ------
    FoedusError
        A file or folder is there already.
    """
    taken = [p for p in places if p and Path(p).exists()]
    if taken:
        raise FoedusError([Problem(p, "this is there already", "Name another place") for p in taken])


def save_figures(record: Mapping[str, Any], folder: str | Path, form: str = "svg") -> list[Path]:
    """Write every picture of a record to a new folder, as SVG or PNG.

    Raises
    ------
    FoedusError
        The folder is there already, cannot be written, or PNG needs a library that is not installed.
    """
    target = Path(folder)
    refuse_existing(str(target))
    pictures = {name: draw(record) for name, draw in FIGURES.items()}
    written = []
    for name, svg in pictures.items():
        if svg:
            path = target / f"{name}.{form}"
            write_whole(path, standalone(svg)) if form == "svg" else write_bytes(path, to_png(svg))
            written.append(path)
    return written


def write_bytes(target: Path, content: bytes) -> None:
    """Write a binary file so that it is either there whole or not at all; errors as :func:`write_whole`."""
    _write(target, lambda path: path.write_bytes(content))


def write_whole(target: Path, text: str) -> None:
    """Write a file so that it is either there whole or not at all.

    Raises
    ------
    FoedusError
        It cannot be written.
    """
    _write(target, lambda path: path.write_text(text, encoding="utf-8"))


def _write(target: Path, put: Callable[[Path], int]) -> None:
    unfinished = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        put(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise FoedusError(
            Problem(
                str(target),
                f"the file could not be written ({error.strerror})",
                "Free some space or name another place",
            )
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _task(case: str | Path | Case, changes: Iterable[str], without: Sequence[str]) -> Task:
    loaded = load(case)
    asked = read_changes(loaded, changes)
    return Task(loaded, Parameters(asked.parameters), asked.facts, (), tuple(without))
