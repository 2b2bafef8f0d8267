"""Pages of systems: every picture sound, every page whole, readable in a real browser with the network cut."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.reports.systemfigures import FIGURES
from foedus.reports.systempage import system_html, systems_table
from foedus.reports.systemwords import ABOUT, MIND
from foedus.surfaces.svg.marks import bars, grid, lines
from foedus.surfaces.svg.pen import standalone
from foedus.systems.known import SYSTEMS
from systems_found import found

NAMES = sorted(SYSTEMS)
DOCS = Path(__file__).parents[2] / "docs" / "systems"


def test_every_system_has_words_pictures_and_a_page_in_the_docs() -> None:
    assert set(ABOUT) == set(MIND) == set(FIGURES) == set(SYSTEMS)
    for name in NAMES:
        text = (DOCS / f"{name}.md").read_text()
        assert f"foedus system {name}" in text
        for picture in re.findall(r"\((\.\./images/systems/[^)]+)\)", text):
            ElementTree.parse(DOCS / picture)
    assert [r["system"] for r in systems_table()] == list(SYSTEMS)


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_valid_and_the_same_each_time(name: str) -> None:
    finding = found(name)
    assert FIGURES[name](finding) == FIGURES[name](finding)
    for caption, svg in FIGURES[name](finding):
        assert len(caption) > 20
        root = ElementTree.fromstring(standalone(svg))
        assert [e for e in root.iter() if e.tag.endswith("title")]
        assert not re.search(r"\bnan\b|\binf\b", svg)


def test_plots_place_what_they_are_given() -> None:
    rows = [
        {"s": "A", "x": 1.0, "y": 0.5, "on": True, "off": False},
        {"s": "A", "x": 2.0, "y": -0.5, "on": False, "off": True},
    ]
    assert bars(rows, "s", "y", "share", "Bars").count("<rect") == 2
    assert grid(rows, "s", "x", "on", "off", ("yes", "no"), "Grid").count("<circle") == 4  # two in the key
    drawn = lines(rows, "x", "y", "s", "share", "Lines", "on", mark_words="marked")
    assert drawn.count("<circle") == 2
    assert drawn.count("<rect") == 2  # key and one shaded place


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_nothing_of_the_network_and_says_everything(name: str) -> None:
    text = system_html(found(name))
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"http", text)
    assert "url(http" not in text
    assert text.count("<figure>") == len(FIGURES[name](found(name)))
    assert text.count("<details") == len(found(name).tables)
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
    page.write_text(system_html(found(name)), encoding="utf-8")
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
            """[...document.querySelectorAll('figure svg')].flatMap(s => {
                 const b = s.getBoundingClientRect();
                 return [...s.querySelectorAll('text')].filter(t => {
                   const r = t.getBoundingClientRect();
                   return r.left < b.left - 2 || r.right > b.right + 2 || r.bottom > b.bottom + 2;
                 }).map(t => t.textContent) })"""
        )
        assert cut == []
        context.close()
