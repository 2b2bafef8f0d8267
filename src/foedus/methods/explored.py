"""Explored: what was found of sensitivity and discovery, read back from its file and told beside an assessment."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.draws.fileset import to_json
from foedus.draws.parts import seal
from foedus.methods.importance import Importance
from foedus.methods.sensitivity import Index
from foedus.methods.sweep import SAME_QUESTION, identity
from foedus.methods.tables_of_sensitivity import worded
from foedus.methods.told_of_discovery import BOXES, WAY, Searched, told
from foedus.methods.told_of_sensitivity import record_of
from foedus.methods.what_moves import PHRASE
from foedus.questions.findings import Assessment
from foedus.version import __version__
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Record, Section, plain
from foedus.vocabulary.tables import Cell, Column, Table, table

Document = Mapping[str, Any]

KINDS: Final = ("sensitivity", "discovery")
"""Kinds of records that can be read back."""


REMEDY: Final = "Make one with: foedus sensitivity CASE --method rank,morris,sobol -o DIR"


def as_written(document: Any, told: Record) -> bool:
    """Return whether a document is as it was written: every record bears a hash of its numbers, the older form one of its text.

    Parameters
    ----------
    document : mapping
        As JSON gives it.
    told : Record
        As :func:`read` made it of the document.
    """
    if "sections" in document:
        return bool(document["made"] == json.loads(json.dumps(plain(told.made))))
    rest = {k: v for k, v in document.items() if k != "seal"}
    return bool(document.get("seal") == seal(to_json(rest)))


def read(document: Any, where: str) -> Record:
    """Return the record that a document holds, also in the form that was written before records were.

    Parameters
    ----------
    document : object
        As JSON gives it.
    where : str
        Its folder, for sentences.

    Raises
    ------
    FoedusError
        It is none of sensitivity or discovery, or of a form that this version does not know.
    """
    made = document.get("made", document.get("made_with")) if isinstance(document, Mapping) else None
    if not isinstance(made, Mapping) or not _kind(document):
        raise fail(
            where,
            "this is no folder that foedus sensitivity or foedus discover wrote",
            REMEDY,
        )
    try:
        return record_of(_importance(document)) if _kind(document) == "sensitivity" else told(_boxes(document))
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, StopIteration) as error:
        there = str(made.get("foedus") or __version__)
        if there == __version__:
            raise fail(where, "its record.json is damaged", "Make the folder again with the same command") from error
        raise fail(
            where,
            f"foedus {there} wrote it in a form that foedus {__version__} does not read",
            f"Show it with foedus {there}, or make the folder again with this version",
        ) from error


def _kind(document: Document) -> str:
    if document.get("kind") in KINDS:
        return str(document["kind"])
    return "sensitivity" if "indices" in document else "discovery" if "boxes" in document else ""


def _rows(document: Document, name: str, older: str) -> list[Mapping[str, Any]]:
    """Return the rows of a table of a record by column, or those of a document of the older form."""
    if "sections" not in document:
        # the older form named numbers by their labels alone
        return [
            {**r, "label": r["number"], "number": worded(r["number"])} if "box" in r and "words" in r else r
            for r in document[older]
        ]
    found = next(t for t in (s["tables"].get(name) for s in document["sections"]) if t is not None)
    names = [c["name"] for c in found["columns"]]
    return [dict(zip(names, row, strict=True)) for row in found["rows"]]


def _facts(document: Document) -> Mapping[str, Any]:
    """Return what was asked: in a record it stands under what it was made with."""
    found: Mapping[str, Any] = document.get("made", document)
    return found


def _importance(document: Document) -> Importance:
    facts = _facts(document)
    found = tuple(
        Index(
            str(r["method"]),
            str(r["number"]),
            str(r["measure"]),
            int(r["rounds"]),
            *_numbers(r, "value", "low", "high"),
        )
        for r in _rows(document, "sensitivity", "indices")
    )
    if not found:
        raise ValueError
    together = tuple(map(str, facts["drawn_together"]))
    return Importance(
        facts["quantity"], facts["quantity"], found, int(facts["seed"]), together, dict(facts["made_with"])
    )


def _numbers(row: Mapping[str, Any], *names: str) -> list[float]:
    return [math.nan if row[n] is None else float(row[n]) for n in names]


def _boxes(document: Document) -> Searched:
    facts = _facts(document)
    boxes = _table(
        "boxes", f"Where {facts['goal']}", BOXES, _rows(document, "boxes", "boxes") if _any(document) else []
    )
    way = _rows(document, "trade_off", "trade_off") if _any(document) else []
    title = f"Coverage against density: {facts['goal']}"
    return Searched(
        str(facts["goal"]),
        str(facts["source"]),
        int(facts["draws"]),
        int(facts["hits"]),
        int(facts["seed"]),
        boxes,
        replace(_table("trade_off", title, WAY, way), quiet=True),
        dict(facts["made_with"]),
    )


def _any(document: Document) -> bool:
    """Return whether any box was found: a record without boxes has no tables."""
    return "sections" not in document or bool(document["sections"])


def _table(name: str, title: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Cell]]) -> Table:
    return table(name, title, columns, [[r[c.name] for c in columns] for r in rows])


def same_question(found: Record, assessment: Assessment) -> None:
    """Refuse an exploration that is about another question than an assessment.

    Raises
    ------
    FoedusError
        Case, parameters, calibration, changes, mechanisms or procedures differ.
    """
    there = found.made["made_with"]
    here = json.loads(json.dumps(identity(assessment.task)))
    # a run of the older form could not ask for other procedures, and only one with levers names them
    silent: dict[str, object] = {"laws": {}, "levers": {}, "lever_facts": {}}
    other = [k.replace("_", " ") for k in SAME_QUESTION if there.get(k, silent.get(k)) != here.get(k, silent.get(k))]
    if other:
        raise fail(
            f"exploration of {there.get('case', 'no case')}",
            f"it is about another question: {', '.join(other)} differ",
            "Give both commands the same case, --set, --without, --law and --calibration",
        )


def sections_of(found: Sequence[Record], assessment: Assessment) -> tuple[Section, ...]:
    """Return explorations of the same question as sections that stand beside those of an assessment.

    Every key and table in one bears its number, from 1.

    Raises
    ------
    FoedusError
        One is about another question.
    """
    for record in found:
        same_question(record, assessment)
    return tuple(_section(record).under(f"explored-{n}") for n, record in enumerate(found, 1))


def _section(found: Record) -> Section:
    made = found.made
    last = f"foedus {made['foedus']} · seed {made['seed']} · {made['draws']} draws · code {made['code']}"
    return Section("explored", found.title, found.says, notes=(last,), sections=found.sections)


def says_what_matters(found: Record) -> bool:
    """Return whether an exploration has the list of numbers that an assessment would make again from its own draws."""
    asked = found.made.get("quantity") == PHRASE and "rank" in str(found.made.get("methods", ""))
    return found.kind == "sensitivity" and asked
