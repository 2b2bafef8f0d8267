"""Small multiples: equal parts on one scale, each with its own rows and its name, in the order of the table."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from shapes import SVG, shapes, tipped
from textboxes import faults_of, texts_of

from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, table

COLUMNS = (Column("who"), Column("x"), Column("region"), Column("low"), Column("high"), Column("year", form="year"))
REGIONS = ("Asia", "Europe", "Africa", "America", "Oceania")


def chart(parts: int, mark: str = "bars", **options: object) -> Chart:
    """Make a chart of two rows for each part: 10 and, in the k-th part, 10 k."""
    rows: list[tuple[Cell, ...]] = [
        (f"{who}{k}", 10.0 if who == "a" else 10.0 * k, REGIONS[k], None, None, 2000 + (who == "b"))
        for k in range(parts)
        for who in "ab"
    ]
    x, y = ("year", "x") if mark == "lines" else ("x", "who")
    return Chart("c", mark, "T", "", table("t", "T", COLUMNS, rows), x, y, options={"panels": "region", **options})


def parts_of(svg: str) -> list[dict[str, float]]:
    """Return the places and the sizes of the parts, in the order in which they are drawn."""
    found = list(ElementTree.fromstring(svg).iter(f"{SVG}svg"))[1:]
    for e in found:
        assert e.attrib["viewBox"] == f"0 0 {e.attrib['width']} {e.attrib['height']}"  # drawn as large as it is meant
    return [{k: float(e.attrib[k]) for k in ("x", "y", "width", "height")} for e in found]


@pytest.mark.parametrize(
    ("width", "parts", "columns"),
    [(760, 1, 1), (760, 2, 2), (760, 3, 3), (760, 4, 2), (760, 5, 3), (500, 3, 2), (360, 3, 1)],
)
def test_parts_of_one_width_fill_the_canvas_row_by_row(width: float, parts: int, columns: int) -> None:
    svg = draw(chart(parts), width)
    found = parts_of(svg)
    assert len(found) == parts
    assert len({p["x"] for p in found}) == columns
    assert len({p["width"] for p in found}) == 1
    assert found[0]["x"] == 0
    assert max(p["x"] + p["width"] for p in found) == pytest.approx(width, abs=0.02)
    tall = texts_of(svg)[0][1]
    assert max(p["y"] + p["height"] for p in found) <= tall
    for k, p in enumerate(found):
        assert p["x"] == found[k % columns]["x"]
        assert p["y"] == found[k - k % columns]["y"]
        for q in found[:k]:
            assert q["x"] + q["width"] + 10 <= p["x"] or q["y"] + q["height"] + 10 <= p["y"] or p["x"] < q["x"]
    assert faults_of(svg) == []


@pytest.mark.parametrize("width", [760.0, 360.0])
def test_each_part_stands_below_its_name_and_holds_its_own_rows(width: float) -> None:
    svg = draw(chart(4), width)
    words = dict(texts_of(svg)[1])
    for k, p in enumerate(parts_of(svg)):
        name = words[REGIONS[k]]
        assert name[0] == p["x"]
        assert name[1] >= 0
        assert 0 < p["y"] - name[3] < 10
        for who in ("a", "b"):
            box = words[f"{who}{k}"]
            assert p["x"] <= box[0] < box[2] <= p["x"] + p["width"]
            assert p["y"] <= box[1] < box[3] <= p["y"] + p["height"]
    heads = [s for s in shapes(svg, "text") if s["text"] in REGIONS]
    assert [s["text"] for s in heads] == list(REGIONS[:4])
    assert "<desc>4 small pictures: Asia, Europe, Africa, America.</desc>" in svg


def test_the_same_number_is_as_long_in_every_part() -> None:
    bars = tipped(draw(chart(4), 760), "rect")
    tens = [bars[f"a{k}: 10"]["width"] for k in range(4)]
    assert tens == pytest.approx([tens[0]] * 4)
    assert bars["b3: 30"]["width"] == pytest.approx(3 * tens[0], abs=0.05)
    assert bars["b0: 0"]["width"] == 0


@pytest.mark.parametrize("mark", ["dots", "strip", "lines"])
def test_axes_of_all_parts_have_the_same_numbers(mark: str) -> None:
    svg = draw(chart(3, mark), 760)
    found = parts_of(svg)
    ticks = [
        [w for w, b in texts_of(svg)[1] if w in ("0", "5", "10", "15", "20") and p["x"] <= b[0] < p["x"] + p["width"]]
        for p in found
    ]
    assert {"0", "20"} <= set(ticks[0])
    assert set(ticks[0]) == set(ticks[1]) == set(ticks[2])


def test_ranges_and_draws_are_on_the_shared_scale_and_ends_asked_for_are_kept() -> None:
    rows: list[tuple[Cell, ...]] = [("a", 10.0, "Asia", 5.0, 40.0, 2000), ("b", 10.0, "Europe", None, None, 2000)]
    found = table("t", "T", COLUMNS, rows)
    ranged = replace(chart(1), table=found, low="low", high="high")
    ten = {w: s["width"] for w, s in tipped(draw(ranged, 760), "rect").items()}
    assert ten["a: 10"] == ten["b: 10"]
    asked = tipped(draw(replace(ranged, options={"panels": "region", "ends": (0.0, 10.0)}), 760), "rect")
    assert asked["a: 10"]["width"] > 3 * ten["a: 10"]
    drawn = replace(
        ranged, mark="strip", low="", high="", options={"panels": "region", "draws": {"a": [80.0], "b": [1.0]}}
    )
    words = [w for w, _ in texts_of(draw(drawn, 760))[1]]
    assert words.count("80") == 2 or words.count("50") == 2  # far beyond ten in both parts
    based = replace(ranged, low="", high="", options={"panels": "region", "base": 30.0})
    back = tipped(draw(based, 760), "rect").values()
    assert len({b["width"] for b in back}) == 1
    assert all(b["fill"] == "vermilion" for b in back)


def test_parts_without_anything_to_draw_are_left_out() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("a", 10.0, "Asia", None, None, 1),
        ("b", None, "Europe", None, None, 1),
        ("c", 5.0, "Africa", None, None, 1),
    ]
    svg = draw(replace(chart(1), table=table("t", "T", COLUMNS, rows)), 760)
    assert len(parts_of(svg)) == 2
    assert "Europe" not in [w for w, _ in texts_of(svg)[1]]
    assert "<desc>2 small pictures: Asia, Africa.</desc>" in svg
    assert draw(replace(chart(1), table=table("t", "T", COLUMNS, rows[1:2])), 760) == ""
    assert draw(replace(chart(1), table=table("t", "T", COLUMNS, [])), 760) == ""
