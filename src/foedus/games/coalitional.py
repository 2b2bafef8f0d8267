"""Coalitional games: what each player adds, exactly from the worth of every coalition, or sampled with an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.kernels.values import connected_value, semivalue, union_value
from foedus.vocabulary.errors import fail

EXACT_LIMIT = 28
"""Players up to which a table of all coalitions is accepted: 2^28 worths are 2 GB."""

Worth = Callable[[NDArray[np.bool_]], NDArray[np.float64]]
"""A game as a function: coalitions as rows of members, shape (R, n), to their worths, shape (R,)."""

_CHUNK = 1 << 14  # coalitions asked of a function at once
_PAIRS = 1 << 12  # most orders looked at together, so that memory does not grow with the sample


def worths(game: Worth, players: int) -> NDArray[np.float64]:
    """Return the worth of every coalition of a game given as a function.

    Parameters
    ----------
    game : callable
        Takes coalitions as rows of members, shape (R, n), returns worths, shape (R,).
    players : int
        n, at most 28.

    Returns
    -------
    ndarray, shape (2**n,)
        Entry m is the coalition of all players i with bit i of m set.

    Raises
    ------
    FoedusError
        When there are too many players for a table, or the function returns anything but one number a coalition.

    Examples
    --------
    Two right gloves need the one left glove (player 0).

    >>> worths(lambda members: members[:, 0] & members[:, 1:].any(axis=1), 3).tolist()
    [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]
    """
    if not 1 <= players <= EXACT_LIMIT:
        what = f"a table of all coalitions takes 1 to {EXACT_LIMIT} players, not {players}"
        raise fail("players", what, "Use sampled_shapley beyond")
    table = np.empty(1 << players)
    for start in range(0, table.size, _CHUNK):
        masks = np.arange(start, min(start + _CHUNK, table.size), dtype=np.int64)
        members = (masks[:, None] >> np.arange(players)) & 1 > 0
        table[start : start + masks.size] = _answers(game, members)
    return table


def _answers(game: Worth, members: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what a function says of some coalitions, checked."""
    found = np.asarray(game(members), dtype=np.float64)
    if found.shape != (len(members),):
        what = f"{len(members)} coalitions got an answer of shape {found.shape}"
        raise fail("game", what, "Return one number for each row of members")
    if not np.isfinite(found).all():
        raise fail("game", "a coalition is worth something that is not a finite number")
    return found


def _table(worth: ArrayLike) -> tuple[NDArray[np.float64], int]:
    """Return a table of worths and its number of players, checked."""
    table = np.ascontiguousarray(worth, dtype=np.float64)
    players = table.size.bit_length() - 1
    if table.ndim != 1 or table.size != 1 << players or not 1 <= players <= EXACT_LIMIT:
        what = f"a table of shape {table.shape} does not list all coalitions of 1 to {EXACT_LIMIT} players"
        raise fail("worth", what, "It needs 2^n entries; `worths` makes it from a function")
    if table[0] != 0.0:
        raise fail("worth", f"the empty coalition is worth {table[0]:g}", "Subtract it from every entry")
    if not np.isfinite(table.sum()) and not np.isfinite(table).all():
        raise fail("worth", "a coalition is worth something that is not a finite number")
    return table, players


def shapley(worth: ArrayLike) -> NDArray[np.float64]:
    """Return the Shapley value: what each player adds on average over all orders of arrival.

    Parameters
    ----------
    worth : array_like, shape (2**n,)
        Worth of every coalition in any unit; bit i of the index is player i; the empty one is worth 0.

    Returns
    -------
    ndarray, shape (n,)
        In the unit of `worth`; sums to the worth of all.

    Raises
    ------
    FoedusError
        When the table is not one of all coalitions.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.

    Examples
    --------
    One left glove (player 0), two right ones, a pair is worth 1: the textbook's 2/3, 1/6, 1/6.

    >>> shapley([0, 0, 0, 1, 0, 1, 0, 1]).round(4).tolist()
    [0.6667, 0.1667, 0.1667]
    """
    table, n = _table(worth)
    present = np.array([0.0] + [1.0 / (n * comb(n - 1, s - 1)) for s in range(1, n + 1)])
    absent = np.array([1.0 / (n * comb(n - 1, s)) for s in range(n)] + [0.0])
    return semivalue(table, present, absent)


def banzhaf(worth: ArrayLike) -> NDArray[np.float64]:
    """Return the Banzhaf value: what each player adds on average over all coalitions of the others.

    Parameters
    ----------
    worth : array_like, shape (2**n,)
        As in :func:`shapley`.

    Returns
    -------
    ndarray, shape (n,)
        In the unit of `worth`; does not sum to the worth of all.

    Raises
    ------
    FoedusError
        When the table is not one of all coalitions.

    References
    ----------
    Banzhaf, J. F. (1965). Weighted voting doesn't work. Rutgers Law Review 19: 317-343.

    Examples
    --------
    The game of gloves: the left one turns three of four coalitions of the others, each right one, one.

    >>> banzhaf([0, 0, 0, 1, 0, 1, 0, 1]).tolist()
    [0.75, 0.25, 0.25]
    """
    table, n = _table(worth)
    each = np.full(n + 1, 0.5 ** (n - 1))
    return semivalue(table, each, each)


def _neighbours(graph: ArrayLike, players: int) -> NDArray[np.int64]:
    """Return the neighbours of each player as a coalition, from a matrix that is checked."""
    ties = np.asarray(graph, dtype=bool)
    if ties.shape != (players, players):
        raise fail("graph", f"the matrix has shape {ties.shape}, not ({players}, {players})")
    if (ties != ties.T).any():
        i, j = np.argwhere(ties != ties.T)[0]
        how = "Ties go both ways: make the matrix symmetric"
        raise fail("graph", f"player {i} is tied to {j} but not {j} to {i}", how)
    ties = ties & ~np.eye(players, dtype=bool)
    bits = np.left_shift(np.int64(1), np.arange(players, dtype=np.int64))
    coalitions: NDArray[np.int64] = (ties * bits).sum(axis=1, dtype=np.int64)
    return coalitions


def myerson(worth: ArrayLike, graph: ArrayLike) -> NDArray[np.float64]:
    """Return the Myerson value: the Shapley value when only players connected by ties can work together.

    Parameters
    ----------
    worth : array_like, shape (2**n,)
        As in :func:`shapley`.
    graph : array_like of bool, shape (n, n)
        Who is tied to whom; symmetric, the diagonal does not matter.

    Returns
    -------
    ndarray, shape (n,)
        In the unit of `worth`; sums, over each connected part of the graph, to the worth of that part.

    Raises
    ------
    FoedusError
        When the table is not one of all coalitions, or the graph is not a symmetric matrix of its players.

    References
    ----------
    Myerson, R. B. (1977). Graphs and cooperation in games. Mathematics of Operations Research 2: 225-229.

    Examples
    --------
    Any two of three are worth 1, but only 0 and 1 are tied; with 1 in the middle of a chain it gains.

    >>> majority = [0, 0, 0, 1, 0, 1, 1, 1]
    >>> myerson(majority, [[0, 1, 0], [1, 0, 0], [0, 0, 0]]).round(4).tolist()
    [0.5, 0.5, 0.0]
    >>> myerson(majority, [[0, 1, 0], [1, 0, 1], [0, 1, 0]]).round(4).tolist()
    [0.1667, 0.6667, 0.1667]
    """
    table, n = _table(worth)
    return connected_value(table, _neighbours(graph, n))[0]


def owen(worth: ArrayLike, unions: Sequence[int]) -> NDArray[np.float64]:
    """Return the Owen value: unions bargain with each other as one, and share inside what they get.

    Parameters
    ----------
    worth : array_like, shape (2**n,)
        As in :func:`shapley`.
    unions : sequence of int, length n
        A label for each player; players with the same label form a union.

    Returns
    -------
    ndarray, shape (n,)
        In the unit of `worth`; sums to the worth of all.

    Raises
    ------
    FoedusError
        When the table is not one of all coalitions, or not every player has a label.

    References
    ----------
    Owen, G. (1977). Values of games with a priori unions. Mathematical Economics and Game Theory, 76-88.

    Examples
    --------
    Any two of three are worth 1; a union of two leaves nothing to the third.

    >>> owen([0, 0, 0, 1, 0, 1, 1, 1], [0, 0, 1]).round(4).tolist()
    [0.5, 0.5, 0.0]
    """
    table, n = _table(worth)
    if len(unions) != n:
        raise fail("unions", f"{len(unions)} labels for {n} players", "Give every player the label of its union")
    return union_value(table, np.unique(np.asarray(unions), return_inverse=True)[1].astype(np.int64))


@dataclass(frozen=True)
class Sampled:
    """A value from sampled orders of arrival."""

    values: NDArray[np.float64]
    """Shape (n,); in the unit of the game; sums to the worth of all."""
    errors: NDArray[np.float64]
    """Shape (n,); standard errors, in the same unit."""
    pairs: int
    """Orders drawn; each was used forwards and backwards."""


def _added(game: Worth, orders: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what each player adds when players arrive in the given orders, shape (R, n)."""
    rounds, n = orders.shape
    arrival = np.argsort(orders, axis=1)
    there = arrival[:, None, :] < np.arange(1, n + 1)[None, :, None]
    reached = _answers(game, there.reshape(rounds * n, n)).reshape(rounds, n)
    steps = np.diff(reached, axis=1, prepend=0.0)
    result: NDArray[np.float64] = np.take_along_axis(steps, arrival, axis=1)
    return result


def sampled_shapley(
    game: Worth, players: int, *, seed: int, error: float = 0.01, least: int = 64, most: int = 100_000
) -> Sampled:
    """Return the Shapley value of a game too large for a table, from random orders of arrival.

    Every order is used forwards and backwards; the pair is one draw of the estimate, so the error stated is that of
    independent draws. Drawing goes on until the largest error is small enough.

    Parameters
    ----------
    game : callable
        Takes coalitions as rows of members, shape (R, n), returns worths, shape (R,); the empty one is worth 0.
    players : int
        n, at least 2.
    seed : int
        The same seed gives the same values.
    error : float
        Standard error that is good enough, as a share of the worth of all.
    least, most : int
        Pairs of orders drawn at least and at most.

    Returns
    -------
    Sampled
        `errors` may exceed what was asked for when `most` pairs were not enough.

    Raises
    ------
    FoedusError
        When an argument makes no sense, or the function does not return one finite number a coalition.

    References
    ----------
    Castro, J., Gómez, D. & Tejada, J. (2009). Polynomial calculation of the Shapley value based on sampling.
    Computers & Operations Research 36: 1726-1730. Antithetic pairs: Mitchell, R., Cooper, J., Frank, E. & Holmes, G.
    (2022). Sampling permutations for Shapley value estimation. JMLR 23(43): 1-46.

    Examples
    --------
    >>> found = sampled_shapley(lambda members: members.sum(axis=1) ** 2, 5, seed=1)
    >>> found.values.round(6).tolist()
    [5.0, 5.0, 5.0, 5.0, 5.0]
    """
    if players < 2:
        raise fail("players", f"a game of {players} leaves nothing to share out")
    if not error > 0.0:
        raise fail("error", f"no sample reaches an error of {error:g}", "Ask for a share above 0, such as 0.01")
    if not 2 <= least <= most:
        raise fail("least, most", f"{least} and {most} are not 2 ≤ least ≤ most", "An error needs two pairs or more")
    rng = np.random.Generator(np.random.PCG64(seed))
    empty, grand = _answers(game, np.array([np.zeros(players, dtype=bool), np.ones(players, dtype=bool)]))
    if empty != 0.0:
        raise fail("game", f"the empty coalition is worth {empty:g}", "Subtract it from every worth")
    total, squares, pairs = np.zeros(players), np.zeros(players), 0
    while True:
        count = min(max(least, pairs), _PAIRS, most - pairs)
        orders = rng.permuted(np.tile(np.arange(players), (count, 1)), axis=1)
        draws = 0.5 * (_added(game, orders) + _added(game, orders[:, ::-1]))
        total += draws.sum(axis=0)
        squares += (draws * draws).sum(axis=0)
        pairs += count
        values = total / pairs
        errors = np.sqrt(np.maximum(squares / pairs - values * values, 0.0) / (pairs - 1))
        if pairs >= most or errors.max() <= error * abs(grand):
            return Sampled(values, errors, pairs)
