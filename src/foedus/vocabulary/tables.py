"""Tidy tables: one row per observation, one column per variable, every column with a unit."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.vocabulary.libraries import PandasFrame, PolarsFrame, need

Cell = str | float | int | bool | None

_BY_FORM: Final = {"percent": "share, 0 to 1", "points": "share, 0 to 1", "whole": "count", "year": "year"}
"""Units of numbers whose form says them to people."""


@dataclass(frozen=True)
class Column:
    """A variable of a table."""

    name: str
    """Snake-case name, the header in files."""
    unit: str = ""
    """Unit, empty for names and labels."""
    meaning: str = ""
    """One clause that says what it is."""
    head: str = ""
    """Words over the column where people read it; the name without underscores if empty."""
    form: str = ""
    """How its numbers are written: ``percent`` (a probability or share), ``signed`` (a gain or loss, two digits),
    ``points`` (the change of a probability), ``money`` (bn), ``whole``, ``year``; empty for short numbers of any size."""
    drop: int = 0
    """Which column goes first where there is no room: the highest; 0 for a column that always stays."""
    hidden: bool = False
    """Whether it is for machines only: ids and keys, which files and JSON keep and readers do not see."""
    ink: str = ""
    """Colour of what it measures in pictures and of its head, for example a term of utility."""
    bar: float = 0.0
    """Length that a bar beside the number stands for where readers see one, for example 1 for a probability; 0 for
    none."""
    short: str = ""
    """The same for columns of a terminal that have no room; the head if empty."""
    unsaid: str = ""
    """Unit that files say and readers need not be told: a count, a place in a row, a number from 0 to 1."""

    def about(self) -> dict[str, str]:
        """Return what programs need to know of it: name, unit and meaning."""
        return {"name": self.name, "unit": self.unit, "meaning": self.meaning}

    @property
    def measured(self) -> str:
        """The unit of its numbers for programs: also where people see it by how a number is written, or need none."""
        return self.unit or self.unsaid or _BY_FORM.get(self.form, "")

    @property
    def words(self) -> str:
        """What stands over the column."""
        return self.head or self.name.replace("_", " ")


SHOWN: Final = 6
"""Rows of a table that stand in its text, and least of its columns."""
WIDE: Final = 24
"""Letters of a cell that stand in the text of a table."""


@dataclass(frozen=True, repr=False)
class Table:
    """A tidy table that shows itself in notebooks and turns into data frames.

    Attributes
    ----------
    name : str
        File stem.
    title : str
        What the table shows.
    columns : tuple of Column
    rows : tuple of tuple
        One value per column; None where there is none.
    quiet : bool
        Whether it is for files and programs: a terminal leaves it out, a page shows it closed.

    Examples
    --------
    >>> import foedus
    >>> forms = foedus.assess("asia-1953", draws=0).table("forms")
    >>> isinstance(forms, foedus.Table), [column.name for column in forms.columns][:2]
    (True, ['form', 'label'])
    >>> forms.to_pandas().shape == (len(forms), len(forms.columns))
    True
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    quiet: bool = False

    def __repr__(self) -> str:
        """Return title, size and first rows, for those who print it in plain Python."""
        kept = [(k, c) for k, c in enumerate(self.columns) if not c.hidden][:SHOWN]
        cells = [[c.name for _, c in kept], *([written(row[k], c.form) for k, c in kept] for row in self.rows[:SHOWN])]
        cells = [[_clipped(text) for text in row] for row in cells]
        widths = [max(len(row[n]) for row in cells) for n in range(len(kept))]
        lines = ["  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip() for row in cells]
        left = len(self.rows) - SHOWN
        more = [f"… {left} rows more"] if left > 0 else []
        names = [c.name for k, c in enumerate(self.columns) if (k, c) not in kept]
        more += [f"further columns: {', '.join(names)}"] if names else []
        size = f"{len(self.rows)} row{'s' * (len(self.rows) != 1)} × {len(self.columns)} columns"
        return "\n".join([f"<Table '{self.name}': {self.title} ({size})>", *lines, *more])

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        names = [c.name for c in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return the values of one column."""
        at = [c.name for c in self.columns].index(name)
        return tuple(row[at] for row in self.rows)

    def to_dict(self) -> dict[str, list[Cell]]:
        """Return columns by name, ready for any data-frame library."""
        return {c.name: [row[k] for row in self.rows] for k, c in enumerate(self.columns)}

    def to_pandas(self) -> PandasFrame:
        """Return a pandas data frame; its ``attrs`` hold the title, and units and meanings by column.

        Raises
        ------
        FoedusError
            pandas is not installed.
        """
        frame: PandasFrame = need("pandas", "frames", "a table as a pandas frame").DataFrame(self.to_dict())
        units = {c.name: c.unit for c in self.columns if c.unit}
        frame.attrs = {
            "title": self.title,
            "units": units,
            "meanings": {c.name: c.meaning for c in self.columns if c.meaning},
        }
        return frame

    def to_polars(self) -> PolarsFrame:
        """Return a polars data frame.

        Raises
        ------
        FoedusError
            polars is not installed.
        """
        polars = need("polars", "frames", "a table as a polars frame")
        frame: PolarsFrame = polars.DataFrame(self.to_dict(), strict=False)
        return frame

    def to_csv(self) -> str:
        """Return the table as comma-separated values with a header."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([c.name for c in self.columns])
        writer.writerows([["" if v is None else v for v in row] for row in self.rows])
        return out.getvalue()

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th title='{html.escape(c.meaning, quote=True)}'>{html.escape(c.name)}"
            + (f"<br><small>{html.escape(c.unit)}</small>" if c.unit else "")
            + "</th>"
            for c in self.columns
        )
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(shown(v))}</td>" for v in row) + "</tr>" for row in self.rows
        )
        return f"<table><caption>{html.escape(self.title)}</caption><tr>{head}</tr>{body}</table>"


def _clipped(text: str) -> str:
    return text if len(text) <= WIDE else f"{text[: WIDE - 1]}…"


def shown(value: Cell) -> str:
    """Return a cell as a reader wants to see it: short numbers, words for yes and no, a dash for nothing."""
    if value is None or (isinstance(value, float) and value != value):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        size = abs(value)
        if size >= 1000:
            return f"{value:,.0f}"
        if size < 5e-7:
            return "0"
        if size < 0.001:
            return f"{value:.1g}"
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)


def percent(p: float) -> str:
    """Return a probability as a percentage a reader believes: no false digits, never quite 0 or 100."""
    if p != p:
        return "–"
    if p <= 0.005:
        return "<1 %" if p > 0 else "0 %"
    if 0.995 <= p < 1:
        return ">99 %"
    return f"{100 * p:.0f} %"


def points(change: float) -> str:
    """Return the change of a probability in percentage points, which nobody takes for a probability."""
    if change != change:
        return "–"
    size = abs(100 * change)
    if size < 0.05:
        return "0"
    number = f"{100 * change:+.0f}" if size >= 0.95 else f"{100 * change:+.1f}"
    return f"{number} point" + ("" if number in ("+1", "-1") else "s")


def between(low: float, high: float) -> str:
    """Return the ends of a range of changes of a probability, the unit once."""
    first, last = points(low), points(high)
    return last if first == last else f"{first.partition(' ')[0] if ' ' in last else first} to {last}"


def written(value: Cell, form: str) -> str:
    """Return a cell in the form of its column; what the form does not fit is shown as it is."""
    if value is None or isinstance(value, bool | str) or value != value:
        return shown(value)
    match form:
        case "percent":
            return percent(float(value))
        case "signed":
            return f"{value:+.2f}" if abs(value) >= 0.005 else "0"
        case "points":
            return points(float(value))
        case "money":
            return "no sum" if value == float("inf") else f"{value:.1f}"
        case "whole":
            return f"{value:,.0f}"
        case "year":
            return f"{value:.0f}"
    return shown(value)


def table(
    name: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], quiet: bool = False
) -> Table:
    """Return a table from rows of any sequence type."""
    return Table(name, title, tuple(columns), tuple(tuple(row) for row in rows), quiet)


def safe(words: str) -> str:
    """Return words as a cell that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
