"""Value: what every coalition of signatories is worth, and what each signatory adds on average."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.exponentials import Exponentials, exponentials_of
from foedus.kernels.presence import Played, exact_shares, nothing_played
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="value",
    claim="What a treaty is worth to a state in bargaining is what the state adds to the coalitions it could join.",
    equation=r"net_i(S) = (\ell^{tot}_i + war_i)(\varnothing) - (\ell^{tot}_i + war_i)(S),\quad "
    r"v(S) = \sum_{i\in S} Y_i\, net_i(S)/100,\quad M = Shapley(v)",
    sources=("Myerson 1977", "Jackson & Wolinsky 1996", "Owen 1977"),
    off={"issue_linkage": 0.0},
)


class Shares(NamedTuple):
    """How the worth of the grand coalition is shared out.

    Attributes
    ----------
    grand : float
        Worth of all states together, bn a year.
    myerson, owen : ndarray, shape (N,)
        Values with everybody alone, and with the bloc as one player; bn a year.
    """

    grand: float
    myerson: NDArray[np.float64]
    owen: NDArray[np.float64]


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


def played(gdp: NDArray[np.float64]) -> Played:
    """Return an empty memory of the games of defended states: a change of one treaty leaves the others as they were."""
    return nothing_played(gdp.size)


def net_gain(security: NDArray[np.float64], burden: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the architecture spares each state, before transfers, % of GDP a year, shape (N,)."""
    return security + burden


def shares(
    pledged_help: NDArray[np.float64],
    fading_losses: Exponentials,
    gdp: NDArray[np.float64],
    net_gain: NDArray[np.float64],
    bloc: NDArray[np.bool_],
    played: Played,
) -> Shares:
    """Return the Myerson and Owen values of the security game, bn a year.

    Treaties operate among the members of a coalition only; help without treaty always operates. The game is the sum of
    one game per defended state.
    """
    values = exact_shares(pledged_help, bloc, fading_losses, played)
    values /= 100.0
    return Shares((gdp * net_gain).sum() / 100.0, values[0], values[1])


def myerson(shares: Shares) -> NDArray[np.float64]:
    """Return the value of each state when everybody bargains alone, bn a year, shape (N,)."""
    return shares.myerson


def owen(shares: Shares) -> NDArray[np.float64]:
    """Return the value of each state when the bloc bargains as one, bn a year, shape (N,)."""
    return shares.owen
