"""Signals at the door: a sentence and never a traceback, in a real terminal and in the middle of compiled code."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from foedus.cli.signals import interruptible, obeyed
from foedus.draws.stop import Interrupted, Stop, look, undisturbed

pty = pytest.importorskip("pty", reason="terminals are made as POSIX does")
ROOT = Path(__file__).parents[2]


def in_a_terminal(
    arguments: Sequence[str], cache: Path, after: float, keys: int, parts: int = 0
) -> tuple[int, str, float]:
    """Run a command in a terminal of its own and press Ctrl-C: its exit code, all it wrote, and how long it still took."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "FOEDUS_CACHE": str(cache), "COLUMNS": "200"}
    environment["TERM"] = "xterm"  # a dumb terminal gets no bar, by which is known here that the work has begun
    command = [sys.executable, "-m", "foedus", *arguments]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment)
    began, first, pressed, written = time.monotonic(), 0.0, 0, b""
    while True:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                written += os.read(terminal, 1 << 16)
            except OSError:
                break
        ready = b"0/" in written and time.monotonic() - began > after and len(list(cache.rglob("*.part"))) >= parts
        if pressed < keys and (pressed or ready):
            first = first or time.monotonic()
            os.write(terminal, b"\x03")
            pressed += 1
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), written.decode(errors="replace"), time.monotonic() - first


@pytest.mark.parametrize(("after", "keys"), [(0.0, 1), (3.0, 1), (3.0, 3)])
def test_ctrl_c_in_a_terminal_ends_a_big_case_with_the_sentence(tmp_path: Path, after: float, keys: int) -> None:
    code, written, took = in_a_terminal(["assess", "atlantic-2020", "--workers", "2"], tmp_path, after, keys)
    assert code == 130
    assert "error: " in written
    assert "stopped" in written
    assert "Traceback" not in written
    assert "0/?" not in written
    assert took < 20


def test_ctrl_c_while_others_draw_says_what_is_kept(tmp_path: Path) -> None:
    arguments = ["assess", "indo-pacific-2020", "--draws", "50000", "--workers", "2"]
    code, written, took = in_a_terminal(arguments, tmp_path, 0.0, 2, parts=2)
    assert code == 130
    assert "of 50000 draws are kept. Give the same command again to go on from there." in written
    assert "Traceback" not in written
    assert took < 20


STORM = """
import signal, sys
import numpy as np
from foedus.casebook.reader import read_case
from foedus.cli.signals import obeyed
from foedus.draws.stop import Stop
from foedus.model.architecture import Architecture
from foedus.model.builder import build_world
from foedus.model.parameters import Parameters
from foedus.simulation.appraisal import Appraiser

world = build_world(read_case("indo-pacific-2020"))
before, caught, done = Architecture(), 0, 0
Appraiser(world, Parameters()).appraise(world.in_force, before)
stop = Stop()
stop.ask()
def storm():
    global done
    signal.setitimer(signal.ITIMER_REAL, 1e-4 + 3e-6 * (done % 300))  # a timer that is armed rings within the work alone
    while done < 3000:
        judge = Appraiser(world, Parameters())
        for _ in range(5):
            done += 1
            judge._memory.clear()
            judge.appraise(world.in_force, before)
while done < 3000:
    try:
        obeyed(stop, storm)
    except KeyboardInterrupt:
        caught += 1
print(caught)
"""


def test_an_interruption_never_meets_compiled_code_that_hands_its_results_over() -> None:
    run = subprocess.run(
        [sys.executable, "-c", STORM],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 100


def test_generated_code_is_not_interrupted_and_a_compiler_is() -> None:
    seen: list[bool] = []
    names = {"__name__": "namedtuple_Found", "see": lambda: seen.append(interruptible(sys._getframe(1)))}
    exec("def new(): see()\ndef _compile_for_args(): new()", names)
    ours = {"__name__": "foedus.ours", **{k: names[k] for k in ("new", "_compile_for_args")}}
    exec(compile("def give(): new()\ndef begin(): _compile_for_args()", "ours.py", "exec"), ours)
    ours["give"]()  # type: ignore[operator]
    ours["begin"]()  # type: ignore[operator]
    names["new"]()  # type: ignore[operator]
    assert seen == [False, True, True]
    assert interruptible(sys._getframe())
    assert interruptible(None)


def test_the_first_signal_asks_and_what_does_not_look_is_interrupted() -> None:
    stop = Stop()

    def work(looks: bool) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(500):
            time.sleep(0.01)
            if looks:
                look()

    kept = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)]
    try:
        for looks, error in ((True, Interrupted), (False, KeyboardInterrupt)):
            stop = Stop()
            with stop.heeded(), pytest.raises(error):
                obeyed(stop, partial(work, looks))
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # the sentence is not disturbed
        for number, handler in zip((signal.SIGINT, signal.SIGTERM, signal.SIGALRM), kept, strict=True):
            signal.signal(number, handler)
        obeyed(Stop(), lambda: None)
        assert [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)] == kept
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM, signal.SIGALRM), kept, strict=True):
            signal.signal(number, handler)


def test_nobody_who_presses_again_disturbs_what_tidies_up_or_the_sentence() -> None:
    stop = Stop()
    tidied: list[bool] = []

    def press() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def work() -> None:
        press()
        try:
            press()  # the second one interrupts
        finally:
            with undisturbed():
                press()
                tidied.append(True)

    kept = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)]
    try:
        with pytest.raises(KeyboardInterrupt):
            obeyed(stop, work)
        press()  # while the sentence is printed
        assert tidied == [True]
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM, signal.SIGALRM), kept, strict=True):
            signal.signal(number, handler)


def test_another_thread_than_the_main_one_is_let_in() -> None:
    entered: list[bool] = []
    thread = threading.Thread(target=lambda: obeyed(Stop(), lambda: entered.append(True)))
    thread.start()
    thread.join()
    assert entered == [True]
