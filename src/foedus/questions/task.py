"""Tasks: what one draw of an ensemble works out about a case, small enough to be sent to a worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case
from foedus.draws.digest import code_digest
from foedus.draws.sampling import Uncertainty, apply
from foedus.model.builder import FactKey, build_world
from foedus.model.parameters import Parameters
from foedus.model.sizes import Pulled, pulled, scales
from foedus.questions.study import Answers, Study, study_of
from foedus.simulation.appraisal import switch_off
from foedus.version import __version__
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import country
from foedus.vocabulary.states import STATES


@dataclass(frozen=True)
class Task:
    """What one draw of an assessment works out; small enough to be sent to a worker."""

    case: Case
    parameters: Parameters
    """Values in use where a draw does not vary them."""
    overrides: Mapping[tuple[str, str, str | None], float]
    """Facts replaced by the user."""
    varied: tuple[Uncertainty, ...]
    """What the columns of the design mean."""
    without: tuple[str, ...]
    """Mechanisms switched off."""
    questions: tuple[Callable[[Study], Answers], ...] = ()
    """What is worked out in every draw."""
    levers: Pulled = ()
    """Kinds of facts scaled for all states at once."""

    @property
    def uncertain(self) -> str:
        """Return what its draws vary, in words: with a calibration what is estimated too."""
        return "judged and estimated numbers" if self.parameters.calibrated_by else "judged numbers"

    def study(self, row: NDArray[np.float64] | None = None) -> Study:
        """Return the study of one draw, or with the values in use if no row is given."""
        parameters = self.parameters
        drawn: dict[FactKey, float] = {}
        if row is not None:
            parameters, drawn = apply(self.varied, row, parameters)
        world = pulled(build_world(self.case, {**drawn, **self.overrides}), self.levers, self.case.own_levers)
        return study_of(self.case, world, switch_off(parameters, self.without))

    def __call__(self, row: NDArray[np.float64] | None = None) -> Answers:
        """Return the answers of one draw."""
        study = self.study(row)
        found: Answers = {}
        for question in self.questions:
            found |= question(study)
        return found

    @property
    def roots(self) -> tuple[str, ...]:
        """Modules that a draw of this task needs: this one, and those of its questions."""
        return (__name__, *dict.fromkeys(q.__module__ for q in self.questions))

    def run_id(self, draws: int, seed: int) -> str:
        """Return the hash of everything the result depends on."""
        overrides = sorted((list(map(str, k)), v) for k, v in self.overrides.items())
        varied = [[u.label, u.low, u.value, u.high] for u in self.varied]
        made_of = (__version__, code_digest(*self.roots), self.case.sha256, self.parameters.digest())
        own = scales(self.levers, self.case.own_levers)
        parts = [*made_of, overrides, varied, sorted(self.without), self.levers, draws, seed, *([own] if own else [])]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def state(self, word: str) -> str:
        """Return the id of a state of the case, given by id or name.

        Raises
        ------
        FoedusError
            No such state in the case.
        """
        names = {s.casefold(): s for s in self.case.states}
        names |= {STATES[s].name.casefold(): s for s in self.case.states if s in STATES}
        found = names.get(word.casefold())
        if found is None and word.casefold() in {n.casefold() for a in self.case.adversaries for n in (a, country(a))}:
            raise fail(
                f"'{word}'", f"this is an adversary in '{self.case.name}', not one of its states", "Name a state"
            )
        if found is None:
            listed = [n for s in self.case.states for n in (s, country(s))]
            raise fail(f"'{word}'", f"there is no such state in '{self.case.name}'", nearest(word, listed))
        return found
