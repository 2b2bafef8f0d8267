"""From the numeric codes of data sets to states, for whole frames, with the year in mind.

A code is no name: 255 and 260 are both Germany, 345 was Yugoslavia and is Serbia, 970 is Nauru in one list and
Kiribati in the other. Every reader passes through here, so that all tables speak of the same states by the Correlates
of War code that held at the end of the year.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

from foedus.archive.frames import pl
from foedus.vocabulary.states import SPELLS, STATES, Scheme, by_cow, by_gw, state

FIRST_YEAR = 1816
LAST_YEAR = 2026
"""Years for which the table of states holds."""


@cache
def bearers(scheme: Scheme) -> pl.DataFrame:
    """Return which state every code means at the end of every year.

    Parameters
    ----------
    scheme : {'cow', 'gw'}

    Returns
    -------
    polars.DataFrame
        Columns ``code``, ``year``, ``state`` (id) and ``ccode`` (Correlates of War code at the end of the year).
    """
    ask = by_cow if scheme == "cow" else by_gw
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    rows = []
    for code in sorted({getattr(s, scheme) for s in SPELLS}):
        ids = {s.id for s in SPELLS if getattr(s, scheme) == code}
        moving = len(ids) > 1 or len({s.cow for s in SPELLS if s.id in ids}) > 1
        fixed = next(s for s in SPELLS if getattr(s, scheme) == code)
        for year in years:
            last_day = dt.date(year, 12, 31)
            found = ask(code, last_day).id if moving else fixed.id
            rows.append((code, year, found, state(found, last_day).cow if moving else fixed.cow))
    schema = {"code": pl.Int64, "year": pl.Int64, "state": pl.String, "ccode": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@cache
def members() -> pl.DataFrame:
    """Return the members of the interstate system in every year.

    Returns
    -------
    polars.DataFrame
        Columns ``ccode``, ``year``, ``state``, ``gw``, ``latitude`` and ``longitude`` of the capital (degrees),
        ``enters`` and ``leaves`` (first and last day of membership within the year), ``member_at_year_end`` and
        ``lineage`` (the last code of the state, the same through all changes of code). A state is there when it was
        a member on any day of the year. A code that changed within a year (Germany and Yemen in 1990) is there once,
        with the code of the last day, and so is a code that passed to another state (Yugoslavia and Serbia in 2006).
    """
    rows = []
    for spell in SPELLS:
        last = spell.end.year if spell.end else LAST_YEAR
        for year in range(spell.start.year, last + 1):
            new_year, eve = dt.date(year, 1, 1), dt.date(year, 12, 31)
            leaves = min(spell.end or eve, eve)
            heir = STATES[spell.id].cow
            place = (spell.latitude, spell.longitude)
            rows.append((spell.cow, year, spell.id, spell.gw, *place, max(spell.start, new_year), leaves, heir))
    names = ["ccode", "year", "state", "gw", "latitude", "longitude", "enters", "leaves", "lineage"]
    days = pl.DataFrame(rows, schema=names, orient="row").sort("enters")
    whole = days.group_by("lineage", "year").agg(
        pl.col("ccode", "state", "gw", "latitude", "longitude").last(), pl.col("enters").min(), pl.col("leaves").max()
    )
    at_end = pl.col("leaves") == pl.date(pl.col("year"), 12, 31)
    return whole.with_columns(member_at_year_end=at_end).select(*names, "member_at_year_end").sort("ccode", "year")


def with_state(
    frame: pl.DataFrame,
    column: str = "ccode",
    scheme: Scheme = "cow",
    unknown: Literal["refuse", "keep", "drop"] = "refuse",
) -> pl.DataFrame:
    """Replace a code column by the code that the state bears at the end of the year.

    Parameters
    ----------
    frame : polars.DataFrame
        With the code column and ``year``.
    column : str
        Name of the code column.
    scheme : {'cow', 'gw'}
        Whose codes they are.
    unknown : {'refuse', 'keep', 'drop'}
        What happens to rows whose code belongs to no state of the system (colonies, lost polities).

    Returns
    -------
    polars.DataFrame
        The same rows; the column then holds Correlates of War codes.

    Raises
    ------
    FoedusError
        A code that no state bears, when unknown codes are refused.
    """
    table = bearers(scheme).select(pl.col("code").alias(column), "year", pl.col("ccode").alias("_now"))
    clipped = frame.with_columns(_year=pl.col("year").clip(FIRST_YEAR, LAST_YEAR))
    joined = clipped.join(table, left_on=[column, "_year"], right_on=[column, "year"], how="left")
    stray = pl.col("_now").is_null() & pl.col(column).is_not_null()
    if unknown == "drop":
        joined = joined.filter(~stray)
    elif unknown == "keep":
        joined = joined.with_columns(_now=pl.coalesce("_now", column))
    else:
        for code, year in joined.filter(stray).select(column, "year").head(1).rows():
            # The look-up by hand raises the sentence with the name that the code has in the other list.
            (by_cow if scheme == "cow" else by_gw)(code, year)
    return joined.with_columns(pl.col("_now").alias(column)).drop("_now", "_year")


def with_states(frame: pl.DataFrame, unknown: Literal["refuse", "keep", "drop"] = "refuse") -> pl.DataFrame:
    """Replace the codes of both states of a dyadic frame, ``ccode1`` and ``ccode2``, as :func:`with_state` does.

    Raises
    ------
    FoedusError
        As :func:`with_state`.
    """
    return with_state(with_state(frame, "ccode1", unknown=unknown), "ccode2", unknown=unknown)


def canonical(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a dyadic frame with the smaller code in ``ccode1``."""
    one, two = pl.col("ccode1"), pl.col("ccode2")
    return frame.with_columns(ccode1=pl.min_horizontal(one, two), ccode2=pl.max_horizontal(one, two))


def one_state(
    frame: pl.DataFrame,
    beside: tuple[str, ...] = (),
    scheme: Scheme = "cow",
    unknown: Literal["refuse", "keep", "drop"] = "refuse",
) -> pl.DataFrame:
    """Replace codes as :func:`with_state` does; of rows that meet in one state and year those in force at its end stay.

    Parameters
    ----------
    frame : polars.DataFrame
        With ``ccode`` and ``year``.
    beside : tuple of str
        Further columns that tell rows apart.
    scheme, unknown : str
        As in :func:`with_state`.

    Returns
    -------
    polars.DataFrame
        Where a code changed within a year, the rows of the code that held on 31 December.

    Raises
    ------
    FoedusError
        As :func:`with_state`.
    """
    coded = with_state(frame.with_columns(_published=pl.col("ccode")), "ccode", scheme, unknown)
    if scheme == "gw":
        held = members().select("ccode", "year", _held=pl.col("gw"))
        coded = coded.join(held, on=["ccode", "year"], how="left", maintain_order="left")
    else:
        coded = coded.with_columns(_held=pl.col("ccode"))
    lasts = (pl.col("_published") == pl.col("_held")).fill_null(value=False)
    stays = lasts | ~lasts.any().over("ccode", "year", *beside)
    return coded.filter(stays).drop("_published", "_held")


def with_ids(frame: pl.DataFrame, **columns: str) -> pl.DataFrame:
    """Add state ids next to Correlates of War codes.

    Parameters
    ----------
    frame : polars.DataFrame
        With ``year`` and the code columns.
    **columns : str
        New column and the code column it is made from, such as ``state1="ccode1"``.
    """
    for new, column in columns.items():
        table = bearers("cow").select(
            pl.col("code").cast(frame.schema[column]).alias(column),
            pl.col("year").cast(frame.schema["year"]),
            pl.col("state").alias(new),
        )
        frame = frame.join(table, on=[column, "year"], how="left")
    return frame
