"""What this machine can do at most: bandwidth, arithmetic, exponentials. They put a floor under every other figure."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from measure import Figure, Work

from foedus.kernels.compiled import compiled, fused

LANES = 1 << 12  # numbers that stay in the nearest cache, so that only arithmetic counts


@compiled
def summed(values: np.ndarray) -> float:
    """Return a sum in eight lanes: reading memory, with next to no arithmetic."""
    a = b = c = d = e = f = g = h = 0.0
    for i in range(0, values.shape[0], 8):
        a += values[i]
        b += values[i + 1]
        c += values[i + 2]
        d += values[i + 3]
        e += values[i + 4]
        f += values[i + 5]
        g += values[i + 6]
        h += values[i + 7]
    return ((a + b) + (c + d)) + ((e + f) + (g + h))


@compiled
def exponentials(values: np.ndarray) -> float:
    """Return a sum of exponentials, one after the other."""
    total = 0.0
    for i in range(values.shape[0]):
        total += math.exp(values[i])
    return total


@compiled
def chained(start: float, count: int) -> float:
    """Multiply and add in one dependent chain: the latency of arithmetic."""
    x = start
    for _ in range(count):
        x = x * 0.999999 + 1e-6
    return x


@fused
def products(values: np.ndarray, rounds: int) -> None:
    """Multiply and add, every number by itself: as many at a time as the machine can."""
    for _ in range(rounds):
        for i in range(values.shape[0]):
            values[i] = values[i] * 0.999999 + 1e-6


@compiled
def divisions(values: np.ndarray, rounds: int) -> None:
    """Divide, every number by itself."""
    for _ in range(rounds):
        for i in range(values.shape[0]):
            values[i] = 1.5 / (values[i] + 0.5)


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures; those with work declared are the limits that others are held against."""
    size = 1 << (20 if quick else 24)
    table, short = np.random.default_rng(1).random(size), np.random.default_rng(2).random(1 << 16)
    lanes = short[:LANES].copy()
    yield Figure(
        f"reading {size * 8 >> 20} MB once",
        lambda: summed(table),
        against=f"GB/s = {size * 8 / 1e6:.0f} / ms",
        least=Work(bytes=8.0 * size),
    )
    yield Figure(
        "4,194,304 independent multiply-adds",
        lambda: products(lanes, 1024),
        against="ns each = ms / 4.2",
        least=Work(products=1024.0 * LANES),
    )
    yield Figure(
        "1,048,576 independent divisions",
        lambda: divisions(lanes, 256),
        against="ns each = ms / 1.05",
        least=Work(divisions=256.0 * LANES),
    )
    yield Figure("65,536 exponentials, compiled loop", lambda: exponentials(short), against="ns each = ms × 15.3")
    yield Figure(
        "65,536 exponentials, whole array",
        lambda: np.exp(short),
        against="ns each = ms × 15.3",
        least=Work(exponentials=float(short.size)),
    )
    yield Figure("1,000,000 dependent multiply-adds", lambda: chained(2.0, 1_000_000), against="ns each = ms")
