"""Door: a state outside applies to a body, and its members let it in or do not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.kernels.choice import logistic
from foedus.kernels.unanimity import chance_of_all
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="door",
    claim="Accession is a choice of its own: who gains applies, and members go along unless they lose.",
    equation=r"\Pr(i\ applies) = \sigma\big(\ln\tfrac{q_A}{1-q_A} + \Delta_i/(s_h\,o_m)\big),\qquad "
    r"x_j = a_c + \Delta_j/(s\,o_m),\qquad \Pr(i\ enters) = \Pr(i\ applies)\,acc(x)",
    sources=("Schimmelfennig 2003 (enlargement)", "Tsebelis 2002 (veto players)", "Vasicek 2002 (one common factor)"),
    tried=False,
)


def application(
    gain: ArrayLike, depth_of_door: float, application_habit: float, habit_noise: float
) -> NDArray[np.float64]:
    """Return the chances that states outside apply within a year, in the shape of `gain`.

    Parameters
    ----------
    gain : array_like
        What being inside would bring each, % of GDP a year.
    depth_of_door : float
        Depth of the body.
    application_habit : float
        Chance in a year in which nothing is gained or lost; at 0 nobody applies.
    habit_noise : float
        % of GDP a year.
    """
    odds = math.log(application_habit / (1.0 - application_habit)) if application_habit > 0.0 else -math.inf
    return logistic(odds + np.asarray(gain, dtype=np.float64) / (habit_noise * depth_of_door))


def readiness(
    gain_of_members: NDArray[np.float64], depth_of_door: float, decision_noise: float, enlargement_habit: float
) -> NDArray[np.float64]:
    """Return the log-odds of each member to let a newcomer in; they start from the habit of going along."""
    return enlargement_habit + gain_of_members / (decision_noise * depth_of_door)


def let_in(
    gain_of_members: NDArray[np.float64],
    depth_of_door: float,
    decision_noise: float,
    enlargement_habit: float,
    common: float,
) -> float:
    """Return the chance that all members let a newcomer in; `common` is the part of their errors that all share.

    Examples
    --------
    >>> thirty = np.zeros(30)  # thirty members to whom a newcomer makes no difference
    >>> round(let_in(thirty, 1.0, 0.1, 3.1, 0.0), 2), round(let_in(thirty, 1.0, 0.1, 3.1, 0.45), 2)
    (0.27, 0.56)
    """
    return float(chance_of_all(readiness(gain_of_members, depth_of_door, decision_noise, enlargement_habit), common))


def _closed(parameters: Mapping[str, float]) -> float | None:
    return None


def _open(parameters: Mapping[str, float]) -> float | None:
    return parameters["common_mood"]


def _each_alone(parameters: Mapping[str, float]) -> float | None:
    return 0.0


VARIANTS: Final[Mapping[str, Variant]] = {
    "open": Variant(
        "Who is outside may apply every year, and members answer together, in a mood that they share.",
        _open,
        assumptions=(
            "How ready members are to enlarge, and how far they err together, is known from the rounds of one body.",
        ),
    ),
    "closed": Variant("Who is outside enters by a new draft of the hub only.", _closed),
    "each-alone": Variant(
        "Who is outside may apply every year, and each member answers on its own.",
        _each_alone,
        assumptions=("Members answer a newcomer independently, so that large bodies hardly grow.",),
    ),
}
"""Whether doors are open; each takes the parameters and returns the part of members' errors that all share, None if shut."""
