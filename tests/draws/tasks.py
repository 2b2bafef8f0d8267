"""Tasks for ensembles that are quick, slow, or deadly, importable by workers in other processes."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Sums:
    """The sum of a row, and a quantity that only some rows have; every call leaves a line in a log.

    Attributes
    ----------
    log : str
        File, or empty for none.
    pause : float
        Seconds per row.
    """

    log: str = ""
    pause: float = 0.0

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        time.sleep(self.pause)
        if self.log:
            with Path(self.log).open("a") as log:
                log.write(f"{os.getpid()} {row[0]!r}\n")
        return {"sum": float(row.sum()), **({"odd": 1.0} if row[0] > 0.5 else {})}


@dataclass(frozen=True)
class DiesOnce:
    """Kills its own process at the first row above a half, once; works after that.

    Attributes
    ----------
    trace : str
        File that remembers that it has happened.
    always : bool
        Whether it happens again and again.
    """

    trace: str
    always: bool = False

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        if row[0] > 0.5 and (self.always or not Path(self.trace).exists()):
            Path(self.trace).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return {"sum": float(row.sum())}
