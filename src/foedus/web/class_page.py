"""The class: the question, the wall with every answer as a dot on one scale, and where an answer is handed in."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foedus.model.sizes import SIZES, size_of
from foedus.surfaces.svg.heaps import heap
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import counted, listing
from foedus.vocabulary.tables import Cell, Column, Table, safe, table
from foedus.web.address import Address, parse, write
from foedus.web.class_book import ClassBook
from foedus.web.framed import as_csv, as_json, framed
from foedus.web.held import Held
from foedus.web.quick import at_once
from foedus.web.shown import twice
from foedus.web.state import chips
from foedus.web.view import Shown

AGAIN: Final = 10
"""Seconds after which the wall looks again."""
_NAME, _SAYS, _BODY = 40, 280, 24_000
"""Letters of a name and of what is said, and bytes of a form."""
_WIDE, _PHONE = 1060.0, 354.0


def seated(held: Held, book: ClassBook) -> None:
    """Have a class work with what is held.

    Raises
    ------
    FoedusError
        There is no lever of a name that may be pulled, or the book holds answers about another case.
    """
    begun = begin(held)
    if any(name not in SIZES for name in book.may):  # the case is read for its own levers alone
        known = (*SIZES, *(lever.name for lever in held.own_levers(begun)))
        for name in book.may:
            if name not in known:
                raise fail(f"--may '{name}'", "there is no such lever", nearest(name, known))
    for answer in book.answers():
        path, _, words = answer.address.partition("?")
        other = parse(path, words)
        if (other.case, other.year) != (begun.case, begun.year):
            raise fail(f"--class {book.file}", f"it holds answers about '{other.dated}'", "Begin a new book")
    held.book = book


def book_of(held: Held) -> ClassBook:
    """Return the book of the class.

    Raises
    ------
    FoedusError
        No class is at work here.
    """
    if held.book is None:
        raise fail("'/class'", "no class is at work here", "Start the workbench with --class FILE")
    return held.book


def begin(held: Held) -> Address:
    """Return the page that all begin with: the playground of the case as it stands."""
    return Address(held.first, "play", year=held.first_year)


def wall(held: Held, request: Request) -> Response:
    """Return the wall: every answer a dot on the same scale, and what each of them changes; or all of it as data."""
    book, form = book_of(held), str(request.path_params.get("form", ""))
    if form == "csv":
        return as_csv(listed(book, said=safe))
    if form == "json":
        return Response(as_json(listed(book)), media_type="application/json")
    if form:
        raise fail(f"'.{form}'", "the wall has no such form", "Known names: json, csv")
    answers = book.answers()
    title = f"Chance of a body in a year in {counted(len(answers), 'answer')}"
    rows = [
        (a.name or f"Answer {a.number}", fine(a.body), _changes(held, a.address), a.says, a.address) for a in answers
    ]
    start = begin(held)
    words: dict[str, Any] = {
        "question": book.question or held.question(held.first),
        "may": f"What may be changed: {_may(held, book)}." if book.may else "",
        "start": write(start),
        "recorded": fine(at_once(held, start)["body"]),
        "heap": twice(lambda w: heap([a.body for a in answers], w, title, of="answer"), _WIDE, _PHONE)
        if answers
        else (),
        "rows": rows[::-1],
        "median": fine(_median([a.body for a in answers])) if answers else "",
        "take": [("CSV", "/class.csv"), ("JSON", "/class.json")],
    }
    return framed(held, Shown("class.html", "The class", words, _command(held, book), refresh=AGAIN), link="/class")


def _command(held: Held, book: ClassBook) -> str:
    case = held.first if held.first_year is None else f"{held.first}@{held.first_year}"
    may = [word for name in book.may for word in ("--may", name)]
    return shlex.join(
        [
            "foedus",
            "web",
            case,
            "--class",
            Path(book.file).name,
            *(["--question", book.question] if book.question else []),
            *may,
        ]
    )


def listed(book: ClassBook, *, said: Callable[[str], str] = str) -> Table:
    """Return every answer as a table; `said` is what strangers' words go through on their way."""
    columns = [
        Column("number", unsaid="count"),
        Column("at", "", "moment, UTC"),
        Column("name"),
        Column("body", "probability", "chance of a body in a year with the values in use", form="percent"),
        Column("address", "", "the page that shows its world"),
        Column("says"),
    ]
    rows: list[list[Cell]] = [[a.number, a.at, said(a.name), a.body, a.address, said(a.says)] for a in book.answers()]
    return table("answers", book.question, columns, rows)


def fine(p: float) -> str:
    """Return a chance with a digit more than elsewhere, for answers of one class are close together."""
    return f"{100.0 * p:.1f} %"


def _median(values: list[float]) -> float:
    ranked, n = sorted(values), len(values)
    return math.fsum((ranked[(n - 1) // 2], ranked[n // 2])) / 2


def _changes(held: Held, address: str) -> list[str]:
    path, _, words = address.partition("?")
    return [words for words, _ in chips("", parse(path, words), held.own_levers(begin(held)))]


def _may(held: Held, book: ClassBook) -> str:
    """Return what may be changed, in words."""
    own = held.own_levers(begin(held)) if any(m not in SIZES for m in book.may) else ()
    labels = (size_of(m, own).label for m in book.may)
    return listing(s if m not in SIZES else s.lower() for m, s in zip(book.may, labels, strict=True))


async def handed(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent.

    Raises
    ------
    FoedusError
        It is too large, or comes from a page of somebody else.
    """
    origin = urlsplit(request.headers.get("origin", "")).netloc
    site = request.headers.get("sec-fetch-site", "same-origin")  # a page that sends no referrer has no origin either
    if site not in ("same-origin", "none") or (origin and origin != request.headers.get("host", "")):
        raise fail("answer", "it comes from a page of somebody else", "Hand it in on the playground")
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > _BODY:
            raise fail("answer", "it is too long", f"A name of {_NAME} letters, and {_SAYS} to say")
    return dict(parse_qsl(sent.decode("utf-8", "replace"), keep_blank_values=True))


def hand_in(held: Held, fields: dict[str, str]) -> Response:
    """Keep an answer, and lead on to the wall.

    Parameters
    ----------
    held : Held
    fields : dict of str
        ``address`` of the page with the answer's world, ``name`` and ``says``, which may be empty.

    Raises
    ------
    FoedusError
        The address is wrong, or of another case than the question, or changes what may not be changed.
    """
    book, start = book_of(held), begin(held)
    path, _, words = fields.get("address", "").removeprefix(held.prefix).partition("?")
    address = parse(path, words).at("play")
    if (address.case, address.year) != (start.case, start.year):
        raise fail(f"'{address.dated}'", f"the question is about '{start.dated}'", "Answer it there")
    if book.may:
        pulled = [w.partition("=")[0].partition(".")[0] for w in address.levers]
        others = [w.partition("=")[0] for w in (*address.changes, *address.laws)] + list(address.without)
        others += [address.calibration] if address.calibration else []
        wrong = [w for w in (*pulled, *others) if w not in book.may]
        if wrong:
            only = f"Change {_may(held, book)} alone"
            raise fail(f"'{wrong[0]}'", "it may not be changed in this class", only)
    kept = replace(address, versus="", draws=None)
    body = float(at_once(held, kept)["body"])
    book.hand_in(fields.get("name", "").strip()[:_NAME], write(kept), body, fields.get("says", "").strip()[:_SAYS])
    return RedirectResponse(f"{held.prefix}/class", 303)
