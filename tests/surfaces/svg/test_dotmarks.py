"""Dots: where their numbers are, each series with a shape of its own; draws as dots that can be counted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from shapes import shapes, tipped
from textboxes import texts_of

from foedus.surfaces.svg.dotmarks import dots, shape, strip
from foedus.surfaces.svg.pen import Picture
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Column, table


@pytest.mark.parametrize("which", range(8))
@pytest.mark.parametrize("size", [4.0, 8.0])
def test_a_shape_stands_around_its_point_and_grows_with_its_size(which: int, size: float) -> None:
    p = Picture(100, 100, "", "")
    shape(p, which, 50.0, 40.0, "teal//", "a tip", size)
    svg = p.svg()
    assert "teal" in svg
    assert "hatch" not in svg  # a shape is too small for a pattern
    (found,) = (s for t in ("circle", "rect", "path") for s in tipped(svg, t).values())
    if "r" in found:
        box = (found["cx"] - found["r"], found["cx"] + found["r"], found["cy"] - found["r"], found["cy"] + found["r"])
    elif "width" in found:
        box = (found["x"], found["x"] + found["width"], found["y"], found["y"] + found["height"])
    elif "Z" in found["d"]:
        corners = [(float(a), float(b)) for a, b in re.findall(r"([-\d.]+),([-\d.]+)", found["d"])]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        assert sorted(100 - x for x in xs) == pytest.approx(sorted(xs), abs=0.02)  # the same on both sides
        box = (min(xs), max(xs), min(ys), max(ys))
    else:
        box = (50 - size, 50 + size, 40 - size, 40 + size)
        assert f"{50 - size:.2f}" in found["d"]
        assert f"{2 * size:.2f}" in found["d"]
    left, right, top, bottom = box
    assert (left + right) / 2 == pytest.approx(50.0, abs=0.01)
    assert (top + bottom) / 2 == pytest.approx(40.0, abs=0.16 * size)
    assert 0.7 * 2 * size <= bottom - top <= 2.5 * size


def test_eight_shapes_are_eight_and_then_begin_again() -> None:
    def drawn(which: int) -> str:
        p = Picture(10, 10, "", "")
        shape(p, which, 5, 5, "teal")
        return p.body()

    assert len({drawn(k) for k in range(8)}) == 8
    assert drawn(8) == drawn(0)


COLUMNS = (
    Column("who"),
    Column("gain", "bn", form="money"),
    Column("low"),
    Column("high"),
    Column("then", "bn", form="money", ink="rose"),
    Column("full"),
    Column("kind"),
)
ROWS = [
    ("Japan", 2.0, 1.0, 4.0, 3.0, True, "ally"),
    ("Korea", 1.0, None, None, None, False, "other"),
    ("Nobody", None, None, None, None, None, "other"),
]
CHART = Chart("c", "dots", "T", "", table("t", "T", COLUMNS, ROWS), "gain", "who", low="low", high="high")


def test_a_dot_stands_at_its_number_and_the_number_at_the_right() -> None:
    svg = dots(CHART, 760)
    japan, korea = tipped(svg, "circle").values()
    lines = shapes(svg, "line")
    (reach,) = [w for w in lines if w["y1"] == w["y2"]]
    unit = japan["cx"] - korea["cx"]
    assert (reach["x1"], reach["x2"]) == pytest.approx((japan["cx"] - unit, japan["cx"] + 2 * unit), abs=0.03)
    assert reach["y1"] == japan["cy"]
    strong = next(w for w in lines if w["stroke"] == "ink")
    assert strong["x1"] == pytest.approx(korea["cx"] - unit, abs=0.03)  # nought
    words = dict(texts_of(svg)[1])
    assert words["2.0"][2] == pytest.approx(760)
    assert (words["Japan"][1] + words["Japan"][3]) / 2 == pytest.approx(japan["cy"], abs=2)
    assert "Nobody" not in words
    assert "<desc>Japan: 2.0; Korea: 1.0.</desc>" in svg


def test_a_dot_that_is_not_full_is_a_ring_and_the_line_goes_through_a_row() -> None:
    both = replace(
        CHART, series=("gain", "then"), options={"filled": "full", "join": True, "base": 0.5, "base_words": "as it is"}
    )
    svg = dots(both, 760)
    rings = [c for c in shapes(svg, "circle") if c["fill"] == "ground"]
    assert len(rings) == 1
    through = [w for w in shapes(svg, "line") if w["stroke"] == "faint" and w["y1"] == w["y2"]]
    circle, square = tipped(svg, "circle")["gain 2.0"], tipped(svg, "rect")["then 3.0"]
    assert [(w["x1"], w["x2"]) for w in through] == [
        (circle["cx"], pytest.approx(square["x"] + square["width"] / 2, abs=0.02))
    ]
    assert square["fill"] == "rose"
    assert {"gain", "then", "as it is"} <= {w for w, _ in texts_of(svg)[1]}


def test_two_ranges_of_a_row_lie_on_either_side_of_its_dots() -> None:
    columns = (*COLUMNS, Column("low2"), Column("high2"))
    rows = [(*r, 2.5, 3.5) for r in ROWS[:1]]
    ranges = {"gain": ("low", "high"), "then": ("low2", "high2")}
    chart = replace(CHART, table=table("t", "T", columns, rows), series=("gain", "then"), options={"ranges": ranges})
    svg = dots(chart, 760)
    one, other = [w["y1"] for w in shapes(svg, "line") if w["y1"] == w["y2"]]
    dot = tipped(svg, "circle")["gain 2.0"]["cy"]
    assert 2 < abs(one - other) < 8
    assert (one + other) / 2 == pytest.approx(dot, abs=0.02)


def test_series_by_a_column_and_inks_by_a_value() -> None:
    rows = [("Japan", 1.0, "now"), ("Japan", 2.0, "then"), ("Korea", 3.0, "now")]
    found = table("t", "T", (Column("who"), Column("x"), Column("when")), rows)
    svg = dots(Chart("c", "dots", "T", "", found, "x", "who", "when", inks={"then": "plum"}), 760)
    assert set(tipped(svg, "circle")) == {"now 1", "now 3"}
    assert tipped(svg, "rect")["then 2"]["fill"] == "plum"
    coloured = replace(CHART, colour="kind", inks={"ally": "blue", "other": "rose"})
    assert [c["fill"] for c in tipped(dots(coloured, 760), "circle").values()] == ["blue", "rose"]
    assert {"ally", "other"} <= {w for w, _ in texts_of(dots(coloured, 760))[1]}


def test_a_tick_and_a_column_beside() -> None:
    svg = dots(replace(CHART, options={"tick": "then", "beside": "kind"}), 760)
    words = dict(texts_of(svg)[1])
    assert words["ally"][2] == words["kind"][2] == pytest.approx(760)
    assert "then" in words
    japan, korea = tipped(svg, "circle").values()
    (tick,) = [
        w for w in shapes(svg, "line") if w["stroke"] == "ink" and w["x1"] > japan["cx"] and w["y1"] > words["then"][3]
    ]
    assert tick["x1"] - japan["cx"] == pytest.approx(japan["cx"] - korea["cx"], abs=0.05)
    assert tick["y1"] < japan["cy"] < tick["y2"]


SHARES = (Column("who"), Column("p", form="percent"), Column("low"), Column("high"))
STRIP = Chart(
    "c",
    "strip",
    "T",
    "",
    table("t", "T", SHARES, [("body", 0.25, 0.1, 0.9), ("star", 0.5, None, None), ("none", None, None, None)]),
    "p",
    "who",
    low="low",
    high="high",
    options={"draws": {"body": [k / 200 for k in range(201)], "star": [0.5, 0.5, 0.5]}},
)


def test_fifty_draws_stand_for_all_and_fewer_for_themselves() -> None:
    svg = strip(STRIP, 760)
    drawn = [c for c in shapes(svg, "circle") if c.get("opacity") == 0.75]
    assert len(drawn) == 53
    stacked = [c for c in drawn if c["cx"] == drawn[-1]["cx"]][-3:]
    ups = [c["cy"] for c in stacked]
    assert ups[0] - ups[1] == pytest.approx(ups[1] - ups[2], abs=0.02)
    assert ups[0] > ups[1]
    assert "none" not in [w for w, _ in texts_of(svg)[1]]
    body = drawn[:50]
    xs = [c["cx"] for c in body]
    assert xs == sorted(xs)
    assert xs[-1] - xs[0] > 0.9 * (xs[-1] - xs[0])


def test_default_median_and_range_are_marks_on_the_scale() -> None:
    svg = strip(STRIP, 760)
    ticks = {w: (b[0] + b[2]) / 2 for w, b in texts_of(svg)[1] if w.endswith("%")}
    triangles = [float(re.match(r"M([\d.]+)", t["d"])[1]) for t in shapes(svg, "path") if t["tip"]]  # type: ignore[index]
    lines = shapes(svg, "line")
    hairs = [w["x1"] for w in lines if w["stroke"] == "hair" and w["x1"] == w["x2"]]
    low, high = min(hairs), max(hairs)

    def at(p: float) -> float:
        return low + p * (high - low)

    assert triangles == pytest.approx([at(0.25), at(0.5)], abs=0.02)
    medians = [w for w in lines if w["stroke-width"] == 2.6 and w["x1"] == w["x2"] and w["y1"] > 30]
    assert [m["x1"] for m in medians] == pytest.approx([at(0.5), at(0.5)], abs=0.02)
    (reach,) = [w for w in lines if w["stroke-width"] == 1.6 and w["y1"] == w["y2"] and w["y1"] > 30]
    assert (reach["x1"], reach["x2"]) == pytest.approx((at(0.1), at(0.9)), abs=0.02)
    assert "0 %" in ticks
    assert "body: 25 % (median 50 %, 10 % to 90 %); star: 50 % (median 50 %)." in svg


def test_a_median_that_is_known_is_taken_and_sides_have_inks() -> None:
    known = table("t", "T", (*SHARES, Column("median")), [("body", 0.25, 0.1, 0.9, 0.4)])
    options = {**STRIP.options, "median": "median", "base": 0.5, "sides": ("vermilion", "teal"), "light": True}
    svg = strip(replace(STRIP, table=known, options=options), 760)
    assert "median 40 %" in svg
    ticks = [w for w in shapes(svg, "line") if w["stroke"] in ("vermilion", "teal")]
    assert len(ticks) == 50
    middle = (ticks[0]["x1"] + ticks[-1]["x1"]) / 2
    assert {w["stroke"] for w in ticks if w["x1"] < middle - 1} == {"vermilion"}
    assert {w["stroke"] for w in ticks if w["x1"] > middle + 1} == {"teal"}
    assert "no draws" in strip(replace(STRIP, options={}), 760)
