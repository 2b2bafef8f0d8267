"""Workers: processes with everything compiled that stay as long as the server does, for draws and for questions in a hurry."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.draws.local import Processes
from foedus.draws.stop import Interrupted
from foedus.questions.study import Answers
from foedus.questions.task import Task

MOST: Final = 4
"""Processes at most: each holds the compiled code, about 200 MB."""

MEMORY: Final = 1_200
"""Megabytes of data that one process may hold where strangers ask (judged: four times what the compiled code and a case of
thirty states take; a case that needs more is none that a small server works out)."""

_SOON: Final = 2.0
"""Seconds in which what has begun ends where the rest is not wanted any more; beyond, its process is ended."""

Job: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]


def _done(job: Job) -> Any:
    function, words = job
    return function(*words)


class Packed(NamedTuple):
    """A task as another process is sent it; the case apart, which is nine tenths of it and the same for every slider.

    Attributes
    ----------
    case, asked : bytes
        The case, and the task but for its case.
    """

    case: bytes
    asked: bytes


_last_packed: tuple[Case, bytes] | None = None


def packed(task: Task) -> Packed:
    """Return a task packed; the case that was packed last is not packed again."""
    global _last_packed  # two threads at once do the work twice, and no harm
    last = _last_packed
    if last is None or last[0] is not task.case:
        last = _last_packed = (task.case, pickle.dumps(task.case))
    return Packed(last[1], pickle.dumps(replace(task, case=None)))  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def _case_of(content: bytes) -> Case:
    found: Case = pickle.loads(content)
    return found


@lru_cache(maxsize=8)
def task_of(sent: Packed) -> Task:
    """Return a task that was packed; the last few stay unpacked."""
    found: Task = pickle.loads(sent.asked)
    return replace(found, case=_case_of(sent.case))


def draw(sent: Packed, row: NDArray[np.float64]) -> Answers:
    """Return what one draw of a packed task answers."""
    return task_of(sent)(row)


class Workers:
    """A pool that is opened when it is first needed, and opened again when a process has died.

    Parameters
    ----------
    hands : int, optional
        Processes; by default one per core, at most :data:`MOST`.
    memory : int
        Megabytes that each may hold; 0 for no limit.
    behind : int
        How far they stand back where others want the cores.
    """

    def __init__(self, hands: int | None = None, memory: int = 0, behind: int = 0) -> None:
        self.memory, self._behind = memory, behind
        self.hands = hands or min(os.cpu_count() or 1, MOST)
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._submit: Callable[[Job], Future[Any]] | None = None
        self._under_way: set[Future[Any]] = set()

    def free(self) -> bool:
        """Return whether a process that has begun to work before has nothing to do now."""
        with self._lock:
            self._under_way = {f for f in self._under_way if not f.done()}
            return self._submit is not None and len(self._under_way) < self.hands

    def submit(self, function: Callable[..., Any], *words: Any) -> Future[Any]:
        """Hand a function of a module to the next free process; its words have to be picklable."""
        with self._lock:
            for last in (False, True):
                if self._submit is None:
                    pool = Processes(self.hands, fresh=True, memory=self.memory, behind=self._behind)
                    self._submit = self._stack.enter_context(pool.open(_done))
                try:
                    future = self._submit((function, words))
                    self._under_way.add(future)
                    return future
                except (BrokenExecutor, RuntimeError):
                    self._forget()
                    if last:
                        raise
        raise AssertionError("one of two tries returns or raises")

    def warm(self, function: Callable[..., Any], *words: Any) -> None:
        """Have every process do something once, so that nobody waits for it later.

        Compiled code is read when it is first called, and that takes a second: to have imported it is not enough.
        """
        for _ in range(self.hands):
            self.submit(function, *words)

    def close(self) -> None:
        """End all processes; what is under way is dropped."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._submit = None
        stack, self._stack = self._stack, ExitStack()
        try:
            with stack:
                raise _Over
        except (_Over, BrokenExecutor):
            return


class Lasting:
    """Workers as an engine of draws: their processes stay open from one ensemble to the next, with everything read already.

    Parameters
    ----------
    workers : Workers
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    @property
    def memory(self) -> int:
        """Megabytes that each process may hold; 0 for no limit."""
        return self._workers.memory

    @property
    def hands(self) -> int:
        """As many as there are processes."""
        return self._workers.hands

    @contextmanager
    def open(self, work: Callable[[Any], Any]) -> Iterator[Callable[[Any], Future[Any]]]:
        """Yield a function that hands a job to the next free process."""
        sent = pickle.dumps(work)
        handed: list[Future[Any]] = []

        def submit(job: Any) -> Future[Any]:
            handed[:] = [f for f in handed if not f.done()]
            handed.append(self._workers.submit(_worked, sent, job))
            return handed[-1]

        try:
            yield submit
        except Interrupted:  # what has begun ends within a draw, as a rule, and the processes are kept for the next
            for future in handed:
                future.cancel()
            if wait(handed, _SOON).not_done:
                self._workers.close()
            raise
        except BaseException:
            self._workers.close()
            raise

    def check(self) -> None:
        """Do nothing: a dead process is noticed at once."""


@lru_cache(maxsize=4)
def _work_of(sent: bytes) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] = pickle.loads(sent)
    return found


def _worked(sent: bytes, job: Any) -> Any:
    return _work_of(sent)(job)


class _Over(Exception):
    """Ends a pool at once: leaving it without an error would wait for what is under way."""
