"""Books: the documentation in the same dress, searchable offline; the laws, and the parameters with their ranges."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.parameters import Parameters
from foedus.questions.made_of import ingredients
from foedus.questions.theory_tables import mechanisms_table, parameters_table
from foedus.surfaces.reading import read
from foedus.surfaces.svg.pen import to_png
from foedus.version import __version__
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.tables import Cell, Column, Table, table
from foedus.web.address import no_form, version_of
from foedus.web.formulas import put_back, set_aside, without
from foedus.web.framed import as_csv, as_json, framed, taking
from foedus.web.held import Held
from foedus.web.number_drawn import as_yaml, ranges
from foedus.web.shown import WIDE, exported
from foedus.web.view import Shown

_MOST: Final = 24
"""Places that a search lists."""
_AROUND: Final = 90
"""Letters before and after a word that is found."""
_LISTED: Final = ("json", "csv", "svg", "png", "yaml")
"""Forms of the list of parameters, and of a law that has some, besides the page."""
_UNSEEN: Final = ("json", "csv", "yaml")
"""Those of what no picture shows: the list of all laws, and a law without a parameter of its own."""
_READ: Final = ("json", "csv")
"""Those of the documentation, which is for reading."""
_SHELVES: Final = (
    (
        "To understand an answer",
        {
            "workbench": "What each page here shows, what its address holds, and how its draws are made",
            "gallery": "Every place and every text on trial, each with its answer",
            "systems": "NATO, San Francisco, the Quad and more: what the essay says of each, what the model, what the record",
            "mechanisms": "What each term of an answer rests on: one law a page, with its sources",
        },
    ),
    (
        "To judge how far to believe it",
        {
            "backtest": "How well it told who signs and what ends in years that it had not seen, beside simpler rules",
            "calibration": "What two centuries of treaties say about the judged numbers",
            "formation": "Who signs with whom by the record alone, and where that and the theory part",
            "rivals": "What other theories say of the same places, all scored by one rule",
            "open-questions": "What the theory does not explain, and what was tried",
            "reliability": "How it was put under strain, and what broke",
            "borders": "Whose borders and names the maps have, and why",
        },
    ),
    (
        "To ask about a text or a place of your own",
        {
            "own": "One of each, from the first line to the verdict",
            "trials": "How a claim is written so that it can fail",
            "cases": "How a place and its numbers are written",
            "data": "Historical data that a case can be made from",
        },
    ),
    (
        "For a class or an exercise",
        {
            "teaching": "A lesson, minute by minute",
            "council": "The room in which people take the seats of states",
        },
    ),
    (
        "From a shell, from Python, R or Stata",
        {
            "tutorial": "A first hour, each command tried",
            "commands": "Every command with its options",
            "api": "Every name that Python has",
            "r-and-stata": "The same from R and Stata",
        },
    ),
)
"""The list of the documentation by what somebody comes for; what stands on no shelf follows."""


@cache
def folder() -> Path:
    """Return the folder of the documentation: in the package as it is installed, beside it in a source tree."""
    inside = Path(str(files("foedus"))) / "docs"
    return inside if inside.is_dir() else Path(str(files("foedus"))).parents[1] / "docs"


@cache
def names() -> tuple[str, ...]:
    """Return every page of the documentation by its address below ``/docs/``."""
    found = (p.relative_to(folder()).with_suffix("").as_posix() for p in folder().rglob("*.md"))
    return tuple(sorted(n.removesuffix("/README") for n in found))


def _file(name: str) -> Path:
    plain = folder() / f"{name}.md"
    return plain if plain.is_file() else folder() / name / "README.md"


@dataclass(frozen=True)
class Place:
    """A part of a page that a search can find."""

    page: str
    title: str
    heading: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Book:
    """A page of the documentation."""

    name: str
    title: str
    html: Markup
    places: tuple[Place, ...]


def slug(heading: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "top"


@cache
def book(name: str, prefix: str = "") -> Book:
    """Return a page of the documentation, its links leading to pages here."""
    text = _file(name).read_text(encoding="utf-8")
    text, formulas = set_aside(text)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    places, title, seen = [], name, ""
    for k, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[k + 1].content.replace("`", "")
            title, seen = (heading, "") if token.tag == "h1" else (title, heading)
            token.attrSet("id", slug(heading))
        if token.type == "inline":
            _relinked(token, name, prefix)
            places.append(Place(name, title, seen, slug(seen) if seen else "", without(token.content)))
    html = reader.renderer.render(tokens, reader.options, {}).replace("<pre>", '<pre tabindex="0">')
    html = re.sub(r' style="text-align:(\w+)"', r' class="\1"', html)
    html = re.sub(
        r"<table>.*?</table>",
        r'<div class="scroll" tabindex="0" role="group" aria-label="Table">\g<0></div>',
        html,
        flags=re.S,
    )
    return Book(name, title, Markup(put_back(html, formulas)), tuple(places))


def _relinked(token: Token, name: str, prefix: str) -> None:
    """Have the links of a page lead to pages here: files of the documentation, and nothing outside it."""
    here = name if (folder() / f"{name}.md").is_file() else f"{name}/README"
    for child in token.children or ():
        for word in ("href", "src"):
            target = str(child.attrGet(word) or "")
            if not target or target.startswith(("#", "http:", "https:")):
                continue
            path, _, anchor = target.partition("#")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
            whole = whole.removesuffix(".md").removesuffix("/README").removesuffix("README")
            known = whole in names() or whole.startswith("images/")
            child.attrSet(
                word, f"{prefix}/docs/{whole}" + (f"#{anchor}" if anchor else "") if known else f"{prefix}/docs"
            )


def search(words: str, prefix: str = "") -> list[tuple[str, str, str, str]]:
    """Return where words are found: title, heading, address, and the words around them; headings first.

    Parameters
    ----------
    words : str
        All of them have to be there; capitals do not matter.
    prefix : str
    """
    wanted = [w for w in words.casefold().split()[:8] if w]
    found: list[tuple[int, str, Place, str]] = []
    if not wanted:
        return []
    for name in names():
        for place in book(name, prefix).places:
            body, head = place.text.casefold(), f"{place.title} {place.heading}".casefold()
            if all(w in body or w in head for w in wanted):
                score = sum(3 * (w in head) + body.count(w) for w in wanted)
                at = min((body.find(w) for w in wanted if w in body), default=0)
                around = place.text[max(0, at - _AROUND) : at + _AROUND].replace("\n", " ")
                around = re.sub(r"\]\([^)]*\)|[`*\[]", "", around)
                found.append((-score, name, place, around))
    best: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for _, name, place, around in sorted(found, key=lambda f: f[:2]):
        link = f"/docs/{name}" + (f"#{place.anchor}" if place.anchor else "")
        best.setdefault((name, place.anchor), (place.title, place.heading, link, around))
    return list(best.values())[:_MOST]


def docs(held: Held, request: Request) -> Response:
    """Return the list of the documentation, or where words are found in it."""
    words = request.query_params.get("q", "")[:200]
    form = str(request.path_params.get("form", ""))
    if form:
        return _as_data(form, _found_table(words) if words else _pages_table(), _READ)
    shelves = [
        (what, [(book(n, held.prefix).title, f"/docs/{n}", says) for n, says in pages.items()])
        for what, pages in _SHELVES
    ]
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for n in names():
        if not any(n in pages for _, pages in _SHELVES):
            group = n.partition("/")[0].capitalize() if "/" in n else "Further guides"
            groups.setdefault(group, []).append((book(n, held.prefix).title, f"/docs/{n}", ""))
    shelves += sorted(groups.items(), key=lambda g: g[0] != "Further guides")
    told = {"q": words, "found": search(words, held.prefix), "shelves": shelves}
    asked = f"?q={quote(words)}" if words else ""
    take = taking(_READ, lambda f: f"/docs.{f}{asked}", "")
    title = f"“{words}” in the documentation" if words else "Documentation"
    told["cited_title"] = "The documentation of foedus"
    return framed(held, Shown("books.html", title, told), link="/docs", take=take)


def _pages_table() -> Table:
    """Return every page of the documentation with what it is for."""
    says = {n: words for _, pages in _SHELVES for n, words in pages.items()}
    rows = [[n, book(n).title, f"/docs/{n}", says.get(n)] for n in names()]
    columns = [Column("name"), Column("title"), Column("address"), Column("says")]
    return table("documentation", "The documentation", columns, rows)


def _found_table(words: str) -> Table:
    """Return where words are found in the documentation."""
    columns = [Column("title"), Column("heading"), Column("address"), Column("around")]
    return table("found", f"“{words}” in the documentation", columns, search(words))


def _places_table(found: Book) -> Table:
    """Return a page of the documentation paragraph by paragraph, each under its heading."""
    rows = [[p.heading or p.title, p.anchor or None, p.text] for p in found.places]
    return table("text", found.title, [Column("heading"), Column("anchor"), Column("text")], rows)


def _as_data(form: str, data: Table, forms: Sequence[str], picture: Callable[[float], str] | None = None) -> Response:
    """Return a list in one of the forms that it has; errors as :func:`foedus.web.address.no_form`."""
    if form not in forms:
        raise no_form(form, forms)
    if form == "json":
        return Response(as_json(data), media_type="application/json")
    if form == "csv":
        return as_csv(data)
    if form == "yaml":
        return Response(as_yaml([dict(r) for r in data]), media_type="application/yaml")
    assert picture is not None
    svg = exported(picture(WIDE), data.title, _made(), lettered=form != "png")
    if form == "png":
        return Response(to_png(svg), media_type="image/png")
    return Response(svg, media_type="image/svg+xml")


def page(held: Held, request: Request) -> Response:
    """Return a page of the documentation, or a picture of one.

    Raises
    ------
    FoedusError
        There is no such page.
    """
    name = str(request.path_params["rest"]).strip("/")
    pictures = {p.relative_to(folder()).as_posix(): p for p in folder().rglob("*.svg")}
    if name in pictures:
        return Response(pictures[name].read_bytes(), media_type="image/svg+xml")
    name, dot, form = name.partition(".")
    if name not in names():
        raise fail(f"'{name}'", "the documentation has no such page", nearest(name, names()))
    found = book(name, held.prefix)
    if dot:
        return _as_data(form, _places_table(found), _READ)
    take = taking(_READ, lambda f: f"/docs/{name}.{f}", "")
    words = {"html": found.html, "listed": None, "cited_title": f"{found.title} (documentation)"}
    shown_ = Shown("book.html", found.title, words)
    return framed(held, shown_, link=f"/docs/{name}", take=take)


def method(held: Held, request: Request) -> Response:
    """Return a law of the theory, or the list of them.

    Raises
    ------
    FoedusError
        There is no such mechanism.
    """
    version = version_of(request.query_params.get("v", ""))
    name, form = _formed(request.url.path.removeprefix(held.prefix).removeprefix("/method").strip("/"))
    if not name:
        return _listed(held, form, mechanisms_table(), "/method", "foedus mechanisms", version)
    if name not in MECHANISMS or f"mechanisms/{name}" not in names():
        raise fail(f"mechanism '{name}'", "there is no such mechanism", nearest(name, MECHANISMS))
    drawn = _parameters_of(name)
    forms = _LISTED if drawn else _UNSEEN
    if form:
        listed = mechanisms_table()
        own = tuple(r for r, n in zip(listed.rows, listed.column("name"), strict=True) if n == name)
        title = f"What the law of {name} rests on: each parameter in its range"
        listed = replace(listed, rows=own, title=title if form in ("svg", "png") else listed.title)
        return _as_data(form, listed, forms, lambda width: ranges(drawn, width, title))
    found = book(f"mechanisms/{name}", held.prefix)
    shown_ = Shown("book.html", found.title, {"html": found.html, "listed": None}, "foedus mechanisms", _made())
    link = f"/method/{name}"
    take = taking(forms, lambda f: f"{link}.{f}", "law")
    return framed(held, shown_, link=link, version=version, take=take)


def _parameters_of(name: str) -> list[dict[str, Cell]]:
    """Return the parameters that a law is worked out from, as rows of the list of them."""
    used = {*MECHANISMS[name].off, *(ingredients(name)[1] if name in COMPONENTS else ())}
    return [r for r in parameters_table(Parameters()) if r["name"] in used]


def parameters(held: Held, request: Request) -> Response:
    """Return the parameters of the theory with ranges and sources."""
    _, form = _formed(request.url.path.rpartition("/")[2])
    version = version_of(request.query_params.get("v", ""))
    return _listed(held, form, parameters_table(Parameters()), "/parameters", "foedus parameters", version)


def _made() -> dict[str, str]:
    """Return what a law is cited with: the version, and the values in use of all parameters."""
    return {"foedus": __version__, "parameters_hash": Parameters().digest()[:16]}


def _formed(name: str) -> tuple[str, str]:
    stem, _, form = name.partition(".")
    return stem, form


def _listed(held: Held, form: str, table: Table, link: str, command: str, version: str) -> Response:
    forms = _LISTED if link == "/parameters" else _UNSEEN
    if form:
        return _as_data(form, table, forms, lambda width: ranges(list(table), width, table.title))
    columns = read(table)
    rows = [(str(name), [c.cells[k] for c in columns]) for k, name in enumerate(table.column("name"))]
    told = {"heading": table.title, "columns": [c.head for c in columns], "rows": rows, "link": link}
    take = taking(forms, lambda f: f"{link}.{f}", "list")
    shown_ = Shown("book.html", table.title, {"html": "", "listed": told}, command, _made())
    return framed(held, shown_, link=link, version=version, take=take)
