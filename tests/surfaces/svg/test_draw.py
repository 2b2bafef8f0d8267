"""Every mark on random tables: no words cut, covered or off the canvas, for pages and for telephones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textboxes import faults_of, texts_of

from foedus.surfaces.svg.draw import DRAWN, draw
from foedus.surfaces.svg.pen import standalone
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.record import MARKS, Chart
from foedus.vocabulary.tables import Column, Table, table

WIDTHS = (760.0, 360.0)
IDS = ("USA", "JPN", "KOR", "AUS", "PHL", "THA", "IND", "GBR", "NOR", "TUR", "BRA", "ZAF")
FORMS = ("", "percent", "signed", "money", "whole")

words = st.text("abc défg WMij ÄЖ漢 <&\"'", min_size=1, max_size=70).filter(lambda w: w.strip() != "")
numbers = st.one_of(
    st.floats(-1e9, 1e9),
    st.floats(-1, 1),
    st.just(0.0),
    st.none(),
    st.sampled_from([float("nan"), float("inf"), 1e-9, 0.5]),
)
forms = st.sampled_from(FORMS)
ids = st.lists(st.sampled_from(IDS), max_size=6, unique=True).map(" ".join)


@st.composite
def row_charts(pick: Callable[..., object], mark: str) -> Chart:
    """Make bars, stacks, dots or strips."""
    form = pick(forms)
    columns = (
        Column("who", head="Who"),
        Column("net", "% of GDP", form=form),
        Column("low", form=form),
        Column("high", form=form),
        Column("security", form=form, ink="blue"),
        Column("autonomy", form=form, ink="plum//", head="loss of autonomy"),
        Column("consent", form="percent"),
        Column("kind"),
        Column("yes"),
    )
    one = st.tuples(
        words, *[numbers] * 6, st.sampled_from(["full", "light", "forum"]), st.sampled_from([True, False, None])
    )
    rows = pick(st.lists(one, max_size=9))
    found = table("t", "T", columns, rows)
    options: dict[str, object] = {}
    series: str | tuple[str, ...] = ""
    if mark == "stack":
        series, options = ("security", "autonomy"), {"beside": "consent"}
    elif mark == "dots":
        series = pick(st.sampled_from(["", "kind", ("security", "autonomy")]))
        options = {"filled": "yes", "tick": "consent", "join": True, "base": 0.3, "base_words": "as things are"}
    elif mark == "strip":
        drawn = st.lists(numbers, max_size=60)
        options = {"draws": {r[0]: pick(drawn) for r in rows}, "light": pick(st.booleans())}
    colour = pick(st.sampled_from(["", "kind"])) if not series else ""
    return Chart(
        "c", mark, pick(words), "", found, "net", "who", series, "low", "high", colour, {"full": "rose\\\\"}, options
    )


@st.composite
def line_charts(pick: Callable[..., object]) -> Chart:
    """Make lines."""
    form = pick(forms)
    places = pick(st.sampled_from([st.integers(1949, 2026), st.floats(-10, 1e6), words]))
    columns = (
        Column("year", form=pick(st.sampled_from(["", "year"]))),
        Column("p", "bn", form=form),
        Column("who"),
        Column("low"),
        Column("high"),
        Column("met"),
    )
    one = st.tuples(
        places,
        numbers,
        pick(st.sampled_from([words, st.sampled_from(["a", "b", "long name of a state"])])),
        numbers,
        numbers,
        st.booleans(),
    )
    options = {
        "even": pick(st.booleans()),
        "shaded": pick(st.sampled_from(["", "met"])),
        "shaded_words": "the four meet",
        "log": pick(st.sampled_from(["", "x", "y", True])),
        "step": pick(st.booleans()),
        "stacked": pick(st.booleans()),
        "diagonal": pick(st.booleans()),
        "join": pick(st.booleans()),
        "size": pick(st.sampled_from(["", "p"])),
    }
    found = table("t", "T", columns, pick(st.lists(one, max_size=14)))
    return Chart(
        "c",
        "lines",
        pick(words),
        "",
        found,
        "year",
        "p",
        pick(st.sampled_from(["", "who"])),
        "low",
        "high",
        options=options,
    )


@st.composite
def grid_charts(pick: Callable[..., object]) -> Chart:
    """Make grids."""
    heads = pick(st.sampled_from([st.integers(1949, 2026), words]))
    columns = (Column("who"), Column("year"), Column("grown"), Column("record"), Column("share", form=pick(forms)))
    found = table(
        "t", "T", columns, pick(st.lists(st.tuples(words, heads, st.booleans(), st.booleans(), numbers), max_size=20))
    )
    options = pick(
        st.sampled_from(
            [
                {"filled": "grown", "ringed": "record", "words": ("would sign", "bound")},
                {"value": "share", "ringed": "record"},
            ]
        )
    )
    return Chart("c", "grid", pick(words), "", found, "year", "who", options=options)


@st.composite
def bond_charts(pick: Callable[..., object], mark: str) -> Chart:
    """Make networks and maps."""
    kinds = st.sampled_from(["bilateral", "de facto", "multilateral", "forum", "BT", "MT"])
    columns = (Column("name"), Column("p", form="percent"), Column("kind"), Column("members"))
    rows = st.tuples(st.one_of(words, st.sampled_from(["a", "b"])), st.floats(0, 1), kinds, ids)
    found = table("t", "T", columns, pick(st.lists(rows, max_size=6)))
    options = {"hub": "USA", "states": pick(st.sampled_from([IDS, IDS[:4], ()])), "adversaries": ("CHN", "RUS")}
    return Chart("c", mark, pick(words), "", found, "p" if mark == "networks" else "", "name", "kind", options=options)


MADE = {
    **{m: row_charts(m) for m in ("bars", "stack", "dots", "strip")},
    "lines": line_charts(),
    "grid": grid_charts(),
    "networks": bond_charts("networks"),
    "map": bond_charts("map"),
}


def test_every_mark_is_drawn() -> None:
    assert set(DRAWN) == set(MARKS) == set(MADE)


@pytest.mark.parametrize("mark", MARKS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_words_stay_on_the_canvas_and_off_each_other(mark: str, data: st.DataObject) -> None:
    chart = data.draw(MADE[mark])
    for width in WIDTHS:
        svg = draw(chart, width)
        if svg:
            assert faults_of(svg) == []
            assert texts_of(svg)[0][0] == width
            values = [v for e in ElementTree.fromstring(svg).iter() for v in e.attrib.values()]
            assert [v for v in values if re.search(r"\b(nan|inf)\b", v)] == []
            assert svg == draw(chart, width)


@pytest.mark.parametrize("mark", ["bars", "stack", "dots", "strip", "lines", "grid"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_small_multiples_keep_their_words_apart_too(mark: str, data: st.DataObject) -> None:
    chart = data.draw(MADE[mark])
    by = {"lines": "met", "grid": "grown"}.get(mark, "yes")
    for width in WIDTHS:
        svg = draw(replace(chart, options={**chart.options, "panels": by}), width)
        assert not svg or faults_of(svg) == []


def test_small_multiples_share_one_scale_and_name_their_parts() -> None:
    columns = (Column("who"), Column("x"), Column("region"))
    found = table("t", "T", columns, [("a", 1.0, "Asia"), ("b", 40.0, "Europe")])
    svg = draw(Chart("c", "bars", "T", "", found, "x", "who", options={"panels": "region"}), 760)
    shown = [w for w, _ in texts_of(svg)[1]]
    assert {"Asia", "Europe"} <= set(shown)
    assert shown.count("20") == 2


def test_shares_stack_to_the_whole() -> None:
    columns = (Column("year", form="year"), Column("body", form="percent"), Column("forum", form="percent"))
    found = table("t", "T", columns, [(2000, 0.25, 0.75), (2001, 0.5, 0.5)])
    stacked = Chart("c", "lines", "T", "", found, "year", series=("body", "forum"), options={"stacked": True})
    svg = draw(stacked, 760)
    areas = [e.attrib["d"] for e in ElementTree.fromstring(svg).iter() if e.attrib.get("opacity") == "0.55"]
    tops = [min(float(q.split(",")[1]) for q in d.strip("MZ").split("L")) for d in areas]
    grid_lines = {w: b for w, b in texts_of(svg)[1] if w.endswith("%")}
    assert len(areas) == 2
    assert tops[1] < tops[0]
    assert tops[1] == pytest.approx((grid_lines["100 %"][1] + grid_lines["100 %"][3]) / 2, abs=3)
    assert "body: from 25 % to 50 %" in svg


@pytest.mark.parametrize("mark", MARKS)
def test_nothing_to_draw_draws_nothing(mark: str) -> None:
    columns = tuple(Column(n) for n in ("who", "net", "year", "p", "name", "kind", "members"))
    empty = Table("t", "T", columns, ())
    series: str | tuple[str, ...] = ("net",) if mark == "stack" else ""
    assert draw(Chart("c", mark, "Nothing", "", empty, "net", "who", series), 760) == ""


@pytest.mark.parametrize("mark", ["bars", "dots", "strip", "lines", "stack"])
def test_numbers_that_are_none_are_skipped_and_equal_ones_drawn(mark: str) -> None:
    columns = (Column("who"), Column("x", form="percent"), Column("y", form="percent"))
    series: str | tuple[str, ...] = ("x",) if mark == "stack" else ""
    chart = Chart(
        "c",
        mark,
        "T",
        "",
        table("t", "T", columns, [("a", None, None), ("b", float("nan"), None)]),
        "x",
        "y" if mark == "lines" else "who",
        series,
    )
    assert draw(chart) == ""
    same = replace(chart, table=table("t", "T", columns, [("a", 0.5, 0.5), ("b", 0.5, 0.5)]))
    for width in WIDTHS:
        svg = draw(same, width)
        assert "50 %" in svg
        assert "nan" not in svg
        assert "inf" not in svg


@pytest.mark.parametrize("mark", MARKS)
def test_words_from_anywhere_are_harmless(mark: str) -> None:
    evil = "\x00\x1b[31m</title><script>alert(1)</script>\ud800 var(--zzz) var(--blue) \"'&\u202e"
    columns = (
        Column("who", head=evil),
        Column("x", evil, head=evil),
        Column("kind"),
        Column("members"),
        Column("yes", head=evil),
    )
    found = table(
        "t",
        evil,
        columns,
        [(evil, 0.5, "multilateral", "USA JPN KOR", True), ("b", 1.5, "bilateral", "USA JPN", False)],
    )
    x, y = {"lines": ("who", "x"), "map": ("", "who")}.get(mark, ("x", "who"))
    series = {"stack": ("x",), "networks": "kind", "map": "kind", "lines": "who"}.get(mark, "")
    options = {"unit": evil, "base_words": evil, "filled": "yes", "hub": "USA", "names": {"USA": evil}}
    svg = draw(Chart(evil, mark, evil, evil, found, x, y, series, options=options))
    root = ElementTree.fromstring(standalone(svg))
    assert root[1].tag.endswith("title") or root[0].tag.endswith("title")
    assert "<script" not in svg
    assert not [c for c in svg if ord(c) < 32 or c == "\u202e"]
    title = next(e for e in root if e.tag.endswith("title"))
    assert "var(--zzz)" in (title.text or "")
    assert "var(--blue)" in (title.text or "")


def test_shares_are_written_in_percent_wherever_they_stand() -> None:
    columns = (Column("who"), Column("p", form="percent"), Column("year", form="year"))
    found = table("t", "T", columns, [("a", 0.2, 2001), ("b", 0.9, 2002)])
    for mark, x, y in (("bars", "p", "who"), ("dots", "p", "who"), ("strip", "p", "who"), ("lines", "year", "p")):
        shown = [w for w, _ in texts_of(draw(Chart("c", mark, "T", "", found, x, y)))[1]]
        assert "100 %" in shown, mark
        assert not {"0.2", "0.5", "1"} & set(shown), mark


def test_a_picture_tells_its_numbers_to_those_who_cannot_see_it() -> None:
    found = table("t", "T", (Column("who"), Column("x", form="signed")), [("Japan", 0.4), ("Korea", -0.2)])
    assert "<desc>Japan: +0.40; Korea: -0.20.</desc>" in draw(Chart("c", "bars", "T", "", found, "x", "who"))


def test_a_mark_that_is_none_is_named() -> None:
    with pytest.raises(FoedusError, match=r"there is no mark 'bar'.*'bars'"):
        draw(Chart("c", "bar", "T", "", table("t", "T", (), ())))
