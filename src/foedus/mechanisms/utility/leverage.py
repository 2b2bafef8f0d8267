"""Leverage: who adds more than it gains is paid, in money or concessions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="leverage",
    claim="Security is traded for concessions: part of the gap between what a state adds and what it gains moves.",
    equation=r"lev_i = tr\,(100\,\tilde M_i/Y_i - net_i(N)),\qquad \sum_i Y_i\,lev_i = 0",
    sources=("Morrow 1991 (autonomy and security)", "Myerson 1977"),
    off={"issue_linkage": 0.0},
    component="leverage",
    order=3,
    label="bargaining",
    signed=("stronger bargaining", "weaker bargaining"),
    short="barg.",
    ink="amber||",
    weight=("loss_at_stake", "issue_linkage"),
    assumptions=("Concessions can be counted in money; this is used for bargaining only.",),
)


def leverage(
    bargained_value: NDArray[np.float64],
    gdp: NDArray[np.float64],
    net_gain: NDArray[np.float64],
    issue_linkage: float,
) -> NDArray[np.float64]:
    """Return the transfers received, in money or concessions, % of own GDP a year, shape (N,)."""
    return issue_linkage * (100.0 * bargained_value / gdp - net_gain)
