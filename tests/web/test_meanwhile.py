"""Which addresses the record answers while the model is not there yet, and what its page says and leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from foedus.casebook.reader import library_folder
from foedus.web import meanwhile
from foedus.web.meanwhile import instead, of_address

FIRST = library_folder() / "indo-pacific-2020"


def request(path: str, query: str = "") -> Request:
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/", "", (FIRST, 2007)),
        ("/c/indo-pacific-2020", "", (FIRST, None)),
        ("/c/europe%2D1949", "", (library_folder() / "europe-1949", None)),
        ("/c/", "", None),
        ("/c/nowhere", "", None),
        ("/c/../case.yaml", "", None),
        ("/c/indo-pacific-2020/why/KOR", "", None),
        ("/t/c/europe-1949", "", None),
        ("/method", "", None),
        ("/c/europe-1949", "lever=trade:0.5", None),
        ("/", "v=0.1.0", None),
    ],
)
def test_the_record_stands_for_a_case_as_it_is_and_for_nothing_else(
    path: str, query: str, found: tuple[Path, int | None] | None
) -> None:
    assert of_address(request(path, query), FIRST, 2007) == found


def test_a_page_of_the_record_names_its_year_and_keeps_it_in_its_links() -> None:
    of_now, of_then = (bytes(instead((FIRST, y), FIRST, "/foedus").body).decode() for y in (None, 2007))
    assert '<a href="/foedus/c/indo-pacific-2020/years"' in of_now
    assert '<a href="/foedus/c/indo-pacific-2020/years?year=2007"' in of_then
    assert 'aria-current="page"' in of_now
    assert "What was in force" in of_then


def test_what_cannot_be_read_says_to_wait(tmp_path: Path) -> None:
    waits = instead((tmp_path / "gone", None), FIRST, "")
    assert waits.status_code == 503
    assert waits.body == instead(None, FIRST, "").body


def test_a_link_that_was_pressed_is_not_taken_back_when_the_number_comes(browser: Any) -> None:
    script = (Path(meanwhile.__file__).parent / "static" / "meanwhile.js").read_text(encoding="utf-8")
    pages = {"record": '<a href="/there">Why</a><script type="module" src="/look.js"></script>', "look.js": script}
    looks: list[Any] = []
    slow: list[Any] = []

    def answers(route: Any) -> None:
        asked = route.request.url.rpartition("/")[2]
        if asked == "there":
            slow.append(route)
        elif asked == "record" and not route.request.is_navigation_request():
            looks.append(route)
        else:
            form = "text/javascript" if asked == "look.js" else "text/html"
            route.fulfill(body=pages[asked], headers={"content-type": form})

    def comes(held: list[Any]) -> None:
        for _ in range(200):
            if held:
                return
            page.wait_for_timeout(50)
        raise AssertionError("nothing was asked for")

    page = browser.new_page()
    page.route("http://foedus.test/**", answers)
    page.goto("http://foedus.test/record")
    comes(looks)
    page.get_by_role("link", name="Why").click(no_wait_after=True)
    comes(slow)
    looks[0].fulfill(body="the number", headers={"content-type": "text/html"})  # it comes once the link was pressed
    page.wait_for_timeout(300)
    slow[0].fulfill(body="<h1>There</h1>", content_type="text/html")
    page.get_by_role("heading", name="There").wait_for(timeout=5000)
    page.close()
