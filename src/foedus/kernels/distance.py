"""Decay with distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_EARTH_RADIUS_KM = 6371.0088


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

    Examples
    --------
    >>> share_arriving(np.array([0.0, 1000.0, 2000.0]), np.array(1000.0)).tolist()
    [1.0, 0.5, 0.25]
    """
    shares: NDArray[np.float64] = np.exp2(-distance / reach)
    return shares


def great_circle_km(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    latitude_to: NDArray[np.float64],
    longitude_to: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the great-circle distance between places given in degrees, km, in the broadcast shape.

    Examples
    --------
    >>> washington, tokyo = (np.array(38.9), np.array(-77.0)), (np.array(35.7), np.array(139.7))
    >>> round(float(great_circle_km(*washington, *tokyo)), -2)
    10900.0
    """
    north, north_to = np.radians(latitude), np.radians(latitude_to)
    east = np.radians(longitude_to - longitude)
    half = np.sin((north_to - north) / 2) ** 2 + np.cos(north) * np.cos(north_to) * np.sin(east / 2) ** 2
    distance: NDArray[np.float64] = 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return distance
