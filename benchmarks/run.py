"""Figures of foedus, measured against a peer in the same run and reported as ratios.

Usage: python benchmarks/run.py [--pairs 5]

Peers: the plain form of the same equations in NumPy and Python (the twin that the tests hold the kernels to), and for
start-up an empty Python process. Medians of alternating pairs, with the least and the largest ratio.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from foedus.facts.reader import read_case
from foedus.mechanisms.value import EXACT_LIMIT
from foedus.model.architecture import Architecture, body
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import run_round
from worlds import plain_worth, random_world


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Return the mean time of some repeats."""
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def pairs(ours: Callable[[], float], peer: Callable[[], float], count: int) -> tuple[float, float, float, float]:
    """Return the median of ours, and median, least and largest of peer over ours, measured in turn."""
    times, ratios = [], []
    for _ in range(count):
        a, b = ours(), peer()
        times.append(a)
        ratios.append(b / a)
    return statistics.median(times), statistics.median(ratios), min(ratios), max(ratios)


def plain_utility(world: object, obligation: np.ndarray) -> None:
    """Work out every coalition with the equations written out, as a user without kernels would."""
    n = len(world.states)  # type: ignore[attr-defined]
    for mask in range(1 << n):
        plain_worth(world, Parameters(), obligation, frozenset(i for i in range(n) if mask >> i & 1))  # type: ignore[arg-type]


def process(*arguments: str) -> float:
    """Return how long a process takes."""
    start = time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Print one line per figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=5)
    count = options.parse_args().pairs
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"NumPy {np.__version__}; medians of {count} alternating pairs")  # fmt: skip
    print(f"{'figure':58} {'ours':>10} {'peer/ours':>10}  {'least':>8} {'largest':>8}")

    def line(name: str, found: tuple[float, float, float, float]) -> None:
        print(f"{name:58} {found[0] * 1e3:8.2f} ms {found[1]:9.1f}×  {found[2]:7.1f}× {found[3]:7.1f}×", flush=True)

    small = random_world(1, 6)
    pact = Architecture((body(small.states),))
    obligation = Appraiser(small, Parameters()).appraise(pact, Architecture()).quantities["obligation"]

    def utility(world: object, architecture: Architecture) -> Callable[[], float]:
        def once() -> object:
            appraiser._memory.clear()
            return appraiser.appraise(architecture, Architecture())

        appraiser = Appraiser(world, Parameters())  # type: ignore[arg-type]
        once()
        return lambda: seconds(once, 200)

    line("utility, 6 states in one body / plain equations",
         pairs(utility(small, pact), lambda: seconds(lambda: plain_utility(small, obligation)), count))  # fmt: skip
    ten = random_world(1, 10)
    ten_ours = utility(ten, Architecture((body(ten.states),)))
    print(
        f"{'utility, 10 states in one body (goal: ≤ 1 ms)':58} {statistics.median(ten_ours() for _ in range(count)) * 1e3:8.2f} ms"
    )
    for n in (12, 14, 16):
        world = random_world(1, n)
        ours = utility(world, Architecture((body(world.states),)))
        print(f"{f'utility, {n} states, exact (limit {EXACT_LIMIT})':58} {ours() * 1e3:8.2f} ms")
    for name in ("europe-1949", "asia-1953", "indo-pacific-2020"):
        world = build_world(read_case(name))
        run_round(Appraiser(world, Parameters()))
        took = statistics.median(seconds(lambda w=world: run_round(Appraiser(w, Parameters()))) for _ in range(count))
        print(f"{f'one round, {name}':58} {took * 1e3:8.1f} ms")
    line("foedus --help / empty process (goal: ≤ 400 ms)",
         pairs(lambda: process("-m", "foedus", "--help"), lambda: process("-c", "pass"), count))  # fmt: skip
    line("import foedus / empty process (goal: ≤ 300 ms)",
         pairs(lambda: process("-c", "import foedus"), lambda: process("-c", "pass"), count))  # fmt: skip
    with tempfile.TemporaryDirectory() as cache:
        os.environ["FOEDUS_CACHE"] = cache
        took = [process("-m", "foedus", "assess", "--draws", "200") for _ in range(2)]
    print(f"{'assess indo-pacific-2020, 200 draws (goal: ≤ 20 s)':58} {statistics.median(took):8.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory of its largest process (goal: ≤ 1 GB)':58} {peak:8.0f} MB")


if __name__ == "__main__":
    main()
