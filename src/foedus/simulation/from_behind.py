"""From behind: laws of the plan that are compiled last first, by a second process, until it meets the one that goes from the front.

To compile all of them takes one core half a minute, and the first answer on a machine waits for it. Before a law is
compiled it is looked for among what is kept, so two processes that begin at the two ends share the work without a word
between them: whoever comes second finds it done. Nothing depends on the second one; it may fail, or be ended, at any time.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import numba

from foedus.kernels.compiled import around
from foedus.kernels.defended import exact_shares_from
from foedus.simulation import plan
from foedus.simulation.wiring import DYNAMIC


def last_first(given: Any, roll: Any, played: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the laws of the plan as it calls them, last first, each with the types of its arguments.

    Parameters
    ----------
    given, roll, played : numba type
        Of what :func:`foedus.simulation.plan.plan` takes.
    """
    types = cast(Any, numba.types)
    known = dict(zip(given.fields, given.types)) | dict(zip(roll.fields, roll.types))
    for law in DYNAMIC:
        kind = types.boolean if law.flags else types.float64
        known[law.name] = types.Array(kind, law.dimensions, "C") if law.dimensions else kind
    for law in reversed(DYNAMIC):
        needs = tuple(known[name] for name in law.needs)
        if law.name == "shares":
            yield exact_shares_from, (*needs, played)
        else:
            yield getattr(plan, f"_{law.name}_law"), needs


def compile_from_behind(arguments: Sequence[Any]) -> None:
    """Compile the laws of the plan last first, given the types of its own arguments."""
    given, roll, _, _, played, _ = arguments
    for law, types in last_first(given, roll, played):
        law.compile(types)


class _Lock:
    """A part that one process at a time has: a file that it holds, and the system lets go of when the process ends."""

    def __init__(self, name: str) -> None:
        self._path = Path(str(cast(Any, numba.config).CACHE_DIR)) / f"{name}.lock"
        self._file = -1

    def taken(self) -> bool:
        """Take it, and return whether nobody else has it; False too where the system knows no such thing."""
        with suppress(OSError, ImportError):
            fcntl = import_module("fcntl")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        self.left()
        return False

    def left(self) -> None:
        """Let it go."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class _Second:
    """Has the laws compiled from both ends whenever the plan is compiled."""

    def __init__(self) -> None:
        self._front: _Lock | None = None
        self._helper: subprocess.Popen[bytes] | None = None

    def begins(self, arguments: Sequence[Any]) -> None:
        """Go from the front with somebody behind; where another process is in front already, go from behind oneself."""
        front, behind = _Lock("front"), _Lock("behind")
        if front.taken():
            self._front = front
            self._helper = _started(arguments)
        elif behind.taken():
            try:
                compile_from_behind(arguments)
            finally:
                behind.left()

    def ends(self) -> None:
        """Send home who is still behind."""
        if self._front is not None:
            self._front.left()
            self._front = None
        if self._helper is not None:
            self._helper.kill()
            with suppress(OSError):  # who failed at once has left what was said to it unread
                cast(Any, self._helper).stdin.close()
            self._helper.wait()
            self._helper = None


def _started(arguments: Sequence[Any]) -> subprocess.Popen[bytes] | None:
    """Return a process that compiles from behind; None where there is one core only, or none can be started."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2 or not sys.executable:
        return None
    kept = str(cast(Any, numba.config).CACHE_DIR)
    with suppress(OSError, ValueError):
        helper = subprocess.Popen(
            [sys.executable, "-c", "from foedus.simulation.from_behind import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NUMBA_CACHE_DIR": kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
        with suppress(OSError):
            cast(Any, helper).stdin.write(pickle.dumps(tuple(arguments)))
            cast(Any, helper).stdin.flush()
        return helper
    return None


def main() -> None:
    """Compile from behind, for a process that hands over the types and is not outlived."""
    arguments = pickle.load(sys.stdin.buffer)
    threading.Thread(target=lambda: os._exit(int(bool(sys.stdin.buffer.read(1)))), daemon=True).start()
    if _Lock("behind").taken():
        compile_from_behind(arguments)


@cache
def shared() -> None:
    """Have the plan compiled by two processes from now on."""
    second = _Second()
    around(plan.plan, second.begins, second.ends)
