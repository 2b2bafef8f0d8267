"""A calibration: what data say about parameters together, where that is more than their judged ranges say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

_NINETY: Final = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True)
class Estimated:
    """One parameter as data and judgement together know it: a normal distribution, cut to what the theory allows."""

    name: str
    logarithmic: bool
    """Whether it is the logarithm that is normal."""
    centre: float
    spread: float
    """Mean and standard deviation on that scale."""
    low: float
    high: float
    """Values outside which it is cut."""

    @property
    def median(self) -> float:
        """The value in use."""
        return self.cut(self.centre)

    @property
    def ends(self) -> tuple[float, float]:
        """Where it lies below with 5 and with 95 %."""
        return self.cut(self.centre - _NINETY * self.spread), self.cut(self.centre + _NINETY * self.spread)

    def cut(self, value: float) -> float:
        """Return a value of the scale as a value of the parameter, inside its bounds."""
        return min(max(math.exp(value) if self.logarithmic else value, self.low), self.high)


@dataclass(frozen=True)
class Calibration:
    """A named set of estimated parameters."""

    name: str
    sha256: str
    """Of the document."""
    parameters: tuple[Estimated, ...]
    """P in all; every other parameter keeps its judged range."""
    correlation: tuple[tuple[float, ...], ...]
    """On the scales of the parameters, shape (P, P)."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Parameters that the data do not identify, with the reason."""

    @property
    def medians(self) -> Mapping[str, float]:
        """The values in use under this calibration."""
        return {p.name: p.median for p in self.parameters}

    def __getitem__(self, name: str) -> Estimated | None:
        """Return what is known of a parameter, None if it keeps its judged range."""
        return next((p for p in self.parameters if p.name == name), None)
