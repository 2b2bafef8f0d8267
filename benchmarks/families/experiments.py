"""Ensembles: what an experiment costs beyond its model, what a second worker brings, and memory that does not grow."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from measure import Figure, Skipped, absent, installed

from foedus.simulation.engines import Draws
from foedus.simulation.ensemble import run_ensemble
from foedus.simulation.sampling import design
from foedus.workflow.ensembles import sweep_of

CHUNK = 1000
RUNS = count()

PEAK = """
import sys, tempfile
from pathlib import Path
from foedus.simulation.engines import Serial
from foedus.simulation.fileset import Plan, run_to_files
from foedus.vocabulary.tables import Column
names = [f"n{k}" for k in range(300)]
task = lambda row: {name: float(k) for k, name in enumerate(names)}
with tempfile.TemporaryDirectory() as folder:
    plan = Plan((), int(sys.argv[1]), 1)
    run_to_files(task, plan, Path(folder) / "run", {}, lambda name: Column(name, "", name), Serial())
print(next(x.split()[1] for x in open("/proc/self/status") if x.startswith("VmHWM")))
"""


def total(row: np.ndarray) -> dict[str, float]:
    """Return a model of next to nothing."""
    return {"y": float(row[0]) + float(row[1])}


def run(task: Callable[[Any], Any], rows: np.ndarray, workers: int, chunk: int) -> Draws:
    """Run an ensemble that nothing has been kept of."""
    return run_ensemble(task, rows, f"bench-{os.getpid()}-{next(RUNS)}", workers=workers, chunk=chunk)


def workbench(rows: np.ndarray) -> Callable[[], np.ndarray]:
    """Return the same experiments in the sequential evaluator of the EMA Workbench."""
    import tqdm
    from ema_workbench import Model, RealParameter, ScalarOutcome, Scenario, SequentialEvaluator

    tqdm.tqdm.monitor_interval = 0  # its thread would keep our workers from starting as copies of this process
    model = Model("total", function=lambda a, b: {"y": a + b})
    model.uncertainties = [RealParameter("a", 0, 1), RealParameter("b", 0, 1)]
    model.outcomes = [ScalarOutcome("y")]
    scenarios = [Scenario(k, a=a, b=b) for k, (a, b) in enumerate(rows.tolist())]

    def once() -> np.ndarray:
        with redirect_stderr(StringIO()), SequentialEvaluator(model) as evaluator:  # it draws a progress bar
            _, outcomes = evaluator.perform_experiments(scenarios, reporting_interval=len(rows))
        return np.asarray(outcomes["y"])

    return once


def peak(draws: int) -> int:
    """Return the peak memory (kB) of a process that works out cheap draws.

    It is read from /proc, because what getrusage says includes the peak of the parent.
    """
    done = subprocess.run([sys.executable, "-c", PEAK, str(draws)], check=True, capture_output=True, text=True)
    return int(done.stdout)


def flat(few: int, many: int) -> None:
    """Fail when more draws take more memory."""
    small, large = peak(few), peak(many)
    if large > 1.1 * small:
        raise AssertionError(f"{many} draws take {large} kB, {few} draws {small} kB")


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    n = 2_000 if quick else 20_000
    rows = np.random.default_rng(1).random((n, 2))
    name, peer = f"{n:,} experiments on a model of next to nothing / EMA Workbench", installed("ema_workbench")
    if peer:
        yield Figure(name, lambda: run(total, rows, 1, CHUNK), workbench(rows),
                     lambda ours, theirs: np.array_equal(ours.column("y"), theirs),
                     f"{peer}, one process; µs each = ms / {n / 1000:g}", goal=5)  # fmt: skip
    else:
        yield absent(name, "ema_workbench")
    draws = 8 if quick else 32
    sweep = sweep_of("asia-1953", (), (), ("parameters", "inputs"), ("forms",))
    drawn = design(sweep.varied, draws, 1)
    yield Figure(f"{draws} draws of asia-1953, 2 workers / 1 worker", lambda: run(sweep, drawn, 2, 4),
                 lambda: run(sweep, drawn, 1, 4), lambda two, one: np.array_equal(two.values, one.values, True),
                 "foedus with 1 worker", goal=1.8)  # fmt: skip
    name = "2,000 and 20,000 cheap draws of 300 numbers, each in a process of its own"
    if Path("/proc/self/status").exists():
        yield Figure(
            name, lambda: flat(2000, 20_000), against="fails when the 20,000 take over 1.1 × the memory of the 2,000"
        )
    else:
        yield Skipped(name, "peak memory is read from /proc, which only Linux has")
