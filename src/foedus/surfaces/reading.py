"""Reading: a table as people read it, the same on terminal and page: words over columns, ranges as one column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.vocabulary.tables import Cell, Column, Table, between, written

_PART = re.compile(r"([\d.]+) ?%")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """Return text from outside without control characters, so that no terminal and no page obeys it."""
    return _CONTROL.sub("", text)


def whole(text: str) -> str:
    """Return the same for a page, with no line broken between a number and its per cent."""
    return clean(str(text)).replace(" %", "\u00a0%")


@dataclass(frozen=True)
class ReadColumn:
    """A column as people read it."""

    head: str
    short: str
    unit: str
    meaning: str
    numeric: bool
    """Whether it holds numbers, which stand to the right and are never broken or cut."""
    drop: int
    """Which column goes first where there is no room: the highest; 0 never."""
    ink: str
    bar: float
    """Length a bar beside the number stands for; 0 for none."""
    cells: tuple[str, ...]
    values: tuple[Cell, ...]
    """The cells before they were written, for bars and colours."""


def read(table: Table) -> tuple[ReadColumn, ...]:
    """Return the columns of a table that people see: nothing hidden or wholly empty, the ends of a range as one."""
    names = {c.name: k for k, c in enumerate(table.columns)}
    found: list[ReadColumn] = []
    for k, column in enumerate(table.columns):
        values = tuple(row[k] for row in table.rows)
        if column.hidden or (values and all(v is None for v in values)):
            continue
        stem = column.name.removesuffix("low") if column.name.endswith("low") else None
        if column.name.endswith("high") and f"{column.name.removesuffix('high')}low" in names:
            continue
        if stem is not None and f"{stem}high" in names:
            ends = tuple(row[names[f"{stem}high"]] for row in table.rows)
            cells = tuple(_range(a, b, column.form) for a, b in zip(values, ends, strict=True))
            head = _between(column, table.columns[names[f"{stem}high"]])
            meaning = f"from {column.meaning} to {table.columns[names[f'{stem}high']].meaning}"
            found.append(ReadColumn(head, head, _unit(column), meaning, True, column.drop or 3, "", 0.0, cells, values))
            continue
        found.append(_column(column, values))
    return tuple(found)


def _column(column: Column, values: tuple[Cell, ...]) -> ReadColumn:
    numeric = any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    cells = tuple(clean(written(v, column.form)) for v in values)
    head, short = clean(column.words), clean(column.short or column.words)
    look = (numeric, column.drop, column.ink, column.bar)
    return ReadColumn(head, short, _unit(column), column.meaning, *look, cells, values)


def _unit(column: Column) -> str:
    """Return the unit as it stands in a head: nothing where the numbers say it, or another column does."""
    return "" if column.form in ("percent", "points") or column.unit.startswith("see ") else clean(column.unit)


def _between(low: Column, high: Column) -> str:
    """Return the head of a range from what its ends are, such as 5–95 %."""
    ends = [_PART.search(c.meaning) for c in (low, high)]
    parts = [m.group(1) for m in ends if m is not None]
    return f"{parts[0]}–{parts[1]} %" if len(parts) == 2 else "range"


def _range(low: Cell, high: Cell, form: str) -> str:
    if low is None or high is None or low != low or high != high:
        return ""
    a, b = written(low, form), written(high, form)
    if form == "points":
        return between(float(low), float(high))
    return a if a == b else f"{a} to {b}"
