"""Standard covariates of potential alliances, from what was known the year before.

These are what the literature puts on the right-hand side: distance, contiguity, capabilities, regimes, rivalry and common
rivals, disputes, trade, votes, and pacts in force. Every pair is described in the year looked at, then every alliance
by its pairs.

References
----------
Fordham, B. and Poast, P. (2016). All alliances are multilateral. Journal of Conflict Resolution 60(5): 840-865.
Gibler, D. and Wolford, S. (2006). Alliances, then democracy. Journal of Conflict Resolution 50(1): 129-153.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np

from foedus.archive.frames import pl
from foedus.archive.kads import Aggregate, KAds, describe
from foedus.archive.panels import dyad_years
from foedus.archive.pledges import Source

ALL: Final[Mapping[str, tuple[Aggregate, ...]]] = {
    "log_distance": ("mean", "min", "max"),
    "contiguous": ("mean",),
    "same_region": ("mean",),
    "strongest": ("max", "mean"),
    "weakest": ("min", "mean"),
    "allied": ("mean", "any"),
    "shared_allies": ("mean", "max"),
    "rivals": ("mean", "any"),
    "shared_rivals": ("mean", "max"),
    "disputed": ("mean",),
    "log_trade": ("mean",),
    "vote_distance": ("mean", "max"),
    "least_democratic": ("mean", "min"),
    "regime_gap": ("mean", "max"),
}
"""Every column of pairs and what is taken of it over the pairs of an alliance."""

_GEOGRAPHY: Final = ("log_distance", "contiguous", "same_region")
_REGIONS: Final = (
    ("Americas", 0, 199),
    ("Europe", 200, 399),
    ("Africa", 400, 625),
    ("Middle East", 626, 699),
    ("Asia and Pacific", 700, 999),
)
"""Correlates of War codes are numbered by region; Sudan (625) is African, South Sudan (626) is put with it below."""
_SOUTH_SUDAN: Final = 626
_LEAST_CINC: Final = 1e-5
"""A share of world capabilities below which states do not differ: the smallest positive ones in the data."""


def names(columns: Collection[str] = tuple(ALL)) -> tuple[str, ...]:
    """Return the covariates made from some columns of pairs, as ``log_distance_mean``."""
    return tuple(f"{c}_{how}" for c in ALL if c in columns for how in ALL[c])


STANDARD: Final = names()
GEOGRAPHY: Final = (*names(_GEOGRAPHY), *names(("strongest", "weakest")))
"""Distance, borders, region and strength: the set that did best across the break of 1945 in published baselines."""
TWO: Final = ("log_distance_mean", "same_region_mean")
PERSISTENCE: Final = ("allied_mean",)


def region(ccode: int) -> str:
    """Return the region of a state by its Correlates of War code."""
    if ccode == _SOUTH_SUDAN:
        return "Africa"
    return next((name for name, low, high in _REGIONS if low <= ccode <= high), "elsewhere")


def pairs(source: Source, last: int, without: Collection[int] = ()) -> pl.DataFrame:
    """Return every pair of states and year with the columns that covariates are made from.

    Parameters
    ----------
    source : Source
        Store or tidy folder.
    last : int
        Last year.
    without : collection of int
        Treaties to leave out.

    Returns
    -------
    polars.DataFrame
        ``year``, ``ccode1`` < ``ccode2`` and the columns of :data:`ALL`; what is not known is null. A pair with a state
        that enters the system in the next year is there with its geography, which needs no data of the year.

    Raises
    ------
    FoedusError
        The member file is missing.
    """
    panel = dyad_years(source, last=last, without=without)
    low, high = pl.min_horizontal("cinc1", "cinc2"), pl.max_horizontal("cinc1", "cinc2")
    least = pl.min_horizontal("polyarchy1", "polyarchy2")
    both = pl.col("cinc1").is_not_null() & pl.col("cinc2").is_not_null()
    free = pl.col("polyarchy1").is_not_null() & pl.col("polyarchy2").is_not_null()
    frame = panel.select(
        "year",
        "ccode1",
        "ccode2",
        "both_before",
        log_distance=pl.col("distance").log1p(),
        contiguous=(pl.col("contiguity") > 0).cast(pl.Float64),
        same_region=(_region_of("ccode1") == _region_of("ccode2")).cast(pl.Float64),
        strongest=pl.when(both).then((high + _LEAST_CINC).log()),
        weakest=pl.when(both).then((low + _LEAST_CINC).log()),
        allied=pl.col("defence").cast(pl.Float64),
        rivals=pl.col("rivalry").cast(pl.Float64),
        disputed=(pl.col("disputes") > 0).cast(pl.Float64),
        log_trade=pl.col("trade").log1p(),
        vote_distance="ideal_point_distance",
        least_democratic=pl.when(free).then(least),
        regime_gap=pl.when(free).then((pl.col("polyarchy1") - pl.col("polyarchy2")).abs()),
    )
    shared = _shared(frame, {"allied": "shared_allies", "rivals": "shared_rivals"})
    newcomers = frame.filter((pl.col("both_before") == 0) & (pl.col("year") > 1816)).select(
        pl.col("year") - 1, "ccode1", "ccode2", "log_distance", "same_region"
    )
    here = pl.concat([shared, newcomers], how="diagonal").unique(["year", "ccode1", "ccode2"], keep="first")
    return here.select("year", "ccode1", "ccode2", *ALL).sort("year", "ccode1", "ccode2")


def _region_of(column: str) -> pl.Expr:
    found = pl.lit(len(_REGIONS))
    for k, (_, low, high) in enumerate(_REGIONS):
        found = pl.when(pl.col(column).is_between(low, high)).then(k).otherwise(found)
    return pl.when(pl.col(column) == _SOUTH_SUDAN).then(2).otherwise(found)


def _shared(frame: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    """Add how many third states both sides of every pair are tied to; null where the ties are not coded."""
    blocks = []
    for _, own in frame.sort("year", "ccode1", "ccode2").group_by("year", maintain_order=True):
        one, two = own["ccode1"].to_numpy(), own["ccode2"].to_numpy()
        states = np.unique(np.concatenate([one, two]))
        at, to = np.searchsorted(states, one), np.searchsorted(states, two)
        added = []
        for name, new in columns.items():
            tie = np.zeros((len(states), len(states)), dtype=np.float32)
            tie[at, to] = tie[to, at] = own[name].fill_null(0).to_numpy()
            count = pl.Series(new, (tie @ tie)[at, to].astype(np.float64))
            added.append(pl.when(own[name].is_not_null()).then(count).alias(new))
        blocks.append(own.with_columns(added))
    return pl.concat(blocks)


def described(kads: KAds, panel: pl.DataFrame, lag: int = 1, columns: Sequence[str] = tuple(ALL)) -> pl.DataFrame:
    """Return the table of potential alliances with the standard covariates and where they are.

    Parameters
    ----------
    kads : KAds
        As :func:`foedus.estimation.lineups.line_ups` returns them.
    panel : polars.DataFrame
        From :func:`pairs`.
    lag : int
        Years between the ``year`` of the alliances and the year looked at: 1, or 0 when ``year`` is that year.
    columns : sequence of str
        Columns of pairs to use.

    Returns
    -------
    polars.DataFrame
        The columns of the table, ``region`` of most members (or ``several regions``), and one column per covariate.
    """
    wide = describe(kads, panel, {c: ALL[c] for c in columns}, lag)
    places = [_region([c for c in row if c >= 0]) for row in kads.members.tolist()]
    return wide.with_columns(region=pl.Series(places, dtype=pl.String))


def _region(states: Sequence[int]) -> str:
    found = [region(c) for c in states]
    most = max(sorted(set(found)), key=found.count)
    return most if 2 * found.count(most) > len(found) else "several regions"
