"""Values of a coalition game: sums over the table of worths, and over the connected coalitions of a graph."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled, inlined

_LOW = 10  # players whose 2^10 coalitions make one block of the table: the block stays in the nearest cache
_LANES = 8  # sums kept side by side, in a fixed order, so that the result is the same on every machine


@inlined
def size_of(mask: int) -> int:
    """Return how many players a coalition has; a loop over its members, safe for every width of integer."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


_SIEVE = 37  # the powers of two up to 2^35 leave different remainders


@compiled
def players_of_bits() -> NDArray[np.int64]:
    """Return a table that finds a player by the remainder of its bit, shape (37,)."""
    player = np.zeros(_SIEVE, dtype=np.int64)
    for i in range(_SIEVE - 1):
        player[(1 << i) % _SIEVE] = i
    return player


@compiled
def semivalue(
    worth: NDArray[np.float64], present: NDArray[np.float64], absent: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return Σ over coalitions with a player of present·worth, less Σ over those without it of absent·worth.

    Parameters
    ----------
    worth : ndarray, shape (2**n,)
        Worth of every coalition; bit i is player i.
    present, absent : ndarray, shape (n + 1,)
        Weights by the size of the coalition.

    Returns
    -------
    ndarray, shape (n,)

    Notes
    -----
    The table is read once, in blocks. Plain sums by the size of the upper part serve the lower players; one weighted
    sum per block serves the upper ones. Memory beside the table: (n - 8) · 2^13 bytes at most.

    Examples
    --------
    >>> majority = np.array([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0])  # two of three players
    >>> present, absent = np.array([0, 1 / 3, 1 / 6, 1 / 3]), np.array([1 / 3, 1 / 6, 1 / 3, 0])  # weights of Shapley
    >>> semivalue(majority, present, absent).round(6).tolist()
    [0.333333, 0.333333, 0.333333]
    """
    n = present.shape[0] - 1
    low = min(n, _LOW)
    block = 1 << low
    high = n - low
    ones = np.zeros(block, dtype=np.int64)
    for j in range(1, block):
        ones[j] = ones[j >> 1] + (j & 1)
    weight = np.empty((high + 1, block))
    for c in range(high + 1):
        for j in range(block):
            weight[c, j] = present[c + ones[j]] + absent[c + ones[j]]
    sums = np.zeros((high + 1, block))
    values = np.zeros(n)
    wide = block - block % _LANES
    for h in range(1 << high):
        c = size_of(h)
        part = worth[h * block : (h + 1) * block]
        total = sums[c]
        for j in range(block):
            total[j] += part[j]
        w = weight[c]
        a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = 0.0
        for j in range(0, wide, _LANES):
            a0 += w[j] * part[j]
            a1 += w[j + 1] * part[j + 1]
            a2 += w[j + 2] * part[j + 2]
            a3 += w[j + 3] * part[j + 3]
            a4 += w[j + 4] * part[j + 4]
            a5 += w[j + 5] * part[j + 5]
            a6 += w[j + 6] * part[j + 6]
            a7 += w[j + 7] * part[j + 7]
        inside = ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7))
        for i in range(high):
            if (h >> i) & 1:
                values[low + i] += inside
    without = 0.0
    for c in range(high + 1):
        for j in range(block):
            without += absent[c + ones[j]] * sums[c, j]
            inside = weight[c, j] * sums[c, j]
            for i in range(low):
                if (j >> i) & 1:
                    values[i] += inside
    for i in range(n):
        values[i] -= without
    return values


@compiled
def connected_value(worth: NDArray[np.float64], neighbours: NDArray[np.int64]) -> tuple[NDArray[np.float64], int]:
    """Return the Myerson value, and how many coalitions are connected.

    Parameters
    ----------
    worth : ndarray, shape (2**n,)
        Worth of every coalition; only connected ones are looked at.
    neighbours : ndarray of int, shape (n,)
        Neighbours of each player as a coalition.

    Returns
    -------
    values : ndarray, shape (n,)
    connected : int

    Notes
    -----
    Among coalitions that fall apart into connected parts, a connected C with c members and b neighbours outside is a
    part of its own where all of C is there and no neighbour is. In a random order that hands each of C
    (c - 1)! b! / (c + b)! of its worth and takes c! (b - 1)! / (c + b)! from each neighbour, so one visit to every
    connected coalition is enough. They are visited depth first, each once: its highest player first, then neighbours
    from above, an earlier sibling being barred from the branch of a later one.

    Examples
    --------
    >>> majority = np.array([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0])
    >>> values, connected = connected_value(majority, np.array([0b110, 0b001, 0b001]))  # a star around player 0
    >>> values.round(6).tolist(), connected
    ([0.666667, 0.166667, 0.166667], 6)
    """
    n = neighbours.shape[0]
    gain = np.zeros((n + 1, n + 1))
    loss = np.zeros((n + 1, n + 1))
    for c in range(1, n + 1):
        gain[c, 0] = 1.0 / c
        for b in range(1, n + 1 - c):
            gain[c, b] = gain[c, b - 1] * b / (c + b)
            loss[c, b] = gain[c, b] * c / b
    half = (n + 1) // 2  # players of one half are looked up together: tables of 2^(n/2) stay in a near cache
    filled = (1 << half) - 1
    ones = np.zeros(1 << half, dtype=np.int64)
    for x in range(1, 1 << half):
        ones[x] = ones[x >> 1] + (x & 1)
    player = players_of_bits()
    below = np.zeros(1 << half)  # what is due to the players of the lower half, by their coalition, until the end
    above = np.zeros(1 << half)
    stack = np.empty((n * n + 1, 4), dtype=np.int64)  # members, their neighbours, barred, size
    connected = 0
    for top in range(n - 1, -1, -1):
        beneath = (1 << top) - 1
        stack[0, 0] = 1 << top
        stack[0, 1] = neighbours[top]
        stack[0, 2] = 0
        stack[0, 3] = 1
        depth = 1
        while depth > 0:
            depth -= 1
            members = stack[depth, 0]
            near = stack[depth, 1]
            barred = stack[depth, 2]
            size = stack[depth, 3]
            outside = near & ~members
            connected += 1
            count = ones[outside & filled] + ones[outside >> half]
            plus = gain[size, count] * worth[members]
            minus = loss[size, count] * worth[members]
            below[members & filled] += plus
            above[members >> half] += plus
            below[outside & filled] -= minus
            above[outside >> half] -= minus
            able = outside & beneath & ~barred
            while able:
                bit = able & -able
                able ^= bit
                stack[depth, 0] = members | bit
                stack[depth, 1] = near | neighbours[player[bit % _SIEVE]]
                stack[depth, 2] = barred | able  # what lies above comes as an earlier sibling
                stack[depth, 3] = size + 1
                depth += 1
    values = np.zeros(n)
    for i in range(n):
        shares, place = (below, i) if i < half else (above, i - half)
        for x in range(1 << half):
            values[i] += shares[x] * ((x >> place) & 1)
    return values, connected


@compiled
def union_value(worth: NDArray[np.float64], union_of: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the Owen value of a game whose players bargain in unions.

    Parameters
    ----------
    worth : ndarray, shape (2**n,)
    union_of : ndarray of int, shape (n,)
        The union of each player, numbered from 0 without gaps.

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> majority = np.array([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0])
    >>> union_value(majority, np.array([0, 1, 1])).round(6).tolist()  # against a bloc the first player is worth nothing
    [0.0, 0.5, 0.5]
    """
    n = union_of.shape[0]
    unions = union_of.max() + 1
    whole = np.zeros(unions, dtype=np.int64)
    for i in range(n):
        whole[union_of[i]] |= 1 << i
    outer = np.empty(unions)  # k! (unions - 1 - k)! / unions!
    outer[0] = 1.0 / unions
    for k in range(1, unions):
        outer[k] = outer[k - 1] * k / (unions - k)
    values = np.zeros(n)
    player = players_of_bits()
    for u in range(unions):
        members = np.flatnonzero(union_of == u)
        size = members.shape[0]
        inner = np.zeros(size + 1)
        inner[0] = 1.0 / size
        for k in range(1, size):
            inner[k] = inner[k - 1] * k / (size - k)
        inside = np.zeros(1 << size, dtype=np.int64)
        for part in range(1, 1 << size):
            rest = part & (part - 1)
            inside[part] = inside[rest] | (1 << members[player[(part ^ rest) % _SIEVE]])
        others = np.delete(whole, u)
        expected = np.zeros(1 << size)  # worth of a part of the union, with whoever has come before it
        for joined in range(1 << (unions - 1)):
            there = 0
            for k in range(unions - 1):
                if (joined >> k) & 1:
                    there |= others[k]
            chance = outer[size_of(joined)]
            for part in range(1 << size):
                expected[part] += chance * worth[there | inside[part]]
        present = np.zeros(size + 1)
        present[1:] = inner[:size]
        shares = semivalue(expected, present, inner)
        for k in range(size):
            values[members[k]] = shares[k]
    return values
