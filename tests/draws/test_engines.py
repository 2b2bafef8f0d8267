"""Engines on one machine: dead workers, dead parents, polite and rude ends, and no work done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from draws.tasks import DiesOnce, Sums
from foedus.draws.engines import engine_of
from foedus.draws.ensemble import run_ensemble
from foedus.vocabulary.errors import FoedusError

ROOT = Path(__file__).parents[2]
ROWS = np.random.default_rng(0).random((40, 2))

PARENT = """
import sys, numpy as np
from foedus.cli.signals import obeyed
from foedus.draws.ensemble import run_ensemble
from foedus.draws.stop import Stop
from foedus.vocabulary.errors import FoedusError
from draws.tasks import Sums
stop = Stop()
try:
    with stop.heeded():
        sums = Sums(sys.argv[1], float(sys.argv[2]))
        obeyed(stop, lambda: run_ensemble(sums, np.random.default_rng(0).random((40, 2)), "run", workers=2))
except FoedusError as error:
    sys.exit(str(error))
"""


def _parent(log: Path, pause: float) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, str(log), str(pause)],
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.PIPE,
        text=True,
    )


def _parts(tmp_path: Path) -> int:
    return len(list((tmp_path / "cache" / "runs").glob("*/*.part")))


def _wait_for_parts(tmp_path: Path, count: int) -> None:
    for _ in range(300):
        if _parts(tmp_path) >= count:
            return
        time.sleep(0.05)
    raise AssertionError("no parts were written")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    found = run_ensemble(DiesOnce(str(tmp_path / "died")), ROWS, "killed", workers=2)
    assert (tmp_path / "died").exists()
    np.testing.assert_allclose(found.column("sum"), ROWS.sum(axis=1))


def test_workers_that_always_die_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match=r"they were killed \d times .* finished parts are kept"):
        run_ensemble(DiesOnce(str(tmp_path / "died"), always=True), ROWS, "deadly", workers=2)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_killed_parent_leaves_no_workers_and_loses_no_part(tmp_path: Path) -> None:
    log = tmp_path / "log"
    parent = _parent(log, 0.05)
    _wait_for_parts(tmp_path, 3)
    parent.kill()
    parent.wait()
    workers = {int(line.split()[0]) for line in log.read_text().splitlines()}
    assert len(workers) == 2
    for _ in range(100):
        if not any(_alive(pid) for pid in workers):
            break
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in workers)
    kept = _parts(tmp_path)
    log.unlink()
    found = run_ensemble(Sums(str(log)), ROWS, "run")
    assert len(log.read_text().splitlines()) == 40 - 4 * kept
    assert found.values.tobytes() == run_ensemble(Sums(), ROWS, "whole").values.tobytes()


def test_a_polite_end_says_what_is_kept(tmp_path: Path) -> None:
    parent = _parent(tmp_path / "log", 0.05)
    _wait_for_parts(tmp_path, 2)
    parent.send_signal(signal.SIGTERM)
    _, words = parent.communicate(timeout=60)
    assert parent.returncode == 1
    assert f"stopped; {4 * _parts(tmp_path)} of 40 draws are kept. Give the same command again" in words


def test_engines_go_by_name() -> None:
    assert engine_of("serial", 8).hands == 1
    assert engine_of("", 1).hands == 1
    assert engine_of("processes", 3).hands == 3
    with pytest.raises(FoedusError, match="Known engines: serial, processes, dask"):
        engine_of("ray", 2)
