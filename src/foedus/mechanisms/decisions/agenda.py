"""Agenda: somebody proposes, weighing what each option would bring and whether it would pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import softmax
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="agenda",
    claim="The hub proposes more often than anybody else; proposers choose by expected utility, with errors.",
    equation=r"\Pr(g\mid i) \propto \exp\{[acc(g)\,U_i(g) + (1-acc(g))\,U_i(g_f)]/s\}",
    sources=("Baron & Ferejohn 1989 (random recognition)", "McKelvey & Palfrey 1995"),
)


def proposers(gdp: NDArray[np.float64], hub: int, hub_agenda_power: float) -> NDArray[np.float64]:
    """Return each state's chance to make the proposal, shape (N,)."""
    others = gdp.copy()
    others[hub] = 0.0
    chance: NDArray[np.float64] = (1.0 - hub_agenda_power) * others / others.sum()
    chance[hub] = hub_agenda_power
    return chance


def proposals(
    utilities: NDArray[np.float64],
    fallback: NDArray[np.float64],
    acceptances: NDArray[np.float64],
    decision_noise: float,
) -> NDArray[np.float64]:
    """Return the chance that each state, if it may propose, proposes each option.

    Parameters
    ----------
    utilities : ndarray, shape (G, N)
        Utility of each option for each state.
    fallback : ndarray, shape (N,)
        Utility if a proposal is refused.
    acceptances : ndarray, shape (G,)
        Chance that the option passes.
    decision_noise : float

    Returns
    -------
    ndarray, shape (N, G)
    """
    expected = acceptances[:, None] * utilities + (1.0 - acceptances)[:, None] * fallback[None, :]
    return softmax(expected.T / decision_noise)
