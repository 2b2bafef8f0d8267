"""Robustness: how often model and record agree on each statement when every parameter is drawn from its range."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.draws.digest import code_digest
from foedus.draws.ensemble import Progress, run_ensemble
from foedus.draws.sampling import Uncertainty, apply, design
from foedus.mechanisms import reads
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.systems.finding import Finding, Setting
from foedus.systems.known import system_named
from foedus.version import __version__


@dataclass(frozen=True)
class OneDraw:
    """Looks at a system under one draw of the parameters; small enough to be sent to a worker."""

    name: str
    without: tuple[str, ...]
    varied: tuple[Uncertainty, ...]
    """What the columns of the design mean."""

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        """Return 1 for every statement on which model and record agree, 0 where they differ, NaN where one is silent."""
        drawn, _ = apply(self.varied, row, Parameters())
        found = system_named(self.name).look_at(Setting(self.without, drawn))
        return {str(k): float("nan") if c.agree is None else float(c.agree) for k, c in enumerate(found.checks)}


def varied_parameters() -> tuple[Uncertainty, ...]:
    """Return the parameters that the laws in use read; facts of the cases stay as they are."""
    read = [p for p in PARAMETERS if reads({}, p)]
    return tuple(Uncertainty(p.name, p.name, p.low, p.default, p.high, p.logarithmic) for p in read)


def over_draws(finding: Finding, draws: int, workers: int = 1, progress: Progress | None = None) -> Finding:
    """Return a finding that says of every statement in which share of draws model and record agree.

    Parameters
    ----------
    finding : Finding
        With default parameters; its seed is that of the draws.
    draws, workers : int
    progress : callable, optional
        Called with (draws done, draws in all).

    Raises
    ------
    Interrupted
        Ctrl-C; finished draws are kept for the next run.
    """
    varied = varied_parameters()
    task = OneDraw(finding.name, finding.without, varied)
    cases, without = [c.sha256 for c in finding.cases], sorted(finding.without)
    parts = [__version__, code_digest(__name__), finding.name, cases, without, draws, finding.seed]
    run_id = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    drawn = run_ensemble(task, design(varied, draws, finding.seed), run_id, workers, progress, chunk=1)
    shares = dict(zip(drawn.keys, drawn.values.mean(axis=0).tolist(), strict=True))
    found = (shares[str(k)] for k in range(len(finding.checks)))
    kept = ((c, None if np.isnan(v) else float(v)) for c, v in zip(finding.checks, found, strict=True))
    return replace(finding, checks=tuple(replace(c, in_draws=v) for c, v in kept), draws=draws)
