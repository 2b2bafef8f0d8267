"""Threshold: what a server answers while the model is still being read: the first page as it was last shown, and its files.

Reading the model takes seconds, more on a machine with other work. The first page depends on nothing but the package, the
case and the draws, so it is kept in the cache under a hash of all of them, and is there before the model is.
"""

from __future__ import annotations

import logging
import os
import threading
import zlib
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from foedus.draws.parts import Parts, cache_folder, thinned
from foedus.vocabulary.errors import FoedusError
from foedus.web.coming import PATIENCE, needs_model, not_yet, within
from foedus.web.etags import LOOK, compared
from foedus.web.shown import brought

MOST: Final = 8
"""First pages that are kept: of cases, and of places behind a proxy."""
_NAME: Final = "first.part"
_LEFT_OUT: Final = ("__pycache__",)


def made_of(folder: Path, *words: str) -> str:
    """Return a hash of the package as it is installed, of a folder, and of some words.

    Parameters
    ----------
    folder : Path
        Of the case.
    *words : str
    """
    sha = sha256(repr(words).encode())
    for place in (Path(str(files("foedus"))), folder):
        for path in sorted(p for p in place.rglob("*") if p.is_file() and not set(_LEFT_OUT) & set(p.parts)):
            sha.update(f"{path.relative_to(place)} {os.path.getsize(path)}\0".encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()


class FirstPage:
    """The first page as it was last shown whole.

    Parameters
    ----------
    folder : Path
        Of the case; what cannot be read there is said by whoever reads the case, and no page is kept.
    *words : str
        What the page depends on besides.
    """

    def __init__(self, folder: Path, *words: str) -> None:
        try:
            self.name = made_of(folder, *words)
        except OSError:
            self.name = ""
        place = cache_folder() / "first-pages"
        self._parts = Parts(place / self.name if self.name else None, self.name)
        content = self._parts.take(_NAME)
        self.page = None if content is None else zlib.decompress(content)

    def keep(self, page: bytes) -> None:
        """Keep the page where it is another than the one that is kept; a disk that is full costs time and nothing else."""
        if page == self.page:
            return
        self.page = page
        try:
            self._parts.keep(_NAME, zlib.compress(page, 6))
        except FoedusError as error:
            logging.getLogger("foedus").warning("%s", error)
            return
        thinned(cache_folder() / "first-pages", MOST)


class Threshold:
    """An application that answers at once with what it has, and passes everything on when the real one is there.

    Parameters
    ----------
    load : callable
        Returns the application, and what closes it; it takes seconds.
    first : FirstPage
    prefix : str
        What stands before every address.
    known : callable, optional
        Returns what is known without the model of what a request asks for.
    """

    def __init__(
        self,
        load: Callable[[], tuple[ASGIApp, Callable[[], None]]],
        first: FirstPage,
        prefix: str,
        known: Callable[[Request], Response] | None = None,
    ) -> None:
        self._load, self._first, self._prefix, self._known = load, first, prefix, known
        self._app: ASGIApp | None = None
        self._close: Callable[[], None] = lambda: None
        self._there = threading.Event()
        self._problem = ""
        # with a page in hand the first reader has all cores to himself; without one every moment counts
        self._opening = threading.Thread(target=self._prepare, name="foedus-opens", daemon=True)
        if first.page is None:
            self._opening.start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or begin and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if self._app is None:
            request = Request(scope, receive)
            early = self._early(request)
            if early is not None:
                await early(scope, receive, send)
                return
            if needs_model(request) and self._known is not None and not self._there.is_set():
                await (await run_in_threadpool(self._known, request))(scope, receive, send)
                return
            while not await within(self._there, PATIENCE):
                if needs_model(request):
                    await not_yet(self._prefix)(scope, receive, send)
                    return
        if self._app is None:
            await Response(f"{self._problem}\n", 500, media_type="text/plain")(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _early(self, request: Request) -> Response | None:
        """Return what can be answered without the model."""
        path = request.url.path
        if path == "/" and not request.url.query and self._first.page is not None:
            kept = Response(self._first.page, 200, {"cache-control": LOOK}, "text/html")
            return compared(request, kept)
        if path.startswith("/static/"):
            return brought(path.removeprefix("/static/"), request.query_params.get("h", ""))
        return None

    def _prepare(self) -> None:
        try:
            self._app, self._close = self._load()
        except Exception as error:  # whatever it is, it is said, and nobody waits
            logging.getLogger("foedus").exception("the workbench could not be opened: %s", error)
            self._problem = f"The workbench could not be opened: {error}"
        finally:
            self._there.set()

    async def _live(self, receive: Receive, send: Send) -> None:
        message: Any = await receive()
        if message["type"] == "lifespan.startup":
            if self._first.page is not None:
                self._opening.start()
            await send({"type": "lifespan.startup.complete"})
            await receive()
        self._close()
        await send({"type": "lifespan.shutdown.complete"})
