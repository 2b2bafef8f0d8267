"""Addresses, names and numbers from strangers: a sentence each time, and text stays text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from foedus.asking.ask import Ask, How
from foedus.asking.kept import answered
from foedus.casebook.reader import case_folder
from foedus.questions.what_forms import body_band
from foedus.version import __version__
from foedus.vocabulary.tables import percent
from foedus.web.answer_page import between
from foedus.web.held import Held
from foedus.web.limits import Limits
from foedus.web.serve import create_app

EVIL = "<script>alert(1)</script>\"'&{{7*7}}"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_address_gets_an_answer_and_never_a_fault(client: TestClient, path: str, words: str) -> None:
    encoded = "".join(f"%{b:02x}" for b in path.encode(errors="replace"))
    query = "".join(f"%{b:02x}" for b in words.encode(errors="replace"))
    for place in ("/", "/c/", "/c/asia-1953/", "/t/", "/n/", "/docs/", "/method/", "/static/"):
        answer = client.get(f"{place}{encoded}?{query}={query}&draws=0")
        assert answer.status_code < 500, (place, path, words)


@pytest.mark.parametrize("length", [7_000, 10_000, 60_000])
def test_very_long_addresses_are_refused_in_a_sentence(client: TestClient, length: int) -> None:
    answer = client.get("/c/asia-1953?set=" + "x" * length)
    assert answer.status_code == 400
    assert len(answer.content) < 100_000


def test_many_changes_are_all_read_or_all_refused(client: TestClient) -> None:
    many = "&".join(f"set=KOR.trade.CHN:0.{k:03d}" for k in range(200))
    assert client.get(f"/c/asia-1953?{many}&draws=0").status_code in (200, 400)


def test_what_is_said_about_a_wrong_word_is_text(client: TestClient) -> None:
    for place in (
        f"/c/{EVIL}",
        f"/c/asia-1953?set={EVIL}:1",
        f"/c/asia-1953?{EVIL}=1",
        f"/docs?q={EVIL}",
        f"/c/asia-1953?v={EVIL}&draws=0",
    ):
        answer = client.get(place)
        assert answer.status_code < 500
        assert "<script>alert" not in answer.text, place
        assert "49" not in answer.text or "{{7*7}}" in answer.text or "7*7" not in answer.text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/n/trade/KOR/CHN", ("case", "v")),
        ("/t/a-nato-in-asia", ("claim", "draws", "seed", "without", "law", "calibration", "v")),
        ("/method/exposure", ("v",)),
        ("/parameters", ("v",)),
        ("/c/new", ("region", "year", "states", "hub", "adversaries", "press", "base", "at")),
    ],
)
@pytest.mark.parametrize(
    "said", [EVIL, "9" * 3_000, "\x00", "..%2f..%2fetc", "=" * 40, "é\u202e\ud7ff", "-1", "1e999", "nan"]
)
def test_every_word_of_pages_beside_a_case_is_refused_in_a_sentence_or_read_as_text(
    client: TestClient, place: str, words: tuple[str, ...], said: str
) -> None:
    for word in words:
        answer = client.get(place, params={word: said})
        assert answer.status_code < 500, (place, word)
        assert "<script>alert" not in answer.text, (place, word)
        assert "This page could not be made" not in answer.text, (place, word)
        assert len(answer.content) < 400_000, (place, word)


def test_names_in_a_case_of_a_stranger_are_text(tmp_path: Path) -> None:
    folder = tmp_path / "evil"
    shutil.copytree(case_folder("asia-1953"), folder)
    case = folder / "case.yaml"
    text = case.read_text(encoding="utf-8")
    lines = [
        f"title: '{EVIL.replace(chr(39), chr(39) * 2)}'" if s.startswith("title:") else s for s in text.splitlines()
    ]
    case.write_text("\n".join(lines), encoding="utf-8")
    with TestClient(create_app(Held(folder), warm=False)) as own:
        for page in (
            "/",
            "/c/evil?draws=0",
            "/c/evil/why/KOR?draws=0",
            "/c/evil/years",
            "/c/evil/case",
            "/c/evil.svg?draws=0",
        ):
            answer = own.get(page)
            assert answer.status_code == 200, page
            assert "<script>alert" not in answer.text, page


def test_nothing_outside_what_is_served_is_read(client: TestClient) -> None:
    for place in (
        "/static/..%2fserve.py",
        "/static/%2e%2e/pages.py",
        "/docs/..%2f..%2fpyproject",
        "/docs/%2fetc%2fpasswd",
        "/t/%2fetc%2fpasswd",
        "/c/%2fetc",
        "/static/style.css%00",
    ):
        answer = client.get(place)
        assert 400 <= answer.status_code < 500, place
        assert "import " not in answer.text
        assert "root:" not in answer.text


def test_a_link_of_another_version_says_so(client: TestClient) -> None:
    text = client.get("/c/asia-1953?draws=0&v=9.9.9").text
    assert "This link was made with foedus 9.9.9" in text
    assert "what 9.9.9 said is not kept here" in text
    assert 'href="/c/asia-1953?draws=0">The same with' in text


def test_a_link_of_an_older_version_shows_both_answers_where_both_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    with monkeypatch.context() as older:
        older.setattr("foedus.asking.said_before.__version__", "0.0.9")
        found = answered(Ask("asia-1953", draws=20), How(1))
    for page in ("", "/play", "/why/KOR"):
        text = TestClient(create_app(Held("asia-1953"), warm=False)).get(f"/c/asia-1953{page}?draws=20&v=0.0.9").text
        assert "Both have answered it here, over 20 draws of the same case." in text
        rows = re.findall(r'<th scope="row">([\d.]+)</th><td class="n"><b>([^<]+)</b></td><td class="n">([^<]+)', text)
        assert [version for version, *_ in rows] == ["0.0.9", __version__]
        assert rows[0][1:] == rows[1][1:] == (percent(body_band(found).default), between(body_band(found)))


def test_what_is_no_version_is_not_repeated_as_a_command(client: TestClient) -> None:
    answer = client.get("/c/asia-1953?draws=0&v=0.1.0%20--index-url%20http://elsewhere")
    assert answer.status_code == 400
    assert "is not a version" in answer.text
    assert "pip install" not in answer.text


def test_draws_beyond_the_limit_get_the_command_for_ones_own_machine() -> None:
    public = TestClient(create_app(Held("asia-1953", Limits(public=True)), warm=False))
    answer = public.get("/c/asia-1953?draws=5000")
    assert answer.status_code == 413
    assert "foedus assess asia-1953 --draws 5000" in answer.text
