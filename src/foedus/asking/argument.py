"""The argument: a text on trial."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.asking.ask import Ask, How
from foedus.draws.ensemble import Progress
from foedus.reports.trialpage import trial_html
from foedus.reports.trialrecord import trial_record
from foedus.trials.claims import read_trial
from foedus.trials.evidence import Findings
from foedus.trials.hearing import try_claims
from foedus.vocabulary.whole import refuse_existing, write_whole


def trial(
    name: str | Path,
    *,
    draws: int = 50,
    seed: int = 1,
    without: Sequence[str] = (),
    calibration: str | Path = "",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Return what was found about every claim of a text on trial."""
    found = read_trial(name)
    asked, how = Ask(found.case, without=tuple(without), calibration=calibration, draws=draws, seed=seed), How(workers)
    return try_claims(found, draws, seed, without, how.cores, progress, asked.values)


def trial_report(found: Findings, path: str | Path) -> Path:
    """Write one self-contained page about a trial; errors as :func:`report`."""
    target = Path(path)
    refuse_existing(str(target))
    write_whole(target, trial_html(trial_record(found)))
    return target
