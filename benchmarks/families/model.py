"""The model: one utility against the equations written out, one round, one draw of an ensemble, start-up."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from measure import Figure

from families.twins import utility
from foedus.casebook.reader import read_case
from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral, body
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import run_round
from worlds import plain_worth, random_world

REFERENCE = 0.2
"""Seconds of one round in the reference run (2026-11-23): it took 0.2 to 1.0; the lower end is the harder peer."""

FIRST = """
from foedus.casebook.reader import read_case
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import run_round
run_round(Appraiser(build_world(read_case("asia-1953")), Parameters()))
"""


def written_out(world: Any) -> Callable[[], float]:
    """Return the worth of the grand coalition from every coalition worked out with the equations."""
    n = len(world.states)
    pact = Architecture((body(world.states),))
    obligation = Appraiser(world, Parameters()).appraise(pact, Architecture()).quantities["obligation"]

    def once() -> float:
        def cost(members: frozenset[int]) -> np.ndarray:
            felt, fighting = plain_worth(world, Parameters(), obligation, members)
            return felt + fighting

        alone = cost(frozenset())
        saved = [alone - cost(frozenset(i for i in range(n) if mask >> i & 1)) for mask in range(1 << n)]
        return float((world.gdp * saved[-1]).sum() / 100)

    return once


def one_treaty_more(world: Any, kept: bool) -> Callable[[], Any]:
    """Return the appraisals of a star with and without a pact of two spokes, games kept or all played anew."""
    star = Architecture(tuple(bilateral(world.hub, s) for s in world.states if s != world.hub))
    more = star.having(Institution(Kind.BILATERAL, tuple(world.states[1:3]), Rule.HUB, 0.4))
    appraiser = Appraiser(world, Parameters())

    def once() -> Any:
        appraiser._memory.clear()
        found = []
        for architecture in (star, more):
            if not kept:
                appraiser.played.pledged[:] = -1.0
            found.append(appraiser.appraise(architecture, Architecture()).utility)
        return np.array(found)

    return once


def process(*arguments: str) -> Callable[[], None]:
    """Return the run of a Python process."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def once() -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)

    return once


def compiling() -> float:
    """Return the seconds of a first round in a process that finds nothing compiled."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, env=environment)
        return time.perf_counter() - start


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures."""
    six = random_world(1, 6)
    yield Figure(
        "utility, 6 states in one body / equations written out",
        utility(six),
        written_out(six),
        same=lambda ours, plain: bool(np.isclose(ours.quantities["joint_worth"], plain)),
        against="plain twin",
        goal=20,
    )
    for case in ("europe-1949", "asia-1953", "indo-pacific-2020"):
        world = build_world(read_case(case))
        yield Figure(
            f"one round, {case} / reference run",
            lambda w=world: run_round(Appraiser(w, Parameters())),
            against="reference run: 0.2 – 1.0 s",
            stored=REFERENCE,
            goal=30,
        )
    star = random_world(1, 16)
    yield Figure(
        "one pact more in a star of 16, other games kept / all played anew",
        one_treaty_more(star, True),
        one_treaty_more(star, False),
        against="nothing kept",
    )
    nothing = process("-c", "pass")
    done = lambda ours, peer: ours is None and peer is None  # noqa: E731
    yield Figure(
        "foedus --help / empty process",
        process("-m", "foedus", "--help"),
        nothing,
        done,
        "an empty process",
        within=0.4,
    )
    yield Figure(
        "import foedus / empty process", process("-c", "import foedus"), nothing, done, "an empty process", within=0.3
    )
    yield Figure(
        "one round of asia-1953 from the start / empty process",
        process("-c", FIRST),
        nothing,
        done,
        "an empty process; kernels compiled before",
        within=1.0,
    )
    if not quick:
        yield Figure("the same, all kernels compiled in it", compiling, unit="s", within=40.0, against="once")
