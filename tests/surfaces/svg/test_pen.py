"""Drawing: short numbers, colours by name, scales, and pictures that need no page around them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.svg.pen import (
    DARK,
    LIGHT,
    Picture,
    Scale,
    colour,
    element,
    filled,
    number,
    polyline,
    standalone,
)

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (1.25, "1.25"), (1.256, "1.26"), (-0.001, "0"), (0.0, "0"), (10.0, "10"), (-2.5, "-2.5")],
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_colours_are_names_and_other_words_stay() -> None:
    assert colour("teal") == "var(--teal)"
    assert colour("#123456") == "#123456"
    assert filled("teal") == "var(--teal)"
    assert filled("teal//") == "url(#hatch-teal-rise)"
    assert filled("#123456//") == "#123456"  # only colours with a name have a pattern


def test_an_element_as_text() -> None:
    assert element("line", x1=1.0, stroke_width=2, fill=None) == '<line x1="1" stroke-width="2"/>'
    assert element("text", "a", class_="x", note='"<') == '<text class="x" note="&quot;&lt;">a</text>'


def drawn(p: Picture, tag: str) -> list[dict[str, str]]:
    return [e.attrib for e in ElementTree.fromstring(p.svg()).iter(f"{SVG}{tag}")]


def picture() -> Picture:
    return Picture(100, 50, "A <title>", "What it shows & how")


def test_a_picture_says_what_it_is() -> None:
    root = ElementTree.fromstring(picture().svg())
    assert root.attrib["viewBox"] == "0 0 100 50"
    assert [e.text for e in root] == ["A <title>", "What it shows & how"]


def test_shapes_have_what_they_are_given_and_nothing_more() -> None:
    p = picture()
    p.rect(10, 5, -4, 3, "teal", tip="a tip")
    p.rect(0, 0, 4, 3, "url(#x)", radius=2, opacity=0.5)
    p.line(1, 2, 3, 4, dash="7 4")
    p.line(1, 2, 3, 4)
    p.circle(1, 2, 3, "blue")
    p.circle(1, 2, 3, "blue", "ink", 2.0, opacity=0.4)
    p.path("M0,0", tip="t")
    p.path("M0,0", "ink", 2.5, "teal", "2 4", clip_path="x")
    one, two = drawn(p, "rect")
    assert one == {"x": "6", "y": "5", "width": "4", "height": "3", "fill": "var(--teal)"}
    assert two["rx"] == "2"
    assert two["opacity"] == "0.5"
    assert two["fill"].startswith("url(#")
    dashed, plain = drawn(p, "line")
    assert dashed["stroke-dasharray"] == "7 4"
    assert plain == {"x1": "1", "y1": "2", "x2": "3", "y2": "4", "stroke": "var(--faint)", "stroke-width": "1"}
    bare, edged = drawn(p, "circle")
    assert bare == {"cx": "1", "cy": "2", "r": "3", "fill": "var(--blue)"}
    assert (edged["stroke"], edged["stroke-width"], edged["opacity"]) == ("var(--ink)", "2", "0.4")
    empty, full = drawn(p, "path")
    assert empty == {"d": "M0,0", "fill": "none"}
    assert full == {
        "d": "M0,0",
        "fill": "var(--teal)",
        "stroke": "var(--ink)",
        "stroke-width": "2.5",
        "stroke-dasharray": "2 4",
        "clip-path": "x",
    }
    assert p.svg().count("<title>") == 3  # of the picture and of two shapes


def test_text_is_readable_on_its_ground() -> None:
    p = picture()
    p.text(1, 2, "a < b")
    p.text(1, 2, "c", 11, "amber", "end", "600", halo=True, style="italic")
    plain, full = drawn(p, "text")
    assert plain == {"x": "1", "y": "2", "font-size": "13", "fill": "var(--ink)"}
    assert full["fill"] == "var(--amber-ink)"
    assert (full["text-anchor"], full["font-weight"], full["font-style"]) == ("end", "600", "italic")
    assert (full["stroke"], full["paint-order"]) == ("var(--ground)", "stroke")
    assert "a &lt; b" in p.svg()


def test_a_hatch_is_there_once_for_all_who_use_it_and_under_a_name_of_its_own() -> None:
    p, other = picture(), Picture(100, 60, "Another", "")
    for found in (p, other):
        found.rect(0, 0, 1, 1, "teal//")
        found.rect(0, 0, 1, 1, "teal//")
    for found in (p, other):
        (pattern,) = drawn(found, "pattern")
        assert {r["fill"] for r in drawn(found, "rect") if "url" in r["fill"]} == {f"url(#{pattern['id']})"}
    assert drawn(p, "pattern")[0]["id"] != drawn(other, "pattern")[0]["id"]
    assert drawn(picture(), "pattern") == []


finite = st.floats(-1e6, 1e6)


@given(finite, finite, finite, finite)
def test_a_scale_takes_ends_to_ends_and_the_middle_to_the_middle(
    low: float, wide: float, start: float, end: float
) -> None:
    high = low + abs(wide) + 1.0
    scale = Scale(low, high, start, end)
    assert scale(low) == pytest.approx(start)
    assert scale(high) == pytest.approx(end, abs=1e-4)
    assert scale((low + high) / 2) == pytest.approx((start + end) / 2, abs=1e-3)


def test_a_scale_without_room_is_one_wide() -> None:
    scale = Scale(3.0, 3.0, 0.0, 10.0)
    assert (scale(3.0), scale(4.0)) == (0.0, 10.0)


def test_points_are_joined() -> None:
    assert polyline([(0, 0), (1.5, 2)]) == "M0,0L1.5,2"


def test_alone_a_picture_has_colours_and_a_ground() -> None:
    p = picture()
    p.rect(0, 0, 1, 1, "teal")
    p.element("g", fill="var(--nothing)")
    for palette in (LIGHT, DARK):
        svg = standalone(p.svg(), palette)
        assert "var(" not in svg
        ground, shape = ElementTree.fromstring(svg).iter(f"{SVG}rect")
        assert ground.attrib == {"width": "100%", "height": "100%", "fill": palette["ground"]}
        assert shape.attrib["fill"] == palette["teal"]
        assert f'fill="{palette["ink"]}"' in svg  # of a colour that nobody knows
