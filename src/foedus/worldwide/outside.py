"""Outside: what a run of the whole world takes as given, year by year, from the data: states, distances, quarrels, positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.frames import pl
from foedus.archive.pledges import OBLIGATIONS, Source, pledge_years
from foedus.estimation.annals import Annals, Circumstances
from foedus.estimation.protocol import WITHOUT
from foedus.estimation.record_law import setting
from foedus.kernels.allianceyears import Globe
from foedus.signings.common_line import UNIT
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import fail

Floats = NDArray[np.float64]
Quarrels = tuple[NDArray[np.int64], NDArray[np.int64], Floats]
"""Where the quarrels that a pair shares begin, with whom they are, and how much each adds."""

FIRST: Final = 1817
"""First year that can be run: the state system begins in 1816."""
LAST: Final = 2018
"""Last year that can be run: treaties are coded so far."""


@dataclass(frozen=True, eq=False)
class Outside:
    """What is given from outside."""

    lines: tuple[int, ...]
    """The last code of every state that is there in any of the years, ascending: S of them."""
    globe: Globe
    """The same as arrays for the kernel, Y years."""


def outside(source: Source, annals: Annals, first: int, last: int, weights: Weights) -> Outside:
    """Return what is given from outside in some years.

    Parameters
    ----------
    source : Source
    annals : Annals
        Of the same source.
    first, last : int
        Years of decisions; each is judged by what was known when it began.
    weights : Weights

    Raises
    ------
    FoedusError
        A table that is needed is missing, or nothing is known of anybody's strength in a year.
    """
    seen = members().filter(pl.col("year").is_between(first, last))
    lines = tuple(sorted(int(s) for s in seen["lineage"].unique()))
    rows = {s: k for k, s in enumerate(lines)}
    ties = _other_ties(source, rows, first, last)
    years = [_year(annals, y, rows, weights) for y in range(first, last + 1)]
    offsets = np.cumsum([0, *(len(y[-1][1]) for y in years)])
    begins = np.stack([y[-1][0] + o for y, o in zip(years, offsets[:-1], strict=True)])
    foe, force = (np.concatenate([y[-1][k] for y in years]) for k in (1, 2))
    there = np.stack([y[0] for y in years])
    apart, still, calm, position, strength = (np.stack(rows) for rows in zip(*(y[1:6] for y in years), strict=True))
    globe = Globe(there, apart, still, calm, ties, begins, foe.astype(np.int64), force, position, strength)
    return Outside(lines, globe)


def _year(
    annals: Annals, year: int, rows: dict[int, int], weights: Weights
) -> tuple[NDArray[np.bool_], Floats, Floats, Floats, Floats, Floats, Quarrels]:
    """Return the arrays of one year, states that are not there at zero, in the order of :class:`Globe`."""
    now = annals.before(year)
    if now.guessed.all():
        what = f"the data say nothing of anybody's strength in {now.year}"
        raise fail(f"year {year}", what, "Import a release that covers it, or name other years")
    line = {code: state for state, code in annals.lineages(year).items()}
    at = np.array([rows[line[code]] for code in now.seat], dtype=np.int64)
    states, both = len(rows), np.ix_(at, at)
    apart, calm, there = np.zeros((states, states)), np.ones((states, states)), np.zeros(states, dtype=np.bool_)
    position, strength = np.zeros(states), np.zeros(states)
    there[at], position[at], strength[at] = True, now.position, now.capability
    cost, enemy, _, autonomy = weights.signed
    apart[both] = cost * setting(now).apart
    calm[both] = np.exp(-0.5 * autonomy * UNIT * _duos(now))
    quarrels = _shared(now, at, states, float(enemy))
    worst = np.zeros(states * states)
    some = np.flatnonzero(np.diff(quarrels[0]))
    worst[some] = quarrels[2][quarrels[0][some]]
    still = np.exp(apart + worst.reshape(states, states))
    return there, apart, still, calm, position, strength, quarrels


def _duos(now: Circumstances) -> Floats:
    """Return how far two states are from their common line in a pact of two, summed, ideal points, shape (L, L)."""
    k, u = now.capability, now.position
    both = k[:, None] + k[None, :]
    mean = (u[:, None] + u[None, :]) / 2
    line = np.divide(k[:, None] * u[:, None] + k[None, :] * u[None, :], both, out=mean, where=both > 0)
    found: Floats = np.abs(u[:, None] - line) + np.abs(u[None, :] - line)
    return found


def _shared(now: Circumstances, at: NDArray[np.int64], states: int, weight: float) -> Quarrels:
    """Return with whom every pair quarrels, the worst first, and how much it adds to the pair, logits."""
    one, two, foe, force = (
        [np.empty(0, dtype=np.int64)],
        [np.empty(0, dtype=np.int64)],
        [np.empty(0, dtype=np.int64)],
        [np.empty(0)],
    )
    for a in range(len(at)):
        with_it = np.flatnonzero(now.rivalry[:, a])
        i, j = (x.ravel() for x in np.meshgrid(with_it, with_it, indexing="ij"))
        i, j = i[i != j], j[i != j]
        one.append(at[i])
        two.append(at[j])
        foe.append(np.full(len(i), at[a]))
        force.append(weight * np.minimum(now.rivalry[i, a], now.rivalry[j, a]))
    pair, outsider, adds = (
        np.concatenate(one) * states + np.concatenate(two),
        np.concatenate(foe),
        np.concatenate(force),
    )
    order = np.lexsort((outsider, -adds, pair))
    begins = np.concatenate([[0], np.cumsum(np.bincount(pair, minlength=states * states))])
    return begins, outsider[order], adds[order]


def _other_ties(source: Source, rows: dict[int, int], first: int, last: int) -> NDArray[np.bool_]:
    """Return whether a pair had an obligation from a treaty without defence when each year began, shape (Y, S, S)."""
    found = np.zeros((last - first + 1, len(rows), len(rows)), dtype=np.bool_)
    lines = members().select("ccode", "year", "lineage")
    promised = pledge_years(source, WITHOUT).filter(
        pl.col("year_end")
        & pl.col("year").is_between(first - 1, last - 1)
        & (pl.max_horizontal(OBLIGATIONS) > 0)
        & ((pl.col("defence").max() == 0).over("atopid", "year"))
    )
    for side in "12":
        promised = promised.join(
            lines.rename({"ccode": f"ccode{side}", "lineage": f"line{side}"}), on=[f"ccode{side}", "year"]
        )
    for year, one, two in promised.select("year", "line1", "line2").unique().rows():
        if one in rows and two in rows:
            y = int(year) + 1 - first
            found[y, rows[one], rows[two]] = found[y, rows[two], rows[one]] = True
    return found
