"""The web of treaties of one run: who is bound by what, kept up to date as treaties come, grow, shrink and go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


class Web(NamedTuple):
    """Treaties, T at the most, among S states; arrays that are written over."""

    members: NDArray[np.int64]
    """Shape (T, S); members of each treaty, ascending, as many as its size."""
    sizes: NDArray[np.int64]
    """Shape (T,); 0 where no treaty is in force."""
    born: NDArray[np.int64]
    ended: NDArray[np.int64]
    """Shape (T,); year in which it was signed, and in which it ended, 0 for none."""
    term: NDArray[np.float64]
    """Shape (T,); years after which it runs out, 0 for never."""
    wide: NDArray[np.bool_]
    """Shape (T,); whether more than two signed it."""
    bonds: NDArray[np.int64]
    """Shape (S, S); treaties that bind a pair."""
    common: NDArray[np.int64]
    """Shape (S, S); states that both of a pair have a treaty with."""


@compiled
def bond(web: Web, i: int, j: int, more: int) -> None:
    """Add a treaty to a pair of states, or take one away (`more` -1), and keep the allies in common right."""
    bonds, common = web.bonds, web.common
    before = bonds[i, j]
    bonds[i, j] = bonds[j, i] = before + more
    if (before > 0) == (before + more > 0):
        return
    for k in range(bonds.shape[0]):
        if k != j and bonds[i, k] > 0:
            common[j, k] += more
            common[k, j] += more
        if k != i and bonds[j, k] > 0:
            common[i, k] += more
            common[k, i] += more


@compiled
def bind(web: Web, treaty: int) -> None:
    """Let a treaty that has been written down come into force."""
    for a in range(1, web.sizes[treaty]):
        for b in range(a):
            bond(web, web.members[treaty, a], web.members[treaty, b], 1)


@compiled
def end(web: Web, treaty: int, year: int) -> None:
    """Let a treaty end in a year."""
    for a in range(1, web.sizes[treaty]):
        for b in range(a):
            bond(web, web.members[treaty, a], web.members[treaty, b], -1)
    web.sizes[treaty], web.ended[treaty] = 0, year


@compiled
def leave(web: Web, treaty: int, state: int, year: int) -> None:
    """Let a state leave a treaty; where fewer than two are left, it ends."""
    size, at = web.sizes[treaty], 0
    if size <= 2:
        end(web, treaty, year)
        return
    for a in range(size):
        s = web.members[treaty, a]
        if s != state:
            bond(web, s, state, -1)
            web.members[treaty, at] = s
            at += 1
    web.sizes[treaty] = at


@compiled
def join(web: Web, treaty: int, state: int) -> None:
    """Let a state join a treaty in force."""
    size = web.sizes[treaty]
    at = size
    for a in range(size):
        bond(web, web.members[treaty, a], state, 1)
    while at > 0 and web.members[treaty, at - 1] > state:
        web.members[treaty, at] = web.members[treaty, at - 1]
        at -= 1
    web.members[treaty, at] = state
    web.sizes[treaty] = size + 1


@compiled
def alike(web: Web, one: int, two: int) -> bool:
    """Return whether two treaties have the same members."""
    if web.sizes[one] != web.sizes[two]:
        return False
    members, same = web.members, True
    for a in range(web.sizes[one]):
        same &= members[one, a] == members[two, a]
    return same
