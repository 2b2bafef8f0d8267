"""States of a case of one's own, picked on a map: what a press does, and that the list says the same as the map."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from foedus.web.making import Making, read, strangers
from foedus.web.picking import Cast, cast_of, picked, pressed, there

ASIA = Making(region="asia", year="1990", states="JPN,KOR,THA", hub="USA", adversaries="CHN")


@pytest.mark.parametrize(
    ("press", "state", "states", "hub", "adversaries"),
    [
        ("", "PHL", "JPN,KOR,THA,PHL", "USA", "CHN"),
        ("", "KOR", "JPN,THA", "USA", "CHN"),
        ("", "CHN", "JPN,KOR,THA,CHN", "USA", ""),
        ("", "USA", "JPN,KOR,THA", "USA", "CHN"),
        ("hub", "JPN", "KOR,THA", "JPN", "CHN"),
        ("hub", "USA", "JPN,KOR,THA", "", "CHN"),
        ("adversaries", "PRK", "JPN,KOR,THA", "USA", "CHN,PRK"),
        ("adversaries", "THA", "JPN,KOR", "USA", "CHN,THA"),
        ("adversaries", "CHN", "JPN,KOR,THA", "USA", ""),
        ("adversaries", "USA", "JPN,KOR,THA", "USA", "CHN"),
    ],
)
def test_a_press_gives_a_state_its_part_or_takes_it(
    press: str, state: str, states: str, hub: str, adversaries: str
) -> None:
    made = Making(**{**vars(ASIA), "press": press})
    after = pressed(made, cast_of(made, None), state)
    assert (after.states, after.hub, after.adversaries, after.press) == (states, hub, adversaries, press)
    assert read(after.link().partition("?")[2], "asia-1953") == after


def test_what_the_data_have_chosen_is_where_one_begins() -> None:
    begun = Making(region="asia", year="1990")
    assert pressed(begun, Cast(("JPN", "KOR"), "USA", ("CHN",)), "THA").states == "JPN,KOR,THA"
    assert pressed(begun, Cast(("JPN", "KOR"), "USA", ("CHN",)), "THA").adversaries == ""


def test_the_map_shows_the_states_of_the_day() -> None:
    assert {"JPN", "KOR", "PRK"} <= set(there("asia", 1990))
    assert "USA" not in there("asia", 1990)
    assert "KOR" not in there("asia", 1930)
    assert "DDR" in there("europe", 1980) or "GDR" in there("europe", 1980)


@pytest.mark.parametrize(("region", "year"), [("", "1990"), ("asia", "999"), ("mars", "1990")])
def test_without_a_place_and_a_time_there_is_no_map(region: str, year: str) -> None:
    assert picked("", Making(region=region, year=year), None) is None


def test_the_list_leads_where_the_map_does(client: TestClient) -> None:
    words = "region=asia&year=1990&states=JPN,KOR,THA&hub=USA&adversaries=CHN"
    text = html.unescape(client.get(f"/c/new?{words}").text)
    section = text.partition('id="who-h"')[2]
    on_map = re.findall(r'<a href="([^"]+)" class="pick" tabindex="-1" aria-hidden="true">', section)
    listed = re.findall(r'<a href="([^"]+)"(?: class="own")? rel="nofollow">', section)
    assert len(listed) > 15
    assert set(on_map) == set(listed)
    assert "JPN,KOR,THA,PHL" in "".join(listed)
    assert re.search(r'press=hub[^"]*">the hub</a>', section)


def test_a_part_that_there_is_not_is_said(client: TestClient) -> None:
    answer = client.get("/c/new?region=asia&year=1990&press=king")
    assert answer.status_code == 400
    assert "a state cannot become that" in answer.text


def test_states_are_named_in_words_too_and_what_is_none_is_said_with_the_nearest(client: TestClient) -> None:
    made = read("region=asia&year=1990&states=JPN,South Korea, thailand&hub=United States", "asia-1953")
    assert (made.states, made.hub, strangers(made)) == ("JPN,KOR,THA", "USA", [])
    page = html.unescape(client.get("/c/new?region=asia&year=1990&states=JPN,Sooth Korea,THA").text)
    assert "States: 'Sooth Korea' is no state. Did you mean 'South Korea'" in page
    assert 'href="#states"' in page
