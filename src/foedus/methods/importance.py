"""Importance: an answer of a case put through the methods of sensitivity, cheap ones first."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import numpy as np

from foedus.draws.contract import Draws
from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.remembered import remembered
from foedus.draws.sampling import Choice, Varied, correlations, design
from foedus.methods.sensitivity import SPARE, Floats, Index, rank, strongest, tornado
from foedus.methods.sweep import Sweep
from foedus.questions.findings import Assessment
from foedus.questions.listing import question_of
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Record


@dataclass(frozen=True)
class Importance:
    """What moves an answer.

    Attributes
    ----------
    phrase, key : str
        The answer, in words and by its name.
    indices : tuple of Index
        By method, also with fewer draws than there are, so that it can be seen how far they have settled.
    seed : int
    together : tuple of str
        Labels of the numbers that a calibration draws together.
    identity : mapping
        Everything the indices depend on: case, parameters, changes, versions, code, draws.
    tell : callable, optional
        Makes the record: what is said, shown and listed about the indices; set by whoever hands them out.
    """

    phrase: str
    key: str
    indices: tuple[Index, ...]
    seed: int
    together: tuple[str, ...] = ()
    identity: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[Importance], Record] | None = field(default=None, repr=False, compare=False)

    @property
    def record(self) -> Record:
        """Everything that is said, shown and listed about what moves the answer, as plain data."""
        assert self.tell is not None, "indices are handed out with what tells of them"
        return self.tell(self)

    def of(self, method: str, measure: str, last: bool = True) -> tuple[Index, ...]:
        """Return the indices of one kind, largest first; only those that rest on most rounds if last."""
        kind = [i for i in self.indices if (i.method, i.measure) == (method, measure)]
        most = max((i.evaluations for i in kind), default=0)
        return tuple(sorted((i for i in kind if not last or i.evaluations == most), key=lambda i: -abs(i.value)))


@dataclass(frozen=True)
class Runner:
    """Works out one answer for rows of a design, on any engine, going on from what is kept.

    Attributes
    ----------
    sweep : Sweep
    key : str
    workers : int
    engine : str
    progress : callable or None
    """

    sweep: Sweep
    key: str
    workers: int = 1
    engine: str = ""
    progress: Progress | None = None

    def __call__(self, name: str, rows: Floats) -> Floats:
        """Return the answer for every row, shape (rows,)."""
        run = self.sweep.run_id(f"{name} {self.key} {sha256(rows.tobytes()).hexdigest()}")
        found = run_ensemble(self.sweep, rows, f"{name}-{run}", self.workers, self.progress, engine=self.engine)
        return self._column(found)

    def again(self, name: str, rows: Floats) -> Floats:
        """Return the same of few rows, worked out here and kept for whoever asks next."""
        return self._column(remembered(self.sweep, rows, self.sweep.run_id(f"{name} {self.key}"), self.workers))

    def _column(self, found: Draws) -> Floats:
        if self.key not in found.keys:
            raise fail(f"'{self.key}'", "no draw has this answer", "Ask for a quantity that the case has")
        return found.column(self.key)

    def over(self, labels: Sequence[str]) -> Runner:
        """Return a runner that varies only some numbers, strongest first, the others held at the value in use."""
        kept = {u.label: u for u in self.sweep.task.varied}
        task = replace(self.sweep.task, varied=tuple(kept[n] for n in labels if n in kept))
        return replace(self, sweep=replace(self.sweep, task=task, starts=self.sweep.starts and "start" in labels))


def _whole(y: Floats) -> Floats:
    if not np.isfinite(y).all():
        raise fail("quantity", "some draws have no such answer, and this method needs it in all", "Use --method rank")
    return y


def importance(
    sweep: Sweep,
    phrase: str,
    key: str,
    methods: Sequence[str],
    draws: int,
    seed: int,
    top: int,
    workers: int = 1,
    engine: str = "",
    progress: Progress | None = None,
) -> Importance:
    """Return what moves an answer.

    Parameters
    ----------
    sweep : Sweep
        What varies, and the one answer that is worked out.
    phrase, key : str
        The answer, in words and by its name.
    methods : sequence of str
        Names in ``foedus.methods.sensitivity.METHODS``.
    draws : int
        Most rounds that each method may play.
    seed : int
    top : int
        To how many numbers the tornado and Sobol's indices are limited, the strongest by rank or else by Morris.
    workers, engine, progress : optional
        As for ensembles.

    Raises
    ------
    FoedusError
        There are too few draws, the answer never changes, or a library is not installed.
    """
    variance = importlib.import_module("foedus.methods.variance") if {"morris", "sobol"} & set(methods) else None
    run = Runner(sweep, key, workers, engine, progress)
    found: tuple[Index, ...] = ()
    if "morris" in methods and variance:
        found += variance.morris(sweep.varied, lambda n, rows: _whole(run(n, rows)), draws, seed)
    if "rank" in methods or not found:
        rows = design(sweep.varied, draws, seed)
        found = (*rank(sweep.varied, rows, run("rank", rows)), *found)
    few = run.over((*(("start",) if sweep.starts else ()), *strongest(found, top)))
    if "tornado" in methods:
        numbers = tuple(u for u in few.sweep.task.varied if not isinstance(u, Choice))
        found += tornado(numbers, few.over([u.label for u in numbers]))
    if "sobol" in methods and variance:
        found += variance.sobol(few.sweep.varied, lambda n, rows: _whole(few(n, rows)), draws, seed)
    kept = tuple(i for i in found if i.method in methods)
    identity = {**sweep.identity(), "draws": draws, "top": top, "inputs": [v.label for v in sweep.varied]}
    return Importance(phrase, key, kept, seed, drawn_together(sweep.varied), identity)


def drawn_together(varied: Sequence[Varied]) -> tuple[str, ...]:
    """Return the labels of the numbers that a calibration draws together."""
    known = correlations(varied)
    return tuple(varied[k].label for k in known[0]) if known else ()


def fewest(varied: Sequence[Varied]) -> int:
    """Return how many draws ranks of so many numbers need at least."""
    return sum(not isinstance(v, Choice) for v in varied) + SPARE


_FEW = 10
"""Numbers that the tornado of an assessment looks at, the strongest by rank."""


def cheap_importance(assessment: Assessment, phrase: str, key: str) -> Importance:
    """Return what an assessment says about an answer without further draws, and a tornado of the strongest numbers.

    Parameters
    ----------
    assessment : Assessment
    phrase, key : str
        The answer, in words and by its name.

    Raises
    ------
    FoedusError
        There are too few draws for so many numbers, or the answer never changes.
    """
    varied = assessment.task.varied
    ranked = rank(varied, assessment.design, assessment.ensemble.column(key))
    sweep = Sweep(assessment.task, (question_of(key),), only=(key,))
    few = Runner(sweep, key, assessment.workers).over(strongest(ranked, _FEW))
    indices = (*ranked, *tornado(few.sweep.task.varied, few.again))
    identity = {**sweep.identity(), "draws": assessment.draws, "top": _FEW, "inputs": [v.label for v in varied]}
    return Importance(phrase, key, indices, assessment.seed, drawn_together(varied), identity)
