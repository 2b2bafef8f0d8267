"""All states through the years: a thousand runs of thirty years of a made-up world of 190 states, beside RSiena's stored time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from measure import Figure

from foedus.draws.ensemble import run_ensemble
from foedus.kernels.allianceyears import Globe
from foedus.signings.separation import apart
from foedus.signings.weights import Weights
from foedus.worldwide.outside import Outside
from foedus.worldwide.record_of_treaties import Web
from foedus.worldwide.world_runs import CHUNK, WorldRuns
from foedus.worldwide.yearly_rates import YearlyRates

STATES, YEARS, RUNS = 190, 30, 1000
RSIENA = 480.0
"""Seconds: 1,000 runs of 30 years of 150 states with RSiena 1.6.5, measured elsewhere (23,800 microsteps a second at 200)."""


@cache
def task() -> WorldRuns:
    """Return a world with distances, quarrels and treaties by lot, about as many as there were after 1946."""
    rng, values = np.random.default_rng(1), Weights()
    place = rng.normal(size=(STATES, 3))
    place /= np.linalg.norm(place, axis=1, keepdims=True)
    distance = 6371.0 * np.arccos(np.clip(place @ place.T, -1.0, 1.0))
    strength = rng.lognormal(2.0, 1.5, STATES)
    reach = 1000.0 * (1.0 + 7.0 * np.sqrt(strength / strength.max()))
    cost = values.signed[0] * apart(distance, reach)
    pairs = np.sort(rng.integers(0, STATES, (150, 2)), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
    foes: dict[tuple[int, int], list[int]] = {}
    near = [[int(q) for p in pairs if a in p for q in p if q != a] for a in range(STATES)]
    for a, who in enumerate(near):
        for i in who:
            for j in who:
                if i != j:
                    foes.setdefault((i, j), []).append(a)
    counts = np.array([len(foes.get((i, j), ())) for i in range(STATES) for j in range(STATES)])
    begins = np.concatenate([[0], np.cumsum(counts)])
    foe = np.array([a for i in range(STATES) for j in range(STATES) for a in foes.get((i, j), ())], dtype=np.int64)
    still = np.exp(cost + values.signed[1] * (counts > 0).reshape(STATES, STATES))
    every = [np.repeat(x[None], YEARS, axis=0) for x in (cost, still, np.exp(-rng.random((STATES, STATES)) / 4))]
    position = np.repeat(rng.normal(size=(1, STATES)), YEARS, axis=0)
    globe = Globe(
        np.ones((YEARS, STATES), dtype=np.bool_),
        *every,
        np.zeros((YEARS, STATES, STATES), dtype=np.bool_),
        np.repeat(begins[None], YEARS, axis=0),
        foe,
        np.full(len(foe), values.signed[1]),
        position,
        np.repeat(strength[None], YEARS, axis=0),
    )
    sizes = np.array([2] * 40 + [5] * 6 + [12, 20], dtype=np.int64)
    members = np.zeros((len(sizes), STATES), dtype=np.int64)
    for row, size in zip(members, sizes):
        row[:size] = np.sort(np.argsort(distance[rng.integers(STATES)])[:size])
    zeros = np.zeros(len(sizes), dtype=np.int64)
    start = Web(members, sizes, zeros + 1940, zeros, sizes > 2, zeros.astype(np.float64))
    rates = YearlyRates(
        *(1946, 1975, (2.8, 0.6), {3: 20, 4: 6, 5: 6, 8: 2, 12: 2, 21: 2}, ({0.0: 2, 20.0: 1}, {0.0: 1}), (-3.4, -3.4)),
        *((0.03, 0.03), 0.066, {1: 15, 2: 4}, 0.0029, 1.6),
    )
    return WorldRuns(1946, 1945 + YEARS, 1, Outside(tuple(range(STATES)), globe), start, rates, values)


def lived(runs: int, workers: int) -> int:
    """Return how many numbers are kept of so many runs."""
    design = np.arange(runs, dtype=np.float64)[:, None]
    return int(run_ensemble(task(), design, "", workers, chunk=CHUNK).values.size)


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures."""
    runs = 40 if quick else RUNS
    yield Figure(
        f"{runs:,} runs of {YEARS} years, {STATES} states, two workers / RSiena",
        lambda: lived(runs, 2),
        against="RSiena 1.6.5, 150 states: about 8 minutes",
        stored=RSIENA * runs / RUNS,
        within=15.0 * runs / RUNS,
    )
    yield Figure(f"one run of {YEARS} years, {STATES} states", lambda: task()(np.zeros(1)), against="no peer")
