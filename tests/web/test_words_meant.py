"""Words meant: a page says what its own words mean, once, where its template wants that, and no others."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from foedus.council.glosses import GLOSSES
from foedus.vocabulary.glossing import SHARED
from foedus.web.words_meant import MARK, WORDS, with_words


def told(page: str) -> list[str]:
    return re.findall(r"<dt>([^<]+)</dt>", re.search(r'<details class="table words">.*?</details>', page).group(0))  # type: ignore[union-attr]


def test_words_are_those_that_stand_on_the_page_in_their_order() -> None:
    page = f"<p>a star</p><main><h1>No further body</h1>{MARK}<p>led by the <b>hub</b>, 5–95\u00a0% of draws</p><code>wedge</code></main>"
    found = with_words(page)
    assert told(found) == ["body", "hub", "5–95 %", "draw"]
    assert f"<dd>{WORDS['hub']}</dd>" in found
    assert (
        with_words(f"<main><p>Everybody drew a forumla</p>{MARK}</main>")
        == "<main><p>Everybody drew a forumla</p></main>"
    )
    assert with_words("<main>a body</main>") == "<main>a body</main>"


def test_both_rooms_say_the_same_of_the_words_they_share() -> None:
    assert {w: WORDS[w] for w in SHARED} == {w: GLOSSES[w] for w in SHARED} == dict(SHARED)
    assert all(len(words.split()) <= 20 for words in WORDS.values())


def test_pages_of_a_case_explain_themselves(client: TestClient) -> None:
    assert {"body", "forum", "hub", "draw"} <= {*told(client.get("/c/asia-1953?draws=0").text)}
    assert "consent" in told(client.get("/c/asia-1953/wedge?draws=0").text)
    for page in ("play", "draft", "leverage", "years", "why/KOR"):
        text = client.get(f"/c/asia-1953/{page}?draws=0").text
        assert "body" in told(text) or "hub" in told(text)
        assert MARK not in text
