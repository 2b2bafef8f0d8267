"""Local: this process, or some processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import wait as wait_for
from typing import Any, Final

from foedus.draws.contract import Found, Job
from foedus.draws.stop import undisturbed

SOON: Final = 1.0
"""Seconds after which a thread that hands out work is taken to wait for ever (judged: it needs thousandths)."""
LAST: Final = 2.0
"""Seconds in which a pool whose workers have been ended tidies up; it takes milliseconds."""


@dataclass(frozen=True)
class Serial:
    """This process, one job after the other."""

    @property
    def hands(self) -> int:
        """One."""
        return 1

    @contextmanager
    def open(self, work: Callable[[Job], Found]) -> Iterator[Callable[[Job], Future[Found]]]:
        """Yield a function that works a job out at once."""

        def submit(job: Job) -> Future[Found]:
            future: Future[Found] = Future()
            future.set_result(work(job))
            return future

        yield submit

    def check(self) -> None:
        """Do nothing: this process is here."""


_SHARE: ContextVar[int] = ContextVar("share", default=0)


@contextmanager
def sharing(megabytes: int) -> Iterator[None]:
    """Hold the processes of every engine that is made inside, in this thread, to so many megabytes each; 0 to none."""
    before = _SHARE.set(megabytes)
    try:
        yield
    finally:
        _SHARE.reset(before)


def held() -> int:
    """Return the megabytes to which :func:`sharing` holds processes of this thread; 0 for no limit."""
    return _SHARE.get()


_work: Callable[[Any], Any] | None = None


def _start_worker(work: Callable[[Any], Any], megabytes: int = 0) -> None:
    """Take the work; stopping is left to the parent, which keeps what is finished; without a parent there is no work."""
    if megabytes:
        _held_to(megabytes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    global _work
    _work = work


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _held_to(megabytes: int) -> None:
    """Let this process take so much memory from now on; where the system knows no such limit, as much as it likes.

    A forked process begins with all that its parent holds, which costs nothing and is none of its own.
    """
    with suppress(ImportError, OSError, ValueError):
        resource = import_module("resource")
        with open("/proc/self/statm", encoding="ascii") as told:
            begins = int(told.read().split()[5]) * resource.getpagesize()
        most = begins + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _do(job: Any) -> Any:
    assert _work is not None
    return _work(job)


@contextmanager
def _deaf() -> Iterator[None]:
    """Keep Ctrl-C from processes that start now: a terminal sends it to all of them, and they would print tracebacks."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stand_back(executor: ProcessPoolExecutor, behind: int) -> None:
    """Let the processes of a pool have what others leave: from their start on, for to read the model takes them seconds."""
    for process in (vars(executor).get("_processes") or {}).values():
        with suppress(AttributeError, OSError):
            if process.pid is not None and os.getpriority(os.PRIO_PROCESS, process.pid) < behind:
                os.setpriority(os.PRIO_PROCESS, process.pid, behind)


def _ended(executor: ProcessPoolExecutor) -> None:
    """End a pool at once: what is under way is not kept."""
    own = vars(executor)
    processes, manager = list((own.get("_processes") or {}).values()), own.get("_executor_manager_thread")
    handed = own.get("_call_queue")
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()  # what is under way is not kept anyhow, so nobody has to wait for it
    if manager is not None:
        manager.join(SOON)
    if processes and handed is not None and (manager is None or manager.is_alive()):
        # who hands out work writes to nobody for ever: Python before 3.11.5. Not closed at once, for that thread
        # closes it too, and would wait for ever where it found it closed under its hands.
        with suppress(OSError):
            vars(handed)["_reader"].close()  # https://github.com/python/cpython/issues/94777
    if manager is not None:
        manager.join(LAST)  # else the end of this process may meet it closing its pipes


@dataclass(frozen=True)
class Processes:
    """Some processes of this machine.

    Attributes
    ----------
    workers : int
    fresh : bool
        Whether they have to start from nothing, because libraries of this process have threads of their own.
    memory : int
        Megabytes that each may take, 0 for no limit; by default what :func:`sharing` says.
    behind : int
        How far they stand back where others want the cores, 0 to 19; where the system knows no such thing they do not.
    """

    workers: int
    fresh: bool = False
    memory: int = field(default_factory=_SHARE.get)
    behind: int = 0

    @property
    def hands(self) -> int:
        """As many as there are workers."""
        return self.workers

    def _context(self) -> multiprocessing.context.BaseContext:
        """Return how workers start: as copies of this process where that is safe, else from nothing.

        A copy has everything compiled already; it is safe on Linux while no other thread runs that could hold a
        lock at that moment.
        """
        copies = not self.fresh and sys.platform == "linux" and threading.active_count() == 1
        return multiprocessing.get_context("fork" if copies else "spawn")

    @contextmanager
    def open(self, work: Callable[[Job], Found]) -> Iterator[Callable[[Job], Future[Found]]]:
        """Yield a function that hands a job to the next free process."""
        # one BLAS thread per worker: the matrices are small, threads would only fight over the cores
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        executor = ProcessPoolExecutor(self.workers, self._context(), _start_worker, (work, self.memory))

        def submit(job: Job) -> Future[Found]:
            with _deaf():
                future = executor.submit(_do, job)
            if self.behind:
                _stand_back(executor, self.behind)
            return future

        try:
            yield submit
        except BaseException:
            with undisturbed():
                _ended(executor)
            raise
        executor.shutdown()

    def check(self) -> None:
        """Do nothing: a dead process is noticed at once."""
