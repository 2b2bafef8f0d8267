"""History: a small store made of the tables of a made-up state system, for what is estimated from data."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from estimation.records import records
from foedus.archive.shelves import Store


def build(folder: Path) -> None:
    """Write the store into a folder, under ``history``."""
    tables = records().tables
    Store(folder / "history").put(
        {n: (t, f"{n}.csv", sha256(n.encode()).hexdigest(), "made up") for n, t in tables.items()}
    )
