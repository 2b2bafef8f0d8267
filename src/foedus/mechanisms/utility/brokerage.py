"""Brokerage: councils and hubs can defuse quarrels among those they bind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.groups import deepest_common, sums_over_groups
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="brokerage",
    claim="A council brokers between its members as far as it is ready to act, the hub between its allies.",
    equation=r"1-\beta_{ij} = (1-b_C R_m)^{1[\text{common council}]}\,(1-b_H)^{1[\text{both allied to } h]}",
    sources=("Kydd 2003 (biased brokers)", "Long, Nordstrom & Baek 2007", "Bearce, Flanagan & Floros 2006"),
    off={"council_brokerage": 0.0, "hub_brokerage": 0.0},
)


def brokerage(
    member: NDArray[np.bool_],
    treaty: NDArray[np.bool_],
    multilateral: NDArray[np.bool_],
    consensus: NDArray[np.bool_],
    readiness: NDArray[np.float64],
    hub: int,
    council_brokerage: float,
    hub_brokerage: float,
) -> NDArray[np.float64]:
    """Return the chance that a quarrel of two states is defused, shape (N, N).

    Forums and de facto commitments never broker and make nobody an ally of the hub. With several common
    councils the readiest one acts.
    """
    ready = deepest_common(member, (multilateral & consensus) * readiness)
    with_hub: NDArray[np.float64] = np.multiply(treaty & member[:, hub], 1.0)
    allied = np.minimum(sums_over_groups(member, with_hub), 1.0)
    both = allied * allied[:, None]
    left: NDArray[np.float64] = (1.0 - council_brokerage * ready) * (1.0 - hub_brokerage * both)
    return 1.0 - left
