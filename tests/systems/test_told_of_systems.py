"""Pages of systems: every picture sound, every page whole, readable in a real browser with the network cut."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.asking.files import page_text
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import standalone
from foedus.systems.known import SYSTEMS
from foedus.systems.pictures_of_systems import PICTURES
from foedus.systems.told_of_systems import MOST_WORDS, record_of, systems_table
from foedus.systems.words_of_systems import ABOUT, MIND
from systems_found import found

NAMES = sorted(SYSTEMS)
DOCS = Path(__file__).parents[2] / "docs" / "systems"


def test_every_system_has_words_pictures_and_a_page_in_the_docs() -> None:
    assert set(ABOUT) == set(MIND) == set(PICTURES) == set(SYSTEMS)
    for name in NAMES:
        text = (DOCS / f"{name}.md").read_text()
        assert f"foedus system {name}" in text
        pictures = re.findall(r"\((\.\./images/systems/[^)]+)\)", text)
        assert pictures == [f"../images/systems/{c.key}.svg" for c in PICTURES[name](found(name))]
        for picture in pictures:
            ElementTree.parse(DOCS / picture)
    assert [r["system"] for r in systems_table()] == list(SYSTEMS)


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_valid_at_both_widths_and_the_same_each_time(name: str) -> None:
    for chart in record_of(found(name)).charts():
        assert len(chart.caption) > 20
        for width in (760.0, 360.0):
            svg = draw(chart, width)
            assert svg == draw(chart, width)
            root = ElementTree.fromstring(standalone(svg))
            assert [e for e in root.iter() if e.tag.endswith("title")]
            assert not re.search(r"\bnan\b|\binf\b", svg)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_short_and_counts_what_the_statements_say(name: str) -> None:
    finding = found(name)
    record = record_of(finding)
    tags = [part.tags[0] for part in record.section("together").sections]
    assert sum(len(words.split()) for words in record.says) <= MOST_WORDS
    assert f"agree on {tags.count(('agree', 'good'))} of {len(tags)} statements" in record.says[0]
    assert f"differ on {tags.count(('differ', 'bad'))}" in record.says[0]
    differing = [c.says for c in finding.checks if c.agree is False]
    assert not any(says in words for words in record.says[1:2] for says in differing if "They agree" in words)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_keeps_every_table_and_names_used_sources_only(name: str) -> None:
    finding = found(name)
    record = record_of(finding, ("dispute",), 7)
    for t in finding.tables:
        assert (record.table(t.name).columns, record.table(t.name).rows) == (t.columns, t.rows)
    cited = {k for case in finding.cases for told in (*case.facts, *case.events) for k in told.source}
    assert {s.key for s in record.sources} <= cited
    assert (record.made["seed"], record.made["without"]) == (7, "dispute")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_nothing_of_the_network_and_says_everything(name: str) -> None:
    record = record_of(found(name))
    text = page_text(record)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"http", text)
    assert "url(http" not in text
    assert text.count("<figure") == len(record.charts())
    for check in found(name).checks:
        assert check.says.split("'")[0][:30] in text


BROWSER = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if BROWSER is None:
        pytest.skip("there is no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_the_page_reads_well_in_a_browser(name: str, tmp_path: Path, browser: Any) -> None:
    page = tmp_path / "page.html"
    page.write_text(page_text(record_of(found(name))), encoding="utf-8")
    for width in (390, 1200):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("console", lambda m, said=complaints: said.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda e, said=complaints: said.append(str(e)))
        tab.goto(page.as_uri())
        assert complaints == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate("document.querySelectorAll('h1').length") == 1
        cut = tab.evaluate(
            """[...document.querySelectorAll('figure svg')].filter(s => s.getBoundingClientRect().width).flatMap(s => {
                 const b = s.getBoundingClientRect();
                 return [...s.querySelectorAll('text')].filter(t => {
                   const r = t.getBoundingClientRect();
                   return r.left < b.left - 2 || r.right > b.right + 2 || r.bottom > b.bottom + 2;
                 }).map(t => t.textContent) })"""
        )
        assert cut == []
        context.close()
