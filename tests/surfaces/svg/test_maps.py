"""Maps: bodies are areas and treaties of two are lines, the hub is always there, no two names on one spot."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from xml.etree import ElementTree

import pytest
from shapes import walked
from textboxes import faults_of, texts_of

from foedus.surfaces.svg.lettering import box, overlap
from foedus.surfaces.svg.maps import arc, draw_map, lettered
from foedus.surfaces.svg.projection import View, equal_earth, outlines
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Column, table

NATO = "USA CAN GBR FRA DEU ITA NLD BEL LUX DNK NOR ISL PRT ESP GRC TUR POL CZE HUN ROU BGR EST LVA LTU FIN SWE"
GULF = ("USA", "SAU", "BHR", "KWT", "QAT", "ARE", "OMN", "ISR")


def chart(rows: list[tuple[str, str, str]], **options: object) -> Chart:
    found = table("i", "I", (Column("name"), Column("kind"), Column("members")), rows)
    return Chart("map", "map", "Map", "", found, "", "name", "kind", options=options)


def ties(svg: str) -> list[dict[str, str]]:
    return [e.attrib for e in ElementTree.fromstring(svg).iter() if e.attrib.get("class") == "tie"]


def shown(svg: str) -> set[str]:
    return {words for words, _ in texts_of(svg)[1]}


@pytest.mark.parametrize("width", [760.0, 360.0])
def test_a_body_is_one_area_and_never_lines_out_of_the_hub(width: float) -> None:
    svg = draw_map(chart([("NATO", "multilateral", NATO)], hub="USA", adversaries=["RUS"], as_of="2024-07-01"), width)
    assert [t.get("data-members") for t in ties(svg)] == [NATO]
    assert not any("data-a" in t for t in ties(svg))
    assert ties(svg)[0]["d"].endswith("Z")


def test_treaties_of_two_are_lines_and_bodies_of_which_two_are_here_are_areas() -> None:
    rows = [("Japan", "bilateral", "USA JPN"), ("Manila Pact", "multilateral", "USA THA")]
    drawn = ties(draw_map(chart(rows, hub="USA", as_of="1960-01-01"), 760))
    assert [(t.get("data-a"), t.get("data-members")) for t in drawn] == [(None, "USA THA"), ("USA", None)]


@pytest.mark.parametrize("width", [760.0, 360.0])
@pytest.mark.parametrize(
    "states", [GULF, ("USA", "JPN", "KOR", "PHL", "AUS"), tuple(NATO.split())], ids=["gulf", "asia", "nato"]
)
def test_the_hub_is_always_shown_and_names_keep_apart(states: tuple[str, ...], width: float) -> None:
    svg = draw_map(chart([("x", "forum", " ".join(states))], hub="USA", states=states, as_of="2024-07-01"), width)
    assert shown(svg) & {"United States", "USA"}
    assert faults_of(svg) == []
    assert svg.count("data-state") == len(states)


def test_the_states_are_framed_and_not_the_whole_world() -> None:
    gulf = draw_map(chart([], hub="USA", states=GULF, as_of="2023-06-30"), 360)
    places = dict(texts_of(gulf)[1])
    assert abs(places["Kuwait"][1] - places["Oman"][1]) > 60
    assert "M10,-5" in gulf  # an arrow towards the hub beyond the edge


def test_a_view_that_hides_states_is_not_taken() -> None:
    asked = chart([], hub="USA", states=GULF, as_of="2023-06-30", centre=(0, 0), span=40)
    assert "Kuwait" in shown(draw_map(asked, 760))


def test_names_are_those_of_the_day() -> None:
    rows = [("x", "bilateral", "RUS CSK")]
    svg = draw_map(chart(rows, hub="RUS", states=["RUS", "CSK", "DEU"], as_of="1949-04-03"), 760)
    assert {"Soviet Union", "Czechoslovakia", "Germany under occupation"} <= shown(svg)
    assert "Russia" not in svg
    assert "Borders of 3 April 1949" in svg


def test_crimea_is_ukrainian_and_hatched_in_the_colour_of_its_holder() -> None:
    after = draw_map(chart([], states=["UKR", "POL", "ROU"], adversaries=["RUS"], as_of="2014-06-01"), 760)
    before = draw_map(chart([], states=["UKR", "POL", "ROU"], adversaries=["RUS"], as_of="2014-01-01"), 760)
    assert re.search(r'fill="url\(#p[0-9a-f]{8}-stripes-map-foe\)"><title>Crimea', after)
    assert "Crimea" in " ".join(shown(after))
    assert "Crimea" not in before


def test_two_germanies_share_an_outline_under_two_names() -> None:
    svg = draw_map(chart([], states=["DEU", "FRA", "POL"], adversaries=["RUS", "DDR"], as_of="1960-01-01"), 760)
    assert {"West Germany", "East Germany"} <= shown(svg)
    assert "<title>West Germany and East Germany</title>" in svg


def test_days_before_the_table_are_drawn_with_its_first_lines_and_their_own_names() -> None:
    svg = draw_map(chart([], states=["RUS", "FRA"], as_of="1912-01-01"), 760)
    assert "Russian Empire" in shown(svg)
    assert "Borders of 2 September 1945" in svg


def test_the_policy_stands_under_every_map() -> None:
    for width in (760.0, 360.0):
        words = " ".join(w for w, _ in texts_of(draw_map(chart([], states=["JPN"], as_of="2020-01-01"), width))[1])
        assert "as the General Assembly of the United Nations has them" in words
        assert "Natural Earth (public domain)" in words


def test_the_projection_puts_places_where_they_are() -> None:
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(180, 0)[0] == pytest.approx(2.7066, abs=1e-3)
    assert equal_earth(0, 90)[1] == pytest.approx(1.3173, abs=1e-3)
    view = View((150, 10), 120, 960, 560)
    assert view.place(150, 10) == pytest.approx((480, 280))
    assert view.place(-170, 10)[0] > 480
    assert {"USA", "JPN", "CHN", "SGP", "crimea"} <= set(outlines())


def test_land_beyond_the_edge_is_still_land() -> None:
    view = View((45, 50), 20, 400, 300)
    assert view.path(outlines()["RUS"])  # most of it lies outside


def test_words_without_room_are_not_written_over_others() -> None:
    assert lettered((50, 50), "Alpha", 12, False, [(0, 0, 100, 100)], (100, 100)) is None
    assert lettered((50, 50), "Alpha", 12, False, [], (200, 100)) is not None


def test_what_is_no_institution_of_the_theory_is_not_drawn() -> None:
    svg = draw_map(chart([("Treaty of Dunkirk", "none", "GBR FRA")], states=["GBR", "FRA"], as_of="1949-04-03"), 760)
    assert ties(svg) == []
    assert "Dunkirk" not in svg


def test_every_pattern_and_frame_that_is_named_is_there() -> None:
    svg = draw_map(
        chart([("x", "forum", "UKR POL")], states=["UKR", "POL"], adversaries=["RUS"], as_of="2014-06-01"), 760
    )
    assert set(re.findall(r'="url\(#([^)]+)\)"', svg)) <= set(re.findall(r' id="([^"]+)"', svg))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((0, 0), (100, 0)),
        ((100, 0), (0, 0)),
        ((10, 90), (70, 20)),
        ((70, 20), (10, 90)),
        ((30, 10), (30, 80)),
        ((5, 5), (5, 5)),
    ],
)
@pytest.mark.parametrize("bend", [0.1, 0.3])
def test_an_arc_joins_its_two_ends_and_rises_towards_the_north(
    one: tuple[float, float], other: tuple[float, float], bend: float
) -> None:
    start, control, end = walked(arc(one, other, bend))
    assert (start, end) == (one, other)
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    long = math.dist(one, other)
    assert math.dist(control, middle) == pytest.approx(bend * long, abs=0.01)
    assert math.dist(control, one) == pytest.approx(math.dist(control, other), abs=0.02)  # the same at both ends
    assert control[1] <= middle[1] + 0.01
    assert walked(arc(other, one, bend))[1] == control  # whoever is named first


def lines_of(svg: str) -> list[dict[str, str]]:
    return [t for t in ties(svg) if "data-a" in t]


def spots_of(svg: str) -> dict[str, list[dict[str, str]]]:
    """Return the circles of each state, the outermost first."""
    groups = [g for g in ElementTree.fromstring(svg).iter() if "data-state" in g.attrib]
    return {g.attrib["data-state"]: [c.attrib for c in g if c.tag.endswith("circle")] for g in groups}


ROWS = [
    ("Treaty", "bilateral", "USA JPN"),
    ("Promise", "de facto", "USA TWN"),
    ("Body", "multilateral", "USA AUS NZL"),
    ("Forum", "forum", "AUS"),
    ("Axis", "bilateral", "CHN PRK"),
    ("Three", "bilateral", "USA JPN KOR"),
    ("One", "bilateral", "JPN"),
]
PACIFIC = chart(ROWS, hub="USA", adversaries=["CHN", "PRK"], as_of="2010-07-01")


@pytest.mark.parametrize("width", [760.0, 360.0])
def test_treaties_end_at_the_capitals_of_their_members_and_wear_the_ink_of_their_kind(width: float) -> None:
    svg = draw_map(PACIFIC, width)
    at = {s: (float(c[-1]["cx"]), float(c[-1]["cy"])) for s, c in spots_of(svg).items()}
    drawn = {(t["data-a"], t["data-b"]): t for t in lines_of(svg)}
    assert set(drawn) == {("USA", "JPN"), ("USA", "TWN"), ("CHN", "PRK")}
    for (a, b), t in drawn.items():
        start, _, end = walked(t["d"])
        assert start == pytest.approx(at[a], abs=0.01)
        assert end == pytest.approx(at[b], abs=0.01)
    inks = {pair: t["stroke"] for pair, t in drawn.items()}
    assert inks == {("USA", "JPN"): "var(--blue)", ("USA", "TWN"): "var(--grey)", ("CHN", "PRK"): "var(--foe-ink)"}
    assert "stroke-dasharray" in drawn["USA", "TWN"]
    assert "stroke-dasharray" not in drawn["USA", "JPN"]
    areas = [t["data-members"] for t in ties(svg) if "data-members" in t]
    assert areas == ["USA AUS NZL", "AUS", "USA JPN KOR"]  # below the lines, the largest bodies lowest
    order = [t.get("data-members") for t in ties(svg)]
    assert order.index(None) > order.index("AUS")
    assert "One" not in re.sub(r"<desc>.*?</desc>", "", svg)


def test_a_capital_wears_a_ring_for_every_body_it_is_in_and_the_hub_is_the_largest() -> None:
    svg = draw_map(PACIFIC, 760)
    found = spots_of(svg)
    assert {s: len(c) for s, c in found.items()} == {
        "USA": 2,
        "JPN": 1,
        "TWN": 1,
        "AUS": 3,
        "NZL": 2,
        "KOR": 1,
        "CHN": 1,
        "PRK": 1,
    }
    for circles in found.values():
        assert len({(c["cx"], c["cy"]) for c in circles}) == 1
        sizes = [float(c["r"]) for c in circles]
        assert sizes == sorted(sizes, reverse=True)
        assert all(a - b >= 1.3 for a, b in itertools.pairwise(sizes))
    assert [c["stroke"] for c in found["AUS"][:2]] == [
        "var(--teal)",
        "var(--amber)",
    ]  # the forum outside, the body inside
    inks = {s: c[-1]["fill"] for s, c in found.items()}
    assert {s for s, ink in inks.items() if ink == "var(--foe-ink)"} == {"CHN", "PRK"}
    assert {s for s, ink in inks.items() if ink == "var(--blue)"} == set(found) - {"CHN", "PRK"}
    radius = {s: float(c[-1]["r"]) for s, c in found.items()}
    assert radius["USA"] > radius["JPN"] == radius["CHN"]


def test_the_arrow_of_one_beyond_the_edge_stands_beside_its_dot_and_points_outwards() -> None:
    svg = draw_map(chart([], hub="USA", states=GULF, as_of="2023-06-30"), 760)
    moved = re.findall(
        r'<g data-state="(\w+)">(?:(?!</g>).)*?<g transform="translate\(([-\d.]+) ([-\d.]+)\) rotate\(([-\d.]+)\)', svg
    )
    ((state, x, y, turn),) = moved
    dot = spots_of(svg)["USA"][-1]
    assert state == "USA"
    assert (x, y) == (dot["cx"], dot["cy"])
    assert float(x) == 20  # far in the west
    assert abs(math.remainder(float(turn) - 180, 360)) < 45


def test_the_day_of_a_map_is_a_day_a_year_or_the_start_of_a_text() -> None:
    def day(value: object) -> str:
        return " ".join(w for w, _ in texts_of(draw_map(chart([], states=["FRA"], as_of=value), 760))[1])

    assert "Borders of 14 July 1989 " in day(dt.date(1989, 7, 14))
    assert "Borders of 14 July 1989 " in day("1989-07-14T12:00:00")
    assert "Borders of 1 July 1989 " in day(1989)
    assert "Borders of 1 July 1989 " in day("1989")
    for nothing in (None, "", "soon", "1989-13-01"):
        assert "Borders of 1 January 2026 " in day(nothing)


@pytest.mark.parametrize("width", [760.0, 360.0])
def test_the_words_below_stand_one_under_the_other_and_end_with_the_picture(width: float) -> None:
    (_, tall), texts = texts_of(draw_map(PACIFIC, width))
    below = [b for _, b in texts[-6:] if b[1] > 150 and b[0] == 0]
    assert len(below) >= 2
    assert all(b[1] - a[1] == pytest.approx(16, abs=0.02) for a, b in itertools.pairwise(below))
    assert 2 < tall - below[-1][3] < 16
    view = re.search(r'<clipPath [^>]*><rect width="([\d.]+)" height="([\d.]+)"', draw_map(PACIFIC, width))
    assert view is not None
    assert float(view[1]) == width
    key = max(b[3] for w, b in texts if w == "adversary")
    assert below[0][1] - float(view[2]) - key < 20  # nothing but the map between key and words


def test_who_finds_no_room_for_a_name_is_named_below() -> None:
    crowd = [
        "BEL",
        "NLD",
        "LUX",
        "DEU",
        "FRA",
        "CHE",
        "AUT",
        "CZE",
        "SVN",
        "HRV",
        "HUN",
        "SVK",
        "ITA",
        "DNK",
        "MCO",
        "SMR",
        "LIE",
        "AND",
    ]
    svg = draw_map(chart([], states=[*crowd, "NZL", "CHL", "JPN", "ZAF", "USA"], as_of="2010-01-01"), 360)
    words = [w for w, _ in texts_of(svg)[1]]
    below = " ".join(words)
    assert "Without a name on the map: " in below
    missing = re.sub(r".*Without a name on the map: (.*?)\..*", r"\1", below).split(", ")
    assert len(missing) >= 1
    assert not set(missing) & set(words)


def test_words_stand_close_beside_their_spot_on_whichever_side_is_free() -> None:
    x, y = 100.0, 60.0
    canvas = (200.0, 120.0)
    dot = (x - 7, y - 7, x + 7, y + 7)

    def gap(taken: list[tuple[float, float, float, float]]) -> tuple[float, tuple[float, float, float, float]]:
        found = lettered((x, y), "Japan", 11, False, [dot, *taken], canvas)
        assert found is not None
        b = box(found[0], found[1], "Japan", 11, found[2])
        assert not any(overlap(b, t) for t in [dot, *taken])
        assert b[0] >= 0
        assert b[1] >= 0
        assert b[2] <= canvas[0]
        assert b[3] <= canvas[1]
        return max(b[0] - x, x - b[2], b[1] - y, y - b[3]), b

    right, left = (x + 1, 0.0, 200.0, 120.0), (0.0, 0.0, x - 1, 120.0)
    above, below = (0.0, 0.0, 200.0, y - 1), (0.0, y + 1, 200.0, 120.0)
    near, first = gap([])
    assert near == pytest.approx(10)
    assert first[0] > x  # to the right where all is free
    assert (first[1] + first[3]) / 2 == pytest.approx(y, abs=2)
    assert gap([right])[1][2] < x
    for taken, side in (
        ([left, below], "above right"),
        ([left, above], "below right"),
        ([right, below], "above left"),
        ([right, above], "below left"),
    ):
        far, b = gap(taken)
        assert far < 10, side
        assert (b[0] > x) == ("right" in side)
        assert (b[3] < y) == ("above" in side)
    up, over = gap([(0.0, 45.0, 200.0, 120.0)])
    assert up < 30
    assert (over[0] + over[2]) / 2 == pytest.approx(x, abs=30)
    under = gap([(0.0, 0.0, 200.0, 75.0)])[1]
    assert under[1] >= 75


def test_words_at_the_edge_are_pushed_inside() -> None:
    for x in (2.0, 198.0):
        found = lettered((x, 60.0), "A long name of a state", 11, False, [(0, 45, 200, 75)], (200.0, 120.0))
        assert found is not None
        b = box(found[0], found[1], "A long name of a state", 11, found[2])
        assert b[0] >= 0
        assert b[2] <= 200
        assert 0 <= 45 - b[3] <= 5 or 0 <= b[1] - 75 <= 5  # as near as what is covered lets them


def test_a_name_far_from_its_spot_is_joined_to_it() -> None:
    svg = draw_map(chart([], states=["BHR", "QAT", "KWT", "ARE", "OMN", "SAU"], as_of="2010-01-01"), 360)
    spots = {s: (float(c[-1]["cx"]), float(c[-1]["cy"])) for s, c in spots_of(svg).items()}
    for e in ElementTree.fromstring(svg).iter():
        if e.tag.endswith("line") and e.attrib.get("stroke") == "var(--soft)":
            start = (float(e.attrib["x1"]), float(e.attrib["y1"]))
            assert min(math.dist(start, p) for p in spots.values()) < 0.05
            assert math.dist(start, (float(e.attrib["x2"]), float(e.attrib["y2"]))) > 13


def test_words_stand_beside_names_and_dots_take_the_ink_that_is_asked_for() -> None:
    beside, tints = {"JPN": "-0.22", "KOR": "+0.10"}, {"JPN": "vermilion"}
    svg = draw_map(chart([], states=["JPN", "KOR"], hub="USA", adversaries=["CHN"], beside=beside, tints=tints), 760.0)
    assert {"Japan -0.22", "South Korea +0.10", "China"} <= shown(svg)
    dots = re.findall(r'<g data-state="(\w+)"><circle [^>]*fill="var\(--([a-z-]+)\)"', svg)
    assert dict(dots)["JPN"] == "vermilion"
    assert dict(dots)["KOR"] == "blue"
    assert dict(dots)["CHN"] == "foe-ink"
