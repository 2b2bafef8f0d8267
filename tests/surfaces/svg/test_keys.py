"""Keys and canvases of every mark: signs beside their words, nothing outside, the same for the same rows."""

from __future__ import annotations

import itertools
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import boxes
from textboxes import faults_of, texts_of

from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.rows import key_height
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, table

COLUMNS = (
    Column("who"),
    Column("gain", "bn", form="signed"),
    Column("low"),
    Column("high"),
    Column("kind"),
    Column("fee", form="signed"),
    Column("yes"),
    Column("bound"),
    Column("year", form="year"),
    Column("members"),
)
ROWS: list[tuple[Cell, ...]] = [
    ("Japan", 2.0, 1.0, 3.0, "one sort", 1.0, True, True, 2000, "USA JPN"),
    ("Korea", -1.0, -2.0, -0.5, "another sort", -0.5, False, True, 2001, "USA JPN KOR"),
    ("India", 0.5, None, None, "one sort", 0.0, None, False, 2002, "USA IND"),
]
BASE = Chart("c", "bars", "T", "", table("t", "T", COLUMNS, ROWS), "gain", "who", low="low", high="high")
BONDS = [
    ("Japan", None, None, None, k, None, None, None, 2000, m)
    for k, m in (("bilateral", "USA JPN"), ("forum", "USA KOR IND"), ("de facto", "USA TWN"))
]
KEYED: dict[str, tuple[Chart, tuple[str, ...]]] = {
    "bars": (
        replace(BASE, colour="kind", options={"base_words": "as it is"}),
        ("one sort", "another sort", "as it is"),
    ),
    "stack": (replace(BASE, mark="stack", series=("gain", "fee")), ("gain", "fee")),
    "dots": (
        replace(
            BASE, mark="dots", series=("gain", "fee"), options={"tick": "low", "base": 0.2, "base_words": "as it is"}
        ),
        ("gain", "fee", "low", "as it is"),
    ),
    "coloured dots": (replace(BASE, mark="dots", colour="yes"), ("yes: yes", "yes: no", "yes: –")),
    "strip": (
        replace(BASE, mark="strip", options={"base": 0.2, "base_words": "as it is", "draws": {"Japan": [1.0, 2.0]}}),
        ("default parameters", "median, and the range", "as it is"),
    ),
    "lines": (
        replace(BASE, mark="lines", x="year", y="gain", series="kind", options={"shaded": "yes", "tall": 20.0}),
        ("one sort", "another sort", "yes"),
    ),
    "areas": (
        replace(BASE, mark="lines", x="year", series=("gain", "fee"), options={"stacked": True, "tall": 20.0}),
        ("gain", "fee"),
    ),
    "grid": (replace(BASE, mark="grid", x="year", options={"filled": "yes", "ringed": "bound"}), ("yes", "bound")),
    "shades": (replace(BASE, mark="grid", x="year", options={"value": "gain"}), ("gain",)),
    "networks": (
        replace(
            BASE,
            mark="networks",
            x="gain",
            series="kind",
            table=table("t", "T", COLUMNS, BONDS),
            options={"hub": "USA"},
        ),
        ("bilateral defence treaty", "commitment without a treaty", "forum"),
    ),
    "map": (
        replace(
            BASE,
            mark="map",
            x="",
            series="kind",
            table=table("t", "T", COLUMNS, BONDS),
            options={"hub": "USA", "adversaries": ("RUS",)},
        ),
        ("bilateral defence treaty", "commitment without a treaty", "forum", "adversary"),
    ),
}


@pytest.mark.parametrize("width", [760.0, 360.0])
@pytest.mark.parametrize("name", KEYED)
def test_every_entry_of_a_key_has_its_sign_beside_its_words(name: str, width: float) -> None:
    chart, words = KEYED[name]
    svg = draw(chart, width)
    tall = key_height(words, width)
    signs = [(s, b) for s, b in boxes(svg) if b[3] <= tall + 0.5]
    shown = [(w, b) for w, b in texts_of(svg)[1] if w and b[3] <= tall]
    assert [w for w, _ in shown] == list(words)
    used = 0
    for _, (left, top, _, bottom) in shown:
        own = [b for _, b in signs if left - 28.5 <= b[0] and b[2] <= left and top - 4 < b[3] and b[1] < bottom + 4]
        assert own
        used += len(own)
        across = (min(b[0] for b in own) + max(b[2] for b in own)) / 2
        down = (min(b[1] for b in own) + max(b[3] for b in own)) / 2
        middle = left - (18 if name == "bars" else 17)  # of a square of 22, and of bars of 20, six before the words
        assert across == pytest.approx(middle, abs=0.3)
        assert down == pytest.approx((top + bottom) / 2, abs=1.1)
        assert max(b[3] for b in own) - min(b[1] for b in own) <= 16
        assert 0 <= max(b[2] for b in own) - min(b[0] for b in own) <= 22
    assert used == len(signs)  # and there are no others


numbers = st.one_of(st.floats(-100, 100), st.none(), st.just(0.0))


@pytest.mark.parametrize("width", [760.0, 360.0])
@pytest.mark.parametrize("mark", ["bars", "stack", "dots", "strip", "lines", "grid"])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_nothing_is_drawn_outside_the_canvas_and_no_words_are_covered(
    mark: str, width: float, data: st.DataObject
) -> None:
    one = st.tuples(
        st.sampled_from(["Japan", "Republic of Korea", "India", "a"]),
        *[numbers] * 3,
        st.sampled_from("ab"),
        numbers,
        st.booleans(),
        st.booleans(),
        st.integers(1949, 2026),
        st.none(),
    )
    rows = data.draw(st.lists(one, min_size=1, max_size=5))
    along = mark in ("lines", "grid")
    x, y = ("year", "gain" if mark == "lines" else "who") if along else ("gain", "who")
    series: str | tuple[str, ...] = ("gain", "fee") if mark in ("stack", "dots") else "kind" if mark == "lines" else ""
    options = {"filled": "yes", "ringed": "bound"} if mark == "grid" else {"beside": "fee"} if mark == "stack" else {}
    chart = replace(BASE, mark=mark, x=x, y=y, series=series, table=table("t", "T", COLUMNS, rows), options=options)
    svg = draw(chart, width)
    if svg:
        assert faults_of(svg) == []
        _, tall = texts_of(svg)[0]
        for s, (left, top, right, bottom) in boxes(svg):
            assert -0.5 <= left <= right <= width + 0.5, s
            assert -0.5 <= top <= bottom <= tall + 0.5, s


@pytest.mark.parametrize("width", [760.0, 360.0])
@pytest.mark.parametrize("mark", ["bars", "stack", "dots", "strip"])
def test_rows_stand_in_the_order_of_the_table_at_equal_distances(mark: str, width: float) -> None:
    names = [f"state {k}" for k in (3, 1, 4, 2, 5)]
    rows = [(n, k - 2.0, None, None, "", 1.0, True, True, 2000, "") for k, n in enumerate(names)]
    chart = replace(BASE, mark=mark, table=table("t", "T", COLUMNS, rows), series=("gain",) if mark == "stack" else "")
    svg = draw(chart, width)
    found = {w: b for w, b in texts_of(svg)[1] if w in names}
    assert list(found) == names
    tops = [b[1] for b in found.values()]
    pitch = [b - a for a, b in itertools.pairwise(tops)]
    assert pitch == pytest.approx([pitch[0]] * 4, abs=0.02)
    assert pitch[0] > 15
    assert len({b[0] if width < 520 else b[2] for b in found.values()}) == 1  # in one column
    root = ElementTree.fromstring(svg)
    assert float(root.attrib["viewBox"].split()[3]) - max(b[3] for b in found.values()) < pitch[0] + 60
