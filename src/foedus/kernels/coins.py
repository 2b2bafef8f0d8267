"""Coins inside compiled loops: streams of chance begun from named seeds, in whole numbers that never overflow.

The generator is KISS of Marsaglia (1999): two multiply-with-carry sequences, a linear congruence and a shift register put
together. Every product stays below 2**63, so that compiled and uncompiled code, and every machine, give the same bytes.

References
----------
Marsaglia, G. (1999). Random numbers for C: the END? sci.stat.math, sci.math, 20 January.
L'Ecuyer, P. and Simard, R. (2007). TestU01. ACM Transactions on Mathematical Software 33(4): 22.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.kernels.compiled import compiled

_WORD = 0xFFFFFFFF
_HIGH, _LOW = 0x9068FFFE, 0x464FFFFE  # periods of the two sequences with carry, less what they never leave
_WARM = 12  # coins thrown away, so that neighbouring numbers of a stream have nothing in common


@compiled
def begin(seeds: NDArray[np.int64], number: int, coins: NDArray[np.int64]) -> None:
    """Begin a stream of coins.

    Parameters
    ----------
    seeds : ndarray of int, shape (4,)
        0 to 2**32 - 1, by the name of what is decided.
    number : int
        Number of the decision under that name, from 0.
    coins : ndarray of int, shape (4,)
        The stream, written over.
    """
    coins[0] = 1 + (seeds[0] + 2654435769 * number) % _HIGH
    coins[1] = 1 + (seeds[1] + 2246822519 * number) % _LOW
    coins[2] = 1 + (seeds[2] + 3266489917 * number) % (_WORD - 1)
    coins[3] = (seeds[3] + 668265263 * number) & _WORD
    for _ in range(_WARM):
        toss(coins)


@compiled
def toss(coins: NDArray[np.int64]) -> float:
    """Return the next coin of a stream, uniform on (0, 1) in steps of 2**-32."""
    high = 36969 * (coins[0] & 65535) + (coins[0] >> 16)
    low = 18000 * (coins[1] & 65535) + (coins[1] >> 16)
    shift = coins[2]
    shift ^= (shift << 13) & _WORD
    shift ^= shift >> 17
    shift ^= (shift << 5) & _WORD
    line = (69069 * coins[3] + 1234567) & _WORD
    coins[0], coins[1], coins[2], coins[3] = high, low, shift, line
    word = (((((high << 16) + low) & _WORD) ^ line) + shift) & _WORD
    return float(word + 0.5) / 4294967296.0


@compiled
def happenings(mean: float, coin: float) -> int:
    """Return how many things happen in a year if so many do on average and independently (Poisson), from one coin."""
    count, chance = 0, math.exp(-mean)
    below = chance
    while coin > below and count < 1000:
        count += 1
        chance *= mean / count
        below += chance
    return count


@compiled
def place(cumulative: NDArray[np.float64], count: int, mark: float) -> int:
    """Return the first place of rising sums that is above a mark; the last one if none is."""
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        if cumulative[middle] > mark:
            high = middle
        else:
            low = middle + 1
    return low
