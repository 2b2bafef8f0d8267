from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from foedus.web.careful import FRAMED, POLICY
from foedus.web.held import Held
from foedus.web.limits import Limits
from foedus.web.serve import create_app

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("page", ["", "/play", "/draft", "/why/KOR", "/years", "/leverage", "/wedge", "/case"])
def test_a_figure_stands_in_other_pages_with_its_sentence_and_its_source(client: TestClient, page: str) -> None:
    answer = client.get(f"/embed/c/asia-1953{page}?draws=0&without=dispute")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == FRAMED
    assert "frame-ancestors *" in FRAMED
    assert FRAMED.replace("frame-ancestors *", "frame-ancestors 'none'") == POLICY
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    text = answer.text
    assert text.count("<svg") == 2
    assert 'class="said"' in text
    assert "East Asia and the Pacific, autumn 1953" in text
    assert "case hash" in text
    assert f'href="/c/asia-1953{page}?without=dispute&amp;draws=0" target="_blank" rel="noopener"' in text
    assert "<form" not in text
    assert "<script" not in text


def test_only_figures_may_be_framed(client: TestClient) -> None:
    for path in ("/c/asia-1953?draws=0", "/embedded", "/c/embed/", "/n/embed/x"):
        assert client.get(path).headers["content-security-policy"] == POLICY, path
    page = client.get("/c/asia-1953?draws=0").text
    assert '<a href="/embed/c/asia-1953?draws=0">figure for another page</a>' in page


def test_below_the_path_of_a_proxy_too() -> None:
    held = Held("asia-1953", Limits(public=True), "/foedus")
    answer = TestClient(create_app(held, warm=False)).get("/embed/c/asia-1953?draws=0")
    assert answer.headers["content-security-policy"] == FRAMED
    assert 'href="/foedus/c/asia-1953?draws=0"' in answer.text
    assert 'href="/foedus/static/style.css?h=' in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/embed/c/asia-1953/play.json", "there is no such figure"),
        ("/embed/c/asia-1953.json", "there is no such figure"),
        ("/embed/t/a-nato-in-asia", "there is no such"),
        ("/embed/c/asia-1593", "Did you mean"),
        ("/embed/c/%3Cscript%3Ealert(1)%3C/script%3E", "there is no such"),
        ("/embed/..%2f..%2fetc%2fpasswd", "there is no such"),
        ("/embed/", "it names no case"),
    ],
)
def test_what_is_no_figure_is_a_sentence(client: TestClient, path: str, said: str) -> None:
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    assert said in answer.text
    assert "<script>alert" not in answer.text


def test_a_picture_is_png_where_its_library_is_there(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py")
    answer = client.get("/c/asia-1953.png?draws=0")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(PNG)
    assert len(answer.content) > 20_000
    assert ".png?draws=0" in client.get("/c/asia-1953?draws=0").text
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    without = client.get("/c/asia-1953.png?draws=0")
    assert without.status_code == 400
    assert "pip install 'foedus[plots]'" in without.text
