"""Many drafts at once: what each of them would be worth, without an object for each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
from foedus.simulation.plan import Given, Quantities, Roster, plan


@compiled
def utilities_with(
    given: Given,
    start: Roster,
    drafts: NDArray[np.bool_],
    new: NDArray[np.bool_],
    depth: float,
    forum: bool,
    consensus: bool,
) -> tuple[NDArray[np.float64], NDArray[np.float64], Quantities]:
    """Return what an architecture is worth with each of some drafts added.

    Parameters
    ----------
    given : Given
    start : Roster
        The architecture that a draft is added to, as the rules of absorption say
        (:meth:`foedus.model.architecture.Architecture.having`).
    drafts : ndarray of bool, shape (drafts, N)
        Members.
    new : ndarray of bool, shape (drafts,)
    depth : float
    forum, consensus : bool
        Whether the drafts are forums, else they are bodies; how they decide.

    Returns
    -------
    utilities : ndarray, shape (drafts, N)
    terms : ndarray, shape (C, N)
    quantities : Quantities
        Of the last draft. A draft without members adds nothing: what comes out is the appraisal of the start.
    """
    count, n = drafts.shape
    rows = start.depth.size
    worth = np.empty((count, n))
    kept = np.empty(rows + 1, dtype=np.int64)
    for b in range(count):
        size = 0
        nobody = not drafts[b].any()
        there = nobody
        for m in range(rows):
            within, equal = True, True
            for i in range(n):
                if start.member[m, i] and not drafts[b, i]:
                    within = False
                if start.member[m, i] != drafts[b, i]:
                    equal = False
            if forum and start.forum[m] and equal and start.depth[m] == depth:
                there = True
            elif within and not nobody and start.forum[m] == forum:
                continue  # absorbed
            kept[size] = m
            size += 1
        total = size if there else size + 1
        roster = Roster(
            np.empty((total, n), dtype=np.bool_),
            np.empty(total),
            np.empty(total, dtype=np.bool_),
            np.empty(total, dtype=np.bool_),
            np.empty(total, dtype=np.bool_),
            np.empty(total, dtype=np.bool_),
            np.empty(total, dtype=np.bool_),
            np.empty(total, dtype=np.bool_),
        )
        for k in range(size):
            m = kept[k]
            roster.member[k] = start.member[m]
            roster.depth[k] = start.depth[m]
            roster.treaty[k] = start.treaty[m]
            roster.multilateral[k] = start.multilateral[m]
            roster.forum[k] = start.forum[m]
            roster.de_facto[k] = start.de_facto[m]
            roster.consensus[k] = start.consensus[m]
            roster.new[k] = start.new[m]
        if not there:
            roster.member[size] = drafts[b]
            roster.depth[size] = depth
            roster.treaty[size] = not forum
            roster.multilateral[size] = not forum
            roster.forum[size] = forum
            roster.de_facto[size] = False
            roster.consensus[size] = consensus
            roster.new[size] = new[b]
        utility, terms, found = plan(given, roster)
        worth[b] = utility
    return worth, terms, found
