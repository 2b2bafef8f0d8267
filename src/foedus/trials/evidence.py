"""Evidence: what was found about each claim, from which the verdict follows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foedus.casebook.case import Event
from foedus.model.parameters import Parameters
from foedus.trials.bench import Measured, ModelTest
from foedus.trials.claims import Claim, Trial
from foedus.trials.precedents import Finding
from foedus.trials.verdict import Verdict, disagree, model_says, record_says, verdict


def share_of(found: Sequence[Measured]) -> float:
    """Return the share of measurements that meet their expectation; NaN if none has the quantity."""
    met = [m.effect > 0 for m in found if not math.isnan(m.effect)]
    return sum(met) / len(met) if met else math.nan


@dataclass(frozen=True)
class Without:
    """What becomes of a claim when one of its mechanisms is switched off.

    Attributes
    ----------
    mechanism : str
    effect : float
        With default parameters.
    turned : bool
        Whether it holds where it did not, or the other way round.
    idle : bool
        Whether nothing changes at all.
    """

    mechanism: str
    effect: float
    turned: bool
    idle: bool


@dataclass(frozen=True)
class Pushed:
    """What becomes of a claim when one assumption stands at an end of its range, all else as in use.

    Attributes
    ----------
    label : str
    correlation : float
        Rank correlation of the assumption with the effect over the draws.
    value, effect : float
    turned : bool
    """

    label: str
    correlation: float
    value: float
    effect: float
    turned: bool


@dataclass(frozen=True)
class Evidence:
    """What was found about one claim.

    Attributes
    ----------
    claim : Claim
    default : Measured
        With the values in use; NaN without a model test.
    drawn : tuple of Measured
        In every draw that has the quantity.
    without : tuple of Without
    pushed : tuple of Pushed
    record : tuple of Finding
    """

    claim: Claim
    default: Measured
    drawn: tuple[Measured, ...]
    without: tuple[Without, ...]
    pushed: tuple[Pushed, ...]
    record: tuple[Finding, ...]

    @cached_property
    def share(self) -> float:
        """Share of draws in which the claim holds; of the default answer without draws; NaN without a model test."""
        return share_of(self.drawn or (self.default,))

    def band(self, part: str = "effect") -> tuple[float, float, float]:
        """Return 5, 50 and 95 % of ``effect``, ``value`` or ``against`` over the draws; NaN without draws."""
        if not self.drawn:
            return (float("nan"),) * 3
        low, mid, high = np.quantile(
            [getattr(m, part) for m in self.drawn], [0.05, 0.5, 0.95], method="nearest"
        ).tolist()
        return low, mid, high

    @cached_property
    def turned_by(self) -> tuple[str, ...]:
        """Mechanisms of the claim without which the default answer turns."""
        return tuple(w.mechanism for w in self.without if w.turned)

    @cached_property
    def flipped_by(self) -> tuple[Pushed, ...]:
        """Assumptions that turn the claim within their range."""
        return tuple(p for p in self.pushed if p.turned)

    @cached_property
    def model(self) -> str:
        """What the model says."""
        return model_says(self.share)

    @cached_property
    def seen(self) -> str:
        """What the record says."""
        supports = sum(f.speaks_for for f in self.record)
        return record_says(supports, len(self.record) - supports)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict by rule."""
        return verdict(self.model, self.seen)

    @cached_property
    def disagree(self) -> bool:
        """Whether model and record say the opposite."""
        return disagree(self.model, self.seen)

    def sources(self, events: Mapping[str, Event]) -> tuple[str, ...]:
        """Return the keys of the sources of every event the record tests look at."""
        return tuple(dict.fromkeys(k for f in self.record for e in f.events for k in events[e].source))


@dataclass(frozen=True)
class Shown:
    """What an omitted cause does in the model."""

    says: str
    test: ModelTest
    default: Measured
    drawn: tuple[Measured, ...]

    @property
    def share(self) -> float:
        """Share of draws in which it works as expected."""
        return share_of(self.drawn or (self.default,))


@dataclass(frozen=True)
class Findings:
    """Everything a trial found.

    Attributes
    ----------
    trial : Trial
    claims : tuple of Evidence
    omitted : tuple of Shown
    draws, seed : int
    without : tuple of str
        Mechanisms switched off throughout.
    parameters : Parameters
    """

    trial: Trial
    claims: tuple[Evidence, ...]
    omitted: tuple[Shown, ...]
    draws: int
    seed: int
    without: tuple[str, ...]
    parameters: Parameters
