"""Networks: the hub in the middle, the others on a circle, treaties as lines between members, bodies as areas around."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import shapes, tipped
from textboxes import texts_of

from foedus.surfaces.svg.pen import Picture
from foedus.surfaces.svg.smallnets import KINDS, areal, hull, kind_of, kind_sign, networks
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Column, table

COLUMNS = (Column("architecture"), Column("probability", form="percent"), Column("kind"), Column("members"))
ROWS = [
    ("star", 0.6, "BT", "USA JPN"),
    ("star", 0.6, "DF", "USA TWN"),
    ("body", 0.1, "MT", "USA JPN KOR"),
    ("body", 0.1, "nothing known", "USA TWN"),
]
CHART = Chart(
    "c",
    "networks",
    "T",
    "",
    table("t", "T", COLUMNS, ROWS),
    options={"hub": "USA", "states": ["USA", "JPN", "KOR", "TWN"]},
)


def test_kinds_by_word_or_letters() -> None:
    assert [kind_of(k) for k in ("BT", "DF", "MT", "FO")] == list(KINDS)
    assert [kind_of(k) for k in KINDS] == list(KINDS)
    assert kind_of("none") == kind_of(None) == ""
    assert [k for k in KINDS if areal(k)] == ["multilateral", "forum"]


def test_the_hub_is_in_the_middle_and_the_others_as_far_apart_as_can_be() -> None:
    svg = networks(CHART, 760)
    spots = [c for c in shapes(svg, "circle") if c["tip"]]
    assert [c["tip"] for c in spots] == ["USA", "JPN", "KOR", "TWN"] * 2
    for hub, *others in (spots[:4], spots[4:]):
        far = [math.dist((hub["cx"], hub["cy"]), (c["cx"], c["cy"])) for c in others]
        assert far == pytest.approx([far[0]] * 3, abs=0.02)
        between = [
            math.dist((a["cx"], a["cy"]), (b["cx"], b["cy"]))
            for a, b in zip(others, [*others[1:], others[0]], strict=True)
        ]
        assert between == pytest.approx([between[0]] * 3, abs=0.03)
        assert others[0]["cx"] == hub["cx"]  # the first stands above the hub
        assert others[0]["cy"] < hub["cy"]
        assert others[1]["cx"] > hub["cx"]  # and they go round with the clock
        assert hub["r"] > others[0]["r"]
    assert spots[4]["cx"] - spots[0]["cx"] == pytest.approx(380)
    tied = [c["fill"] for c in spots]
    assert tied == ["blue", "blue", "faint", "blue", "blue", "blue", "blue", "faint"]


def test_treaties_are_lines_and_bodies_areas_around_their_members() -> None:
    svg = networks(CHART, 760)
    spots = [c for c in shapes(svg, "circle") if c["tip"]]
    lines = [w for w in shapes(svg, "line") if w["stroke-width"] == 2.2 and w["y1"] > 60]
    ends = [{(w["x1"], w["y1"]), (w["x2"], w["y2"])} for w in lines]
    assert ends == [
        {(spots[0]["cx"], spots[0]["cy"]), (spots[1]["cx"], spots[1]["cy"])},
        {(spots[0]["cx"], spots[0]["cy"]), (spots[3]["cx"], spots[3]["cy"])},
    ]
    assert [w["stroke"] for w in lines] == ["blue", "grey"]
    thin = [w for w in shapes(svg, "line") if w["stroke-width"] == 0.7]
    assert len(thin) == 3  # all pairs of three members
    areas = [s for s in shapes(svg, "path") if s.get("fill-opacity") == 0.1]
    assert [s["stroke"] for s in areas] == ["amber", "amber"]  # one in the key
    words = [w for w, _ in texts_of(svg)[1]]
    assert {"bilateral defence treaty", "commitment without a treaty", "multilateral treaty"} <= set(words)
    assert "forum" not in words
    assert "star: 60 %, bilateral USA JPN, de facto USA TWN; body: 10 %, multilateral USA JPN KOR." in svg


def test_every_state_is_named_beside_its_spot_in_its_own_panel() -> None:
    svg = networks(CHART, 760)
    named = [(w, b) for w, b in texts_of(svg)[1] if w in ("USA", "JPN", "KOR", "TWN")]
    spots = [c for c in shapes(svg, "circle") if c["tip"]]
    assert len(named) == 8
    for (word, box), spot in zip(named, spots, strict=True):
        assert word == spot["tip"]
        gap = max(box[0] - spot["cx"], spot["cx"] - box[2], box[1] - spot["cy"], spot["cy"] - box[3])
        assert 2 < gap < 30
    ids = replace(CHART, options={**CHART.options, "names": {"JPN": "Japan"}})
    assert "Japan" in tipped(networks(ids, 760), "circle")


def test_panels_stand_in_rows_where_there_is_room_for_them() -> None:
    four = [(f"architecture {k}", 0.25, "BT", "USA JPN") for k in range(4)]
    svg = networks(replace(CHART, table=table("t", "T", COLUMNS, four)), 760)
    hubs = [c for c in shapes(svg, "circle") if c["tip"] == "USA"]
    assert len({c["cx"] for c in hubs}) == len({c["cy"] for c in hubs}) == 2  # two by two
    three = networks(replace(CHART, table=table("t", "T", COLUMNS, four[:3])), 760)
    assert len({c["cy"] for c in shapes(three, "circle") if c["tip"] == "USA"}) == 1
    narrow = networks(replace(CHART, table=table("t", "T", COLUMNS, four)), 300)
    assert len({c["cx"] for c in shapes(narrow, "circle") if c["tip"] == "USA"}) == 1


def test_large_bodies_have_no_lines_between_members() -> None:
    def thin(count: int) -> int:
        ids = [f"S{k}" for k in range(count)]
        rows = [("body", 0.1, "MT", " ".join(ids))]
        chart = replace(CHART, table=table("t", "T", COLUMNS, rows), options={"hub": "S0", "states": ids})
        return len([w for w in shapes(networks(chart, 760), "line") if w["stroke-width"] == 0.7])

    assert thin(6) == 15
    assert thin(7) == 0


points = st.tuples(st.floats(-50, 50), st.floats(-50, 50))


@given(st.lists(points, min_size=1, max_size=8), st.floats(1, 20))
def test_a_hull_goes_round_all_its_points_with_some_room(cloud: list[tuple[float, float]], room: float) -> None:
    around = hull(cloud, room)
    for x, y in cloud:
        for (ax, ay), (bx, by) in zip(around, [*around[1:], around[0]], strict=True):
            side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            away = side / math.hypot(bx - ax, by - ay)
            assert away >= room * math.cos(math.pi / 16) - 0.01
    assert max(x for x, _ in around) == pytest.approx(max(x for x, _ in cloud) + room, abs=1e-3)
    assert min(y for _, y in around) == pytest.approx(min(y for _, y in cloud) - room, abs=1e-3)
    assert len(hull(cloud[:1], room)) == 16


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_sign_of_a_kind_is_a_line_or_an_area(kind: str) -> None:
    p = Picture(100, 20, "", "")
    kind_sign(p, kind, 10.0, 10.0)
    lines, areas = shapes(p.svg(), "line"), shapes(p.svg(), "path")
    assert (len(lines), len(areas)) == ((0, 1) if areal(kind) else (1, 0))
    if lines:
        assert (lines[0]["x1"], lines[0]["x2"], lines[0]["y1"], lines[0]["y2"]) == (10, 32, 10, 10)
    else:
        assert areas[0]["d"] == "M11.0,4.0L31.0,4.0L31.0,16.0L11.0,16.0Z"
