"""Consent: every member of a new body or forum has to agree, and one refusal is enough."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import log_logistic, logistic
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="consent",
    claim="A state agrees with a probability that rises with its gain over the fallback; a body needs all.",
    equation=r"p_i = \sigma\big((U_i(g)-U_i(g_f))/(s\,o_m)\big),\qquad acc(g) = \prod_{i \in S_m} p_i",
    sources=("McKelvey & Palfrey 1995", "Tsebelis 2002 (veto players)"),
    assumptions=("Members decide independently, so large bodies are punished: read ratios and blockers, not levels.",),
)


def consent(gain: NDArray[np.float64], depth_of_consent: float, decision_noise: float) -> NDArray[np.float64]:
    """Return each member's probability to agree; noise is proportional to depth."""
    return logistic(gain / (decision_noise * depth_of_consent))


def acceptance(gain_of_members: NDArray[np.float64], depth_of_consent: float, decision_noise: float) -> float:
    """Return the probability that all members agree."""
    return float(np.exp(log_logistic(gain_of_members / (decision_noise * depth_of_consent)).sum()))


def acceptances(
    gain: NDArray[np.float64], member: NDArray[np.bool_], depth_of_consent: float, decision_noise: float
) -> NDArray[np.float64]:
    """Return the probability that all members of each of several drafts agree, shape (drafts,).

    Parameters
    ----------
    gain : ndarray, shape (drafts, N)
        Gain of every state over the fallback.
    member : ndarray of bool, shape (drafts, N)
    depth_of_consent, decision_noise : float
    """
    logs = np.where(member, log_logistic(gain / (decision_noise * depth_of_consent)), 0.0)
    chance: NDArray[np.float64] = np.exp(logs.sum(axis=1))
    return chance
