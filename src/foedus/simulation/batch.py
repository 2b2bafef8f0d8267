"""Many drafts at once: which institutions there are with each of them, without an object for each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled


@compiled
def rows_with(
    member: NDArray[np.bool_],
    forum: NDArray[np.bool_],
    depth: NDArray[np.float64],
    drafted: NDArray[np.bool_],
    as_forum: bool,
    its_depth: float,
) -> NDArray[np.int64]:
    """Return which rows are in force with each of some drafts: those it does not absorb, and beyond them its own, if new.

    Parameters
    ----------
    member : ndarray of bool, shape (M, N)
        Of the architecture that a draft is added to, as the rules of absorption say
        (:meth:`foedus.model.architecture.Architecture.having`).
    forum, depth : ndarray, shape (M,)
    drafted : ndarray of bool, shape (B, N)
        Members of the drafts.
    as_forum : bool
        Whether drafts are forums; else they are bodies.
    its_depth : float
        Of the drafts.

    Returns
    -------
    ndarray of int, shape (B, M + 1)
        Row M + b is draft b; then -1.
    """
    rows = member.shape[0]
    kept = np.full((drafted.shape[0], rows + 1), -1, dtype=np.int64)
    for b in range(drafted.shape[0]):
        draft, size, there = drafted[b], 0, False
        for m in range(rows):
            within = forum[m] == as_forum and _within(member[m], draft)
            if within and as_forum and depth[m] == its_depth and _within(draft, member[m]):
                there = True
            elif within:
                continue  # absorbed
            kept[b, size] = m
            size += 1
        if not there:
            kept[b, size] = rows + b
    return kept


@compiled
def _within(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> bool:
    """Return whether all members of one are members of the other."""
    within = True
    for i in range(one.size):
        within &= other[i] or not one[i]
    return within
