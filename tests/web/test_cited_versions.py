from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

import foedus

PLACES = [
    "/n/trade/KOR/CHN?case=asia-1953",
    "/n/trade/KOR/CHN?case=indo-pacific-2020@2007",
    "/t/a-nato-in-asia?claim=2&draws=2",
    "/method",
    "/method/exposure",
    "/parameters",
]
"""A page of each kind that is about no case."""


@pytest.mark.parametrize("place", PLACES)
def test_the_link_that_stays_says_the_version_and_shows_the_same(settled: TestClient, place: str) -> None:
    page = settled.get(place)
    link = re.search(r'id="cite-link" href="([^"]+)"', page.text)
    assert page.status_code == 200
    assert link is not None
    kept = link.group(1).replace("&amp;", "&")
    assert kept.endswith(f"v={foedus.__version__}")
    assert all(word in kept for word in place.partition("?")[2].split("&"))
    again = settled.get(kept)
    assert again.status_code == 200
    assert "This link was made with" not in again.text
    assert _heading(again.text) == _heading(page.text)


@pytest.mark.parametrize("place", PLACES)
def test_a_link_of_another_version_says_so_and_leads_to_this_one(settled: TestClient, place: str) -> None:
    older = settled.get(f"{place}{'&' if '?' in place else '?'}v=0.0.9").text
    assert f"This link was made with foedus 0.0.9; this is foedus {foedus.__version__}." in older
    assert "pip install foedus==0.0.9" in older
    now = re.search(r'<a href="([^"]+)">The same with', older)
    assert now is not None
    assert "v=" not in now.group(1)
    assert _heading(settled.get(now.group(1).replace("&amp;", "&")).text) == _heading(older)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bad", ["<script>", "0.1.0 --index-url http://elsewhere", "latest", "1" * 400])
def test_what_is_no_version_is_not_repeated_in_a_command(settled: TestClient, place: str, bad: str) -> None:
    path, _, words = place.partition("?")
    pairs = [tuple(w.split("=", 1)) for w in words.split("&") if w]
    answer = settled.get(path, params=[*pairs, ("v", bad)])
    assert 400 <= answer.status_code < 500
    assert "is not a version" in answer.text
    assert "pip install" not in answer.text
    assert "<script>alert" not in answer.text


def test_a_trial_keeps_an_older_version_from_claim_to_claim(settled: TestClient) -> None:
    text = settled.get("/t/a-nato-in-asia?claim=2&draws=2&v=0.0.9").text
    assert 'rel="next" href="/t/a-nato-in-asia?claim=3&amp;draws=2&amp;v=0.0.9"' in text


def _heading(text: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    return found.group(1) if found else ""


@pytest.fixture(scope="module")
def settled(client: TestClient) -> TestClient:
    """Return a client for whom the draws of the trial are there."""
    client.get("/t/a-nato-in-asia.json?draws=2")
    return client
