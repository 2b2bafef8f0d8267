"""Questions with outcomes: dated questions from a CSV or YAML file, whoever wrote it; bad rows become sentences."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from foedus.forecasts.given import COLUMNS, from_cells, from_yaml
from foedus.forecasts.words import QueryForm
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.vocabulary.inputs import read_input
from foedus.vocabulary.states import known_ids

_EXPORTED: Final = (
    ("publish_time", "publish_date", "published_at", "open_time", "created_time", "created_at", "created_date"),
    ("scheduled_close_time", "close_time", "scheduled_resolve_time", "resolve_time", "end_date", "closes_at"),
)
"""Headings of opening and closing in public exports."""

HEADERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": ("id", "qid", "question_id", "number", "no"),
        "text": ("question", "text", "title", "question_text", "wording"),
        "opened": (
            "opened",
            "open",
            "open_date",
            "opens",
            "asked",
            "asked_on",
            "as_of",
            "created",
            "start",
            *_EXPORTED[0],
        ),
        "closes": (
            "closes",
            "close",
            "close_date",
            "closed",
            "deadline",
            "due",
            "resolve_by",
            "by",
            "end",
            *_EXPORTED[1],
        ),
        "outcome": ("outcome", "resolution", "resolved", "answer", "result"),
        "natural": ("natural_in_2020", "natural", "asked_before", "foresight"),
        "hindsight": ("hindsight", "asked_after"),
        "category": ("category", "topic", "group"),
        **{name: (name,) for name in COLUMNS},
    }
)
"""Headings under which a column is found; any case, any order, spaces or hyphens for underscores."""

YES: Final = frozenset(("yes", "y", "true", "1", "1.0", "happened", "occurred"))
NO: Final = frozenset(("no", "n", "false", "0", "0.0", "did not happen"))
OPEN: Final = frozenset(
    (
        "",
        "open",
        "pending",
        "unresolved",
        "unknown",
        "n/a",
        "na",
        "none",
        "null",
        "-",
        "tbd",
        "?",
        "void",
        "annulled",
        "ambiguous",
    )
)

LONGEST_ID: Final = 80
"""Letters of the name of a question (judged: ids of public sets have at most 20)."""
LONGEST_LABEL: Final = 2000
"""Letters of its text, where it is a label; what is to be understood is shorter."""

_MONTHS = {m.casefold(): k for k, m in enumerate(calendar.month_name) if m} | {
    m.casefold(): k for k, m in enumerate(calendar.month_abbr) if m
}


@dataclass(frozen=True)
class Question:
    """One dated question.

    Attributes
    ----------
    id, text : str
    opened, closes : datetime.date or None
        First and last day; None where the file does not say.
    outcome : bool or None
        What happened; None while nobody knows, and where it is no yes or no.
    resolved : str
        What happened, as the file says it: a number, a list of states, a year.
    hindsight : bool
        Whether it is worded with knowledge of what came after.
    category, where : str
        Group; file and line.
    before : str
        Text of the question above, for those that only say "same".
    asks : QueryForm or None
        What it asks, where the file says so outright; the text is a label then.
    """

    id: str
    text: str
    opened: dt.date | None
    closes: dt.date | None
    outcome: bool | None
    hindsight: bool = False
    category: str = ""
    where: str = ""
    before: str = ""
    asks: QueryForm | None = None
    resolved: str = ""

    @property
    def says_the_same(self) -> bool:
        """Whether it only repeats the question above, with another date."""
        return self.text.casefold().startswith("same")


def date_of(text: str, last: bool = False) -> dt.date:
    """Return the day a date means; of a year or month alone the first day, or the last.

    Parameters
    ----------
    text : str
        ISO year, month or day (a time after it is ignored), ``2020/12/29``, ``29 Dec 2020``, ``December 29, 2020`` or ``December 2020``.
    last : bool

    Raises
    ------
    ValueError
        Not one of these, or no such day. ``03/04/2021`` is refused: it means two days.
    """
    said = text.strip()
    if found := re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d.*)?", said):
        year, month, day = (int(g) if g else None for g in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})\.? ([A-Za-z]+)\.?,? (\d{4})", said):
        day, month, year = int(found[1]), _MONTHS.get(found[2].casefold()), int(found[3])
    elif found := re.fullmatch(r"([A-Za-z]+)\.? (\d{1,2}),? (\d{4})", said):
        day, month, year = int(found[2]), _MONTHS.get(found[1].casefold()), int(found[3])
    elif found := re.fullmatch(r"([A-Za-z]+)\.?,? (\d{4})", said):
        day, month, year = None, _MONTHS.get(found[1].casefold(), 0), int(found[2])
    else:
        raise ValueError(f"'{said[:40]}' is not a date that means one day")
    if year is None or (month is None and day is not None):
        raise ValueError(f"'{said[:40]}' has no such month")
    month = (12 if last else 1) if month is None else month
    if not 1 <= month <= 12 or not year >= dt.MINYEAR:
        raise ValueError(f"'{said[:40]}' has no such month")
    return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))


def _decoded(path: Path) -> tuple[str, list[Problem]]:
    try:
        raw = read_input(path)
    except FoedusError as error:
        (problem,) = error.problems
        raise FoedusError(
            Problem(str(path), f"the questions cannot be read ({problem.what})", "Check the path")
        ) from error
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace"), []
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        told = Problem(f"{path.name}:{line}", "the file is not UTF-8; it is read as Windows-1252", "Save it as UTF-8")
        return raw.decode("cp1252", errors="replace"), [told]


def _delimiter(head: str) -> str:
    """Return the separator that stands most often in the first line."""
    return max(",;\t|", key=lambda c: (head.count(c), c == ","))


def _columns(header: Sequence[str], path: Path) -> dict[str, int]:
    """Return where each column stands.

    Raises
    ------
    FoedusError
        No column holds the questions, or one heading stands twice.
    """
    plain = [re.sub(r"[\s-]+", "_", h.strip().strip("\ufeff").casefold()) for h in header]
    found: dict[str, int] = {}
    for name, known in HEADERS.items():
        places = [plain.index(k) for k in known if k in plain]
        if any(plain.count(k) > 1 for k in known):
            raise FoedusError(Problem(f"{path.name}:1", f"a column for '{name}' stands twice", "Keep one of them"))
        if places:
            found[name] = places[0]
    if "kind" not in found or len(found.keys() & set(COLUMNS)) < 2:
        found = {name: k for name, k in found.items() if name not in COLUMNS}
    if "text" not in found:
        raise FoedusError(
            Problem(
                f"{path.name}:1",
                "no column holds the questions",
                f"Head it 'question'; the others are {', '.join(h[0] for k, h in HEADERS.items() if k != 'text')}",
            )
        )
    return found


def _rows(text: str, delimiter: str, path: Path, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(f"{path.name}:{line}", f"this row cannot be read ({error})", "Check its quotes"))
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def read_questions(path: str | Path) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Return the questions of a file that make sense, and a sentence about every row that does not.

    Parameters
    ----------
    path : str or Path
        CSV with a heading; comma, semicolon, tab or bar between the cells; UTF-8, UTF-16 or Windows-1252. Or YAML, by
        its ending.

    Returns
    -------
    questions : tuple of Question
    problems : tuple of Problem
        With file and line.

    Raises
    ------
    FoedusError
        The file cannot be read, no column holds the questions, or no row is a question.
    """
    target = Path(path)
    if target.suffix.casefold() in (".yaml", ".yml"):
        return _of_yaml(target)
    text, problems = _decoded(target)
    rows = _rows(text, _delimiter(text.lstrip().partition("\n")[0]), target, problems)
    header = next(rows, None)
    if header is None:
        raise FoedusError(Problem(target.name, "the file is empty", "Give a heading and one question a line"))
    columns = _columns(header[1], target)
    problems += _unused(header[1], columns, target)
    found: list[Question] = []
    for line, row in rows:
        where = f"{target.name}:{line}"
        cells = {name: row[k].strip() if k < len(row) else "" for name, k in columns.items()}
        if len(row) > len(header[1]):
            problems.append(
                Problem(
                    where,
                    f"there are {len(row)} cells under {len(header[1])} headings",
                    "Put quotes around a text with a comma",
                )
            )
            continue
        made = _question(cells, where, found)
        if isinstance(made, Question):
            found.append(made)
        else:
            problems.append(made)
    if not found:
        raise FoedusError(
            problems or Problem(target.name, "there is no question below the heading", "Give one question a line")
        )
    return tuple(found), tuple(problems)


def _is_resolved(said: str) -> bool:
    """Return whether an outcome that is no yes or no is a number, a year, nobody, or ids of states."""
    listed = re.fullmatch(r"[a-z]{3}(?:[ ,;]+[a-z]{3})*", said)
    ids = re.split(r"[ ,;]+", said.upper()) if listed else []
    return bool(re.fullmatch(r"[0-9]{1,4}|nobody|first|second|both|neither|(?:first|second) alone", said)) or (
        bool(ids) and known_ids().issuperset(ids)
    )


def _of_yaml(path: Path) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    found: list[Question] = []
    problems: list[Problem] = []
    for cells, asks, where in from_yaml(path):
        made = _question(cells, where, found)
        if isinstance(made, Question):
            found.append(replace(made, asks=asks))
        else:
            problems.append(made)
    if not found:
        raise FoedusError(problems or Problem(path.name, "there is no question in it", "See docs/forecast.md"))
    return tuple(found), tuple(problems)


def _unused(header: Sequence[str], columns: Mapping[str, int], path: Path) -> list[Problem]:
    """Return notes about columns that are not read: heads like one that is missing, and dates where a date is missing."""
    spare = [h.strip() for k, h in enumerate(header) if k not in columns.values() and h.strip()]
    absent = {word: name for name, words in HEADERS.items() if name not in columns for word in words}
    found: list[Problem] = []
    for h in spare:
        bare = re.sub(
            r"\x1b\[[\d;]*\w|[^\w\s-]", "", h
        ).casefold()  # what colours a head or hides in it is no letter of it
        like = difflib.get_close_matches(re.sub(r"[\s-]+", "_", bare), absent, n=1, cutoff=0.8)
        if like:
            meant = (
                f"Did you mean '{like[0]}'?"
                if h.isprintable()
                else f"Write '{like[0]}' without signs that are not seen"
            )
            found.append(Problem(f"{path.name}:1", f"the column '{h[:30]}' is not read", meant))
    return found + _dates_unused(header, columns, path)


def _dates_unused(header: Sequence[str], columns: Mapping[str, int], path: Path) -> list[Problem]:
    """Return a note about columns that look like dates and are not read, where a date is missing."""
    missing = [name for name in ("opened", "closes") if name not in columns]
    dates = [
        h.strip()
        for k, h in enumerate(header)
        if k not in columns.values() and re.search(r"(?i)(?:time|date|_at)$", h.strip())
    ]
    if not missing or not dates:
        return []
    what = (
        f"{', '.join(d[:30] for d in dates[:6])} is not read, and no column says when a question {' or '.join(missing)}"
    )
    return [Problem(f"{path.name}:1", what, f"Head a column {' or '.join(missing)}")]


def _question(cells: Mapping[str, str], where: str, above: Sequence[Question]) -> Question | Problem:
    """Return a question, or what is wrong with its row."""
    try:
        asks = from_cells(cells, where)
    except FoedusError as error:
        return error.problems[0]
    name = cells.get("id") or f"row {where.rpartition(':')[2]}"
    if not cells["text"]:
        return Problem(where, f"{name} asks nothing", "Write the question, or take the row out")
    for what, said, most in (("the id", name, LONGEST_ID), ("the question", cells["text"], LONGEST_LABEL)):
        if len(said) > most:
            return Problem(where, f"{what} has {len(said):,} letters, and at most {most:,} are read", "Shorten it")
    if any(q.id == name for q in above):
        return Problem(where, f"the id '{name}' stands above already", "Give every question its own id")
    days: dict[str, dt.date | None] = {}
    for column, last in (("opened", False), ("closes", True)):
        said = cells.get(column, "")
        try:
            days[column] = date_of(said, last) if said else None
        except ValueError as error:
            return Problem(where, f"{column}: {error}", "Write year-month-day, as 2025-12-31")
    opened, closes = days["opened"], days["closes"]
    if opened and closes and closes < opened:
        return Problem(where, f"{name} closes on {closes}, before it opens on {opened}", "Check the two dates")
    said = cells.get("outcome", "").strip().casefold()
    outcome = True if said in YES else False if said in NO else None
    if outcome is None and said not in OPEN and not _is_resolved(said):
        return Problem(
            where,
            f"the outcome '{cells['outcome'][:40]}' is neither yes nor no",
            "Write yes, no or nothing; a number, ids of states or a year for how many, which and when",
        )
    late = cells.get("natural", "").casefold() in NO or cells.get("hindsight", "").casefold() in YES
    done = said if said not in OPEN else ""
    group = cells.get("category", "")
    return Question(name, cells["text"], opened, closes, outcome, late, group, where, _asked(above), asks, done)


def _asked(above: Sequence[Question]) -> str:
    """Return what the question above asks, looking through those that only say "same"."""
    for question in reversed(above):
        if not question.says_the_same:
            return question.text
    return ""
