"""Contract: what tasks, engines and those who keep draws hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from foedus.draws.digest import roots_of
from foedus.draws.stop import look

Row: TypeAlias = Mapping[str, float]
Rows: TypeAlias = NDArray[np.float64]
Evaluate: TypeAlias = Callable[[Rows], Row]
"""A task: takes one row of a design, returns named numbers."""
Progress: TypeAlias = Callable[[int, int], None]
"""Called with (done, all)."""

Job = TypeVar("Job")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Draws:
    """The results of an ensemble, or of a chunk of it.

    Attributes
    ----------
    keys : tuple of str
        Names of the measured quantities.
    values : ndarray, shape (draws, keys)
        NaN where a draw has no such quantity (a treaty that it does not sign).
    """

    keys: tuple[str, ...]
    values: NDArray[np.float64]

    def column(self, key: str) -> NDArray[np.float64]:
        """Return one quantity over all draws, shape (draws,)."""
        return self.values[:, self.keys.index(key)]


def collect(rows: Sequence[Row]) -> Draws:
    """Return rows of named numbers as one array, the names in the order in which they first appear."""
    keys = tuple(dict.fromkeys(k for row in rows for k in row))
    values = np.array([[row.get(k, np.nan) for k in keys] for row in rows], dtype=np.float64)
    return Draws(keys, values.reshape(len(rows), len(keys)))


def joined(blocks: Sequence[Draws]) -> Draws:
    """Return the draws of several chunks, one after the other."""
    keys = tuple(dict.fromkeys(k for b in blocks for k in b.keys))
    values = np.full((sum(len(b.values) for b in blocks), len(keys)), np.nan)
    at = {k: n for n, k in enumerate(keys)}
    row = 0
    for b in blocks:
        values[row : row + len(b.values), [at[k] for k in b.keys]] = b.values
        row += len(b.values)
    values.flags.writeable = False
    return Draws(keys, values)


@dataclass(frozen=True)
class Chunks:
    """Works out chunks of a design, and ends between two draws if it is asked to.

    Attributes
    ----------
    task : callable
        Takes one row of the design, returns named numbers.
    """

    task: Evaluate

    @property
    def roots(self) -> tuple[str, ...]:
        """Modules that the draws depend on."""
        return (__name__, *roots_of(self.task))

    def __call__(self, rows: Rows) -> Draws:
        """Return what the task measures in some rows; errors as the task's and :func:`foedus.draws.stop.look`'s."""
        found = []
        for row in rows:
            look()
            found.append(self.task(row))
        return collect(found)


class Engine(Protocol):
    """Somebody who works: this process, others of this machine, or other machines."""

    @property
    def hands(self) -> int:
        """How many work at the same time, as far as is known."""

    def open(self, work: Callable[[Job], Found]) -> AbstractContextManager[Callable[[Job], Future[Found]]]:
        """Return a context in which jobs can be handed in; leaving it by an error drops what is not finished."""

    def check(self) -> None:
        """Raise if nobody is left who could finish anything."""
