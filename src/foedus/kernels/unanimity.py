"""The chance that all agree: each for itself, or with a part of the error that is common to all who are asked."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.choice import log_logistic

NODES = 41
"""Nodes of the Gauss-Hermite rule; 21 err by 3e-5 at a common share of .45."""

_KAPPA = math.pi / math.sqrt(3.0)  # standard deviation of the logistic distribution


@cache
def _rule() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return nodes and weights for a mean over the standard normal distribution."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()


def in_mood(x: NDArray[np.float64], mood: NDArray[np.float64], common: float) -> NDArray[np.float64]:
    """Return the log-odds that a mood leaves: (x + κ√ρ z)/√(1-ρ), κ = π/√3.

    Parameters
    ----------
    x : ndarray
        Log-odds of somebody who is asked in no particular mood.
    mood : ndarray
        z, standard normal; broadcast against `x`.
    common : float
        ρ, the part of the variance of errors that is common to all, 0 to below 1.
    """
    left: NDArray[np.float64] = (x + _KAPPA * math.sqrt(common) * mood) / math.sqrt(1.0 - common)
    return left


def log_chances_by_mood(x: NDArray[np.float64], common: float) -> NDArray[np.float64]:
    """Return the logarithms of everybody's chance to agree in each mood, in which all decide on their own.

    Parameters
    ----------
    x : ndarray, shape (..., n)
        Log-odds of each.
    common : float
        As in :func:`in_mood`; 0 for a single mood, in which nothing is common.

    Returns
    -------
    ndarray, shape (..., Z, n)
    """
    if common <= 0.0:
        return log_logistic(np.asarray(x)[..., None, :])
    nodes, _ = _rule()
    return log_logistic(in_mood(np.asarray(x)[..., None, :], nodes[:, None], common))


def log_mean_over_moods(logs: NDArray[np.float64], common: float) -> NDArray[np.float64]:
    """Return the logarithm of the mean, over moods, of chances of which the logarithms are given, shape (..., Z).

    Returns
    -------
    ndarray, shape (...)
    """
    if common <= 0.0:
        return logs[..., 0]
    _, weights = _rule()
    weighed = logs + np.log(weights)
    top = weighed.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        mean: NDArray[np.float64] = top[..., 0] + np.log(np.exp(weighed - top).sum(axis=-1))
    return mean


def log_chance_of_all(x: NDArray[np.float64], common: float = 0.0) -> NDArray[np.float64]:
    """Return the logarithm of the chance that all of some independent or like-minded deciders agree.

    Parameters
    ----------
    x : ndarray, shape (..., n)
        Log-odds of each; infinite for who is not asked.
    common : float
        Part of the variance of errors that is common to all, 0 to below 1; 0 for the product of their chances.

    Returns
    -------
    ndarray, shape (...)

    Notes
    -----
    ln E_z ∏_j σ((x_j + κ√ρ z)/√(1-ρ)), κ = π/√3, z standard normal, by Gauss-Hermite. It is concave in x: the product is
    log-concave in x and z together, and so is its mean over z (Prékopa 1973).

    References
    ----------
    Prékopa, A. (1973). On logarithmic concave measures and functions. Acta Scientiarum Mathematicarum 34: 335-343.
    Vasicek, O. (2002). The distribution of loan portfolio value. Risk 15(12), for the one-factor form.

    Examples
    --------
    >>> round(float(log_chance_of_all(np.zeros(2)) / np.log(0.5)), 6)
    2.0
    """
    return log_mean_over_moods(log_chances_by_mood(x, common).sum(axis=-1), common)


def chance_of_all(x: NDArray[np.float64], common: float = 0.0) -> NDArray[np.float64]:
    """Return the chance that all of some deciders agree, as :func:`log_chance_of_all` has it, shape (...).

    Examples
    --------
    >>> round(float(chance_of_all(np.zeros(2))), 6)
    0.25
    >>> bool(chance_of_all(np.zeros(2), common=0.45) > 0.25)  # a common mood lets all agree more often
    True
    """
    chance: NDArray[np.float64] = np.exp(log_chance_of_all(x, common))
    return chance
