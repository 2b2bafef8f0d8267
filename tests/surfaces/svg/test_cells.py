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
