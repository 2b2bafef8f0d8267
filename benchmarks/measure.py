"""Measuring a figure: both sides give the same answer first, then they run in turn, and the ratio is what counts."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One thing to measure.

    Attributes
    ----------
    name : str
        Stable: ratios are stored and compared under it.
    ours, peer : callable
        Do the work and return the answer. Without a peer only the time is shown, and nothing is guarded.
    same : callable
        Whether both answers agree; a figure whose sides disagree is an error, not a ratio.
    against : str
        Who the peer is, with its version.
    goal : float
        Ratio peer / ours aimed at; 0 for none.
    """

    name: str
    ours: Callable[[], Any]
    peer: Callable[[], Any] | None = None
    same: Callable[[Any, Any], bool] = lambda a, b: bool(np.allclose(a, b, rtol=1e-8, atol=1e-9))
    against: str = ""
    goal: float = 0.0


@dataclass(frozen=True)
class Skipped:
    """A figure whose peer is not installed."""

    name: str
    reason: str


@dataclass(frozen=True)
class Measured:
    """What was found: seconds of ours (median), ratios peer / ours (median, least, largest)."""

    figure: Figure
    seconds: float
    ratio: float = 0.0
    least: float = 0.0
    largest: float = 0.0


def installed(package: str) -> str:
    """Return the name and version of a package, or nothing when it is not there."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def absent(name: str, package: str) -> Skipped:
    """Return the sentence for a peer that is not installed."""
    return Skipped(name, f"{package} is not installed; `uv sync --group peers` installs it")


def seconds(work: Callable[[], Any], least: float = 0.02) -> float:
    """Return the mean time of one call; quick work is repeated until the clock can see it."""
    repeats = 1
    while True:
        start = time.perf_counter()
        for _ in range(repeats):
            work()
        took = time.perf_counter() - start
        if took >= least or repeats >= 4096:
            return took / repeats
        repeats *= 4


def measure(figure: Figure, pairs: int) -> Measured:
    """Check that both sides agree, warm, then let them run in turn.

    Raises
    ------
    AssertionError
        When the answers differ: a ratio of two different things means nothing.
    """
    answer = figure.ours()
    if figure.peer is None:
        return Measured(figure, statistics.median(seconds(figure.ours) for _ in range(pairs)))
    if not figure.same(answer, figure.peer()):
        raise AssertionError(f"{figure.name}: foedus and {figure.against} disagree")
    times, ratios = [], []
    for _ in range(pairs):
        ours, peer = seconds(figure.ours), seconds(figure.peer)
        times.append(ours)
        ratios.append(peer / ours)
    return Measured(figure, statistics.median(times), statistics.median(ratios), min(ratios), max(ratios))


def machine() -> str:
    """Return the machine and the versions, in one sentence."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((x.split(":")[1].strip() for x in file if x.startswith("model name")), model)
        load = f", load {os.getloadavg()[0]:.1f}"
    except OSError:
        load = ""
    versions = ", ".join(installed(p) for p in ("foedus", "numpy", "numba") if installed(p))
    return f"{model}, {os.cpu_count()} cores{load}; {platform.system()}, Python {platform.python_version()}, {versions}"
