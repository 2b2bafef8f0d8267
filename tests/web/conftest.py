"""One workbench, one server and one browser for all tests of this room: each is opened once, by the first that needs it."""

from __future__ import annotations

import os
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from foedus.web.class_book import ClassBook
from foedus.web.doorway import listening_socket
from foedus.web.held import Held
from foedus.web.serve import create_app, seated
from web.browsing import SLOW, WRONG


@pytest.fixture(scope="session")
def common_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep what is worked out for all tests in one folder, so that a second process of the same run finds it."""
    own = tmp_path_factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "web-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(place))
        yield place


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Ask the workbench without a network; what one test asks, another finds held, and nothing else."""
    with TestClient(create_app(Held("asia-1953"), warm=False)) as found:
        yield found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the workbench on this machine, with a class at work in it, and say where."""
    listening = listening_socket("127.0.0.1", 0, public=False)
    book = ClassBook(tmp_path_factory.mktemp("class") / "answers.sqlite", "What would have to change?", ())
    book.hand_in("Ana", "/c/asia-1953/play?lever=trade:0.5", 0.12, "It would lose less.")
    held = seated(Held("asia-1953"), book)
    server = uvicorn.Server(uvicorn.Config(create_app(held, warm=False), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def here(server: str, common_cache: Path) -> str:
    """Serve it with the draws worked out that roads begin with: by one process of a run, while others wait for them."""
    busy = common_cache.with_name("web-cache-busy")
    for _ in range(3000):
        try:
            busy.mkdir()
            break
        except FileExistsError:
            time.sleep(0.1)
    try:
        for path in SLOW:
            for _ in range(600):
                with urllib.request.urlopen(server + path) as answer:
                    if not answer.headers.get("refresh"):
                        break
                time.sleep(0.1)
    finally:
        busy.rmdir()
    return server


@pytest.fixture
def opened(browser: Any, server: str) -> Iterator[Any]:
    """Return what opens a page: nothing but the workbench is reached, and what goes wrong in it fails the test."""
    wrong: list[str] = []
    contexts = []

    def open_(width: int = 1440, theme: str = "light", script: bool = True, **more: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(300_000)  # a loaded machine is slow, and nothing here is about speed
        page.on("console", lambda m: wrong.append(f"{m.text} {m.location}") if m.type == "error" else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on(
            "request", lambda r: None if r.url.startswith((server, "data:")) else wrong.append(f"asked for {r.url}")
        )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [w for w in wrong if server + WRONG not in w] == []
