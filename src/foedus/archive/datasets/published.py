"""What a published data set is, and how a published CSV file becomes a tidy frame.

A data set is declared once: its tables, the names of their files, the columns that are needed and what they are called
here. Reading is the same for all of them: encoding, header, version, numbers and duplicates are checked, and every
problem is said with the line it is on.
"""

from __future__ import annotations

import csv
import fnmatch
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from foedus.archive.frames import pl
from foedus.vocabulary.errors import FoedusError, Problem, fail

Kind = Literal["int", "float", "text"]
_BLANK = ["", "NA", ".", "NaN", "NULL"]
_SHOWN = 3
LINE = "_line"
"""Name of the column with the line in the file, dropped before a frame is handed over."""


def _type(kind: Kind) -> pl.DataType:
    types: Mapping[Kind, pl.DataType] = {"int": pl.Int64(), "float": pl.Float64(), "text": pl.String()}
    return types[kind]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        Name here.
    published : tuple of str
        Names in the published files, the usual one first; capital letters do not matter.
    kind : {'int', 'float', 'text'}
    unit : str
        Unit, empty for names, codes and flags.
    missing : tuple of float
        Published codes that mean: not known.
    needed : bool
        Whether a file without the column is refused; otherwise the column is all null.
    """

    name: str
    published: tuple[str, ...]
    kind: Kind = "int"
    unit: str = ""
    missing: tuple[float, ...] = ()
    needed: bool = True


@dataclass(frozen=True)
class Table:
    """A table of a data set, in the form in which its authors publish it.

    Attributes
    ----------
    name : str
        Name in the store.
    title : str
    files : tuple of str
        Patterns of the published file names, in small letters.
    columns : tuple of Column
    key : tuple of str
        Columns (names here) that tell rows apart; two rows with one key are refused.
    undirected : bool
        Whether the dyads (a, b) and (b, a) are the same row.
    version_column : str
        Published column with the version; empty when there is none.
    versions : tuple of float
        Versions that are read; empty for any.
    encoding : str
        Encoding of the published file.
    preamble : int
        Lines before the header.
    finish : callable or None
        Last step from the published form to the tidy one.
    """

    name: str
    title: str
    files: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    undirected: bool = False
    version_column: str = ""
    versions: tuple[float, ...] = ()
    encoding: str = "utf-8"
    preamble: int = 0
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Dataset:
    """A data set with everything a user must know before relying on it.

    Attributes
    ----------
    name : str
    title : str
    version : str
    page : str
        Official page.
    download : str
        Official address of the file (a CSV or a zip of them); empty when there is none that may be fetched.
    citation : str
    licence : str
        Terms as the authors state them.
    coverage : tuple of int
        First and last year coded. After the last year nothing is known: missing is not zero.
    tables : tuple of Table
    fetch : bool
        Whether foedus may fetch it for the user.
    why_not : str
        Reason when it may not be fetched.
    """

    name: str
    title: str
    version: str
    page: str
    download: str
    citation: str
    licence: str
    coverage: tuple[int, int]
    tables: tuple[Table, ...]
    fetch: bool = True
    why_not: str = ""


def matches(name: str, table: Table) -> bool:
    """Return whether a file name is one under which a table is published."""
    folded = name.casefold()
    return any(fnmatch.fnmatchcase(folded, pattern) for pattern in table.files)


def header(path: Path, preamble: int = 0) -> tuple[str, ...]:
    """Return the column names of a CSV file, or nothing when it has no readable header line."""
    try:
        with path.open("rb") as stream:
            lines = [stream.readline(1_000_000) for _ in range(preamble + 1)]
    except OSError:
        return ()
    text = lines[-1].decode("utf-8-sig", errors="replace").strip()
    return tuple(name.strip() for name in next(csv.reader([text]), []))


def has_columns(names: tuple[str, ...], table: Table) -> bool:
    """Return whether a header has all the columns that a table needs."""
    there = {n.casefold() for n in names}
    wanted = [c for c in table.columns if c.needed]
    return all(any(p.casefold() in there for p in c.published) for c in wanted)


def stated_version(path: Path, table: Table) -> str:
    """Return the version that a file states in its version column or its name; empty when it states none."""
    names = [n.casefold() for n in header(path, table.preamble)]
    if table.version_column and table.version_column.casefold() in names:
        rows = header(path, table.preamble + 1)
        at = names.index(table.version_column.casefold())
        said = rows[at] if at < len(rows) else ""
        return next((f"{v:g}" for v in table.versions if _is_version(said, v)), said)
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
    text = _decode(path, table)
    names = tuple(n.strip() for n in next(csv.reader([text.split("\n", table.preamble + 1)[table.preamble]]), []))
    found = _find_columns(path, table, names)
    # Names are replaced by positions: published files repeat names and leave some blank.
    raw = pl.read_csv(
        io.BytesIO(text.encode()),
        has_header=False,
        skip_rows=table.preamble + 1,
        new_columns=[str(i) for i in range(len(names))],
        infer_schema=False,
        null_values=_BLANK,
        truncate_ragged_lines=True,
    )
    if raw.width < len(names):
        raise fail(path.name, "the rows have fewer fields than the header", "Download the file again")
    raw = raw.with_row_index(LINE, offset=table.preamble + 2)
    _check_version(path, table, names, raw)
    frame = _typed(path, table, raw, found)
    _check_key(path, table, frame)
    tidy = table.finish(frame.drop(LINE)) if table.finish else frame.drop(LINE)
    if tidy.is_empty():
        raise fail(path.name, "the file has a header but no row that can be used", "Download the file again")
    return tidy


def _decode(path: Path, table: Table) -> str:
    """Read the bytes of a file and turn them into text with single line ends."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise fail(str(path), f"the file cannot be read ({error.strerror or error})", "Check path and rights") from None
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise fail(path.name, "this is a workbook or an archive, not a CSV file", "Save the sheet as CSV (UTF-8)")
    if b"\x00" in data[:4096]:
        raise fail(path.name, "this is not a text file in a known encoding", "Save it as CSV (UTF-8)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if table.encoding == "utf-8":
            line = data[: error.start].count(b"\n") + 1
            what = f"line {line} holds a byte that is not UTF-8 (0x{data[error.start]:02x})"
            raise fail(path.name, what, "Save it as CSV (UTF-8)") from None
        text = data.decode(table.encoding, errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n", 0, len(text) - 1) <= table.preamble:
        raise fail(path.name, "the file has no rows", "Download the file again")
    return text


def _find_columns(path: Path, table: Table, names: tuple[str, ...]) -> dict[str, int | None]:
    """Return the position of every column of a table in a header."""
    places = {n.casefold(): i for i, n in reversed(list(enumerate(names)))}
    found = {
        c.name: next((places[p.casefold()] for p in c.published if p.casefold() in places), None) for c in table.columns
    }
    absent = [c.published[0] for c in table.columns if c.needed and found[c.name] is None]
    if absent:
        columns = ", ".join(f"'{a}'" for a in absent)
        raise fail(
            path.name,
            f"{table.title} needs the column{'s' * (len(absent) > 1)} {columns}, which the file does not have",
            "Use the file as its authors publish it",
        )
    return found


def _check_version(path: Path, table: Table, names: tuple[str, ...], raw: pl.DataFrame) -> None:
    """Refuse a file of a version that is not read."""
    places = [i for i, n in enumerate(names) if n.casefold() == table.version_column.casefold()]
    if not table.versions or not places:
        return
    said = raw[str(places[0])].drop_nulls().unique(maintain_order=True).to_list()
    wrong = [v for v in said if not any(_is_version(v, w) for w in table.versions)]
    if wrong:
        known = " or ".join(f"{v:g}" for v in table.versions)
        raise fail(
            path.name,
            f"this is version {wrong[0]} of {table.title}; version {known} is read",
            "Download that version",
        )


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
        text = text.set(text.is_in(_BLANK), None)
        if column.kind == "text":
            columns.append(text.alias(column.name))
            continue
        number = text.cast(pl.Float64, strict=False)
        bad = text.is_not_null() & ~number.is_finite().fill_null(value=False)
        if column.kind == "int":
            bad |= (number.round() != number).fill_null(value=False)
        for line, value in raw.select(LINE, pl.lit(text).alias("v")).filter(bad).head(_SHOWN).rows():
            kind = "whole number" if column.kind == "int" else "number"
            problems.append(
                Problem(f"{path.name}:{line}", f"column '{column.published[0]}' has '{value}', not a {kind}")
            )
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
        lines = ", ".join(str(x) for x in blank[LINE].head(_SHOWN))
        raise fail(path.name, f"{blank.height} rows lack one of {', '.join(keys)} (line {lines})")
    if table.undirected:
        frame = canonical(frame)
    twice = frame.filter(pl.struct(keys).is_duplicated()).sort(*keys, LINE)
    if twice.height:
        first = twice.row(0, named=True)
        lines = ", ".join(
            str(x) for x in twice.filter(pl.all_horizontal(pl.col(k) == first[k] for k in keys))[LINE].head(_SHOWN)
        )
        said = ", ".join(f"{k} {first[k]}" for k in keys)
        raise fail(
            path.name,
            f"{twice.height} rows of {table.title} are there more than once; the first is {said} (lines {lines})",
            "Use the file as its authors publish it",
        )


def canonical(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a dyadic frame with the smaller code in ``ccode1``."""
    one, two = pl.col("ccode1"), pl.col("ccode2")
    return frame.with_columns(ccode1=pl.min_horizontal(one, two), ccode2=pl.max_horizontal(one, two))
