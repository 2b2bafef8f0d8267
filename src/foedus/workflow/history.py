"""History decides: forecasts out of sample against baselines."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.calibration.backtest import drawn, forecasters, material
from foedus.calibration.protocol import FULL, LONG, QUESTIONS, QUICK, SEED, WINDOWS, WITHOUT, window
from foedus.calibration.rolling import cases, run_windows, verdicts, yearly_rate
from foedus.facts.opening import open_source, versions
from foedus.reports.backtestpage import backtest_html
from foedus.reports.backtesttables import tables
from foedus.simulation.engines import code_digest
from foedus.simulation.ensemble import Interrupted, Progress
from foedus.simulation.parts import cache_folder
from foedus.version import __version__
from foedus.vocabulary.errors import Problem
from foedus.workflow.files import refuse_existing, write_whole


def backtest(
    data: str | Path | None = None, *, seed: int = SEED, quick: bool = False, windows: Sequence[str] = (),
    baselines: Sequence[str] = (), workers: int | None = None, progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return how well baselines and theory forecast two centuries of alliances, as one plain document.

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
        There are no data, a table that is needed is missing or damaged, or a window or baseline has no such name.
    Interrupted
        Ctrl-C; finished parts are kept for the next run.
    """
    chosen = tuple(window(n) for n in windows) or (LONG if quick else WINDOWS)
    for question in QUESTIONS:
        forecasters(question, (), baselines)
    source = open_source(data)
    sample, held = QUICK if quick else FULL, versions(source)
    told = {"seed": seed, "quick": quick, "windows": [w.name for w in chosen], "baselines": list(baselines),
            "data": held, "code": code_digest()}  # fmt: skip
    folder = cache_folder() / "runs" / hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]
    try:
        made = material(drawn(source, chosen, seed, sample))
        results = run_windows(
            made, chosen, seed, only=baselines, resamples=sample.resamples, folder=folder, progress=progress
        )
        shown = cases(made, LONG[0], only=baselines)
    except KeyboardInterrupt:
        raise Interrupted(
            Problem("backtest", "stopped; finished windows are kept", "Give the same command again to go on from there")
        ) from None
    shutil.rmtree(folder, ignore_errors=True)
    return {
        "foedus": __version__, **told, "without": list(WITHOUT), "sample": vars(sample), "questions": dict(QUESTIONS),
        "results": results, "cases": shown, "verdicts": verdicts(results),
        "new_bodies_a_year": yearly_rate(made, LONG[0].trained_to),
    }  # fmt: skip


def backtest_files(document: Mapping[str, Any], folder: str | Path) -> list[Path]:
    """Write the tables of a backtest and the whole document into a new folder; errors as :func:`report`."""
    target = Path(folder)
    refuse_existing(str(target))
    written = []
    for each in tables(document):
        write_whole(target / f"{each.name}.csv", each.to_csv())
        written.append(target / f"{each.name}.csv")
    write_whole(target / "backtest.json", json.dumps(document, indent=1, ensure_ascii=False))
    return [*written, target / "backtest.json"]


def backtest_report(document: Mapping[str, Any], path: str | Path) -> Path:
    """Write one self-contained page about a backtest; errors as :func:`report`."""
    target = Path(path)
    refuse_existing(str(target))
    write_whole(target, backtest_html(document))
    return target
