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
from foedus.mechanisms import MECHANISMS
from foedus.questions.task import Task
from foedus.simulation.formation import Formation
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, table

BLOCKING: Final = ("exposure", "dispute", "autonomy", "readiness", "burden", "reach", "bloc")
"""Mechanisms that can stand in the way of a body; security, without which nobody wants one, is not among them."""


@dataclass(frozen=True)
class OffTask:
    """Plays a round with some mechanisms switched off; small enough to be sent to a worker."""

    task: Task
    mechanisms: tuple[str, ...]
    outcome: Callable[[Formation], float]

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return the outcome with the mechanisms off whose bits are set."""
        mask = int(row[0])
        off = tuple(m for k, m in enumerate(self.mechanisms) if mask >> k & 1)
        return {"outcome": self.outcome(replace(self.task, without=(*self.task.without, *off)).study().formation)}


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


def contributions(
    task: Task, mechanisms: Sequence[str] = BLOCKING, workers: int = 1, progress: Progress | None = None
) -> tuple[Contribution, ...]:
    """Return what each mechanism takes from the chance of a body, largest first.

    The Shapley values add up to the rise of the chance when all of them are switched off.
    """
    n = len(mechanisms)
    masks = np.arange(1 << n, dtype=np.float64)[:, None]
    found = run_ensemble(
        OffTask(task, tuple(mechanisms), chance_of_a_body), masks, "ablation-" + task.run_id(0, 0), workers, progress
    )
    table = np.ascontiguousarray(found.column("outcome"))
    worth = table - table[0]
    shares = shapley(worth)
    full = (1 << n) - 1
    return tuple(
        sorted(
            (
                Contribution(m, float(shares[k]), float(worth[1 << k]), float(worth[full] - worth[full ^ (1 << k)]))
                for k, m in enumerate(mechanisms)
            ),
            key=lambda c: -c.shapley,
        )
    )


def section(found: Sequence[Contribution]) -> Section:
    """Return what each mechanism takes from the chance of a body."""
    rows: list[list[Cell]] = [[c.mechanism, c.shapley, c.alone, c.last, MECHANISMS[c.mechanism].claim] for c in found]
    last = "Rise when all are off; below 0 they help a body."
    rows.append(["all of them", sum(c.shapley for c in found), None, None, last])
    columns = [
        Column("mechanism"),
        Column("shapley", "probability", "average rise when it is switched off, over all orders", form="signed"),
        Column("alone", "probability", "rise when it alone is off", form="signed", drop=2),
        Column("last", "probability", "rise when all others are off", form="signed", drop=3),
        Column("claim", drop=4),
    ]
    title = "What each mechanism takes from the chance of a body"
    chart = Chart("ablation", "bars", title, "Average rise of the chance of a body when a mechanism is switched off, over "
                  "all orders in which they can be (Shapley value).",
                  table("ablation-bars", title, columns, rows[:-1]), x="shapley", y="mechanism")  # fmt: skip
    return Section("ablation", title, (), (table("ablation", title, columns, rows),), (chart,))
