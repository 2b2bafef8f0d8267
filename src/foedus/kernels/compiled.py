"""The one door to the compiler: numba, cached, switched off by ``NUMBA_DISABLE_JIT=1``.

Modules that compile are imported only when a run needs them, so the cost of importing numba is not
paid by ``import foedus`` or ``foedus --help``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

_F = TypeVar("_F", bound=Callable[..., Any])


def _cache_folder() -> None:
    """Point numba at a writable cache when the package itself is installed read-only."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    beside = Path(__file__).parent
    home = Path.home() / ".cache"
    if os.access(beside, os.W_OK) or os.access(home, os.W_OK):
        return  # numba finds one of these itself
    os.environ["NUMBA_CACHE_DIR"] = str(Path(tempfile.gettempdir()) / "foedus-numba")


_cache_folder()

import numba  # noqa: E402  (the cache folder must be known before numba reads its configuration)


def compiled(function: _F) -> _F:
    """Compile a loop over arrays; the bytes it returns do not depend on the machine's core count."""
    return cast(_F, numba.njit(cache=True, error_model="numpy")(function))


def fused(function: _F) -> _F:
    """Compile a loop in which a product and a sum may be done in one step, rounded once instead of twice.

    On one machine the bytes are the same whatever the number of cores; a machine without that step rounds twice.
    """
    return cast(_F, numba.njit(cache=True, error_model="numpy", fastmath={"contract"})(function))


def inlined(function: _F) -> _F:
    """Compile a scalar law that other kernels call in their inner loops."""
    return cast(_F, numba.njit(cache=True, error_model="numpy", inline="always")(function))
