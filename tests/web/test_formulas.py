from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from foedus.mechanisms import MECHANISMS
from foedus.web.books import book, names, search
from foedus.web.formulas import formula, put_back, set_aside, without


@pytest.mark.parametrize("name", sorted(n for n, m in MECHANISMS.items() if m.equation))
def test_every_law_is_drawn_and_nothing_of_its_source_is_left(name: str) -> None:
    drawn = formula(MECHANISMS[name].equation)
    assert drawn.startswith('<div class="formula"')
    assert "<math" in drawn
    assert "\\" not in re.sub(r"&#x0005C;|&#x0?2216;", "", drawn)
    assert " style=" not in drawn
    assert "<pre" not in drawn


def test_what_is_no_formula_is_shown_as_it_is_written() -> None:
    assert formula("a_b_c <script>") == '<pre tabindex="0"><code>a_b_c &lt;script&gt;</code></pre>'
    assert "<script" not in formula(r"\text{<script>alert(1)</script>}")


def test_formulas_come_back_in_their_places() -> None:
    marked, found = set_aside("one\n\n$$\na_1\n$$\n\ntwo $$b$$ three\n")
    assert found == ["a_1", "b"]
    assert "$" not in marked
    html = put_back("<p>one</p>" + "".join(f"<p>{w}</p>" for w in marked.split("\n\n")[1:]), found)
    assert html.count("<math") == 2
    assert without(marked).split() == ["one", "two", "three"]


class Nested(HTMLParser):
    """Finds a formula inside a paragraph, which a browser would take apart."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += tag == "div" and "p" in self.open
        if tag == "p":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self.open:
            self.open.pop()


def test_no_page_of_the_documentation_shows_the_source_of_a_formula() -> None:
    drawn = 0
    for name in names():
        html = book(name).html
        assert "stands0here" not in html, name
        assert "$$" not in re.sub(r"<code>.*?</code>|<pre.*?</pre>", "", html, flags=re.S), name
        nested = Nested()
        nested.feed(html)
        assert not nested.wrong, name
        drawn += html.count("<math")
    assert drawn >= 38
    assert all("stands" not in around or "here" not in around for *_, around in search("utility"))
