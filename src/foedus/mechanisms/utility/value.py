"""Value: what every coalition of signatories is worth, and what each signatory adds on average."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.bound import SecurityGame
from foedus.kernels.coalitions import Played, exact_shares, nothing_played
from foedus.kernels.orderings import random_orderings, sampled_shares
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="value",
    claim="What a treaty is worth to a state in bargaining is what the state adds to the coalitions it could join.",
    equation=r"net_i(S) = (\ell^{tot}_i + war_i)(\varnothing) - (\ell^{tot}_i + war_i)(S),\quad "
    r"v(S) = \sum_{i\in S} Y_i\, net_i(S)/100,\quad M = Shapley(v)",
    sources=("Myerson 1977", "Jackson & Wolinsky 1996", "Owen 1977"),
    off={"issue_linkage": 0.0},
)

EXACT_LIMIT = 20
"""States in one body up to which every coalition is worked out; who has more helpers is valued by sampled orderings."""

_ORDERINGS = 2048  # sampled beyond the limit, each used forwards and backwards


class Shares(NamedTuple):
    """How the worth of the grand coalition is shared out.

    Attributes
    ----------
    grand : float
        Worth of all states together, bn a year.
    myerson, owen : ndarray, shape (N,)
        Values with everybody alone, and with the bloc as one player; bn a year.
    error : float
        Largest standard error of a value, bn a year; 0 where the values are exact.
    """

    grand: float
    myerson: NDArray[np.float64]
    owen: NDArray[np.float64]
    error: float


def orderings(gdp: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return random orderings of the states, none if every value is exact, shape (R, N).

    They are the same for every architecture, so that differences carry little noise.
    """
    return random_orderings(gdp.size, _ORDERINGS if gdp.size > EXACT_LIMIT else 0)


def played(gdp: NDArray[np.float64]) -> Played:
    """Return an empty memory of the games of defended states: a change of one treaty leaves the others as they were."""
    return nothing_played(gdp.size)


def net_gain(security: NDArray[np.float64], burden: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the architecture spares each state, before transfers, % of GDP a year, shape (N,)."""
    return security + burden


def shares(
    stake: NDArray[np.float64],
    hostile_force: NDArray[np.float64],
    strength_alone: NDArray[np.float64],
    pledged_help: NDArray[np.float64],
    unpledged_help: NDArray[np.float64],
    spillover: NDArray[np.float64],
    gdp: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    net_gain: NDArray[np.float64],
    bloc: NDArray[np.bool_],
    orderings: NDArray[np.int64],
    played: Played,
    deterrence_elasticity: float,
    fighting_cost: float,
) -> Shares:
    """Return the Myerson and Owen values of the security game, bn a year.

    Treaties operate among the members of a coalition only; help without treaty always operates. The game is the sum of
    one game per defended state, so only coalitions of its helpers have to be looked at.
    """
    game = SecurityGame(
        stake,
        hostile_force,
        strength_alone,
        pledged_help,
        unpledged_help,
        spillover,
        gdp,
        recklessness,
        bloc,
        deterrence_elasticity,
        fighting_cost,
    )
    values = exact_shares(game, EXACT_LIMIT - 1, played)
    error = 0.0
    if orderings.shape[0] > 0:
        sampled, spread = sampled_shares(game, EXACT_LIMIT - 1, orderings)
        values += sampled
        error = spread.max() / 100.0
    values /= 100.0
    return Shares((gdp * net_gain).sum() / 100.0, values[0], values[1], error)


def myerson(shares: Shares) -> NDArray[np.float64]:
    """Return the value of each state when everybody bargains alone, bn a year, shape (N,)."""
    return shares.myerson


def owen(shares: Shares) -> NDArray[np.float64]:
    """Return the value of each state when the bloc bargains as one, bn a year, shape (N,)."""
    return shares.owen
