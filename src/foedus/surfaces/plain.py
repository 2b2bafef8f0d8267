"""Plain forms of a record: JSON for programs, CSV for data frames, Markdown for the documentation."""

from __future__ import annotations

import json

from foedus.surfaces.reading import read
from foedus.vocabulary.record import Record
from foedus.vocabulary.tables import Table


def document(record: Record) -> str:
    """Return a record as JSON text."""
    return json.dumps(record.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)


def csv_tables(record: Record) -> dict[str, str]:
    """Return every table of a record as CSV text by file name."""
    return {f"{t.name}.csv": t.to_csv() for t in record.tables()}


def markdown(table: Table) -> str:
    """Return a table as Markdown, as people read it; for pages of the documentation."""
    columns = read(table)
    lines = ["| " + " | ".join(c.head + (f" ({c.unit})" if c.unit else "") for c in columns) + " |"]
    lines.append("|" + "|".join(" --: " if c.numeric else " --- " for c in columns) + "|")
    lines += ["| " + " | ".join(c.cells[n].replace("|", "\\|") for c in columns) + " |" for n in range(len(table))]
    return "\n".join(lines)
