"""Plain forms of a record: JSON for programs and CSV for data frames."""

from __future__ import annotations

import json

from foedus.vocabulary.record import Record


def document(record: Record) -> str:
    """Return a record as JSON text."""
    return json.dumps(record.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)


def csv_tables(record: Record) -> dict[str, str]:
    """Return every table of a record as CSV text by file name."""
    return {f"{t.name}.csv": t.to_csv() for t in record.tables()}
