"""Embedded: the first picture of a page with its sentence and its source, to stand in a page of somebody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from foedus.vocabulary.errors import fail, nearest
from foedus.web import answer_page, draft_page, play_page, power_page, quarrel_page, sections_page, why_page, years_page
from foedus.web.address import Address, parse, write
from foedus.web.careful import EMBED
from foedus.web.framed import MADE
from foedus.web.held import Held
from foedus.web.shown import WIDE, exported, filled, twice
from foedus.web.view import Figure

_SLIM: Final = 350.0
_FIGURES: Final[Mapping[str, Callable[[Held, Address], Figure]]] = {
    v.name: v.figure
    for v in (
        *(p.VIEW for p in (answer_page, play_page, draft_page, why_page, years_page, quarrel_page, sections_page)),
        *power_page.VIEWS,
    )
    if v.figure is not None
}


def alone(figure: Figure, lettered: bool = True) -> str:
    """Return a picture as SVG that stands alone, with its title and what it was made with, and its letters if they are wanted."""
    return exported(figure.draw(WIDE), figure.title, figure.made, lettered)


def embed(held: Held, request: Request) -> Response:
    """Return a picture with its sentence and its source.

    Raises
    ------
    FoedusError
        The address is wrong, or the page has no picture.
    """
    path = "/" + quote(str(request.path_params["rest"]), safe="/@")
    address = parse(path, request.url.query)
    held.case(address.case, address.year)
    if not path.startswith("/c/") or address.form or address.page not in _FIGURES:
        what = f"'{address.page}'" if not address.form else f"'.{address.form}'"
        raise fail(what, "there is no such figure", nearest(address.page, _FIGURES))
    figure = _FIGURES[address.page](held, address)
    words = {
        "prefix": held.prefix,
        "title": figure.title,
        "says": figure.says,
        "picture": twice(figure.draw, WIDE, _SLIM),
        "made": {k: figure.made[k] for k in MADE if k in figure.made},
        "link": held.prefix + write(address),
    }
    return Response(filled("embed.html", **words), 200, {"cache-control": "no-cache"}, "text/html")


def address_of(prefix: str, address: Address) -> str:
    """Return where the picture of a page stands for other pages; empty where it has none."""
    return prefix + EMBED.rstrip("/") + write(address) if address.page in _FIGURES else ""
