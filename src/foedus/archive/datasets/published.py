"""What a published data set is, and how a published CSV file becomes a tidy frame.

A data set is declared once: its tables, the names of their files, the columns that are needed and what they are called
here. Reading is the same for all of them: encoding, header, version, numbers and duplicates are checked, and every
problem is said with the line it is on.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from foedus.archive.codes import canonical, with_states
from foedus.archive.datasets.csv_rows import BLANK, LINE, SHOWN, header, read_rows
from foedus.archive.frames import pl
from foedus.casebook.case import LATEST
from foedus.vocabulary.errors import FoedusError, Problem, fail

Kind = Literal["int", "float", "text"]
_THOUSANDS = r"^[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"
"""How spreadsheets write large numbers when a sheet is saved as text."""
_LARGEST = 2**53
"""Whole numbers beyond this are not exact."""
_YEARS = ("year", "start", "end")


def _type(kind: Kind) -> pl.DataType:
    types: Mapping[Kind, pl.DataType] = {"int": pl.Int64(), "float": pl.Float64(), "text": pl.String()}
    return types[kind]


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Name here."""
    published: tuple[str, ...]
    """Names in the published files, the usual one first; capital letters do not matter."""
    kind: Kind = "int"
    unit: str = ""
    """Unit, empty for names, codes and flags."""
    missing: tuple[float, ...] = ()
    """Published codes that mean: not known."""
    needed: bool = True
    """Whether a file without the column is refused; otherwise the column is all null."""


@dataclass(frozen=True)
class Table:
    """A table of a data set, in the form in which its authors publish it."""

    name: str
    """Name in the store."""
    title: str
    files: tuple[str, ...]
    """Patterns of the published file names, in small letters."""
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """Columns (names here) that tell rows apart; two rows with one key are refused."""
    undirected: bool = False
    """Whether the dyads (a, b) and (b, a) are the same row."""
    version_column: str = ""
    """Published column with the version; empty when there is none."""
    versions: tuple[float, ...] = ()
    """Versions that are read; empty for any."""
    releases: Mapping[int, str] = field(default_factory=dict, hash=False)
    """Releases by their last year, for files without a version column."""
    repeats: bool = False
    """Whether the published file repeats keys, which the last step makes one."""
    encoding: str = "utf-8"
    """Encoding of the published file."""
    preamble: int = 0
    """Lines before the header."""
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = field(default=None, compare=False)
    """Last step from the published form to the tidy one."""


@dataclass(frozen=True)
class Dataset:
    """A data set with everything a user must know before relying on it."""

    name: str
    title: str
    version: str
    page: str
    """Official page."""
    download: str
    """Official address of the file (a CSV or a zip of them); empty when there is none that may be fetched."""
    citation: str
    licence: str
    """Terms as the authors state them."""
    coverage: tuple[int, int]
    """First and last year coded. After the last year nothing is known: missing is not zero."""
    tables: tuple[Table, ...]
    why_not: str = ""
    """Reason when foedus may not fetch it for the user."""

    @property
    def fetch(self) -> bool:
        """Whether foedus may fetch it for the user."""
        return not self.why_not


def matches(name: str, table: Table) -> bool:
    """Return whether a file name is one under which a table is published."""
    folded = name.casefold()
    return any(fnmatch.fnmatchcase(folded, pattern) for pattern in table.files)


def has_columns(names: tuple[str, ...], table: Table) -> bool:
    """Return whether a header has all the columns that a table needs."""
    there = {n.casefold() for n in names}
    wanted = [c for c in table.columns if c.needed]
    return all(any(p.casefold() in there for p in c.published) for c in wanted)


def stated_version(path: Path, table: Table, last: int | None = None) -> str:
    """Return which release a file is; empty when nothing tells.

    Parameters
    ----------
    path : Path
    table : Table
    last : int, optional
        Last year with a row, which tells releases apart where no column does.

    Returns
    -------
    str
        What the version column says, else what the last year says, else what the name says.
    """
    names = [n.casefold() for n in header(path, table.preamble)]
    if table.version_column and table.version_column.casefold() in names:
        rows = header(path, table.preamble + 1)
        at = names.index(table.version_column.casefold())
        said = rows[at] if at < len(rows) else ""
        return next((f"{v:g}" for v in table.versions if _is_version(said, v)), said)
    if last is not None and last in table.releases:
        return table.releases[last]
    found = re.search(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\d{4}|v?\d+(?:[._]\d+)*", path.stem, re.I)
    return found.group(0) if found else ""


def read_published(path: Path, table: Table) -> pl.DataFrame:
    """Read a published file as a tidy frame.

    Parameters
    ----------
    path : Path
        The file.
    table : Table
        What it should hold.

    Returns
    -------
    polars.DataFrame
        One row per key with the columns of the table (after its last step).

    Raises
    ------
    FoedusError
        The file cannot be read, has another encoding, version or other columns, holds text where a number belongs, or
        has rows twice; all problems of the file that can be found together are named together.
    """
    names, raw = read_rows(path, table.encoding, table.preamble)
    found = _find_columns(path, table, names)
    _check_version(path, table, names, raw)
    frame = _typed(path, table, raw, found)
    _check_key(path, table, frame)
    try:
        tidy = table.finish(frame.drop(LINE)) if table.finish else frame.drop(LINE)
    except pl.exceptions.PolarsError as error:
        first = str(error).splitlines()[0][:120]
        raise fail(path.name, f"its values do not fit together ({first})", "Download the file again") from None
    check_one_row(path.name, tidy)
    if tidy.is_empty():
        raise fail(path.name, "the file has a header but no row that can be used", "Download the file again")
    return tidy


def _find_columns(path: Path, table: Table, names: tuple[str, ...]) -> dict[str, int | None]:
    """Return the position of every column of a table in a header."""
    places = {n.casefold(): i for i, n in reversed(list(enumerate(names)))}
    found = {
        c.name: next((places[p.casefold()] for p in c.published if p.casefold() in places), None) for c in table.columns
    }
    absent = [c.published[0] for c in table.columns if c.needed and found[c.name] is None]
    if absent:
        if len(names) == 1 and names[0].count(";") + names[0].count("\t") > 1:
            what = "the fields are separated by semicolons or tabs, not by commas"
            raise fail(path.name, what, "Save the sheet as CSV with commas")
        columns = "column" + "s" * (len(absent) > 1) + " " + ", ".join(f"'{a}'" for a in absent)
        what = f"{table.title} needs the {columns}, which the file does not have"
        raise fail(path.name, what, "Use the file as its authors publish it")
    return found


def _check_version(path: Path, table: Table, names: tuple[str, ...], raw: pl.DataFrame) -> None:
    """Refuse a file of a version that is not read, or of which neither a column nor the name says the version."""
    if not table.versions:
        return
    known = " or ".join(f"{v:g}" for v in dict.fromkeys(table.versions))
    places = [i for i, n in enumerate(names) if n.casefold() == table.version_column.casefold()]
    if places:
        said = raw[str(places[0])].drop_nulls().unique(maintain_order=True).to_list()
    else:
        said = [n.replace("_", ".") for n in re.findall(r"\d+[._]\d+|(?:19|20)\d\d", path.stem)]
        if not said:
            what = f"neither a column nor the name says which version this is of {table.title}; version {known} is read"
            raise fail(path.name, what, "Give the file the name under which it is published")
    wrong = [v for v in said if not any(_is_version(v, w) for w in table.versions)]
    if wrong:
        what = f"this is version {wrong[0]} of {table.title}; version {known} is read"
        raise fail(path.name, what, "Download that version")


def _is_version(said: str, wanted: float) -> bool:
    # Single precision turns 5.1 into 5.0999999 in some published files.
    try:
        return abs(float(said) - wanted) < 1e-4
    except ValueError:
        return said.strip().endswith(f"{wanted:g}")


def _typed(path: Path, table: Table, raw: pl.DataFrame, found: dict[str, int | None]) -> pl.DataFrame:
    """Return the columns of a table with their types, or name every value that has another."""
    problems: list[Problem] = []
    columns: list[pl.Series] = [raw[LINE]]
    for column in table.columns:
        place = found[column.name]
        if place is None:
            columns.append(pl.Series(column.name, [None] * raw.height, dtype=_type(column.kind)))
            continue
        text = raw[str(place)].str.strip_chars()
        text = text.set(text.is_in(BLANK), None)
        if column.kind == "text":
            columns.append(text.alias(column.name))
            continue
        text = pl.select(
            pl.when(pl.lit(text).str.contains(_THOUSANDS)).then(pl.lit(text).str.replace_all(",", "")).otherwise(text)
        ).to_series()
        number = text.cast(pl.Float64, strict=False)
        bad = text.is_not_null() & ~number.is_finite().fill_null(value=False)
        if column.kind == "int":
            bad |= ((number.round() != number) | (number.abs() > _LARGEST)).fill_null(value=False)
        if column.name in _YEARS:
            bad |= (number > LATEST).fill_null(value=False)
        for line, value in raw.select(LINE, pl.lit(text).alias("v")).filter(bad).head(SHOWN).rows():
            kind = "year" if column.name in _YEARS else "whole number" if column.kind == "int" else "number"
            what = f"column '{column.published[0]}' has '{value}', not a {kind}"
            problems.append(Problem(f"{path.name}:{line}", what, "Use the file as its authors publish it"))
        if column.missing:
            number = number.set(number.is_in([float(m) for m in column.missing]), None)
        columns.append(number.cast(_type(column.kind), strict=False).alias(column.name))
    if problems:
        raise FoedusError(problems)
    return pl.DataFrame(columns)


def _check_key(path: Path, table: Table, frame: pl.DataFrame) -> None:
    """Refuse rows without key and rows that are there twice."""
    if not table.key:
        return
    keys = list(table.key)
    blank = frame.filter(pl.any_horizontal(pl.col(keys).is_null()))
    if blank.height:
        lines = ", ".join(str(x) for x in blank[LINE].head(SHOWN))
        what = f"{blank.height} rows lack one of {', '.join(keys)} (line {lines})"
        raise fail(path.name, what, "Use the file as its authors publish it")
    if table.repeats:
        return
    if table.undirected:
        frame = canonical(frame)
    twice = frame.filter(pl.struct(keys).is_duplicated()).sort(*keys, LINE)
    if twice.height:
        first = twice.row(0, named=True)
        same = twice.filter(pl.all_horizontal(pl.col(k) == first[k] for k in keys))
        said = ", ".join(f"{k} {first[k]}" for k in keys) + f" (lines {', '.join(map(str, same[LINE].head(SHOWN)))})"
        what = f"{twice.height} rows of {table.title} are there more than once; the first is {said}"
        raise fail(path.name, what, "Use the file as its authors publish it")


def check_one_row(place: str, frame: pl.DataFrame) -> None:
    """Refuse a tidy frame in which a state, or a pair of states, has two rows in a year.

    Two series of one state in one year would double its rows in every panel, or hand one state the numbers of another.

    Parameters
    ----------
    place : str
        Where the frame comes from.
    frame : polars.DataFrame

    Raises
    ------
    FoedusError
        There are two rows; the first state and year are named.
    """
    for keys in (["ccode1", "ccode2", "year"], ["ccode", "year"]):
        if not set(keys) <= set(frame.columns):
            continue
        twice = frame.filter(pl.struct(keys).is_duplicated()).sort(keys)
        if twice.height:
            said = ", ".join(f"{k} {v}" for k, v in zip(keys, twice.select(keys).row(0), strict=True))
            what = f"{twice.height} rows speak of states and years that have another row; the first is {said}"
            raise fail(place, what, "Leave out the series that is not meant")


def undirected(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a dyadic frame with the codes of the end of the year, the smaller one first; no state is a pair with itself.

    Raises
    ------
    FoedusError
        A code that no state bears.
    """
    return canonical(with_states(frame)).filter(pl.col("ccode1") != pl.col("ccode2"))


def by_dyad(frame: pl.DataFrame, **wanted: pl.Expr) -> pl.DataFrame:
    """Return one row per dyad and year, sorted, with what is wanted of its rows; else the largest of every column."""
    keys = ("ccode1", "ccode2", "year")
    every = [] if wanted else [pl.exclude(keys).max()]
    return frame.group_by(keys).agg(*every, **wanted).sort(keys)


def directed(frame: pl.DataFrame) -> pl.DataFrame:
    """Give both states of a directed dyad-year the code of the end of the year; a switched code is one row.

    Raises
    ------
    FoedusError
        A code that no state bears.
    """
    return by_dyad(with_states(frame))
