"""Columns told: every CSV says where its columns and units are told, and under that address they are, as CSV on the Web has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from foedus.surfaces.csv_on_the_web import BESIDE, KIND
from foedus.surfaces.csv_on_the_web import described as columns_of
from foedus.version import __version__
from foedus.web.framed import Tabled
from foedus.web.held import Held

_ASKED: Final = f".csv{BESIDE}"


def described(page: Callable[[Held, Request], Response], held: Held, request: Request) -> Response:
    """Return what a page answers: a CSV with the address of what is said of its columns, or just that.

    Parameters
    ----------
    page : callable
    held : Held
    request : Request
        Where it ends in ``.csv-metadata.json``, the page is asked for its CSV, and its columns are told.
    """
    asked = request.url.path.endswith(_ASKED)
    answer = page(held, _of_the_csv(request) if asked else request)
    if not isinstance(answer, Tabled):
        return answer
    words = f"?{request.url.query}" if request.url.query else ""
    name = request.url.path.rpartition("/")[2]
    if not asked:
        answer.headers["link"] = f'<{name}{BESIDE}{words}>; rel="describedby"; type="{KIND}"'
        return answer
    kept = {k: v for k, v in answer.headers.items() if k == "cache-control"} | {"vary": "accept"}
    url = f"{name.removesuffix(BESIDE)}{words}"
    return Response(columns_of(answer.table, url, {"foedus": __version__}), 200, kept, _kind(request))


def _kind(request: Request) -> str:
    """Return as what the columns are told: a browser, which saves to disk what it does not know, is sent plain JSON."""
    wanted = request.headers.get("accept", "")
    return "application/json" if "text/html" in wanted and KIND not in wanted else KIND


def _of_the_csv(request: Request) -> Request:
    """Return the request for the CSV of which somebody asks what its columns are."""
    scope = dict(request.scope)
    scope["path"] = scope["path"].removesuffix(BESIDE)
    scope["raw_path"] = scope.get("raw_path", b"").removesuffix(BESIDE.encode())
    scope["path_params"] = {k: str(v).removesuffix(BESIDE) for k, v in scope["path_params"].items()}
    return Request(scope, request.receive)
