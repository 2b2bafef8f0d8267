"""The hearing: every claim in every draw, and again with mechanisms off, procedures replaced, assumptions at their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.draws.sampling import design
from foedus.mechanisms import MECHANISMS, alternatives
from foedus.model.parameters import Parameters
from foedus.questions.task import Task
from foedus.trials.bench import Bench, Measured, ModelTest, Place, Share, lay_out
from foedus.trials.claims import Claim, Trial
from foedus.trials.evidence import Evidence, Findings, Pushed, Shown, Without
from foedus.trials.precedents import look_up
from foedus.trials.queries import Query

TRIED: Final = 5
"""Assumptions per claim that are pushed to the ends of their ranges: those that move with it most over the draws."""

ERRORS: Final = 2.0
"""Standard errors of a rank correlation (one over the root of the draws) beyond which an assumption moves a claim."""

SAME: Final = 1e-12
"""Effects closer than this are the same."""

EMPTY: Final = Measured(float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True)
class Probe:
    """Claims that are tried again with one thing changed: a mechanism off, a procedure replaced, or a column at an end."""

    tests: tuple[int, ...]
    mechanism: str = ""
    column: int = -1
    share: float = 0.5
    law: tuple[str, str] | None = None


@dataclass(frozen=True)
class Court:
    """Tries every claim in one draw; small enough to be sent to a worker."""

    tests: tuple[ModelTest, ...]
    places: Mapping[str, Place]
    parameters: Parameters
    without: tuple[str, ...]

    def __call__(self, row: NDArray[np.float64] | None) -> dict[str, float]:
        """Return what every test finds in a draw."""
        return self.try_in(Bench(self.places, self.parameters, row, self.without), range(len(self.tests)))

    def columns(self, k: int) -> list[int]:
        """Return the columns that matter where a test asks."""
        test = self.tests[k]
        asked = [q.place for q in (test.query, test.than) if isinstance(q, Query)]
        return sorted({c for place in asked for c in self.places[place].columns})

    def try_in(self, bench: Bench, which: Sequence[int] | range) -> dict[str, float]:
        """Return what some tests find on a bench."""
        found: dict[str, float] = {}
        for k in which:
            measured = bench.measure(self.tests[k])
            found |= {f"{k}|{part}": float(v) for part, v in vars(measured).items()}
        return found


@dataclass(frozen=True)
class Appeal:
    """Tries some claims again under the probe whose position is given."""

    court: Court
    probes: tuple[Probe, ...]
    columns: int

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return what the tests of one probe find."""
        probe, court = self.probes[int(row[0])], self.court
        shares = None
        if probe.column >= 0:
            shares = np.full(self.columns, 0.5)
            shares[probe.column] = probe.share
        off = (*court.without, probe.mechanism) if probe.mechanism else court.without
        values = court.parameters.under(dict([probe.law] if probe.law else ()))
        return court.try_in(Bench(court.places, values, shares, off), probe.tests)


def _measured(found: Draws, k: int, row: int) -> Measured:
    def part(name: str) -> float:
        key = f"{k}|{name}"
        return float(found.values[row, found.keys.index(key)]) if key in found.keys else float("nan")

    return Measured(part("value"), part("against"), part("effect"))


def _drawn(found: Draws, k: int) -> tuple[Measured, ...]:
    every = (_measured(found, k, row) for row in range(found.values.shape[0]))
    return tuple(m for m in every if not np.isnan(m.effect))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ranks, ties sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: NDArray[np.float64] = (last - (counts - 1) / 2.0)[inverse]
    return ranks


def strongest(
    effect: NDArray[np.float64], plan: NDArray[np.float64], columns: Iterable[int]
) -> list[tuple[int, float]]:
    """Return the columns of a design that move with an effect most, each with its rank correlation.

    Parameters
    ----------
    effect : ndarray, shape (draws,)
    plan : ndarray, shape (draws, columns)
    columns : iterable of int
        Columns that matter where the effect was measured.

    References
    ----------
    Spearman 1904, American Journal of Psychology 15(1).
    """
    good = ~np.isnan(effect)
    if good.sum() < 4:
        return []
    one = _ranks(effect[good])
    found = []
    for k in columns:
        other = _ranks(plan[good, k])
        spread = one.std() * other.std()
        found.append((k, float(((one - one.mean()) * (other - other.mean())).mean() / spread) if spread > 0 else 0.0))
    beyond = ERRORS / np.sqrt(good.sum())
    return sorted((f for f in found if abs(f[1]) > beyond), key=lambda f: -abs(f[1]))[:TRIED]


def _probes(
    claims: Sequence[tuple[int, Claim]], movers: Mapping[int, list[tuple[int, float]]], laws: Mapping[str, str]
) -> Iterator[Probe]:
    mechanisms = dict.fromkeys(m for _, c in claims for m in c.mechanisms if MECHANISMS[m].off)
    for m in mechanisms:
        yield Probe(tuple(k for k, c in claims if m in c.mechanisms), m)
    for column in dict.fromkeys(column for k, _ in claims for column, _ in movers[k]):
        concerned = tuple(k for k, _ in claims if column in [c for c, _ in movers[k]])
        yield from (Probe(concerned, "", column, end) for end in (0.0, 1.0))
    yield from (Probe(tuple(k for k, _ in claims), law=law) for law in alternatives(laws))


@dataclass(frozen=True)
class _Docket:
    """What is tried: the claims with a model test by their position among the tests, and how it is tried."""

    trial: Trial
    court: Court
    columns: tuple[Share, ...]
    tried: tuple[tuple[int, Claim], ...]


def _docket(trial: Trial, values: Parameters, fixed: Sequence[str], without: Sequence[str]) -> _Docket:
    tested = [(c, c.test) for c in trial.claims if c.test is not None]
    tests = (*(test for _, test in tested), *(o.test for o in trial.omitted))
    # what only the laws of some test read varies as well
    laws = {procedure: name for test in tests for procedure, name in test.under.laws}
    places, columns = lay_out(trial.cases, values.under(laws), fixed)
    court = Court(tests, places, values, tuple(without))
    return _Docket(trial, court, columns, tuple((k, c) for k, (c, _) in enumerate(tested)))


def try_claims(
    trial: Trial,
    draws: int,
    seed: int,
    without: Sequence[str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    parameters: Parameters | None = None,
    fixed: Sequence[str] = (),
    ensemble: Callable[..., Draws] = run_ensemble,
) -> Findings:
    """Return the evidence on every claim of a trial.

    Parameters
    ----------
    trial : Trial
    draws, seed, workers : int
    without : sequence of str
        Mechanisms switched off.
    progress : callable, optional
    parameters : Parameters, optional
        Values in use; by default those of the theory.
    fixed : sequence of str
        Names of parameters that do not vary.
    ensemble : callable
        As :func:`foedus.draws.ensemble.run_ensemble`, or what keeps or recalls whole ensembles; with its errors.
    """
    values = parameters or Parameters()
    docket = _docket(trial, values, fixed, without)
    columns, tried = docket.columns, docket.tried
    plan = design(columns, draws, seed)
    labels = (*without, *(c.label for c in columns))
    run_id = f"trial-{trial.sha256[:16]}-{Task(trial.case, values, {}, (), labels).run_id(draws, seed)}"
    found = ensemble(docket.court, plan, run_id, workers, progress, chunk=1)
    effects = {k: np.array([_measured(found, k, r).effect for r in range(draws)]) for k, _ in tried}
    movers = {k: strongest(effects[k], plan, docket.court.columns(k)) for k, _ in tried}
    probes = (Probe(tuple(range(len(docket.court.tests)))), *_probes(tried, movers, values.laws))
    places = np.arange(len(probes), dtype=np.float64)[:, None]
    appeal = Appeal(docket.court, probes, len(columns))
    again = ensemble(appeal, places, run_id + "-again", workers, progress, chunk=1)
    evidence = tuple(_evidence(docket, c, found, probes, again, movers) for c in trial.claims)
    omitted = tuple(
        Shown(o.says, o.test, _measured(again, k, 0), _drawn(found, k)) for k, o in enumerate(trial.omitted, len(tried))
    )
    return Findings(trial, evidence, omitted, draws, seed, tuple(without), values)


def _evidence(
    docket: _Docket,
    claim: Claim,
    found: Draws,
    probes: Sequence[Probe],
    again: Draws,
    movers: Mapping[int, list[tuple[int, float]]],
) -> Evidence:
    precedents = tuple(look_up(r, docket.trial.events) for r in claim.precedents)
    position = next((k for k, c in docket.tried if c.id == claim.id), None)
    draws = int(found.values.shape[0])
    if position is None or claim.test is None:
        return Evidence(claim, EMPTY, (), (), (), precedents, draws)
    default = _measured(again, position, 0)
    without, pushed, replaced = [], [], []
    place = docket.court.places[claim.test.query.place]
    for n, probe in enumerate(probes[1:], 1):
        if position not in probe.tests:
            continue
        effect = _measured(again, position, n).effect
        turned = (effect > 0) != (default.effect > 0)
        if probe.mechanism:
            without.append(Without(probe.mechanism, effect, turned, abs(effect - default.effect) < SAME))
        elif probe.law:
            replaced.append(Without("=".join(probe.law), effect, turned, abs(effect - default.effect) < SAME))
        else:
            rho = dict(movers[position])[probe.column]
            value = place.value_at(probe.column, probe.share)
            pushed.append(Pushed(docket.columns[probe.column].label, rho, value, effect, turned))
    swings = (tuple(without), tuple(pushed))
    return Evidence(claim, default, _drawn(found, position), *swings, precedents, draws, tuple(replaced))
