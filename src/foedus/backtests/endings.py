"""Endings: what is known of treaties in force, and which of them end within some years."""

from __future__ import annotations

from typing import Final

from foedus.archive.frames import pl
from foedus.archive.kads import KAds
from foedus.estimation.covariates import ALL, described, names

TWO: Final = ("log_age", "log_size")
"""Age and size: the two columns that did best for terminations in published baselines."""
STANDARD: Final = (*TWO, "two_members", *(n for n in names(tuple(ALL)) if n not in ("allied_mean", "allied_any")))
"""Age, size and the covariates of the members; that they are allied is known."""


def treaties(kads: KAds, panel: pl.DataFrame, lag: int = 1) -> pl.DataFrame:
    """Return treaties in force with age, size and the standard covariates of their members.

    Parameters
    ----------
    kads : KAds
        From :func:`foedus.archive.treaty_years.in_force`.
    panel : polars.DataFrame
        From :func:`foedus.estimation.covariates.pairs`.
    lag : int
        As in :func:`foedus.estimation.covariates.described`.
    """
    return described(kads, panel, lag).with_columns(
        log_age=pl.col("age").cast(pl.Float64).log1p(),
        log_size=pl.col("size").cast(pl.Float64).log(),
        two_members=(pl.col("size") == 2).cast(pl.Float64),
    )


def ends_within(kads: KAds, year: int, last: int) -> KAds:
    """Return the treaties in force at the end of a year, with whether they end by a later year.

    Parameters
    ----------
    kads : KAds
        From :func:`foedus.archive.treaty_years.in_force`.
    year, last : int
        Year looked from, and last year in which an end counts.

    Returns
    -------
    KAds
        One row per treaty; ``year`` is the year after the one looked from.
    """
    ended = set(kads.table.filter(pl.col("formed") & pl.col("year").is_between(year + 1, last))["atopid"].to_list())
    here = kads.table.filter(pl.col("year") == year + 1)
    marked = here.with_columns(formed=pl.col("atopid").is_in(list(ended)))
    return KAds(marked, kads.members[here["kad"].to_numpy()].copy())
