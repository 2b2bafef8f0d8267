"""ATOP 5.1: alliance treaties, their members and what they promise (1815-2018)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from foedus.archive.codes import with_state
from foedus.archive.datasets.published import Column, Dataset, Table, directed
from foedus.archive.frames import pl

VERSION: Final = 5.1
LAST_YEAR: Final = 2018
"""Last year that is coded: a treaty without end was in force then; its later fate is unknown (right-censored)."""

_OBLIGATIONS: Final = (
    Column("defence", ("defense",)),
    Column("offence", ("offense",)),
    Column("neutrality", ("neutral",)),
    Column("nonaggression", ("nonagg",)),
    Column("consultation", ("consul",)),
)
_BEGIN: Final = (Column("begin_year", ("begyr",)), Column("begin_month", ("begmo",)), Column("begin_day", ("begday",)))
_END: Final = (Column("end_year", ("endyr",)), Column("end_month", ("endmo",)), Column("end_day", ("endday",)))
# fmt: off
_TERMS: Final = (
    Column("in_force", ("ineffect",)),
    Column("bilateral", ("bilat",)),
    Column("wartime", ("wartime",)),
    Column("secrecy", ("pubsecr",)),
    Column("asymmetric", ("asymm",)),
    Column("conditional", ("conditio",)),
    Column("military_contact", ("milcon",)),
    Column("military_aid", ("milaid",)),
    Column("integrated_command", ("intcom",)),
    Column("organisation", ("organ1",)),
    Column("bases", ("base",)),
    Column("economic_aid", ("ecaid",)),
)
# fmt: on


def _members_in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Give members the code of the state at the end of the year of entry and sort."""
    dated = frame.with_columns(year=pl.col("entry_year"), published_ccode=pl.col("ccode"))
    # Some members are no states of the system (in_system 0): their codes stay as published.
    return (
        with_state(dated, unknown="keep")
        .drop("year")
        .sort("atopid", "phase", "ccode", "entry_year", "entry_month", "entry_day")
    )


def _one_state(frame: pl.DataFrame) -> pl.DataFrame:
    return with_state(frame).group_by("ccode", "year").agg(pl.exclude("ccode", "year").max()).sort("ccode", "year")


def _table(
    name: str,
    title: str,
    file: str,
    columns: tuple[Column, ...],
    key: tuple[str, ...],
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
) -> Table:
    return Table(name, title, (file,), columns, key, version_column="version", versions=(VERSION,), finish=finish)


# fmt: off
TABLES: Final = (
    _table("atop_treaty", "the ATOP alliance file", "atop[0-9]*a.csv",
           (Column("atopid", ("atopid",)), *_BEGIN, *_END, *_OBLIGATIONS, *_TERMS,
            Column("term_months", ("length",), unit="months", needed=False)), ("atopid",)),
    _table("atop_phase", "the ATOP alliance phase file", "atop[0-9]*aph.csv",
           (Column("atopid", ("atopid",)), Column("phase_id", ("atopidphase",), "float"), Column("phase", ("phase",)),
            *_BEGIN, *_END, *_OBLIGATIONS, *_TERMS), ("phase_id",)),
    _table("atop_member", "the ATOP member file", "atop[0-9]*m.csv",
           (Column("atopid", ("atopid",)), Column("ccode", ("member",)), Column("phase", ("phase",)),
            Column("in_system", ("cowsys",)), Column("entry_year", ("yrent",)), Column("entry_month", ("moent",)),
            Column("entry_day", ("dayent",)), Column("exit_year", ("yrexit",)), Column("exit_month", ("moexit",)),
            Column("exit_day", ("dayexit",)), Column("in_force", ("ineffect",)), Column("end_mode", ("termmode",)),
            Column("end_cause", ("termcaus",)), *_OBLIGATIONS, Column("bilateral", ("bilat",)),
            Column("asymmetric", ("asymm",)), Column("wartime", ("wartime",))),
           ("atopid", "ccode", "phase", "entry_year", "entry_month"), finish=_members_in_order),
    _table("atop_state_year", "the ATOP state-year file", "atop[0-9]*sy.csv",
           (Column("ccode", ("state",)), Column("year", ("year",)), Column("treaties", ("number",)), *_OBLIGATIONS),
           ("ccode", "year"), finish=_one_state),
    _table("atop_institution", "the ATOP institutionalisation file", "atopinst[0-9]*.csv",
           (Column("atopid", ("atopid",)), Column("phase_id", ("atopidphase",), "float"),
            Column("military_institutionalisation", ("milinst",)), Column("formality", ("formal",))), ("phase_id",)),
    _table("atop_directed_dyad_year", "the ATOP directed dyad-year file", "atop[0-9]*ddyr*.csv",
           (Column("ccode1", ("stateA",)), Column("ccode2", ("stateB",)), Column("year", ("year",)), *_OBLIGATIONS),
           ("ccode1", "ccode2", "year"), finish=directed),
)
DATASETS: Final = (
    Dataset("atop", "Alliance Treaty Obligations and Provisions", "5.1", "http://www.atopdata.org",
            "http://www.atopdata.org/uploads/6/9/1/3/69134503/atop_5.1__.csv_.zip",
            "Leeds, B. A., Ritter, J. M., Mitchell, S. M. and Long, A. G. (2002). Alliance Treaty Obligations and "
            "Provisions, 1815-1944. International Interactions 28(3): 237-260. Version 5.1.",
            "Free for scholarly use with citation; no open licence.", (1815, LAST_YEAR), TABLES),
)
# fmt: on
