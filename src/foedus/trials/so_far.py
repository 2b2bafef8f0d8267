"""So far: which verdicts the draws that are there settle, whatever those that are still to come will say."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from foedus.draws.contract import Draws
from foedus.trials.claims import Claim, Trial
from foedus.trials.hearing import Court
from foedus.trials.precedents import Finding, look_up
from foedus.trials.verdict import FAILS, HOLDS, Verdict, precedents_say, verdict


@dataclass(frozen=True)
class Standing:
    """How a claim stands while its draws are worked out.

    Attributes
    ----------
    claim : Claim
    precedents : tuple of Finding
    seen : str
        What the record says.
    met, asked : int
        Draws in which the claim is true, of those that have its quantity.
    model : str
        What the model will say; empty until it is settled.
    verdict : Verdict, optional
        None until it is settled, which may be before it is settled what the model says.
    """

    claim: Claim
    precedents: tuple[Finding, ...]
    seen: str
    met: int
    asked: int
    model: str
    verdict: Verdict | None


class SoFar:
    """The draws of a hearing as they come; safe to use from several threads."""

    def __init__(self) -> None:
        self._blocks: dict[int, Draws] = {}
        self._lock = Lock()

    def heard(self, ensemble: Callable[..., Draws]) -> Callable[..., Draws]:
        """Return what works out ensembles, and hands those of the court on as they come."""

        def working(task: Any, *words: Any, **more: Any) -> Draws:
            return (
                partial(ensemble, seen=self._take)(task, *words, **more)
                if isinstance(task, Court)
                else ensemble(task, *words, **more)
            )

        return working

    def _take(self, chunk: int, block: Draws) -> None:
        with self._lock:
            self._blocks[chunk] = block

    def effects(self, position: int) -> list[float]:
        """Return how far the expectation of a test was met in every draw that is there; NaN where it has no such quantity."""
        key = f"{position}|effect"
        with self._lock:
            blocks = list(self._blocks.values())
        return [float(v) for b in blocks if key in b.keys for v in b.column(key)] + [
            math.nan for b in blocks if key not in b.keys for _ in b.values
        ]

    def standings(self, trial: Trial, draws: int) -> tuple[Standing, ...]:
        """Return how every claim of a trial stands that is heard in so many draws."""
        tested = [c.id for c in trial.claims if c.test is not None]
        return tuple(
            self._standing(trial, c, tested.index(c.id) if c.test is not None else -1, draws) for c in trial.claims
        )

    def _standing(self, trial: Trial, claim: Claim, position: int, draws: int) -> Standing:
        found = tuple(look_up(r, trial.events) for r in claim.precedents)
        supports = sum(f.speaks_for for f in found)
        seen = precedents_say(supports, len(found) - supports)
        effects = self.effects(position) if position >= 0 else []
        asked = [e for e in effects if not math.isnan(e)]
        met = sum(e > 0 for e in asked)
        words = ("silent",) if claim.test is None else still_possible(met, len(asked), draws - len(effects))
        verdicts = {verdict(w, seen) for w in words}
        only = verdicts.pop() if len(verdicts) == 1 else None
        return Standing(claim, found, seen, met, len(asked), words[0] if len(words) == 1 else "", only)


def still_possible(met: int, asked: int, rest: int) -> tuple[str, ...]:
    """Return what the model can still say of a claim, whatever further draws find.

    Parameters
    ----------
    met, asked : int
        Draws in which it is true, of those that have its quantity.
    rest : int
        Draws that are still to come; any of them may lack the quantity.

    Examples
    --------
    >>> still_possible(0, 40, 10), still_possible(18, 30, 20), still_possible(45, 45, 5)
    (('fails',), ('split',), ('holds',))
    """
    if not asked and not rest:
        return ("silent",)
    low, high = met / (asked + rest), (met + rest) / (asked + rest)
    found = ["silent"] if not asked else []
    found += ["fails"] if low < FAILS else []
    found += ["split"] if low < HOLDS and high >= FAILS else []
    found += ["holds"] if high >= HOLDS else []
    return tuple(found)
