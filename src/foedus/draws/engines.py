"""Engines: who works out the draws, this process, some processes of this machine, or a cluster of many."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, Problem, fail

Row = Mapping[str, float]
Evaluate = Callable[[NDArray[np.float64]], Row]
Rows = NDArray[np.float64]

PATIENCE = 3
"""How often in a row workers may die before a single chunk is finished."""

SILENCE = 60.0
"""Seconds a cluster may be without any worker."""


@dataclass(frozen=True)
class Draws:
    """The results of an ensemble, or of a chunk of it.

    Attributes
    ----------
    keys : tuple of str
        Names of the measured quantities.
    values : ndarray, shape (draws, keys)
        NaN where a draw has no such quantity (a treaty that it does not sign).
    """

    keys: tuple[str, ...]
    values: NDArray[np.float64]

    def column(self, key: str) -> NDArray[np.float64]:
        """Return one quantity over all draws, shape (draws,)."""
        return self.values[:, self.keys.index(key)]


def collect(rows: Sequence[Row]) -> Draws:
    """Return rows of named numbers as one array, the names in the order in which they first appear."""
    keys = tuple(dict.fromkeys(k for row in rows for k in row))
    values = np.array([[row.get(k, np.nan) for k in keys] for row in rows], dtype=np.float64)
    return Draws(keys, values.reshape(len(rows), len(keys)))


def joined(blocks: Sequence[Draws]) -> Draws:
    """Return the draws of several chunks, one after the other."""
    keys = tuple(dict.fromkeys(k for b in blocks for k in b.keys))
    values = np.full((sum(len(b.values) for b in blocks), len(keys)), np.nan)
    at = {k: n for n, k in enumerate(keys)}
    row = 0
    for b in blocks:
        values[row : row + len(b.values), [at[k] for k in b.keys]] = b.values
        row += len(b.values)
    values.flags.writeable = False
    return Draws(keys, values)


@cache
def code_digest() -> str:
    """Return a SHA-256 of the source of the package, so that no result of other code is taken up."""
    sha = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


@cache
def fingerprint() -> dict[str, str]:
    """Return what has to be the same wherever draws are worked out, for the same bytes to come out."""
    return {
        "foedus": __version__,
        "code": code_digest(),
        "numpy": metadata.version("numpy"),
        "numba": metadata.version("numba"),
    }


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Return in words how two fingerprints differ; empty if they do not."""
    return ", ".join(
        f"{k} {there.get(k, 'missing')[:12]} there, {v[:12]} here" for k, v in here.items() if there.get(k) != v
    )


Submit = Callable[[Rows], "Future[Draws]"]


class Engine(Protocol):
    """Something that takes chunks of a design and brings back what a task measures in them."""

    def open(self, task: Evaluate) -> AbstractContextManager[Submit]:
        """Return a context in which chunks can be handed in; leaving it drops what is not finished."""

    def width(self) -> int:
        """Return how many chunks should be under way at a time."""

    def check(self) -> None:
        """Raise if nobody is left who could finish anything."""


@dataclass(frozen=True)
class Serial:
    """This process, one chunk after the other."""

    @contextmanager
    def open(self, task: Evaluate) -> Iterator[Submit]:
        """Yield a function that works a chunk out at once."""

        def submit(rows: Rows) -> Future[Draws]:
            future: Future[Draws] = Future()
            future.set_result(collect([task(row) for row in rows]))
            return future

        yield submit

    def width(self) -> int:
        """Return one."""
        return 1

    def check(self) -> None:
        """Do nothing: this process is here."""


_task: Evaluate | None = None


def _start_worker(task: Evaluate) -> None:
    """Take the task; Ctrl-C is left to the parent, which keeps what is finished; without a parent there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    global _task
    _task = task


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(rows: Rows) -> Draws:
    assert _task is not None
    return collect([_task(row) for row in rows])


def _context() -> multiprocessing.context.BaseContext:
    """Return how workers start: as copies of this process where that is safe, else from nothing.

    A copy has everything compiled already; it is safe on Linux while no other thread runs that could hold a
    lock at that moment.
    """
    copies = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if copies else "spawn")


@dataclass(frozen=True)
class Processes:
    """Some processes of this machine.

    Attributes
    ----------
    workers : int
    """

    workers: int

    @contextmanager
    def open(self, task: Evaluate) -> Iterator[Submit]:
        """Yield a function that hands a chunk to the next free process."""
        # one BLAS thread per worker: the matrices are small, threads would only fight over the cores
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        executor = ProcessPoolExecutor(self.workers, mp_context=_context(), initializer=_start_worker, initargs=(task,))
        others = set(multiprocessing.active_children())
        try:
            yield lambda rows: executor.submit(_work, rows)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()  # what is under way is not kept anyhow, so nobody has to wait for it
            raise
        executor.shutdown()

    def width(self) -> int:
        """Return enough chunks for nobody to wait."""
        return 2 * self.workers

    def check(self) -> None:
        """Do nothing: a dead process is noticed at once."""


def engine_of(name: str, workers: int) -> Engine:
    """Return an engine by name.

    Parameters
    ----------
    name : str
        ``serial``, ``processes``, ``dask://HOST:PORT``, or empty for processes where there are several workers.
    workers : int
        Processes of this machine.

    Raises
    ------
    FoedusError
        There is no such engine, or it needs a library that is not installed.
    """
    if name.startswith("dask://"):
        cluster: Engine = importlib.import_module("foedus.draws.cluster").Cluster(name.removeprefix("dask://"))
        return cluster
    if name not in ("", "serial", "processes"):
        raise fail(f"engine '{name}'", "there is no such engine", "Known engines: serial, processes, dask://HOST:PORT")
    return Processes(workers) if name != "serial" and workers > 1 else Serial()


def work_off(
    task: Evaluate, jobs: Iterable[tuple[int, Rows]], engine: Engine, finish: Callable[[int, Rows, Draws], None]
) -> None:
    """Work off numbered chunks of a design; every chunk is finished once, in any order.

    Parameters
    ----------
    task : callable
        Takes one row of a design, returns named numbers.
    jobs : iterable of (int, ndarray)
        Number and rows; only as many are taken as are under way.
    engine : Engine
    finish : callable
        Called in this process with number, rows and results.

    Raises
    ------
    FoedusError
        Workers died again and again, or nobody is left to work.
    """
    queue = iter(jobs)
    taken: dict[int, Rows] = {}
    deaths = 0
    while True:
        try:
            with engine.open(task) as submit:
                waiting = {submit(rows): k for k, rows in taken.items()}
                while True:
                    while len(waiting) < engine.width() and (job := next(queue, None)) is not None:
                        taken[job[0]] = job[1]
                        waiting[submit(job[1])] = job[0]
                    if not waiting:
                        return
                    done = wait(waiting, timeout=5.0, return_when=FIRST_COMPLETED).done
                    for future in done:
                        k = waiting.pop(future)
                        found = future.result()
                        finish(k, taken.pop(k), found)
                        deaths = 0
                    if not done:
                        engine.check()
        except (BrokenExecutor, CancelledError) as error:
            deaths += 1
            if deaths > PATIENCE:
                raise FoedusError(
                    Problem(
                        "workers",
                        f"they were killed {deaths} times before any of them had finished another part",
                        "Look for a lack of memory, take fewer --workers or --engine serial, and give the same "
                        "command again: finished parts are kept",
                    )
                ) from error


@contextmanager
def stoppable() -> Iterator[None]:
    """Make a polite order to end (SIGTERM, as schedulers of clusters send it) the same as Ctrl-C, for a while."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
