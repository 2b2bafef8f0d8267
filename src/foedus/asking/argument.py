"""The argument: a text on trial."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from foedus.asking.ask import check_ensemble, values_of
from foedus.draws.ensemble import Progress
from foedus.questions.assessment import run_assessment
from foedus.reports.record import document
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
    check_ensemble(draws, seed, workers)
    cores = workers or os.cpu_count() or 1
    return try_claims(found, draws, seed, without, cores, progress, values_of(calibration))


def trial_report(found: Findings, path: str | Path) -> Path:
    """Write one self-contained page about a trial; errors as :func:`report`."""
    target = Path(path)
    refuse_existing(str(target))
    place = run_assessment(found.trial.case, found.parameters, {}, found.without, 0, found.seed)
    write_whole(target, trial_html(trial_record(found), document(place, ())))
    return target
