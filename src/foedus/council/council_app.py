"""The application: addresses to what answers them, with everything that stands between a browser and a room."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from foedus.council import console_sheet, longer, notebook, orders_sheet, reading_sheet, reception
from foedus.council.acts import Viewer
from foedus.council.feeds import Feeds
from foedus.council.gates import BROWSER, LARGEST, Sent, Shut, read
from foedus.council.hall import Hall
from foedus.council.links import Session
from foedus.council.reception import Asked
from foedus.council.room_parts import RoomParts
from foedus.vocabulary.errors import FoedusError
from foedus.web import careful

POLICY: Final = f"{careful.POLICY}; base-uri 'none'; form-action 'self'"
"""What a page may fetch, who may frame it, and where its forms go."""
HEADERS: Final[Mapping[str, str]] = {
    **careful.HEADERS,
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
}
"""Headers of every answer: those of the workbench; a form has to say where it was sent from, so its own pages may know."""


class Careful:
    """Wraps an application: checks under which name it is asked, and adds the headers of every answer.

    Parameters
    ----------
    app : Starlette
    hosts : tuple of str
        Names that are answered, without ports; empty for any.
    end : callable
        Ends the streams, which else last as long as their browsers.
    """

    def __init__(self, app: Starlette, hosts: tuple[str, ...], end: Callable[[], None]) -> None:
        self._app, self._hosts, self.end = app, hosts, end

    def lives(self) -> AbstractAsyncContextManager[Any]:
        """Return what starts the room, and ends it."""
        return self._app.router.lifespan_context(self._app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        host = named.rpartition(":")[0] if named.rpartition(":")[2].isdigit() else named
        if self._hosts and host not in self._hosts:
            words = f"This room answers as {self._hosts[0]} alone. Serve it with --lan for others.\n"
            await Response(words, 421, media_type="text/plain")(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


class _Stream(StreamingResponse):
    """A stream whose end is counted, also where its browser left before anything was told."""

    def __init__(self, told: AsyncIterator[bytes], close: Callable[[], None], words: Mapping[str, str]) -> None:
        super().__init__(told, 200, words, "text/event-stream")
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell until the browser leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._close()


Seated = Callable[[Hall, Asked, Session], Response]
Open = Callable[[Hall, Asked], Response]


def create_app(hall: Hall, hosts: tuple[str, ...] = careful.OWN_HOSTS) -> Careful:
    """Return the application of a room.

    Parameters
    ----------
    hall : Hall
        It is started and stopped with the application.
    hosts : tuple of str
        Names under which it answers; empty for any.
    """
    kept = RoomParts(hall)
    feeds = Feeds(hall, lambda viewer, page: parts_of(hall, viewer, page, kept))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        async with feeds.running():
            await run_in_threadpool(hall.start)
            yield
            await run_in_threadpool(hall.stop)

    async def stream(request: Request) -> Response:
        try:
            session = hall.gates.session(request)
            close = hall.gates.open_stream(session, request.cookies.get(BROWSER, "")[:40])
        except FoedusError as error:
            return reception.shut(hall, Asked(request, Sent((), {})), error)
        page, mark = request.query_params.get("page", "room"), request.query_params.get("mark", "")[:80]
        words = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return _Stream(feeds.stream(session, page, mark), close, words)

    seated: Mapping[tuple[str, str], Seated] = {
        ("/r/{room}/{who}", "GET"): lambda h, a, s: reception.room(h, feeds, a, s),
        ("/r/{room}/{who}/act", "POST"): reception.act,
        ("/r/{room}/{who}/draft", "PUT"): reception.draft,
        ("/r/{room}/{who}/here", "POST"): longer.here,
        ("/r/{room}/{who}/note", "POST"): notebook.note,
        ("/r/{room}/{who}/erase", "POST"): reception.erase,
        ("/r/{room}/{who}/desk", "POST"): console_sheet.desk,
        ("/r/{room}/{who}/events.json", "GET"): reception.events,
        ("/r/{room}/{who}/parts.json", "GET"): lambda h, a, s: reception.parts(feeds, a, s),
        ("/r/{room}/{who}/export.zip", "GET"): reception.taken_away,
        ("/r/{room}/{who}/replay.html", "GET"): reception.taken_away,
        ("/r/{room}/{who}/year.svg", "GET"): _year_drawn,
        ("/r/{room}/{who}/{page}", "GET"): lambda h, a, s: reception.page(h, a, s, feeds),
    }
    routes = [
        Route("/", _answered(hall, reception.start)),
        Route("/static/{name}", _answered(hall, reception.static)),
        Route("/r/{room}", _answered(hall, _of_this_room(reception.lobby))),
        Route("/r/{room}/enter", _answered(hall, _of_this_room(reception.lobby)), methods=["GET"]),
        Route("/r/{room}/enter", _answered(hall, _of_this_room(reception.enter)), methods=["POST"]),
        Route("/r/{room}/{who}/stream", stream),
        *(Route(path, _answered(hall, _seated(what)), methods=[method]) for (path, method), what in seated.items()),
        Route("/{rest:path}", _answered(hall, _nowhere), methods=["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]),
    ]
    return Careful(Starlette(routes=routes, lifespan=lifespan), hosts, feeds.end)


def parts_of(hall: Hall, viewer: Viewer, page: str, kept: RoomParts | None = None) -> Mapping[str, str]:
    """Return the parts of a page that change, for a kind of viewer; nothing for a page that has none.

    Parameters
    ----------
    hall : Hall
    viewer : Viewer
    page : str
    kept : RoomParts, optional
        What was drawn before.
    """
    base = f"/r/{hall.name}/{viewer.seat if viewer.role == 'seat' else viewer.role}"
    if page == "console" and viewer.role == "facilitator":
        return console_sheet.parts(hall, viewer, base)
    if page == "orders" and viewer.role == "seat":
        return orders_sheet.orders_parts(hall, viewer, base)
    return (kept or RoomParts(hall)).of(viewer, base) if page == "room" else {}


def _year_drawn(hall: Hall, asked: Asked, session: Session) -> Response:
    drawn = reading_sheet.figure(hall, session, asked.request.query_params)
    return Response(drawn, 200, {"cache-control": "no-store"}, "image/svg+xml")


_SLASHED: Final = re.compile(r"(/r/[^/]+(?:/[^/]+){0,2})/")


def _nowhere(hall: Hall, asked: Asked) -> Response:
    found = _SLASHED.fullmatch(asked.request.url.path)
    if found is not None and asked.request.method in ("GET", "HEAD"):
        query = asked.request.url.query
        return RedirectResponse(found[1] + (f"?{query}" if query else ""))  # never another host: it begins with /r/
    raise Shut(404, "there is no such page", "Go to the door of the room")


def _of_this_room(what: Open) -> Open:
    def checked(hall: Hall, asked: Asked) -> Response:
        if asked.request.path_params["room"] != hall.name:
            raise Shut(404, "there is no such room here", "Go to the door of the room")
        return what(hall, asked)

    return checked


def _seated(what: Seated) -> Open:
    def checked(hall: Hall, asked: Asked) -> Response:
        session = hall.gates.session(asked.request)
        if asked.request.method != "GET":
            hall.gates.may_write(asked.request, session, asked.token)
        return what(hall, asked, session)

    return _of_this_room(checked)


def _answered(hall: Hall, what: Open) -> Callable[[Request], Awaitable[Response]]:
    """Return what reads a request, answers it in a thread, and turns every problem into its sentence."""

    async def answer(request: Request) -> Response:
        try:
            sent = await _read(request) if request.method not in ("GET", "HEAD") else Sent((), {})
        except Shut as error:
            return reception.shut(hall, Asked(request, Sent((), {})), error)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_guarded, hall, what, Asked(request, sent))

    return answer


async def _read(request: Request) -> Sent:
    """Return what a request carries, never more of it than is taken."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST:
        raise Shut(413, f"that is larger than {LARGEST // 1000} KB", "Send it in two parts")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise Shut(413, f"that is larger than {LARGEST // 1000} KB", "Send it in two parts")
    if not content:
        return Sent((), {})
    return read(bytes(content), request.headers.get("content-type", ""))


def _guarded(hall: Hall, what: Open, asked: Asked) -> Response:
    try:
        return what(hall, asked)
    except FoedusError as error:
        return reception.shut(hall, asked, error)
    except Exception as error:
        logging.getLogger("foedus").exception("%s could not be answered: %s", asked.request.url.path, error)
        broken = Shut(500, "something went wrong here that should not; nothing that was acknowledged is lost")
        return reception.shut(hall, asked, broken)
