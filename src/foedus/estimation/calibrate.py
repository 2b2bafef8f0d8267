"""Calibration: from historical data to a document that says what they know about the parameters of the theory."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from foedus.archive.frames import pl
from foedus.archive.kads import KAds
from foedus.archive.pledges import DECLARATION_BY_UNITED_NATIONS, Source
from foedus.draws.parts import Parts
from foedus.draws.stop import look
from foedus.estimation.annals import Annals
from foedus.estimation.choices import LAST_VISIBLE, drawn, leaving_sets, signing_sets
from foedus.estimation.fit import CONTROLS, Estimate, Recovery, conditional_logit, held, recovery
from foedus.estimation.posterior import LINEAR, TOLD, WEIGHTS, Marginal, along, flat, judged, together
from foedus.estimation.record_law import HALVES, signing_choices
from foedus.mechanisms import COMPONENTS
from foedus.model.parameters import BY_NAME, PARAMETERS, Parameters
from foedus.vocabulary.errors import fail

SEARCHED: Final = (
    "deterrence_elasticity",
    "unpledged_aid",
    "treaty_reliability",
    "publicness",
    "reach_scale",
    "political_convexity",
)
"""Nonlinear parameters over whose judged ranges the likelihood is profiled."""

LEFT_OUT: Final = (DECLARATION_BY_UNITED_NATIONS,)
"""Treaties that are not in the choices: the wartime declaration of 1942 would outweigh every peace."""

ENOUGH: Final = 100
"""Signings from which the four weights of the record's law are learnt; with fewer a term can tell all of them apart."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Findings:
    """Everything a calibration found."""

    first: int
    last: int
    controls: int
    seed: int
    """What it was made with."""
    estimate: Estimate
    """Signing and leaving together, with the control for opportunity: the one that is used."""
    variants: dict[str, Estimate]
    """Other specifications, for comparison."""
    at_zero: dict[str, float]
    at_default: dict[str, float]
    """By how much the log likelihood falls with the coefficient of a term held at zero, and at what the default
    parameters say."""
    profiles: dict[str, tuple[list[float], list[float]]]
    """Per nonlinear parameter its values and the log likelihood at each."""
    marginals: tuple[Marginal, ...]
    """Parameters after the data."""
    correlation: list[list[float]]
    """Of the linear ones, in the order of ``posterior.LINEAR``."""
    recovered: Recovery

    def told(self, marginal: Marginal) -> bool:
        """Return whether the data say something about a parameter that its judged range does not say alone."""
        return not self.wrong_sign(marginal.name) and self.width_left(marginal) < TOLD

    def width_left(self, marginal: Marginal) -> float:
        """Return the share of the width of its quasi-prior that the data leave a parameter."""
        name = marginal.name
        return marginal.spread / (judged(name).spread if name in LINEAR else flat(name))

    def wrong_sign(self, name: str) -> bool:
        """Return whether the coefficient that a parameter scales has the sign the theory excludes."""
        own = [c for c, parts in WEIGHTS.items() if parts[-1] == name and c in self.estimate.names]
        return any(self.estimate.coefficients[self.estimate.names.index(c)] < 0 for c in own)


def calibrate(
    source: Source,
    first: int,
    last: int,
    *,
    controls: int = 20,
    seed: int = 1,
    repeats: int = 20,
    workers: int = 1,
    parts: Parts | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Estimate the parameters of the theory from who signed and who left.

    Parameters
    ----------
    source : Source
        Store or tidy folder.
    first, last : int
        Years of the choices; nothing after the last year enters.
    controls : int
        Alternatives per year and size.
    seed : int
    repeats : int
        Simulated sets of choices for the synthetic recovery.
    workers : int
        Processes; the result does not depend on them.
    parts : Parts, optional
        Where the terms of finished steps are kept, so that a run that was stopped goes on from them; its name has to stand
        for data, code and arguments. They are forgotten at the end.
    progress : callable, optional
        Called with (steps done, steps in all).

    Raises
    ------
    FoedusError
        The years make no sense, data are missing, or there are too few choices.
    """
    if not 1817 <= first < last or controls < 1 or repeats < 2:
        how = "Give a first year from 1817 on and a later last"
        raise fail("calibration", f"years {first} to {last} make no sense", how)
    annals = Annals(source, LEFT_OUT)
    kads = drawn(source, first, last, controls, seed, LEFT_OUT)
    points = [(n, v) for n in SEARCHED for v in (BY_NAME[n].low, BY_NAME[n].high)]
    total = len(points) + 3
    step = _Steps(progress, total)
    work = _Work(kads, annals, first, last, controls, seed, workers, parts)
    choices = work.choices(Parameters())
    step()
    estimate = conditional_logit(choices)
    variants = {"signing and leaving, no control": conditional_logit(choices, COMPONENTS), **_parts(choices)}
    law = signing_choices(source, annals, first, min(last, LAST_VISIBLE), seed, LEFT_OUT)
    if law["choice_set"].n_unique() >= ENOUGH:
        variants["the record's law, who signs"] = conditional_logit(law, HALVES)
    step()
    profiles = {}
    for name in SEARCHED:
        p = BY_NAME[name]
        ends = []
        for value in (p.low, p.high):
            ends.append(conditional_logit(work.choices(Parameters({name: value}))).log_likelihood)
            step()
        profiles[name] = ([p.low, p.default, p.high], [ends[0], estimate.log_likelihood, ends[1]])
    linear, correlation = together(estimate)
    curved = tuple(along(n, *profiles[n], estimate.design_effect) for n in SEARCHED)
    at_zero, at_default = _held(choices, estimate)
    made_with, after = (first, last, controls, seed), ((*linear, *curved), correlation.tolist())
    recovered = recovery(choices, estimate, repeats, seed)
    found = Findings(*made_with, estimate, variants, at_zero, at_default, profiles, *after, recovered)
    step()
    if parts is not None:
        parts.forget()
    return found


class _Steps:
    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def __call__(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


@dataclass(frozen=True, eq=False)
class _Work:
    kads: KAds
    annals: Annals
    first: int
    last: int
    controls: int
    seed: int
    workers: int
    parts: Parts | None

    def choices(self, parameters: Parameters) -> pl.DataFrame:
        """Return all sets of alternatives with the terms worked out under some parameters, from an earlier run if it can."""
        look()
        part, kept = f"{parameters.digest()}.part", self.parts or Parts(None, "")
        content = kept.take(part)
        if content is not None:
            return pl.read_parquet(io.BytesIO(content))
        found, held = self._worked_out(parameters), io.BytesIO()
        found.write_parquet(held)
        kept.keep(part, held.getvalue())
        return found

    def _worked_out(self, parameters: Parameters) -> pl.DataFrame:
        signed = signing_sets(self.kads, self.annals, parameters, self.workers)
        left = leaving_sets(self.annals, self.first, self.last, self.controls, self.seed, parameters)
        after = int(str(signed["choice_set"].max())) + 1
        return pl.concat([signed, left.with_columns(pl.col("choice_set") + after)]) if left.height else signed


def _parts(choices: pl.DataFrame) -> dict[str, Estimate]:
    """Return the same fit for parts of the choices that are large enough."""
    chosen = {
        "signing alone": pl.col("act") == "signing",
        "signing alone, to 1944": (pl.col("act") == "signing") & (pl.col("year") <= 1944),
        "signing alone, from 1945": (pl.col("act") == "signing") & (pl.col("year") >= 1945),
        "leaving alone": pl.col("act") == "leaving",
    }
    found: dict[str, Estimate] = {}
    for name, which in chosen.items():
        part = choices.filter(which)
        if part.height and part["choice_set"].n_unique() >= 4 * len(COMPONENTS):
            found[name] = conditional_logit(part)
    return found


def _held(choices: pl.DataFrame, estimate: Estimate) -> tuple[dict[str, float], dict[str, float]]:
    """Return how far the log likelihood falls with each coefficient at zero, and at its default."""
    columns = (*COMPONENTS, *CONTROLS)
    default = 1.0 / BY_NAME["decision_noise"].default
    seen = [c for c in WEIGHTS if c in estimate.names]
    return tuple(  # type: ignore[return-value]
        {c: estimate.log_likelihood - held(choices, c, value, columns) for c in seen} for value in (0.0, default)
    )


def unidentified(found: Findings) -> dict[str, str]:
    """Return the parameters that keep their judged range, each with the reason."""
    reasons: dict[str, str] = {}
    known = {m.name: m for m in found.marginals}
    for p in PARAMETERS:
        if p.name not in known:
            reasons[p.name] = "no choice shows it alone"
        elif found.wrong_sign(p.name):
            reasons[p.name] = "coefficient of the wrong sign"
        elif p.name == "political_convexity":
            reasons[p.name] = "no treaty in the data differs in depth"
        elif not found.told(known[p.name]):
            reasons[p.name] = "the choices hardly narrow it"
    return reasons
