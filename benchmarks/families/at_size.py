"""The theory at the sizes it is asked about: rounds of thirteen and fourteen states, and the Atlantic alliance with its 27.

Long work is measured on fewer draws and runs than people ask for, and its goal is scaled to them; the name says how many. What
is done once, whatever the number (reading the case, the first drafts), counts in full, so that the goal is a little harder
than that of the whole. What else belongs here is measured elsewhere: one utility of 32 states in `scaling`, all states of the
world in `worldwide`, everything compiled cold in `model`, two workers beside one in `experiments`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from measure import Figure

from foedus.asking.about_a_case import assess
from foedus.asking.through_years import simulate
from foedus.casebook.reader import read_case
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import run_round

SEEDS = count(1000)
"""A new seed each time, so that nothing that was kept of an earlier run answers."""
ROUNDS = (("indo-pacific-2020", 13, 0.020), ("europe-1949", 14, 0.025))
"""Case, states, and seconds aimed at."""
ASSESSED = 200, 300.0
"""Draws of an assessment of the Atlantic alliance, and seconds aimed at."""
LIVED = (("indo-pacific-2020", 1951, 2030, 500, 180.0), ("atlantic-2020", 1949, 2025, 100, 600.0))
"""Case, years, runs, and seconds aimed at."""
AGAIN = ("assess", "indo-pacific-2020")
"""A command, start of Python and all, the second time and later."""
SOME = {"indo-pacific-2020": 20, "atlantic-2020": 8}
"""Runs that are measured."""


def one_round(case: str) -> Callable[[], Any]:
    """Return a round of formation in which nothing is remembered."""
    world = build_world(read_case(case))
    return lambda: run_round(Appraiser(world, Parameters()))


def assessed(draws: int) -> int:
    """Assess the Atlantic alliance on two workers; return how many answers there are."""
    return len(assess("atlantic-2020", draws=draws, seed=next(SEEDS), workers=2).record.sections)


def lived(case: str, first: int, last: int, runs: int) -> int:
    """Run a case through the years on two workers; return how many runs there are."""
    return int(simulate(case, first=first, last=last, runs=runs, seed=next(SEEDS), workers=2).runs)


def asked_again() -> int:
    """Ask a command again whose answer is kept, twice; return how many bytes it prints."""
    printed = [
        subprocess.run([sys.executable, "-m", "foedus", *AGAIN], capture_output=True, check=True).stdout for _ in "ab"
    ]
    assert printed[0] == printed[1]
    return len(printed[1])


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures."""
    for case, states, goal in ROUNDS:
        yield Figure(f"one round of {states} states, {case}", one_round(case), within=goal, against="no peer")
    draws, seconds = ASSESSED
    few = 4 if quick else 40
    yield Figure(
        f"assess atlantic-2020, 27 states: {few} of {draws} draws, two workers",
        lambda: assessed(few),
        within=seconds * few / draws,
        against=f"{draws} draws within {seconds:.0f} s",
    )
    yield Figure("the same command again, twice: foedus assess", asked_again, within=2.0, against="1 s each")
    for case, first, last, runs, seconds in LIVED:
        some = 2 if quick else SOME[case]
        yield Figure(
            f"simulate {case}, {first}–{last}: {some} of {runs} runs, two workers",
            lambda c=case, a=first, b=last, n=some: lived(c, a, b, n),
            within=seconds * some / runs,
            against=f"{runs} runs within {seconds:.0f} s",
        )
