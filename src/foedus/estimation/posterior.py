"""From coefficients to parameters: what the judged ranges say, what the choices say, and what both say together.

A coefficient is a weight over the noise of decisions, so eight of them cannot give nine parameters: the judged range
of the noise closes the gap. Every parameter has a quasi-prior that puts 90 % of its weight into the judged range
around the default; the coefficients enter with their clustered covariance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.estimation.fit import Estimate
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.parameters import BY_NAME
from foedus.vocabulary.libraries import Later

_OPTIMIZE = Later("scipy.optimize", "stats", "calibrate")

Floats = NDArray[np.float64]

WEIGHTS: Final[Mapping[str, tuple[str, ...]]] = {c: MECHANISMS[c].weight for c in COMPONENTS if MECHANISMS[c].weight}
"""Parameters whose product, over the noise, is the coefficient of a term, as its mechanism says; who says none is left out."""

NOISE: Final = "decision_noise"
LINEAR: Final = tuple(dict.fromkeys((*(p for parts in WEIGHTS.values() for p in parts), NOISE)))
"""Parameters that the coefficients speak about."""

NINETY: Final = 1.6448536269514722
"""Standard deviations between the median and the 95 % quantile of a normal distribution."""
TOLD: Final = 2 / 3
"""A parameter counts as identified when the data leave less than this share of the width of its quasi-prior."""


@dataclass(frozen=True)
class Marginal:
    """What is known about one parameter, before or after the data."""

    name: str
    logarithmic: bool
    """Whether centre and spread are of the logarithm."""
    centre: float
    spread: float
    """Mean and standard deviation on that scale."""

    def at(self, deviations: float) -> float:
        """Return the value that lies some standard deviations from the median."""
        value = self.centre + deviations * self.spread
        return float(np.exp(value)) if self.logarithmic else value


def judged(name: str) -> Marginal:
    """Return the quasi-prior that the judged range of a parameter stands for."""
    p = BY_NAME[name]
    if p.logarithmic:
        return Marginal(name, True, float(np.log(p.default)), float(np.log(p.high / p.low)) / (2 * NINETY))
    return Marginal(name, False, p.default, (p.high - p.low) / (2 * NINETY))


def together(estimate: Estimate) -> tuple[tuple[Marginal, ...], Floats]:
    """Return the parameters that the coefficients speak about after quasi-prior and data, and their correlation.

    Returns
    -------
    tuple of Marginal
        In the order of ``LINEAR``.
    ndarray, shape (9, 9)
        Correlation on the scales of the marginals.

    Notes
    -----
    The mode on these scales and the curvature there (Laplace).
    """
    seen = [c for c in WEIGHTS if c in estimate.names]
    rows = [estimate.names.index(c) for c in seen]
    found, weight = estimate.coefficients[rows], np.linalg.inv(estimate.covariance[np.ix_(rows, rows)])
    priors = [judged(n) for n in LINEAR]
    centre, spread = (np.array([getattr(m, a) for m in priors]) for a in ("centre", "spread"))
    logs = np.array([m.logarithmic for m in priors])
    defaults = np.array([BY_NAME[n].default for n in LINEAR])
    uses = np.array([[n in WEIGHTS[c] for n in LINEAR] for c in seen])

    def coefficients(at: Floats) -> Floats:
        ratio = np.where(logs, np.exp(np.where(logs, at, 0.0)), at) / defaults
        noise = ratio[-1] * BY_NAME[NOISE].default
        return np.asarray(np.where(uses, ratio, 1.0).prod(axis=1) / noise)

    def cost(at: Floats) -> float:
        off = coefficients(at) - found
        return float(0.5 * off @ weight @ off + 0.5 * (((at - centre) / spread) ** 2).sum())

    bounds = [(None, None) if m.logarithmic else (BY_NAME[m.name].floor, BY_NAME[m.name].ceiling) for m in priors]
    with np.errstate(all="ignore"):  # it looks far out too, where the noise comes to nothing and there are no numbers
        best = _OPTIMIZE.minimize(cost, centre, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
    mode = np.asarray(best.x)
    covariance = np.linalg.inv(_curvature(cost, mode, spread))
    errors = np.sqrt(np.diag(covariance))
    marginals = tuple(
        Marginal(m.name, m.logarithmic, float(c), float(e)) for m, c, e in zip(priors, mode, errors, strict=True)
    )
    return marginals, covariance / np.outer(errors, errors)


def _curvature(cost: object, at: Floats, spread: Floats) -> Floats:
    """Return the second derivatives of a cost, by central differences of a hundredth of the quasi-prior's width."""
    assert callable(cost)
    n = len(at)
    steps = np.diag(0.01 * spread)
    table = np.empty((n, n))
    for i in range(n):
        for j in range(i, n):
            corners = [cost(at + a * steps[i] + b * steps[j]) * a * b for a in (1, -1) for b in (1, -1)]
            table[i, j] = table[j, i] = sum(corners) / (4 * steps[i, i] * steps[j, j])
    values, vectors = np.linalg.eigh(table)
    # A wrong sign can make the surface flat at the mode; the quasi-prior alone bounds it from below.
    floor = 0.25 / float(spread.max()) ** 2
    kept: Floats = (vectors * np.maximum(values, floor)) @ vectors.T
    return kept


def along(name: str, values: Sequence[float], log_likelihoods: Sequence[float], design_effect: float) -> Marginal:
    """Return what a profile of the log likelihood over a nonlinear parameter leaves of its judged range.

    Parameters
    ----------
    name : str
    values : sequence of float
        Low end, default and high end of the judged range.
    log_likelihoods : sequence of float
        Highest log likelihood with the parameter at each.
    design_effect : float
        By which the likelihood is made weaker, because choices of one year and one hub are no independent ones.

    Returns
    -------
    Marginal
        Mean and standard deviation over the judged range of quasi-prior times likelihood; a parabola in between,
        nothing outside.
    """
    before = judged(name)
    x = np.log(values) if before.logarithmic else np.asarray(values, dtype=np.float64)
    shape = np.polyfit(x, np.asarray(log_likelihoods) / design_effect, 2)
    grid = np.linspace(x[0], x[-1], 801)
    height = np.polyval(shape, grid) - 0.5 * ((grid - before.centre) / before.spread) ** 2
    weight = np.exp(height - height.max())
    weight /= weight.sum()
    mean = float(weight @ grid)
    return Marginal(name, before.logarithmic, mean, float(np.sqrt(weight @ (grid - mean) ** 2)))


def flat(name: str) -> float:
    """Return the spread that a profile without any information leaves: the quasi-prior cut to the judged range."""
    p = BY_NAME[name]
    return along(name, (p.low, p.default, p.high), (0.0, 0.0, 0.0), 1.0).spread
