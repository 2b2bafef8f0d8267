"""Problems: the reader's sentence, the nearest right names as links, and the page without the change that is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from foedus.trials.claims import trial_names
from foedus.vocabulary.errors import FoedusError, Problem
from foedus.web.address import FORMS, NO_FORM, PAGES, Address, write
from foedus.web.framed import framed
from foedus.web.held import Held
from foedus.web.limits import TooMuch
from foedus.web.view import Shown

_QUOTED: Final = re.compile(r"'([^']{1,120})'")
_FORM: Final = re.compile(r"(?<!\w)\.([a-z]+)\b")
_MOST: Final = 6
"""Names that are offered as links; more is a list nobody reads."""
_LISTS: Final = {
    "docs": ("The documentation", "/docs"),
    "method": ("All mechanisms", "/method"),
    "parameters": ("All parameters", "/parameters"),
}
"""Lists that somebody was near who asked for a page of them that is not there."""


@dataclass(frozen=True)
class Said:
    """A problem as a page says it."""

    words: str
    links: tuple[tuple[str, str], ...]
    """Nearest right names, each with the address in which it stands in place of the wrong one."""


def answer(held: Held, request: Request, error: FoedusError) -> Response:
    """Return the page that says what is wrong with an address, or a line of text for a program."""
    status = error.status if isinstance(error, TooMuch) else 404 if _nowhere(request) else 400
    headers = {"retry-after": str(error.wait)} if isinstance(error, TooMuch) and error.wait else {}
    path = request.url.path
    if path.rpartition(".")[2] in FORMS or path.endswith("/quick"):
        return Response(f"{error}\n{_other_forms(held, request, error)}", status, headers, "text/plain")
    whole = (
        f"{path.removeprefix(held.prefix)}?{request.url.query}" if request.url.query else path.removeprefix(held.prefix)
    )
    problems = said(error, whole)
    title = (
        "This is more than is worked out here."
        if isinstance(error, TooMuch)
        else "This answer was not taken."
        if path.endswith("/class/answers")
        else "This address does not say what to show."
    )
    words = {"problems": problems, "without": _without(held, request)}
    found = framed(held, Shown("problem.html", title, words), None, status, place=_place(held, request))
    found.headers.update(headers)
    return found


def _other_forms(held: Held, request: Request, error: FoedusError) -> str:
    """Return the addresses of the forms that a page has, for who asked for one that it has not."""
    lacking = next((p for p in error.problems if p.what == NO_FORM), None)
    stem = held.prefix + request.url.path.removeprefix(held.prefix).rpartition(".")[0]
    words = request.url.query
    forms = _FORM.findall(lacking.remedy) if lacking else []
    asked = f"?{words}" if words else ""
    return "".join(f"{stem}.{f}{asked}\n" for f in forms)


def said(error: FoedusError, whole: str) -> list[Said]:
    """Return everything that is wrong with an address as a page says it.

    Parameters
    ----------
    error : FoedusError
    whole : str
        The address, in which the nearest right names take the place of what is wrong.
    """
    return [Said(str(p), _links(p, whole)) for p in error.problems]


def broken(held: Held) -> Response:
    """Return the page for what should never happen: it says that it is our fault, and where to go on."""
    problem = Said("Something went wrong here that should not. What was asked is in the address; nothing is lost.", ())
    words = {"problems": [problem], "without": ("The first page", "/")}
    return framed(held, Shown("problem.html", "This page could not be made.", words), None, 500)


def _place(held: Held, request: Request) -> Address | None:
    """Return the case that an address is about, where there is one of this name."""
    root, name = (*request.url.path.removeprefix(held.prefix).strip("/").split("/"), "", "")[:2]
    named = request.query_params.get("case", "") if root == "n" else name.partition(".")[0] if root == "c" else ""
    return next((Address(n) for n in (name, named) if n in held.folders), None)


def _nowhere(request: Request) -> bool:
    parts = request.url.path.split("/")
    return not {"c", "t", "class"} & set(parts)


def _links(problem: Problem, whole: str) -> tuple[tuple[str, str], ...]:
    """Return the names that a remedy offers, each in the address in place of the word that is wrong."""
    within = [w for w in _QUOTED.findall(problem.what) if w in problem.where]
    quoted = [*within, *_QUOTED.findall(problem.where)]
    words = [part for w in quoted for part in dict.fromkeys((w, w.rpartition("=")[2]))]
    spelled = [s for w in words for s in dict.fromkeys((w, quote(w, safe=":,@."), quote(w))) if s]
    wrong = next((s for s in spelled if s in whole), "")
    names = _QUOTED.findall(problem.remedy) if "mean" in problem.remedy else _few(problem.remedy)
    return tuple((n, whole.replace(wrong, quote(n, safe=":,@/"), 1)) for n in names[:_MOST] if wrong)


def _few(remedy: str) -> list[str]:
    """Return the names that a remedy lists where they are so few that a page can offer them all."""
    listed = remedy.partition("Known names: ")[2].rstrip(".").split(", ")
    return listed if listed != [""] and len(listed) <= _MOST else []


def _without(held: Held, request: Request) -> tuple[str, str]:
    """Return the page as it stands without what is wrong, or the start."""
    root, *below = request.url.path.removeprefix(held.prefix).strip("/").split("/")
    name = below[0] if below and below[0] in held.folders else (below or [""])[0].partition(".")[0]
    if root == "c" and name in held.folders:
        page = below[1].partition(".")[0] if len(below) > 1 else ""
        return "The case without any change", write(
            Address(name, page if page in PAGES and page != "why" else "answer")
        )
    if (root, name) in (("c", "new"), ("t", "new")):
        return "Begin anew", f"/{root}/new"
    if root == "t" and name in trial_names():
        return "The trial without any change", f"/t/{quote(name)}"
    case = request.query_params.get("case", held.first)
    if root == "n" and case in held.folders:
        return "Every number of the case", write(Address(case, "case"))
    if root == "class" and held.book is not None:
        return "The class", "/class"
    return _LISTS.get(root.partition(".")[0], ("The first page", "/"))
