"""Who promised what to whom, day by day: alliance treaties as directed pledges between states.

A pledge runs from the state that is bound to the state that may call on it. The treaty of 1951 between Japan and the
United States binds one side only, so the direction is never thrown away.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from foedus.archive.codes import FIRST_YEAR, with_states
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.frames import pl

OBLIGATIONS: Final = ("defence", "offence", "neutrality", "nonaggression", "consultation")
"""Kinds of obligation, as in ATOP."""

DECLARATION_BY_UNITED_NATIONS: Final = 2550
"""The wartime declaration of 1942, coded as a pact of defence and offence of all the allies: 591 dyads begin with it
between 1942 and 1945 and 701 end in 1945. Results are reported with and without it."""


class Source(Protocol):
    """Anything that hands over tables by name: the store, or a tidy folder."""

    def has(self, name: str) -> bool:
        """Return whether a table is there."""

    def table(self, name: str) -> pl.DataFrame:
        """Return a table."""


def memberships(source: Source, without: Collection[int] = ()) -> pl.DataFrame:
    """Return the spells of membership in treaties with real dates.

    Parameters
    ----------
    source : Source
        Store or tidy folder with the table ``atop_member``.
    without : collection of int
        Treaties (ATOP numbers) to leave out.

    Returns
    -------
    polars.DataFrame
        One row per treaty, phase, member and spell: ``atopid``, ``phase``, ``ccode``, ``in_system``, ``start``,
        ``end`` (last day; 31 December of the last coded year when it goes on), ``open`` (still in force when the
        coding ends: right-censored), the obligations (0/1), and ``end_mode``. An unknown day counts as the last of
        its month for an exit and the first for an entry.

    Raises
    ------
    FoedusError
        The table is missing.
    """
    rows = source.table("atop_member").filter(~pl.col("atopid").is_in(list(without)))
    last_day = pl.date(LAST_YEAR, 12, 31)
    known = pl.col("exit_year") > 0
    month_end = pl.date(_told("exit_year"), _told("exit_month").fill_null(12), 1).dt.month_end()
    exact = pl.date(_told("exit_year"), _told("exit_month"), _told("exit_day"))
    dated = rows.with_columns(
        start=pl.date(pl.col("entry_year"), _told("entry_month").fill_null(1), _told("entry_day").fill_null(1)),
        end=pl.when(~known | pl.col("exit_year").is_null())
        .then(last_day)
        .when(pl.col("exit_day").fill_null(0) > 0)
        .then(exact)
        .otherwise(month_end),
        open=(~known).fill_null(value=True),
    )
    names = ("atopid", "phase", "ccode", "in_system", "start", "end", "open", *OBLIGATIONS, "end_mode")
    return dated.select(names).sort("atopid", "phase", "start", "ccode")


def _told(column: str) -> pl.Expr:
    """Return a part of a date, nothing where the file has the 0 of the unknown: not every polars makes that no date."""
    return pl.col(column).replace(0, None)


def dyad_pledges(source: Source, without: Collection[int] = ()) -> pl.DataFrame:
    """Return every pledge from one member of a treaty to another, with its dates.

    Parameters
    ----------
    source : Source
    without : collection of int
        Treaties to leave out.

    Returns
    -------
    polars.DataFrame
        Columns ``atopid``, ``phase``, ``ccode1`` (bound), ``ccode2`` (may call), ``start``, ``end``, ``open``, the
        obligations of ``ccode1`` (0/1) and ``end_mode``.

    Raises
    ------
    FoedusError
        The table is missing.
    """
    spells = memberships(source, without)
    one = spells.rename({"ccode": "ccode1"})
    two = spells.select(
        "atopid",
        "phase",
        pl.col("ccode").alias("ccode2"),
        pl.col("start").alias("_start"),
        pl.col("end").alias("_end"),
        pl.col("open").alias("_open"),
    )
    pairs = one.join(two, on=["atopid", "phase"]).filter(
        (pl.col("ccode1") != pl.col("ccode2"))
        & (pl.col("start") <= pl.col("_end"))
        & (pl.col("_start") <= pl.col("end"))
    )
    return pairs.with_columns(
        start=pl.max_horizontal("start", "_start"),
        end=pl.min_horizontal("end", "_end"),
        open=pl.col("open") & pl.col("_open"),
    ).select("atopid", "phase", "ccode1", "ccode2", "start", "end", "open", *OBLIGATIONS, "end_mode")


def pledge_years(source: Source, without: Collection[int] = ()) -> pl.DataFrame:
    """Return the pledges of every year, one row per treaty and directed dyad.

    Parameters
    ----------
    source : Source
    without : collection of int
        Treaties to leave out.

    Returns
    -------
    polars.DataFrame
        Columns ``atopid``, ``year``, ``ccode1``, ``ccode2`` (codes of the end of the year), the obligations (0/1),
        ``year_end`` (in force on 31 December), ``members`` (states in the treaty that year) and ``two_members``.

    Notes
    -----
    A year counts when the pledge held on any of its days, as in ATOP: the year of exit is in, so that the pact of the
    United States with Taipei, which ended on 1 January 1980, is there in 1980. ``year_end`` is the other rule.

    ``members`` counts the states that are in the treaty in the year. Some treaties are multilateral in name only (the
    Manila Pact after SEATO has two members left) and some "bilateral" ones had four members in succession, so neither
    the flag of the data set nor the number of members ever is used.

    Some members guarantee a third state but not each other (Italy and Romania, 1888-1915). The member file does not
    show it; where the directed dyad-year file is at hand, obligations that it does not list are taken back.

    Raises
    ------
    FoedusError
        The table is missing.
    """
    pairs = dyad_pledges(source, without).with_columns(pl.col(*OBLIGATIONS).cast(pl.Int8))
    parts = [pairs.filter(pl.col("atopid") % _PARTS == k) for k in range(_PARTS)]
    listed = _listed(source)
    rows = pl.concat(_without_shared(listed, _by_year(part)) for part in parts)
    members = rows.group_by("atopid", "year").agg(members=pl.col("ccode1").n_unique())
    counted = rows.join(members, on=["atopid", "year"])
    return counted.with_columns(pl.col(*OBLIGATIONS).cast(pl.Int64), two_members=pl.col("members") == 2).sort(
        "atopid", "year", "ccode1", "ccode2"
    )


_PARTS: Final = 8
"""Parts in which treaties are spread over their years, so that the memory of a whole is never needed at once."""


def _by_year(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pledges of some treaties, one row per treaty, directed dyad and year."""
    years = pairs.select(
        "atopid",
        "ccode1",
        "ccode2",
        *OBLIGATIONS,
        "open",
        last=pl.col("end").dt.year(),
        year=pl.int_ranges(pl.col("start").dt.year(), pl.col("end").dt.year() + 1, dtype=pl.Int64),
    ).explode("year")
    # The last day of the pledge is its first day out of force where ATOP gives the day it lapsed.
    at_end = (pl.col("last") > pl.col("year")) | pl.col("open")
    marked = years.filter(pl.col("year") >= FIRST_YEAR - 1).with_columns(year_end=at_end).drop("last", "open")
    apart = with_states(marked, "keep").filter(pl.col("ccode1") != pl.col("ccode2"))
    return apart.group_by("atopid", "year", "ccode1", "ccode2").agg(
        pl.col(*OBLIGATIONS).max(), pl.col("year_end").max()
    )


def _listed(source: Source) -> pl.DataFrame | None:
    """Return the obligations that the directed dyad-year file lists, where it is at hand."""
    if not source.has("atop_directed_dyad_year"):
        return None
    return source.table("atop_directed_dyad_year").select(
        "ccode1", "ccode2", "year", *(pl.col(o).cast(pl.Int8).alias(f"_{o}") for o in OBLIGATIONS)
    )


def _without_shared(listed: pl.DataFrame | None, rows: pl.DataFrame) -> pl.DataFrame:
    """Take back obligations between members who guarantee a third state but not each other."""
    if listed is None:
        return rows
    joined = rows.join(listed, on=["ccode1", "ccode2", "year"], how="left")
    coded = pl.col("year") >= FIRST_YEAR
    kept = [
        pl.when(coded).then(pl.min_horizontal(o, pl.col(f"_{o}").fill_null(0))).otherwise(o).cast(pl.Int8).alias(o)
        for o in OBLIGATIONS
    ]
    return joined.with_columns(kept).drop(f"_{o}" for o in OBLIGATIONS)
