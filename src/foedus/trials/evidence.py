"""Evidence: what was found about each claim, from which the verdict follows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

import numpy as np

from foedus.casebook.case import Event
from foedus.model.parameters import Parameters
from foedus.trials.bench import Measured, ModelTest
from foedus.trials.claims import Claim, Trial
from foedus.trials.precedents import Finding
from foedus.trials.verdict import FEWEST, Verdict, model_says, precedents_say, verdict
from foedus.vocabulary.record import Record, Told


def share_of(found: Sequence[Measured]) -> float:
    """Return the share of measurements that meet their expectation; NaN if none has the quantity."""
    met = [m.effect > 0 for m in found if not math.isnan(m.effect)]
    return sum(met) / len(met) if met else math.nan


@dataclass(frozen=True)
class Without:
    """What becomes of a claim when one of its mechanisms is switched off, or a procedure is replaced by name."""

    mechanism: str
    """Or the procedure and its variant, such as ``consent=common-mood``."""
    effect: float
    """With default parameters."""
    turned: bool
    """Whether it holds where it did not, or the other way round."""
    idle: bool
    """Whether nothing changes at all."""


@dataclass(frozen=True)
class Pushed:
    """What becomes of a claim when one assumption stands at an end of its range, all else as in use."""

    label: str
    correlation: float
    """Rank correlation of the assumption with the effect over the draws."""
    value: float
    effect: float
    turned: bool


@dataclass(frozen=True)
class Evidence:
    """What was found about one claim."""

    claim: Claim
    default: Measured
    """With the values in use; NaN without a model test."""
    drawn: tuple[Measured, ...]
    """In every draw that has the quantity."""
    without: tuple[Without, ...]
    pushed: tuple[Pushed, ...]
    precedents: tuple[Finding, ...]
    draws: int = 0
    """Draws in which the model was asked."""
    replaced: tuple[Without, ...] = ()
    """By every variant of a procedure that is not in use."""

    @cached_property
    def share(self) -> float:
        """Share of the draws that have the quantity in which the claim holds; NaN without any."""
        return share_of(self.drawn)

    def band(self, part: str = "effect") -> tuple[float, float, float]:
        """Return the ends of a range and the median of ``effect``, ``value`` or ``against`` over the draws.

        The ends are 5 and 95 %, or, below :data:`FEWEST` draws, the least and the largest; all are NaN without draws.
        """
        if not self.drawn:
            return (float("nan"),) * 3
        ends = (0.05, 0.95) if len(self.drawn) >= FEWEST else (0.0, 1.0)
        found = [getattr(m, part) for m in self.drawn]
        low, mid, high = np.quantile(found, [ends[0], 0.5, ends[1]], method="nearest").tolist()
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
        supports = sum(f.speaks_for for f in self.precedents)
        return precedents_say(supports, len(self.precedents) - supports)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict by rule; none where the model was to be asked and nothing was drawn."""
        if self.claim.test is not None and not self.draws:
            return Verdict.UNTRIED
        return verdict(self.model, self.seen)

    def sources(self, events: Mapping[str, Event]) -> tuple[str, ...]:
        """Return the keys of the sources of every event the record tests look at."""
        return tuple(dict.fromkeys(k for f in self.precedents for e in f.events for k in events[e].source))


@dataclass(frozen=True)
class Shown:
    """What an omitted cause does in the model."""

    says: str
    test: ModelTest
    default: Measured
    drawn: tuple[Measured, ...]

    @property
    def share(self) -> float:
        """Share of draws in which it works as expected; NaN without draws."""
        return share_of(self.drawn)


@dataclass(frozen=True)
class Findings(Told):
    """Everything that a trial found; its tables are ``claims``, ``measured``, ``draws``, ``swings`` and so on."""

    noun: ClassVar[str] = "trial"
    front: ClassVar[str] = "claims"
    trial: Trial
    claims: tuple[Evidence, ...]
    omitted: tuple[Shown, ...]
    draws: int
    seed: int
    without: tuple[str, ...]
    """Mechanisms switched off throughout."""
    parameters: Parameters
    tell: Callable[[Findings], Record] | None = field(default=None, repr=False, compare=False)
    """Makes the record: what is said, shown and listed about the claims; set by whoever hands the findings out."""

    def __repr__(self) -> str:
        return f"<Trial of {self.trial.name}, {len(self.claims)} claims, {self.draws} draws, seed {self.seed}>"
