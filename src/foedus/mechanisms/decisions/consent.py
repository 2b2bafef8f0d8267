"""Consent: every member of a new body or forum has to agree, and one refusal is enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.kernels.unanimity import chance_of_all
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


def acceptance(
    gain_of_members: NDArray[np.float64], depth_of_consent: float, decision_noise: float, common: float = 0.0
) -> float:
    """Return the probability that all members agree; `common` is the part of their errors that all share."""
    return float(chance_of_all(gain_of_members / (decision_noise * depth_of_consent), common))


def acceptances(
    gain: NDArray[np.float64],
    member: NDArray[np.bool_],
    depth_of_consent: float,
    decision_noise: float,
    common: float = 0.0,
) -> NDArray[np.float64]:
    """Return the probability that all members of each of several drafts agree, shape (drafts,).

    Parameters
    ----------
    gain : ndarray, shape (drafts, N)
        Gain of every state over the fallback.
    member : ndarray of bool, shape (drafts, N)
    depth_of_consent, decision_noise, common : float
    """
    return chance_of_all(np.where(member, gain / (decision_noise * depth_of_consent), np.inf), common)


def _independent(parameters: Mapping[str, float]) -> float:
    return 0.0


def _common_mood(parameters: Mapping[str, float]) -> float:
    return parameters["common_mood"]


VARIANTS: Final[Mapping[str, Callable[[Mapping[str, float]], float]]] = {
    "independent": _independent,
    "common-mood": _common_mood,
}
"""How far members err together: not at all, each on its own; or in a mood that all who are asked share."""
