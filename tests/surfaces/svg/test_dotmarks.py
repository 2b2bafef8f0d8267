"""Dots: where their numbers are, each series with a shape of its own; draws as dots that can be counted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from shapes import shapes, tipped, walked
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


def test_a_dot_its_range_its_tick_its_name_and_its_number_stand_on_one_line() -> None:
    for width in (760, 360):
        svg = dots(replace(CHART, options={"tick": "then"}), width)
        words = dict(texts_of(svg)[1])
        (japan, korea) = tipped(svg, "circle").values()
        lines = shapes(svg, "line")
        (reach,) = [w for w in lines if w["y1"] == w["y2"]]
        assert reach["y1"] == japan["cy"]
        uprights = [w for w in lines if w["x1"] == w["x2"] and w["stroke-width"] == 1.6]
        sign, tick = uprights
        assert (tick["y1"] + tick["y2"]) / 2 == japan["cy"]
        assert tick["y2"] - tick["y1"] > 2 * japan["r"]  # seen also where it stands on the dot
        assert (sign["stroke"], sign["stroke-width"]) == (tick["stroke"], tick["stroke-width"])
        assert sign["y2"] < tick["y1"]
        for number, dot in (("2.0", japan), ("1.0", korea)):
            assert (words[number][1] + words[number][3]) / 2 == pytest.approx(dot["cy"], abs=1.2)
            assert dot["cx"] + dot["r"] < words[number][0]


def test_a_dot_on_the_edge_of_the_axis_is_clear_of_names_and_numbers() -> None:
    rows = [("Japan", 10.0), ("Korea", 0.0)]
    for width in (760, 360):
        svg = dots(Chart("c", "dots", "T", "", table("t", "T", COLUMNS[:2], rows), "gain", "who"), width)
        japan, korea = tipped(svg, "circle").values()
        words = dict(texts_of(svg)[1])
        assert japan["cx"] + japan["r"] < words["10.0"][0]
        assert korea["cx"] - korea["r"] >= (words["Korea"][2] if width == 760 else 0.0)


def test_nought_is_on_the_axis_unless_something_is_below_it() -> None:
    def axis(values: list[float], **options: object) -> list[str]:
        found = table("t", "T", COLUMNS[:2], [(f"s{k}", v) for k, v in enumerate(values)])
        svg = dots(Chart("c", "dots", "T", "", found, "gain", "who", options=options), 760)
        return [w for w, b in texts_of(svg)[1] if b[1] > max(c["cy"] for c in shapes(svg, "circle"))]

    assert "0" in axis([40.0, 50.0])
    assert "0" in axis([0.0, 50.0])
    assert "0" not in axis([-40.0, -50.0])
    assert "0" in axis([-40.0, -50.0], base=0.0)
    assert "100" in axis([40.0, 50.0], base=100.0)


def test_three_ranges_of_a_row_lie_evenly_in_the_order_of_the_series() -> None:
    columns = (Column("who"), *(Column(f"{s}{e}") for s in "abc" for e in ("", "_low", "_high")))
    found = table("t", "T", columns, [("Japan", *([5.0, 4.0, 6.0] * 3))])
    ranges = {s: (f"{s}_low", f"{s}_high") for s in "abc"}
    svg = dots(Chart("c", "dots", "T", "", found, "", "who", tuple("abc"), options={"ranges": ranges}), 760)
    reach = [w["y1"] for w in shapes(svg, "line") if w["y1"] == w["y2"]]
    assert reach[1] - reach[0] == pytest.approx(reach[2] - reach[1], abs=0.02)
    assert reach[0] < reach[1] < reach[2]
    assert reach[1] == tipped(svg, "circle")["a 5"]["cy"]


def test_the_first_series_is_drawn_on_top() -> None:
    rows = [("Japan", 1.0, "now"), ("Japan", 1.0, "then")]
    found = table("t", "T", (Column("who"), Column("x"), Column("when")), rows)
    svg = dots(Chart("c", "dots", "T", "", found, "x", "who", "when"), 760)
    assert svg.index(">then 1<") < svg.index(">now 1<")


def test_stacks_of_draws_stand_on_their_line_and_never_reach_the_row_above() -> None:
    for light in (False, True):
        svg = strip(replace(STRIP, options={"draws": {"body": [0.5] * 80, "star": [0.5]}, "light": light}), 760)
        lines = shapes(svg, "line")
        ground = [w for w in lines if w["stroke"] == "hair" and w["y1"] == w["y2"]]
        assert [w["x1"] for w in ground] == [ground[0]["x1"]] * 2
        uprights = [w["x1"] for w in lines if w["stroke"] == "hair" and w["x1"] == w["x2"]]
        assert (ground[0]["x1"], ground[0]["x2"]) == (min(uprights), max(uprights))
        words = dict(texts_of(svg)[1])
        drawn = [c for c in shapes(svg, "circle") if c.get("opacity") == 0.75]
        assert len(drawn) == (0 if light else 51)
        if drawn:
            assert drawn[0]["cy"] + drawn[0]["r"] < ground[0]["y1"]
            assert ground[0]["y1"] - min(c["cy"] for c in drawn) < 42
            assert drawn[50]["cy"] == drawn[0]["cy"] + ground[1]["y1"] - ground[0]["y1"]
            assert all(abs(c["cx"] - ground[0]["x1"] - 0.5 * (ground[0]["x2"] - ground[0]["x1"])) <= 2.7 for c in drawn)
        else:
            ticks = [w for w in lines if w["stroke-width"] == 1.1]
            assert len(ticks) == 51
            assert all(w["y1"] < ground[0]["y1"] < w["y2"] for w in ticks[:50])
        for name, line in (("body", ground[0]), ("star", ground[1])):
            assert line["y1"] - 45 < words[name][1] < words[name][3] < line["y1"] + 8
        medians = [w for w in lines if w["stroke-width"] == 2.6 and w["y1"] > ground[0]["y1"] - 10]
        assert [(m["y1"] + m["y2"]) / 2 for m in medians] == [w["y1"] for w in ground]
        for t, line in zip([t for t in shapes(svg, "path") if t["tip"]], ground, strict=True):
            (x, y), *_ = walked(t["d"])
            assert y == line["y1"] + 2  # below the line, its tip towards it
            assert sorted(a - x for a, _ in walked(t["d"])) == [-4.5, 0, 4.5]


def test_signs_of_a_strip_look_as_its_marks() -> None:
    options = {"draws": {"body": [0.2, 0.4, 0.6]}, "base": 0.5, "base_words": "even odds", "strong": "body"}
    svg = strip(replace(STRIP, options=options), 760)
    assert {"default parameters", "median, and the range", "even odds"} <= {w for w, _ in texts_of(svg)[1]}
    triangles = [walked(t["d"]) for t in shapes(svg, "path")]
    corners = [[(round(a - t[0][0], 2), round(b - t[0][1], 2)) for a, b in t] for t in triangles]
    assert corners == [corners[0]] * 3
    for wide, tall in ((1.6, 0.0), (2.6, 8.0)):
        found = [w for w in shapes(svg, "line") if w["stroke-width"] == wide]
        assert len(found) >= 2
        assert {w["stroke"] for w in found} == {"blue"}
        assert {round(w["y2"] - w["y1"], 2) for w in found} == {tall}
    weights = {s["text"]: s.get("font-weight") for s in shapes(svg, "text")}
    assert weights["body"] == 600
    assert weights["star"] is None
    assert "median of the draws" in {w for w, _ in texts_of(strip(replace(STRIP, low="", high=""), 760))[1]}
    own = {**options, "default_words": "as published", "median_words": "middle of all"}
    assert {"as published", "middle of all"} <= {w for w, _ in texts_of(strip(replace(STRIP, options=own), 760))[1]}
    assert "even odds" not in {w for w, _ in texts_of(strip(STRIP, 760))[1]}


def test_marks_beyond_an_axis_that_is_asked_for_are_left_out() -> None:
    svg = strip(replace(STRIP, options={**STRIP.options, "ends": (0.3, 0.45)}), 760)
    assert [t for t in shapes(svg, "path") if t["tip"]] == []
    assert len([w for w in shapes(svg, "line") if w["stroke-width"] == 2.6]) == 1  # in the key
    drawn = [c["cx"] for c in shapes(svg, "circle") if c.get("opacity") == 0.75]
    assert 5 <= len(drawn) <= 9  # of fifty from 0 to 1
    on = strip(replace(STRIP, options={**STRIP.options, "ends": (0.25, 0.5)}), 760)
    assert len([t for t in shapes(on, "path") if t["tip"]]) == 2  # those on its ends stay


def test_every_series_has_an_ink_and_a_sign_of_its_own_and_half_a_range_is_none() -> None:
    columns = (Column("who"), *(Column(f"{s}{e}") for s in "abc" for e in ("", "_low", "_high")))
    found = table("t", "T", columns, [("Japan", 5.0, 4.0, 6.0, 6.0, None, 7.0, 7.0, 5.0, None)])
    ranges = {s: (f"{s}_low", f"{s}_high") for s in "abc"}
    svg = dots(Chart("c", "dots", "T", "", found, "", "who", tuple("abc"), options={"ranges": ranges}), 760)
    level = [w for w in shapes(svg, "line") if w["y1"] == w["y2"]]
    assert len(level) == 1
    circles, squares, diamonds = shapes(svg, "circle"), shapes(svg, "rect"), shapes(svg, "path")
    for drawn in (circles, squares, diamonds):
        sign, dot = drawn
        assert sign["fill"] == dot["fill"]
        assert not sign["tip"]
    assert len({circles[0]["fill"], squares[0]["fill"], diamonds[0]["fill"]}) == 3
