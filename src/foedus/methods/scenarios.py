"""Scenarios: in which of its draws an ensemble reaches a goal, said as ranges of the numbers that matter."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from foedus.draws.sampling import Choice, design
from foedus.methods.discovery import Floats, Scenario, discover
from foedus.methods.importance import Runner
from foedus.methods.sweep import Sweep
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.record import Record

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
    example = "Write for example 'chance of a body > 0.2'"
    found = re.fullmatch(r"\s*(.+?)\s*(>=|<=|>|<)\s*(.*?)\s*", GOALS.get(text.strip(), text))
    if not found:
        raise fail(f"goal '{text}'", "there is no such goal", f"{example}; {nearest(text, GOALS)}")
    try:
        threshold = float(found[3])
    except ValueError:
        threshold = math.nan
    if not math.isfinite(threshold):
        raise fail(f"goal '{text}'", f"'{found[3]}' is no number to compare with", example)
    return Goal(found[1], found[2], threshold)


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
    identity : mapping
        Everything the boxes depend on: case, parameters, changes, versions, code, draws.
    tell : callable, optional
        Makes the record: what is said, shown and listed about the boxes; set by whoever hands them out.
    """

    goal: Goal
    source: str
    draws: int
    hits: int
    seed: int
    ranges: tuple[Range, ...]
    scenarios: tuple[Scenario, ...]
    identity: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[Discovery], Record] | None = field(default=None, repr=False, compare=False)

    @property
    def record(self) -> Record:
        """Everything that is said, shown and listed about where the goal is reached, as plain data."""
        assert self.tell is not None, "boxes are handed out with what tells of them"
        return self.tell(self)


def columns_of(label: str, values: Sequence[Any]) -> list[tuple[str, Floats]]:
    """Return what was drawn as columns of numbers with labels: a choice makes one column of 0 and 1 per option."""
    if len(values) and isinstance(values[0], str):
        return [(f"{label}: {o}", np.array([float(v == o) for v in values])) for o in sorted(set(values))]
    return [(label, np.asarray(values, dtype=np.float64))]


def discovery_of(
    goal: Goal, source: str, identity: Mapping[str, Any], columns: list[tuple[str, Floats]], answer: Floats, boxes: int
) -> Discovery:
    """Return where a goal is reached, given an answer for every draw and what was drawn, column by column.

    Raises
    ------
    FoedusError
        Too few draws reach the goal.
    """
    wanted = np.asarray(goal.reached(answer), dtype=np.bool_)
    found = discover(np.column_stack([c for _, c in columns]), wanted, boxes)
    ranges = tuple(Range(n, float(c.min()), float(c.max())) for n, c in columns)
    return Discovery(goal, source, len(wanted), int(wanted.sum()), int(identity["seed"]), ranges, found, identity)


def discover_in_case(sweep: Sweep, goal: Goal, key: str, draws: int, seed: int, boxes: int, run: Runner) -> Discovery:
    """Return where a goal is reached in fresh draws of a case.

    Raises
    ------
    FoedusError
        It has no such answer, or too few draws reach the goal.
    """
    rows = design(sweep.varied, draws, seed)
    columns: list[tuple[str, Floats]] = []
    for k, v in enumerate(sweep.varied):
        values = [v.options[int(x)] for x in rows[:, k]] if isinstance(v, Choice) else rows[:, k]
        columns += columns_of(v.label, values)  # type: ignore[arg-type]
    identity = {**sweep.identity(), "draws": draws, "seed": seed, "inputs": [v.label for v in sweep.varied]}
    return discovery_of(goal, sweep.task.case.name, identity, columns, run("discover", rows), boxes)
