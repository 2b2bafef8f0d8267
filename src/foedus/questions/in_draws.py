"""In draws: numbers of a single question with the values in use, and how far they go when all that is judged is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from foedus.draws.contract import Draws
from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.sampling import design
from foedus.questions.findings import FEWEST, Band, band_of
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.vocabulary.prose import counted
from foedus.vocabulary.record import cell
from foedus.vocabulary.tables import Cell, Column

FEW: Final = 50
"""Draws of a question that is asked by itself unless another number is given: enough for a band, worked out in seconds."""


@dataclass(frozen=True)
class Size:
    """How many draws a question by itself is asked in, and who works them out.

    Attributes
    ----------
    draws, seed : int
        0 draws for the answer with the values in use alone.
    workers : int
        The result does not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).
    """

    draws: int = 0
    seed: int = 1
    workers: int = 1
    progress: Progress | None = None


ALONE: Final = Size()
"""The values in use alone."""


@dataclass(frozen=True)
class InDraws:
    """Answers with the values in use, and in every draw.

    Attributes
    ----------
    default : mapping of str to float
    ensemble : Draws
    draws : int
    uncertain : str
        What the draws vary, in words.
    """

    default: Mapping[str, float]
    ensemble: Draws
    draws: int
    uncertain: str = "judged numbers"

    def band(self, key: str) -> Band:
        """Return one answer with its band; NaN at its ends without draws, or with too few to have ends."""
        known = self.draws and key in self.ensemble.keys
        return band_of(self.default.get(key, float("nan")), self.ensemble.column(key) if known else ())

    def ends(self, key: str) -> list[Cell]:
        """Return the 5 and 95 % of one answer as cells of a table; empty without draws."""
        found = self.band(key)
        return [cell(found.low), cell(found.high)]

    def share(self, key: str, reached: Callable[[float], bool]) -> float:
        """Return the share of draws in which an answer reaches something; NaN without draws, or with too few."""
        known = self.draws >= FEWEST and key in self.ensemble.keys
        drawn = self.ensemble.column(key).tolist() if known else []
        return sum(map(reached, drawn)) / len(drawn) if drawn else float("nan")

    def around(self, key: str, written: Callable[[float], str]) -> str:
        """Return the band of one answer as it stands in a sentence after the answer; nothing without draws."""
        found = self.band(key)
        return f" ({written(found.low)} to {written(found.high)})" if found.low == found.low else ""

    def told(self) -> str:
        """Return what the numbers in brackets and under 5–95 % are, or that there are none, as one sentence."""
        if 0 < self.draws < FEWEST:
            drawn = "One draw is" if self.draws == 1 else f"{counted(self.draws, 'draw')} are"
            return f"{drawn} too few for a band, so nothing is said of how sure this is; --draws {FEW} says it."
        if self.draws:
            return f"In brackets and under 5–95 %: where nine of ten of {self.draws} draws of all {self.uncertain} lie."
        return f"This is the answer with the values in use alone; {FEW} draws (--draws {FEW}) add how far it goes when all that is judged is drawn."


def in_draws(task: Task, question: Callable[[Study], Answers], size: Size = ALONE) -> InDraws:
    """Return the answers of a question with the values in use, and in draws of all that the task varies.

    Parameters
    ----------
    task : Task
    question : callable
        Returns named numbers of a study; a frozen dataclass, whose text says all that it depends on.
    size : Size
    """
    asked = replace(task, questions=(question,))
    run = sha256(f"{asked.run_id(size.draws, size.seed)} {question!r}".encode()).hexdigest()
    plan = design(asked.varied, size.draws, size.seed)
    drawn = run_ensemble(asked, plan, run, size.workers, size.progress) if size.draws else Draws((), plan[:, :0])
    return InDraws(asked(), drawn, size.draws, task.uncertain)


def end_columns(stem: str, unit: str, form: str) -> list[Column]:
    """Return the two columns of the ends of a band, which readers see as one.

    Parameters
    ----------
    stem : str
        Name of the column whose band it is.
    unit, form : str
    """
    return [
        Column(f"{stem}_low", unit, "5 % of the draws", form=form, drop=3),
        Column(f"{stem}_high", unit, "95 % of the draws", form=form, drop=3),
    ]
