"""Ensembles: what an experiment costs beyond its model, and what a second worker brings."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from measure import Figure, Point, Skipped, absent, installed, seconds

from foedus.asking.ensembles import ensemble
from foedus.draws.contract import Draws
from foedus.draws.ensemble import run_ensemble

CASE = "asia-1953"
CHUNK = 1000
LONG_RUN = 10.0
"""Seconds of the run that two workers share; they are started in some hundredths of one."""
RUNS = count()


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


def large(draws: int, workers: int) -> dict[str, Any]:
    """Return the manifest of an ensemble on disk that is worked out anew."""
    with tempfile.TemporaryDirectory() as folder:
        return dict(ensemble(CASE, Path(folder) / "run", draws=draws, workers=workers).manifest)


def throughput(draws: int, workers: int) -> float:
    """Return how many draws are worked out in a second."""
    return draws / seconds(lambda: large(draws, workers))


def enough_draws() -> int:
    """Return how many draws one worker needs some seconds for, so that starting a second does not count."""
    large(10, 1)  # warm
    each = seconds(lambda: large(10, 1)) / 10
    return int(np.clip(round(LONG_RUN / each, -2), 200, 1000))


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    n = 2_000 if quick else 20_000
    rows = np.random.default_rng(1).random((n, 2))
    name, peer = f"{n:,} experiments on a model of next to nothing / EMA Workbench", installed("ema_workbench")
    if peer:
        yield Figure(
            name,
            lambda: run(total, rows, 1, CHUNK),
            workbench(rows),
            lambda ours, theirs: np.array_equal(ours.column("y"), theirs),
            f"{peer}, one process; µs each = ms / {n / 1000:g}",
            goal=5,
        )
    else:
        yield absent(name, "ema_workbench")
    draws = 20 if quick else enough_draws()
    one, two = (lambda: large(draws, 1)), (lambda: large(draws, 2))
    yield Figure(
        f"an ensemble of {CASE}, 2 workers / 1 worker",
        two,
        one,
        lambda a, b: bool(a["result"] == b["result"]),
        f"foedus with 1 worker, {draws} draws",
        goal=1.8,
    )
    many = 40 if quick else 1000
    yield Figure(
        f"an ensemble of {CASE}, {many:,} draws, 2 workers",
        lambda: seconds(lambda: large(many, 2)),
        within=15.0,
        unit="s",
        against="measured once",
    )
    for workers in range(1, (os.cpu_count() or 1) + 1):
        yield Figure(
            f"growth: an ensemble of {CASE}, {workers} workers",
            lambda w=workers: throughput(draws, w),
            unit="draws/s",
            against="growth with workers",
            point=Point("draws a second, by workers", CASE, workers),
        )
