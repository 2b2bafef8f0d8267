"""Findings: the answers with the values in use beside those of every draw, as numbers with their uncertainty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.draws.contract import Draws
from foedus.draws.digest import code_digest
from foedus.draws.labelled import Describe, as_dataset, as_frame
from foedus.questions.levers import Effect, single_changes
from foedus.questions.measure import Measure
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.libraries import Dataset, PandasFrame
from foedus.vocabulary.record import Record, Told, cell
from foedus.vocabulary.tables import Cell, Column

LOW, HIGH = 0.05, 0.95
"""Quantiles of every band."""

FEWEST: Final = 20
"""Draws below which ends of bands are no band: the outermost of twenty stand where 5 and 95 % are."""


@dataclass(frozen=True)
class Band:
    """A number with its uncertainty."""

    default: float
    """With default parameters and the values of the case."""
    median: float
    low: float
    high: float
    """50, 5 and 95 % of the draws; NaN without an ensemble, the ends with fewer than :data:`FEWEST`."""


def band_of(default: float, drawn: Sequence[float] | NDArray[np.float64]) -> Band:
    """Return a number with its uncertainty.

    Parameters
    ----------
    default : float
        With the values in use.
    drawn : sequence of float
        In every draw; those that are none do not count. Fewer than :data:`FEWEST` have a median and no ends.
    """
    found = np.asarray(drawn, dtype=np.float64)
    found = found[np.isfinite(found)]
    if found.size == 0:
        return Band(default, float("nan"), float("nan"), float("nan"))
    low, median, high = np.quantile(found, [LOW, 0.5, HIGH]).tolist()
    return (
        Band(default, median, low, high) if found.size >= FEWEST else Band(default, median, float("nan"), float("nan"))
    )


@dataclass(frozen=True)
class Assessment(Told):
    """Everything an assessment found; its tables are ``forms``, ``gains``, ``leverage``, ``draws`` and so on."""

    noun: ClassVar[str] = "assessment"
    front: ClassVar[str] = "forms"
    task: Task
    """Case, parameters and changes."""
    seed: int
    design: NDArray[np.float64]
    """Shape (draws, varied)."""
    default: Mapping[str, float]
    """Answers with the values in use."""
    ensemble: Draws
    """Answers of every draw."""
    tell: Callable[[Assessment], Record] = field(repr=False)
    """Makes the record: what is said, shown and listed about the answers."""
    workers: int = 1
    """Processes for what is worked out later."""
    describe: Describe = field(default=Column, repr=False)
    """Says of a number of a draw what it is and in which unit."""
    given: tuple[str, ...] = ()
    """What is given of states, as ``JPN=agrees``; the draws themselves do not depend on it."""

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """Effects of single changes with the values in use, largest first."""
        return single_changes(self.task.study, self.task.run_id(0, self.seed), self.workers)

    @property
    def heading(self) -> str:
        """What stands above it in notebooks."""
        return self.case.title

    @property
    def case(self) -> Case:
        """The case that was assessed."""
        return self.task.case

    def __repr__(self) -> str:
        return f"<Assessment of {self.case.name}, {self.draws} draws, seed {self.seed}, {len(self.default)} answers>"

    @property
    def draws(self) -> int:
        """Number of draws of the ensemble."""
        return int(self.design.shape[0])

    @cached_property
    def study(self) -> Study:
        """The study with the values in use, for looking further."""
        return self.task.study()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all answers."""
        return tuple(dict.fromkeys((*self.default, *self.ensemble.keys)))

    def kept(self, measure: Measure, **fixed: str) -> Iterator[tuple[dict[str, str], Band]]:
        """Yield every answer of a measure with what stands in its blanks, in the order in which they were worked out.

        Parameters
        ----------
        measure : Measure
        **fixed : str
            Blanks, in small letters, that must have a value.
        """
        wanted = {blank.upper(): value for blank, value in fixed.items()}
        for key in self.names:
            found = measure.read(key)
            if found is not None and wanted.items() <= found.items():
                yield found, self.band(key)

    def drawn(self, key: str) -> NDArray[np.float64]:
        """Return one answer over the draws that have it, shape (at most draws,)."""
        if key not in self.ensemble.keys:
            return np.zeros(0)
        column = self.ensemble.column(key)
        return column[np.isfinite(column)]

    def value(self, key: str) -> float:
        """Return one answer with the values in use; NaN where there is none."""
        return self.default.get(key, float("nan"))

    def band(self, key: str) -> Band:
        """Return one answer with its uncertainty.

        Raises
        ------
        FoedusError
            There is no answer of that name.
        """
        if key not in self.default and key not in self.ensemble.keys:
            raise fail(f"'{key}'", "this assessment has no such answer", nearest(key, self.names))
        return band_of(self.default.get(key, float("nan")), self.drawn(key))

    def share(self, key: str, below: float) -> float:
        """Return the share of draws in which an answer is below a number; NaN without draws."""
        drawn = self.drawn(key)
        return float((drawn < below).mean()) if drawn.size else float("nan")

    def to_xarray(self, *names: str) -> Dataset:
        """Return what was drawn and what was worked out of it, or some of either, along ``draw``.

        Parameters
        ----------
        *names : str
            Of answers (see :attr:`names`) and of what is uncertain, such as ``treaty_reliability``; all by default.

        Returns
        -------
        xarray.Dataset
            Units and meanings go with the variables, seed and hashes with the whole.

        Raises
        ------
        FoedusError
            There is no ensemble, there is nothing of that name, or xarray is not installed.
        """
        return as_dataset(*self._labelled(names), "an assessment as an xarray data set")

    def to_pandas(self, *names: str) -> PandasFrame:
        """Return the same as a tidy pandas frame, one row per draw; arguments and errors as :meth:`to_xarray`."""
        return as_frame(*self._labelled(names), "an assessment as a pandas frame")

    def _labelled(self, names: Sequence[str]) -> tuple[dict[str, NDArray[np.float64]], range, Describe, dict[str, Any]]:
        """Return columns, numbers of the draws, what the columns are, and what is said of the whole."""
        if not self.draws:
            raise fail("draws", "this assessment has the default answer alone", "Assess with draws=200")
        known = {u.label: self.design[:, k] for k, u in enumerate(self.task.varied)}
        known |= {key: self.ensemble.column(key) for key in self.ensemble.keys}
        for name in names:
            if name not in known:
                raise fail(f"'{name}'", "nothing in the draws has this name", nearest(str(name), known))
        about = {"case": self.case.name, "seed": self.seed} | {f"{k}_sha256": v for k, v in self.hashes().items()}
        return {n: known[n] for n in names or known}, range(self.draws), self.describe, about

    def _result(self) -> bytes:
        """Return what was found as bytes: the draws, or without any the answers with the values in use."""
        if self.draws:
            return self.ensemble.values.tobytes()
        return json.dumps(self.default, sort_keys=True, default=float).encode()

    def hashes(self) -> dict[str, str]:
        """Return the hashes that identify case, parameters, code and result."""
        return {
            "case": self.case.sha256,
            "parameters": self.task.parameters.digest(),
            "code": code_digest(*self.task.roots),
            "result": hashlib.sha256(self._result()).hexdigest(),
        }


def band_columns(unit: str, form: str = "", bar: float = 0.0) -> list[Column]:
    """Return the four columns of a band."""
    return [
        Column("default", unit, "with the values in use and the facts of the case", form=form, bar=bar),
        Column("median", unit, "median of the draws", form=form, drop=9),
        Column("low", unit, "5 % of the draws", form=form, drop=4),
        Column("high", unit, "95 % of the draws", form=form, drop=4),
    ]


def band_cells(band: Band) -> list[Cell]:
    """Return the four cells of a band, empty where there is no number."""
    return [cell(v) for v in (band.default, band.median, band.low, band.high)]
