"""Fit: the weights of the terms of utility from real choices, how sure they are, and what cannot be told apart.

With the nonlinear parameters fixed utility is linear in its terms, so the choices are a conditional logit whose
coefficients are weight over noise, relative to the weights the terms were worked out with.

References
----------
Gail, M., Lubin, J. and Rubinstein, L. (1981). Likelihood calculations for matched case-control studies. Biometrika
68(3): 703-707 (a conditional logit is a stratified proportional-hazards model).
Cameron, A. C., Gelbach, J. and Miller, D. (2011). Robust inference with multiway clustering. Journal of Business and
Economic Statistics 29(2): 238-249.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.frames import pl
from foedus.mechanisms import COMPONENTS
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import Later

_HAZARDS = Later("statsmodels.duration.hazard_regression", "stats", "calibrate")
_WARNINGS = Later("statsmodels.tools.sm_exceptions", "stats", "calibrate")

Floats = NDArray[np.float64]

CONTROLS: Final = ("separation",)
"""Columns that stand for the opportunity to sign and are no part of utility."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """Coefficients of a conditional logit."""

    names: tuple[str, ...]
    """Columns that vary within the sets, P in all."""
    coefficients: Floats
    """Shape (P,); per unit of the column."""
    covariance: Floats
    """Shape (P, P); clustered by year and by the strongest state of what was chosen."""
    plain: Floats
    """Shape (P, P); inverse of the information, as if choices were independent."""
    log_likelihood: float
    null_log_likelihood: float
    """At the estimate, and with all coefficients zero."""
    sets: int
    rows: int
    """Sets of alternatives, and alternatives in all."""

    @property
    def errors(self) -> Floats:
        """Clustered standard errors, shape (P,)."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def inflation(self) -> Floats:
        """Variance inflation factors, shape (P,): how much worse than alone a coefficient is known."""
        information = np.linalg.inv(self.plain)
        return np.diag(self.plain) * np.diag(information)

    @property
    def condition(self) -> float:
        """Condition number of the information, with every column scaled to the same."""
        information = np.linalg.inv(self.plain)
        scale = np.sqrt(np.diag(information))
        values = np.linalg.eigvalsh(information / np.outer(scale, scale))
        return float(np.sqrt(values[-1] / values[0]))

    @property
    def design_effect(self) -> float:
        """How many times larger clustered variances are than plain ones, on average and at least 1."""
        return max(1.0, float(np.mean(np.diag(self.covariance) / np.diag(self.plain))))


def conditional_logit(choices: pl.DataFrame, columns: Sequence[str] = (*COMPONENTS, *CONTROLS)) -> Estimate:
    """Return the conditional logit of choices.

    Parameters
    ----------
    choices : polars.DataFrame
        With ``choice_set``, ``chosen``, ``year``, ``hub`` and the columns.
    columns : sequence of str
        Those that are constant within every set are left out.

    Raises
    ------
    FoedusError
        The choices do not tell the columns apart.
    """
    names, data = _laid_out(choices, columns)
    scale = data.std(axis=0)
    model = _model(choices, data / scale)
    first = _fitted(model, None)
    start = np.asarray(first.params)
    plain = np.linalg.inv(-model.hessian(start))
    every = choices["choice_set"].to_numpy()
    total = np.zeros_like(plain)
    for sign, groups in ((1, choices["year"].to_numpy()), (1, choices["hub"].to_numpy()), (-1, every)):
        total += sign * np.asarray(_fitted(model, start, groups).cov_params())
    counts = choices.group_by("choice_set").len()["len"].to_numpy()
    both = np.outer(scale, scale)
    return Estimate(
        names,
        start / scale,
        _positive(total) / both,
        plain / both,
        float(first.llf),
        -float(np.log(counts).sum()),
        len(counts),
        choices.height,
    )


def _laid_out(choices: pl.DataFrame, columns: Sequence[str]) -> tuple[tuple[str, ...], Floats]:
    """Return the columns that vary within sets."""
    within = choices.select((pl.col(c) - pl.col(c).mean().over("choice_set")).std().alias(c) for c in columns)
    names = tuple(c for c in columns if (within[c][0] or 0.0) > 1e-9)
    if not names:
        raise fail("choices", "no term differs between the alternatives", "Widen the span of years")
    return names, choices.select(names).to_numpy().astype(np.float64)


def _model(choices: pl.DataFrame, data: Floats, offset: Floats | None = None) -> Any:
    chosen = choices["chosen"].to_numpy()
    return _HAZARDS.PHReg(
        np.where(chosen, 1.0, 2.0),
        data,
        status=chosen.astype(np.int64),
        strata=choices["choice_set"].to_numpy(),
        offset=offset,
        ties="breslow",
    )


def _fitted(model: Any, start: Floats | None, groups: NDArray[Any] | None = None) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", _WARNINGS.HessianInversionWarning)  # said below, as an error
            return model.fit(groups=groups, start_params=start, method="bfgs", disp=0, maxiter=200)
    except (np.linalg.LinAlgError, ValueError):  # the library says a singular information in either way
        how = "Widen the span of years or draw more alternatives"
        raise fail("choices", "too few of them to tell the terms apart", how) from None


def _positive(covariance: Floats) -> Floats:
    """Return the nearest covariance without negative variances, which a difference of covariances can have."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    kept: Floats = (vectors * np.maximum(values, 1e-12)) @ vectors.T
    return kept


def held(choices: pl.DataFrame, column: str, value: float, columns: Sequence[str]) -> float:
    """Return the log likelihood with one coefficient held at a value and the others free: a point of its profile.

    Parameters
    ----------
    choices : polars.DataFrame
    column : str
    value : float
        Coefficient per unit of the column.
    columns : sequence of str
        All columns of the fit.

    Raises
    ------
    FoedusError
        The choices do not tell the columns apart.
    """
    rest, data = _laid_out(choices, [c for c in columns if c != column])
    model = _model(choices, data / data.std(axis=0), value * choices[column].to_numpy())
    return float(_fitted(model, np.zeros(len(rest))).llf)


@dataclass(frozen=True, eq=False)
class Recovery:
    """What refitting simulated choices gives back."""

    names: tuple[str, ...]
    truth: Floats
    mean: Floats
    spread: Floats
    """Shape (P,); weights that made the choices; mean and standard deviation of the refitted ones."""
    coverage: Floats
    """Shape (P,); share of refits whose 95 % interval holds the truth."""
    draws: int


def recovery(choices: pl.DataFrame, truth: Estimate, draws: int, seed: int) -> Recovery:
    """Simulate choices with known weights in the same sets, and refit them.

    Parameters
    ----------
    choices : polars.DataFrame
    truth : Estimate
        Its coefficients make the choices.
    draws, seed : int

    Raises
    ------
    FoedusError
        The choices do not tell the columns apart.
    """
    rng = np.random.default_rng(seed)
    ordered = choices.sort("choice_set", maintain_order=True)
    names, data = _laid_out(ordered, truth.names)
    utility = data @ truth.coefficients
    ends = np.flatnonzero(np.diff(ordered["choice_set"].to_numpy())) + 1
    scale = data.std(axis=0)
    found, covered = [], []
    for _ in range(draws):
        # The largest of utility plus a Gumbel draw is a logit choice.
        noisy = utility + rng.gumbel(size=utility.size)
        picked = np.concatenate([part == part.max() for part in np.split(noisy, ends)])
        fitted = _fitted(_model(ordered.with_columns(chosen=pl.Series(picked)), data / scale), None)
        estimate, error = np.asarray(fitted.params) / scale, np.asarray(fitted.bse) / scale
        found.append(estimate)
        covered.append(np.abs(estimate - truth.coefficients) <= 1.96 * error)
    table = np.array(found)
    return Recovery(names, truth.coefficients, table.mean(axis=0), table.std(axis=0), np.mean(covered, axis=0), draws)
