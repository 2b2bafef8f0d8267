"""The page: self-contained, complete, readable in a real browser, wide and narrow, with the network cut."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casebook.casefiles import write_case
from foedus.asking import about_a_case, files
from foedus.casebook.reader import read_case
from foedus.reports.maps import POLICY, View, equal_earth, outlines, place_labels
from foedus.reports.page import FIGURES, report_html
from foedus.surfaces.svg.pen import DARK, LIGHT, Scale, standalone


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = write_case(tmp_path_factory.mktemp("case") / "small")
    return files.record(about_a_case.assess(read_case(folder), draws=30, workers=1))


@pytest.fixture(scope="module")
def page(record: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(report_html(record), encoding="utf-8")
    return path


def test_the_page_asks_nothing_of_the_network(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r'(?:src|href)="(?!#|data:|https?://)[^"]', text)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"http", text)
    assert "@import" not in text
    assert "url(http" not in text


def test_the_page_shows_every_number_with_its_source_or_judgement(page: Path, record: dict[str, Any]) -> None:
    text = page.read_text()
    assert f"{len(record['inputs'])} facts of the case" in text
    for words in (
        "An alliance runs part of its command",
        "A book of numbers",
        POLICY[:40],
        "seed 1",
        record["hashes"]["case"][:16],
        record["answer"]["headline"][:30],
    ):
        assert words in text
    for p in record["parameters"]:
        assert p["name"].replace("_", " ") in text
    for a in record["assumptions"]:
        assert a[:40].replace("'", "&#39;") in text


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_picture_is_valid_says_what_it_is_and_is_the_same_each_time(name: str, record: dict[str, Any]) -> None:
    svg = FIGURES[name](record)
    assert svg == FIGURES[name](record)
    root = ElementTree.fromstring(standalone(svg))
    texts = [e.text or "" for e in root.iter() if e.tag.endswith(("title", "desc"))]
    assert len(texts[0]) > 5
    assert len(texts[1]) > 10
    assert "nan" not in svg.lower().replace("nano", "")


def test_light_and_dark_know_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


def test_words_on_the_ground_have_contrast() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for palette in (LIGHT, DARK):
        ground = luminance(palette["ground"])
        for name in ("ink", "soft", "blue", "vermilion", "teal"):
            ink = luminance(palette[name])
            assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.3, name


def test_the_map_is_where_it_should_be() -> None:
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(180, 0)[0] == pytest.approx(2.7066, abs=1e-3)
    assert equal_earth(0, 90)[1] == pytest.approx(1.3173, abs=1e-3)
    view = View((150, 10), 120)
    assert view.place(150, 10) == pytest.approx((480, 280))
    assert view.place(-170, 10)[0] > 480
    assert {"USA", "JPN", "CHN", "SGP"} <= set(outlines())


def test_labels_keep_off_each_other() -> None:
    spots = {"a": (100.0, 100.0), "b": (104.0, 108.0), "c": (110.0, 96.0)}
    found = place_labels(spots, {"a": "Alpha", "b": "Beta", "c": "Gamma"})
    assert len({(round(x), round(y)) for x, y, _ in found.values()}) == 3


def test_ticks_are_round_and_inside() -> None:
    for low, high in ((0, 1), (-0.4, 0.03), (0, 137), (-1.5, 4)):
        ticks = Scale(low, high, 0, 100).ticks(5)
        assert 2 <= len(ticks) <= 12
        assert all(low - 1e-9 <= t <= high + 1e-9 for t in ticks)


BROWSER = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if BROWSER is None:
        pytest.skip("there is no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1400])
def test_the_page_reads_well_in_a_browser(width: int, page: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    tab.goto(page.as_uri())
    assert complaints == []
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
    tab.hover("figure.map [data-state=JPN] circle")
    assert tab.evaluate("document.querySelector('figure.map svg').classList.contains('isolated')")
    on = tab.evaluate("[...document.querySelectorAll('.tie.on')].map(t => t.dataset.b)")
    assert on == ["JPN"]
    context.close()
