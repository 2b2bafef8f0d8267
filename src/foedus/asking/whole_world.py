"""The whole world: all states through the years by the record's law, many times, beside the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from foedus.archive.opening import open_source
from foedus.asking.ask import How, whole
from foedus.draws.ensemble import Progress
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.libraries import need
from foedus.worldwide.told_of_world import record_of
from foedus.worldwide.world_runs import WorldOfStates, check_span, plan_world, run_world
from foedus.worldwide.yearly_rates import WHEN

RUNS = 1000
"""Runs unless something else is said."""
MOST_RUNS = 100_000
"""Runs at the most."""


def world(
    first: int = 1946,
    last: int = 1975,
    *,
    runs: int = RUNS,
    seed: int = 1,
    rates: str = "span",
    data: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> WorldOfStates:
    """Return what many runs of all states through the years come to, beside the record.

    Parameters
    ----------
    first, last : int
        Years, both included. A run starts from the treaties of defence that were in force when the first began.
    runs, seed : int
    rates : str
        From which years it is taken how many treaties are founded, joined and end in a year: ``span``, those that are run,
        or ``before``, the ten years before the first.
    data : str or Path, optional
        Folder of a store or of tidy tables; by default the store of the user.
    weights : mapping of str to float, optional
        Of the law of who signs, by name; what is not named has its estimate.
    workers : int, optional
        Processes, by default one per core; the result does not depend on it.
    progress : callable, optional
        Called with (runs done, runs in all).

    Raises
    ------
    FoedusError
        There are no data, the years are outside of them, or a number, weight or choice of rates makes no sense.
    Interrupted
        The runs were stopped; finished ones are kept.

    Examples
    --------
    >>> import foedus
    >>> foedus.world(1946, 2030)
    Traceback (most recent call last):
    foedus.vocabulary.errors.FoedusError: year 2030: the record of treaties does not reach there. Give years from 1817 to 2018.
    """
    whole("first", first, 0, 9999, "a year")
    whole("last", last, 0, 9999, "a year")
    check_span(first, last)
    whole("runs", runs, 1, MOST_RUNS, "a number of runs")
    whole("seed", seed, 0)
    if rates not in WHEN:
        raise fail(f"rates '{rates}'", "there is no such choice", nearest(str(rates), WHEN) or ", ".join(WHEN))
    how, values = How(workers, progress=progress), Weights(weights)
    need("polars", "data", "world")
    task, recorded = plan_world(open_source(data), first, last, seed, rates, values)
    return replace(run_world(task, recorded, runs, rates, how.cores, how.progress), tell=record_of)
