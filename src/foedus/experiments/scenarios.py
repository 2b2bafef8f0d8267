"""Scenarios: in which of its draws an ensemble reaches a goal, said as ranges of the numbers that matter."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from foedus.experiments.discovery import Floats, Scenario, discover
from foedus.experiments.importance import Runner
from foedus.experiments.sweep import Sweep, column_of
from foedus.simulation.fileset import Ensemble
from foedus.simulation.sampling import Choice, design
from foedus.vocabulary.errors import fail, nearest

GOALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "body forms": "chance of a body > 0.5",
        "council forms": "chance of a council > 0.5",
        "forum forms": "chance of a forum > 0.5",
        "nothing changes": "chance of what is in force > 0.5",
    }
)
"""Goals by name: each likelier than not within a year."""

_SIGNS: Final[Mapping[str, Callable[[Floats, float], Any]]] = MappingProxyType(
    {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
)


@dataclass(frozen=True)
class Goal:
    """Something a draw reaches or not.

    Attributes
    ----------
    phrase : str
        The answer that is looked at, in words or by its name.
    sign : str
    threshold : float
    """

    phrase: str
    sign: str
    threshold: float

    def reached(self, answer: Floats) -> Any:
        """Return in which draws it is reached; not in those without such an answer."""
        return _SIGNS[self.sign](np.nan_to_num(answer, nan=-np.inf if ">" in self.sign else np.inf), self.threshold)

    def __str__(self) -> str:
        return f"{self.phrase} {self.sign} {self.threshold:g}"


def read_goal(text: str) -> Goal:
    """Return the goal a text means: a name in :data:`GOALS`, or ``QUANTITY > NUMBER``.

    Raises
    ------
    FoedusError
        It is neither.
    """
    found = re.fullmatch(r"\s*(.+?)\s*(>=|<=|>|<)\s*([-+\d.eE]+)\s*", GOALS.get(text.strip(), text))
    try:
        if found:
            return Goal(found[1], found[2], float(found[3]))
    except ValueError:
        pass
    raise fail(f"goal '{text}'", "there is no such goal",
               "Write for example 'chance of a body > 0.2'; " + nearest(text, GOALS))  # fmt: skip


@dataclass(frozen=True)
class Range:
    """A number that varies, with the ends of its range.

    Attributes
    ----------
    label : str
    low, high : float
    """

    label: str
    low: float
    high: float


@dataclass(frozen=True)
class Discovery:
    """Where a goal is reached.

    Attributes
    ----------
    goal : Goal
    source : str
        Case or folder.
    draws, hits, seed : int
        Draws, and how many of them reach the goal.
    ranges : tuple of Range
        What the columns of every box mean; a choice is one column of 0 and 1 for each option.
    scenarios : tuple of Scenario
    """

    goal: Goal
    source: str
    draws: int
    hits: int
    seed: int
    ranges: tuple[Range, ...]
    scenarios: tuple[Scenario, ...]


def _columns(label: str, values: Sequence[Any]) -> list[tuple[str, Floats]]:
    if len(values) and isinstance(values[0], str):
        return [(f"{label}: {o}", np.array([float(v == o) for v in values])) for o in sorted(set(values))]
    return [(label, np.asarray(values, dtype=np.float64))]


def _discovery(
    goal: Goal, source: str, seed: int, columns: list[tuple[str, Floats]], answer: Floats, boxes: int
) -> Discovery:
    wanted = np.asarray(goal.reached(answer), dtype=np.bool_)
    found = discover(np.column_stack([c for _, c in columns]), wanted, boxes)
    ranges = tuple(Range(n, float(c.min()), float(c.max())) for n, c in columns)
    return Discovery(goal, source, len(wanted), int(wanted.sum()), seed, ranges, found)


def discover_in_files(ensemble: Ensemble, goal: Goal, boxes: int = 1) -> Discovery:
    """Return where a goal is reached in the draws of an ensemble on disk, as far as it has come.

    Raises
    ------
    FoedusError
        It has no such answer, or too few draws reach the goal.
    """
    key = column_of(goal.phrase)
    frame = ensemble.to_polars(*ensemble.inputs, key)
    columns = [pair for n in ensemble.inputs for pair in _columns(n, frame[n].to_list())]
    return _discovery(goal, str(ensemble.folder), int(ensemble.manifest["seed"]), columns, frame[key].to_numpy(), boxes)


def discover_in_case(sweep: Sweep, goal: Goal, key: str, draws: int, seed: int, boxes: int, run: Runner) -> Discovery:
    """Return where a goal is reached in fresh draws of a case; errors as :func:`discover_in_files`."""
    rows = design(sweep.varied, draws, seed)
    columns: list[tuple[str, Floats]] = []
    for k, v in enumerate(sweep.varied):
        values = [v.options[int(x)] for x in rows[:, k]] if isinstance(v, Choice) else rows[:, k]
        columns += _columns(v.label, values)  # type: ignore[arg-type]
    return _discovery(goal, sweep.task.case.name, seed, columns, run("discover", rows), boxes)
