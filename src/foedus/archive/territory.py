"""Series by three-letter code: which state of the past they speak of, and where they speak of another territory.

Such series follow the territory of a state of today back in time, or that of a state of the past up to today. A state
of the same code was often smaller or larger: the product of all Germany is not that of West Germany. Those years are
left out; what is not known is missing, never another state's number.
"""

from __future__ import annotations

from typing import Final

from foedus.archive.codes import FIRST_YEAR, LAST_YEAR, bearers, with_state
from foedus.archive.frames import pl
from foedus.vocabulary.states import STATES

ELSEWHERE: Final = (
    ("DEU", 1816, 1870, "Prussia was smaller than Germany"),
    ("DEU", 1945, 1989, "West Germany was smaller than Germany"),
    ("ITA", 1816, 1860, "Sardinia was smaller than Italy"),
    ("PAK", 1947, 1970, "Pakistan included what is Bangladesh"),
    ("RUS", 1816, 1990, "the Russian Empire and the Soviet Union were larger than Russia"),
    ("TUR", 1816, 1922, "the Ottoman Empire was larger than Turkey"),
    ("VNM", 1954, 1975, "North Vietnam was smaller than Vietnam"),
    ("YEM", 1918, 1989, "North Yemen was smaller than Yemen"),
    ("YUG", 1992, 2005, "the series is of all six republics, the state had two"),
)
"""First and last year (at the end of the year, by the dates of system membership) of series that speak of another
territory than the state of the code had, and how it differed."""

_SOVIET: Final = ("SUN", 1991)
"""A code that is no state of its own here: the series is that of Russia up to this year."""


def with_iso(frame: pl.DataFrame) -> pl.DataFrame:
    """Put states in the place of three-letter codes.

    Parameters
    ----------
    frame : polars.DataFrame
        With the code as ``iso``, which becomes ``ccode``, and ``year``. Groups of countries and dependencies are left
        out.

    Returns
    -------
    polars.DataFrame
        Rows of series whose territory is that of the state that bears the code at the end of the year.
    """
    (old, last), column = _SOVIET, "iso"
    soviet = frame.filter((pl.col(column) == old) & (pl.col("year") <= last)).with_columns(
        pl.lit("RUS").alias(column), _whole=pl.lit(value=True)
    )
    rest = frame.filter(pl.col(column).is_in(list(STATES))).join(
        soviet.select(column, "year"), on=[column, "year"], how="anti"
    )
    states = pl.concat([rest.with_columns(_whole=pl.lit(value=False)), soviet])
    codes = pl.DataFrame(
        {column: list(STATES), "ccode": [s.cow for s in STATES.values()], "_end": [s.end for s in STATES.values()]},
        schema={column: pl.String, "ccode": pl.Int64, "_end": pl.Date},
    )
    year = pl.col("year")
    held = states.join(codes, on=column).filter(pl.col("_end").is_null() | (year <= pl.col("_end").dt.year()))
    for iso, first, until, _ in ELSEWHERE:
        held = held.filter((pl.col(column) != iso) | ~year.is_between(first, until) | pl.col("_whole"))
    # A code can pass to another state: the series of the state that bears it counts.
    bearer = bearers("cow").select(pl.col("code").alias("ccode"), pl.col("year").alias("_clipped"), "state")
    clipped = held.with_columns(_clipped=year.clip(FIRST_YEAR, LAST_YEAR))
    borne = clipped.join(bearer, on=["ccode", "_clipped"]).filter(pl.col("state") == pl.col(column))
    return with_state(borne.drop(column, "_end", "_whole", "_clipped", "state"))
