"""What is answered before the model is there: the first page, its files, and a page that says to wait."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from foedus.casebook.reader import case_folder
from foedus.web import coming, meanwhile, threshold
from foedus.web.threshold import FirstPage, Threshold, made_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(case_folder("asia-1953"), tmp_path / "mine")
    return tmp_path / "mine"


def test_a_first_page_is_there_the_next_time_and_not_for_another_case_or_place(folder: Path) -> None:
    first = FirstPage(folder, "mine", "")
    assert first.page is None
    first.keep(b"<h1>whole</h1>")
    assert FirstPage(folder, "mine", "").page == b"<h1>whole</h1>"
    assert FirstPage(folder, "mine", "/foedus").page is None
    case = folder / "case.yaml"
    case.write_text(case.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert FirstPage(folder, "mine", "").page is None


def test_another_package_has_another_first_page(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "web").mkdir(parents=True)
    file = package / "web" / "page.html"
    file.write_text("one", encoding="utf-8")
    monkeypatch.setattr(threshold, "files", lambda name: package)
    before = made_of(folder, "mine")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert made_of(folder, "mine") == before
    file.write_text("two", encoding="utf-8")
    assert made_of(folder, "mine") != before


def test_a_folder_that_cannot_be_read_keeps_nothing(tmp_path: Path) -> None:
    first = FirstPage(tmp_path / "not there", "x")
    first.keep(b"page")
    assert first.page == b"page"


class Slow:
    """An application that is there when it is let go."""

    def __init__(self) -> None:
        self.free, self.closed = threading.Event(), threading.Event()

    def __call__(self) -> tuple[ASGIApp, Callable[[], None]]:
        assert self.free.wait(60)
        return PlainTextResponse("the model"), self.closed.set


def test_the_first_page_and_its_files_need_no_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threshold, "PATIENCE", 0.05)
    first, load = FirstPage(folder, "mine"), Slow()
    first.keep(b"<h1>kept</h1>")
    with TestClient(Threshold(load, first, "")) as client:
        page = client.get("/")
        assert (page.text, page.headers["cache-control"]) == ("<h1>kept</h1>", "no-cache")
        assert client.get("/", headers={"if-none-match": page.headers["etag"]}).status_code == 304
        assert client.get("/static/style.css").status_code == 200
        reader = {"accept": "text/html,*/*;q=0.8"}
        waiting = client.get("/c/mine", headers=reader)
        assert (waiting.status_code, waiting.headers["refresh"], waiting.headers["cache-control"]) == (
            503,
            "2",
            "no-store",
        )
        assert "looks again by itself" in waiting.text
        assert client.get("/?v=1", headers=reader).status_code == 503
        load.free.set()
        # programs wait as long as it takes, and so does a stream: a browser would give it up for an error
        assert client.get("/c/mine").text == "the model"
        assert client.get("/c/mine/draws", headers={"accept": "text/event-stream"}).text == "the model"
        assert client.get("/").text == "the model"
    assert load.closed.is_set()


def test_what_is_on_record_is_shown_until_the_number_is_there(folder: Path) -> None:
    load = Slow()
    known = lambda request: meanwhile.instead(meanwhile.of_address(request, folder), folder, "/under")  # noqa: E731
    reader = {"accept": "text/html"}
    with TestClient(Threshold(load, FirstPage(folder), "/under", known)) as client:
        page = client.get("/", headers=reader)
        assert (page.status_code, page.headers["retry-after"], page.headers["cache-control"]) == (200, "2", "no-store")
        assert "refresh" not in page.headers  # with script it looks again without disturbing who reads
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
        assert re.search(r'role="status">.*The number is being worked out, and comes by itself', page.text)
        for words in ("East Asia and the Pacific, autumn 1953", "Taiwan", "US–Japan", 'href="/under/c/mine/play"'):
            assert words in page.text
        assert "chance of a body" not in page.text
        assert client.get("/c/europe-1949", headers=reader).text.count("Western Europe, April 1949") > 1
        for other in ("/c/mine?set=KOR.trade.CHN:0.1", "/c/mine/why/KOR", "/c/nowhere"):
            assert client.get(other, headers=reader).status_code == 503
        (folder / "case.yaml").unlink()
        assert meanwhile.instead((folder, 1954), folder, "").status_code == 503  # said by who reads the case
        load.free.set()
        assert client.get("/c/mine").text == "the model"


def test_what_cannot_be_opened_is_said_and_nobody_waits(folder: Path) -> None:
    def load() -> tuple[ASGIApp, Callable[[], None]]:
        raise RuntimeError("no room")

    with TestClient(Threshold(load, FirstPage(folder), "")) as client:
        answer = client.get("/c/mine")
    assert (answer.status_code, answer.text) == (500, "The workbench could not be opened: no room\n")


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("/", True),
        ("/c/asia-1953", True),
        ("/c/asia-1953/why/KOR", True),
        ("/t/a-nato-in-asia", True),
        ("/c/asia-1953.json", False),
        ("/static/style.css", False),
        ("/docs/tutorial", False),
    ],
)
def test_only_pages_that_ask_the_model_say_that_it_is_coming(path: str, needs: bool) -> None:
    def asked(accept: str) -> Request:
        headers = [(b"accept", accept.encode()), (b"host", b"localhost")]
        return Request({"type": "http", "path": path, "headers": headers, "query_string": b"", "scheme": "http"})

    assert coming.needs_model(asked("text/html,application/xml;q=0.9")) is needs
    assert not coming.needs_model(asked("text/event-stream"))
    assert not coming.needs_model(asked("*/*"))
