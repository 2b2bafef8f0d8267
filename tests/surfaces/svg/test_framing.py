"""Framing: the states fill the map; who is far off stands at the edge, apart from others there."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from foedus.surfaces.svg.framing import EDGE, frame, spots

DAY = dt.date(2020, 7, 1)
ASIA = ["JPN", "KOR", "TWN", "PHL", "THA", "AUS", "NZL", "GBR", "FRA"]
GULF = ["SAU", "BHR", "KWT", "QAT", "ARE", "OMN"]


@pytest.mark.parametrize("width", [760.0, 360.0])
def test_a_few_far_states_do_not_widen_the_map_and_stand_at_its_edge(width: float) -> None:
    view = frame({}, ASIA, ["USA"], DAY, width)
    places, beyond = spots(view, [*ASIA, "USA"], DAY)
    assert {"GBR", "FRA"} <= set(beyond)
    assert not set(ASIA[:7]) & set(beyond)
    at_edge = [places[s] for s in beyond]
    assert all(view.holds(*q, EDGE - 1.5) for q in at_edge)
    assert all(math.dist(a, b) > 20 for k, a in enumerate(at_edge) for b in at_edge[k + 1 :])


def test_the_states_fill_the_map() -> None:
    view = frame({}, GULF, ["USA", "IRN"], DAY, 760)
    places, beyond = spots(view, [*GULF, "USA", "IRN"], DAY)
    assert set(beyond) == {"USA"}
    assert max(places[s][0] for s in GULF) - min(places[s][0] for s in GULF) > 0.2 * view.width


def test_a_view_asked_for_is_taken_where_it_shows_the_states_and_never_on_a_telephone() -> None:
    asked = {"centre": (50, 25), "span": 60}
    assert frame(asked, GULF, [], DAY, 760).longitude == 50
    assert frame(asked, GULF, [], DAY, 360).longitude != 50
    assert frame({"centre": (-100, 25), "span": 60}, GULF, [], DAY, 760).longitude != -100


def test_one_state_is_framed_with_what_is_around_it() -> None:
    view = frame({}, ["SGP"], [], DAY, 360)
    places, beyond = spots(view, ["SGP", "MYS"], DAY)
    assert beyond == {}
    assert places["SGP"] == pytest.approx((180, view.height / 2))


@pytest.mark.parametrize("width", [760.0, 360.0])
@pytest.mark.parametrize("states", [GULF, ASIA[:4], ["JPN"], ["NZL", "FJI", "WSM", "TON"], ["NOR", "ITA", "DEU"]])
def test_all_states_are_inside_with_room_for_their_names(width: float, states: list[str]) -> None:
    view = frame({}, states, [], DAY, width)
    places, beyond = spots(view, states, DAY)
    assert beyond == {}
    xs, ys = [p[0] for p in places.values()], [p[1] for p in places.values()]
    assert min(xs) + max(xs) == pytest.approx(view.width, abs=0.1 * view.width)  # in the middle
    assert max(xs) - min(xs) <= view.width / 1.3
    assert min(ys) >= EDGE
    assert max(ys) <= view.height - EDGE
    low, high = (0.48, 0.58) if width == 760.0 else (0.75, 1.15)
    assert low * width - 1 <= view.height <= high * width + 1


def test_states_on_both_sides_of_the_date_line_are_near_each_other() -> None:
    view = frame({}, ["NZL", "FJI", "WSM", "TON"], [], DAY, 760)
    places, _ = spots(view, ["NZL", "FJI", "WSM", "TON"], DAY)
    assert places["NZL"][0] < places["FJI"][0] < places["TON"][0] < places["WSM"][0]
    assert places["WSM"][0] - places["NZL"][0] > 0.12 * view.width


def test_few_degrees_are_never_stretched_over_the_whole_map() -> None:
    view = frame({}, ["BEL", "NLD", "LUX"], [], DAY, 760)
    places, _ = spots(view, ["LUX", "DNK", "CHE"], DAY)  # 16 degrees around hold the neighbours too
    assert view.place(view.longitude + 8, 0)[0] <= 760
    assert all(view.holds(*p) for p in places.values())


def test_the_arrow_of_one_beyond_the_edge_points_to_where_it_lies() -> None:
    view = frame({}, GULF, [], DAY, 760)
    for state, angle in (("GBR", math.pi), ("JPN", 0.0), ("ZAF", math.pi / 2), ("RUS", -math.pi / 2)):
        places, beyond = spots(view, [*GULF, state], DAY)
        assert set(beyond) == {state}
        assert abs(math.remainder(beyond[state] - angle, 2 * math.pi)) < math.pi / 4 + 0.2, state
        x, y = places[state]
        from_edge = min(x, y, view.width - x, view.height - y)
        assert from_edge == pytest.approx(EDGE, abs=0.01)
        there = math.atan2(y - view.height / 2, x - view.width / 2)
        assert there == pytest.approx(beyond[state], abs=1e-6)  # on the line from the middle


def test_those_beyond_the_same_edge_stand_beside_each_other() -> None:
    view = frame({}, GULF, [], DAY, 760)
    far = ["USA", "CAN", "GBR", "IRL", "FRA", "BEL"]
    places, beyond = spots(view, [*GULF, *far], DAY)
    assert set(beyond) == set(far)
    at = [places[s] for s in far]
    assert all(math.dist(a, b) > 22 for k, a in enumerate(at) for b in at[k + 1 :])
    for x, y in at:
        assert min(x, y, view.width - x, view.height - y) == pytest.approx(EDGE, abs=1.01)


def test_room_is_left_towards_the_hub() -> None:
    plain = frame({}, ["FIN", "GRC"], [], DAY, 760)
    east, west = (frame({}, ["FIN", "GRC"], [hub], DAY, 760) for hub in ("JPN", "USA"))
    for view, side in ((east, 1), (west, -1)):
        places, _ = spots(view, ["FIN", "GRC"], DAY)
        assert all(view.holds(*p, EDGE) for p in places.values())
        assert side * (view.longitude - plain.longitude) > 0


def test_an_adversary_is_framed_where_that_does_not_make_the_map_much_wider() -> None:
    near, far = frame({}, GULF, ["IRN"], DAY, 760), frame({}, GULF, ["CHN"], DAY, 760)
    assert spots(near, ["IRN"], DAY)[1] == {}
    assert set(spots(far, ["CHN"], DAY)[1]) == {"CHN"}
    assert near.scale < frame({}, GULF, [], DAY, 760).scale * 1.001
    alone = frame({}, [], ["RUS"], DAY, 760)  # where nobody else is meant, the adversary is framed
    assert spots(alone, ["RUS"], DAY)[1] == {}


def test_one_state_alone_is_framed_with_an_adversary_of_the_neighbourhood_only() -> None:
    for state, inside in (
        ("IND", True),
        ("PAK", True),
        ("JPN", False),
        ("IRN", False),
    ):  # 27, 31, 36 and 52 degrees away
        view = frame({}, ["SGP"], [state], DAY, 760)
        assert (spots(view, [state], DAY)[1] == {}) == inside, state


def test_all_round_the_globe_no_place_is_seen_twice() -> None:
    states = ["USA", "BRA", "ZAF", "IND", "JPN", "NZL", "GBR", "EGY", "RUS"]
    for width in (760.0, 360.0):
        view = frame({}, states, [], DAY, width)
        assert view.place(view.longitude + 179.9, 0)[0] > width
        assert view.place(view.longitude - 179.9, 0)[0] < 0
