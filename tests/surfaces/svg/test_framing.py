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
