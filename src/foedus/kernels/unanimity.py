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
    ln E_z ∏_j σ((x_j + κ√ρ z)/√(1-ρ)), κ = π/√3, z standard normal, by Gauss-Hermite.

    References
    ----------
    Vasicek, O. (2002). The distribution of loan portfolio value. Risk 15(12), for the one-factor form.

    Examples
    --------
    >>> round(float(log_chance_of_all(np.zeros(2)) / np.log(0.5)), 6)
    2.0
    """
    if common <= 0.0:
        sums: NDArray[np.float64] = log_logistic(x).sum(axis=-1)
        return sums
    nodes, weights = _rule()
    spread = math.sqrt(1.0 - common)
    moved = (np.asarray(x)[..., None, :] + _KAPPA * math.sqrt(common) * nodes[:, None]) / spread
    logs = log_logistic(moved).sum(axis=-1) + np.log(weights)
    top = logs.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        summed: NDArray[np.float64] = top[..., 0] + np.log(np.exp(logs - top).sum(axis=-1))
    return summed


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
