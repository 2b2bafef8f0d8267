"""Measuring a figure: both sides give the same answer first, then they run in turn, and the ratio is what counts."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

LONG = 2.0
"""Seconds after which work without a peer is not repeated: the clock is exact enough for it."""


@dataclass(frozen=True)
class Work:
    """What has to be done at least, whoever does it.

    Attributes
    ----------
    bytes : float
        Of an input that has to be read once.
    products, divisions, exponentials : float
        Multiply-adds, divisions, and exponentials or powers.
    """

    bytes: float = 0.0
    products: float = 0.0
    divisions: float = 0.0
    exponentials: float = 0.0

    def seconds(self, rates: Mapping[str, float]) -> float:
        """Return the time of the slowest kind of work at the rates of the machine, as if the others were free."""
        return max((amount / rates[kind] for kind, amount in vars(self).items() if amount and kind in rates), default=0)


@dataclass(frozen=True)
class Point:
    """Where a figure stands on a curve: the picture, the line in it, and how much there was to do."""

    picture: str
    line: str
    x: float


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
    goal, most : float
        Ratio peer / ours aimed at, and ratio not to be exceeded (of growth); 0 for none.
    within : float
        Seconds aimed at, or the amount if there is a unit; 0 for none.
    stored : float
        Seconds (or amount) of a peer that was measured elsewhere and cannot run here; such ratios are not guarded.
    unit : str
        Empty for work that is timed. Otherwise what `ours` and `peer` return is the amount itself, in this unit;
        without a peer it is asked for once.
    least : Work
        Without which the answer cannot be had: it gives the share of the machine's limit.
    point : Point, optional
        Where it stands on a curve.
    """

    name: str
    ours: Callable[[], Any]
    peer: Callable[[], Any] | None = None
    same: Callable[[Any, Any], bool] = lambda a, b: bool(np.allclose(a, b, rtol=1e-8, atol=1e-9))
    against: str = ""
    goal: float = 0.0
    most: float = 0.0
    within: float = 0.0
    stored: float = 0.0
    unit: str = ""
    least: Work = Work()
    point: Point | None = None


@dataclass(frozen=True)
class Skipped:
    """A figure whose peer is not installed."""

    name: str
    reason: str


@dataclass(frozen=True)
class Measured:
    """What was found.

    Attributes
    ----------
    figure : Figure
    amount : float
        Median of ours, in seconds or the unit of the figure.
    ratio, least, largest : float
        Of peer / ours: median, least and largest; 0 where there is no peer.
    limit : float
        Share of what the machine could do at most; 0 where nothing was declared.
    """

    figure: Figure
    amount: float
    ratio: float = 0.0
    least: float = 0.0
    largest: float = 0.0
    limit: float = 0.0

    @property
    def guarded(self) -> bool:
        """Whether the ratio travels between machines: both sides were measured in this run."""
        return self.figure.peer is not None


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


def measure(figure: Figure, pairs: int, rates: Mapping[str, float] | None = None) -> Measured:
    """Check that both sides agree, warm, then let them run in turn.

    Parameters
    ----------
    figure : Figure
    pairs : int
    rates : mapping, optional
        How much of each kind of work the machine does in a second.

    Raises
    ------
    AssertionError
        When the answers differ: a ratio of two different things means nothing.
    """
    take: Callable[[Callable[[], Any]], float] = (lambda work: float(work())) if figure.unit else seconds
    start = time.perf_counter()
    answer = figure.ours()
    long = time.perf_counter() - start > LONG
    times, ratios = [], []
    if figure.peer is None:
        times = [float(answer)] if figure.unit else [seconds(figure.ours) for _ in range(1 if long else pairs)]
        ratios = [figure.stored / t for t in times if figure.stored]
    else:
        if not figure.unit and not figure.same(answer, figure.peer()):
            raise AssertionError(f"{figure.name}: foedus and {figure.against} disagree")
        for _ in range(pairs):
            ours, peer = take(figure.ours), take(figure.peer)
            times.append(ours)
            ratios.append(peer / ours)
    amount = statistics.median(times)
    limit = figure.least.seconds(rates or {}) / amount if amount else 0.0
    if not ratios:
        return Measured(figure, amount, limit=limit)
    return Measured(figure, amount, statistics.median(ratios), min(ratios), max(ratios), limit)


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
