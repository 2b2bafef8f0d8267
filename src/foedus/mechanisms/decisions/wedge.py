"""Wedge: an adversary breaks consent where it is cheapest to break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import log_logistic
from foedus.kernels.unanimity import chance_of_all, log_chances_by_mood, log_mean_over_moods
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
_IN_MOODS = 12  # members whose vertices are so where each is looked at in every mood


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

    The logarithm of that chance is concave in pain, whether members err each on their own (a sum of logarithms of logistic
    curves) or in a common mood (:func:`foedus.kernels.unanimity.log_chance_of_all` says why). So the best pressure is a
    vertex of the budget set, all targets saturated but at most one, and the vertices are enumerated. Beyond sixteen
    members, twelve in a common mood, the vertices are too many: those whose consent falls most for the money are pressed
    first, as many at a time, with what is left.

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
        Part of the variance of errors that members share, 0 to below 1. The adversary knows it, and no mood before it
        falls.
    """
    price = wedge_cost_ratio * income / 100.0
    everybody = _Targets(gain, limit, price, decision_noise * depth, common)
    pain = np.zeros(gain.size)
    left = budget
    for at in _groups(everybody):
        others = np.delete(everybody.log_chances(pain), at, axis=-1).sum(axis=-1)
        pain[at] = _best_vertex(everybody.some(at), left, others - others.max())
        left -= float(pain[at] @ price[at])
    chance = float(chance_of_all((gain - pain) / everybody.noise, common))
    return Pressure(pain, chance, float(pain @ price))


@dataclass(frozen=True)
class _Targets:
    """Members who can be pressed: gains, limits and prices of pain, shape (n,), and how they err, alone and together."""

    gain: NDArray[np.float64]
    limit: NDArray[np.float64]
    price: NDArray[np.float64]
    noise: float
    common: float

    def some(self, at: NDArray[np.intp]) -> _Targets:
        """Return some of them."""
        return replace(self, gain=self.gain[at], limit=self.limit[at], price=self.price[at])

    def log_chances(self, pain: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the logarithm of the chance of each to agree under some pain, by mood, shape (Z, n)."""
        return log_chances_by_mood((self.gain - pain) / self.noise, self.common)

    def log_chances_of_one(self, i: int, pain: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the same of one under several pains, shape (pains, Z)."""
        return log_chances_by_mood(((self.gain[i] - pain) / self.noise)[:, None], self.common)[..., 0]


def _groups(targets: _Targets) -> Iterator[NDArray[np.intp]]:
    """Yield the members in groups that can be enumerated, those first whose consent falls most for the money."""
    most = _IN_MOODS if targets.common > 0.0 else _ENUMERATED
    if targets.gain.size <= most:
        yield np.arange(targets.gain.size)
        return
    free, pressed = targets.gain / targets.noise, (targets.gain - targets.limit) / targets.noise
    fall = log_logistic(free) - log_logistic(pressed)
    order = np.argsort(-fall / np.maximum(targets.limit * targets.price, 1e-300), kind="stable")
    for k in range(0, targets.gain.size, most):
        yield order[k : k + most]


@lru_cache(maxsize=_ENUMERATED + 1)
def _subsets(n: int) -> NDArray[np.float64]:
    """Return all subsets of n members, one a row, as numbers that weights are multiplied with; not to be changed."""
    found = ((np.arange(1 << n)[:, None] >> np.arange(n)) & 1).astype(np.float64)
    found.flags.writeable = False
    return found


def _best_vertex(targets: _Targets, budget: float, others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the pain on each member at the best vertex of the budget set; `others` is what is added for the rest, by mood."""
    limit, price, common = targets.limit, targets.price, targets.common
    n = limit.size
    untouched = targets.log_chances(np.zeros(n))
    saturated = targets.log_chances(limit) - untouched
    subsets = _subsets(n)
    spent = subsets @ (limit * price)
    affordable = spent <= budget + 1e-12
    subsets, spent = subsets[affordable], spent[affordable]
    moods = [u.sum() + subsets @ s for u, s in zip(untouched, saturated, strict=True)]
    by_mood = np.stack(moods, axis=-1) + others
    chances = log_mean_over_moods(by_mood, common)
    best = int(np.argmin(chances))
    least = float(chances[best])
    pain: NDArray[np.float64] = subsets[best] * limit
    for i in range(n):
        # the rest of the budget goes to one more target, as far as it can be hurt
        more = np.flatnonzero((subsets[:, i] == 0) & (spent + limit[i] * price[i] > budget))
        if more.size == 0 or limit[i] <= 0:
            continue
        part = (budget - spent[more]) / price[i]
        partly = by_mood[more] + targets.log_chances_of_one(i, part) - untouched[:, i]
        chance = log_mean_over_moods(partly, common)
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
