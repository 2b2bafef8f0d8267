"""Common line: what a body costs its members in autonomy, over the treaties in force that it takes the place of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="autonomy",
    claim="Members pay for the distance to the common line: by strength in a pact of two, the mean in a body.",
    equation=r"aut_i(S) = -\tfrac{k_A}{4}\left(|u_i-\bar u_S| - \sum_{m\ni i,\,m\subseteq S}|u_i-\bar u_m|\right),"
    r"\quad k_A = .5",
    sources=("Morrow 1991 (autonomy against security)", "Cha 2010 (control)"),
    off={"autonomy_weight": 0.0},
    label="autonomy",
    signed=("more autonomy", "loss of autonomy"),
    short="aut.",
    ink="plum//",
    weight=("autonomy_weight",),
)

UNIT = 0.5 / 4.0
"""% of GDP a year and ideal point: the term stands in the unit of the case theory, with its cost of autonomy at .5."""


def line(members: Sequence[int], position: NDArray[np.float64], capability: NDArray[np.float64]) -> float:
    """Return the common line of a treaty: of two states by capability, of more the mean."""
    own, weight = position[list(members)], capability[list(members)]
    if len(members) > 2 or weight.sum() <= 0:
        return float(own.mean())
    return float((own * weight).sum() / weight.sum())


def autonomy(
    body: Sequence[int],
    held: Iterable[Sequence[int]],
    position: NDArray[np.float64],
    capability: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return what each member gains in autonomy by a body, over the treaties in force, shape (n,).

    Parameters
    ----------
    body : sequence of int
        Positions of the members.
    held : iterable of sequence of int
        Members of every treaty of defence in force.
    position : ndarray, shape (L,)
        Foreign-policy positions, ideal points.
    capability : ndarray, shape (L,)

    Returns
    -------
    ndarray, shape (n,)
        % of GDP a year, mostly below zero. A pact of two stands beside other treaties; a body of more takes the place of all
        treaties among its members; what is in force already changes nothing.
    """
    place = {m: k for k, m in enumerate(body)}
    inside = {frozenset(p) for p in held if len(p) > 1 and all(m in place for m in p)}
    if frozenset(body) in inside and (len(body) == 2 or len(inside) == 1):
        return np.zeros(len(body))
    cost = np.abs(position[list(body)] - line(body, position, capability))
    if len(body) > 2:
        for pact in sorted(inside, key=sorted):
            members = sorted(pact)
            at = [place[m] for m in members]
            cost[at] -= np.abs(position[members] - line(members, position, capability))
    gain: NDArray[np.float64] = -UNIT * cost
    return gain
