"""Value: what every coalition of signatories is worth, and what each signatory adds on average."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.defended import exact_shares
from foedus.kernels.exponentials import Exponentials, exponentials_of
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="value",
    claim="What a treaty is worth to a state in bargaining is what the state adds to the coalitions it could join.",
    equation=r"net_i(S) = (\ell^{tot}_i + war_i)(\varnothing) - (\ell^{tot}_i + war_i)(S),\quad "
    r"v(S) = \sum_{i\in S} Y_i\, net_i(S)/100,\quad M = Shapley(v)",
    sources=("Myerson 1977", "Jackson & Wolinsky 1996", "Owen 1977"),
    off={"issue_linkage": 0.0},
)


def fading_losses(
    stake: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_alone: NDArray[np.float64],
    help_at_hand: NDArray[np.float64],
    unpledged_help: NDArray[np.float64],
    spillover: NDArray[np.float64],
    gdp: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    deterrence_elasticity: float,
    fighting_cost: float,
) -> Exponentials:
    """Return what is lost with each defended state as a mixture of exponentials in the help that treaties bring it."""
    return exponentials_of(
        stake,
        hostile_force,
        strength_alone,
        help_at_hand.sum(axis=1),
        unpledged_help,
        spillover,
        gdp,
        recklessness,
        deterrence_elasticity,
        fighting_cost,
    )


def net_gain(spared: NDArray[np.float64], burden: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the architecture spares each state, before answers and transfers, % of GDP a year, shape (N,)."""
    return spared + burden


def joint_worth(gdp: NDArray[np.float64], net_gain: NDArray[np.float64]) -> float:
    """Return what the architecture is worth to all states together, bn a year."""
    worth: float = (gdp * net_gain).sum() / 100.0
    return worth


def shares(
    pledged_help: NDArray[np.float64], bloc: NDArray[np.bool_], fading_losses: Exponentials
) -> NDArray[np.float64]:
    """Return the Myerson (0) and Owen (1) values of the security game, hundredths of bn a year, shape (2, N).

    Treaties operate among the members of a coalition only; help without treaty always operates. The game is the sum of
    one game per defended state.
    """
    return exact_shares(pledged_help, bloc, fading_losses)


def myerson(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value of each state when everybody bargains alone, bn a year, shape (N,)."""
    value: NDArray[np.float64] = shares[0] / 100.0
    return value


def owen(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value of each state when the bloc bargains as one, bn a year, shape (N,)."""
    value: NDArray[np.float64] = shares[1] / 100.0
    return value
