"""Militarised disputes in two codings, and strategic rivalries."""

from __future__ import annotations

from typing import Final

from foedus.archive.codes import canonical
from foedus.archive.datasets.published import Column, Dataset, Table, by_dyad, undirected
from foedus.archive.frames import pl

RIVALRY_KINDS: Final = ("positional", "spatial", "ideological", "interventionary")


def _dyad_years(frame: pl.DataFrame) -> pl.DataFrame:
    """Make one row per undirected dyad-year from one row per dispute, dyad and year.

    The first year of a dispute counts as its onset for the dyad.
    """
    coded = undirected(frame)
    first = pl.col("year") == pl.col("year").min().over("dispute", "ccode1", "ccode2")
    return by_dyad(
        coded.with_columns(_first=first),
        disputes=pl.col("dispute").n_unique(),
        onset=pl.col("_first").max().cast(pl.Int64),
        hostility=pl.max_horizontal("_hostility1", "_hostility2").max(),
        fatality=pl.max_horizontal("_fatality1", "_fatality2").max(),
    )


def rivalries(frame: pl.DataFrame) -> pl.DataFrame:
    """Make rivalries undirected; a kind that is left blank does not apply.

    Codes stay as published: a rivalry may be older than the state system, so they are read year by year.
    """
    return canonical(frame).with_columns(pl.col(RIVALRY_KINDS).fill_null(0)).sort("ccode1", "ccode2", "start")


# Two spells of one dispute in a year are two rows of the published file: it repeats keys.
# fmt: off
MID: Final = Table("mid_dyad_year", "the dyadic file of militarised interstate disputes",
                   ("dyadic_mid_4*.csv", "dyadic*mid*.csv"),
                   (Column("dispute", ("disno", "dispnum")), Column("ccode1", ("statea",)),
                    Column("ccode2", ("stateb",)), Column("year", ("year",)),
                    Column("_hostility1", ("hihosta", "hihost"), missing=(-9,)),
                    Column("_hostility2", ("hihostb", "hihost"), missing=(-9,)),
                    Column("_fatality1", ("fatleva", "fatlev"), missing=(-9,)),
                    Column("_fatality2", ("fatlevb", "fatlev"), missing=(-9,))),
                   ("dispute", "ccode1", "ccode2", "year"), repeats=True,
                   releases={2001: "3.0", 2010: "3.1", 2014: "4.0"}, encoding="cp1252", finish=_dyad_years)
GML: Final = Table("gml_dyad_year", "the directed dispute-year file of Gibler, Miller and Little",
                   ("gml-ddy-disputes*.csv", "gml-ndy-disputes*.csv"),
                   (Column("dispute", ("dispnum",)), Column("ccode1", ("ccode1",)), Column("ccode2", ("ccode2",)),
                    Column("year", ("year",)), Column("_hostility1", ("hostlev1",), missing=(-9,)),
                    Column("_hostility2", ("hostlev2",), missing=(-9,)),
                    Column("_fatality1", ("fatality1",), missing=(-9,)),
                    Column("_fatality2", ("fatality2",), missing=(-9,))), ("dispute", "ccode1", "ccode2", "year"),
                   finish=_dyad_years)
RIVALRIES: Final = Table("rivalry", "the file of strategic rivalries", ("tss*.csv", "*strategic*rivalr*.csv"),
                         (Column("rivalry", ("tssr_id", "rivalryno")), Column("ccode1", ("ccode1",)),
                          Column("ccode2", ("ccode2",)), Column("start", ("start", "styear")),
                          Column("end", ("end", "endyear")), *(Column(kind, (kind,)) for kind in RIVALRY_KINDS)),
                         ("rivalry",), finish=rivalries)
DATASETS: Final = (
    Dataset("cow-mid", "Dyadic Militarised Interstate Disputes", "4.03", "https://correlatesofwar.org/data-sets/mids/",
            "https://correlatesofwar.org/wp-content/uploads/dyadic_mid_4.03.zip",
            "Maoz, Z., Johnson, P. L., Kaplan, J., Ogunkoya, F. and Shreve, A. P. (2019). The dyadic militarized "
            "interstate disputes (MIDs) dataset version 3.0. Journal of Conflict Resolution 63(3): 811-835.",
            "Free for non-commercial research with citation; no open licence.", (1816, 2014), (MID,)),
    Dataset("gml-mid", "Militarised Interstate Disputes, corrected by Gibler, Miller and Little", "2.2.1",
            "http://svmiller.com/gml-mid-data/", "",
            "Gibler, D. M., Miller, S. V. and Little, E. K. (2016). An analysis of the Militarized Interstate Dispute "
            "(MID) dataset, 1816-2001. International Studies Quarterly 60(4): 719-730. Version 2.2.1.",
            "Free for research with citation; no open licence.", (1816, 2010), (GML,),
            why_not="it has no lasting address; its page leads to the current file"),
    Dataset("rivalries", "Strategic rivalries, 1494-2020", "2021", "https://link.springer.com", "",
            "Thompson, W. R., Sakuwa, K. and Suhas, P. H. (2021). Analyzing Strategic Rivalries in World Politics. "
            "Springer.", "Free for research with citation; no open licence.", (1494, 2020), (RIVALRIES,),
            why_not="it is published as a table in a book"),
)
# fmt: on
