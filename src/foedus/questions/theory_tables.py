"""The theory as tables: its parameters with ranges and sources, and its mechanisms with what switches them off."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.mechanisms import MECHANISMS, PROCEDURES
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.vocabulary.tables import Cell, Column, Table, table


def parameters_table(values: Mapping[str, float]) -> Table:
    """Return the parameters of the theory, the same for every case; those of a calibration have its range and name it."""
    used = values.calibration if isinstance(values, Parameters) else None
    columns = [
        Column("name"),
        Column("symbol", drop=5),
        Column("value", "see unit", "in use", "in use"),
        Column("low", "see unit", drop=2),
        Column("high", "see unit", drop=2),
        Column("unit", drop=3),
        Column("meaning", drop=4),
        Column("source", drop=6),
    ]
    rows: list[list[Cell]] = []
    for p in PARAMETERS:
        known = used[p.name] if used else None
        low, high = known.ends if known else (p.low, p.high)
        source = f"estimated: {used.name}, 5 to 95 %" if used and known else p.source
        rows.append([p.name, p.symbol, values[p.name], low, high, p.unit, p.meaning, source])
    return table("parameters", "The parameters of the theory", columns, rows, quiet=True)


def mechanisms_table() -> Table:
    """Return every mechanism with its claim and what switches it off."""
    rows: list[list[Cell]] = []
    for m in MECHANISMS.values():
        off, variants = ", ".join(f"{k}={v:g}" for k, v in m.off.items()), ", ".join(PROCEDURES.get(m.name, ()))
        rows.append([m.name, m.component or None, m.claim, off or None, variants or None])
    columns = [
        Column("name"),
        Column("term of utility"),
        Column("claim"),
        Column("switched off by", drop=2),
        Column("variants", "", "laws by name, the default first; chosen with --law", drop=1),
    ]
    return table("mechanisms", "The mechanisms of the theory", columns, rows)
