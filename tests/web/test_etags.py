from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from foedus.version import __version__
from foedus.web.etags import FOR_EVER, LOOK


@pytest.mark.parametrize(
    "path",
    [
        "/c/asia-1953?draws=0",
        "/c/asia-1953.json?draws=0",
        "/c/asia-1953/play/quick",
        "/docs/tutorial",
        "/parameters.csv",
    ],
)
def test_who_has_the_page_is_told_so_and_who_has_another_gets_it(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.status_code == 200
    again = client.get(path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    other = client.get(path, headers={"if-none-match": 'W/"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_only_what_its_address_says_in_full_is_kept_for_ever(client: TestClient) -> None:
    def kept(path: str) -> str:
        return client.get(path).headers["cache-control"]

    assert kept(f"/c/asia-1953.json?draws=0&v={__version__}") == FOR_EVER
    assert kept(f"/c/asia-1953/play/quick?lever=trade:0.5&v={__version__}") == FOR_EVER
    assert kept("/c/asia-1953.json?draws=0") == LOOK
    assert kept("/c/asia-1953.json?draws=0&v=9.9.9") == LOOK
    assert kept("/c/asia-1953/play/quick?v=9.9.9") == LOOK
    # three draws that nobody has worked out yet: the same address has other bytes later
    assert kept(f"/c/asia-1953.json?draws=3&seed=90210&v={__version__}") == LOOK
    assert kept(f"/c/asia-1953?draws=0&v={__version__}") == LOOK


def test_a_page_that_looks_again_is_never_kept(client: TestClient) -> None:
    answer = client.get("/c/asia-1953?draws=3&seed=90211")
    assert answer.headers["refresh"]
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_files_that_pages_bring_along_last_as_long_as_their_hash(client: TestClient) -> None:
    page = client.get("/c/asia-1953/play").text
    named = re.findall(r'/static/([a-z]+\.(?:css|js)\?h=[0-9a-f]+)"', page)
    assert {n.partition("?")[0] for n in named} >= {"style.css", "frame.js", "play.js"}
    seen = set()
    while named:
        name = named.pop()
        seen.add(name.partition("?")[0])
        answer = client.get(f"/static/{name}")
        assert answer.headers["cache-control"] == FOR_EVER, name
        brought = re.findall(r'(?:from "\./|import\("\./|url\()([a-z]+\.[a-z0-9]+(?:\?h=[0-9a-f]+)?)', answer.text)
        assert all("?h=" in b for b in brought), (name, brought)
        named += [b for b in brought if b.partition("?")[0] not in seen and not b.startswith(("serif", "sans"))]
    assert {"asking.js", "marks.js", "search.js"} <= seen
    assert client.get("/static/style.css?h=000000000000").headers["cache-control"] == LOOK
    assert client.get("/static/style.css").headers["cache-control"] == LOOK
