"""Files: any record as a page, pictures, tidy tables and JSON, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foedus.asking.gloss import glossed
from foedus.surfaces.csv_on_the_web import IN_A_FOLDER, all_described
from foedus.surfaces.page import WIDE, page
from foedus.surfaces.plain import csv_tables, document
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import png_library, standalone, to_png
from foedus.vocabulary.record import Record
from foedus.vocabulary.whole import Contents, refuse_existing, refuse_missing, write_all


def page_text(record: Record) -> str:
    """Return a record as one self-contained HTML document."""
    return page(glossed(record), draw)


def write_page(
    record: Record,
    path: str | Path,
    figures: str | Path | None = None,
    form: str = "svg",
    *,
    overwrite: bool = False,
) -> list[Path]:
    """Write the page of a record and, to a new folder, its pictures: all or nothing.

    Parameters
    ----------
    record : Record
    path : str or Path
        The page.
    figures : str or Path, optional
        A new folder for the pictures.
    form : str
        Format of the pictures, ``svg`` or ``png``.
    overwrite : bool
        Whether a page that is there already is replaced.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    FoedusError
        Page or folder are there already, cannot be written, or PNG needs a library that is not installed.
    """
    refuse_existing(figures, None if overwrite else path)
    refuse_missing(path)
    results: dict[Path, Contents] = {Path(path): page_text(record)}
    if figures is None:
        return write_all(results)
    pictures = figure_files(record, form)
    write_all({**results, Path(figures): pictures})
    return [Path(path), *(Path(figures) / name for name in pictures)]


def figure_files(record: Record, form: str = "svg") -> dict[str, str | bytes]:
    """Return every picture of a record by the name of its file, as SVG or PNG.

    Raises
    ------
    FoedusError
        PNG needs a library that is not installed.
    """
    drawn = {chart.key: draw(chart, WIDE) for chart in record.charts()}
    pictures = {key: standalone(svg) for key, svg in drawn.items() if svg}
    return {f"{key}.{form}": svg if form == "svg" else to_png(svg) for key, svg in pictures.items()}


def refuse_form(form: str) -> None:
    """Say before any work is done that pictures cannot be written in a format.

    Raises
    ------
    FoedusError
        PNG needs a library that is not installed.
    """
    if form == "png":
        png_library()


def table_files(record: Record) -> dict[str, str]:
    """Return the tidy files of a record by name: one CSV per table, what their columns are, the whole record, a manifest."""
    manifest: Mapping[str, Any] = {
        **record.made,
        "kind": record.kind,
        "files": {
            f"{t.name}.csv": {
                "title": t.title,
                "columns": [c.about() for c in t.columns],
                "rows": len(t),
            }
            for t in record.tables()
        },
    }
    told = {"record.json": document(record), "manifest.json": json.dumps(manifest, indent=1, ensure_ascii=False)}
    return {**csv_tables(record), IN_A_FOLDER: all_described(record.tables(), record.made), **told}
