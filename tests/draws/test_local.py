"""This machine: one job after the other, or processes that start as copies only where that is safe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from foedus.draws.engines import engine_of
from foedus.draws.local import Processes, Serial, sharing
from offspring import HERE, below, left_of


def doubled(job: Any) -> tuple[int, int]:
    """Return twice a job, and who did it."""
    return 2 * job, os.getpid()


def test_this_process_works_out_a_job_at_once() -> None:
    assert Serial().hands == 1
    with Serial().open(doubled) as submit:
        future = submit(4)
        assert future.done()
        assert future.result() == (8, os.getpid())


def test_other_processes_work_out_jobs() -> None:
    engine = Processes(2)
    assert engine.hands == 2
    with engine.open(doubled) as submit:
        found = [submit(k).result(timeout=60) for k in range(3)]
    assert [n for n, _ in found] == [0, 2, 4]
    assert os.getpid() not in {pid for _, pid in found}
    assert os.environ["OPENBLAS_NUM_THREADS"]


def test_workers_are_copies_only_while_no_other_thread_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def method(engine: Processes) -> str:
        return str(engine._context().get_start_method())

    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "platform", "linux")
    assert method(Processes(2)) == "fork"
    assert method(Processes(2, fresh=True)) == "spawn"
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert method(Processes(2)) == "spawn"
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert method(Processes(2)) == "spawn"


def slow(job: Any) -> int:
    """Take so many seconds."""
    time.sleep(job)
    return os.getpid()


def fails(engine: Processes) -> None:
    with engine.open(slow) as submit:
        submit(0).result(timeout=60)
        submit(60)
        raise KeyError("mine")


LEFT = """
import multiprocessing, sys, time
from draws.test_local import Processes, fails
if __name__ == "__main__":
    try:
        fails(Processes(2, fresh=sys.argv[1] == "fresh"))
    except KeyError as error:
        said = error.args
    end = time.monotonic() + 30  # what was under way would take a minute
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.05)
    print(said, multiprocessing.active_children())
"""
"""In a process of its own: in ours other tests may have workers of theirs."""


@pytest.mark.parametrize("how", ["copies", "fresh"])
def test_what_goes_wrong_here_ends_the_workers_and_is_not_swallowed(tmp_path: Path, how: str) -> None:
    (tmp_path / "left.py").write_text(LEFT, encoding="utf-8")
    root = Path(__file__).parents[2]
    about = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root / "tests")))}
    run = subprocess.run(
        [sys.executable, str(tmp_path / "left.py"), how], env=about, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.strip()) == (0, "('mine',) []"), run.stderr


def test_a_pool_that_is_left_with_an_error_ends_although_much_was_still_to_be_handed_out() -> None:
    """More than a pipe holds: who writes it must not wait for processes that are gone."""
    before = set(threading.enumerate())

    def hand_out() -> None:
        with Processes(2, fresh=True).open(len) as submit:
            for _ in range(12):
                submit(bytes(1_000_000))
            raise KeyError

    with pytest.raises(KeyError):
        hand_out()
    left = [t for t in threading.enumerate() if t not in before]
    for thread in left:
        thread.join(20)
    assert not [t.name for t in left if t.is_alive()]


PARENT = """
import os, time
from foedus.draws.local import Processes
if __name__ == "__main__":
    with Processes(2, fresh={fresh}).open(time.sleep) as submit:
        waiting = [submit(300) for _ in range(6)]
        while len(os.listdir("/proc/self/task")) < 2:
            time.sleep(0.01)
        time.sleep(0.5)
        print("at work", flush=True)
        waiting[0].result()
"""


@pytest.mark.skipif(not HERE, reason="this system lists no processes")
@pytest.mark.parametrize("fresh", [False, True])
def test_workers_end_when_who_began_them_is_killed(fresh: bool, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(fresh=fresh), encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "at work\n"
    workers = below(parent.pid)
    assert len(workers) >= 2
    parent.send_signal(signal.SIGKILL)
    parent.wait(30)
    parent.stdout.close()
    assert left_of(workers) == []  # what they had begun would take five minutes


def taken(megabytes: Any) -> int:
    """Take so much memory."""
    return len(bytearray(megabytes << 20))


def test_workers_hold_their_share_of_memory_and_others_hold_none() -> None:
    with sharing(400):
        engine = engine_of("processes", 2)
    assert engine == Processes(2, memory=400)
    assert engine_of("processes", 2) == Processes(2, memory=0)
    held = bytearray(500 << 20)  # what the parent holds is none of a forked worker's own
    with engine.open(taken) as submit:
        with pytest.raises(MemoryError):
            submit(800).result(timeout=60)
        assert submit(10).result(timeout=60) == 10 << 20
    assert len(held) == 500 << 20


@pytest.mark.parametrize("jobs", [1, 40])
def test_an_end_in_mid_work_leaves_no_thread_that_this_process_would_wait_for(jobs: int) -> None:
    before = set(threading.enumerate())

    def broken_off() -> None:
        with Processes(2, fresh=True).open(taken) as submit:
            waiting = [submit(1) for _ in range(jobs)]
            assert waiting[0].result(timeout=60) == 1 << 20
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert set(threading.enumerate()) <= before
