"""Opening a case: a place and a year, from historical data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from foedus.archive.opening import open_source, versions
from foedus.archive.pledges import Source
from foedus.archive.record_case import case_from_record, files_from_record
from foedus.archive.record_year import RecordYear, read_year
from foedus.casebook.filled_in import NOTHING, Answers
from foedus.vocabulary.libraries import need


def case_from_data(
    folder: str | Path,
    region: str,
    year: int,
    *,
    data: str | Path | None = None,
    states: Sequence[str] = (),
    adversaries: Sequence[str] = (),
    hub: str = "",
    answers: Answers = NOTHING,
) -> Path:
    """Write a case of a region in a year; ``data`` is a store or tidy tables, the rest as in :func:`case_from_record`.

    Raises
    ------
    FoedusError
        As :func:`case_from_record`; there are no data, or no library to read them.
    """
    need("polars", "data", "a case from historical data")
    source = open_source(data)
    return case_from_record(
        folder, source, region, year, states=states, adversaries=adversaries, hub=hub, answers=answers
    )


def files_from_data(
    name: str, region: str, year: int, states: Sequence[str] = (), adversaries: Sequence[str] = (), hub: str = ""
) -> dict[str, str]:
    """Return the files of such a case from the user's own store, by name; errors as :func:`case_from_data`."""
    need("polars", "data", "a case from historical data")
    return files_from_record(name, open_source(None), region, year, states, adversaries, hub, _year)


def _year(source: Source, year: int) -> RecordYear:
    """Return a year of a store, read once as long as its tables stay as they are: who is in a case changes none of it."""
    tables = tuple((table, v["sha256"]) for table, v in versions(source).items())  # type: ignore[arg-type]  # one that was opened
    return _read(str(source.folder), tables, year)  # type: ignore[attr-defined]


@lru_cache(maxsize=4)
def _read(folder: str, tables: tuple[tuple[str, str], ...], year: int) -> RecordYear:
    return read_year(open_source(folder), year)
