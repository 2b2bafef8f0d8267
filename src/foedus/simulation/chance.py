"""Chance: every draw of a run has a name and a year, so that no mechanism moves the draws of another."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.sampling import stream

FIRST: Final = 1816
"""First year of the interstate system, where every stream starts whatever year a run starts in."""

YEARS: Final = 320
"""Length of a stream; cases end by 2100 and may be held for a generation."""


class Chance:
    """The draws of one run.

    Parameters
    ----------
    seed : int
        Of the whole ensemble.
    run : int
        Number of the run, from 0.
    """

    def __init__(self, seed: int, run: int) -> None:
        self.seed, self.run = seed, run
        self._uniform: dict[str, NDArray[np.float64]] = {}
        self._normal: dict[str, NDArray[np.float64]] = {}

    def _stream(self, name: str) -> np.random.Generator:
        return stream(self.seed, f"run {self.run} {name}")

    def uniform(self, step: str, subject: str, year: int) -> float:
        """Return the draw of one step, subject and year, uniform on [0, 1)."""
        name = f"{step} {subject}"
        drawn = self._uniform.get(name)
        if drawn is None:
            drawn = self._uniform[name] = self._stream(name).random(YEARS)
        return float(drawn[year - FIRST])

    def normal(self, step: str, subject: str, year: int) -> float:
        """Return the draw of one step, subject and year from the standard normal distribution."""
        name = f"{step} {subject}"
        drawn = self._normal.get(name)
        if drawn is None:
            drawn = self._normal[name] = self._stream(f"{name} normal").standard_normal(YEARS)
        return float(drawn[year - FIRST])
