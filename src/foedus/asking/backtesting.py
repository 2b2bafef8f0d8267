"""History decides: forecasts out of sample against baselines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from foedus.archive.opening import open_source, versions
from foedus.asking.ask import Ask, How, words_of
from foedus.backtests.outcome import Backtest
from foedus.backtests.rolling import cases, run_windows, verdicts, yearly_rate
from foedus.backtests.step import drawn, forecasters, material
from foedus.draws.contract import Progress
from foedus.draws.digest import code_digest
from foedus.draws.parts import Parts, cache_folder
from foedus.draws.stop import Interrupted, stopped
from foedus.estimation.protocol import FULL, LONG, QUESTIONS, QUICK, SEED, WINDOWS, WITHOUT, window
from foedus.estimation.theory import Theory
from foedus.version import __version__
from foedus.vocabulary.libraries import need


def backtest(
    data: str | Path | None = None,
    *,
    seed: int = SEED,
    quick: bool = False,
    windows: Sequence[str] = (),
    baselines: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Return how well baselines and theory forecast two centuries of alliances.

    Parameters
    ----------
    data : str or Path, optional
        Folder of a store or of tidy tables; by default the store of the user.
    seed : int
        Of what is drawn by lot and of the resamples.
    quick : bool
        A small sample and the two long windows only.
    windows, baselines : sequence of str
        Names of those to run; all by default.
    workers : int, optional
        Processes; the result is the same for any number.
    progress : callable, optional
        Called with (steps done, steps in all).

    Raises
    ------
    FoedusError
        There are no data, a table that is needed is missing or damaged, a window or baseline has no such name, or a
        library is not installed.
    Interrupted
        Ctrl-C; finished parts are kept for the next run.

    Examples
    --------
    >>> import foedus
    >>> foedus.backtest("nowhere")
    Traceback (most recent call last):
    foedus.vocabulary.errors.FoedusError: nowhere: there is no such folder. Run: foedus data import FOLDER (or foedus data pull), or name a folder with --data.
    """
    named, baselines = words_of("windows", windows), words_of("baselines", baselines)
    chosen = tuple(window(n) for n in named) or (LONG if quick else WINDOWS)
    for question in QUESTIONS:
        forecasters(question, only=baselines)
    seed, how = Ask(seed=seed).seed, How(workers, progress=progress)
    for library in ("polars", "scipy", "sklearn"):
        need(library, "stats", "backtest")
    source = open_source(data)
    sample = QUICK if quick else FULL
    told = {
        "seed": seed,
        "quick": quick,
        "windows": [w.name for w in chosen],
        "baselines": list(baselines),
        "data": versions(source),
        "code": code_digest("foedus.backtests.rolling", "foedus.backtests.step"),
    }
    run = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]
    parts = Parts(cache_folder() / "runs" / run, run)
    try:
        found = drawn(source, chosen, seed, sample)
        bar = _Bar(how.progress, sum(len(k) for k in found.kads.values()), len(chosen))
        made = material(found, Theory(source, WITHOUT, how.cores, parts, bar.rows))
        results = run_windows(
            made,
            chosen,
            seed,
            theory=True,
            only=baselines,
            resamples=sample.resamples,
            parts=parts,
            progress=bar.window,
        )
        shown = cases(made, LONG[0], theory=True, only=baselines)
    except (KeyboardInterrupt, Interrupted):
        raise stopped() from None
    parts.forget()
    rates = {
        n: yearly_rate(made, LONG[0].trained_to, k) for n, k in (("new_bodies_a_year", 3), ("new_pairs_a_year", 2))
    }
    document = {
        "foedus": __version__,
        **told,
        "without": list(WITHOUT),
        "sample": vars(sample),
        "questions": dict(QUESTIONS),
        "results": results,
        "cases": shown,
        "verdicts": verdicts(results),
        **rates,
    }
    return Backtest(document)


class _Bar:
    """Steps done, in potential alliances worked out; a window counts as a thousand."""

    def __init__(self, progress: Progress | None, rows: int, windows: int) -> None:
        self._progress, self._done, self._all = progress, 0, rows + 1000 * windows

    def rows(self, count: int) -> None:
        """Count alliances that are worked out."""
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._all)

    def window(self) -> None:
        """Count a window."""
        self.rows(1000)
