"""Scaling: time with states, draws and cores, memory with draws; the curves of the page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from measure import Figure, Point, Skipped, Work

from families.twins import utility
from foedus.games.coalitional import myerson, shapley
from plaingames import random_game, random_graph
from worlds import random_world

STATES = "ms to work out, by states"
TIME = "ms a draw, by draws"
MEMORY = "peak memory in MB, by draws"
WIDE = (24, 32)
"""States of bodies whose coalitions no table would hold."""

OWN_PROCESS = """
import sys, tempfile, time
from pathlib import Path
from foedus.draws.local import Serial
from foedus.draws.filing import Plan, run_to_files
from foedus.vocabulary.tables import Column
from foedus.asking.ask import Ask
from foedus.asking.ensembles import sweep_of
model, draws = sys.argv[1], int(sys.argv[2])
if model == "cheap":
    names = [f"n{k}" for k in range(100)]
    varied, task = (), lambda row: {name: float(k) for k, name in enumerate(names)}
else:
    task = sweep_of(Ask(model), ("parameters", "inputs"), ("forms", "ends"))
    varied = task.varied
def run(draws):
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(varied, draws, 1)
        run_to_files(task, plan, Path(folder) / "run", {}, lambda name: Column(name, "", name), Serial())
run(10)
start = time.perf_counter()
run(draws)
took = time.perf_counter() - start
peak = next(x.split()[1] for x in open("/proc/self/status") if x.startswith("VmHWM"))
print(1e3 * took / draws, int(peak) / 1e3)
"""


@cache
def ensemble(model: str, draws: int) -> tuple[float, float]:
    """Return time per draw (ms) and peak memory (MB) of an ensemble on disk, in a warm process of its own.

    Memory is read from /proc, because what getrusage says includes the peak of the parent.
    """
    done = subprocess.run(
        [sys.executable, "-c", OWN_PROCESS, model, str(draws)], check=True, capture_output=True, text=True
    )
    each, peak = map(float, done.stdout.split())
    return each, peak


def along_states(quick: bool) -> Iterator[Figure]:
    """Yield one utility, one Shapley value and one Myerson value for more and more states."""
    for n in (6, 8, 10) if quick else (6, 8, 10, 12, 14, 16, 18, 20):
        world = random_world(1, n)
        yield Figure(
            f"growth: utility, {n} states in one council",
            utility(world),
            against="growth with states",
            point=Point(STATES, "utility of one council", n),
        )
        worth, ties = random_game(1, n), random_graph(1, n, 0.5)
        yield Figure(
            f"growth: Shapley value, {n} players",
            lambda v=worth: shapley(v),
            against="growth with players",
            least=Work(bytes=8.0 * worth.size, products=float(worth.size)),
            point=Point(STATES, "Shapley value of a table", n),
        )
        yield Figure(
            f"growth: Myerson value, {n} players, half of all ties",
            lambda v=worth, g=ties: myerson(v, g),
            against="growth with players",
            point=Point(STATES, "Myerson value, half of all ties", n),
        )
    for n in WIDE:
        yield Figure(f"utility, {n} states in one council", utility(random_world(1, n)), within=4e-3, against="no peer")
    few, many = (6, 10) if quick else (10, 16)
    yield Figure(
        f"utility, {few} states / {many} states",
        utility(random_world(1, few)),
        utility(random_world(1, many)),
        lambda a, b: True,
        f"foedus with {many} states",
        most=100,
    )


def along_draws(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield time per draw and peak memory for more and more draws, of a model of next to nothing and of a case."""
    if not Path("/proc/self/status").exists():
        yield Skipped("ensembles by draws", "peak memory is read from /proc, which only Linux has")
        return
    cheap, costly = ((100, 1000), (4, 8)) if quick else ((1000, 10_000, 100_000), (50, 100, 200))
    for model, sizes, what in (("cheap", cheap, "100 numbers, no model"), ("asia-1953", costly, "asia-1953")):
        for draws in sizes:
            yield Figure(
                f"a draw of {draws:,}: {what}",
                lambda m=model, d=draws: ensemble(m, d)[0],
                unit="ms",
                against="growth with draws",
                point=Point(TIME, what, draws),
            )
            yield Figure(
                f"peak memory, {draws:,} draws: {what}",
                lambda m=model, d=draws: ensemble(m, d)[1],
                unit="MB",
                against="growth with draws",
                point=Point(MEMORY, what, draws),
            )
        few, many = sizes[-2:]
        yield Figure(
            f"peak memory, {few:,} draws / {many:,} draws: {what}",
            lambda m=model, d=few: ensemble(m, d)[1],
            lambda m=model, d=many: ensemble(m, d)[1],
            against=f"foedus with {many:,} draws",
            most=1.1,
            unit="MB",
        )


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    yield from along_states(quick)
    yield from along_draws(quick)
