"""Opening a case: a place and a year, from historical data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.archive.opening import open_source
from foedus.archive.record_case import case_from_record, files_from_record
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
    return files_from_record(name, open_source(None), region, year, states, adversaries, hub)
