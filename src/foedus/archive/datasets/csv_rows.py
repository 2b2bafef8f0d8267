"""The rows of a CSV file as text, each with its line: any line ends, any of the usual encodings, every row whole."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from foedus.archive.frames import pl
from foedus.vocabulary.errors import FoedusError, Problem, fail
from foedus.vocabulary.inputs import MOST_DATA, read_input

BLANK: Final = ["", "NA", ".", "NaN", "NULL"]
"""What stands for a value that is not known."""
SHOWN: Final = 3
"""How many of many equal problems are named."""
LINE: Final = "_line"
"""Name of the column with the line in the file, dropped before a frame is handed over."""

_HEAD: Final = 1 << 20
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Control characters that belong to no table; one in a key would make a row that nobody asks for."""


def header(path: Path, preamble: int = 0) -> tuple[str, ...]:
    """Return the column names of a CSV file, or nothing when it has no readable header line."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_HEAD)
    except OSError:
        return ()
    text = _one_line_end(start.decode("utf-8-sig", errors="replace"))
    try:
        return tuple(n.strip() for n in next(csv.reader(islice(_lines(text), preamble, None)), []))
    except csv.Error:
        return ()


def read_rows(path: Path, encoding: str = "utf-8", preamble: int = 0) -> tuple[tuple[str, ...], pl.DataFrame]:
    """Return the header and the rows of a CSV file.

    Parameters
    ----------
    path : Path
    encoding : str
        How a file is read that is not UTF-8.
    preamble : int
        Lines before the header.

    Returns
    -------
    names : tuple of str
    rows : polars.DataFrame
        Text by position, since published files repeat names and leave some blank: columns ``0``, ``1``, … and ``_line``.
        Rows without any value are left out.

    Raises
    ------
    FoedusError
        The file cannot be read, is no text, has no rows, or has rows with more or fewer fields than the header.
    """
    text = _decoded(path, encoding)
    _refuse_unseen(path, text)
    try:
        # strict, or a quote that is never closed swallows all the rows after it
        reader = csv.reader(islice(_lines(text), preamble, None), strict=True)
        names = tuple(n.strip() for n in next(reader, []))
        if not any(names):
            what = f"there is no header in line {preamble + 1}"
            raise fail(path.name, what, "Use the file as its authors publish it")
        lines, plain = _checked(path, reader, len(names), preamble)
    except csv.Error as error:
        raise fail(path.name, f"this is not CSV ({error})", "Save it as CSV (UTF-8), with quotes in pairs") from None
    if not lines:
        raise fail(path.name, "the file has no rows", "Download the file again")
    if text.count('"') % 2:
        raise fail(path.name, f"a quote stands alone {_odd(text)}", "Save it as CSV (UTF-8), with quotes in pairs")
    raw = _frame(text, preamble + 1, len(names)) if plain else None
    if raw is None or raw.height != len(lines):  # the two readers of CSV take a stray quote differently
        raw = _frame(_rewritten(text, preamble, len(names)), 0, len(names))
    if raw is None or raw.height != len(lines):
        raise fail(path.name, "the rows cannot be told apart", "Save it as CSV (UTF-8), with quotes in pairs")
    return names, raw.with_columns(pl.Series(LINE, lines, dtype=pl.Int64))


def _frame(text: str, skip: int, width: int) -> pl.DataFrame | None:
    """Return the lines of a text after the first ones as columns of text; None where they cannot be read."""
    try:
        return pl.read_csv(
            io.BytesIO(text.encode()),
            has_header=False,
            skip_rows=skip,
            schema=dict.fromkeys((str(i) for i in range(width)), pl.String),
            null_values=BLANK,
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:
        return None


def _checked(path: Path, reader: Any, width: int, preamble: int) -> tuple[list[int], bool]:
    """Return the line of every row with a value, and whether the rows are one line each with nothing to leave out."""
    lines: list[int] = []
    problems: list[Problem] = []
    before = reader.line_num
    plain = before == 1
    for row in reader:
        now = reader.line_num
        if not any(field.strip() for field in row):
            plain = False
        elif len(row) < width or any(row[width:]):
            what = f"the row has {len(row)} fields, the header {width}"
            problems.append(Problem(f"{path.name}:{before + 1 + preamble}", what, "Download the file again"))
        else:
            lines.append(before + 1 + preamble)
        plain = plain and now == before + 1
        before = now
    if problems:
        more = f"; {len(problems):,} rows are so" if len(problems) > SHOWN else ""
        shown = problems[:SHOWN]
        shown[-1] = Problem(shown[-1].where, shown[-1].what + more, shown[-1].remedy)
        raise FoedusError(shown)
    return lines, plain


def _rewritten(text: str, preamble: int, width: int) -> str:
    """Return rows with a value, one to a line, without the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in islice(csv.reader(islice(_lines(text), preamble, None)), 1, None):
        if any(field.strip() for field in row):
            writer.writerow([field.replace("\n", " ") for field in row[:width]])
    return out.getvalue()


def _decoded(path: Path, encoding: str) -> str:
    """Read the bytes of a file and turn them into text with single line ends."""
    data = read_input(path, MOST_DATA)
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise fail(path.name, "this is a workbook or an archive, not a CSV file", "Save the sheet as CSV (UTF-8)")
    if b"\x00" in data[:4096]:
        raise fail(path.name, "this is not a text file in a known encoding", "Save it as CSV (UTF-8)")
    try:
        return _one_line_end(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            line = _one_line_end(data[: error.start].decode("latin-1")).count("\n") + 1
            what = f"line {line} holds a byte that is not UTF-8 (0x{data[error.start]:02x})"
            raise fail(path.name, what, "Save it as CSV (UTF-8)") from None
    return _one_line_end(data.decode(encoding, errors="replace"))


def _refuse_unseen(path: Path, text: str) -> None:
    """Refuse text with a control character."""
    found = _UNSEEN.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        what = f"a sign that cannot be seen (0x{ord(found[0]):02x}) stands here"
        raise fail(f"{path.name}:{line}", what, "Download the file again, or take the sign out")


def _odd(text: str) -> str:
    """Return in which line the first quote stands that has no other in its line, in words; empty where every line has pairs."""
    return next((f"in line {k}" for k, line in enumerate(text.split("\n"), 1) if line.count('"') % 2), "")


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> Iterator[str]:
    """Yield lines with their ends, without a list of all of them."""
    return iter(io.StringIO(text, newline="\n"))
