"""Excerpts: the rows and words of a table that a picture of a system needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from foedus.vocabulary.prose import country
from foedus.vocabulary.tables import Cell, Column, Table

Row = dict[str, Cell]


def picked(found: Table, **wanted: Cell) -> Table:
    """Return the rows of a table that hold some values, in their order."""
    return kept(found, lambda r: all(r[k] == v for k, v in wanted.items()))


def kept(found: Table, keep: Callable[[Row], bool]) -> Table:
    """Return the rows of a table that pass, in their order."""
    return replace(found, rows=tuple(row for row, r in zip(found.rows, found, strict=True) if keep(r)))


def sorted_by(found: Table, column: str) -> Table:
    """Return a table with the largest number of a column first; rows without one come last."""
    at = [c.name for c in found.columns].index(column)

    def size(row: tuple[Cell, ...]) -> float:
        value = row[at]
        return -float(value) if isinstance(value, int | float) else float("inf")

    return replace(found, rows=tuple(sorted(found.rows, key=size)))


def named(found: Table, *columns: str) -> Table:
    """Return a table with the names of states where some columns hold their ids, one or several."""
    places = [k for k, c in enumerate(found.columns) if c.name in columns]
    rows = [
        tuple(", ".join(map(country, str(v).split())) if k in places else v for k, v in enumerate(row))
        for row in found.rows
    ]
    return replace(found, rows=tuple(rows))


def joined(found: Table, name: str, *columns: str) -> Table:
    """Return a table with one more column of words made from others."""
    rows = [(*row, ", ".join(str(r[c]) for c in columns)) for row, r in zip(found.rows, found, strict=True)]
    return replace(found, columns=(*found.columns, Column(name)), rows=tuple(rows))


def headed(found: Table, **heads: str) -> Table:
    """Return a table with other words over some columns."""
    return replace(found, columns=tuple(replace(c, head=heads.get(c.name, c.head)) for c in found.columns))
