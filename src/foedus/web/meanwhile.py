"""Meanwhile: what is known of a case before the model is there: its record as a page, which looks again by itself."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from foedus.casebook.in_force import bodies, bounds, map_chart, spells
from foedus.casebook.reader import case_names, library_folder, read_case
from foedus.casebook.series import in_year
from foedus.casebook.yaml_file import head_of
from foedus.surfaces.svg.spells import Bar, timeline
from foedus.vocabulary.errors import FoedusError
from foedus.web.coming import AGAIN, not_yet
from foedus.web.shown import BAR, charted, filled, twice
from foedus.web.who_and_what import about

_MOST: Final = 8
"""Records that are held as pages."""

_ONE: Final = threading.Lock()

_COMING: Final = (
    "The number is being worked out, and comes by itself: in a second or two, or, where this machine has to compile first "
    "what it computes with, in about a minute."
)


def of_address(request: Request, first: Path, year: int | None = None) -> tuple[Path, int | None] | None:
    """Return the case whose answer a reader asks for, with its year; None where it is no such page, or says more than that.

    Parameters
    ----------
    request : Request
    first : Path
        Folder of the case that the start shows.
    year : int, optional
        The year in which it is shown.
    """
    if request.url.query:
        return None
    if request.url.path == "/":
        return first, year
    before, _, name = request.url.path.rpartition("/c/")
    if before or not name:
        return None
    name = unquote(name)
    if name == first.name:
        return first, None
    return (library_folder() / name, None) if name in case_names() else None


def instead(found: tuple[Path, int | None] | None, first: Path, prefix: str) -> Response:
    """Return the record of a case in the place of its answer; where it cannot be read, the page that says to wait.

    Parameters
    ----------
    found : tuple of Path and int, optional
        Of :func:`of_address`.
    first : Path
    prefix : str
        What stands before every address.
    """
    if found is None:
        return not_yet(prefix)
    try:
        with _ONE:  # who comes while it is drawn waits for it, which is sooner than to draw it twice at once
            page = _written(*found, first, prefix)
    except FoedusError:  # what is wrong is said when the case is asked
        return not_yet(prefix)
    return Response(page, 200, {"cache-control": "no-store", "retry-after": str(AGAIN)}, "text/html")


@lru_cache(maxsize=_MOST)
def _written(folder: Path, year: int | None, first: Path, prefix: str) -> str:
    whole = read_case(folder)
    case = whole if year is None else in_year(whole, year)
    heads = {
        p.name: head_of(p / "case.yaml", "title", "question")
        for p in dict.fromkeys((first, *(library_folder() / n for n in case_names())))
    }
    titles = {n: str(h.get("title") or n) for n, h in heads.items()}
    here = f"/c/{quote(folder.name, safe='@')}"
    asked = "" if year is None else f"?year={year}"
    chart, ends = map_chart(case), bounds(whole)
    bars = [Bar(s.label, s.name, s.kind, s.begun, s.ended) for s in spells(whole)]
    title = f"What was in force: {whole.title}"
    return filled(
        "meanwhile.html",
        prefix=prefix,
        title=case.title,
        cases=titles,
        here=folder.name,
        case_title=titles.get(folder.name, case.title),
        nav=[(w, (here if p == "answer" else f"{here}/{p}") + asked, p == "answer") for w, p in BAR]
        + [("Docs", "/docs", False)],
        command="",
        made={},
        take=[],
        cite=None,
        older=None,
        again=AGAIN,
        question=case.question,
        further="further " if bodies(case) else "",
        coming=_COMING,
        **about(case, f"@{year}" if year is not None else ""),
        year=case.as_of.year,
        map=charted(chart, 840.0, 354.0),
        map_words=chart.caption,
        years=twice(lambda width: timeline(bars, {}, ends, width, title, case.as_of.year), 840.0, 354.0),
        others=[(n, t, str(heads[n].get("question") or "")) for n, t in titles.items() if n != folder.name],
    )
