"""Many drafts at once: what each of them would be worth, without an object for each."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
from foedus.kernels.defended import Played
from foedus.mechanisms import COMPONENTS
from foedus.simulation.plan import Given, Roster, plan, some_of

TERMS: Final = len(COMPONENTS)
"""Terms of utility."""


@compiled
def utilities_with(given: Given, start: Roster, drafts: Roster, played: Played) -> NDArray[np.float64]:
    """Return what an architecture is worth to every state with each of some drafts added.

    Parameters
    ----------
    given : Given
    start : Roster
        The architecture that a draft is added to, as the rules of absorption say
        (:meth:`foedus.model.architecture.Architecture.having`).
    drafts : Roster
        B forums, or B bodies.
    played : Played
        Games of the same world and parameters.

    Returns
    -------
    ndarray, shape (B, N)
    """
    worth = np.empty(drafts.member.shape)
    for b in range(drafts.new.size):
        utility, _, _ = plan(given, some_of(start, drafts, _kept(start, drafts, b)), played)
        worth[b] = utility
    return worth


@compiled
def components_of(given: Given, roster: Roster, rows: NDArray[np.int64], played: Played) -> NDArray[np.float64]:
    """Return the terms of utility of several architectures.

    Parameters
    ----------
    given : Given
    roster : Roster
        All institutions that stand in any of them, each once.
    rows : ndarray of int, shape (B, M)
        Which of them each architecture has, in its order; then -1.
    played : Played
        Games of the same world and parameters.

    Returns
    -------
    ndarray, shape (B, C, N)
    """
    found = np.empty((rows.shape[0], TERMS, roster.member.shape[1]))
    for b in range(rows.shape[0]):
        _, terms, _ = plan(given, some_of(roster, roster, rows[b][rows[b] >= 0]), played)
        found[b] = terms
    return found


@compiled
def _kept(start: Roster, drafts: Roster, b: int) -> NDArray[np.int64]:
    """Return the rows in force with a draft: those of the start that it does not absorb, and beyond them its own, if new."""
    rows, forum, draft = start.new.size, drafts.forum[b], drafts.member[b]
    kept = np.empty(rows + 1, dtype=np.int64)
    size, there = 0, False
    for m in range(rows):
        within = start.forum[m] == forum and _within(start.member[m], draft)
        if within and forum and start.depth[m] == drafts.depth[b] and _within(draft, start.member[m]):
            there = True
        elif within:
            continue  # absorbed
        kept[size] = m
        size += 1
    if not there:
        kept[size] = rows + b
        size += 1
    return kept[:size]


@compiled
def _within(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> bool:
    """Return whether all members of one are members of the other."""
    within = True
    for i in range(one.size):
        within &= other[i] or not one[i]
    return within
