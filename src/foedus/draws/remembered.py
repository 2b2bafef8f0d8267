"""Remembered: whole ensembles in the cache, so that the same work is not done again, by another process or tomorrow.

What is kept is sealed and named after everything it depends on: the run, its design, and the code of its task.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.contract import Draws, Evaluate, Progress
from foedus.draws.ensemble import CHUNK, run_ensemble, run_name
from foedus.draws.parts import Parts, cache_folder, thinned

MOST: Final = 192
"""Ensembles that are kept; the one that was not asked for longest goes first."""
_NAME: Final = "whole.part"


def recalled(
    task: Evaluate,
    design: NDArray[np.float64],
    run_id: str,
    workers: int = 1,
    progress: Progress | None = None,
    chunk: int = CHUNK,
) -> Draws:
    """Return what is kept of an ensemble; nothing is worked out.

    Parameters
    ----------
    task, design, run_id, workers, progress, chunk
        As for :func:`foedus.draws.ensemble.run_ensemble`; the last three do not matter.

    Raises
    ------
    LookupError
        It is not kept.
    """
    parts = _parts(task, design, run_id)
    content = parts.take(_NAME)
    if content is None:
        raise LookupError(f"ensemble {run_id} is not kept")
    assert parts.folder is not None
    with suppress(OSError):
        os.utime(parts.folder)  # asked for just now
    head, _, packed = content.partition(b"\n")
    keys = tuple(json.loads(head))
    values = np.frombuffer(zlib.decompress(packed), dtype="<f8").astype(np.float64)
    return Draws(keys, values.reshape(len(design), len(keys)))


def remembered(
    task: Evaluate,
    design: NDArray[np.float64],
    run_id: str,
    workers: int = 1,
    progress: Progress | None = None,
    chunk: int = CHUNK,
    seen: Callable[[int, Draws], None] | None = None,
) -> Draws:
    """Return what a task measures in every draw of a design, from the cache if it is there, and keep it whole.

    Parameters
    ----------
    task, design, run_id, workers, progress, chunk, seen
        As for :func:`foedus.draws.ensemble.run_ensemble`, with its errors.
    """
    try:
        return recalled(task, design, run_id)
    except LookupError:
        found = run_ensemble(task, design, run_id, workers, progress, chunk, seen=seen)
    packed = zlib.compress(np.ascontiguousarray(found.values, dtype="<f8").tobytes(), 1)
    parts = _parts(task, design, run_id)
    parts.keep(_NAME, json.dumps(found.keys).encode() + b"\n" + packed)
    thinned(cache_folder() / "ensembles", MOST)
    return found


def _parts(task: Evaluate, design: NDArray[np.float64], run_id: str) -> Parts:
    shape = sha256(repr(design.shape).encode() + np.ascontiguousarray(design, dtype="<f8").tobytes()).hexdigest()
    run = run_name(f"{run_id} {shape}", task)
    return Parts(cache_folder() / "ensembles" / run, run)
