"""Decay with distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def share_arriving(distance: NDArray[np.float64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 2^(-distance/reach): half is lost with every further reach travelled.

    Parameters
    ----------
    distance : ndarray
        Distances in km, any shape.
    reach : ndarray
        Distance in km after which half is left; broadcast against `distance`.

    Returns
    -------
    ndarray
        Shares in (0, 1], in the broadcast shape.

    References
    ----------
    Boulding, K. E. (1962). Conflict and Defense: the loss-of-strength gradient.
    """
    shares: NDArray[np.float64] = np.exp2(-distance / reach)
    return shares
