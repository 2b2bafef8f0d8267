"""Drafts together: what is absorbed as the architecture says, and an interruption in the middle of a draw ends cleanly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DRAW = """
import ctypes, os, signal, sys, threading, time
from foedus.casebook.reader import read_case
from foedus.draws.stop import Interrupted, Stop
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import run_round

world = build_world(read_case("indo-pacific-2020"))

def draw():
    return run_round(Appraiser(world, Parameters())).body

def appraised(judge):
    judge._memory.clear()
    return judge.appraise(world.in_force, world.in_force).utility.tobytes()

first, same = draw(), appraised(Appraiser(world, Parameters()))
"""

MAIN_THREAD = """
caught = 0
judge = Appraiser(world, Parameters())
signal.signal(signal.SIGALRM, signal.default_int_handler)  # as Ctrl-C in a notebook: raised wherever it arrives
for k in range(1500):
    try:
        signal.setitimer(signal.ITIMER_REAL, 5e-5 + 2e-6 * (k % 200))
        for _ in range(20):
            appraised(judge)
        signal.setitimer(signal.ITIMER_REAL, 0)
    except KeyboardInterrupt:
        caught += 1
signal.setitimer(signal.ITIMER_REAL, 0)
assert appraised(judge) == same
assert draw() == first
print(caught)
"""

ANOTHER_THREAD = """
stop, ends = Stop(), []

def work():
    with stop.heeded():
        try:
            while True:
                draw()
        except Interrupted as end:
            ends.append(str(end))

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs this in the background may have it ignored
thread = threading.Thread(target=work)
thread.start()
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    thread.join()
except KeyboardInterrupt:
    stop.ask()
thread.join(60)
assert not thread.is_alive()
assert draw() == first
print(ends[0])
"""

RAISED_THERE = """
caught, done = [], threading.Event()

def work():
    while not done.is_set():
        try:
            while not done.is_set():
                appraised(Appraiser(world, Parameters()))
        except KeyboardInterrupt:
            caught.append(1)

thread = threading.Thread(target=work)
thread.start()
for _ in range(300):
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(KeyboardInterrupt))
    time.sleep(1e-3)
done.set()
thread.join(60)
assert draw() == first
print(len(caught))
"""


def run(code: str) -> str:
    """Return what a process of its own prints about draws that were interrupted; it must not die of it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", DRAW + code], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, (done.returncode, done.stderr)
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are sent as POSIX does")
def test_an_interruption_in_the_middle_of_a_draw_is_an_exception_and_spoils_nothing() -> None:
    assert int(run(MAIN_THREAD)) > 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are sent as POSIX does")
def test_while_another_thread_draws_an_interruption_asks_it_to_end() -> None:
    assert run(ANOTHER_THREAD).startswith("run: stopped")


def test_an_exception_raised_in_the_thread_that_draws_ends_it_cleanly() -> None:
    assert int(run(RAISED_THERE)) > 20
