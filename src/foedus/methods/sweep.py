"""Sweep: what large ensembles vary, the architecture in force among it, and what every column of them means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.digest import fingerprint, roots_of
from foedus.draws.sampling import Choice, Uncertainty, Varied
from foedus.model.architecture import Architecture, bilateral, body, forum
from foedus.model.sizes import scales
from foedus.model.world import World
from foedus.questions.listing import QUESTIONS
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.vocabulary.errors import FoedusError, Problem, nearest

OVER: Final = ("parameters", "inputs", "architectures")
"""What a sweep can vary."""


def _recognised(world: World) -> tuple[str, ...]:
    return tuple(s for s, known in zip(world.states, world.recognised, strict=True) if known >= 1 and s != world.hub)


def _star(world: World) -> Architecture:
    return Architecture(tuple(bilateral(world.hub, s) for s in _recognised(world)))


STARTS: Final[Mapping[str, Callable[[World], Architecture]]] = MappingProxyType(
    {
        "as recorded": lambda w: w.in_force,
        "none": lambda w: Architecture(),
        "star": _star,
        "star and forum": lambda w: _star(w).having(forum((w.hub, *_recognised(w)))),
        "council": lambda w: Architecture((body((w.hub, *_recognised(w))),)),
    }
)
"""Architectures a year can begin with: on record; nothing; a bilateral treaty of the hub with every recognised state;
the same with a forum of all; a council of all in their place."""


def chosen(words: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    """Return names in their own order, or say which of them is unknown.

    Raises
    ------
    FoedusError
        A name is unknown, or there is none.
    """
    wrong = [w for w in words if w not in known]
    if wrong or not words:
        raise FoedusError(
            [Problem(f"{what} '{w}'", f"there is no such {what}", nearest(w, known)) for w in wrong]
            or Problem(what, "nothing is asked for", f"Known names: {', '.join(known)}")
        )
    return tuple(k for k in known if k in words)


SAME_QUESTION: Final = (
    "case_sha256",
    "parameters",
    "calibration",
    "changes",
    "levers",
    "lever_facts",
    "without",
    "laws",
)
"""Entries of an identity that say what was asked; the others say by which program."""


def identity(task: Task, *roots: str) -> dict[str, Any]:
    """Return everything the answers of a task depend on besides what is drawn, for a manifest.

    Parameters
    ----------
    task : Task
    *roots : str
        Modules that the answers depend on; by default that of the task.
    """
    roots = roots or roots_of(task)
    own = scales(task.levers, task.case.own_levers)
    return {
        **fingerprint(*roots),
        "case": task.case.name,
        "as_of": task.case.as_of.isoformat(),
        "case_sha256": task.case.sha256,
        "hub": task.case.hub,
        "parameters": dict(task.parameters),
        "calibration": task.parameters.calibrated_by,
        "changes": {".".join(filter(None, key)): v for key, v in sorted(task.overrides.items(), key=str)},
        **({"levers": dict(task.levers)} if task.levers else {}),
        **({"lever_facts": own} if own else {}),
        "without": sorted(task.without),
        "laws": dict(sorted(task.parameters.laws.items())),
    }


@dataclass(frozen=True)
class Sweep:
    """What one draw of a large ensemble works out; small enough to be sent to a worker.

    Attributes
    ----------
    task : Task
        Case, parameters, changes, and the numbers that vary.
    questions : tuple of str
        Names of questions.
    starts : bool
        Whether the architecture in force varies too, as the last column of the design.
    only : tuple of str
        Answers that are kept; all if empty.
    asked : tuple of (str, callable)
        Further quantities by name, each worked out from the study.
    """

    task: Task
    questions: tuple[str, ...] = ("forms",)
    starts: bool = False
    only: tuple[str, ...] = ()
    asked: tuple[tuple[str, Callable[[Study], float]], ...] = ()

    @property
    def varied(self) -> tuple[Varied, ...]:
        """What the columns of the design mean."""
        return (*self.task.varied, *((Choice("start", tuple(STARTS)),) if self.starts else ()))

    @property
    def roots(self) -> tuple[str, ...]:
        """Modules that the answers depend on: this one, and those of the further quantities."""
        return (__name__, *(root for _, ask in self.asked for root in roots_of(ask)))

    def study(self, row: NDArray[np.float64]) -> Study:
        """Return the study of one draw."""
        if not self.starts:
            return self.task.study(row)
        study = self.task.study(row[:-1])
        begin = tuple(STARTS.values())[int(row[-1])]
        return Study(study.world.replace(in_force=begin(study.world)), study.parameters, study.quarrel, study.watch)

    def __call__(self, row: NDArray[np.float64]) -> Answers:
        """Return the answers of one draw."""
        study = self.study(row)
        found: Answers = {}
        for question in self.questions:
            found |= QUESTIONS[question].answers(study)
        found |= {phrase: ask(study) for phrase, ask in self.asked}
        return {k: found[k] for k in self.only if k in found} if self.only else found

    def identity(self) -> dict[str, Any]:
        """Return everything the answers depend on besides the design, for a manifest."""
        return {
            **identity(self.task, *self.roots),
            "questions": [*self.questions, *(phrase for phrase, _ in self.asked)],
            "starts": list(STARTS) if self.starts else [],
        }

    def run_id(self, more: str) -> str:
        """Return the hash of everything the result depends on."""
        return sha256(repr((sorted(self.identity().items()), self.only, more)).encode()).hexdigest()


def narrowed(varied: Sequence[Uncertainty], over: Sequence[str]) -> tuple[Uncertainty, ...]:
    """Return the uncertainties that a sweep over parameters, inputs or both varies."""
    return tuple(u for u in varied if ("parameters" if isinstance(u.target, str) else "inputs") in over)
