"""Trust: states sign with those they are bound to already, and with the allies of their allies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="trust",
    claim="States sign with those they are bound to already by any promise, and with the allies of their allies.",
    equation=r"t_{ij} = 1-(1-A_{ij})(1-\theta)^{c_{ij}},\quad tru_i(S) = \overline{t_{ij}}_{\,j\in S\setminus i}",
    sources=("Cranmer, Desmarais & Kirkland 2012 (layering, closure)", "Kinne 2018 (trust among partners of partners)"),
    off={"trust_value": 0.0},
    label="trust",
    signed=("trust", "no trust"),
    short="trust",
    ink="blue",
    weight=("trust_value",),
)


def trusted(ties: NDArray[np.bool_], pact: NDArray[np.bool_], closure: float) -> NDArray[np.float64]:
    """Return how far every pair of states is bound already, shape (L, L); zero with oneself.

    Parameters
    ----------
    ties : ndarray of bool, shape (L, L)
        Whether any obligation between two states is in force.
    pact : ndarray of bool, shape (L, L)
        Whether two states have a pact of defence.
    closure : float
        Chance that one ally in common binds two states.

    Returns
    -------
    ndarray, shape (L, L)
        0 to 1.
    """
    tie = pact.astype(np.float64)
    np.fill_diagonal(tie, 0.0)
    table: NDArray[np.float64] = 1.0 - np.where(ties, 0.0, (1.0 - closure) ** (tie @ tie))
    np.fill_diagonal(table, 0.0)
    return table
