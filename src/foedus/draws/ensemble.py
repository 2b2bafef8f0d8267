"""Ensembles: the same question under many draws, on any engine, without losing a draw.

Draws are grouped in chunks. A finished chunk goes to a sink, which keeps it in memory, in the cache or in a folder of
columns, so that an interrupted run goes on where it stopped; the result does not depend on who worked out which chunk.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from hashlib import sha256
from time import monotonic
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.draws.contract import Chunks, Draws, Engine, Evaluate, Progress, Rows, joined
from foedus.draws.digest import code_digest, roots_of
from foedus.draws.engines import engine_of, work_off
from foedus.draws.parts import Parts, cache_folder
from foedus.draws.stop import Interrupted, lost, stopped

__all__ = ["CHUNK", "Draws", "Evaluate", "Interrupted", "Progress", "Sink", "fill", "run_ensemble"]

CHUNK = 4  # draws that one worker takes at a time: little is lost, and the last to finish keeps nobody waiting for long

LONG: Final = 60.0
"""Seconds from which on it is said how long a run will take."""

SOME: Final = 1.0
"""Seconds of draws from which it is told how long the others take."""


class Sink(Protocol):
    """Where finished draws go, and what says which are still missing."""

    @property
    def draws(self) -> int:
        """Draws in all."""

    @property
    def keeps(self) -> bool:
        """Whether finished draws outlive the process."""

    def left(self) -> dict[int, int]:
        """Return the numbers of the chunks that are not there yet, with the draws of each."""

    def rows(self, chunk: int) -> Rows:
        """Return the rows of a chunk, shape (draws of the chunk, uncertainties)."""

    def put(self, chunk: int, rows: Rows, block: Draws) -> None:
        """Take a finished chunk."""


def fill(sink: Sink, task: Evaluate, engine: Engine, progress: Progress | None = None) -> None:
    """Work out what a sink is missing.

    Parameters
    ----------
    sink : Sink
    task : callable
        Takes one row of the design, returns named numbers; must be picklable if there are several workers.
    engine : Engine
    progress : callable, optional
        Called with (draws done, draws in all).

    Raises
    ------
    Interrupted
        Ctrl-C, or a token that asks for it; the message says how many draws are kept and how to go on.
    FoedusError
        A part could not be written, or workers were killed again and again.
    """
    left = sink.left()
    done = sink.draws - sum(left.values())
    pace = _Announced(sum(left.values()), engine)

    def finish(chunk: int, rows: Rows, block: Draws) -> None:
        nonlocal done
        sink.put(chunk, rows, block)
        done += len(rows)
        pace.add(len(rows))
        if progress is not None:
            progress(done, sink.draws)

    try:
        if progress is not None:
            progress(done, sink.draws)
        if left:
            work_off(Chunks(task), ((k, sink.rows(k)) for k in left), engine, finish)
    except (KeyboardInterrupt, Interrupted):
        if not sink.keeps:
            raise lost() from None
        raise stopped(f"{done} of {sink.draws} draws are kept") from None


class Pace:
    """How long the rest of a run takes, measured on draws alone.

    The first chunk of each worker does not count: it holds what is done once, starting processes and loading or compiling
    code, which is many times a draw.

    Parameters
    ----------
    hands : int
        Chunks that are worked out at a time.
    """

    def __init__(self, hands: int = 1) -> None:
        self._hands, self._chunks, self._draws = hands, 0, 0
        self._since = self._now = 0.0

    def add(self, draws: int) -> None:
        """Count the draws of a chunk that is finished."""
        self._chunks, self._now = self._chunks + 1, monotonic()
        if self._chunks > self._hands:
            self._draws += draws
        else:
            self._since = self._now

    def rest(self, left: int) -> float | None:
        """Return the seconds that some draws take; None before it can be told: a chunk of each worker, and a second."""
        measured = self._now - self._since
        if self._chunks < 2 * self._hands or measured < SOME:
            return None
        return measured / self._draws * left


class _Announced:
    """Says once how long a run will take, as soon as that can be told."""

    def __init__(self, draws: int, engine: Engine) -> None:
        self._left, self._pace, self._said = draws, Pace(engine.hands), False

    def add(self, draws: int) -> None:
        """Count the draws of a chunk that is finished."""
        self._left -= draws
        self._pace.add(draws)
        seconds = None if self._said else self._pace.rest(self._left)
        if seconds is not None:
            self._said = True
            if seconds > LONG:
                what = "The other %d take about %s; what is finished is kept when you stop."
                logging.getLogger("foedus").info(what, self._left, in_words(seconds))


def in_words(seconds: float) -> str:
    """Return a time as one would say it: ``40 s``, ``7 minutes``, ``3.5 hours``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"


class _Cached:
    """A sink in memory, with sealed parts in the cache until it is full."""

    def __init__(
        self,
        design: NDArray[np.float64],
        chunk: int,
        parts: Parts,
        seen: Callable[[int, Draws], None] | None = None,
    ) -> None:
        self._design, self._chunk, self._parts, self._seen = design, chunk, parts, seen
        self._blocks: dict[int, Draws] = {}

    @property
    def draws(self) -> int:
        """Draws in all."""
        return int(self._design.shape[0])

    @property
    def keeps(self) -> bool:
        """Whether finished draws are kept in the cache."""
        return self._parts.keeps

    def rows(self, chunk: int) -> Rows:
        """Return the rows of a chunk, shape (draws of the chunk, uncertainties)."""
        return self._design[chunk * self._chunk : (chunk + 1) * self._chunk]

    def left(self) -> dict[int, int]:
        """Return the numbers of the chunks that are neither here nor in the cache, with the draws of each."""
        missing = {}
        for k in range(-(-self.draws // self._chunk)):
            content = self._parts.take(f"{k:05d}.part", self._made_of(k))
            if content is None:
                missing[k] = len(self.rows(k))
            else:
                found = json.loads(content)
                values = np.array(found["values"], dtype=np.float64)
                self._take(k, Draws(tuple(found["keys"]), values.reshape(len(self.rows(k)), -1)))
        return missing

    def put(self, chunk: int, rows: Rows, block: Draws) -> None:
        """Take a finished chunk."""
        text = json.dumps({"keys": block.keys, "values": block.values.tolist()})
        self._parts.keep(f"{chunk:05d}.part", text.encode(), self._made_of(chunk))
        self._take(chunk, block)

    def _take(self, chunk: int, block: Draws) -> None:
        self._blocks[chunk] = block
        if self._seen is not None:
            self._seen(chunk, block)

    def _made_of(self, chunk: int) -> str:
        return sha256(self.rows(chunk).tobytes()).hexdigest()

    def whole(self) -> Draws:
        """Return all draws in their order, and forget the parts."""
        found = joined([self._blocks[k] for k in sorted(self._blocks)])
        self._parts.forget()
        return found


def run_ensemble(
    task: Evaluate,
    design: NDArray[np.float64],
    run_id: str,
    workers: int = 1,
    progress: Progress | None = None,
    chunk: int = CHUNK,
    engine: str = "",
    seen: Callable[[int, Draws], None] | None = None,
) -> Draws:
    """Return what a task measures in every draw of a design.

    Parameters
    ----------
    task : callable
        Takes one row of the design, returns named numbers; must be picklable if there are several workers.
    design : ndarray, shape (draws, uncertainties)
    run_id : str
        Hash of everything the result depends on but the code of the task; finished chunks are kept under both. Empty
        keeps them in memory only.
    workers : int
        Processes; the result does not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).
    chunk : int
        Draws that are worked out, and kept, together.
    engine : str
        As :func:`foedus.draws.engines.engine_of` reads it; the result does not depend on it.
    seen : callable, optional
        Called with the number of a chunk and its draws as soon as they are there.

    Raises
    ------
    Interrupted
        Ctrl-C, or a token that asks for it; the message says how many draws are kept and how to go on.
    FoedusError
        A part could not be written, there is no such engine, or workers were killed again and again.
    """
    run = run_name(run_id, task)
    sink = _Cached(design, chunk, Parts(cache_folder() / "runs" / run if run_id else None, run), seen)
    fill(sink, task, engine_of(engine, min(workers, -(-len(design) // chunk))), progress)
    return sink.whole()


def run_name(run_id: str, task: Evaluate) -> str:
    """Return the name of a run under the code that its task depends on."""
    return sha256(f"{run_id} {code_digest(*roots_of(task))}".encode()).hexdigest()
