"""Value: what every coalition of signatories is worth, and what each signatory adds on average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.bound import bound_game
from foedus.kernels.coalitions import coalition_shares
from foedus.kernels.orderings import sampled_shares
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
"""States bound by some obligation up to which every coalition is worked out; above, orderings are sampled."""

_ORDERINGS = 2048  # sampled beyond the limit, each used forwards and backwards


@dataclass(frozen=True)
class Shares:
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
    error: float = 0.0


def _orderings(players: int) -> NDArray[np.int64]:
    """Return the same random orderings for every architecture, so that differences carry little noise."""
    rng = np.random.Generator(np.random.Philox(key=players))
    return rng.permuted(np.tile(np.arange(players), (_ORDERINGS, 1)), axis=1)


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
    deterrence_elasticity: float,
    fighting_cost: float,
) -> Shares:
    """Return the Myerson and Owen values of the security game, bn a year.

    Treaties operate among the members of a coalition only; help without treaty always operates. States
    without any obligation are null for the others and enter through averages, so the table spans the
    bound states alone.
    """
    grand = float(gdp @ net_gain) / 100.0
    tied: NDArray[np.bool_] = np.logical_or(pledged_help.any(axis=0), pledged_help.any(axis=1))
    # spokes first and the hub last: in lanes that differ by spokes alone, little has to be worked out again
    by_helpers = np.argsort((pledged_help > 0).sum(axis=1), kind="stable")
    bound, free = by_helpers[tied[by_helpers]], np.flatnonzero(~tied)
    if bound.size == 0:
        return Shares(grand, np.zeros(gdp.size), np.zeros(gdp.size))
    inputs = bound_game(
        bound, free, stake, hostile_force, strength_alone, pledged_help, unpledged_help, spillover, gdp, recklessness
    )
    error = 0.0
    values = np.zeros((2, gdp.size))
    if bound.size <= EXACT_LIMIT:
        found, saved, eased = coalition_shares(
            *inputs, bloc[bound], deterrence_elasticity, fighting_cost, free.size > 0
        )
    else:
        orderings = _orderings(bound.size)
        found, spread, saved, eased = sampled_shares(
            *inputs, bloc[bound], deterrence_elasticity, fighting_cost, orderings
        )
        error = float(spread.max()) / 100.0
    values[:, bound] = found
    if free.size:
        onto_free = spillover[:, free][:, :, bound]
        felt = np.einsum("kja,aij->ki", saved, onto_free)
        values[:, free] = felt * gdp[free] + fighting_cost * (eased @ unpledged_help[np.ix_(bound, free)])
    values /= 100.0
    return Shares(grand, values[0], values[1], error)


def myerson(shares: Shares) -> NDArray[np.float64]:
    """Return the value of each state when everybody bargains alone, bn a year, shape (N,)."""
    return shares.myerson


def owen(shares: Shares) -> NDArray[np.float64]:
    """Return the value of each state when the bloc bargains as one, bn a year, shape (N,)."""
    return shares.owen
