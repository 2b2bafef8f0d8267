"""Engines: who works out the draws, by name, and the one pool that gives them something to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from foedus.draws.cluster import Cluster
from foedus.draws.contract import Engine, Found, Job
from foedus.draws.local import Processes, Serial, held
from foedus.draws.stop import look
from foedus.vocabulary.errors import fail

PATIENCE: Final = 3
"""How often in a row workers may die before a single job is finished."""
BEAT: Final = 0.2
"""Seconds after which it is looked whether the work should end."""
QUIET: Final = 5.0
"""Seconds without a finished job after which it is asked whether anybody is still there."""


_AT_HAND: ContextVar[Engine | None] = ContextVar("at_hand", default=None)


@contextmanager
def working_with(engine: Engine) -> Iterator[None]:
    """Have every engine of several processes that is made inside, in this thread, be this one, which is open already."""
    before = _AT_HAND.set(engine)
    try:
        yield
    finally:
        _AT_HAND.reset(before)


def engine_of(name: str, workers: int) -> Engine:
    """Return an engine by name.

    Parameters
    ----------
    name : str
        ``serial``, ``processes``, ``dask://HOST:PORT``, or empty for processes where there are several workers, or
        a share of memory that they are held to.
    workers : int
        Processes of this machine.

    Raises
    ------
    FoedusError
        There is no such engine, or it needs a library that is not installed.
    """
    if name.startswith("dask://"):
        return Cluster(name.removeprefix("dask://"))
    if name not in ("", "serial", "processes"):
        raise fail(f"engine '{name}'", "there is no such engine", "Known engines: serial, processes, dask://HOST:PORT")
    alone = workers <= 1 and not held()  # what is held to a share of memory is no part of a process that others need
    if name == "serial" or alone:
        return Serial()
    return (_AT_HAND.get() if not name else None) or Processes(max(workers, 1))


def work_off(
    work: Callable[[Job], Found],
    jobs: Iterable[tuple[int, Job]],
    engine: Engine,
    finish: Callable[[int, Job, Found], None],
) -> None:
    """Work off numbered jobs; every one is finished once, in any order.

    Parameters
    ----------
    work : callable
        Takes a job, returns what is found; it must be picklable if there are other processes.
    jobs : iterable of (int, job)
        Only as many are taken as are under way.
    engine : Engine
    finish : callable
        Called in this process with number, job and what was found.

    Raises
    ------
    Interrupted
        The token in use asks the work to end; see :class:`foedus.draws.stop.Stop`.
    FoedusError
        Workers died again and again, or nobody is left to work.
    """
    queue = iter(jobs)
    taken: dict[int, Job] = {}
    deaths = 0
    while True:
        try:
            with engine.open(work) as submit:
                waiting = {submit(job): k for k, job in taken.items()}
                for future, k in _as_they_come(waiting, taken, queue, submit, engine):
                    found = future.result()
                    finish(k, taken.pop(k), found)
                    deaths = 0
            return
        except (BrokenExecutor, CancelledError) as error:
            deaths += 1
            if deaths > PATIENCE:
                raise fail(
                    "workers",
                    f"they were killed {deaths} times before any of them had finished another part",
                    "Look for a lack of memory, take fewer --workers or --engine serial, and give the same "
                    "command again: finished parts are kept",
                ) from error


def _as_they_come(
    waiting: dict[Future[Found], int],
    taken: dict[int, Job],
    queue: Iterator[tuple[int, Job]],
    submit: Callable[[Job], Future[Found]],
    engine: Engine,
) -> Iterator[tuple[Future[Found], int]]:
    """Hand in jobs so that nobody waits for one, and yield them as they are finished."""
    heard = time.monotonic()
    while True:
        width = 2 * engine.hands if engine.hands > 1 else 1
        while len(waiting) < width and (job := next(queue, None)) is not None:
            look()
            taken[job[0]] = job[1]
            waiting[submit(job[1])] = job[0]
        if not waiting:
            return
        done = wait(waiting, timeout=BEAT, return_when=FIRST_COMPLETED).done
        for future in done:
            yield future, waiting.pop(future)
        look()
        if done:
            heard = time.monotonic()
        elif time.monotonic() - heard > QUIET:
            engine.check()
            heard = time.monotonic()
