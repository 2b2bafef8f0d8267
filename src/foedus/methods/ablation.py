"""Ablation: what each mechanism contributes, when no single one decides.

Switching mechanisms off one at a time says nothing where several of them each suffice. The Shapley value over
mechanisms averages over all orders in which they could be switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.ensemble import Progress, run_ensemble
from foedus.games.coalitional import shapley
from foedus.mechanisms import MECHANISMS, PROCEDURES, alternatives
from foedus.questions import reasons
from foedus.questions.in_draws import InDraws, Size, end_columns, in_draws
from foedus.questions.study import Answers, Study
from foedus.questions.task import Task
from foedus.simulation.appraisal import switch_off
from foedus.simulation.formation import Formation
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, points, table

BLOCKING: Final = ("exposure", "dispute", "autonomy", "readiness", "burden", "reach", "bloc")
"""Mechanisms that can stand in the way of a body; security, without which nobody wants one, is not among them."""


LEAST: Final = 5e-4
"""Rise of a chance below which a mechanism takes nothing: it is not seen in points with one decimal."""


@dataclass(frozen=True)
class OffTask:
    """Plays a round with some mechanisms switched off, or a procedure replaced; small enough to be sent to a worker."""

    task: Task
    mechanisms: tuple[str, ...]
    outcome: Callable[[Formation], float]
    replaced: tuple[tuple[str, str], ...] = ()

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return the outcome with the mechanisms off whose bits are set, and the variant in use that the second number says."""
        mask, other = int(row[0]), int(row[1])
        off = tuple(m for k, m in enumerate(self.mechanisms) if mask >> k & 1)
        known = self.task.parameters
        laws = dict([self.replaced[other - 1]] if other else ())
        task = replace(self.task, without=(*self.task.without, *off), parameters=known.under(laws))
        return {"outcome": self.outcome(task.study().formation)}


def chance_of_a_body(formation: Formation) -> float:
    """Return the probability that a round ends with a body."""
    return formation.body


@dataclass(frozen=True)
class Contribution:
    """What a mechanism does to the chance of a body.

    Attributes
    ----------
    mechanism : str
    shapley : float
        Average rise of the chance when it is switched off, over all orders.
    alone : float
        Rise when it alone is switched off.
    last : float
        Rise when it is switched off after all the others.
    """

    mechanism: str
    shapley: float
    alone: float
    last: float


@dataclass(frozen=True)
class Replacement:
    """What it does to the chance of a body that a procedure goes by another variant.

    Attributes
    ----------
    procedure, name : str
    rise : float
    """

    procedure: str
    name: str
    rise: float


def contributions(
    task: Task, mechanisms: Sequence[str] = BLOCKING, workers: int = 1, progress: Progress | None = None
) -> tuple[tuple[Contribution, ...], tuple[Replacement, ...]]:
    """Return what each mechanism takes from the chance of a body, largest first, and what each other variant does to it.

    The Shapley values add up to the rise of the chance when all of them are switched off.
    """
    n, others = len(mechanisms), alternatives(task.parameters.laws)
    rows = [(mask, 0) for mask in range(1 << n)] + [(0, k + 1) for k in range(len(others))]
    found = run_ensemble(
        OffTask(task, tuple(mechanisms), chance_of_a_body, others),
        np.array(rows, dtype=np.float64),
        "ablation-" + task.run_id(0, 0),
        workers,
        progress,
    )
    outcomes = np.ascontiguousarray(found.column("outcome"))
    parts = _shared_out(outcomes[: 1 << n], mechanisms)
    rises = (outcomes[1 << n :] - outcomes[0]).tolist()
    replacements = tuple(Replacement(*other, rise) for other, rise in zip(others, rises, strict=True))
    return tuple(sorted(parts, key=lambda c: -c.shapley)), replacements


def _shared_out(outcomes: NDArray[np.float64], mechanisms: Sequence[str]) -> list[Contribution]:
    """Return what each mechanism takes, from the outcome with every set of them off, shape (2 ** mechanisms,)."""
    worth, full = outcomes - outcomes[0], len(outcomes) - 1
    shares = shapley(worth)
    return [
        Contribution(m, float(shares[k]), float(worth[1 << k]), float(worth[full] - worth[full ^ (1 << k)]))
        for k, m in enumerate(mechanisms)
    ]


@dataclass(frozen=True)
class SharedOut:
    """Works out what each mechanism takes from the chance of a body, in one study: a round for every set of them."""

    mechanisms: tuple[str, ...]

    def __call__(self, study: Study) -> Answers:
        """Return the Shapley value by mechanism, and what all of them take together under no name."""
        outcomes = np.zeros(1 << len(self.mechanisms))
        for mask in range(len(outcomes)):
            off = tuple(m for k, m in enumerate(self.mechanisms) if mask >> k & 1)
            other = Study(study.world, switch_off(study.parameters, off), study.quarrel, study.watch)
            outcomes[mask] = chance_of_a_body(other.formation)
        parts = _shared_out(outcomes, self.mechanisms)
        return {"": sum(c.shapley for c in parts), **{c.mechanism: c.shapley for c in parts}}


def over_draws(task: Task, size: Size, mechanisms: Sequence[str] = BLOCKING) -> InDraws | None:
    """Return what each mechanism takes in draws, by its name; None without draws, as each takes a hundred rounds."""
    return in_draws(task, SharedOut(tuple(mechanisms)), size) if size.draws else None


def _replacements(found: Sequence[Replacement]) -> Table:
    columns = [
        Column("law", "", "a variant that is not in use, as --law takes it"),
        Column("rise", "probability", "of the chance of a body when it is", form="points"),
        Column("claim", drop=4),
    ]
    rows: list[list[Cell]] = [[f"{r.procedure}={r.name}", r.rise, PROCEDURES[r.procedure][r.name].claim] for r in found]
    return table("ablation-laws", "What other variants of the procedures would do in the same round", columns, rows)


ALONE: Final = (
    "This is the answer with the values in use alone; --draws 20 adds how far it goes when all that is judged is drawn (each "
    "draw is as long as the answer itself)."
)
"""What is said of the answer where nothing is drawn."""


def section(
    found: Sequence[Contribution],
    replaced: Sequence[Replacement] = (),
    drawn: InDraws | None = None,
    terms: tuple[str, str] = ("", ""),
) -> Section:
    """Return what each mechanism takes from the chance of a body, and what other variants of procedures would do.

    Parameters
    ----------
    found : sequence of Contribution
    replaced : sequence of Replacement
    drawn : InDraws, optional
        What each takes in draws, as :func:`over_draws` returns it.
    terms : tuple of (str, str)
        The leading term and its clause, as :func:`foedus.questions.reasons.by_terms` returns them; said beside.
    """

    def ends(mechanism: str) -> list[Cell]:
        return drawn.ends(mechanism) if drawn else [None, None]

    rows: list[list[Cell]] = [
        [c.mechanism, c.shapley, *ends(c.mechanism), c.alone, c.last, MECHANISMS[c.mechanism].claim] for c in found
    ]
    last = "Rise when all are off; below 0 they help a body."
    rows.append(["all of them", sum(c.shapley for c in found), *ends(""), None, None, last])
    columns = [
        Column("mechanism"),
        Column("shapley", "probability", "average rise when it is switched off, over all orders", form="points"),
        *end_columns("shapley", "probability", "points"),
        Column("alone", "probability", "rise when it alone is off", form="points", drop=2),
        Column("last", "probability", "rise when all others are off", form="points", drop=3),
        Column("claim", drop=4),
    ]
    title = "What each mechanism takes from the chance of a body"
    chart = Chart("ablation", "bars", title, "Average rise of the chance of a body when a mechanism is switched off, over "
                  "all orders in which they can be (Shapley value).",
                  table("ablation-bars", title, columns, rows[:-1]), x="shapley", y="mechanism")  # fmt: skip
    tables = (table("ablation", title, columns, rows), *((_replacements(replaced),) if replaced else ()))
    notes = (drawn.told() if drawn else ALONE, reasons.told("mechanisms"))
    return Section("ablation", title, says(found, terms), tables, (chart,), notes)


def says(found: Sequence[Contribution], terms: tuple[str, str] = ("", "")) -> tuple[str, ...]:
    """Return what keeps a body from forming in sentences: the mechanism that takes most, of how much, and the leading term."""
    first, whole = found[0], sum(c.shapley for c in found)
    if first.shapley < LEAST:
        most = f"by mechanisms none of the {len(found)} takes anything from the chance of a body"
        return (reasons.side_by_side("", most, *terms),) if terms[1] else (f"{most[0].upper()}{most[1:]}.",)
    most = (
        f"by mechanisms most is taken by {_called(first.mechanism)}, {points(first.shapley)} of the chance of a body on average"
        f"; all {len(found)} off raise it by {points(whole)}"
    )
    if not terms[1]:
        return (f"{most[0].upper()}{most[1:]}.",)
    return (reasons.side_by_side(first.mechanism, most, *terms),)


def _called(mechanism: str) -> str:
    return MECHANISMS[mechanism].called(-1.0) or mechanism
