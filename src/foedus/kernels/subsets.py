"""Tables over all subsets of a few players: sums over members, and the sum of the subsets each player is in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def subset_sums(parts: NDArray[np.float64], count: int, table: NDArray[np.float64]) -> None:
    """Put the sum over its members into the entry of every subset.

    Parameters
    ----------
    parts : ndarray, shape (at least count,)
        What each player adds.
    count : int
    table : ndarray, shape (at least 2^count,)
        Subset S stands at the number whose bits are its members.
    """
    table[0] = 0.0
    for z in range(count):
        half = 1 << z
        for k in range(half):
            table[half + k] = table[k] + parts[z]


@compiled
def subset_marks(steps: NDArray[np.int64], count: int, table: NDArray[np.uint64]) -> None:
    """The same for whole numbers: with steps of 1 the sizes of the subsets."""
    table[0] = 0
    for z in range(count):
        half = 1 << z
        step = np.uint64(steps[z])
        for k in range(half):
            table[half + k] = table[k] + step


@compiled
def sums_with_each(table: NDArray[np.float64], count: int, sums: NDArray[np.float64]) -> None:
    """Put the sum over the subsets that hold each player into `sums`, folding the table (which is overwritten).

    Parameters
    ----------
    table : ndarray, shape (at least 2^count,)
    count : int
    sums : ndarray, shape (at least count,)

    Notes
    -----
    The upper half of the table are the subsets with the last player; added onto the lower half, the rest is the same
    task with one player less: 2^(count + 1) additions for all players together.
    """
    for z in range(count - 1, -1, -1):
        half = 1 << z
        total = 0.0
        for k in range(half):
            total += table[half + k]
            table[k] += table[half + k]
        sums[z] = total


@compiled
def total(table: NDArray[np.float64]) -> float:
    """Return the sum of a table of 2^n numbers, folding it (it is overwritten).

    Halves are added onto each other, so the order of the additions, and with it the rounding, is the same on any machine.
    """
    half = table.size // 2
    while half > 0:
        for k in range(half):
            table[k] += table[half + k]
        half //= 2
    found: float = table[0]
    return found
