"""The server: addresses to pages, each worked out in a thread, and what is made ready before the first is asked for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from foedus.vocabulary.errors import FoedusError
from foedus.web import claim_file, class_page, meanwhile, pages, play_page, problems
from foedus.web.careful import Careful, hosts_of
from foedus.web.class_book import ClassBook
from foedus.web.columns_told import described
from foedus.web.coming import PATIENCE, needs_model, within
from foedus.web.etags import compared
from foedus.web.held import Held
from foedus.web.live import draws, warmed
from foedus.web.on_offer import choices
from foedus.web.shown import brought

_UNASKED: Final = 5.0
"""Seconds after which sliders are made ready although nobody has asked for a page."""

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

    app = unguarded(held, warm)
    return Careful(app, held.limits, hosts_of(held.limits), held.prefix)


def seated(held: Held, book: ClassBook) -> Held:
    """Return what is held with a class at work in it; errors as :func:`foedus.web.class_page.seated`."""
    class_page.seated(held, book)
    return held


def opened(held: Held, keep: Callable[[bytes], None]) -> tuple[ASGIApp, Callable[[], None]]:
    """Return an application that is at work, for whoever guards it, and what closes it.

    Parameters
    ----------
    held : Held
    keep : callable
        Takes the first page when it was shown whole.
    """
    held.keep_first = keep
    app = unguarded(held)
    made_ready(held)
    return app, held.close


def made_ready(held: Held) -> None:
    """Begin to read, compile and warm what the first questions need, one after the other, in a thread of its own.

    What sliders need is warmed once the first page is there: before, it would take the cores that the page needs.
    """
    held.awake.clear()

    def prepare() -> None:
        held.ready()
        held.greeted.wait(_UNASKED)
        warmed(held)
        pages.read_later()

    threading.Thread(target=prepare, name="foedus-ready", daemon=True).start()


def unguarded(held: Held, warm: bool = True) -> Starlette:
    """Return the application as it is behind what guards it; its lifespan makes ready and closes what is held."""
    held.pages, held.eager = frozenset(pages.VIEWS), warm

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        if warm:
            made_ready(held)
        yield
        held.close()

    def answered(page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if needs_model(request) and not await within(held.awake, PATIENCE):
                return await run_in_threadpool(_meanwhile, held, request)
            try:
                return await run_in_threadpool(_guarded, page, held, request)
            finally:
                held.greeted.set()

        return answer

    async def handed_in(request: Request) -> Response:
        try:
            fields = await class_page.handed(request)
        except FoedusError as error:
            return await run_in_threadpool(problems.answer, held, request, error)
        return await run_in_threadpool(_guarded, lambda at, asked: class_page.hand_in(at, fields), held, request)

    async def file_read(request: Request) -> Response:
        return await claim_file.read(held, request)

    async def drawn(request: Request) -> Response:
        return await draws(held, request)

    routes = [
        Route("/", answered(pages.start)),
        Route("/static/{name}", answered(static)),
        Route("/class/answers", handed_in, methods=["POST"]),
        Route("/t/new/read", file_read, methods=["POST"]),
        Route("/c/{case}/draws", drawn),
        Route("/c/{case}/ask", answered(play_page.ask)),
        Route("/c/{case}/{page}/quick", answered(pages.quick)),
        Route("/c/{case}/choices", answered(choices)),
        Route("/c/{rest:path}", answered(pages.begin), methods=["POST"]),
        Route("/c/{rest:path}", answered(pages.about_a_case)),
        *(Route(path, answered(page)) for path, page in pages.OTHERS.items()),
        Route("/{rest:path}", answered(pages.lost)),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    if held.limits.public:  # on one's own machine packing takes longer than the way
        app.add_middleware(GZipMiddleware, minimum_size=2_000)
    return app


def _meanwhile(held: Held, request: Request) -> Response:
    """Return what is on record of the case that is asked for, until it can be answered."""
    first = held.folders[held.first]
    return meanwhile.instead(meanwhile.of_address(request, first, held.first_year), first, held.prefix)


def _guarded(page: Page, held: Held, request: Request) -> Response:
    """Return what a page answers, or the sentence that says what is wrong: never a blank page."""
    try:
        with held.runs.after():
            return compared(request, described(page, held, request))
    except FoedusError as error:
        return problems.answer(held, request, error)
    except Exception as error:
        what = "%s could not be made: %s: %s"
        logging.getLogger("foedus").exception(what, request.url.path, type(error).__name__, error)
        return problems.broken(held)


def static(held: Held, request: Request) -> Response:
    """Return a file that pages bring along."""
    found = brought(str(request.path_params["name"]), request.query_params.get("h", ""))
    return found or pages.lost(held, request)
