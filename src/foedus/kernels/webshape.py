"""The shape of a web of treaties, as numbers: pairs, partners, triangles, sizes, and how long treaties last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled

PARTNERS = (1, 3, 6, 11, 21)
"""Bounds of the classes of states by partners: none, 1-2, 3-5, 6-10, 11-20, 21 and more."""
SIZES = (3, 5, 8, 15)
"""Bounds of the classes of treaties by members: 2, 3-4, 5-7, 8-14, 15 and more."""
LASTING = (5, 10, 20)
"""Years after which it is asked which share of the treaties is still in force."""
SHAPE = (
    *(f"partners_{k}" for k in range(len(PARTNERS) + 1)),
    *(f"members_{k}" for k in range(len(SIZES) + 1)),
    *("pairs", "most_partners", "triangles", "closed", "triangles_two", "closed_two"),
    *(f"two_after_{k}" for k in LASTING),
    *(f"more_after_{k}" for k in LASTING),
)
"""Names of the numbers of a shape, in order."""


@compiled
def classed(value: int, bounds: tuple[int, ...]) -> int:
    """Return the class of a number: how many bounds it has reached."""
    at = 0
    for bound in bounds:
        if value >= bound:
            at += 1
    return at


@compiled
def partners(bonds: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return with how many states each state of the year has a treaty, shape (L,)."""
    found = np.zeros(there.size, dtype=np.int64)
    for a in range(there.size):
        for b in range(there.size):
            found[a] += bonds[there[a], there[b]] > 0
    return found


@compiled
def bonds_of(members: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many treaties bind each pair of states, shape (S, S); members shape (T, S), sizes shape (T,)."""
    found = np.zeros((members.shape[1], members.shape[1]), dtype=np.int64)
    for t in range(sizes.size):
        for a in range(1, sizes[t]):
            for b in range(a):
                i, j = members[t, a], members[t, b]
                found[i, j] += 1
                found[j, i] += 1
    return found


@compiled
def closure(bonds: NDArray[np.int64], there: NDArray[np.int64]) -> tuple[float, float]:
    """Return how many triangles of allies there are, and the share of two allies of one state who are allies themselves."""
    closed, paths = 0, 0
    for a in range(there.size):
        count, near = 0, np.empty(there.size, dtype=np.int64)
        for b in range(there.size):
            if bonds[there[a], there[b]] > 0:
                near[count] = there[b]
                count += 1
        paths += count * (count - 1) // 2
        for b in range(1, count):
            for c in range(b):
                closed += bonds[near[b], near[c]] > 0
    return closed / 3.0, closed / paths if paths else np.nan


@compiled
def survival(
    born: NDArray[np.int64], ended: NDArray[np.int64], asked: NDArray[np.bool_], last: int, years: int
) -> float:
    """Return the share of some treaties that are in force after some years; those still in force count as long as seen.

    Parameters
    ----------
    born, ended : ndarray of int, shape (T,)
        Year in which each was signed and in which it ended, 0 for none.
    asked : ndarray of bool, shape (T,)
        Which treaties are asked about.
    last : int
        Last year that is seen.
    years : int

    Notes
    -----
    The estimate of Kaplan and Meier; NaN where nobody could be seen for so long.
    """
    gone, seen = np.zeros(years + 2), np.zeros(years + 2)
    for t in range(born.size):
        if asked[t]:
            life = (ended[t] if ended[t] > 0 else last) - born[t]
            for age in range(1, min(life, years) + 1):
                seen[age] += 1.0
            if ended[t] > 0 and life <= years:
                gone[max(life, 1)] += 1.0
                if life < 1:
                    seen[1] += 1.0
    share = 1.0
    for age in range(1, years + 1):
        if seen[age] == 0.0:
            return np.nan
        share *= 1.0 - gone[age] / seen[age]
    return share


@compiled
def shape(
    members: NDArray[np.int64],
    sizes: NDArray[np.int64],
    born: NDArray[np.int64],
    ended: NDArray[np.int64],
    wide: NDArray[np.bool_],
    there: NDArray[np.int64],
    first: int,
    last: int,
) -> NDArray[np.float64]:
    """Return the shape of a web at the end of its last year, shape (23,), in the order of :data:`SHAPE`.

    Parameters
    ----------
    members, sizes : ndarray of int
        Members of every treaty and how many, 0 for treaties that have ended, shapes (T, S) and (T,).
    born, ended : ndarray of int, shape (T,)
        Year signed, and year ended, 0 for none.
    wide : ndarray of bool, shape (T,)
        Whether more than two signed it.
    there : ndarray of int, shape (L,)
        States of the last year.
    first, last : int
        How long treaties last is asked of those that were signed from the first year on.
    """
    states, found = members.shape[1], np.zeros(23)
    bonds, duos = np.zeros((states, states), dtype=np.int64), np.zeros((states, states), dtype=np.int64)
    for t in range(sizes.size):
        if sizes[t] > 0:
            found[6 + classed(sizes[t], SIZES)] += 1.0
        for a in range(1, sizes[t]):
            for b in range(a):
                i, j = members[t, a], members[t, b]
                bonds[i, j] = bonds[j, i] = 1
                if sizes[t] == 2:
                    duos[i, j] = duos[j, i] = 1
    ties = partners(bonds, there)
    for a in range(ties.size):
        found[classed(ties[a], PARTNERS)] += 1.0
    found[11] = ties.sum() / 2.0
    found[12] = ties.max() if ties.size else 0.0
    found[13], found[14] = closure(bonds, there)
    found[15], found[16] = closure(duos, there)
    for k in range(len(LASTING)):
        found[17 + k] = survival(born, ended, (born >= first) & ~wide, last, LASTING[k])
        found[20 + k] = survival(born, ended, (born >= first) & wide, last, LASTING[k])
    return found
