"""What takes long, of data made up: records of a backtest, a world and likely lists but for most rows, and a case from the record."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from unittest import mock

from estimation import madeup
from estimation.records import records
from foedus.archive.record_case import case_from_record
from foedus.backtests.standing import record_of as of_backtest
from foedus.estimation.likely_lists import likely_lists
from foedus.estimation.told_of_lists import record_of as of_lists
from foedus.vocabulary.record import Chart, Record, Section
from foedus.vocabulary.tables import Table
from foedus.worldwide.told_of_world import record_of as of_world
from foedus.worldwide.world_runs import plan_world, run_world

ROWS = 3
"""Rows that are kept of every table."""


def read() -> str:
    """Return what they hold, a line for every sentence, column, row and picture, and the files of the case."""
    found = {"backtest": of_backtest(madeup.document()), "lists": of_lists(_lists()), "world": of_world(_world())}
    told = (line for name, record in found.items() for line in (f"=== {name}", *_record(record)))
    return "\n".join((*told, *_case()))


def _lists() -> Any:
    return likely_lists(records(), 1955, "europe", 3, inside=("USA",), states=("USA", "CAN"), most=4)


def _world() -> Any:
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {"FOEDUS_CACHE": folder}):
        return run_world(*plan_world(records(), 1951, 1956), 12, "span")


def _case() -> Iterator[str]:
    """Yield the files of a case that is made from the record."""
    with tempfile.TemporaryDirectory() as folder:
        made = case_from_record(Path(folder) / "asia-1962", records(), "asia-pacific", 1962)
        for path in sorted(p for p in made.rglob("*") if p.is_file()):
            yield f"=== case {path.relative_to(made).as_posix()}"
            yield path.read_text(encoding="utf-8")


def _record(record: Record) -> Iterator[str]:
    yield from (record.kind, record.title, record.question, record.kicker, *record.says)
    for section in record.sections:
        yield from _section(section, "##")
    yield from (f"source {s.key}: {s.citation} · {s.url} · {s.trust}" for s in record.sources)


def _section(section: Section, mark: str) -> Iterator[str]:
    yield f"{mark} {section.key}: {section.title}{' (folded)' if section.folded else ''} {list(section.tags) or ''}"
    yield from section.says
    yield from (f"note {n}" for n in section.notes)
    yield from (f"seen {n}" for n in section.seen)
    for chart in section.charts:
        yield from _chart(chart)
    for found in section.tables:
        yield from _table(found)
    for part in section.sections:
        yield from _section(part, f"{mark}#")


def _chart(chart: Chart) -> Iterator[str]:
    said = {f.name: getattr(chart, f.name) for f in fields(chart) if f.name != "table"}
    yield f"picture {_said({k: _plain(v) for k, v in said.items()})}"
    yield from _table(chart.table)


def _table(found: Table) -> Iterator[str]:
    yield f"table {found.name}: {found.title}, {len(found.rows)} rows{' (quiet)' if found.quiet else ''}"
    for column in found.columns:
        said = {f.name: getattr(column, f.name) for f in fields(column)}
        yield f"  {_said(said)}"
    for row in found.rows[:ROWS]:
        yield f"  {' | '.join(str(_plain(c)) for c in row)}"


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is not empty."""
    return {k: v for k, v in values.items() if v}


def _plain(value: Any) -> Any:
    """Return numbers with as many digits as mean something."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (tuple, list)) else value
