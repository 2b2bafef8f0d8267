"""Evidence: what the model answers over the ensemble, what turns it, and what the record shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.experiments.assessment import QUESTIONS, Task
from foedus.experiments.levers import LEVERS
from foedus.experiments.study import Answers, Study
from foedus.facts.case import Case, first_day
from foedus.mechanisms import MECHANISMS
from foedus.model.parameters import Parameters
from foedus.simulation.ensemble import Progress, run_ensemble
from foedus.simulation.sampling import design, uncertainties
from foedus.trial.claims import Claim, RecordForm, Trial
from foedus.trial.verdict import Verdict, disagree, model_says, record_says, verdict


@dataclass(frozen=True)
class Evidence:
    """What was found about one claim.

    Attributes
    ----------
    claim : Claim
    default : float
        Effect with default parameters, in the expected direction; NaN without a model test.
    median, low, high : float
        The same over the draws: 50, 5 and 95 %.
    share : float
        Share of draws in which the claim holds.
    turned_by : tuple of str
        Mechanisms of the claim without which the default answer turns.
    record : tuple of (RecordForm, bool)
        Record tests, and whether what they look for is there.
    """

    claim: Claim
    default: float
    median: float
    low: float
    high: float
    share: float
    turned_by: tuple[str, ...]
    record: tuple[tuple[RecordForm, bool], ...]

    @cached_property
    def model(self) -> str:
        """What the model says."""
        return model_says(self.share)

    @cached_property
    def seen(self) -> str:
        """What the record says."""
        supports = sum(found == (r.says == "supports") for r, found in self.record)
        return record_says(supports, len(self.record) - supports)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict by rule."""
        return verdict(self.model, self.seen)

    @cached_property
    def disagree(self) -> bool:
        """Whether model and record say the opposite."""
        return disagree(self.model, self.seen)


def _ask(study: Study) -> Answers:
    found: Answers = {}
    for question in QUESTIONS:
        found |= question(study)
    return found


def _changed(task: Task, claim: Claim, row: NDArray[np.float64] | None) -> Study:
    """Return the study after what the claim changes."""
    under = claim.form.under if claim.form else None
    if under is None:
        return task.study(row)
    lever = next((x for x in LEVERS if x.key == under.lever), None)
    fixed = {**claim.changes.parameters, **(dict(lever.parameters) if lever else {})}
    changed = replace(
        task, overrides={**task.overrides, **claim.changes.facts}, without=(*task.without, *under.without)
    )
    study = changed.study(row)
    if fixed:
        study = replace(study, parameters=study.parameters.replace(fixed))
    return replace(study, world=lever.world(study.world)) if lever else study


def effect(task: Task, claim: Claim, base: Answers, row: NDArray[np.float64] | None) -> float:
    """Return how far a claim holds in one draw: above 0 it does. NaN if the quantity is not there."""
    form = claim.form
    assert form is not None
    now = base.get(claim.key, float("nan"))
    after = _ask(_changed(task, claim, row)) if form.under is not None else base
    value = after.get(claim.key, float("nan"))
    if form.expect in ("rises", "falls"):
        sign = 1.0 if form.expect == "rises" else -1.0
        return sign * (value - now) - form.at_least
    than = after.get(claim.than_key, float("nan")) if claim.than_key else float(form.than or 0.0)
    sign = 1.0 if form.expect == "above" else -1.0
    return sign * (value - than) - form.at_least


@dataclass(frozen=True)
class TrialTask:
    """Tries every claim in one draw; small enough to be sent to a worker."""

    task: Task
    claims: tuple[Claim, ...]

    def __call__(self, row: NDArray[np.float64] | None) -> dict[str, float]:
        """Return the effect of every claim with a model test."""
        base = _ask(self.task.study(row))
        return {str(c.id): effect(self.task, c, base, row) for c in self.claims if c.form is not None}


def _turned_by(task: Task, claim: Claim, default: float) -> tuple[str, ...]:
    found = []
    for m in claim.mechanisms:
        if MECHANISMS[m].off:
            off = replace(task, without=(*task.without, m))
            without = effect(off, claim, _ask(off.study()), None)
            if (not without > 0 and default > 0) or (without > 0 and not default > 0):
                found.append(m)
    return tuple(found)


def _is_there(case: Case, form: RecordForm) -> bool:
    """Return whether the record has what a test looks for."""
    if form.event is not None:
        return any(e.id == form.event for e in case.events)
    asked = form.count or {}
    found = [
        e
        for e in case.events
        if ("type" not in asked or e.type == asked["type"])
        and ("actor" not in asked or asked["actor"] in e.actors)
        and ("from" not in asked or first_day(e.date) >= first_day(str(asked["from"])))
        and ("to" not in asked or e.date[: len(str(asked["to"]))] <= str(asked["to"]))
    ]
    enough = int(asked["at_least"]) if "at_least" in asked else 0
    most = int(asked["at_most"]) if "at_most" in asked else len(found)
    return enough <= len(found) <= most


def try_claims(
    trial: Trial, draws: int, seed: int, without: Sequence[str] = (), workers: int = 1, progress: Progress | None = None
) -> tuple[Evidence, ...]:
    """Return the evidence on every claim of a trial.

    Parameters
    ----------
    trial : Trial
    draws, seed, workers : int
    without : sequence of str
        Mechanisms switched off.
    progress : callable, optional
    """
    parameters = Parameters()
    varied = uncertainties(trial.case, parameters)
    task = Task(trial.case, parameters, {}, varied, tuple(without))
    court = TrialTask(task, trial.claims)
    default = court(None)
    run_id = f"trial-{trial.sha256[:16]}-{task.run_id(draws, seed)}"
    ensemble = run_ensemble(court, design(varied, draws, seed), run_id, workers, progress, chunk=1)
    found = []
    for c in trial.claims:
        key = str(c.id)
        drawn = ensemble.column(key) if key in ensemble.keys else np.zeros(0)
        drawn = drawn[np.isfinite(drawn)]
        at = default.get(key, float("nan"))
        low, median, high = np.quantile(drawn, [0.05, 0.5, 0.95]).tolist() if drawn.size else (float("nan"),) * 3
        share = float((drawn > 0).mean()) if drawn.size else (float(at > 0) if c.form and draws == 0 else float("nan"))
        turned = _turned_by(task, c, at) if c.form is not None else ()
        record = tuple((r, _is_there(trial.case, r)) for r in c.record)
        found.append(Evidence(c, at, median, low, high, share, turned, record))
    return tuple(found)
