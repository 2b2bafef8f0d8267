"""Lines: points where their numbers put them, bands between their ends, steps, powers of ten, areas that add up."""

from __future__ import annotations

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
