"""Spatial voting: how likely each position is to carry the day, given who would back it against every other.

The forms are those of the KAPSARC toolkit for behavioural analysis: distances weighted by salience, attitudes to risk
inferred from how well an actor's position already does, votes that weigh small and large differences, and a
probability for each option from all pairwise contests.

References
----------
Wise, B., Lester, L. and Efird, B. (2015). An introduction to the KAPSARC Toolkit for Behavioral Analysis (KTAB) using
one-dimensional spatial models. KAPSARC.
Efird, B., Lester, L. and Wise, B. (2016). Analyzing coalitions in China's policy formulation. Journal of East Asian
Studies 16(1): 117-145.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Contest(StrEnum):
    """How pairwise contests become a probability for each option."""

    CONDITIONAL = "conditional"
    UNIFORM = "markov uniform"
    INCENTIVE = "markov incentive"


def values(position: Floats, salience: Floats) -> Floats:
    r"""Return what every position is worth to every actor, before any attitude to risk.

    Parameters
    ----------
    position : ndarray, shape (N, D)
        Ideal positions on D dimensions, 0..1.
    salience : ndarray, shape (N, D)
        Weight of each dimension for each actor; any unit, since only shares count.

    Returns
    -------
    ndarray, shape (N, N)
        Row actor, column position: :math:`1 - \sqrt{\sum ((x_i - x_j) s_i)^2 / \sum s_i^2}`.

    Examples
    --------
    >>> import numpy as np
    >>> values(np.array([[0.0], [0.25], [1.0]]), np.ones((3, 1))).tolist()
    [[1.0, 0.75, 0.0], [0.75, 1.0, 0.25], [0.0, 0.25, 1.0]]
    """
    gap = (position[:, None, :] - position[None, :, :]) * salience[:, None, :]
    away = np.sqrt((gap**2).sum(axis=2) / (salience**2).sum(axis=1)[:, None])
    worth: Floats = 1.0 - away
    return worth


def with_risk(worth: Floats, risk: Floats) -> Floats:
    """Return utilities once a taste for risk bends values: ``(1 - d) (1 + d R)``, shape (N, N).

    Parameters
    ----------
    worth : ndarray, shape (N, N)
    risk : ndarray, shape (N,) or scalar array
        -1 averse, 0 neutral, 1 fond of risk, of the actor of each row.

    Examples
    --------
    Half a unit away, whoever is fond of risk bends 0.5 to 0.75, whoever is averse to 0.25.

    >>> import numpy as np
    >>> with_risk(np.full((2, 2), 0.5), np.array([1.0, -1.0])).tolist()
    [[0.75, 0.75], [0.25, 0.25]]
    """
    away = 1.0 - worth
    bent: Floats = worth * (1.0 + away * np.reshape(risk, (-1, 1)))
    return bent


def risk_attitudes(chance: Floats) -> Floats:
    """Return attitudes to risk, -1/2 to 1: whose position does best dares most; shape (N,).

    Examples
    --------
    >>> import numpy as np
    >>> risk_attitudes(np.array([0.6, 0.3, 0.2])).round(3).tolist()
    [1.0, -0.125, -0.5]
    """
    top, low = float(chance.max()), float(chance.min())
    if top == low:
        return np.zeros_like(chance)
    risk: Floats = (3.0 * chance - (top + 2.0 * low)) / (2.0 * (top - low))
    return risk


def coalitions(utility: Floats, capability: Floats) -> Floats:
    """Return the strength behind each option against each other, shape (K, K).

    Parameters
    ----------
    utility : ndarray, shape (N, K)
        Worth of K options to N actors.
    capability : ndarray, shape (N,)
        Influence. A vote is half linear, half cubic in the difference.

    Examples
    --------
    One actor to whom the first option is worth 1 and the second nothing.

    >>> import numpy as np
    >>> coalitions(np.array([[1.0, 0.0]]), np.array([2.0])).tolist()
    [[0.0, 2.0], [0.0, 0.0]]
    """
    apart = utility[:, :, None] - utility[:, None, :]
    votes = capability[:, None, None] * 0.5 * (apart + apart**3)
    strength: Floats = np.maximum(votes, 0.0).sum(axis=0)
    return strength


def victory(strength: Floats, power: int = 1) -> Floats:
    """Return the chance that each option beats each other, shape (K, K); one half where nobody cares.

    Parameters
    ----------
    strength : ndarray, shape (K, K)
    power : int
        1, 2, 4 or 8: how surely the stronger side wins.

    Examples
    --------
    >>> import numpy as np
    >>> victory(np.array([[0.0, 3.0], [1.0, 0.0]])).tolist()
    [[0.5, 0.75], [0.25, 0.5]]
    """
    top = float(strength.max())
    raised = (strength / top if top > 0 else strength) ** power
    total = raised + raised.T
    return np.divide(raised, total, out=np.full_like(raised, 0.5), where=total > 0)


def outcome(strength: Floats, power: int = 1, contest: Contest = Contest.CONDITIONAL) -> Floats:
    """Return the probability that each option is what is decided, shape (K,), summing to 1.

    Parameters
    ----------
    strength : ndarray, shape (K, K)
        As :func:`coalitions` returns it.
    power : int
    contest : Contest
        Beats all others, given that one does; or the long run of challenges that come at random, or in proportion to
        the support for them.

    Examples
    --------
    >>> import numpy as np
    >>> outcome(np.array([[0.0, 3.0], [1.0, 0.0]])).round(6).tolist()
    [0.75, 0.25]
    """
    wins = victory(strength, power)
    if contest is Contest.CONDITIONAL:
        log = np.log(np.maximum(wins, 1e-300)).sum(axis=1)
        chance = np.exp(log - log.max())
        return np.asarray(chance / chance.sum())
    return _long_run(wins, _challenges(wins, strength, contest))


def _challenges(wins: Floats, strength: Floats, contest: Contest) -> Floats:
    """Return how likely each option is to challenge each favourite, shape (K, K): challenger, favourite."""
    if contest is Contest.UNIFORM:
        return np.full_like(wins, 1.0 / len(wins))
    support = strength * wins + 1e-10 * np.eye(len(wins))
    return np.asarray(support / support.sum(axis=0))


def _long_run(wins: Floats, challenge: Floats) -> Floats:
    """Return where a favourite that is challenged again and again ends, from an even start, shape (K,)."""
    step = wins * challenge + np.diag((wins * challenge.T).sum(axis=1))
    lazy = (step + np.eye(len(wins))) / 2.0
    chance = np.linalg.matrix_power(lazy, 1 << 16) @ np.full(len(wins), 1.0 / len(wins))
    return np.asarray(chance / chance.sum())


def attitudes(worth: Floats, capability: Floats, power: int = 1, contest: Contest = Contest.INCENTIVE) -> Floats:
    """Return attitudes to risk inferred from how the actors' own positions would fare among the risk-neutral, (N,).

    Examples
    --------
    The actor whose position is backed by most dares most.

    >>> import numpy as np
    >>> worth = values(np.array([[0.0], [0.1], [1.0]]), np.ones((3, 1)))
    >>> int(attitudes(worth, np.array([1.0, 3.0, 1.0])).argmax())
    1
    """
    return risk_attitudes(outcome(coalitions(worth, capability), power, contest))
