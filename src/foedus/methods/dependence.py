"""Dependence: effects and shares of the variance of numbers that a calibration draws together.

Numbers are moved on the normal scale of the copula. Given some of them the others stay normal, with a mean that shifts
by their correlations; so a draw in which some numbers are those of another draw is the draw itself, shifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.draws.sampling import Varied, correlations
from foedus.methods.sensitivity import Floats
from foedus.vocabulary.libraries import need

_SPECIAL = need("scipy.special", "sensitivity", "sensitivity by morris or sobol")
_QMC = need("scipy.stats.qmc", "sensitivity", "sensitivity by morris or sobol")
_EDGE = 1e-12


@dataclass(frozen=True)
class Joint:
    """The law of some numbers of which some are drawn together.

    Attributes
    ----------
    varied : sequence of Varied
        d numbers.
    table : ndarray, shape (d, d)
        Correlations on the normal scale; 0 for whatever is drawn by itself.
    """

    varied: Sequence[Varied]
    table: Floats

    def normals(self, shares: Floats) -> Floats:
        """Return independent shares of the draws, shape (n, d), as joint draws on the normal scale."""
        return np.asarray(_SPECIAL.ndtri(np.clip(shares, _EDGE, 1 - _EDGE)) @ np.linalg.cholesky(self.table).T)

    def values(self, normals: Floats) -> Floats:
        """Return draws on the normal scale as values of the numbers, shape (n, d)."""
        return np.column_stack([v.quantile(_SPECIAL.ndtr(normals[:, k])) for k, v in enumerate(self.varied)])

    def left_open(self, normals: Floats, k: int) -> tuple[Floats, float]:
        """Return mean, shape (n,), and standard deviation of one number given all others of each draw."""
        inverse = np.linalg.inv(self.table)
        weights = -inverse[k] / inverse[k, k]
        weights[k] = 0.0
        return normals @ weights, float(inverse[k, k] ** -0.5)


def joint(varied: Sequence[Varied]) -> Joint | None:
    """Return the law of numbers of which some are drawn together, None if each is drawn by itself."""
    known = correlations(varied)
    if known is None:
        return None
    table = np.eye(len(varied))
    table[np.ix_(known[0], known[0])] = known[1]
    return Joint(varied, table)


def radial_design(law: Joint, points: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return where effects of single numbers are measured when the numbers are drawn together.

    Every point is a joint draw. From it each number alone goes half way through what the others leave open of its
    range, up from the lower half and down from the upper one: no draw is played that the calibration thinks unlikely.

    Parameters
    ----------
    law : Joint
        Of d numbers.
    points : int
    rng : Generator

    Returns
    -------
    values : ndarray, shape (points * (1 + d), d)
        Point by point: the point, then its d moves.
    steps : ndarray, shape (points, d)
        Shares of what is left open that are crossed, 0.5 or -0.5.

    References
    ----------
    Campolongo, Saltelli & Cariboni 2011, Computer Physics Communications 182(4), for radial designs. Ge & Menendez 2017,
    Reliability Engineering & System Safety 162, for elementary effects given the other numbers.
    """
    d = len(law.varied)
    start = law.normals(_QMC.LatinHypercube(d, seed=rng).random(points))
    moved = np.repeat(start[:, None, :], d + 1, axis=1)
    steps = np.empty((points, d))
    for k in range(d):
        mean, spread = law.left_open(start, k)
        share = _SPECIAL.ndtr((start[:, k] - mean) / spread)
        steps[:, k] = np.where(share < 0.5, 0.5, -0.5)
        there = np.clip(share + steps[:, k], _EDGE, 1 - _EDGE)
        moved[:, k + 1, k] = mean + spread * _SPECIAL.ndtri(there)
    return law.values(moved.reshape(-1, d)), steps


def pick_freeze_design(law: Joint, shares: Floats) -> Floats:
    """Return where shares of the variance are measured when the numbers are drawn together.

    Parameters
    ----------
    law : Joint
        Of d numbers.
    shares : ndarray, shape (n, 2 d)
        Independent; the first d make a draw, the others a second one.

    Returns
    -------
    ndarray, shape ((1 + 2 d) n, d)
        The first draws; d times the second ones given one number of the first; d times the first ones with one number
        drawn anew given all others.

    References
    ----------
    Kucherenko, Tarantola & Annoni 2012, Computer Physics Communications 183(4).
    """
    d = len(law.varied)
    one, other = law.normals(shares[:, :d]), law.normals(shares[:, d:])
    known = [other + np.outer(one[:, k] - other[:, k], law.table[k]) for k in range(d)]
    anew = []
    for k in range(d):
        rest = one.copy()
        rest[:, k] = other[:, k] + law.left_open(one - other, k)[0]
        anew.append(rest)
    return np.vstack([law.values(z) for z in (one, *known, *anew)])


def joint_shares(table: Floats) -> Floats:
    """Return first-order and total shares of the variance, shape (2, d).

    Parameters
    ----------
    table : ndarray, shape (1 + 2 d, n)
        Answers of the design of :func:`pick_freeze_design`.

    Returns
    -------
    ndarray, shape (2, d)
        Share that goes if a number becomes known, with what it tells about the others; share that stays if all others
        are known. NaN where the answers never change.

    References
    ----------
    Janon et al. 2014, ESAIM: Probability and Statistics 18, for first shares. Jansen 1999, Computer Physics
    Communications 117(1-2), for totals.
    """
    d = len(table) // 2
    centred = table - table.mean()
    one, known, anew = centred[0], centred[1 : d + 1], centred[d + 1 :]

    def spread(pair: Floats) -> tuple[Floats, Floats]:
        middle = (one + pair).mean(axis=1) / 2
        return middle, (one**2 + pair**2).mean(axis=1) / 2 - middle**2

    (middle, first_spread), (_, total_spread) = spread(known), spread(anew)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = ((one * known).mean(axis=1) - middle**2) / first_spread
        total = ((one - anew) ** 2).mean(axis=1) / 2 / total_spread
    return np.vstack([first, total])
