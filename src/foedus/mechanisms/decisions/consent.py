"""Consent: every member of a new body or forum has to agree, and one refusal is enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import logistic
from foedus.kernels.unanimity import chance_of_all
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="consent",
    claim="A state agrees with a probability that rises with its gain over the fallback; a body needs all.",
    equation=r"p_i = \sigma\big((U_i(g)-U_i(g_f))/(s\,o_m)\big),\qquad acc(g) = \prod_{i \in S_m} p_i",
    sources=("McKelvey & Palfrey 1995", "Tsebelis 2002 (veto players)"),
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


def _founding_mood(parameters: Mapping[str, float]) -> float:
    return parameters["founding_mood"]


def _common_mood(parameters: Mapping[str, float]) -> float:
    return parameters["common_mood"]


VARIANTS: Final[Mapping[str, Variant]] = {
    "founding-mood": Variant(
        "Founders of a body err on their own, or together as far as the range of one parameter allows.",
        _founding_mood,
        assumptions=(
            "By default members decide independently, so large bodies are punished: read ratios and blockers, not levels.",
        ),
    ),
    "common-mood": Variant(
        "Part of the error is common to all who are asked, so that large bodies are punished less.",
        _common_mood,
        r"acc(g) = E_z \prod_{i \in S_m} \sigma\big((x_i + \kappa\sqrt{\rho}\,z)/\sqrt{1-\rho}\big),\quad "
        r"x_i = (U_i(g)-U_i(g_f))/(s\,o_m),\ \kappa = \pi/\sqrt{3}",
        ("Vasicek 2002 (one common factor)",),
        ("Members err together as far as the members of one body did on record: how far is known from few votes.",),
    ),
}
"""How far members err together; each takes the parameters and returns the part of the variance that all share."""
