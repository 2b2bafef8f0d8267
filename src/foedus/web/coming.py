"""Coming: what is shown while the model is read, and compiled the first time: a page at once, which looks again by itself."""

from __future__ import annotations

import threading
from html import escape
from time import monotonic
from typing import Final

import anyio
from starlette.requests import Request
from starlette.responses import Response

from foedus.web.shown import stamped

PATIENCE: Final = 2.0
"""Seconds that a page waits for the model before it says that it is coming."""
AGAIN: Final = 2
"""Seconds after which the page looks again."""
_BEAT: Final = 0.02


async def within(event: threading.Event, seconds: float) -> bool:
    """Return whether something happens within some seconds, without keeping a thread waiting."""
    until = monotonic() + seconds
    while not event.is_set() and monotonic() < until:
        await anyio.sleep(_BEAT)
    return event.is_set()


def needs_model(request: Request) -> bool:
    """Return whether a reader asks for a page that asks the model; programs, streams and scripts wait as long as it takes."""
    path, wanted = request.url.path, request.headers.get("accept", "")
    last = path.rpartition("/")[2]
    return (
        "text/html" in wanted
        and "." not in last
        and (path.endswith("/") or any(f"/{part}/" in path for part in ("c", "t", "n", "embed")))
    )


def not_yet(prefix: str) -> Response:
    """Return the page that says that the model is coming."""
    words = (
        "foedus is getting ready. The first time on a machine, what it computes with is compiled, which takes about a "
        "minute; later it takes a second or two. This page looks again by itself."
    )
    style = escape(f"{prefix}/static/{stamped('style.css')}")
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        f'initial-scale=1"><title>Getting ready – foedus</title><link rel="icon" href="data:,"><link rel="stylesheet" '
        f'href="{style}"></head><body><main class="wrap"><h1>One moment.</h1><p class="said" role="status">{words}</p>'
        "</main></body></html>\n"
    )
    headers = {"cache-control": "no-store", "refresh": str(AGAIN), "retry-after": str(AGAIN)}
    return Response(page, 503, headers, "text/html")
