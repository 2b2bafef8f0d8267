"""Sensitivity: which uncertain numbers move an answer, how sure that is, and whether more draws would change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.draws.sampling import Choice, Uncertainty, Varied
from foedus.vocabulary.errors import fail

METHODS: Final = ("rank", "tornado", "morris", "sobol")
"""Methods, cheapest first."""

CONFIDENCE: Final = 0.95

SPARE: Final = 10
"""Draws that ranks need beyond one per number, so that something is left to tell their error."""

Floats = NDArray[np.float64]
Evaluate = Callable[[str, Floats], Floats]
"""Returns an answer for every row of a design, shape (rows,); the name tells runs apart."""


@dataclass(frozen=True)
class Index:
    """How much one uncertain number matters, by one measure.

    Attributes
    ----------
    method : str
    number : str
        Label of the uncertain number.
    measure : str
    evaluations : int
        Rounds it rests on; the same index with fewer shows how far it has settled.
    value, low, high : float
        Estimate with its 95 % interval; NaN where there is none.
    """

    method: str
    number: str
    measure: str
    evaluations: int
    value: float
    low: float = float("nan")
    high: float = float("nan")


def halves(most: int, least: int) -> list[int]:
    """Return sizes that double up to the whole, at most four of them, none below a least one."""
    sizes = [most >> k for k in range(3, -1, -1)]
    return [n for n in dict.fromkeys(sizes) if n >= least or n == most]


def partial_ranks(rows: Floats, outcome: Floats) -> Floats:
    """Return the partial rank correlation of each column with an outcome, all other columns held.

    Parameters
    ----------
    rows : ndarray, shape (draws, numbers)
    outcome : ndarray, shape (draws,)

    Returns
    -------
    ndarray, shape (numbers,)

    References
    ----------
    Iman & Conover 1979, Technometrics 21(4). Marino et al. 2008, Journal of Theoretical Biology 254(1).
    """
    joint = np.column_stack([rows, outcome])
    ranks = np.column_stack([_ranks(c) for c in joint.T])
    table: Floats = np.atleast_2d(np.corrcoef(ranks.T))
    inverse = np.linalg.inv(table[:-1, :-1])
    slopes = inverse @ table[:-1, -1]
    # an answer that one number alone decides leaves nothing unexplained but rounding
    left = max(1.0 - float(table[:-1, -1] @ slopes), 1e-12)
    found: Floats = slopes / np.sqrt(slopes**2 + left * np.diag(inverse))
    return found


def _ranks(column: Floats) -> Floats:
    """Return ranks, the mean rank where values are equal."""
    _, place, counts = np.unique(column, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Floats = (last - (counts - 1) / 2.0)[place]
    return ranks


def rank(varied: Sequence[Varied], rows: Floats, outcome: Floats) -> tuple[Index, ...]:
    """Return partial rank correlations with Fisher's interval, at growing numbers of draws, strongest last.

    Parameters
    ----------
    varied : sequence of Varied
        Choices among names have no rank and are left out.
    rows : ndarray, shape (draws, varied)
    outcome : ndarray, shape (draws,)
        NaN where a draw has no such answer.

    Raises
    ------
    FoedusError
        There are too few draws for so many numbers, or the answer never changes.
    """
    ordered = [k for k, v in enumerate(varied) if not isinstance(v, Choice)]
    good = np.isfinite(outcome)
    x, y = rows[good][:, ordered], outcome[good]
    least = len(ordered) + SPARE
    if len(y) < least:
        raise fail("draws", f"{len(y)} draws are too few to tell {len(ordered)} numbers apart", f"Give {least} or more")
    refuse_constant(y)
    spread = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    found = []
    for n in halves(len(y), least):
        r = np.clip(partial_ranks(x[:n], y[:n]), -1 + 1e-12, 1 - 1e-12) if np.ptp(y[:n]) > 0 else np.zeros(len(ordered))
        margin = spread / np.sqrt(n - len(ordered) - 2)
        ends = np.tanh(np.arctanh(r) - margin), np.tanh(np.arctanh(r) + margin)
        found += [
            Index("rank", varied[k].label, "partial rank correlation", n, *map(float, v))
            for k, *v in zip(ordered, r, *ends, strict=True)
        ]
    return tuple(found)


def refuse_constant(outcome: Floats) -> None:
    """Say that an answer never changes, so that nothing can be said to move it.

    Raises
    ------
    FoedusError
        It never changes.
    """
    if outcome.size == 0 or np.ptp(outcome) == 0:
        raise fail("quantity", "the answer is the same in every draw, so nothing moves it", "Ask for another quantity")


def strongest(indices: Sequence[Index], most: int) -> tuple[str, ...]:
    """Return the labels of the numbers that matter most by rank, or by Morris where that was not asked, strongest first."""
    measure = "partial rank correlation" if any(i.method == "rank" for i in indices) else "mean effect"
    last = {i.number: i for i in indices if i.measure == measure}
    return tuple(sorted(last, key=lambda n: -abs(last[n].value)))[:most]


def tornado(varied: Sequence[Uncertainty], evaluate: Evaluate) -> tuple[Index, ...]:
    """Return the answer with each number alone at the ends of its range, all others at the value in use.

    Parameters
    ----------
    varied : sequence of Uncertainty
    evaluate : callable
    """
    here = np.array([u.value for u in varied])
    rows = np.repeat(here[None, :], 2 * len(varied) + 1, axis=0)
    for k, u in enumerate(varied):
        rows[1 + 2 * k, k], rows[2 + 2 * k, k] = u.low, u.high
    y = evaluate("tornado", rows)
    found = [Index("tornado", "", "value in use", len(rows), float(y[0]))]
    for k, u in enumerate(varied):
        for end, value in zip(("low end", "high end"), y[1 + 2 * k : 3 + 2 * k].tolist(), strict=True):
            found.append(Index("tornado", u.label, end, len(rows), value))
    return tuple(found)
