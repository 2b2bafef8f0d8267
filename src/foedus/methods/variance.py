"""Variance: global sensitivity by the elementary effects of Morris and the variance shares of Sobol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from foedus.draws.sampling import Varied, stream
from foedus.methods.dependence import Joint, joint, joint_shares, pick_freeze_design, radial_design
from foedus.methods.sensitivity import CONFIDENCE, Evaluate, Floats, Index, halves, refuse_constant
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need

_EFFECTS = need("SALib.analyze.morris", "sensitivity", "sensitivity by morris or sobol")
_PATHS = need("SALib.sample.morris", "sensitivity", "sensitivity by morris or sobol")
_STATS = need("scipy.stats", "sensitivity", "sensitivity by morris or sobol")

RESAMPLES: Final = 200
"""Resamples of every interval."""


def _values(varied: Sequence[Varied], shares: Floats) -> Floats:
    return np.column_stack([v.quantile(shares[:, k]) for k, v in enumerate(varied)])


def morris(varied: Sequence[Varied], evaluate: Evaluate, budget: int, seed: int) -> tuple[Index, ...]:
    """Return mean and spread of the effect of crossing a number's range, at growing numbers of trajectories.

    Where a calibration draws numbers together, the effect is that of crossing what the other numbers leave open of the
    range, from points that are drawn as the calibration says.

    Parameters
    ----------
    varied : sequence of Varied
    evaluate : callable
    budget : int
        Most rounds.
    seed : int

    Raises
    ------
    FoedusError
        The budget does not pay four trajectories, or the answer never changes.

    References
    ----------
    Morris 1991, Technometrics 33(2); Campolongo et al. 2007, Environmental Modelling & Software 22(10).
    """
    width = len(varied) + 1
    paths = budget // width
    if paths < 4:
        raise fail(
            "draws", f"{budget} rounds are too few for Morris over {width - 1} numbers", f"Give {4 * width} or more"
        )
    law = joint(varied)
    if law is not None:
        return _joint_morris(law, evaluate, paths, seed)
    problem = {"num_vars": width - 1, "names": [v.label for v in varied], "bounds": [[0.0, 1.0]] * (width - 1)}
    start = int(stream(seed, "morris").integers(1 << 31))
    shares = _PATHS.sample(problem, paths, seed=start)
    y = evaluate("morris", _values(varied, shares))
    refuse_constant(y)
    found = []
    for n in halves(paths, 4):
        seen: Any = _EFFECTS.analyze(
            problem, shares[: n * width], y[: n * width], num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=start
        )
        for k, v in enumerate(varied):
            mean, margin, sigma = (float(seen[m][k]) for m in ("mu_star", "mu_star_conf", "sigma"))
            found.append(
                Index("morris", v.label, "mean effect", n * width, mean, max(0.0, mean - margin), mean + margin)
            )
            found.append(Index("morris", v.label, "spread of effects", n * width, sigma))
    return tuple(found)


def _joint_morris(law: Joint, evaluate: Evaluate, points: int, seed: int) -> tuple[Index, ...]:
    """Return the same from single moves out of joint draws."""
    width = len(law.varied) + 1
    rng = stream(seed, "morris")
    rows, steps = radial_design(law, points, rng)
    y = evaluate("morris", rows)
    refuse_constant(y)
    table = y.reshape(points, width)
    effects = (table[:, 1:] - table[:, :1]) / steps
    found = []
    for n in halves(points, 4):
        size = np.abs(effects[:n])
        again = np.array([size[rng.integers(0, n, n)].mean(axis=0) for _ in range(RESAMPLES)])
        low, high = np.quantile(again, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
        for k, v in enumerate(law.varied):
            ends = float(low[k]), float(high[k])
            found.append(Index("morris", v.label, "mean effect", n * width, float(size[:, k].mean()), *ends))
            spread = float(effects[:n, k].std(ddof=1))
            found.append(Index("morris", v.label, "spread of effects", n * width, spread))
    return tuple(found)


def sobol(varied: Sequence[Varied], evaluate: Evaluate, budget: int, seed: int) -> tuple[Index, ...]:
    """Return first-order and total shares of the variance with bootstrap intervals, at growing sizes.

    Where a calibration draws numbers together, the first-order share is what goes if a number becomes known, with all
    it tells about the others; the total is what stays if all others are known, and may be the smaller one.

    Parameters
    ----------
    varied : sequence of Varied
        d numbers; whatever else is uncertain is held at the value in use by the caller.
    evaluate : callable
    budget : int
        Most rounds; n (d + 2) of them are used, n a power of two; n (2 d + 1) if numbers are drawn together.
    seed : int

    Raises
    ------
    FoedusError
        The budget does not pay n = 16, or the answer never changes.

    References
    ----------
    Sobol 2001, Mathematics and Computers in Simulation 55(1-3); Saltelli et al. 2010, Computer Physics
    Communications 181(2); for numbers that are drawn together Kucherenko, Tarantola & Annoni 2012, there 183(4).
    """
    d, law = len(varied), joint(varied)
    width, shares_of = (d + 2, _shares) if law is None else (2 * d + 1, joint_shares)
    n = 1 << max(0, (budget // width).bit_length() - 1)
    if n < 16:
        raise fail("draws", f"{budget} rounds are too few for Sobol over {d} numbers", f"Give {16 * width} or more")
    rng = stream(seed, "sobol")
    points: Floats = _STATS.qmc.Sobol(2 * d, scramble=True, seed=rng).random(n)
    y = evaluate("sobol", _mixed(varied, points) if law is None else pick_freeze_design(law, points))
    refuse_constant(y)
    table = y.reshape(width, n)
    found = []
    for m in halves(n, 16):
        part = table[:, :m]
        value = shares_of(part)
        again = np.array([shares_of(part[:, rng.integers(0, m, m)]) for _ in range(RESAMPLES)])
        low, high = np.nanquantile(again, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
        for row, measure in enumerate(("first order", "total")):
            found += [
                Index("sobol", v.label, measure, m * width, *(float(s[row, k]) for s in (value, low, high)))
                for k, v in enumerate(varied)
            ]
    return tuple(found)


def _mixed(varied: Sequence[Varied], points: Floats) -> Floats:
    """Return the samples A, B and d times A with one column of B, as values."""
    d = len(varied)
    a, b = points[:, :d], points[:, d:]
    mixed = np.repeat(a[None], d, axis=0)
    for k in range(d):
        mixed[k, :, k] = b[:, k]
    return _values(varied, np.vstack([a, b, mixed.reshape(-1, d)]))


def _shares(table: Floats) -> Floats:
    """Return first-order and total indices of answers in A, B and the d mixed samples, shape (2, d)."""
    if np.ptp(table[:2]) == 0:
        return np.full((2, len(table) - 2), np.nan)
    table = table.copy()  # SciPy before 1.15 takes the mean off what it is given
    seen = _STATS.sobol_indices(
        func={"f_A": table[:1], "f_B": table[1:2], "f_AB": table[2:, None, :]}, n=table.shape[1]
    )
    return np.vstack([seen.first_order, seen.total_order])
