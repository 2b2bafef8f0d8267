"""A large ensemble for readers: what it holds, and how its answers spread."""

from __future__ import annotations

import math

from foedus.draws.fileset import Ensemble
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Cell, Column, Table, table

SHARES = (0.05, 0.5, 0.95)
"""Quantiles that are shown."""

FIRST = (
    "ends|body||probability",
    "ends|council||probability",
    "ends|forum||probability",
    "ends|bilateral||probability",
    "forms|body||probability",
)
"""Answers that a summary begins with, where they were asked for."""


def summary(ensemble: Ensemble, most: int = 12) -> Table:
    """Return how the main answers spread over the draws that are finished.

    Parameters
    ----------
    ensemble : Ensemble
    most : int
        Most rows.
    """
    answers = ensemble.answers
    shown = [*(k for k in FIRST if k in answers), *(k for k in answers if k not in FIRST)][:most]
    frame = ensemble.to_polars(*shown)
    about = ensemble.manifest.get("columns", {})
    rows: list[list[Cell]] = []
    for key in shown:
        column = frame[key].drop_nans()
        spread = [column.quantile(q, "linear") for q in SHARES]
        words = about.get(key, {"meaning": key, "unit": ""})
        rows.append(
            [
                key,
                words["meaning"],
                words["unit"],
                len(column),
                *(None if v is None or math.isnan(v) else float(v) for v in spread),
            ]
        )
    columns = [
        Column("column", "", "name in the files"),
        Column("meaning"),
        Column("unit", hidden=True),
        Column("draws", "", "draws that have it"),
        Column("low", "see unit", "5 % of the draws"),
        Column("median", "see unit", "median of the draws"),
        Column("high", "see unit", "95 % of the draws"),
    ]
    left = len(answers) - len(shown)
    title = f"Answers of {ensemble.manifest['draws']} draws" + (f"; {left} more columns in the files" if left else "")
    return table("ensemble", title, columns, rows)


def section(ensemble: Ensemble, most: int = 12) -> Section:
    """Return how the main answers spread, as one answer.

    Parameters
    ----------
    ensemble : Ensemble
    most : int
        Most rows.
    """
    found = summary(ensemble, most)
    return Section("ensemble", found.title, tables=(found,))
