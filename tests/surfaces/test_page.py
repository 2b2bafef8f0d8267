"""The page: self-contained, complete, readable in a real browser, wide and narrow, with the network cut."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from casebook.casefiles import write_case
from foedus.asking.about_a_case import assess, record
from foedus.asking.files import page_text
from foedus.casebook.reader import read_case
from foedus.surfaces import page as rendered
from foedus.surfaces.page import page as html
from foedus.surfaces.page import safe_link
from foedus.surfaces.svg.pen import DARK, LIGHT
from foedus.vocabulary.record import Record, Section, Source
from foedus.vocabulary.tables import Column, table


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = write_case(tmp_path_factory.mktemp("case") / "small")
    return record(assess(read_case(folder), draws=30, workers=1))


@pytest.fixture(scope="module")
def page(told: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page_text(told), encoding="utf-8")
    return path


def test_the_page_asks_nothing_of_the_network(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r'(?:src|href)="(?!#|data:|https?://)[^"]', text)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"http", text)
    assert "@import" not in text
    assert "url(http" not in text


def test_only_the_pages_own_style_and_script_act(page: Path) -> None:
    text = page.read_text()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    allowed = policy.group(1).replace("&#39;", "'")
    assert "default-src 'none'" in allowed
    for tag in ("style", "script"):
        inner = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        assert inner is not None
        assert base64.b64encode(sha256(inner.group(1).encode()).digest()).decode() in allowed


def test_the_page_shows_every_number_with_its_source_or_judgement(page: Path, told: Record) -> None:
    text = page.read_text()
    for words in ("An alliance runs part of its command", "A book of numbers", "seed 1", told.made["case_hash"]):
        assert words in text
    for t in filter(len, told.tables()):
        assert t.title.split(",")[0].replace("'", "&#39;") in text, t.title
    for row in told.table("parameters"):
        assert str(row["name"]) in text
    for words in (*told.says, *told.section("limits").says):
        # no line is broken between a number and its per cent
        assert words[:40].replace("'", "&#39;").replace(" %", "\u00a0%") in text


def test_the_first_screen_answers_in_sixty_words(told: Record) -> None:
    assert len(" ".join(told.says[:2]).split()) <= 60


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x", "http://[::1"]
)
def test_only_http_addresses_become_links(url: str) -> None:
    source = Source("evil", "A book", url)
    text = html(Record("x", "t", "q", "", (), (), (source,), {"foedus": "0"}), lambda c, w: "")
    assert safe_link(url) == ""
    assert "href=" + '"' + url not in text
    assert safe_link("https://example.org/a") == "https://example.org/a"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "\x1b[31m\x07", "</title><b>", "{{ 7*7 }}", "\u202egnp.exe"]
)
def test_text_from_outside_stays_text(hostile: str) -> None:
    words = table("t", hostile, [Column(hostile, hostile, hostile), Column("b")], [[hostile, 1.0]])
    section = Section("s", hostile, (hostile,), (words,), notes=(hostile,), tags=((hostile, "good"),))
    text = html(Record("x", hostile, hostile, hostile, (hostile,), (section,), (), {"foedus": "0"}), lambda c, w: "")
    assert "<script>alert" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert ">49<" not in text


def test_light_and_dark_know_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_reads_well_in_a_browser(width: int, page: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    tab.goto(page.as_uri())
    assert complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if width < 600:  # one screen first, the rest folded, and a link into it opens it
        assert tab.evaluate("document.documentElement.scrollHeight") < 5000
        assert tab.locator("#wedge > details[open]").count() == 0
        tab.locator("nav a[href='#wedge']").click()
        tab.locator("#wedge > details[open]").wait_for()
    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("document.querySelectorAll('h1').length") == 1
    unnamed = tab.evaluate(
        "[...document.querySelectorAll('svg')].filter(s => s.querySelector('title') === null).length"
    )
    assert unnamed == 0
    # every label of every picture lies inside its picture
    cut = tab.evaluate(
        """[...document.querySelectorAll('figure svg')].flatMap(s => {
             const b = s.getBoundingClientRect();
             return [...s.querySelectorAll('text')].filter(t => {
               const r = t.getBoundingClientRect(); return r.left < b.left - 2 || r.right > b.right + 2 || r.bottom > b.bottom + 2;
             }).map(t => t.textContent) })"""
    )
    assert cut == []
    context.close()


@pytest.mark.browser
def test_pointing_at_a_state_isolates_its_ties(page: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.hover("figure.map .broad [data-state=JPN] circle")
    assert tab.evaluate("document.querySelector('figure.map .broad svg').classList.contains('isolated')")
    on = tab.evaluate("[...document.querySelectorAll('.broad .tie.on')].map(t => t.dataset.b)")
    assert on == ["JPN"]
    context.close()


def test_sentences_for_those_who_see_the_page_stand_on_it() -> None:
    section = Section("s", "S", ("It is so.",), seen=("Open a <claim>.",))
    text = rendered.page(Record("trial", "A trial", "Is it?", "", (), (section,)), lambda *_: "")
    assert "<p>Open a &lt;claim&gt;.</p>" in text
