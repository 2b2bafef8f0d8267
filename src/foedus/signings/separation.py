"""Separation: who can reach whom meets, can help and is asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="separation",
    claim="States sign with those who are near for the stronger of the two: he can meet them, help them and be asked.",
    equation=r"e_{ij} = D_{ij}/\max(r_i, r_j),\quad sep_i(S) = \overline{\ln(1+e_{ij})}_{\,j\in S\setminus i},"
    r"\quad r_i = \lambda_0\,1000\,(1+\lambda_1\sqrt{k_i/k_{max}})\ \mathrm{km}",
    sources=("Boulding 1962 (loss-of-strength gradient)", "Siverson & Starr 1991 (opportunity)"),
    off={"separation_cost": 0.0},
    label="separation",
    signed=("nearness", "separation"),
    short="sep.",
    ink="teal",
    weight=("separation_cost",),
)


def apart(distance: NDArray[np.float64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far apart two states are for the one that reaches further, shape (L, L); zero with oneself.

    Parameters
    ----------
    distance : ndarray, shape (L, L)
        km; 0 between neighbours by land.
    reach : ndarray, shape (L,)
        km after which half of a state's force is left.

    Returns
    -------
    ndarray, shape (L, L)
        ln(1 + distance over the longer reach), no unit.
    """
    table: NDArray[np.float64] = np.log1p(distance / np.maximum(reach[:, None], reach[None, :]))
    np.fill_diagonal(table, 0.0)
    return table
