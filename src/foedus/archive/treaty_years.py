"""Treaties in force, year by year: their members, their age, whether they end, and after how many years they run out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from foedus.archive.codes import members
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.frames import pl
from foedus.archive.kads import KAds
from foedus.archive.pledges import Source, memberships


def in_force(source: Source, without: Collection[int] = (), first: int = 1816, last: int = LAST_YEAR - 1) -> KAds:
    """Return every treaty of defence and year at whose beginning it binds two states or more.

    Parameters
    ----------
    source : Source
        Store or tidy folder with the ATOP member file.
    without : collection of int
        Treaties to leave out.
    first, last : int
        Years that are asked about.

    Returns
    -------
    KAds
        One row per treaty and year: ``kad``, ``year``, ``signed`` (the same), ``event`` and ``atopid`` (the treaty),
        ``size`` (members of the state system at the end of the year before), ``formed`` (whether it ended: fewer
        than two are bound at the end of the year), ``age`` (years since the first signature), ``kind`` and ``weight``.

    Raises
    ------
    FoedusError
        The member file is missing.
    """
    spells = memberships(source, without).filter((pl.col("defence") == 1).any().over("atopid", "phase"))
    bound = spells.with_columns(
        from_year=pl.col("start").dt.year(),
        to_year=pl.when(pl.col("open")).then(pl.lit(last + 1)).otherwise(pl.col("end").dt.year() - 1),
    ).filter(pl.col("from_year") <= pl.col("to_year"))
    founded = spells.group_by("atopid").agg(founded=pl.col("start").dt.year().min())
    years = (
        bound.with_columns(year=pl.int_ranges("from_year", pl.col("to_year") + 1, dtype=pl.Int64))
        .explode("year")
        .select("atopid", "year", "ccode")
        .unique()
    )
    system = members().filter(pl.col("member_at_year_end")).select("ccode", "year", "lineage")
    # Codes are those of the year that is asked about; who is gone from the state system by then counts no more.
    heirs = members().select("lineage", pl.col("year") - 1, heir="ccode")
    named = years.join(system, on=["ccode", "year"]).join(heirs, on=["lineage", "year"])
    bodies = named.group_by("atopid", "year").agg(ccode=pl.col("heir").unique().sort())
    whole = bodies.filter(pl.col("ccode").list.len() >= 2).join(founded, on="atopid").sort("atopid", "year")
    there = set(whole.select("atopid", "year").rows())
    rows = [
        (treaty, year + 1, codes, (treaty, year + 1) not in there, year + 1 - begun)
        for treaty, year, codes, begun in whole.select("atopid", "year", "ccode", "founded").rows()
        if first <= year + 1 <= last
    ]
    return _kads(rows)


def _kads(rows: list[tuple[Any, ...]]) -> KAds:
    widest = max((len(r[2]) for r in rows), default=0)
    codes = np.full((len(rows), widest), -1, dtype=np.int64)
    for k, row in enumerate(rows):
        codes[k, : len(row[2])] = row[2]
    table = pl.DataFrame(
        {
            "kad": np.arange(len(rows)),
            "year": [r[1] for r in rows],
            "signed": [r[1] for r in rows],
            "event": [r[0] for r in rows],
            "size": [len(r[2]) for r in rows],
            "formed": [r[3] for r in rows],
            "atopid": [r[0] for r in rows],
            "kind": ["two members" if len(r[2]) == 2 else "more members" for r in rows],
            "weight": np.ones(len(rows)),
            "age": [r[4] for r in rows],
        },
        schema_overrides={
            "kind": pl.String,
            "formed": pl.Boolean,
            **dict.fromkeys(("year", "signed", "event", "size", "atopid", "age"), pl.Int64),
        },
    )
    return KAds(table, codes)


def terms_agreed(source: Source) -> dict[int, float]:
    """Return after how many years each treaty runs out, by its ATOP number, 0 for never.

    Parameters
    ----------
    source : Source
        Store or tidy folder; empty where it has no lengths of treaties, as stores that were filled before foedus read them.
    """
    if not source.has("atop_treaty"):
        return {}
    known = source.table("atop_treaty")
    if "term_months" not in known.columns:
        return {}
    rows = known.select("atopid", pl.col("term_months").fill_null(0)).rows()
    found = {int(treaty): max(months, 0) / 12.0 for treaty, months in rows}
    return found if any(found.values()) else {}
