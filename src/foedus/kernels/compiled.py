"""The one door to the compiler: numba, cached, switched off by ``NUMBA_DISABLE_JIT=1``.

Modules that compile are imported only when a run needs them, so the cost of importing numba is not
paid by ``import foedus`` or ``foedus --help``.
"""

from __future__ import annotations

import _thread
import atexit
import contextlib
import importlib
import importlib.util
import logging
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from hashlib import sha256
from multiprocessing import current_process
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, Final, TypeVar, cast

import numba
from numba.core import event, serialize
from numba.core.compiler import Compiler
from numba.np import linalg as numba_linalg

from foedus.kernels.seals import sealed

_F = TypeVar("_F", bound=Callable[..., Any])

_KEPT = 3  # folders of compiled code of other versions that are left alone


def _digest() -> str:
    """Return a hash of everything that is compiled; functions call others across files, and numba minds only their own."""
    package = Path(__file__).parents[1]
    sha = sha256()
    for pattern in ("kernels/*.py", "mechanisms/utility/*.py", "simulation/plan.py", "simulation/batch.py"):
        for path in sorted(package.glob(pattern)):
            sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


def _own_folder(shared: Path) -> Path:
    """Return a folder of this user alone in one that others may write too: code is loaded from it.

    Where somebody else has taken its name, or may write in it, it is a new one for this process and those it starts.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = shared / f"foedus-compiled-{user}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    about = folder.lstat()
    private = stat.S_ISDIR(about.st_mode) and about.st_uid == user and not about.st_mode & 0o077
    if private or not hasattr(os, "getuid"):
        return folder
    fresh = tempfile.mkdtemp(prefix="foedus-compiled-", dir=shared)
    os.environ["NUMBA_CACHE_DIR"] = fresh
    atexit.register(_remove, fresh, os.getpid())
    return Path(fresh)


def _remove(folder: str, owner: int) -> None:
    """Remove a folder at the end of the process that made it, not of its copies."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _cache_folder() -> str:
    """Return where compiled code is kept: beside the package, or in a folder of the user if that is read-only."""
    beside, home = Path(__file__).parents[1], Path.home() / ".cache" / "foedus"
    place = next((p for p in (beside, home.parent) if os.access(p, os.W_OK)), None)
    root = (beside / "__pycache__" if place == beside else home) / "compiled"
    if place is None:
        root = _own_folder(Path(tempfile.gettempdir()))
    folder = root / _digest()
    if not folder.exists() and root.is_dir():
        older = sorted((p for p in root.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in older[_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
    return str(folder)


if "NUMBA_CACHE_DIR" not in os.environ:
    cast(Any, numba.config).CACHE_DIR = _cache_folder()

sealed()


def _leave_scipy() -> None:
    """Load numba's array functions without SciPy, which they load to see whether it is there: a fifth of the whole start.

    Whoever compiles a product of matrices loads it then.
    """
    if "numba.np.arraymath" in sys.modules or importlib.util.find_spec("scipy") is None:
        return
    linear, asked = cast(Any, numba_linalg), numba_linalg.ensure_blas
    try:
        linear.ensure_blas = lambda: None
        importlib.import_module("numba.np.arraymath")
    finally:
        linear.ensure_blas = asked


_leave_scipy()


class _Whole(Compiler):
    """Compiles loops: the optimiser may do all it can."""

    _level: ClassVar[int] = 3

    def compile_extra(self, func: Any) -> Any:
        """Compile a function at its level, or at a lower one that the user asks for; one at a time ever does."""
        config, asked = cast(Any, numba.config), cast(Any, numba.config).OPT
        config.OPT = min(asked, type(asked)(self._level))
        try:
            return cast(Any, super()).compile_extra(func)
        finally:
            config.OPT = asked


class _Plain(_Whole):
    """Compiles laws, which are formulas over small arrays.

    For each of them the optimiser would write one loop for every way in which its arrays could be stretched to one shape:
    twice the code, which takes a third longer to compile and is no faster.
    """

    _level: ClassVar[int] = 2


_LAWS: Final = ("foedus.mechanisms.", "foedus.simulation.")

# Nothing here is called from C: leaving that entry out takes a tenth off the time of compiling.
_compile = partial(cast(Any, numba.njit), cache=True, error_model="numpy", no_cfunc_wrapper=True, pipeline_class=_Whole)


def _undisturbed(unpickle: Callable[..., Any]) -> Callable[..., Any]:
    """Return what looks up the types of arrays for compiled code that hands its results over, safe from interruptions.

    Compiled code does not bear an exception there: it would take the whole process down, in a notebook with all that is in
    it. Python raises what a signal asks for between two steps of Python, so there must be none: what was looked up once is
    found by a cache that is not written in Python. The first time, what is raised is raised again a little later.
    """

    def first(*arguments: Any) -> Any:
        try:
            return unpickle(*arguments)
        except KeyboardInterrupt:
            _thread.interrupt_main()
            return unpickle(*arguments)

    return cache(first)


if hasattr(serialize, "_numba_unpickle"):
    cast(Any, serialize)._numba_unpickle = _undisturbed(serialize._numba_unpickle)


FIRST: Final = "Compiling the theory for this machine: once, about a minute. Later runs start from what is kept."
ANOTHER: Final = (
    "Compiling a part of the theory that no run here has needed yet: some seconds, and then it is kept too."
)
"""What is said when compiling begins: where nothing is kept yet, and where something is."""
STILL: Final = "Still compiling: {} laws so far, {:.0f} s."
"""What is said in between."""
BEAT: Final = 15.0
"""Seconds between two such lines, or more where one law alone takes longer."""


def _kept() -> bool:
    """Return whether compiled code of an earlier run is kept."""
    return any(Path(str(cast(Any, numba.config).CACHE_DIR)).rglob("*.nbi"))


def first_of_its_pool(process: str) -> bool:
    """Return whether a process of this name speaks for its pool: workers compile the same at the same time, one says so."""
    _, _, number = process.rpartition("-")
    return not number.isdecimal() or number == "1"


class _Notice(event.Listener):
    """Says that compiling has begun, and now and then that it goes on, for whoever waits for the first answer."""

    said = False
    laws = 0
    begun = told = 0.0

    def on_start(self, event: event.Event) -> None:
        """Write one line to the log ``foedus`` when something not found in the cache is compiled."""
        if not self.said and first_of_its_pool(current_process().name):
            self.said = True
            self.begun = self.told = monotonic()
            logging.getLogger("foedus").info(ANOTHER if _kept() else FIRST)

    def on_end(self, event: event.Event) -> None:
        """Write how far it has come, if the line before was some time ago; whatever others compile says so itself."""
        self.laws += 1
        now = monotonic()
        if self.said and now - self.told >= BEAT:
            self.told = now
            logging.getLogger("foedus").info(STILL.format(self.laws, now - self.begun))


cast(Any, event).register("numba:compile", _Notice())


class _Around(event.Listener):
    """Has something done before and after one function is compiled."""

    def __init__(self, function: Any, begins: Callable[[Sequence[Any]], None], ends: Callable[[], None]) -> None:
        self._function, self._begins, self._ends = function, begins, ends

    def on_start(self, event: event.Event) -> None:
        """Hand over the types of its arguments."""
        if event.data["dispatcher"] is self._function:
            self._begins(event.data["args"])

    def on_end(self, event: event.Event) -> None:
        """Say that it is compiled, or that it failed."""
        if event.data["dispatcher"] is self._function:
            self._ends()


def around(function: Any, begins: Callable[[Sequence[Any]], None], ends: Callable[[], None]) -> None:
    """Have something done whenever a function is about to be compiled, given the types of its arguments, and when it is."""
    cast(Any, event).register("numba:compile", _Around(function, begins, ends))


def compiled(function: _F) -> _F:
    """Compile a loop over arrays, or a law; the bytes it returns do not depend on the machine's core count.

    What Python calls returns numbers, arrays and tuples of them without names: a tuple with names is made by a little Python,
    in which an interruption would take the process down.
    """
    pipeline = _Plain if function.__module__.startswith(_LAWS) else _Whole
    return cast(_F, _compile(pipeline_class=pipeline)(function))


def fused(function: _F) -> _F:
    """Compile a loop in which a product and a sum may be done in one step, rounded once instead of twice.

    On one machine the bytes are the same whatever the number of cores; a machine without that step rounds twice.
    """
    return cast(_F, _compile(fastmath={"contract"})(function))


def inlined(function: _F) -> _F:
    """Compile a scalar law that other kernels call in their inner loops."""
    return cast(_F, _compile(inline="always")(function))
