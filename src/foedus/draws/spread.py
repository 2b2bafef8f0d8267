"""A large ensemble for readers: what it holds, and how its answers spread."""

from __future__ import annotations

import math
from typing import Any

from foedus.draws.fileset import Ensemble
from foedus.vocabulary.record import Record, Section
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
        Column("draws", "", "draws that have it", unsaid="count"),
        Column("low", "see unit", "5 % of the draws"),
        Column("median", "see unit", "median of the draws"),
        Column("high", "see unit", "95 % of the draws"),
    ]
    left = len(answers) - len(shown)
    title = f"Answers of {ensemble.manifest['draws']} draws" + (f"; {left} more columns in the files" if left else "")
    return table("ensemble", title, columns, rows)


def columns_table(ensemble: Ensemble) -> Table:
    """Return every column of the files with its unit and meaning, what was drawn first."""
    about = ensemble.manifest.get("columns", {})
    drawn = set(ensemble.inputs)
    named = [*ensemble.inputs, *ensemble.answers]
    rows: list[list[Cell]] = [
        [
            n,
            "drawn" if n in drawn else "worked out",
            about.get(n, {}).get("unit", ""),
            about.get(n, {}).get("meaning", ""),
        ]
        for n in named
    ]
    columns = [Column("column", "", "name in the files"), Column("role"), Column("unit"), Column("meaning")]
    return table("columns", "Every column of the files", columns, rows)


def record_of(ensemble: Ensemble, most: int = 12) -> Record:
    """Return an ensemble as one record: how its main answers spread, and what every column is.

    Parameters
    ----------
    ensemble : Ensemble
    most : int
        Most rows of the summary.
    """
    manifest, found, every = ensemble.manifest, summary(ensemble, most), columns_table(ensemble)
    finished, drawn = ensemble.to_polars("draw").height, len(ensemble.inputs)
    kept = ("foedus", "seed", "draws", "case", "code", "result")
    made: dict[str, Any] = {k: manifest.get(k, "") for k in kept} | {"code": str(manifest.get("code", ""))[:16]}
    left = ("columns", "parts", "asked", *kept)
    return Record(
        "ensemble",
        f"An ensemble of {manifest.get('case', 'draws')}",
        "How do its answers spread over everything that was drawn?",
        f"{manifest['draws']} draws",
        (
            f"{finished} of {manifest['draws']} draws are in the files: {drawn} columns drawn, {len(every) - drawn} worked out.",
        ),
        (
            Section("ensemble", found.title, tables=(found,)),
            Section("columns", "Every column", tables=(every,), folded=True),
        ),
        made={**made, "complete": ensemble.complete, "made_with": {k: v for k, v in manifest.items() if k not in left}},
    )
