"""Wedge: an adversary breaks consent where it is cheapest to break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import log_logistic
from foedus.kernels.unanimity import chance_of_all
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="wedge",
    claim="Where all must agree it is enough to break one; treaties of two must be broken one by one.",
    equation=r"\min \prod_i \sigma\big((\Delta_i - pain_i)/(s\,o_m)\big)\quad\text{s.t.}\quad "
    r"\sum_i \kappa_W Y_i\,pain_i/100 \le W,\quad 0 \le pain_i \le \psi x_i \bar z",
    sources=("Crawford 2011", "Izumikawa 2013 (reward and coercion)", "THAAD dispute of 2016-17 (costs)"),
    off={"coercion_pain": 0.0, "coercion_budget": 0.0},
)


_ENUMERATED = 16  # members whose vertices, 2^16, are still a matter of milliseconds


@dataclass(frozen=True)
class Pressure:
    """The best use of a budget of coercion.

    Attributes
    ----------
    pain : ndarray, shape (n,)
        Pain inflicted on each member, % of its GDP.
    probability : float
        Chance that all still agree.
    cost : float
        What the coercer pays, bn a year.
    """

    pain: NDArray[np.float64]
    probability: float
    cost: float


def press_body(
    gain: NDArray[np.float64],
    limit: NDArray[np.float64],
    income: NDArray[np.float64],
    depth: float,
    budget: float,
    decision_noise: float,
    wedge_cost_ratio: float,
    common: float = 0.0,
) -> Pressure:
    """Return the pressure that most lowers the chance of unanimous consent.

    The logarithm of that chance is concave in pain, so the best pressure is a vertex of the budget set
    (all targets saturated but at most one); the vertices are enumerated. Beyond sixteen members the vertices are too
    many: those whose consent falls most for the money are pressed first, sixteen at a time, with what is left.

    Parameters
    ----------
    gain : ndarray, shape (n,)
        Gain of each member over the fallback, % of GDP.
    limit : ndarray, shape (n,)
        Most pain that can be inflicted on each, % of GDP.
    income : ndarray, shape (n,)
        GDP, bn.
    depth, budget, decision_noise, wedge_cost_ratio : float
        Depth of the institution; budget in bn a year.
    common : float
        Part of the errors that members share. The pressure is then that which is best against members who err each on
        their own, and its chance that of members who err together: an adversary who sees no mood.
    """
    noise = decision_noise * depth
    price = wedge_cost_ratio * income / 100.0
    pain = np.zeros(gain.size)
    left = budget
    for at in _groups(gain, limit, price, noise):
        pain[at] = _best_vertex(gain[at], limit[at], price[at], noise, left)
        left -= float(pain[at] @ price[at])
    chance = float(chance_of_all((gain - pain) / noise, common))
    return Pressure(pain, chance, float(pain @ price))


def _groups(
    gain: NDArray[np.float64], limit: NDArray[np.float64], price: NDArray[np.float64], noise: float
) -> Iterator[NDArray[np.intp]]:
    """Yield the members in groups that can be enumerated, those first whose consent falls most for the money."""
    if gain.size <= _ENUMERATED:
        yield np.arange(gain.size)
        return
    fall = log_logistic(gain / noise) - log_logistic((gain - limit) / noise)
    order = np.argsort(-fall / np.maximum(limit * price, 1e-300), kind="stable")
    for k in range(0, gain.size, _ENUMERATED):
        yield order[k : k + _ENUMERATED]


def _best_vertex(
    gain: NDArray[np.float64], limit: NDArray[np.float64], price: NDArray[np.float64], noise: float, budget: float
) -> NDArray[np.float64]:
    """Return the pain on each member at the best vertex of the budget set."""
    untouched = log_logistic(gain / noise)
    saturated = log_logistic((gain - limit) / noise) - untouched
    n = gain.size
    subsets = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1
    spent = subsets @ (limit * price)
    affordable = spent <= budget + 1e-12
    subsets, spent = subsets[affordable], spent[affordable]
    chances = untouched.sum() + subsets @ saturated
    best = int(np.argmin(chances))
    least = float(chances[best])
    pain: NDArray[np.float64] = subsets[best] * limit
    for i in range(n):
        # the rest of the budget goes to one more target, as far as it can be hurt
        more = np.flatnonzero((subsets[:, i] == 0) & (spent + limit[i] * price[i] > budget))
        if more.size == 0 or limit[i] <= 0:
            continue
        part = (budget - spent[more]) / price[i]
        chance = chances[more] + log_logistic((gain[i] - part) / noise) - untouched[i]
        k = int(np.argmin(chance))
        if chance[k] < least:
            least, pain = float(chance[k]), subsets[more[k]] * limit
            pain[i] = part[k]
    return pain


def cost_to_break(
    gain: NDArray[np.float64],
    limit: NDArray[np.float64],
    income: NDArray[np.float64],
    wedge_cost_ratio: float,
) -> NDArray[np.float64]:
    """Return what it costs to make each member indifferent, bn a year; inf where it cannot be done.

    A member that does not gain anyway costs nothing.
    """
    cost = wedge_cost_ratio * income * np.maximum(gain, 0.0) / 100.0
    return np.where(gain <= limit, cost, np.where(gain <= 0, 0.0, np.inf))
