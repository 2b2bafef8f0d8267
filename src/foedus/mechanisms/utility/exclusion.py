"""Exclusion: a body of the hub that leaves a protégé out casts doubt on the commitment to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import left_out
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="exclusion",
    claim="Leaving a protégé out of a body is read as a sign of weaker resolve, unless it was expected.",
    equation=r"O_{kh} = o_{DF}\,(1 - \xi\,1[\text{some MT contains } h \text{ but not } k]),\qquad "
    r"\xi = 1-\mu'/\mu_0 = \frac{q_R(1-\mu_0)}{1-\mu_0 q_R}\ \text{at}\ q_U = 0",
    sources=("Benson 2012 (ambiguous commitments)", "Fearon 1997 (signals)"),
    off={"exclusion_signal": 0.0},
)


def excluded(member: NDArray[np.bool_], multilateral: NDArray[np.bool_], hub: int) -> NDArray[np.bool_]:
    """Return whether some multilateral treaty holds the hub but not the state, shape (N,)."""
    return left_out(member, multilateral & member[:, hub])


def commitment_kept(excluded: NDArray[np.bool_], exclusion_signal: float) -> NDArray[np.float64]:
    """Return the share of a de facto commitment that is still believed, shape (N,)."""
    kept: NDArray[np.float64] = np.subtract(1.0, exclusion_signal * excluded)
    return kept


def posterior_resolve(prior: float, resolved: float, unresolved: float) -> float:
    """Return the belief in resolve after exclusion.

    Parameters
    ----------
    prior : float
        Belief that the hub is resolved.
    resolved, unresolved : float
        Chance that a resolved and an unresolved hub would have included the protégé.
    """
    excluded_if_resolved = prior * (1.0 - resolved)
    total = excluded_if_resolved + (1.0 - prior) * (1.0 - unresolved)
    return excluded_if_resolved / total if total > 0 else prior
