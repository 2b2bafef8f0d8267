"""Holding: members stay by habit, unless what they gain or lose by staying tips them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.kernels.choice import logistic
from foedus.model.architecture import Institution, Kind
from foedus.model.mechanism import Mechanism, Variant

MECHANISM = Mechanism(
    name="holding",
    claim="States do each year what they did the year before, unless gains tip them: members stay by habit.",
    equation=r"\Pr(exit) = \sigma\big(\ln\tfrac{h}{1-h} - (U_i(g) - U_i(g \setminus i\ \text{from}\ m))/(s_h\,o_m)\big),\quad "
    r"h = 1-\sqrt{1-H_2}\ \text{in a treaty of two},\ h_B\ \text{in a body},\ 1-(1-H_F)^{1/n}\ \text{in a forum of n}",
    sources=("Samuelson & Zeckhauser 1988", "Matejka & McKay 2015", "Steiner, Stewart & Matejka 2017"),
)


def exit_probability(
    gain_of_staying: ArrayLike, depth_held: float, exit_inertia: float, decision_noise: float, push: float = 0.0
) -> NDArray[np.float64]:
    """Return the chance that a member leaves within a year, drawn anew every year against the inertia of a treaty."""
    gain = np.asarray(gain_of_staying, dtype=np.float64)
    return logistic(push - (gain + exit_inertia * depth_held) / (decision_noise * depth_held))


def exit_by_habit(
    gain_of_staying: ArrayLike, depth_held: float, habit: float, habit_noise: float, push: float = 0.0
) -> NDArray[np.float64]:
    """Return the chance that a member leaves within a year where states do what they did, unless gains tip them.

    Parameters
    ----------
    gain_of_staying : array_like
        Of each member that is asked about, % of GDP a year.
    depth_held : float
    habit : float
        Chance to leave in a year in which nothing is gained or lost.
    habit_noise : float
        % of GDP a year.
    push : float
        Log-odds that are added in a year in which staying needs an act.

    Returns
    -------
    ndarray, in the shape of the gains

    References
    ----------
    Matejka, F. & McKay, A. (2015), American Economic Review 105; Steiner, J., Stewart, C. & Matejka, F. (2017),
    Econometrica 85: 521.
    """
    odds = math.log(habit / (1.0 - habit)) if habit > 0.0 else -math.inf
    return logistic(odds + push - np.asarray(gain_of_staying, dtype=np.float64) / (habit_noise * depth_held))


def habit_of(institution: Institution, parameters: Mapping[str, float]) -> float:
    """Return the yearly chance that one member leaves where nothing is gained or lost, by the class of institution."""
    members = len(institution.members)
    if institution.kind is Kind.FORUM:
        return float(1.0 - (1.0 - parameters["forum_end_habit"]) ** (1.0 / members))
    if members == 2:
        return float(1.0 - math.sqrt(1.0 - parameters["treaty_end_habit"]))
    return parameters["body_exit_habit"]


def _inertia(
    gain: ArrayLike,
    depth: float,
    institution: Institution,
    parameters: Mapping[str, float],
    push: float = 0.0,
    known: float | None = None,
) -> NDArray[np.float64]:
    return exit_probability(gain, depth, parameters["exit_inertia"], parameters["decision_noise"], push)


def _habit(
    gain: ArrayLike,
    depth: float,
    institution: Institution,
    parameters: Mapping[str, float],
    push: float = 0.0,
    known: float | None = None,
) -> NDArray[np.float64]:
    habit = habit_of(institution, parameters) if known is None else known
    return exit_by_habit(gain, depth, habit, parameters["habit_noise"], push)


VARIANTS: Final[Mapping[str, Variant]] = {
    "habit": Variant(
        "States do each year what they did the year before, unless gains tip them.",
        _habit,
        assumptions=("Members stay by habit: rates of ends are those of the class of institution on record.",),
    ),
    "inertia": Variant(
        "Every year membership is decided anew, against the inertia of a treaty.",
        _inertia,
        r"\Pr(exit) = \sigma\big(-(U_i(g) - U_i(g \setminus i\ \text{from}\ m) + \varepsilon o_m)/(s\,o_m)\big)",
        ("Leeds & Savun 2007 (abrogation)",),
        ("Whether a treaty is kept is decided anew every year, so treaties end far more often than on record.",),
    ),
}
"""How a member decides whether to stay; each takes gains, depth, institution, parameters, log-odds that are added and the
habit where its record is known, and returns the yearly chances to leave."""
