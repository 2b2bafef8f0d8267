"""Sampling: one seed, named streams, and a Latin hypercube over everything that is judged."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.facts.case import Case
from foedus.model.builder import FactKey, key_of
from foedus.model.parameters import PARAMETERS, Parameters


@dataclass(frozen=True)
class Uncertainty:
    """One number that ensembles vary.

    Attributes
    ----------
    label : str
        Name for tables.
    target : str or tuple
        Name of a parameter, or key of a fact.
    low, value, high : float
        Range, and the value the default answer uses.
    logarithmic : bool
        Whether the range is meant as factors.
    """

    label: str
    target: str | FactKey
    low: float
    value: float
    high: float
    logarithmic: bool = False

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value below which a share of the draws lies.

        The value in use is the median; each half of the draws is uniform (or log-uniform) between it and
        the end of the range.
        """
        low, mid, high = self.low, self.value, self.high
        if self.logarithmic and low > 0:
            low, mid, high = np.log(low), np.log(mid), np.log(high)
        below = low + (mid - low) * share / 0.5
        above = mid + (high - mid) * (share - 0.5) / 0.5
        drawn: NDArray[np.float64] = np.where(share < 0.5, below, above)
        return np.exp(drawn) if self.logarithmic and self.low > 0 else drawn


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random generator of one name; streams of different names are independent."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], dtype=np.uint32)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words.tolist()])))


def uncertainties(case: Case, parameters: Parameters, fixed: Sequence[str] = ()) -> tuple[Uncertainty, ...]:
    """Return everything that a case and the theory leave uncertain.

    Parameters
    ----------
    case : Case
        Facts with a range vary.
    parameters : Parameters
        Values in use; a parameter set outside its judged range stays where it was put.
    fixed : sequence of str
        Names of parameters, or ``quantity subject [against]`` labels, that do not vary.
    """
    found = []
    for p in PARAMETERS:
        value = parameters[p.name]
        if p.name not in fixed and p.low <= value <= p.high and p.low < p.high:
            found.append(Uncertainty(p.name, p.name, p.low, value, p.high, p.logarithmic))
    for fact in case.facts:
        if fact.low is not None and fact.high is not None and fact.low < fact.high:
            label = " ".join(filter(None, (fact.quantity, fact.subject, fact.against)))
            if label not in fixed:
                found.append(Uncertainty(label, key_of(fact), fact.low, fact.value, fact.high))
    return tuple(found)


def latin_hypercube(dimensions: int, draws: int, seed: int) -> NDArray[np.float64]:
    """Return a Latin hypercube, shape (draws, dimensions), the same bytes for the same arguments.

    References
    ----------
    McKay, Beckman & Conover 1979, Technometrics 21(2).

    Notes
    -----
    Three lines of our own instead of ``scipy.stats.qmc``, whose import takes a second of every command.
    """
    if draws == 0 or dimensions == 0:
        return np.zeros((draws, dimensions))
    rng = stream(seed, "latin hypercube")
    strata = rng.permuted(np.tile(np.arange(draws, dtype=np.float64), (dimensions, 1)), axis=1).T
    sample: NDArray[np.float64] = (strata + rng.random((draws, dimensions))) / draws
    return sample


def design(found: Sequence[Uncertainty], draws: int, seed: int) -> NDArray[np.float64]:
    """Return the values of every uncertainty in every draw, shape (draws, uncertainties)."""
    shares = latin_hypercube(len(found), draws, seed)
    columns = [u.quantile(shares[:, k]) for k, u in enumerate(found)]
    return np.column_stack(columns) if columns else np.zeros((draws, 0))


def apply(
    found: Sequence[Uncertainty], row: NDArray[np.float64], parameters: Parameters
) -> tuple[Parameters, dict[FactKey, float]]:
    """Return the parameters and the overrides of facts that one row of a design means."""
    changes: dict[str, float] = {}
    overrides: dict[FactKey, float] = {}
    for u, value in zip(found, row.tolist(), strict=True):
        if isinstance(u.target, str):
            changes[u.target] = value
        else:
            overrides[u.target] = value
    return parameters.replace(changes), overrides
