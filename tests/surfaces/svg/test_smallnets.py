"""Networks: the hub in the middle, the others on a circle, treaties as lines between members, bodies as areas around."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import shapes, tipped
from textboxes import faults_of, texts_of

from foedus.surfaces.svg.pen import Picture
from foedus.surfaces.svg.smallnets import KINDS, area, areal, hull, kind_of, kind_sign, networks
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


@pytest.mark.parametrize("width", [760.0, 360.0])
@pytest.mark.parametrize("count", [3, 8, 20, 30])
def test_every_state_has_its_name_in_every_panel_however_many_they_are(count: int, width: float) -> None:
    ids = [f"S{k:02}" for k in range(count)]
    rows = [(f"net {n}", 0.2, "BT", f"S00 S{n + 1:02}") for n in range(2)]
    chart = replace(CHART, table=table("t", "T", COLUMNS, rows), options={"hub": "S00", "states": ids})
    svg = networks(chart, width)
    named = [w for w, _ in texts_of(svg)[1] if w in ids]
    assert sorted(named) == sorted(ids * 2)
    assert faults_of(svg) == []
    assert len([c for c in shapes(svg, "circle") if c["tip"]]) == 2 * count


def test_panels_stand_side_by_side_with_their_words_above_their_middle() -> None:
    six = [(f"architecture {k}", 0.1 * k, "BT", "USA JPN") for k in range(6)]
    svg = networks(replace(CHART, table=table("t", "T", COLUMNS, six)), 760)
    words = dict(texts_of(svg)[1])
    hubs = [c for c in shapes(svg, "circle") if c["tip"] == "USA"]
    spots = [c for c in shapes(svg, "circle") if c["tip"]]
    (_, tall), _ = texts_of(svg)
    columns = sorted({c["cx"] for c in hubs})
    assert [b - a for a, b in itertools.pairwise([0, *columns, 760])] == pytest.approx(
        [columns[0], *[2 * columns[0]] * (len(columns) - 1), columns[0]], abs=0.05
    )
    rows = sorted({c["cy"] for c in hubs})
    assert len(rows) * len(columns) == 6
    for k, hub in enumerate(hubs):
        assert (hub["cx"], hub["cy"]) == (columns[k % len(columns)], rows[k // len(columns)])
        title = next(b for w, b in words.items() if w.startswith(f"architecture {k}"))
        assert (title[0] + title[2]) / 2 == pytest.approx(hub["cx"], abs=0.02)
        own = spots[4 * k : 4 * k + 4]
        assert min(c["cy"] for c in own) - title[3] > 10
        assert max(c["cy"] for c in own) + 15 < min(
            [b[1] for w, b in words.items() if w.startswith("architecture") and b[1] > title[1] + 9] or [tall]
        )
    assert tall - max(c["cy"] for c in spots) > 10


def test_without_a_hub_all_stand_on_the_circle_and_without_states_those_that_are_bound() -> None:
    svg = networks(replace(CHART, options={}), 760)
    spots = [c for c in shapes(svg, "circle") if c["tip"]]
    assert [c["tip"] for c in spots[:4]] == ["USA", "JPN", "TWN", "KOR"]  # in the order in which they are met
    middle = (sum(c["cx"] for c in spots[:4]) / 4, sum(c["cy"] for c in spots[:4]) / 4)
    far = [math.dist(middle, (c["cx"], c["cy"])) for c in spots[:4]]
    assert far == pytest.approx([far[0]] * 4, abs=0.02)
    assert len({c["r"] for c in spots}) == 1
    stranger = networks(replace(CHART, options={"hub": "FRA", "states": ["USA", "JPN", "KOR", "TWN"]}), 760)
    assert "FRA" not in {c["tip"] for c in shapes(stranger, "circle")}


def test_names_stand_outside_of_their_circle_and_that_of_the_hub_above_or_below_it() -> None:
    svg = networks(CHART, 760)
    hub, *others = [c for c in shapes(svg, "circle") if c["tip"]][:4]
    first = {w: b for w, b in reversed(texts_of(svg)[1]) if w in ("USA", "JPN", "KOR", "TWN") and b[0] < 380}
    radius = math.dist((hub["cx"], hub["cy"]), (others[0]["cx"], others[0]["cy"]))
    for c in others:
        b = first[c["tip"]]
        nearest = (min(max(hub["cx"], b[0]), b[2]), min(max(hub["cy"], b[1]), b[3]))
        assert math.dist((hub["cx"], hub["cy"]), nearest) > radius
    b = first["USA"]
    assert (b[0] + b[2]) / 2 == pytest.approx(hub["cx"], abs=0.02)
    weights = {s["text"]: s.get("font-weight") for s in shapes(svg, "text")}
    assert (weights["USA"], weights["JPN"]) == (600, None)


def test_the_area_of_a_body_wears_its_kind_and_an_ink_that_is_asked_for() -> None:
    p = Picture(100, 100, "", "")
    area(p, [(10.0, 10.0), (60.0, 10.0), (60.0, 40.0)], "forum", "a tip")
    area(p, [(10.0, 10.0), (60.0, 10.0), (60.0, 40.0)], "multilateral", ink="plum")
    forum, body = shapes(p.svg(), "path")
    assert forum["stroke"] == forum["fill"] == "teal"
    assert body["stroke"] == body["fill"] == "plum"
    assert (forum["stroke-dasharray"], forum["tip"]) == (KINDS["forum"][1], "a tip")
    assert "stroke-dasharray" not in body
    assert forum["d"] == "M10.0,10.0L60.0,10.0L60.0,40.0Z"


def test_six_bonds_are_told_and_those_of_one_member_are_no_lines() -> None:
    rows = [("net", 0.5, "BT", f"USA S{k}") for k in range(8)] + [
        ("alone", 0.1, "MT", "USA"),
        ("alone", 0.1, "BT", "JPN"),
    ]
    svg = networks(replace(CHART, table=table("t", "T", COLUMNS, rows), options={"hub": "USA"}), 760)
    told = svg[svg.index("<desc>") : svg.index("</desc>")]
    assert told.count("bilateral USA S") == 6
    areas = [s for s in shapes(svg, "path") if s.get("fill-opacity") == 0.1]
    assert len(areas) == 1  # the sign in the key
    treaties = [w for w in shapes(svg, "line") if w["stroke-width"] == 2.2]
    assert len(treaties) == 9  # and the sign


@pytest.mark.parametrize("count", [4, 12, 26])
def test_no_name_covers_a_dot(count: int) -> None:
    ids = [f"S{k:02}" for k in range(count)]
    rows = [(f"net {n}", 0.2, "BT", "S00 S01") for n in range(3)]
    svg = networks(replace(CHART, table=table("t", "T", COLUMNS, rows), options={"hub": "S00", "states": ids}), 760)
    spots = [(c["cx"], c["cy"]) for c in shapes(svg, "circle") if c["tip"]]
    for words, b in texts_of(svg)[1]:
        if words in ids:
            assert not [q for q in spots if b[0] - 3 < q[0] < b[2] + 3 and b[1] - 3 < q[1] < b[3] + 3]
