"""Grids: one cell per pair, in its row and its column, full, ringed or as dark as its number is large."""

from __future__ import annotations

import itertools

import pytest
from shapes import shapes, tipped
from textboxes import texts_of

from foedus.surfaces.svg.cells import grid
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Column, table

COLUMNS = (
    Column("who"),
    Column("year", form="year"),
    Column("grown"),
    Column("bound"),
    Column("share", form="percent"),
)
ROWS = [
    ("Japan", 1951, True, True, 1.0),
    ("Japan", 1952, True, False, 0.5),
    ("Korea", 1951, False, True, -0.5),
    ("Korea", 1952, None, None, 0.0),
    (None, 1952, True, True, 1.0),
    ("India", None, True, True, 1.0),
]
FOUND = table("t", "T", COLUMNS, ROWS)
DOTS = Chart(
    "c", "grid", "T", "", FOUND, "year", "who", options={"filled": "grown", "ringed": "bound", "words": ("signs",)}
)
SHADES = Chart("c", "grid", "T", "", FOUND, "year", "who", options={"value": "share", "ringed": "bound", "ink": "teal"})


def test_dots_and_rings_stand_where_their_row_and_column_cross() -> None:
    found = tipped(grid(DOTS, 760), "circle")
    assert list(found) == [
        "Japan, 1951: bound",
        "Japan, 1951: signs",
        "Japan, 1952: signs",
        "Korea, 1951: bound",
    ]
    both, dot, later, below = found.values()
    assert (both["cx"], both["cy"]) == (dot["cx"], dot["cy"])
    assert both["r"] > dot["r"]
    assert later["cy"] == dot["cy"]
    assert later["cx"] > dot["cx"]
    assert below["cx"] == dot["cx"]
    assert below["cy"] > dot["cy"]
    assert (dot["fill"], both["stroke"], both["fill"]) == ("blue", "vermilion", "ground")
    words = dict(texts_of(grid(DOTS, 760))[1])
    for year, cell in (("1951", dot), ("1952", later)):
        assert (words[year][0] + words[year][2]) / 2 == pytest.approx(cell["cx"], abs=0.02)
        assert words[year][3] < cell["cy"] - cell["r"]
    for name, cell in (("Japan", dot), ("Korea", below)):
        assert (words[name][1] + words[name][3]) / 2 == pytest.approx(cell["cy"], abs=2)
        assert words[name][2] < cell["cx"]
    assert {"signs", "bound"} <= set(words)  # the key
    assert len([c for c in shapes(grid(DOTS, 760), "circle") if not c["tip"]]) == 2


def test_a_line_runs_through_each_row() -> None:
    svg = grid(DOTS, 760)
    ys = [w["y1"] for w in shapes(svg, "line")]
    assert ys == sorted({c["cy"] for c in tipped(svg, "circle").values()})
    assert all(w["x1"] < w["x2"] == 758 for w in shapes(svg, "line"))


def test_shades_are_as_dark_as_numbers_are_large() -> None:
    found = tipped(grid(SHADES, 760), "rect")
    assert [v["opacity"] for k, v in found.items() if "%" in k] == [0.5, 0.25, 0.25, 0.0]
    inks = [v["fill"] for k, v in found.items() if "%" in k]
    assert inks == ["teal", "teal", "vermilion", "teal"]
    rings = [v for k, v in found.items() if k.endswith(": bound")]
    assert len(rings) == 2
    cells = [v for k, v in found.items() if "%" in k]
    assert all(
        c["x"] < r["x"] and r["x"] + r["width"] < c["x"] + c["width"] for c, r in zip(cells[::2], rings, strict=True)
    )
    assert all(
        c["y"] < r["y"] < r["y"] + r["height"] <= c["y"] + c["height"] for c, r in zip(cells[::2], rings, strict=True)
    )
    for a, b in itertools.pairwise(cells[:2]):
        assert 0 < b["x"] - (a["x"] + a["width"]) <= 2


def test_numbers_stand_in_cells_that_are_wide_enough() -> None:
    assert [w for w, _ in texts_of(grid(SHADES, 760))[1]].count("50 %") >= 1
    many = table("t", "T", COLUMNS, [("Japan", 1900 + k, True, True, 0.5) for k in range(60)])
    narrow = Chart("c", "grid", "T", "", many, "year", "who", options={"value": "share"})
    assert "50 %" not in [w for w, _ in texts_of(grid(narrow, 360))[1]]


def test_years_are_thinned_and_words_stand_upright() -> None:
    many = table("t", "T", COLUMNS, [("Japan", 1900 + k, True, True, 0.5) for k in range(60)])
    svg = grid(Chart("c", "grid", "T", "", many, "year", "who", options={"filled": "grown"}), 760)
    years = [(w, b) for w, b in texts_of(svg)[1] if w.startswith("19")]
    assert 5 < len(years) < 60
    assert years[0][0] == "1900"
    assert "rotate(-90)" not in svg
    assert all(b[0] >= a[2] + 6 - 0.02 for (_, a), (_, b) in itertools.pairwise(years))
    named = table(
        "t", "T", (Column("who"), Column("x"), Column("grown")), [("a", f"a long name {k}", True) for k in range(20)]
    )
    upright = grid(Chart("c", "grid", "T", "", named, "x", "who", options={"filled": "grown"}), 760)
    assert upright.count("rotate(-90)") == 20


def test_the_first_of_two_answers_for_one_pair_counts() -> None:
    twice = table("t", "T", COLUMNS, [("Japan", 1951, True, None, None), ("Japan", 1951, False, None, None)])
    svg = grid(Chart("c", "grid", "T", "", twice, "year", "who", options={"filled": "grown"}), 760)
    assert list(tipped(svg, "circle")) == ["Japan, 1951: grown"]


def test_rows_are_told_to_those_who_cannot_see() -> None:
    assert "<desc>Japan: signs 1951, 1952; bound 1951; Korea: signs nowhere; bound 1951.</desc>" in grid(DOTS, 760)
    assert "Japan: 1951 100 %; 1952 50 %" in grid(
        Chart("c", "grid", "T", "", FOUND, "year", "who", options={"value": "share"}), 760
    )


def test_dots_shrink_with_narrow_columns_and_never_touch_their_neighbours() -> None:
    for count, width in ((2, 760), (40, 760), (40, 360)):
        many = table("t", "T", COLUMNS, [("Japan", 1900 + k, True, True, 0.5) for k in range(count)])
        svg = grid(
            Chart("c", "grid", "T", "", many, "year", "who", options={"filled": "grown", "ringed": "bound"}), width
        )
        found = tipped(svg, "circle")
        rings, full = ([c for w, c in found.items() if w.endswith(e)] for e in (": bound", ": grown"))
        assert len(rings) == len(full) == count
        pitch = rings[1]["cx"] - rings[0]["cx"]
        assert all(b["cx"] - a["cx"] == pytest.approx(pitch, abs=0.02) for a, b in itertools.pairwise(rings))
        assert full[0]["r"] / rings[0]["r"] == pytest.approx(5 / 8, abs=0.01)
        assert 2 * rings[0]["r"] <= pitch
        assert rings[0]["r"] <= 8
        (line,) = shapes(svg, "line")
        assert rings[0]["cx"] - line["x1"] == pytest.approx(pitch / 2, abs=0.02)
        assert line["x2"] - rings[-1]["cx"] == pytest.approx(pitch / 2, abs=0.02)


def test_words_above_columns_stand_upright_in_their_middle_and_in_full_where_there_is_room() -> None:
    names = [
        "the Soviet Union",
        "Czechoslovakia",
        "Yugoslavia",
        "East Germany",
        "Romania",
        "Bulgaria",
        "Hungary",
        "Poland",
        "Albania",
    ]
    cells = table("t", "T", COLUMNS, [("Japan", n, True, True, 0.5) for n in names])
    svg = grid(Chart("c", "grid", "T", "", cells, "year", "who", options={"filled": "grown"}), 760)
    words = dict(texts_of(svg)[1])
    dot = {w.split(", ")[1].split(":")[0]: c for w, c in tipped(svg, "circle").items()}
    level = shapes(svg, "line")[0]["y1"] - 10
    for n in names:
        b = words[n]
        assert (b[0] + b[2]) / 2 == pytest.approx(dot[n]["cx"], abs=1.2)
        assert level - 8 <= b[3] <= level
        assert b[1] >= 18  # below the key
    few = grid(
        Chart(
            "c", "grid", "T", "", table("t", "T", COLUMNS, cells.rows[:2]), "year", "who", options={"filled": "grown"}
        ),
        760,
    )
    flat = dict(texts_of(few)[1])["Czechoslovakia"]
    assert flat[2] - flat[0] > flat[3] - flat[1]


def test_years_that_are_left_out_are_as_few_as_can_be_and_the_first_stays() -> None:
    many = table("t", "T", COLUMNS, [("Japan", 1900 + k, True, True, 0.5) for k in range(60)])
    for width in (760, 360):
        svg = grid(Chart("c", "grid", "T", "", many, "year", "who", options={"filled": "grown"}), width)
        years = [(int(w), b) for w, b in texts_of(svg)[1] if w.startswith("19")]
        steps = {b - a for (a, _), (b, _) in itertools.pairwise(years)}
        assert years[0][0] == 1900
        assert max(steps) < 2 * min(steps)
        gaps = [b[0] - a[2] for (_, a), (_, b) in itertools.pairwise(years)]
        assert min(gaps) >= 5.99
        dots = [c["cx"] for w, c in tipped(svg, "circle").items()]
        assert max(gaps[:-1]) < 6 + dots[1] - dots[0] + 1  # one more year would have touched
        assert all(b[0] >= 0 and b[2] <= width for _, b in years)


def test_cells_of_a_row_lie_side_by_side_on_its_line_and_numbers_in_their_middle() -> None:
    svg = grid(SHADES, 760)
    cells = {k: v for k, v in tipped(svg, "rect").items() if "%" in k}
    levels = [w["y1"] for w in shapes(svg, "line")]
    for cell in cells.values():
        assert cell["y"] + cell["height"] / 2 in levels
    for name in ("50 %", "100 %"):
        words = [b for w, b in texts_of(svg)[1] if w == name]
        cell = next(v for k, v in cells.items() if k.endswith(f" {name}"))
        assert (words[0][0] + words[0][2]) / 2 == pytest.approx(cell["x"] + cell["width"] / 2, abs=0.02)
        assert (words[0][1] + words[0][3]) / 2 == pytest.approx(cell["y"] + cell["height"] / 2, abs=1.2)
    grounds = [s for s in shapes(svg, "rect") if s["fill"] == "panel"]
    assert [(g["x"], g["y"], g["width"], g["height"]) for g in grounds] == [
        (c["x"], c["y"], c["width"], c["height"]) for c in cells.values()
    ]
    assert not [s for s in (*grounds, *cells.values()) if "rx" in s]  # so that they meet without gaps at the corners


def test_signs_in_the_key_look_as_the_marks_and_shades_go_from_pale_to_the_darkest() -> None:
    rings = [c for c in shapes(grid(DOTS, 760), "circle") if c.get("stroke") == "vermilion"]
    assert len(rings) == 3
    assert len({c["stroke-width"] for c in rings}) == 1
    pale, dark = [s for s in shapes(grid(SHADES, 760), "rect") if s["fill"] == "teal" and not s["tip"]]
    assert pale["x"] + pale["width"] == dark["x"]
    assert (pale["width"], pale["y"], pale["height"]) == (dark["width"], dark["y"], dark["height"])
    assert (
        0
        < pale["opacity"]
        < dark["opacity"]
        == max(v["opacity"] for k, v in tipped(grid(SHADES, 760), "rect").items() if "%" in k)
    )
    bars = [s for s in shapes(grid(SHADES, 760), "rect") if s["fill"] == "vermilion" and not s.get("opacity")]
    assert len({b["height"] for b in bars}) == 1


def test_the_last_year_stays_on_the_canvas() -> None:
    few = table("t", "T", COLUMNS, [("Japan", 1_000_000_000 + k, True, True, 0.5) for k in range(9)])
    for width in (760, 360):
        svg = grid(Chart("c", "grid", "T", "", few, "year", "who", options={"filled": "grown"}), width)
        assert all(b[0] >= -0.01 and b[2] <= width + 0.01 for _, b in texts_of(svg)[1])
