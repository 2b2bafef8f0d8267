"""Pages as data: every page of a reader as JSON and as CSV, made from what they may read, as the pages are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from foedus.council import console_sheet, orders_sheet, year_sheet
from foedus.council.acts import FACILITATOR
from foedus.council.debrief_sheet import rows_of_debrief
from foedus.council.hall import Hall
from foedus.council.room_tables import architecture_csv, messages_csv, texts_csv
from foedus.council.tableside import Reader
from foedus.council.titles import title_of
from foedus.council.told_of_rooms import acts_csv, as_csv, decisions_csv, years_csv
from foedus.vocabulary.tables import safe

Rows = Sequence[Mapping[str, Any]]


def _read(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text)))


def _room(hall: Hall, r: Reader) -> Rows:
    """Return everything that lies in the room: what it is, its title, its state and since which year."""
    kinds = (
        "table",
        "channel",
        "concern",
        "text",
        "amendment",
        "treaty",
        "accession",
        "withdrawal",
        "quarrel",
        "mediation",
        "demarche",
    )
    return [
        {"what": kind, "id": i.id, "title": title_of(r.room, kind, i.id), "state": i.state, "year": i.year, "by": i.by}
        for kind in kinds
        for i in r.room.all(kind).values()
    ]


def _brief(hall: Hall, r: Reader) -> Rows:
    handed = year_sheet.handed(hall.form.exercise, r.seat, now=r.room.year > hall.form.first)
    lines = [(part["title"], x["words"], x["marks"]) for part in handed["parts"] for x in part["lines"]]
    lines += [("In force", words, ()) for words in year_sheet.in_force_said(r)]
    notes = handed["notes"]
    return [
        {"part": part, "words": words, "from": "; ".join(notes[m - 1] for m in marks)} for part, words, marks in lines
    ]


def _orders(hall: Hall, r: Reader) -> Rows:
    return [
        {
            "year": item.get("year"),
            "seat": item.get("state"),
            "state": item.state,
            "order": d["words"],
            "said": d["said"],
        }
        for item in r.room.orders.values()
        for d in orders_sheet.decided(r, dict(item.data))
    ]


def _year(hall: Hall, r: Reader) -> Rows:
    return _read(years_csv(r.room))


def _seen(r: Reader) -> Sequence[Any]:
    return r.sight.events[: r.sight.count]


def _console(hall: Hall, r: Reader) -> Rows:
    known = ("code", "name", "people", "heard", "state", "acts")
    return [{k: seat[k] for k in known} for seat in console_sheet.seats_of(hall, r)]


MADE: Final[Mapping[str, Callable[[Hall, Reader], Rows]]] = {
    "room": _room,
    "brief": _brief,
    "orders": _orders,
    "year": _year,
    "debrief": rows_of_debrief,
    "replay": lambda hall, r: _read(acts_csv([one.event for one in _seen(r)])),
    "console": _console,
    "texts": lambda hall, r: _read(texts_csv(hall.form, _seen(r))),
    "messages": lambda hall, r: _read(messages_csv(_seen(r))),
    "decisions": lambda hall, r: _read(decisions_csv(r.room)),
    "architecture": lambda hall, r: _read(architecture_csv(hall.form, _seen(r))),
}
"""What a page is as rows; those behind the console have no page of their own, and stand in the export too."""
OF_ALL: Final = ("room", "texts", "messages", "decisions", "architecture")
"""Those that no page of the bar decides who has."""


def page_data(hall: Hall, r: Reader, name: str) -> Rows:
    """Return a page as rows.

    Parameters
    ----------
    hall : Hall
    r : Reader
        Who reads; nothing is in it that they may not.
    name : str
        One of :data:`MADE`.
    """
    return MADE[name](hall, r)


def may_have(r: Reader, name: str, pages: Sequence[str]) -> bool:
    """Return whether a reader has a page of this name: those of the bar that are theirs, and what every reader has."""
    return name in MADE and (name in OF_ALL or name in pages) and (name != "console" or r.viewer.role == FACILITATOR)


def as_table(rows: Rows) -> str:
    """Return rows as CSV, cells that a spreadsheet would obey quoted; a number below nothing is none of them."""
    columns = list(rows[0]) if rows else ["nothing"]
    cells = (
        [safe(v) if isinstance(v, str) and v[:1] != "'" and not _number(v) else v for v in row.values()] for row in rows
    )
    return as_csv(columns, cells)


_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


def _number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None
