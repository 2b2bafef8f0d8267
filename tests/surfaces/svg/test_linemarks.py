"""Lines: points where their numbers put them, bands between their ends, steps, powers of ten, areas that add up."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from shapes import shapes, tipped
from textboxes import texts_of

from foedus.surfaces.svg.linemarks import lines
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, table

COLUMNS = (Column("year", form="year"), Column("p", "bn"), Column("who"), Column("low"), Column("high"), Column("met"))
ROWS: list[tuple[Cell, ...]] = [
    (2000, 0.0, "Japan", 0.0, 2.0, True),
    (2004, 10.0, "Japan", 8.0, 10.0, False),
    (2002, 4.0, "Japan", 2.0, 6.0, False),
    (2000, 6.0, "Korea", None, None, True),
    (2004, 6.0, "Korea", None, None, False),
]
CHART = Chart("c", "lines", "T", "", table("t", "T", COLUMNS, ROWS), "year", "p", "who", "low", "high")


def walked(d: str) -> list[tuple[float, float]]:
    return [(float(a), float(b)) for a, b in re.findall(r"([-\d.]+),([-\d.]+)", d)]


def paths(svg: str, fill: str = "none") -> list[list[tuple[float, float]]]:
    return [walked(s["d"]) for s in shapes(svg, "path") if s["fill"] == fill and s.get("stroke-linejoin") == "round"]


def test_points_stand_in_the_order_of_the_scale_where_their_numbers_put_them() -> None:
    svg = lines(CHART, 760)
    japan, korea = paths(svg)
    (x0, y0), (x1, y1), (x2, y2) = japan
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.02)
    assert x0 < x1
    assert (y0 - y1) / (y0 - y2) == pytest.approx(0.4, abs=1e-3)
    assert y0 - y2 == pytest.approx(230.0, abs=0.02)  # the whole height
    assert [x for x, _ in korea] == [x0, x2]
    assert korea[0][1] == korea[1][1]
    assert (y0 - korea[0][1]) / (y0 - y2) == pytest.approx(0.6, abs=1e-3)
    ticks = {w: b for w, b in texts_of(svg)[1] if w in ("2000", "2002", "2004")}
    for year, (x, _) in zip(("2000", "2002", "2004"), japan, strict=True):
        assert (ticks[year][0] + ticks[year][2]) / 2 == pytest.approx(x, abs=0.02)
    assert [s["stroke"] for s in shapes(svg, "path") if s["fill"] == "none"] == ["blue", "vermilion"]
    assert len({s.get("stroke-dasharray") for s in shapes(svg, "path") if s["fill"] == "none"}) == 2
    assert set(tipped(svg, "circle")) == {"Japan 0", "Japan 4", "Japan 10"}


def test_a_band_lies_between_the_lower_and_the_upper_ends() -> None:
    svg = lines(CHART, 760)
    (band,) = [s for s in shapes(svg, "path") if s["tip"] == "Japan" and "Z" in s["d"]]
    japan = paths(svg)[0]
    points = walked(band["d"])
    unit = (japan[0][1] - japan[2][1]) / 10
    assert [x for x, _ in points] == pytest.approx([*(x for x, _ in japan), *(x for x, _ in reversed(japan))], abs=0.02)
    ups = [(japan[0][1] - y) / unit for _, y in points]
    assert ups == pytest.approx([2, 6, 10, 8, 2, 0], abs=0.01)
    assert band["opacity"] == 0.16


def test_names_stand_at_the_ends_of_few_lines_and_in_a_key_on_telephones() -> None:
    wide, narrow = lines(CHART, 760), lines(CHART, 360)
    words = dict(texts_of(wide)[1])
    end = paths(wide)[0][-1]
    assert words["Japan"][0] > end[0]
    assert abs((words["Japan"][1] + words["Japan"][3]) / 2 - end[1]) < 6
    assert dict(texts_of(narrow)[1])["Japan"][3] < min(y for _, y in paths(narrow)[0])
    leaders = [w for w in shapes(wide, "line") if w["stroke-width"] == 0.8]
    beside = {w: b for w, b in words.items() if w in ("Japan", "Korea")}
    for line in leaders:  # from the end of a line to the middle of its name
        assert any(b[1] < line["y2"] < b[3] and line["x2"] < b[0] for b in beside.values())
    signs = [w for w in shapes(narrow, "line") if w["x2"] - w["x1"] == 22 and w["y1"] == w["y2"]]
    assert [w["stroke"] for w in signs] == ["blue", "vermilion"]
    near = [
        (2000, 1.0, "a"),
        (2001, 1.0, "a"),
        (2000, 1.01, "b"),
        (2001, 1.01, "b"),
        (2000, 0.0, "c"),
        (2001, 0.0, "c"),
    ]
    close = dict(texts_of(lines(replace(CHART, table=table("t", "T", COLUMNS[:3], near), low="", high=""), 760))[1])
    assert close["a"][1] - close["b"][1] == pytest.approx(15.5, abs=0.02)  # moved apart, in their order


def test_values_hold_until_the_next_in_steps() -> None:
    stepped = paths(lines(replace(CHART, options={"step": True}), 760))[0]
    (x0, y0), (x1, y1), (x2, y2) = paths(lines(CHART, 760))[0]
    assert stepped == [(x0, y0), (x1, y0), (x1, y1), (x2, y1), (x2, y2)]


def test_powers_of_ten_are_equally_far_apart_and_nothing_below_is_drawn() -> None:
    rows = [(2000, 1.0, "a"), (2001, 10.0, "a"), (2002, 1000.0, "a"), (2003, 0.0, "a"), (2004, -5.0, "a")]
    chart = replace(CHART, table=table("t", "T", COLUMNS[:3], rows), low="", high="")
    (points,) = paths(lines(replace(chart, options={"log": "y"}), 760))
    assert len(points) == 3
    assert (points[0][1] - points[1][1]) / (points[0][1] - points[2][1]) == pytest.approx(1 / 3, abs=1e-3)
    assert {"1", "10", "100", "1,000"} <= {w for w, _ in texts_of(lines(replace(chart, options={"log": True}), 760))[1]}
    across = [(1.0, 1.0, "a"), (10.0, 2.0, "a"), (100.0, 3.0, "a"), (0.0, 3.0, "a")]
    columns = (Column("x"), *COLUMNS[1:3])
    along = replace(chart, table=table("t", "T", columns, across), x="x", options={"log": "x"})
    (points,) = paths(lines(along, 760))
    assert points[1][0] - points[0][0] == pytest.approx(points[2][0] - points[1][0], abs=0.02)
    assert len(points) == 3


def test_even_steps_and_words_along() -> None:
    rows = [(3.0, 1.0, "a"), (0.1, 1.0, "a"), (30.0, 1.0, "a")]
    columns = (Column("x"), *COLUMNS[1:3])
    chart = replace(CHART, table=table("t", "T", columns, rows), x="x", low="", high="", options={"even": True})
    svg = lines(chart, 760)
    (points,) = paths(svg)
    assert points[1][0] - points[0][0] == pytest.approx(points[2][0] - points[1][0], abs=0.02)
    shown = [w for w, _ in texts_of(svg)[1]]
    assert shown.index("0.1") < shown.index("3") < shown.index("30")
    named = [("summer", 1.0, "a"), ("autumn", 2.0, "a")]
    words = [w for w, _ in texts_of(lines(replace(chart, table=table("t", "T", columns, named), options={}), 760))[1]]
    assert words.index("summer") < words.index("autumn")  # in the order of the rows


def test_places_that_are_marked_are_shaded_and_told() -> None:
    svg = lines(replace(CHART, options={"shaded": "met", "shaded_words": "the four meet"}), 760)
    shaded = [s for s in shapes(svg, "rect") if s["fill"] == "foe"]
    japan = paths(svg)[0]
    grounds = [s for s in shaded if s["height"] > 100]
    assert len(grounds) == 1
    assert grounds[0]["x"] <= japan[0][0] <= grounds[0]["x"] + grounds[0]["width"] < japan[1][0]
    assert grounds[0]["height"] == 230
    assert "the four meet" in [w for w, _ in texts_of(svg)[1]]
    assert len(shaded) == 2  # the other is its sign in the key


def test_areas_add_up() -> None:
    columns = (Column("year", form="year"), Column("a"), Column("b"))
    found = table("t", "T", columns, [(2000, 1.0, 3.0), (2001, 2.0, 2.0), (2002, 3.0, -1.0)])
    svg = lines(Chart("c", "lines", "T", "", found, "year", series=("a", "b"), options={"stacked": True}), 760)
    below, above = (walked(s["d"]) for s in shapes(svg, "path") if s.get("opacity") == 0.55)
    zero = below[-1][1]
    unit = (zero - below[0][1]) / 1.0
    assert [(zero - y) / unit for _, y in below] == pytest.approx([1, 2, 3, 0, 0, 0], abs=0.01)
    assert [(zero - y) / unit for _, y in above] == pytest.approx([4, 4, 3, 3, 2, 1], abs=0.01)
    assert paths(svg) == []


def test_points_without_lines_have_areas_as_large_as_their_numbers() -> None:
    columns = (Column("x"), Column("y"), Column("n"))
    found = table("t", "T", columns, [(0.0, 0.0, 100.0), (1.0, 1.0, 25.0), (0.5, 0.5, 0.0)])
    chart = Chart("c", "lines", "T", "", found, "x", "y", options={"join": False, "size": "n", "diagonal": True})
    svg = lines(chart, 760)
    assert [c["r"] for c in tipped(svg, "circle").values()] == [13.0, 8.0, 3.0]
    (diagonal,) = [walked(s["d"]) for s in shapes(svg, "path") if s.get("stroke-dasharray") == "4 3"]
    spots = [(c["cx"], c["cy"]) for c in tipped(svg, "circle").values()]
    assert diagonal == [pytest.approx(spots[0]), pytest.approx(spots[1])]
    assert paths(svg) == []


def test_an_axis_that_is_asked_for_holds_the_lines_inside() -> None:
    (japan, _) = paths(lines(replace(CHART, options={"ends": (0.0, 5.0), "tall": 100.0}), 760))
    assert japan[0][1] - japan[1][1] == pytest.approx(80.0, abs=0.02)
    assert japan[0][1] - japan[2][1] == pytest.approx(100.0, abs=0.02)
    (part,) = paths(lines(replace(CHART, options={"ends_along": (2000, 2002)}), 760))
    assert len(part) == 2


def test_each_line_is_told_by_its_first_and_last_number() -> None:
    assert "<desc>Japan: from 0 to 10; Korea: from 6 to 6.</desc>" in lines(CHART, 760)
    one = replace(CHART, table=table("t", "T", COLUMNS[:2], [(2000, 3.0)]), series="", low="", high="")
    svg = lines(one, 760)
    assert "<desc>Line: 3.</desc>" in svg
    assert len(tipped(svg, "circle")) == 1  # a line of one point is a point
    many = table("t", "T", COLUMNS[:2], [(1900 + k, 1.0 * k) for k in range(31)])
    assert tipped(lines(replace(one, table=many), 760), "circle") == {}
    assert len(tipped(lines(replace(one, table=table("t", "T", COLUMNS[:2], many.rows[:30])), 760), "circle")) == 30


def test_lines_across_run_at_their_numbers_and_nought_is_in_ink() -> None:
    for width in (760, 360):
        svg = lines(replace(CHART, options={"ends": (-10.0, 10.0)}), width)
        across = [w for w in shapes(svg, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100]
        words = dict(texts_of(svg)[1])
        assert len({(w["x1"], w["x2"]) for w in across}) == 1
        assert [w["stroke"] for w in across] == ["hair", "hair", "ink", "hair", "hair"]
        for line, word in zip(across, ("-10", "-5", "0", "5", "10"), strict=True):
            assert (words[word][1] + words[word][3]) / 2 == pytest.approx(line["y1"], abs=1.2)
            assert 0 <= words[word][0] < words[word][2] == pytest.approx(across[0]["x1"] - 6, abs=0.02)
        (japan, _) = paths(svg)
        assert japan[0][0] - across[0]["x1"] == pytest.approx(
            across[0]["x2"] - japan[-1][0], abs=0.02
        )  # room at both ends
        short = [w for w in shapes(svg, "line") if w["x1"] == w["x2"]]
        assert {w["y1"] for w in short} == {across[0]["y1"]}  # they hang from the lowest line
        assert len({w["y2"] for w in short}) == 1
        assert 2 < short[0]["y2"] - short[0]["y1"] < 8
        assert all(b[1] > short[0]["y2"] for w, b in words.items() if w in ("2000", "2002", "2004"))
        assert across[-1]["y1"] - 20 < words["p, bn"][3] < across[-1]["y1"]
        assert words["p, bn"][0] == 0


def test_a_logarithm_has_no_line_of_nought() -> None:
    rows = [(2000, 1.0, "a"), (2001, 100.0, "a")]
    svg = lines(replace(CHART, table=table("t", "T", COLUMNS[:3], rows), low="", high="", options={"log": "y"}), 760)
    across = [w for w in shapes(svg, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100]
    assert [w["stroke"] for w in across] == ["hair"] * 3
    wide = [(2000, 1.0, "a"), (2001, 1e12, "a")]
    many = lines(replace(CHART, table=table("t", "T", COLUMNS[:3], wide), low="", high="", options={"log": "y"}), 760)
    assert 4 <= len([w for w in shapes(many, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100]) <= 7
    one = lines(
        replace(CHART, table=table("t", "T", COLUMNS[:3], rows[:1]), low="", high="", options={"log": "y"}), 760
    )
    assert {"1", "10"} <= {w for w, _ in texts_of(one)[1]}


def test_words_above_the_plot_are_read_from_top_to_bottom() -> None:
    long = "what a member would lose by leaving the body at once, in parts of a hundred of all it makes in one year, at prices of the day"
    svg = lines(replace(CHART, options={"unit_up": long}), 360)
    heads = [(b, w) for w, b in texts_of(svg)[1] if len(w) > 20]
    (first, begins), (second, goes_on) = sorted(heads)
    assert long.startswith(begins)
    assert goes_on.rstrip("…") in long[len(begins) :]
    top = min(w["y1"] for w in shapes(svg, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100)
    assert 0 < first[1] < first[3] < second[3] < top
    assert second[1] - first[1] == pytest.approx(14, abs=1)


def test_chances_along_run_over_the_whole_scale_and_one_place_stands_in_the_middle() -> None:
    columns = (Column("chance", form="percent"), Column("came", form="percent"))
    found = table("t", "T", columns, [(0.2, 0.1), (0.8, 0.9)])
    svg = lines(Chart("c", "lines", "T", "", found, "chance", "came"), 760)
    ((a, b),) = paths(svg)
    across = next(w for w in shapes(svg, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100)
    middle = (across["x1"] + across["x2"]) / 2
    assert (a[0] + b[0]) / 2 == pytest.approx(middle, abs=0.02)
    assert (b[0] - a[0]) / (across["x2"] - across["x1"] - 12) == pytest.approx(0.6, abs=1e-3)
    asked = paths(lines(Chart("c", "lines", "T", "", found, "chance", "came", options={"ends_along": (0.2, 0.8)}), 760))
    assert asked[0][1][0] - asked[0][0][0] == pytest.approx(across["x2"] - across["x1"] - 12, abs=0.02)
    alone = lines(replace(CHART, table=table("t", "T", COLUMNS[:2], [(2000, 3.0)]), series="", low="", high=""), 760)
    (dot,) = shapes(alone, "circle")
    level = next(w for w in shapes(alone, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100)
    assert dot["cx"] == pytest.approx((level["x1"] + level["x2"]) / 2, abs=0.02)


def test_words_along_keep_apart_and_none_leaves_the_canvas() -> None:
    for width in (760, 360):
        named = [(f"the {k}th place of many", 1.0 * k, "a") for k in range(14)]
        columns = (Column("x"), *COLUMNS[1:3])
        svg = lines(replace(CHART, table=table("t", "T", columns, named), x="x", low="", high=""), width)
        along = sorted(b for w, b in texts_of(svg)[1] if w.startswith("the "))
        assert len(along) >= 3
        assert all(b[0] >= 0 and b[2] <= width for b in along)
        assert all(b[0] - a[2] + 0.02 >= 6 for a, b in itertools.pairwise(along))
        assert all(b[0] - a[2] < 110 for a, b in itertools.pairwise(along))  # none is left out without need


def test_a_shade_reaches_half_way_to_the_next_place() -> None:
    rows = [(2000 + k, 1.0 * k, "a", None, None, k in (2, 3)) for k in range(6)]
    svg = lines(replace(CHART, table=table("t", "T", COLUMNS, rows), options={"shaded": "met"}), 760)
    (points,) = paths(svg)
    first, second = [s for s in shapes(svg, "rect") if s["fill"] == "foe" and s["height"] > 100]
    year = points[1][0] - points[0][0]
    for shade, (x, _) in zip((first, second), points[2:4], strict=True):
        assert shade["width"] == pytest.approx(year, abs=0.02)
        assert shade["x"] + shade["width"] / 2 == pytest.approx(x, abs=0.02)
    across = [w["y1"] for w in shapes(svg, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100]
    assert (first["y"], first["y"] + first["height"]) == (min(across), max(across))
    ends = lines(
        replace(CHART, table=table("t", "T", COLUMNS, [(*r[:5], True) for r in rows]), options={"shaded": "met"}), 760
    )
    level = next(w for w in shapes(ends, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100)
    shades = [s for s in shapes(ends, "rect") if s["fill"] == "foe" and s["height"] > 100]
    assert shades[0]["x"] == level["x1"]
    assert shades[-1]["x"] + shades[-1]["width"] == pytest.approx(level["x2"], abs=0.02)


def test_names_of_lines_that_end_together_stay_within_the_height_of_the_plot() -> None:
    rows = [(2000 + y, 0.01 * k if y else 5.0 * k, f"state {k}") for k in range(8) for y in range(2)]
    svg = lines(replace(CHART, table=table("t", "T", COLUMNS[:3], rows), low="", high=""), 760)
    named = {w: b for w, b in texts_of(svg)[1] if w.startswith("state ")}
    level = [w["y1"] for w in shapes(svg, "line") if w["y1"] == w["y2"] and w["x2"] - w["x1"] > 100]
    middles = [(b[1] + b[3]) / 2 for b in named.values()]
    assert min(level) - 1 <= min(middles)
    assert max(middles) <= max(level) + 1.2
    assert all(abs(a - b) >= 15.4 for a, b in itertools.combinations(middles, 2))
    assert len({b[0] for b in named.values()}) == 1
    assert all(b[2] <= 760 for b in named.values())
    leaders = [w for w in shapes(svg, "line") if w["stroke-width"] == 0.8]
    ends = sorted(p[-1][1] for p in paths(svg))
    assert sorted(w["y1"] for w in leaders) == pytest.approx(ends, abs=0.02)
    assert all(w["x1"] == pytest.approx(paths(svg)[0][-1][0] + 5, abs=1.5) for w in leaders)


def test_too_many_or_too_long_names_go_into_a_key() -> None:
    def beside(count: int, name: str, tall: float = 230.0) -> bool:
        rows = [(2000 + y, 1.0 * k, f"{name}{k}") for k in range(count) for y in range(2)]
        chart = replace(CHART, table=table("t", "T", COLUMNS[:3], rows), low="", high="", options={"tall": tall})
        svg = lines(chart, 760)
        words, ends = dict(texts_of(svg)[1]), [p[-1][0] for p in paths(svg)]
        return words[f"{name}0"][0] > max(ends)

    assert beside(3, "state ")
    assert not beside(3, "a state with a name that is far too long for its place ")
    assert beside(10, "s", 160.0)
    assert not beside(11, "s", 160.0)


def test_rows_without_a_place_along_are_left_out() -> None:
    rows = [(1.0, 1.0, "a"), (None, 50.0, "a"), (float("nan"), 60.0, "a"), (4.0, 2.0, "a")]
    columns = (Column("x"), *COLUMNS[1:3])
    for options in ({}, {"even": True}):
        chart = replace(CHART, table=table("t", "T", columns, rows), x="x", low="", high="", options=options)
        svg = lines(chart, 760)
        assert [len(p) for p in paths(svg)] == [2]
        assert "nan" not in svg
        assert "–" not in [w for w, _ in texts_of(svg)[1]]
    mixed = [("one", 1.0, "a"), (None, 50.0, "a"), ("two", 2.0, "a"), (float("nan"), 9.0, "a")]
    svg = lines(replace(CHART, table=table("t", "T", columns, mixed), x="x", low="", high=""), 760)
    assert [len(p) for p in paths(svg)] == [2]
    assert "–" not in [w for w, _ in texts_of(svg)[1]]


def test_one_point_along_stands_in_the_middle_above_its_word() -> None:
    alone = lines(replace(CHART, table=table("t", "T", COLUMNS, [r for r in ROWS if r[0] == 2000])), 760)
    (dot,) = [float(s["cx"]) for s in shapes(alone, "circle")]
    (tick,) = [b for w, b in texts_of(alone)[1] if w == "2000"]
    assert (tick[0] + tick[2]) / 2 == pytest.approx(dot, abs=0.02)
    axis = [s for s in shapes(alone, "line") if s["x1"] != s["x2"]]
    left, right = min(float(s["x1"]) for s in axis), max(float(s["x2"]) for s in axis)
    assert dot == pytest.approx((left + right) / 2, abs=6.0)
