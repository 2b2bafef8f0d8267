"""The doorway: starts the server on this machine and says where it is."""

from __future__ import annotations

import importlib
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import FrameType
from typing import Any, Final

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import need
from foedus.web.careful import Careful, hosts_of
from foedus.web.class_book import ClassBook
from foedus.web.limits import Limits
from foedus.web.threshold import FirstPage, Threshold

_SERVER: Final = "foedus.web.serve"
"""Loaded while the first page is answered already: it reads the model."""


_RECORD: Final = "foedus.web.meanwhile"
"""Loaded where there is no first page yet: it reads the case, and nothing of the model."""


def serve(
    case: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    show: bool = False,
    public: bool = False,
    root_path: str = "",
    page: str = "/",
    book: ClassBook | None = None,
) -> None:
    """Serve the workbench until it is stopped.

    Parameters
    ----------
    case : str or Path
        What the first page shows: a built-in name or a folder.
    host : str
    port : int
        0 for any that is free; where it is taken, the next one that is free.
    show : bool
        Whether the page is opened in a browser.
    public : bool
        Whether others are served: limits hold, and any host name is answered.
    root_path : str
        Path below which a proxy serves it.
    page : str
        The page that is opened.
    book : ClassBook, optional
        Of the class that is served.

    Raises
    ------
    FoedusError
        There is no such case, or nobody can listen there.
    """
    prefix = "/" + root_path.strip("/") if root_path.strip("/") else ""
    if not public and host not in ("127.0.0.1", "localhost", "::1"):
        raise fail(f"--host {host}", "others could ask this workbench", "Add --public, which limits what they can ask")
    limits, folder = Limits(public), _folder(case)
    dated = str(case).partition("@")[2]
    year = int(dated) if dated else None
    # a name that is no folder is said by whoever reads cases, before anybody listens
    early: Any = None if folder is not None and book is None else _server().Held(case, limits, prefix)
    if book is not None:
        early = _server().seated(early, book)
    listening = listening_socket(host, port, public)
    place = listening.getsockname()
    shown = f"[{place[0]}]" if ":" in place[0] else place[0]
    here = f"http://{shown}:{place[1]}{prefix}{page}"
    moved = f"; port {port} is taken by another program" if port not in (0, place[1]) else ""
    sys.stderr.write(f"foedus is at {here} (stop it with Ctrl-C{moved})\n")
    sys.stderr.flush()
    first = FirstPage(
        folder or Path(str(early.folders[early.first])), str(case), prefix, *(["class"] if book is not None else [])
    )

    def known(request: Request | None = None) -> Response:
        page = importlib.import_module(_RECORD)
        found = (folder, year) if request is None else page.of_address(request, folder, year)
        return page.instead(found, folder, prefix)  # type: ignore[no-any-return]

    def load() -> tuple[ASGIApp, Callable[[], None]]:
        if first.page is None and folder is not None:  # what needs no model comes first, for whoever is there already
            known()
        server = _server()
        app, close = server.opened(early or server.Held(case, limits, prefix), first.keep)
        return app, close

    config = uvicorn.Config(
        Careful(
            Threshold(load, first, prefix, known if folder is not None else None), limits, hosts_of(limits), prefix
        ),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        root_path="",
        timeout_graceful_shutdown=2,
    )
    server = Ended(config)
    if show:
        threading.Thread(target=opened_when_served, args=(server, here), daemon=True).start()
    server.run(sockets=[listening])


def _server() -> Any:
    return need(_SERVER, "web", "foedus web")


def _folder(case: str | Path) -> Path | None:
    """Return the folder of a case without reading the model; None where it takes more to find it, or to say what is wrong."""
    stem, _, year = str(case).partition("@")
    if year and not year.isdigit():
        return None
    built_in = Path(str(files("foedus"))) / "library" / "cases" / stem
    return next((p for p in (Path(stem), built_in) if (p / "case.yaml").is_file()), None)


def listening_socket(host: str, port: int, public: bool) -> socket.socket:
    """Return a socket that listens: at the port, or, for one's own use, at the next that is free.

    Parameters
    ----------
    host : str
        Name or address, IPv4 or IPv6.
    port : int
        0 for any that is free.
    public : bool
        Whether it has to be this port, since others know it.

    Raises
    ------
    FoedusError
        Nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tries = [port] if public or port == 0 else [*range(port, min(port + 20, 65536)), 0]
    problem: OSError | None = None
    for one in tries:
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, one))
        except OSError as error:
            found.close()
            problem = error
            continue
        found.listen(128)
        return found
    what = f"nobody can listen there ({problem.strerror if problem else 'no reason given'})"
    raise fail(f"{host}:{port}", what, "Give another --port")


class Ended(uvicorn.Server):
    """A server that ends in silence when it is told to a second time: what it keeps is written whole or not at all.

    Parameters
    ----------
    config : uvicorn.Config
    end : callable
        Ends what else would be waited for: streams.
    """

    def __init__(self, config: uvicorn.Config, end: Callable[[], None] = lambda: None) -> None:
        super().__init__(config)
        self._end = end

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End after what is being answered; the second time at once."""
        if self.should_exit:
            os._exit(130)
        super().handle_exit(sig, frame)
        self._end()


def opened_when_served(server: uvicorn.Server, here: str) -> None:
    """Open an address in the browser as soon as its server has begun; nothing where it ends before."""
    while not server.started and not server.should_exit:
        time.sleep(0.02)
    webbrowser.open(here)
