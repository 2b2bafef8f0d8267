"""Maps: bodies are areas and treaties of two are lines, the hub is always there, no two names on one spot."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from textboxes import faults_of, texts_of

from foedus.surfaces.svg.maps import draw_map, lettered
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
