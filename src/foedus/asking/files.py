"""Files: results as records, pages, pictures and tidy tables, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from foedus.methods.importance import cheap_importance
from foedus.methods.sweep import SAME_QUESTION, identity
from foedus.questions.assessment import Assessment
from foedus.questions.study import name
from foedus.reports import tables
from foedus.reports.page import pictures_of, report_html
from foedus.reports.record import document
from foedus.reports.sensitivitytables import importance_record
from foedus.surfaces.svg.pen import png_library, standalone, to_png
from foedus.vocabulary.errors import fail
from foedus.vocabulary.whole import Contents, refuse_existing, refuse_missing, write_all, write_folder


def record(assessment: Assessment, explored: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return an assessment as one plain document, with the effects of single changes and what moves its answer.

    Parameters
    ----------
    assessment : Assessment
    explored : iterable of mapping
        Explorations of the same question, as :func:`read_exploration` returns them, for the page.

    Raises
    ------
    FoedusError
        One of them is about another question.
    """
    more = [_same_question(found, assessment) for found in explored]
    moves = cheap_importance(assessment, "chance of a body", name("forms", "body", "", "probability"))
    return {
        **document(assessment, assessment.effects),
        "sensitivity": importance_record(moves) if moves else None,
        **({"explored": more} if more else {}),
    }


def read_exploration(folder: str | Path) -> dict[str, Any]:
    """Return the record of a folder that :func:`foedus.asking.save_exploration` wrote.

    Raises
    ------
    FoedusError
        There is none.
    """
    try:
        found: dict[str, Any] = json.loads((Path(folder) / "record.json").read_text(encoding="utf-8"))
        if isinstance(found["made_with"], dict) and ("indices" in found or "boxes" in found):
            return found
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise fail(
        str(folder),
        "this is no folder that foedus sensitivity or foedus discover wrote",
        "Make one with: foedus sensitivity CASE --method rank,morris,sobol -o DIR",
    )


def _same_question(found: Mapping[str, Any], assessment: Assessment) -> Mapping[str, Any]:
    here = json.loads(json.dumps(identity(assessment.task)))
    other = [k.replace("_", " ") for k in SAME_QUESTION if found["made_with"].get(k) != here[k]]
    if other:
        raise fail(
            f"exploration of {found['made_with'].get('case', 'no case')}",
            f"it is about another question: {', '.join(other)} differ",
            "Give both commands the same case, --set, --without and --calibration",
        )
    return found


def report(source: Assessment | Mapping[str, Any], path: str | Path, *, overwrite: bool = False) -> Path:
    """Write one self-contained page about an assessment.

    Raises
    ------
    FoedusError
        The file is there already, or cannot be written.
    """
    return report_with_figures(source, path, overwrite=overwrite)[0]


def report_with_figures(
    source: Assessment | Mapping[str, Any],
    page: str | Path,
    figures: str | Path | None = None,
    form: str = "svg",
    *,
    overwrite: bool = False,
) -> list[Path]:
    """Write the page about an assessment and, to a new folder, its pictures: all or nothing.

    Raises
    ------
    FoedusError
        Page or folder are there already, cannot be written, or PNG needs a library that is not installed.
    """
    refuse_existing(figures, None if overwrite else page)
    refuse_missing(page)
    told = record(source) if isinstance(source, Assessment) else source
    results: dict[Path, Contents] = {Path(page): report_html(told)}
    if figures is None:
        return write_all(results)
    pictures = figure_files(told, form)
    write_all({**results, Path(figures): pictures})
    return [Path(page), *(Path(figures) / name for name in pictures)]


def save(assessment: Assessment, folder: str | Path) -> Path:
    """Write an assessment as tidy files: one CSV per table, the whole record and a manifest.

    Raises
    ------
    FoedusError
        The folder is there already, or cannot be written; nothing is left half-written.
    """
    refuse_existing(folder)
    return write_folder(Path(folder), assessment_files(assessment))


def assessment_files(assessment: Assessment) -> dict[str, str]:
    """Return the tidy files of an assessment by name: one CSV per table, the whole record and a manifest."""
    effects = assessment.effects
    whole = document(assessment, effects)
    found = tables.every_table(assessment, effects)
    manifest = {
        "foedus": whole["foedus"],
        "seed": assessment.seed,
        "draws": assessment.draws,
        "hashes": whole["hashes"],
        "case": assessment.case.name,
        "without": list(assessment.task.without),
        "changes": whole["changes"],
        "files": {
            f"{t.name}.csv": {"title": t.title, "columns": [vars(c) for c in t.columns], "rows": len(t)} for t in found
        },
    }
    files = {f"{t.name}.csv": t.to_csv() for t in found}
    for stem, content in (("assessment.json", whole), ("manifest.json", manifest)):
        files[stem] = json.dumps(content, indent=1, ensure_ascii=False)
    return files


def figure_files(record: Mapping[str, Any], form: str = "svg") -> dict[str, str | bytes]:
    """Return every picture of a record by the name of its file, as SVG or PNG.

    Raises
    ------
    FoedusError
        PNG needs a library that is not installed.
    """
    pictures = {stem: standalone(svg) for stem, svg in pictures_of(record).items() if svg}
    return {f"{stem}.{form}": svg if form == "svg" else to_png(svg) for stem, svg in pictures.items()}


def refuse_form(form: str) -> None:
    """Say before any work is done that pictures cannot be written in a format.

    Raises
    ------
    FoedusError
        PNG needs a library that is not installed.
    """
    if form == "png":
        png_library()


def save_figures(record: Mapping[str, Any], folder: str | Path, form: str = "svg") -> list[Path]:
    """Write every picture of a record to a new folder, all or none; errors as :func:`report_with_figures`."""
    files = figure_files(record, form)
    target = write_folder(Path(folder), files)
    return [target / name for name in files]
