"""Files: results as records, pages, pictures and tidy tables, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
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
from foedus.surfaces.svg.pen import standalone, to_png
from foedus.vocabulary.errors import FoedusError, Problem, fail


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
    target = Path(path)
    if target.exists() and not overwrite:
        raise FoedusError(Problem(str(target), "this file is there already", "Name another one, or give --overwrite"))
    text = report_html(record(source) if isinstance(source, Assessment) else source)
    write_whole(target, text)
    return target


def save(assessment: Assessment, folder: str | Path) -> Path:
    """Write an assessment as tidy files: one CSV per table, the whole record and a manifest.

    Raises
    ------
    FoedusError
        The folder is there already, or cannot be written; nothing is left half-written.
    """
    target = Path(folder)
    if target.exists():
        raise FoedusError(Problem(str(target), "this folder is there already", "Name another one"))
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
    return write_folder(target, files)


def write_folder(target: Path, files: Mapping[str, str]) -> Path:
    """Write a new folder of text files so that it is either there whole or not at all.

    Raises
    ------
    FoedusError
        It cannot be written.
    """
    unfinished = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent)
        for stem, text in files.items():
            (Path(unfinished) / stem).write_text(text, encoding="utf-8")
        Path(unfinished).chmod(0o755)
        Path(unfinished).rename(target)
    except OSError as error:
        raise FoedusError(
            Problem(
                str(target),
                f"the folder could not be written ({error.strerror})",
                "Free some space or name another place",
            )
        ) from error
    finally:
        if unfinished and Path(unfinished).exists():
            shutil.rmtree(unfinished, ignore_errors=True)
    return target


def refuse_existing(*places: str | None) -> None:
    """Say before any work is done that a result has nowhere to go.

    Raises
    ------
    FoedusError
        A file or folder is there already.
    """
    taken = [p for p in places if p and Path(p).exists()]
    if taken:
        raise FoedusError([Problem(p, "this is there already", "Name another place") for p in taken])


def save_figures(record: Mapping[str, Any], folder: str | Path, form: str = "svg") -> list[Path]:
    """Write every picture of a record to a new folder, as SVG or PNG.

    Raises
    ------
    FoedusError
        The folder is there already, cannot be written, or PNG needs a library that is not installed.
    """
    target = Path(folder)
    refuse_existing(str(target))
    pictures = pictures_of(record)
    written = []
    for stem, svg in pictures.items():
        if svg:
            path = target / f"{stem}.{form}"
            write_whole(path, standalone(svg)) if form == "svg" else write_bytes(path, to_png(svg))
            written.append(path)
    return written


def write_bytes(target: Path, content: bytes) -> None:
    """Write a binary file so that it is either there whole or not at all; errors as :func:`write_whole`."""
    _write(target, lambda path: path.write_bytes(content))


def write_whole(target: Path, text: str) -> None:
    """Write a file so that it is either there whole or not at all.

    Raises
    ------
    FoedusError
        It cannot be written.
    """
    _write(target, lambda path: path.write_text(text, encoding="utf-8"))


def _write(target: Path, put: Callable[[Path], int]) -> None:
    unfinished = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        put(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise FoedusError(
            Problem(
                str(target),
                f"the file could not be written ({error.strerror})",
                "Free some space or name another place",
            )
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
