"""Weights of coalitions in the Shapley and the Owen value, by how many of the members are in the union."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled
from foedus.kernels.subsets import subset_marks


@compiled
def chances(players: int) -> NDArray[np.float64]:
    """Return k! (n - 1 - k)! / n! for k = 0…n-1: the chance that given k of n players come before a given one."""
    weight = np.empty(players)
    weight[0] = 1.0 / players
    for k in range(1, players):
        weight[k] = weight[k - 1] * k / (players - k)
    return weight


@compiled
def marginal_weights(
    alone: int, union: int, alone_here: int, union_here: int, united: bool, weights: NDArray[np.float64]
) -> None:
    """Put into a table by how much the worth of a coalition counts in the value of a player.

    Parameters
    ----------
    alone, union : int
        Players outside and inside the union.
    alone_here, union_here : int
        How many of them are in every coalition of the table; the others come and go.
    united : bool
        Whether the union bargains as one. If not, all are outside it, and rows 1 and 3 are left as they are.
    weights : ndarray, shape (4, at least (alone - alone_here + 1) * (union - union_here + 1))
        A coalition with p and q further members outside and inside stands in column ``p (union - union_here + 1) + q``.
        Rows 0 and 1: for a member outside and inside the union; 2 and 3: for a player who is absent, outside and
        inside the union, whose value the worth lowers.

    References
    ----------
    Owen, G. (1977). Values of games with a priori unions.
    """
    width = union - union_here + 1
    whole_union = union if united else 0
    singles = alone if united else alone + union
    outer = chances(singles + (1 if whole_union > 0 else 0))
    inner = chances(max(whole_union, 1))
    for p in range(alone - alone_here + 1):
        for q in range(width):
            at = p * width + q
            out = p + alone_here if united else p + alone_here + q + union_here
            inside = q + union_here if united else 0
            whole = whole_union > 0 and inside == whole_union
            k = out + (1 if whole else 0)
            bordered = inside == 0 or whole  # only then can somebody outside the union be the last or the next to come
            weights[0, at] = outer[k - 1] if bordered and out > 0 else 0.0
            weights[2, at] = outer[k] if bordered and out < singles else 0.0
            if united:
                weights[1, at] = inner[inside - 1] * outer[out] if inside > 0 else 0.0
                weights[3, at] = inner[inside] * outer[out] if inside < whole_union else 0.0


@compiled
def block_weights(
    helpers: int, united_helpers: int, united: int, forms: int, outside: bool, inside: bool, block: int
) -> NDArray[np.float64]:
    """Return the weights of all coalitions of helpers of one player, block by block.

    Parameters
    ----------
    helpers : int
        In all; the last `united_helpers` of them are in the union.
    united : int
        1 if the helped player is in the union, else 0.
    forms : int
        1 if there is no union, else 2.
    outside, inside : bool
        Whether there are listeners outside and inside the union; tables that nobody needs are not filled.
    block : int
        Helpers (the first) whose coalitions stand side by side.

    Returns
    -------
    ndarray, shape ((v + 1) (w + 1), 2, 3, 2, 2, 2^b)
        With b helpers in the block, and at most v outside and w inside the union beyond it. By members beyond the block
        (outside the union times w + 1, plus inside); by form (everybody alone, the union as one); by game (of helpers and helped; with one further player
        outside the union; with one inside); by kind of player (outside, inside the union); as a sum of the weights for
        members and for the absent (0), for the absent alone (1); by coalition of the block.
    """
    low = min(helpers, block)
    rest = helpers - low
    size = 1 << low
    width = united_helpers + 1
    single = helpers - united_helpers
    step = np.ones(helpers, dtype=np.int64)
    step[:single] = width
    place = np.empty(size, dtype=np.uint64)
    subset_marks(step, low, place)
    weights = np.zeros((4, (single + 1) * width))
    most_alone, most_united = max(0, single - low), min(rest, united_helpers)
    # not zeros: most of it is never touched, and untouched memory costs nothing
    tables = np.empty(((most_alone + 1) * (most_united + 1), 2, 3, 2, 2, size))
    for form in range(forms):
        for game in range(3):
            if (game == 1 and not outside) or (game == 2 and not inside):
                continue
            more, joint = (1 if game == 1 else 0), (1 if game == 2 else 0)
            marginal_weights(
                single + 1 - united + more,
                united_helpers + united + joint,
                1 - united + more,
                united + joint,
                form == 1,
                weights,
            )
            for p in range(most_alone + 1):
                for q in range(most_united + 1):
                    base = np.uint64(p * width + q)
                    for kind in range(1 + form):
                        here, gone = weights[kind], weights[2 + kind]
                        both, absent = tables[p * (most_united + 1) + q, form, game, kind]
                        for k in range(size):
                            at = base + place[k]
                            both[k] = here[at] + gone[at]
                            absent[k] = gone[at]
    return tables
