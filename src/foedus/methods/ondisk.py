"""On disk: what moves an answer, and where a goal is reached, in the draws of an ensemble that were kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.draws.fileset import Ensemble
from foedus.draws.sampling import Uncertainty
from foedus.methods.importance import Importance
from foedus.methods.phrases import answer_in
from foedus.methods.scenarios import Discovery, Goal, columns_of, discovery_of
from foedus.methods.sensitivity import rank


def identity_of(ensemble: Ensemble) -> dict[str, Any]:
    """Return what the draws of an ensemble depend on: its manifest without columns and parts, and how many are there."""
    kept = {k: v for k, v in ensemble.manifest.items() if k not in ("columns", "parts", "asked")}
    return {**kept, "finished": int(ensemble.to_polars("draw").height)}


def importance_in_files(ensemble: Ensemble, phrase: str) -> Importance:
    """Return what moves an answer by the draws of an ensemble, as far as it has come: rank correlations.

    Parameters
    ----------
    ensemble : Ensemble
    phrase : str
        As claims write it, or a column.

    Raises
    ------
    FoedusError
        It has no such answer, or too few draws.
    """
    answer = answer_in(ensemble, phrase)
    frame = ensemble.to_polars(*ensemble.inputs)
    columns = {n: frame[n].to_numpy() for n in ensemble.inputs if frame[n].dtype.is_numeric()}
    varied = [Uncertainty(n, n, float(c.min()), float(np.median(c)), float(c.max())) for n, c in columns.items()]
    found = rank(varied, np.column_stack(list(columns.values())), answer)
    return Importance(phrase, phrase, found, int(ensemble.manifest["seed"]), identity=identity_of(ensemble))


def discover_in_files(ensemble: Ensemble, goal: Goal, boxes: int = 1) -> Discovery:
    """Return where a goal is reached in the draws of an ensemble, as far as it has come.

    Raises
    ------
    FoedusError
        It has no such answer, or too few draws reach the goal.
    """
    answer = answer_in(ensemble, goal.phrase)
    frame = ensemble.to_polars(*ensemble.inputs)
    columns = [pair for n in ensemble.inputs for pair in columns_of(n, frame[n].to_list())]
    return discovery_of(goal, str(ensemble.folder), identity_of(ensemble), columns, answer, boxes)
