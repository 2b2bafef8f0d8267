"""The losses of a security game as mixtures of exponentials in the help that comes.

What an attacked player loses, and how much is fought for it, falls with the help W in such a way (completely
monotone) that it is a weighted mean of e^(-t W) over rates t. The weights belong to who is attacked, by whom and
who suffers with him: to the world, whatever treaties there are.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, fused

LANES = 4
"""Rates come in such bunches; the rate one bunch further is the threefold."""

_STEP = math.log(3.0) / LANES  # between logarithms of rates: sums for integrals then miss by some 1e-12
_NEGLIGIBLE = 1e-10  # share of what is lost that slower rates than those listed may stand for
_SMOOTH = (
    0.1  # rate times strength below which e^(-t strength) is a short polynomial, which the first rates stand in for
)
_ENDS = 6  # how many of them do
_DECAYED = 26.0  # e^-26: share of faster ones
_NOTHING = 1e-15  # share of the strongest attack that is no strength


class Exponentials(NamedTuple):
    """Losses of every defended player as sums over K rates t of weight times e^(-t W), W being the help it gets.

    Attributes
    ----------
    rates : ndarray of int, shape (N,)
        How many rates the sums of each take, a multiple of four; 0 for those who lose nothing.
    slowest : ndarray, shape (N, 4)
        The first four rates of each, in inverse units of help; each next four are the threefold of those before.
    heard : ndarray, shape (N, N, K)
        Weights of what everybody (second axis) in a coalition with the first loses with it, bn.
    borne : ndarray, shape (N, K)
        Weights of what the first itself and those who fight for it by treaty lose, bn, as a gain (negative).
    chances, weights : ndarray, shape (M + 1, M)
        Row m: nodes and weights of the Gauss-Legendre rule with m nodes on the span from 0 to 1.

    References
    ----------
    Bernstein, S. (1929). Sur les fonctions absolument monotones. Acta Mathematica 52: 1-66.
    """

    rates: NDArray[np.int64]
    slowest: NDArray[np.float64]
    heard: NDArray[np.float64]
    borne: NDArray[np.float64]
    chances: NDArray[np.float64]
    weights: NDArray[np.float64]


def exponentials_of(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    most_help: NDArray[np.float64],
    unpledged: NDArray[np.float64],
    spillover: NDArray[np.float64],
    income: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    elasticity: float,
    fighting_cost: float,
) -> Exponentials:
    """Return the losses of a world as mixtures of exponentials.

    Parameters
    ----------
    stake, attack : ndarray, shape (N, A)
        Loss if the adversary surely prevails, % of income a year; force it brings to bear.
    unaided : ndarray, shape (N,)
        Strength of each with the help that comes without any treaty, capability index.
    most_help : ndarray, shape (N,)
        The most that treaties can add to it. More than that costs accuracy.
    unpledged : ndarray, shape (N, N)
        Help i gets from j in any case.
    spillover : ndarray, shape (A, N, N)
        Share of the loss of j to adversary a that i feels as its own.
    income, recklessness : ndarray, shape (N,)
        Incomes by which losses in per cent are weighed, bn; extra fighting that defending a player brings.
    elasticity, fighting_cost : float
        Deterrence elasticity; cost of fighting per unit of what is at stake.
    """
    unaided = np.maximum(unaided, _NOTHING * attack.max(axis=1, initial=0.0))
    ends = np.array([_ends(2.0 + elasticity), _ends(3.0 + elasticity)])
    rates, slowest = spans(stake, attack, unaided, most_help, elasticity)
    heard, borne = mixtures(
        rates,
        slowest,
        ends,
        stake,
        attack,
        unaided,
        unpledged,
        spillover,
        income,
        recklessness,
        elasticity,
        fighting_cost,
    )
    chances, weights = _rules(nodes_for(unaided.size))
    first = slowest[:, None] * np.exp(_STEP * np.arange(LANES))
    return Exponentials(rates, first, heard, borne, chances, weights)


@cache
def _rules(most: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return nodes and weights of the Gauss-Legendre rules with up to so many nodes, for the span from 0 to 1."""
    chances, weights = np.zeros((most + 1, most)), np.zeros((most + 1, most))
    for m in range(1, most + 1):
        at, weight = np.polynomial.legendre.leggauss(m)
        chances[m, :m], weights[m, :m] = (1.0 + at) / 2.0, weight / 2.0
    return chances, weights


@lru_cache(maxsize=32)
def _ends(power: float) -> NDArray[np.float64]:
    """Return the weights of the first rates with which they stand in for all slower ones, shape (_ENDS,).

    A sum over slower rates of t^s is a geometric series; the weights give the right sum for s = power, power + 1 and so on.
    """
    ratio = np.exp(_STEP * (power + np.arange(_ENDS)))
    found: NDArray[np.float64] = 1.0 + np.linalg.solve(ratio[:, None] ** np.arange(_ENDS), 1.0 / (ratio - 1.0))
    return found


@compiled
def nodes_for(helpers: int) -> int:
    """Return how many chances of presence the sums over some helpers take.

    Half as many as there are helpers would give the integrals of their products exactly. The steepest, (1 - p)^helpers,
    falls within 1 / helpers, and nodes are denser towards the ends by their square: 2.4 times the root leaves 1e-9 of it.
    """
    return min(helpers // 2 + 2, math.ceil(2.4 * math.sqrt(helpers + 1)))


@compiled
def spans(
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    most_help: NDArray[np.float64],
    elasticity: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return how many rates each defended player needs, and the slowest; parameters as of :func:`exponentials_of`.

    Weights rise with t^(1 + elasticity) from the left, what help changes by one power of t more, and they fall with
    e^(-unaided t) to the right.
    """
    n, power = unaided.size, 1.0 + elasticity
    rates, slowest = np.zeros(n, dtype=np.int64), np.ones(n)
    for j in range(n):
        strongest = 0.0
        for a in range(stake.shape[1]):
            if stake[j, a] > 0.0:
                strongest = max(strongest, attack[j, a])
        if strongest == 0.0 or most_help[j] <= 0.0:
            continue
        total = strongest + unaided[j]
        lost = _NEGLIGIBLE ** (1.0 / power) / total
        changed = (_NEGLIGIBLE * total / most_help[j]) ** (1.0 / (power + 1.0)) / total
        slowest[j] = max(lost, changed, _SMOOTH / (total + most_help[j]))
        needed = math.ceil(math.log(_DECAYED / unaided[j] / slowest[j]) / _STEP) + 1
        rates[j] = LANES * ((needed + LANES - 1) // LANES)
    return rates, slowest


@fused
def mixtures(
    rates: NDArray[np.int64],
    slowest: NDArray[np.float64],
    ends: NDArray[np.float64],
    stake: NDArray[np.float64],
    attack: NDArray[np.float64],
    unaided: NDArray[np.float64],
    unpledged: NDArray[np.float64],
    spillover: NDArray[np.float64],
    income: NDArray[np.float64],
    recklessness: NDArray[np.float64],
    elasticity: float,
    fighting_cost: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ``heard`` and ``borne`` of :class:`Exponentials`; parameters as of :func:`exponentials_of` and :func:`spans`.

    The loss to an attacker with force Q is stake (Q / (Q + P + W))^a = stake Q^a / Γ(a) ∫ t^(a - 1) e^(-(Q + P + W) t) dt.
    What is fought per unit of help is loss / (P + W), whose weight is e^(-P t) times the chance P(a, Q t) of a gamma
    variable. Integrals become sums at equal steps of log t, which for such functions miss by e^(-π² / step).
    """
    n, adversaries = stake.shape
    power, width = 1.0 + elasticity, rates.max()
    heard, borne = np.zeros((n, n, width)), np.zeros((n, width))
    own = np.empty(adversaries)
    gamma = math.exp(math.lgamma(power))
    for j in range(n):
        scale = income[j] * (1.0 + recklessness[j])
        for k in range(rates[j]):
            t = slowest[j] * math.exp(_STEP * k)
            lost, fought = 0.0, 0.0
            for a in range(adversaries):
                force = attack[j, a] * t
                density = force**power * math.exp(-force) / gamma if force > 0.0 else 0.0
                own[a] = stake[j, a] * density * math.exp(-unaided[j] * t) * _STEP
                fought += stake[j, a] * gamma_chance(power, force, density / power)
                if k < _ENDS:
                    own[a] *= ends[0, k]
                lost += own[a]
            fought *= scale * t * math.exp(-unaided[j] * t) * _STEP
            if k < _ENDS:
                fought *= ends[1, k]
            borne[j, k] = -income[j] * lost - fighting_cost * (scale * lost - unaided[j] * fought)
            for i in range(n):
                if i != j:
                    felt = 0.0
                    for a in range(adversaries):
                        felt += spillover[a, i, j] * own[a]
                    heard[j, i, k] = income[i] * felt + fighting_cost * unpledged[j, i] * fought
    return heard, borne


@compiled
def gamma_chance(shape: float, x: float, first: float) -> float:
    """Return the chance that a gamma variable of some shape is at most x, the regularised lower gamma function.

    Parameters
    ----------
    shape, x : float
        Shape from 1 to 4; x not negative.
    first : float
        First term of the series, x^shape e^(-x) / Γ(shape + 1).
    """
    if x >= 45.0:
        return 1.0  # all but 1e-15
    term, found, at = first, first, shape
    while term > 1e-17 * found:
        at += 1.0
        term *= x / at
        found += term
    return found
