"""Assessment: the answer with default parameters beside what an ensemble makes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.draws.digest import code_digest
from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.draws.sampling import Uncertainty, apply, design, uncertainties
from foedus.model.builder import FactKey, Overrides, build_world
from foedus.model.parameters import Parameters
from foedus.questions.asked import (
    what_exclusion_does,
    what_forms,
    what_treaties_are_worth,
    who_blocks,
    who_has_leverage,
)
from foedus.questions.how_far_the_quarrel_goes import how_far_the_quarrel_goes
from foedus.questions.levers import Effect, single_changes
from foedus.questions.study import Answers, Study, name, study_of
from foedus.questions.what_a_wedge_costs import what_a_wedge_costs
from foedus.simulation.appraisal import switch_off
from foedus.simulation.formation import Form
from foedus.version import __version__

QUESTIONS = (
    what_forms,
    who_blocks,
    who_has_leverage,
    what_treaties_are_worth,
    what_exclusion_does,
    how_far_the_quarrel_goes,
    what_a_wedge_costs,
)
"""Every question an assessment asks, in the order of the report."""

LOW, HIGH = 0.05, 0.95
"""Quantiles of every band."""

FEWEST = 30
"""Draws below which no rank correlation is given: its standard error, 1/√(draws - 1), would be above 0.19."""


@dataclass(frozen=True)
class Band:
    """A number with its uncertainty.

    Attributes
    ----------
    default : float
        With default parameters and the values of the case.
    median, low, high : float
        50, 5 and 95 % of the draws; NaN without an ensemble.
    """

    default: float
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Task:
    """What one draw of an assessment works out; small enough to be sent to a worker.

    Attributes
    ----------
    case : Case
    parameters : Parameters
        Values in use where a draw does not vary them.
    overrides : mapping
        Facts replaced by the user.
    varied : tuple of Uncertainty
        What the columns of the design mean.
    without : tuple of str
        Mechanisms switched off.
    """

    case: Case
    parameters: Parameters
    overrides: Mapping[tuple[str, str, str | None], float]
    varied: tuple[Uncertainty, ...]
    without: tuple[str, ...]

    def study(self, row: NDArray[np.float64] | None = None) -> Study:
        """Return the study of one draw, or with the values in use if no row is given."""
        parameters = self.parameters
        drawn: dict[FactKey, float] = {}
        if row is not None:
            parameters, drawn = apply(self.varied, row, parameters)
        world = build_world(self.case, {**drawn, **self.overrides})
        return study_of(self.case, world, switch_off(parameters, self.without))

    def __call__(self, row: NDArray[np.float64] | None = None) -> Answers:
        """Return the answers of one draw."""
        study = self.study(row)
        found: Answers = {}
        for question in QUESTIONS:
            found |= question(study)
        return found

    def run_id(self, draws: int, seed: int) -> str:
        """Return the hash of everything the result depends on."""
        parts = [
            __version__,
            code_digest(__name__),
            self.case.sha256,
            self.parameters.digest(),
            sorted((list(map(str, k)), v) for k, v in self.overrides.items()),
            [[u.label, u.low, u.value, u.high] for u in self.varied],
            sorted(self.without),
            draws,
            seed,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Assessment:
    """Everything an assessment found.

    Attributes
    ----------
    task : Task
        Case, parameters and changes.
    seed : int
    design : ndarray, shape (draws, varied)
    default : mapping of str to float
        Answers with the values in use.
    ensemble : Draws
        Answers of every draw.
    workers : int
        Processes for what is worked out later.
    """

    task: Task
    seed: int
    design: NDArray[np.float64]
    default: Mapping[str, float]
    ensemble: Draws
    workers: int = 1

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """Effects of single changes with the values in use, largest first."""
        return single_changes(self.task.study, self.task.run_id(0, self.seed), self.workers)

    @property
    def case(self) -> Case:
        """The case that was assessed."""
        return self.task.case

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{form}</td>" + "".join(f"<td>{v:.3f}</td>" for v in vars(self.band(key)).values()) + "</tr>"
            for form, key in ((f, name("forms", f, "", "probability")) for f in (*Form, "body"))
        )
        head = "".join(f"<th>{h}</th>" for h in ("a year ends with", "default", "median", "5 %", "95 %"))
        return f"<table><caption>{escape(self.case.title)}, {self.draws} draws</caption><tr>{head}</tr>{rows}</table>"

    @property
    def draws(self) -> int:
        """Number of draws of the ensemble."""
        return int(self.design.shape[0])

    @cached_property
    def study(self) -> Study:
        """The study with the values in use, for looking further."""
        return self.task.study()

    def drawn(self, key: str) -> NDArray[np.float64]:
        """Return one answer over the draws that have it, shape (at most draws,)."""
        if key not in self.ensemble.keys:
            return np.zeros(0)
        column = self.ensemble.column(key)
        return column[np.isfinite(column)]

    def band(self, key: str) -> Band:
        """Return one answer with its uncertainty."""
        drawn = self.drawn(key)
        default = self.default.get(key, float("nan"))
        if drawn.size == 0:
            return Band(default, float("nan"), float("nan"), float("nan"))
        low, median, high = np.quantile(drawn, [LOW, 0.5, HIGH]).tolist()
        return Band(default, median, low, high)

    def share(self, key: str, below: float) -> float:
        """Return the share of draws in which an answer is below a number; NaN without draws."""
        drawn = self.drawn(key)
        return float((drawn < below).mean()) if drawn.size else float("nan")

    def keys(self, *start: str) -> tuple[str, ...]:
        """Return the names of all answers whose first parts are given."""
        stem = "|".join(start) + "|"
        every = dict.fromkeys((*self.default, *self.ensemble.keys))
        return tuple(k for k in every if k.startswith(stem))

    def drivers(self, key: str) -> list[tuple[str, float]]:
        """Return every uncertainty with its rank correlation with an answer, strongest first.

        Nothing below :data:`FEWEST` draws, where chance alone would make strong ones.
        """
        if self.draws < FEWEST or key not in self.ensemble.keys:
            return []
        column = self.ensemble.column(key)
        good = np.isfinite(column)
        ranks = column[good].argsort().argsort().astype(np.float64)
        found = []
        for k, u in enumerate(self.task.varied):
            other = self.design[good, k].argsort().argsort().astype(np.float64)
            spread = ranks.std() * other.std()
            rho = float(((ranks - ranks.mean()) * (other - other.mean())).mean() / spread) if spread > 0 else 0.0
            found.append((u.label, rho))
        return sorted(found, key=lambda item: -abs(item[1]))

    def hashes(self) -> dict[str, str]:
        """Return the hashes that identify case, parameters, code and result."""
        return {
            "case": self.case.sha256,
            "parameters": self.task.parameters.digest(),
            "code": code_digest(__name__),
            "result": hashlib.sha256(self.ensemble.values.tobytes()).hexdigest(),
        }


def run_assessment(
    case: Case,
    parameters: Parameters,
    overrides: Overrides,
    without: Sequence[str],
    draws: int,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> Assessment:
    """Return the assessment of a case.

    Parameters
    ----------
    case : Case
    parameters : Parameters
    overrides : mapping
        Facts replaced by the user; they do not vary.
    without : sequence of str
        Mechanisms switched off.
    draws, seed, workers : int
    progress : callable, optional
    """
    varied = tuple(u for u in uncertainties(case, parameters) if u.target not in overrides)
    task = Task(case, parameters, dict(overrides), varied, tuple(without))
    if progress is not None:
        progress(0, draws)  # the answer with the values in use comes first, and takes as long as a draw
    default = task()
    plan = design(varied, draws, seed)
    ensemble = run_ensemble(task, plan, task.run_id(draws, seed), workers, progress)
    return Assessment(task, seed, plan, default, ensemble, workers)
