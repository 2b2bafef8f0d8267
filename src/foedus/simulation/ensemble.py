"""Ensembles: the same question under many draws, on any number of processes, without losing a draw.

Draws are grouped in chunks. A finished chunk is written under a temporary name and renamed, so that an
interrupted run goes on where it stopped, and the result does not depend on who worked out which chunk.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.vocabulary.errors import FoedusError, Problem

Row = Mapping[str, float]
Evaluate = Callable[[NDArray[np.float64]], Row]
Progress = Callable[[int, int], None]

CHUNK = 4  # draws that one worker takes at a time: seconds of work, so little is lost and little is shipped


@dataclass(frozen=True)
class Draws:
    """The results of an ensemble.

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


class Interrupted(FoedusError):
    """A run was stopped; finished draws are kept."""


@cache
def code_digest() -> str:
    """Return a SHA-256 of the source of the theory, so that no result of other code is taken up."""
    sha = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


def cache_folder() -> Path:
    """Return the folder for unfinished runs: ``FOEDUS_CACHE``, or the user's cache."""
    named = os.environ.get("FOEDUS_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "foedus"


_task: Evaluate | None = None


def _start_worker(task: Evaluate) -> None:
    """Take the task; Ctrl-C is left to the parent, which keeps what is finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _task
    _task = task


def _work(rows: NDArray[np.float64]) -> list[Row]:
    assert _task is not None
    return [_task(row) for row in rows]


def _save(path: Path, rows: Sequence[Row]) -> None:
    """Write a finished chunk so that it is either there whole or not at all."""
    text = json.dumps(rows)
    for _ in range(3):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}.part")
            unfinished.write_text(text)
            unfinished.replace(path)
        except FileNotFoundError:
            continue  # the same command in another window has just finished and tidied up
        except OSError as error:
            raise FoedusError(
                Problem(
                    str(path),
                    f"a finished part of the run could not be written ({error.strerror})",
                    "Free some space or name another folder in FOEDUS_CACHE; earlier parts are kept",
                )
            ) from error
        return


def _load(path: Path) -> list[Row] | None:
    try:
        rows: list[Row] = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    return rows


def _executor(workers: int, task: Evaluate) -> Executor:
    # one BLAS thread per worker: the matrices are small, threads would only fight over the cores
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_start_worker, initargs=(task,))


def _context() -> multiprocessing.context.BaseContext:
    """Return how workers start: as copies of this process where that is safe, else from nothing.

    A copy has everything compiled already; it is safe on Linux while no other thread runs that could hold a
    lock at that moment.
    """
    copies = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if copies else "spawn")


def _collect(rows: Sequence[Row]) -> Draws:
    keys = tuple(dict.fromkeys(k for row in rows for k in row))
    at = {k: i for i, k in enumerate(keys)}
    values = np.full((len(rows), len(keys)), np.nan)
    for r, row in enumerate(rows):
        for k, v in row.items():
            values[r, at[k]] = v
    values.flags.writeable = False
    return Draws(keys, values)


def run_ensemble(
    task: Evaluate,
    design: NDArray[np.float64],
    run_id: str,
    workers: int = 1,
    progress: Progress | None = None,
    chunk: int = CHUNK,
) -> Draws:
    """Return what a task measures in every draw of a design.

    Parameters
    ----------
    task : callable
        Takes one row of the design, returns named numbers; must be picklable if there are several workers.
    design : ndarray, shape (draws, uncertainties)
    run_id : str
        Hash of everything the result depends on; names the folder of finished chunks.
    workers : int
        Processes; the result does not depend on it.
    progress : callable, optional
        Called with (draws done, draws in all).
    chunk : int
        Draws that are worked out, and kept, together.

    Raises
    ------
    Interrupted
        Ctrl-C; the message says how many draws are kept and how to go on.
    FoedusError
        A part could not be written.
    """
    folder = cache_folder() / "runs" / run_id
    draws = design.shape[0]
    chunks = [design[k : k + chunk] for k in range(0, draws, chunk)]
    done: dict[int, list[Row]] = {}
    for k, rows in enumerate(chunks):
        kept = _load(folder / f"{k:05d}.json")
        if kept is not None and len(kept) == len(rows):
            done[k] = kept

    def report() -> None:
        if progress is not None:
            progress(sum(len(rows) for rows in done.values()), draws)

    def finish(k: int, rows: list[Row]) -> None:
        _save(folder / f"{k:05d}.json", rows)
        done[k] = rows
        report()

    report()
    left = [k for k in range(len(chunks)) if k not in done]
    try:
        if workers <= 1 or len(left) <= 1:
            for k in left:
                finish(k, [task(row) for row in chunks[k]])
        elif left:
            _share_out(task, chunks, left, workers, finish)
    except KeyboardInterrupt:
        kept_draws = sum(len(rows) for rows in done.values())
        raise Interrupted(
            Problem("run", f"stopped; {kept_draws} of {draws} draws are kept",
                    "Give the same command again to go on from there")
        ) from None  # fmt: skip
    result = _collect([row for k in range(len(chunks)) for row in done[k]])
    _forget(folder)
    return result


def _share_out(
    task: Evaluate,
    chunks: Sequence[NDArray[np.float64]],
    left: Sequence[int],
    workers: int,
    finish: Callable[[int, list[Row]], None],
) -> None:
    executor = _executor(min(workers, len(left)), task)
    try:
        waiting: dict[Future[Any], int] = {executor.submit(_work, chunks[k]): k for k in left}
        for future in as_completed(waiting):
            finish(waiting[future], future.result())
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def _forget(folder: Path) -> None:
    """Remove the parts of a finished run; what cannot be removed does no harm."""
    for part in folder.glob("*"):
        try:
            part.unlink()
        except OSError:
            return
    try:
        folder.rmdir()
    except OSError:
        return
