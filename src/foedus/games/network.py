"""Networks: which webs of ties are stable when ties take two and can be cut by one, found by looking at every graph."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.vocabulary.errors import fail

MOST = 6
"""Players up to which all labelled graphs are looked at: 2^15 of them; seven would be two million."""

_EVEN = 1e-9  # payoffs that differ by less count as equal

Payoffs = Callable[[NDArray[np.bool_]], NDArray[np.float64]]
"""A model of networks: graphs as symmetric matrices, shape (G, n, n), to what each player gets, shape (G, n)."""


def connections(benefit: float, cost: float) -> Payoffs:
    """Return the connections model: a tie costs both, and everybody within reach is worth more the nearer.

    Parameters
    ----------
    benefit : float
        δ, worth of a neighbour; somebody at distance d is worth δ^d. Between 0 and 1.
    cost : float
        c, what a tie costs each of the two, in the same unit.

    Returns
    -------
    callable
        Graphs (G, n, n) to payoffs (G, n).

    Raises
    ------
    FoedusError
        When the benefit is not between 0 and 1, or the cost is below 0.

    References
    ----------
    Jackson, M. O. & Wolinsky, A. (1996). A strategic model of social and economic networks. Journal of Economic Theory
    71: 44-74.

    Examples
    --------
    Two players with a tie: each has the benefit, less the cost.

    >>> import numpy as np
    >>> connections(0.5, 0.1)(np.array([[[False, True], [True, False]]])).tolist()
    [[0.4, 0.4]]
    """
    if not 0.0 < benefit < 1.0:
        raise fail("benefit", f"{benefit:g} does not lie between 0 and 1", "A tie is worth δ, a tie of a tie δ²")
    if not cost >= 0.0:
        raise fail("cost", f"{cost:g} is below 0")

    def payoffs(graphs: NDArray[np.bool_]) -> NDArray[np.float64]:
        n = graphs.shape[1]
        step = (graphs | np.eye(n, dtype=bool)).astype(np.int64)
        worth: NDArray[np.float64] = -cost * graphs.sum(axis=2)
        within = np.broadcast_to(np.eye(n, dtype=bool), graphs.shape)
        for distance in range(1, n):
            wider = (within.astype(np.int64) @ step) > 0
            worth = worth + benefit**distance * (wider & ~within).sum(axis=2)
            within = wider
        return worth

    return payoffs


def coauthors(graphs: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the co-author model: a partner is worth more the fewer other partners either of the two has.

    Parameters
    ----------
    graphs : ndarray of bool, shape (G, n, n)

    Returns
    -------
    ndarray, shape (G, n)
        Σ over partners of 1/n_i + 1/n_j + 1/(n_i n_j); 0 without partners.

    References
    ----------
    Jackson & Wolinsky 1996, section 4.

    Examples
    --------
    Two partners who write with nobody else: 1 + 1 + 1 each.

    >>> import numpy as np
    >>> coauthors(np.array([[[False, True], [True, False]]])).tolist()
    [[3.0, 3.0]]
    """
    ties = graphs.sum(axis=2)
    share = np.divide(1.0, ties, out=np.zeros(ties.shape), where=ties > 0)
    each = share[:, :, None] + share[:, None, :] + share[:, :, None] * share[:, None, :]
    result: NDArray[np.float64] = (each * graphs).sum(axis=2)
    return result


@dataclass(frozen=True)
class Networks:
    """All labelled graphs of some players, and which of them last."""

    graphs: NDArray[np.bool_]
    """Shape (G, n, n)."""
    payoffs: NDArray[np.float64]
    """Shape (G, n)."""
    stable: NDArray[np.bool_]
    """Shape (G,); pairwise stable: nobody gains by cutting a tie, no two gain by making one."""
    efficient: NDArray[np.bool_]
    """Shape (G,); no graph gives all players together more."""


def pairwise_stable(model: Payoffs, players: int) -> Networks:
    """Return every graph of some players, and which are pairwise stable and which efficient.

    Parameters
    ----------
    model : callable
        Graphs (G, n, n) to payoffs (G, n), such as :func:`connections` or :func:`coauthors`.
    players : int
        2 to 6.

    Returns
    -------
    Networks

    Raises
    ------
    FoedusError
        When there are too many players to look at all graphs, or the model does not return a payoff for each player.

    References
    ----------
    Jackson & Wolinsky 1996, definition of pairwise stability.

    Examples
    --------
    Where ties cost less than δ - δ², the complete network alone is stable, and efficient (Jackson & Wolinsky 1996).

    >>> found = pairwise_stable(connections(0.5, 0.1), 3)
    >>> found.graphs[found.stable].astype(int).tolist()
    [[[0, 1, 1], [1, 0, 1], [1, 1, 0]]]
    >>> bool((found.stable == found.efficient).all())
    True
    """
    if not 2 <= players <= MOST:
        raise fail("players", f"all graphs of {players} players cannot be looked at", f"Choose 2 to {MOST}")
    pairs = list(itertools.combinations(range(players), 2))
    numbers = np.arange(1 << len(pairs))
    graphs = np.zeros((numbers.size, players, players), dtype=bool)
    for bit, (i, j) in enumerate(pairs):
        graphs[:, i, j] = graphs[:, j, i] = numbers >> bit & 1 > 0
    payoffs = np.asarray(model(graphs), dtype=np.float64)
    if payoffs.shape != (numbers.size, players) or not np.isfinite(payoffs).all():
        what = f"the payoffs have shape {payoffs.shape} or are not finite"
        raise fail("model", what, "Return one finite number for each graph and player")
    stable = np.ones(numbers.size, dtype=bool)
    for bit, (i, j) in enumerate(pairs):
        tied = numbers >> bit & 1 > 0
        change = payoffs[numbers ^ (1 << bit)] - payoffs  # what the graph with the tie switched would bring
        gain_i, gain_j = change[:, i], change[:, j]
        cut = tied & ((gain_i > _EVEN) | (gain_j > _EVEN))
        made = ~tied & (np.minimum(gain_i, gain_j) >= -_EVEN) & (np.maximum(gain_i, gain_j) > _EVEN)
        stable &= ~(cut | made)
    total = payoffs.sum(axis=1)
    return Networks(graphs, payoffs, stable, total >= total.max() - _EVEN)
