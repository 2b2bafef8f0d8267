"""The same ensemble on a cluster: a real scheduler, and workers that are processes of their own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from draws.tasks import Sums
from draws.test_fileset import fingerprints, run
from foedus.draws.engines import engine_of
from foedus.draws.ensemble import Interrupted, run_ensemble
from foedus.draws.stop import Stop
from foedus.vocabulary.errors import FoedusError

distributed = pytest.importorskip("distributed", reason="clusters need the extra 'dask'")
ROOT = Path(__file__).parents[2]
ROWS = np.random.default_rng(0).random((60, 3))


def _start(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([environment.pop("code", str(ROOT / "src")), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "PYTHONPATH": path, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a scheduler without workers."""
    file = tmp_path_factory.mktemp("scheduler") / "address.json"
    process = _start(
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--no-show",
        "--scheduler-file",
        str(file),
        DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="10s",
    )
    for _ in range(200):
        if file.exists() and file.read_text().endswith("}"):
            break
        time.sleep(0.1)
    yield json.loads(file.read_text())["address"].removeprefix("tcp://")
    process.kill()
    process.wait()


@pytest.fixture
def hire(scheduler: str) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Yield a function that starts a worker and waits for it."""
    hired: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> subprocess.Popen[bytes]:
        hired.append(
            _start(
                "distributed.cli.dask_worker",
                f"tcp://{scheduler}",
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                **environment,
            )
        )
        with distributed.Client(f"tcp://{scheduler}", set_as_default=False) as client:
            client.wait_for_workers(sum(p.poll() is None for p in hired), timeout=30)
        return hired[-1]

    yield start
    for process in hired:
        process.terminate()
    for process in hired:
        process.wait(60)
    with distributed.Client(f"tcp://{scheduler}", set_as_default=False) as client:
        for _ in range(100):
            if not client.ncores():
                break
            time.sleep(0.1)


def test_a_worker_killed_in_mid_run_costs_nothing(
    scheduler: str, hire: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    victim, _ = hire(), hire()
    log, finished = tmp_path / "log", []

    def kill_one(done: int, total: int) -> None:
        finished.append(done)
        if done >= 12 and victim.poll() is None:
            victim.kill()

    found = run_ensemble(Sums(str(log), 0.01), ROWS, "far", progress=kill_one, engine=f"dask://{scheduler}")
    assert victim.wait(60) == -9
    assert len({line.split()[0] for line in log.read_text().splitlines()}) == 2
    assert finished == list(range(0, 61, 4))  # every chunk once: nothing lost, nothing double
    plain = run_ensemble(Sums(), ROWS, "near", engine="serial")
    assert (found.keys, found.values.tobytes()) == (plain.keys, plain.values.tobytes())
    run(tmp_path / "far", engine=engine_of(f"dask://{scheduler}", 1))
    run(tmp_path / "near")
    assert fingerprints(tmp_path / "far") == fingerprints(tmp_path / "near")


def test_a_worker_with_other_code_is_refused(
    scheduler: str, hire: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    other = tmp_path / "src"
    subprocess.run(["cp", "-r", str(ROOT / "src"), str(other)], check=True)
    with (other / "foedus" / "draws" / "contract.py").open("a") as changed:
        changed.write("# another version\n")
    hire(code=str(other))
    with pytest.raises(FoedusError, match=r"another foedus \(code .* there, .* here\)"):
        run_ensemble(Sums(), ROWS, "other", engine=f"dask://{scheduler}")


def test_a_worker_that_cannot_load_our_code_is_refused(
    scheduler: str, hire: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    (tmp_path / "foedus").mkdir()
    (tmp_path / "foedus" / "__init__.py").write_text('"""A foedus from before there were engines."""\n')
    hire(code=str(tmp_path))
    with pytest.raises(FoedusError, match="foedus cannot be loaded there"):
        run_ensemble(Sums(), ROWS, "none", engine=f"dask://{scheduler}")


def test_nobody_at_the_address_is_a_sentence_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(FoedusError, match="no scheduler answers at this address"):
        run_ensemble(Sums(), ROWS, "nobody", engine="dask://127.0.0.1:9")
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("says", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_who_listens_and_is_no_scheduler_is_a_sentence_soon(says: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.draws.cluster.PATIENT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as other:

        def greet() -> None:
            line, _ = other.accept()
            line.sendall(says)
            time.sleep(60)

        threading.Thread(target=greet, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(FoedusError, match="no scheduler answers at this address"):
            run_ensemble(Sums(), ROWS, "silent", engine=f"dask://127.0.0.1:{other.getsockname()[1]}")
        assert time.monotonic() - began < 20


def test_a_run_on_a_cluster_can_be_stopped_from_another_thread(
    scheduler: str, hire: Callable[..., subprocess.Popen[bytes]]
) -> None:
    hire()
    stop = Stop()
    threading.Timer(1.5, stop.ask).start()
    began = time.monotonic()
    with stop.heeded(), pytest.raises(Interrupted, match=r"stopped; \d+ of 60 draws are kept"):
        run_ensemble(Sums("", 0.5), ROWS, "stopped", engine=f"dask://{scheduler}")
    assert time.monotonic() - began < 20  # whole, it takes 30


@pytest.mark.parametrize(
    "address", ["", "nonsense", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "a b:8786", "tcp://h:8786"]
)
def test_what_is_no_address_is_a_sentence_before_anything_begins(address: str) -> None:
    with pytest.raises(FoedusError, match=r"no address of a scheduler. Write dask://HOST:PORT"):
        engine_of(f"dask://{address}", 1)


@pytest.mark.parametrize("address", ["localhost:8786", "10.0.0.7:1", "[::1]:65535", "foedus-scheduler:8786"])
def test_addresses_are_a_host_and_a_port(address: str) -> None:
    assert engine_of(f"dask://{address}", 1)


def test_a_scheduler_without_workers_is_a_sentence(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.draws.cluster.SILENCE", 1.0)
    with pytest.raises(FoedusError, match="the scheduler has had no workers for 1 s"):
        run_ensemble(Sums(), ROWS, "empty", engine=f"dask://{scheduler}")
