"""The server: addresses to pages, with everything that a browser is told to be careful about."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.vocabulary.errors import FoedusError
from foedus.web import pages, play_page, problems
from foedus.web.etags import FOR_EVER, LOOK, compared
from foedus.web.held import Held
from foedus.web.limits import Rate, TooMuch
from foedus.web.live import draws, warmed
from foedus.web.on_offer import choices
from foedus.web.shown import KINDS, asset, stamped

POLICY: Final = "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'"
"""What a page may fetch and who may frame it: nothing but its own, and nobody."""

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""Headers of every answer."""

OWN_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]", "testserver")
"""Names under which a workbench on one's own machine answers: a page of somebody else cannot ask it by another."""


class Careful:
    """Wraps an application: checks who is asked for, counts questions, and adds the headers of every answer.

    Parameters
    ----------
    app : callable
    held : Held
    hosts : tuple of str
        Names that are answered, without ports; empty for any.
    """

    def __init__(self, app: ASGIApp, held: Held, hosts: tuple[str, ...]) -> None:
        self._app, self._hosts = app, hosts
        self._rate = Rate() if held.limits.public else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        refused = self._refused(scope)
        await (refused or self._app)(scope, receive, careful)

    def _refused(self, scope: Scope) -> Response | None:
        named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        host = named.rpartition(":")[0] if named.rpartition(":")[2].isdigit() else named
        if self._hosts and host not in self._hosts:
            words = f"This workbench answers as {self._hosts[0]} alone. Start it with --public to serve others.\n"
            return Response(words, 421, media_type="text/plain")
        if self._rate is None or "/static/" in scope["path"]:
            return None
        try:
            self._rate.take(str((scope.get("client") or ("",))[0]))
        except TooMuch as error:
            return Response(f"{error}\n", error.status, {"retry-after": str(error.wait)}, "text/plain")
        return None


Page = Callable[[Held, Request], Response]
"""What answers a request, in a thread."""


def create_app(held: Held, warm: bool = True) -> ASGIApp:
    """Return the application.

    Parameters
    ----------
    held : Held
    warm : bool
        Whether what the first answer needs is read at once, and the draws of the first case are begun with the first page.
    """

    held.pages, held.eager = frozenset(pages.VIEWS), warm

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        if warm:
            threading.Thread(target=held.ready, daemon=True).start()
            threading.Thread(target=warmed, args=(held,), daemon=True).start()
        yield
        held.runs.close()
        held.workers.close()

    def answered(page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(_guarded, page, held, request)

        return answer

    async def drawn(request: Request) -> Response:
        return await draws(held, request)

    routes = [
        Route("/", answered(pages.start)),
        Route("/static/{name}", answered(static)),
        Route("/c/{case}/draws", drawn),
        Route("/c/{case}/ask", answered(play_page.ask)),
        Route("/c/{case}/choices", answered(choices)),
        Route("/c/{rest:path}", answered(pages.about_a_case)),
        *(Route(path, answered(page)) for path, page in pages.OTHERS.items()),
        Route("/{rest:path}", answered(pages.lost)),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    if held.limits.public:  # on one's own machine packing takes longer than the way
        app.add_middleware(GZipMiddleware, minimum_size=2_000)
    return Careful(app, held, () if held.limits.public else OWN_HOSTS)


def _guarded(page: Page, held: Held, request: Request) -> Response:
    """Return what a page answers, or the sentence that says what is wrong: never a blank page."""
    try:
        return compared(request, page(held, request))
    except FoedusError as error:
        return problems.answer(held, request, error)
    except Exception as error:
        what = "%s could not be made: %s: %s"
        logging.getLogger("foedus").exception(what, request.url.path, type(error).__name__, error)
        return problems.broken(held)


def static(held: Held, request: Request) -> Response:
    """Return a file that pages bring along."""
    name = str(request.path_params["name"])
    try:
        content = asset(name)
    except KeyError:
        return pages.lost(held, request)
    same = request.query_params.get("h") == stamped(name).partition("=")[2]
    kept = FOR_EVER if same else LOOK
    return Response(content, headers={"cache-control": kept}, media_type=KINDS[name.rpartition(".")[2]])
