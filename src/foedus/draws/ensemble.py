"""Ensembles: the same question under many draws, on any engine, without losing a draw.

Draws are grouped in chunks. A finished chunk is written under a temporary name and renamed, so that an
interrupted run goes on where it stopped, and the result does not depend on who worked out which chunk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.draws.engines import Draws, Engine, Evaluate, code_digest, engine_of, joined, stoppable, work_off
from foedus.draws.parts import cache_folder, forget, keep
from foedus.vocabulary.errors import FoedusError, Problem

__all__ = ["CHUNK", "Draws", "Evaluate", "Interrupted", "Progress", "code_digest", "run_ensemble", "stopped"]

Progress = Callable[[int, int], None]

CHUNK = 4  # draws that one worker takes at a time: little is lost, and the last to finish keeps nobody waiting for long


class Interrupted(FoedusError):
    """A run was stopped; finished draws are kept."""


def stopped(kept: int, draws: int) -> Interrupted:
    """Return what is said about a run that was stopped."""
    return Interrupted(
        Problem("run", f"stopped; {kept} of {draws} draws are kept", "Give the same command again to go on from there")
    )


def _load(path: Path, rows: int) -> Draws | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        block = Draws(tuple(found["keys"]), np.array(found["values"], dtype=np.float64).reshape(rows, -1))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return block if block.values.shape[1] == len(block.keys) else None


def run_ensemble(
    task: Evaluate,
    design: NDArray[np.float64],
    run_id: str,
    workers: int = 1,
    progress: Progress | None = None,
    chunk: int = CHUNK,
    engine: str = "",
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
    engine : str
        As :func:`foedus.draws.engines.engine_of` reads it; the result does not depend on it.

    Raises
    ------
    Interrupted
        Ctrl-C or SIGTERM; the message says how many draws are kept and how to go on.
    FoedusError
        A part could not be written, there is no such engine, or workers were killed again and again.
    """
    folder = cache_folder() / "runs" / run_id
    draws = design.shape[0]
    chunks = [design[k : k + chunk] for k in range(0, draws, chunk)]
    kept = {k: _load(folder / f"{k:05d}.json", len(rows)) for k, rows in enumerate(chunks)}
    done: dict[int, Draws] = {k: block for k, block in kept.items() if block is not None}

    def report() -> None:
        if progress is not None:
            progress(sum(len(block.values) for block in done.values()), draws)

    def finish(k: int, rows: NDArray[np.float64], block: Draws) -> None:
        text = json.dumps({"keys": block.keys, "values": block.values.tolist()})
        keep(folder / f"{k:05d}.json", text.encode(), "name another folder in FOEDUS_CACHE")
        done[k] = block
        report()

    report()
    left = [k for k in range(len(chunks)) if k not in done]
    chosen: Engine = engine_of(engine, min(workers, len(left)))
    try:
        with stoppable():
            if left:
                work_off(task, ((k, chunks[k]) for k in left), chosen, finish)
    except KeyboardInterrupt:
        raise stopped(sum(len(block.values) for block in done.values()), draws) from None
    result = joined([done[k] for k in range(len(chunks))])
    forget(folder)
    return result
