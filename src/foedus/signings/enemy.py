"""Common enemy: states sign with those who quarrel with the same outsider."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="enemy",
    claim="States sign with those who quarrel with the same state outside, as far as both do.",
    equation=r"ene_i(S) = \overline{\max_{a\notin S}\min(q_{ia}, q_{ja})}_{\,j\in S\setminus i}",
    sources=("Walt 1987 (balance of threat)", "Farber & Gowa 1995 (common interests)"),
    off={"common_enemy": 0.0},
    label="common enemy",
    signed=("common enemy", "no common enemy"),
    short="enemy",
    ink="rose",
    weight=("common_enemy",),
)


def common_enemy(rivalry: NDArray[np.float64], body: Sequence[int]) -> NDArray[np.float64]:
    """Return how far the members of a body have an enemy outside in common with their fellows, shape (n,).

    Parameters
    ----------
    rivalry : ndarray, shape (L, L)
        1 for strategic rivals, else the share of the last ten years with a militarised dispute.
    body : sequence of int
        Positions of the members, two at least.

    Returns
    -------
    ndarray, shape (n,)
        0 to 1; the mean over the fellows of each member.
    """
    members = np.asarray(body)
    quarrels = rivalry[members].copy()
    quarrels[:, members] = 0.0  # a quarrel among members is no enemy in common
    seen = quarrels[:, quarrels.any(axis=0)]
    if not seen.shape[1]:
        return np.zeros(len(members))
    shared = np.minimum(seen[:, None, :], seen[None, :, :]).max(axis=2)
    np.fill_diagonal(shared, 0.0)
    mean: NDArray[np.float64] = shared.sum(axis=1) / (len(members) - 1)
    return mean
