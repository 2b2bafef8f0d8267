"""Correlates of War: system membership, capabilities, contiguity, trade, and alliances that the user supplies."""

from __future__ import annotations

from typing import Final

from foedus.archive.codes import one_state
from foedus.archive.datasets.published import Column, Dataset, Table, by_dyad, directed, undirected
from foedus.archive.frames import pl

_TERMS: Final = "Free for non-commercial research with citation; no open licence."


def _one_state(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep one row per state and year where a code changed within the year: the one of the later code."""
    return one_state(frame).sort("ccode", "year")


def _contiguity(frame: pl.DataFrame) -> pl.DataFrame:
    """Make the closest kind of contiguity of a dyad in a year from both directions."""
    return by_dyad(undirected(frame), contiguity=pl.col("contiguity").min())


def _trade(frame: pl.DataFrame) -> pl.DataFrame:
    """Sum both flows; a dyad with one unknown flow keeps the known one, with both unknown it stays unknown."""
    both = pl.sum_horizontal("_flow1", "_flow2", ignore_nulls=True)
    known = pl.any_horizontal(pl.col("_flow1", "_flow2").is_not_null())
    summed = undirected(frame).with_columns(trade=pl.when(known).then(both))
    # A year with a change of code has two rows for one pair of states: their flows add up.
    return by_dyad(summed, trade=pl.when(pl.col("trade").count() > 0).then(pl.col("trade").sum()))


# fmt: off
SYSTEM: Final = Table("cow_system", "the system membership file", ("states2*.csv", "cow_system*.csv"),
                      (Column("ccode", ("ccode",)), Column("abbreviation", ("stateabb",), "text"),
                       Column("name", ("statenme",), "text"), Column("start_year", ("styear",)),
                       Column("start_month", ("stmonth",)), Column("start_day", ("stday",)),
                       Column("end_year", ("endyear",)), Column("end_month", ("endmonth",)),
                       Column("end_day", ("endday",))), ("ccode", "start_year", "start_month", "start_day"),
                      version_column="version", versions=(2011, 2016, 2024), encoding="cp1252")
CAPABILITIES: Final = Table(
    "capabilities", "the file of National Material Capabilities", ("nmc*.csv",),
    (Column("ccode", ("ccode",)), Column("year", ("year",)),
     Column("military_expenditure", ("milex",), "float", "thousand current £ to 1913, US$ from 1914", (-9,)),
     Column("military_personnel", ("milper",), "float", "thousand", (-9,)),
     Column("iron_steel", ("irst",), "float", "thousand tons", (-9,)),
     Column("energy", ("pec",), "float", "thousand coal-ton equivalents", (-9,)),
     Column("population", ("tpop",), "float", "thousand", (-9,)),
     Column("urban_population", ("upop",), "float", "thousand", (-9,)),
     Column("cinc", ("cinc",), "float", "share of world capabilities", (-9,))), ("ccode", "year"),
    releases={2007: "4.0", 2012: "5.0", 2016: "6.0", 2022: "7.0"}, encoding="cp1252", finish=_one_state,
)
CONTIGUITY: Final = Table(
    "contiguity", "the file of direct contiguity by directed dyad-year", ("contdird*.csv",),
    (Column("ccode1", ("state1no",)), Column("ccode2", ("state2no",)), Column("year", ("year",)),
     Column("contiguity", ("conttype",), unit="1 land or river … 5 up to 400 miles of water")),
    ("ccode1", "ccode2", "year"), version_column="version", versions=(3.2,), finish=_contiguity,
)
TRADE: Final = Table("trade", "the dyadic trade file", ("dyadic_cow_4*.csv",),
                     (Column("ccode1", ("ccode1",)), Column("ccode2", ("ccode2",)), Column("year", ("year",)),
                      Column("_flow1", ("flow1",), "float", "million current US$", (-9,)),
                      Column("_flow2", ("flow2",), "float", "million current US$", (-9,))),
                     ("ccode1", "ccode2", "year"), undirected=True, version_column="version", versions=(4, 4.0),
                     encoding="cp1252", finish=_trade)
ALLIANCES: Final = Table("cow_alliance_directed_dyad_year", "the COW file of formal alliances by directed dyad-year",
                         ("alliance_v4.1_by_directed_yearly.csv",),
                         (Column("treaty", ("version4id",)), Column("ccode1", ("ccode1",)),
                          Column("ccode2", ("ccode2",)), Column("year", ("year",)), Column("defence", ("defense",)),
                          Column("neutrality", ("neutrality",)), Column("nonaggression", ("nonaggression",)),
                          Column("consultation", ("entente",))), ("treaty", "ccode1", "ccode2", "year"),
                         encoding="cp1252", finish=directed)
# fmt: on

_HOME: Final = "https://correlatesofwar.org/data-sets"
_FILES: Final = "https://correlatesofwar.org/wp-content/uploads"

# fmt: off
DATASETS: Final = (
    Dataset("cow-system", "State System Membership", "2016", f"{_HOME}/state-system-membership/",
            f"{_FILES}/states2016.csv", "Correlates of War Project (2017). State System Membership List, v2016.",
            _TERMS, (1816, 2016), (SYSTEM,)),
    Dataset("cow-nmc", "National Material Capabilities", "7.0", f"{_HOME}/national-material-capabilities/",
            f"{_FILES}/NMC-70-abridged.zip",
            "Singer, J. D., Bremer, S. and Stuckey, J. (1972). Capability distribution, uncertainty, and major power "
            "war, 1820-1965. In B. Russett (ed.), Peace, War, and Numbers, Sage, 19-48; Singer, J. D. (1987), "
            "International Interactions 14: 115-132. Version 7.0.", _TERMS, (1816, 2022), (CAPABILITIES,)),
    Dataset("cow-contiguity", "Direct Contiguity", "3.2", f"{_HOME}/direct-contiguity/",
            f"{_FILES}/DirectContiguity320.zip",
            "Stinnett, D. M., Tir, J., Schafer, P., Diehl, P. F. and Gochman, C. (2002). The Correlates of War Project "
            "Direct Contiguity Data, Version 3. Conflict Management and Peace Science 19(2): 58-66. Version 3.2.",
            _TERMS, (1816, 2016), (CONTIGUITY,)),
    Dataset("cow-trade", "Bilateral Trade", "4.0", f"{_HOME}/bilateral-trade/", f"{_FILES}/COW_Trade_4.0.zip",
            "Barbieri, K., Keshk, O. M. G. and Pollins, B. (2009). Trading Data. Conflict Management and Peace Science "
            "26(5): 471-491. Version 4.0 (Barbieri and Keshk 2016).", _TERMS, (1870, 2014), (TRADE,)),
    Dataset("cow-alliances", "Formal Alliances", "4.1", f"{_HOME}/formal-alliances/", "",
            "Gibler, D. M. (2009). International Military Alliances, 1648-2008. CQ Press. Version 4.1.",
            "The maintainers ask that users download the data themselves; it is neither bundled nor fetched.",
            (1816, 2012), (ALLIANCES,), why_not="its maintainers ask that every user downloads it from their page"),
)
# fmt: on
