"""Burden of war: who pledges help also fights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
from foedus.kernels.sums import quotients, row_sums, weighted_columns
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="burden",
    claim="Each ally fights in proportion to what it sends; pledges entrap, shared burdens relieve.",
    equation=r"war_i = \frac{\varphi}{Y_i}\sum_j \frac{help_{i\to j}}{P_j(S)}\,Y_j(1+reck_j)\sum_a \ell_{ja}",
    sources=("Snyder 1984 (entrapment)", "Cha 2010 (reckless allies)", "Beckley 2015 (entanglement is rare)"),
    off={"fighting_cost": 0.0},
    component="burden",
    order=2,
    label="fighting for others",
    signed=("less fighting for others", "fighting for others"),
    short="fight",
    ink="brown--",
    weight=("loss_at_stake", "fighting_cost"),
)


@compiled
def _fighting(
    gdp: NDArray[np.float64],
    help_given: NDArray[np.float64],
    strength: NDArray[np.float64],
    loss: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    fighting_cost: float,
) -> NDArray[np.float64]:
    fought = gdp * (1.0 + recklessness) * row_sums(loss)
    burden: NDArray[np.float64] = fighting_cost / gdp * weighted_columns(help_given, quotients(fought, strength))
    return burden


def fighting_alone(
    gdp: NDArray[np.float64],
    unpledged_help: NDArray[np.float64],
    strength_alone: NDArray[np.float64],
    loss_alone: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    fighting_cost: float,
) -> NDArray[np.float64]:
    """Return the cost of fighting for others without any treaty, % of GDP a year, shape (N,)."""
    return _fighting(gdp, unpledged_help, strength_alone, loss_alone, recklessness, fighting_cost)


def fighting_allied(
    gdp: NDArray[np.float64],
    unpledged_help: NDArray[np.float64],
    pledged_help: NDArray[np.float64],
    strength_allied: NDArray[np.float64],
    loss_allied: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    fighting_cost: float,
) -> NDArray[np.float64]:
    """Return the same under the treaties of the architecture, % of GDP a year, shape (N,)."""
    given = unpledged_help + pledged_help
    return _fighting(gdp, given, strength_allied, loss_allied, recklessness, fighting_cost)


def burden(fighting_alone: NDArray[np.float64], fighting_allied: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the fighting that the architecture spares (or, negative, brings), % of GDP, shape (N,)."""
    return fighting_alone - fighting_allied
