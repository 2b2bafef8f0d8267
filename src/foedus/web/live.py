"""Live: the stream of draws as a browser reads it, and everything made ready before the first slider moves."""

from __future__ import annotations

import time
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from foedus.vocabulary.errors import FoedusError
from foedus.web.address import Address, parse
from foedus.web.draft_drawn import DRAWN as DRAWN
from foedus.web.draft_drawn import drafting
from foedus.web.glances import woken
from foedus.web.held import Held
from foedus.web.limits import TooMuch
from foedus.web.quick import at_once, study_of
from foedus.web.streams import Drawing, told
from foedus.web.workers import packed

POLLED = 1.0
"""Seconds after which an answer ends where no stream comes through, on a way that holds it back until it has ended (judged: draws
of a slider take some seconds, and a dot a second is still seen to come)."""


async def draws(held: Held, request: Request) -> Response:
    """Return the draws of a world as server-sent events; after ``Last-Event-ID`` the further ones alone.

    With ``X-Poll`` those of the next second, for whom no stream reaches.
    """
    try:
        drawing = await run_in_threadpool(_joined, held, request)
    except FoedusError as error:
        status = error.status if isinstance(error, TooMuch) else 400
        return Response(f"{error}\n", status, media_type="text/plain")
    last = request.headers.get("last-event-id", "")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 9 else 0
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    until = time.monotonic() + POLLED if "x-poll" in request.headers else float("inf")
    return StreamingResponse(told(held.drawings, drawing, after, until), 200, headers, "text/event-stream")


def _joined(held: Held, request: Request) -> Drawing:
    page = "draft" if "members" in request.query_params else "play"
    address = parse(f"/c/{quote(str(request.path_params['case']), safe='@')}/{page}", request.url.query)
    if page == "draft":
        return drafting(held, address)
    size = DRAWN if address.draws is None else address.draws
    asked = held.asked(address, size)
    return held.drawings.join(asked, held.command(address, size))


def warmed(held: Held) -> None:
    """Have every worker read the theory, and play one round of the first case here; what fails is said later.

    Workers come first, all of them cold: one that is warm already would take the small questions of the others.
    """
    try:
        address = Address(held.first, "play", year=held.first_year)
        held.workers.warm(woken, packed(study_of(held, address)[0]))
        at_once(held, address)
    except FoedusError:
        return
