"""Pages: one function for each, found by its address; they ask, and show what was found, and have no sums of their own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foedus.casebook.yaml_file import OF_A_CASE, head_of
from foedus.surfaces.svg.pen import to_png
from foedus.trials.claims import trial_names, trials_folder
from foedus.vocabulary.errors import fail, nearest
from foedus.vocabulary.prose import dated
from foedus.web import (
    answer_page,
    draft_page,
    play_page,
    power_page,
    quarrel_page,
    sections_page,
    why_page,
    years_page,
)
from foedus.web.address import FORMS, PAGES, Address, parse, write
from foedus.web.embedded import address_of, alone, embed
from foedus.web.framed import as_csv, as_json, framed, taking
from foedus.web.held import Held
from foedus.web.view import View

VIEWS: Final[Mapping[str, View]] = MappingProxyType(
    {
        v.name: v
        for v in (
            answer_page.VIEW,
            play_page.VIEW,
            draft_page.VIEW,
            why_page.VIEW,
            years_page.VIEW,
            quarrel_page.VIEW,
            *power_page.VIEWS,
            sections_page.VIEW,
        )
    }
)
"""The pages about a case by name."""


def start(held: Held, request: Request) -> Response:
    """Return the start: the answer of the case that is named first, then the others, the trials, and how to make one."""
    address = Address(held.first, year=held.first_year)
    held.warm()
    shown = answer_page.show(held, address)
    others = [(n, t, held.question(n)) for n, t in held.titles().items() if n != held.first]
    trials = held.shelf.get("trials", _trials)
    shown = replace(shown, template="start.html")
    take = taken(answer_page.VIEW, address)
    page = framed(held, shown, address, others=others, trials=trials, here_case=held.first, take=take)
    if shown.whole:
        held.keep_first(bytes(page.body))
    return page


def _trials() -> list[tuple[str, str, str, str]]:
    """Return name, title, author and thesis of every built-in trial, without reading its claims."""
    found = []
    for name in trial_names():
        text = head_of(trials_folder() / f"{name}.yaml", "text")["text"]
        found.append(
            (
                name,
                str(text["title"]),
                f"{text['author']}, {dated(str(text['date']))}",
                " ".join(str(text["thesis"]).split()),
            )
        )
    return found


def about_a_case(held: Held, request: Request) -> Response:
    """Return a page about a case, in the form that its address asks for; errors as :func:`foedus.web.address.parse`."""
    rest = str(request.path_params["rest"])
    if rest.partition(".")[0] == "new" and "new" not in held.folders:
        return _LATER["making_page"]().own_case(held, request, rest.partition(".")[2])  # type: ignore[no-any-return]
    address = parse("/c/" + quote(rest, safe="/@"), request.url.query)
    held.case(address.case, address.year)
    if address.page not in VIEWS:
        raise fail(f"'{address.page}'", "there is no such page", nearest(address.page, [*VIEWS]))
    view = VIEWS[address.page]
    if not address.form:
        return framed(held, view.show(held, address), address, take=taken(view, address))
    return formed(held, view, address)


def begin(held: Held, request: Request) -> Response:
    """Begin the draws that an address asks for, by a press on its page, and lead back to it; errors as :func:`about_a_case`."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise fail("draws", "they are asked for by a page of somebody else", "Press the button on the page itself")
    address = parse("/c/" + quote(str(request.path_params["rest"]), safe="/@"), request.url.query)
    held.draw(address)
    return RedirectResponse(held.prefix + write(address), 303)


def quick(held: Held, request: Request) -> Response:
    """Return what a slider or a drag asks of a page, in as few words as can be; errors as :func:`about_a_case`."""
    case, page = (str(request.path_params[w]) for w in ("case", "page"))
    address = parse(f"/c/{quote(case, safe='@')}/{quote(page)}", request.url.query)
    view = VIEWS.get(address.page)
    return lost(held, request) if view is None or view.live is None else view.live(held, request, address)


def formed(held: Held, view: View, address: Address) -> Response:
    """Return what a page is for programs: JSON, a table, a picture, or the files of the case.

    Raises
    ------
    FoedusError
        The page is nothing of the kind.
    """
    kept = {"cache-control": held.kept_as(address)}
    if address.form == "yaml":
        return Response(_files(held, address), 200, kept, "application/yaml")
    if address.form == "json" and view.found is not None:
        return Response(as_json(view.found(held, address)), 200, kept, "application/json")
    if address.form == "csv" and view is answer_page.VIEW and address.word("map") == "gains":
        return as_csv(answer_page.gains(held, address), headers=kept)
    if address.form == "csv" and view.found is not None:
        return as_csv(view.found(held, address), headers=kept)
    if address.form == "svg" and view.figure is not None:
        return Response(alone(view.figure(held, address)), 200, kept, "image/svg+xml")
    if address.form == "png" and view.figure is not None:
        return Response(to_png(alone(view.figure(held, address), lettered=False)), 200, kept, "image/png")
    raise fail(f"'.{address.form}'", "this page has no such form", "Known names: " + ", ".join(_forms(view)))


def _forms(view: View) -> list[str]:
    pictured = view.figure
    there = {"json": view.found, "csv": view.found, "svg": pictured, "png": pictured, "yaml": True}
    return [f for f in FORMS if there[f]]


def taken(view: View, address: Address) -> list[tuple[str, str]]:
    """Return the forms in which a page can be taken along."""
    forms = taking(_forms(view), lambda form: write(replace(address, form=form)), "case")
    if view is answer_page.VIEW:
        forms.append(("who gains and loses (CSV)", write(replace(address.having(map="gains"), form="csv"))))
    return [*forms, ("figure for another page", address_of("", address))] if view.figure else forms


def _files(held: Held, address: Address) -> str:
    """Return the files of a case as the documents of one YAML text."""
    folder = held.folders[address.case]
    stems = sorted(OF_A_CASE | {"events", "series"}, key=lambda s: (s != "case", s))
    parts = [(s, folder / f"{s}.yaml") for s in stems if (folder / f"{s}.yaml").is_file()]
    return "".join(f"---\n# {s}.yaml\n{p.read_text(encoding='utf-8').rstrip()}\n" for s, p in parts)


def lost(held: Held, request: Request) -> Response:
    """Say that there is no such page.

    Raises
    ------
    FoedusError
        Always.
    """
    path = request.url.path.removeprefix(held.prefix)
    known = ["/", "/docs", "/method", "/parameters", *(f"/c/{n}" for n in held.folders)]
    raise fail(f"'{path}'", "there is no such page", nearest(path, known))


_LATER: Final[Mapping[str, Callable[[], Any]]] = MappingProxyType(
    {
        "books": lambda: importlib.import_module("foedus.web.books"),
        "claim_page": lambda: importlib.import_module("foedus.web.claim_page"),
        "class_page": lambda: importlib.import_module("foedus.web.class_page"),
        "making_page": lambda: importlib.import_module("foedus.web.making_page"),
        "number_page": lambda: importlib.import_module("foedus.web.number_page"),
        "trial_page": lambda: importlib.import_module("foedus.web.trial_page"),
    }
)
"""Modules of pages that no first page needs: each is read when it is first asked for."""


def _page(module: str, function: str) -> Callable[[Held, Request], Response]:
    """Return a page whose module is read when it is first asked for."""

    def page(held: Held, request: Request) -> Response:
        return getattr(_LATER[module](), function)(held, request)  # type: ignore[no-any-return]

    return page


OTHERS: Final[Mapping[str, Callable[[Held, Request], Response]]] = MappingProxyType(
    {
        "/embed/{rest:path}": embed,
        "/n/{rest:path}": _page("number_page", "number"),
        "/t/new": _page("claim_page", "claim"),
        "/t/new.{form}": _page("claim_page", "claim"),
        "/t/{rest:path}": _page("trial_page", "trial"),
        "/class": _page("class_page", "wall"),
        "/class.{form}": _page("class_page", "wall"),
        "/docs": _page("books", "docs"),
        "/docs.{form}": _page("books", "docs"),
        "/docs/{rest:path}": _page("books", "page"),
        "/method": _page("books", "method"),
        "/method.{form}": _page("books", "method"),
        "/method/{rest:path}": _page("books", "method"),
        "/parameters": _page("books", "parameters"),
        "/parameters.{form}": _page("books", "parameters"),
    }
)
"""Pages that are about no case, by their address."""


def read_later() -> None:
    """Read the modules of all pages that were left for later, so that nobody waits for them."""
    for read in _LATER.values():
        read()


assert set(VIEWS) <= set(PAGES), "every page about a case has its words in the grammar of addresses"
