"""CSV on the Web: what stands in every column of a CSV, with its unit, as the W3C has programs say it beside the file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.vocabulary.tables import Cell, Column, Table

CONTEXT: Final = "http://www.w3.org/ns/csvw"
IN_A_FOLDER: Final = "csv-metadata.json"
"""Where readers look for what is said of all CSV files of a folder."""
BESIDE: Final = "-metadata.json"
"""What stands behind the address of one CSV in that of what is said of it."""
KIND: Final = "application/csvm+json"


def described(table: Table, url: str, made: Mapping[str, Any] | None = None) -> str:
    """Return what is said of one CSV: title, and of every column its name, kind, unit and meaning.

    Parameters
    ----------
    table : Table
    url : str
        Where the CSV is, seen from what is said of it.
    made : mapping, optional
        What it was made with.
    """
    return _text({"@context": [CONTEXT, {"@language": "en"}], **_noted(made), **_table(table, url)})


def all_described(tables: Iterable[Table], made: Mapping[str, Any] | None = None) -> str:
    """Return what is said of all CSV files of a folder, each named after its table."""
    listed = [_table(t, f"{t.name}.csv") for t in tables]
    return _text({"@context": [CONTEXT, {"@language": "en"}], **_noted(made), "tables": listed})


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _noted(made: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"dc:creator": f"foedus {made['foedus']}"} if made and "foedus" in made else {}


def _table(table: Table, url: str) -> dict[str, Any]:
    turned = _turned(table)
    by_name = {c.name: values for c, values in zip(table.columns, turned, strict=True)}
    columns = [_column(_settled(c, values, by_name), values) for c, values in zip(table.columns, turned, strict=True)]
    return {"url": url, "dc:title": table.title, "tableSchema": {"columns": columns}}


def _turned(table: Table) -> list[tuple[Cell, ...]]:
    return [tuple(row[k] for row in table.rows) for k in range(len(table.columns))]


def _settled(column: Column, values: Sequence[Cell], by_name: Mapping[str, Sequence[Cell]]) -> Column:
    """Return a column with its unit, where it points to a column of units that has the same one in all rows."""
    pointed = by_name.get("unit", ()) if column.measured == "see unit" else ()
    units = {u for u, v in zip(pointed, values, strict=False) if v is not None}
    return replace(column, unit=str(units.pop())) if len(units) == 1 and units != {None} else column


def _column(column: Column, values: Sequence[Cell]) -> dict[str, Any]:
    kind = datatype(values)
    if column.unit not in ("", "yes/no") and all(v is None for v in values):
        kind = "number"  # nothing is there now
    unit = column.measured if kind in ("integer", "number") else column.unit
    unit = "1" if unit == "-" else unit  # a pure number, as catalogues of units write it
    return {
        "titles": column.name,
        "datatype": {"base": "boolean", "format": "True|False"} if kind == "boolean" else kind,
        **({"schema:unitText": unit} if unit else {}),
        **({"dc:description": column.meaning} if column.meaning else {}),
    }


def datatype(values: Sequence[Cell]) -> str:
    """Return the kind of what stands in a column, as programs call it: numbers, yes or no, or words.

    Examples
    --------
    >>> datatype([1, None]), datatype([1, 0.5]), datatype([True]), datatype([1, "none"]), datatype([])
    ('integer', 'number', 'boolean', 'string', 'string')
    """
    there = [v for v in values if v is not None]
    if there and all(isinstance(v, bool) for v in there):
        return "boolean"
    if any(isinstance(v, bool | str) or math.isinf(v) for v in there) or not there:
        return "string"
    return "integer" if all(isinstance(v, int) for v in there) else "number"


def unmeasured(table: Table, beside: Iterable[str] = ()) -> list[str]:
    """Return the columns of numbers of which no program can tell the unit: there should be none.

    Parameters
    ----------
    table : Table
    beside : iterable of str
        Tables of the same folder, to which a unit that differs from row to row may point as well as to a column.

    Examples
    --------
    >>> unmeasured(Table("t", "T", (Column("name"), Column("gain")), (("KOR", -0.5),)))
    ['gain']
    """
    known = {*beside, *(c.name for c in table.columns)}
    bare = []
    for column, values in zip(table.columns, _turned(table), strict=True):
        there, pointed, where = column.measured, *column.measured.partition("see ")[1:]
        if datatype(values) in ("integer", "number") and (not there or (pointed and where not in known)):
            bare.append(column.name)
    return bare
