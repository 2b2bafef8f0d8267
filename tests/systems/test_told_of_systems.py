"""Pages of systems: every picture sound, every page whole, readable in a real browser with the network cut."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.asking import one_system
from foedus.asking.files import page_text
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import standalone
from foedus.systems.known import SYSTEMS
from foedus.systems.told_of_systems import in_draws, record_of, systems_table
from systems_found import found

NAMES = sorted(SYSTEMS)
DOCS = Path(__file__).parents[2] / "docs" / "systems"


def test_every_system_has_words_pictures_and_a_page_in_the_docs() -> None:
    for name in NAMES:
        text = (DOCS / f"{name}.md").read_text()
        assert f"foedus system {name}" in text
        pictures = re.findall(r"\((\.\./images/systems/[^)]+)\)", text)
        assert pictures == [f"../images/systems/{c.key}.svg" for c in record_of(found(name)).charts()]
        for picture in pictures:
            ElementTree.parse(DOCS / picture)
        assert all(words in text for words in (SYSTEMS[name].about, *SYSTEMS[name].mind))
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
def test_the_answer_is_plain_and_short_and_the_tally_counts_the_statements(name: str) -> None:
    record = record_of(found(name))
    said = " ".join(record.says)
    assert len(record.says) >= 2
    assert len(said.split()) <= 60
    assert not re.search(r"\b(?!GDP)[A-Z]{3}\b|nan\b|statements", said)  # names of states, no ids; found, not counted
    together = record.section("together")
    tags = [part.tags[0] for part in together.sections]
    assert f"agree on {tags.count(('agree', 'good'))} of {len(tags)} statements" in together.says[0]
    assert f"differ on {tags.count(('differ', 'bad'))}" in together.says[0]
    words = [word for word, _ in tags]
    assert words == sorted(words, key=["differ", "agree", "one is silent"].index)


@pytest.mark.parametrize("name", NAMES)
def test_with_a_mechanism_off_the_answer_is_said_all_the_same(name: str) -> None:
    for off in ("wedge", "exposure"):
        if name in ("wedge", "japan-korea", "nato-in-asia"):
            record = one_system.system(name, without=(off,)).record
            assert len(" ".join(record.says).split()) <= 60
            assert not re.search(r"\bnan\b|\binf\b", " ".join(record.says))


@pytest.mark.parametrize("name", NAMES)
def test_the_record_keeps_every_table_and_names_used_sources_only(name: str) -> None:
    finding = replace(found(name), without=("dispute",), seed=7)
    record = record_of(finding)
    for t in finding.tables:
        assert (record.table(t.name).columns, record.table(t.name).rows) == (t.columns, t.rows)
    known = {k for case in finding.cases for k in case.sources}
    cited = {k for case in finding.cases for k in case.cited}
    assert cited <= {s.key for s in record.sources} < known
    assert (record.made["seed"], record.made["without"]) == (7, "dispute")


def test_an_event_is_cited_where_it_is_told() -> None:
    case = found("wedge").cases[0]
    of_events = {k for e in case.events for k in e.source} - case.cited
    told = {k for e in case.events if e.type == "coercion" for k in e.source}
    assert told <= {s.key for s in record_of(found("wedge")).sources}
    assert of_events & told
    assert not (of_events - told) <= {s.key for s in record_of(found("wedge")).sources}


def test_few_draws_are_counted_and_many_are_a_share() -> None:
    assert in_draws(1.0, 2) == "agree in 2 of 2 draws"
    assert in_draws(0.75, 20) == "agree in 75 % of draws"


def test_a_finding_shows_itself_and_names_its_tables() -> None:
    finding = found("quad")
    assert repr(finding) == "<Finding about quad, 5 statements, 0 draws>"
    text = finding._repr_html_()
    assert text.startswith("<h3>The Quad</h3><p>")
    assert "Australia is the weakest link" in text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_nothing_of_the_network_and_says_everything(name: str) -> None:
    record = record_of(found(name))
    text = page_text(record)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"http", text)
    assert "url(http" not in text
    assert text.count("<figure") == len(record.charts())
    for check in found(name).checks:
        assert check.says.split("'")[0][:30] in text


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_the_page_reads_well_in_a_browser(name: str, tmp_path: Path, browser: Any) -> None:
    page = tmp_path / "page.html"
    page.write_text(page_text(record_of(found(name))), encoding="utf-8")
    for width in (390, 1440):
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
