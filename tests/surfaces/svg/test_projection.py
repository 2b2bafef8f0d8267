"""Projection: areas as on the globe, north up, outlines in one piece wherever the map is cut."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.surfaces.svg.projection import View, disputed, equal_earth, north_of, outlines, turned

longitudes, latitudes = st.floats(-180, 180), st.floats(-89, 89)
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


@given(latitudes)
def test_areas_are_those_of_the_globe(latitude: float) -> None:
    step = 1e-4
    (wide, _), (_, below), (_, above) = (
        equal_earth(180, latitude),
        equal_earth(0, latitude - step),
        equal_earth(0, latitude + step),
    )
    band = 2 * wide * (above - below) / math.radians(2 * step)
    assert band == pytest.approx(2 * math.pi * math.cos(math.radians(latitude)), rel=1e-5)


def test_the_shape_is_that_of_the_paper() -> None:
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(0, 90)[1] / equal_earth(180, 0)[0] == pytest.approx(0.48671, abs=1e-5)
    assert equal_earth(180, 90)[0] / equal_earth(180, 0)[0] == pytest.approx(0.59247, abs=1e-4)


@given(longitudes, latitudes)
def test_west_is_left_and_south_is_down(longitude: float, latitude: float) -> None:
    x, y = equal_earth(longitude, latitude)
    assert equal_earth(-longitude, -latitude) == pytest.approx((-x, -y))


def test_how_far_east_of_a_middle() -> None:
    assert turned(170, 160) == 10
    assert turned(-170, 170) == 20
    assert turned(170, -170) == -20
    assert turned(0, 180) == -180


@given(st.floats(-720, 720), longitudes)
def test_nothing_is_farther_than_half_round_the_world(longitude: float, middle: float) -> None:
    assert -180 <= turned(longitude, middle) < 180


def test_a_ring_is_cut_at_a_parallel() -> None:
    assert set(north_of(SQUARE, 4.0)) == {(10.0, 4.0), (10.0, 10.0), (0.0, 10.0), (0.0, 4.0)}
    assert set(north_of(SQUARE, 4.0, north=False)) == {(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (0.0, 4.0)}
    assert north_of(SQUARE, 11.0) == ()
    assert set(north_of(SQUARE, 0.0)) == set(SQUARE)
    slope = ((0.0, 0.0), (8.0, 0.0), (0.0, 4.0))
    assert (2.0, 3.0) in north_of(slope, 3.0)  # three quarters up the slope


VIEW = View((120.0, 20.0), 60.0, 600.0, 300.0)


def test_the_centre_is_in_the_middle_and_the_span_across_the_equator() -> None:
    assert VIEW.place(120, 20) == pytest.approx((300, 150))
    level = View((120.0, 0.0), 60.0, 600.0, 300.0)
    assert level.place(90, 0) == pytest.approx((0, 150))
    assert level.place(150, 0) == pytest.approx((600, 150))
    assert VIEW.place(120, 30)[1] < 150 < VIEW.place(120, 10)[1]


def test_what_lies_inside() -> None:
    assert VIEW.holds(0, 0)
    assert VIEW.holds(600, 300)
    assert not VIEW.holds(600.1, 10)
    assert not VIEW.holds(10, -0.1)
    assert VIEW.holds(20, 280, 20)
    assert not VIEW.holds(19.9, 150, 20)
    assert not VIEW.holds(300, 280.1, 20)
    assert not VIEW.holds(580.1, 150, 20)


def test_a_ring_across_the_edge_of_the_world_stays_in_one_piece() -> None:
    across = ((175.0, -5.0), (-175.0, -5.0), (-175.0, 5.0), (175.0, 5.0))
    (points,) = View((180.0, 0.0), 60.0, 600.0, 300.0).rings(across)
    xs = [x for x, _ in points]
    assert (min(xs), max(xs)) == pytest.approx((250, 350), abs=0.2)
    assert View((0.0, 0.0), 60.0, 600.0, 300.0).rings(across) == []
    assert len(View((0.0, 0.0), 360.0, 600.0, 300.0).rings(across)) == 2  # half at either end of the whole world


def test_what_is_not_seen_is_not_drawn() -> None:
    there = View((5.0, 5.0), 60.0, 600.0, 300.0)
    assert len(there.rings(SQUARE)) == 1
    assert there.path([SQUARE]).count("M") == there.path([SQUARE]).count("Z") == 1
    for centre in ((50.0, 5.0), (-50.0, 5.0), (5.0, 60.0), (5.0, -60.0)):
        assert View(centre, 60.0, 600.0, 300.0).path([SQUARE]) == ""


def walked(path: str) -> list[list[tuple[float, float]]]:
    """Return the points of each line of a path of steps."""
    found = []
    for start, steps in re.findall(r"M([-\d.]+,[-\d.]+)(?:l([-\d., ]+))?", path):
        x, y = map(float, start.split(","))
        points = [(x, y)]
        for step in steps.split():
            dx, dy = map(float, step.split(","))
            x, y = x + dx, y + dy
            points.append((round(x, 1), round(y, 1)))
        found.append(points)
    return found


def test_a_path_walks_through_the_places_of_its_ring() -> None:
    there = View((5.0, 5.0), 60.0, 600.0, 300.0)
    (points,) = walked(there.path([SQUARE]))
    assert len(points) == 4
    for (x, y), place in zip(points, SQUARE, strict=True):
        assert (x, y) == pytest.approx(there.place(*place), abs=0.11)
    still = ((5.0, 5.0), (5.0, 5.0), (5.0, 5.0))
    assert walked(there.path([still])) == [[(300.0, 150.0)]]  # no step where nothing moves


def test_a_line_that_two_areas_share_is_no_shore() -> None:
    there = View((10.0, 5.0), 60.0, 600.0, 300.0)
    east = ((10.0, 10.0), (10.0, 0.0), (20.0, 0.0), (20.0, 10.0))
    lines = walked(there.shores([SQUARE, east]))
    shared = [there.place(10, 0), there.place(10, 10)]

    def near(a: tuple[float, float], b: tuple[float, float]) -> bool:
        return math.dist(a, b) < 0.3

    steps = [(a, b) for line in lines for a, b in itertools.pairwise(line)]
    assert len(steps) == 6  # eight sides, of which two are the same line
    assert not [s for s in steps if all(any(near(end, q) for q in shared) for end in s)]
    assert there.shores([SQUARE]).endswith("Z")
    assert there.shores([SQUARE]) == there.path([SQUARE])


def test_outlines_are_degrees_on_the_globe() -> None:
    for rings in (*outlines().values(), *disputed().values()):
        for ring in rings:
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
    japan = [q for ring in outlines()["JPN"] for q in ring]
    assert 122 < min(x for x, _ in japan) < 131 < max(x for x, _ in japan) < 149
    assert 23 < min(y for _, y in japan) < 32 < max(y for _, y in japan) < 46


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (180, 90, 10227908.09, 8402320.16),
        (180, 45, 14795421.79, 5486671.72),
        (180, 0, 17263256.84, 0.0),
        (-70, -31.2, -6244707.88, -3924893.29),
    ],
)
def test_places_are_where_proj_has_them(longitude: float, latitude: float, x: float, y: float) -> None:
    # the values of the tests of PROJ for `+proj=eqearth +R=6378137`, metres
    assert [6378137 * v for v in equal_earth(longitude, latitude)] == pytest.approx([x, y], abs=0.01)


def test_no_number_of_a_path_is_longer_than_it_need_be() -> None:
    there = View((5.0, 5.0), 60.0, 600.0, 300.0)
    drawn = there.path([SQUARE, ((5.0, 5.0), (6.0, 5.0), (6.0, 4.0))])
    assert re.search(r"(?<![\d.])-0(?![\d.])|\.0(?!\d)", drawn) is None
    assert re.search(r"\.\d\d", drawn) is None


def test_the_shore_of_neighbours_is_one_line_around_both_and_an_island_keeps_its_own() -> None:
    there = View((10.0, 5.0), 60.0, 600.0, 300.0)
    east = ((10.0, 10.0), (10.0, 0.0), (20.0, 0.0), (20.0, 10.0))
    island = ((22.0, 0.0), (24.0, 0.0), (24.0, 4.0))
    both = there.shores([SQUARE, east])
    assert "Z" not in both  # neither ring is closed: between them there is no shore
    seen = there.shores([SQUARE, east, island])
    assert seen.startswith(both)
    assert seen.removeprefix(both) == there.path([island])
    (last,) = walked(there.path([island]))
    assert last[0] == pytest.approx(there.place(22.0, 0.0), abs=0.06)


def test_areas_that_only_touch_the_canvas_are_drawn() -> None:
    level = View((0.0, 0.0), 60.0, 600.0, 300.0)
    edge = max(x for ring in level.rings(((-40.0, -5.0), (-30.0, -5.0), (-30.0, 5.0))) for x, _ in ring)
    assert edge == pytest.approx(0.0, abs=0.01) or edge > 0  # the meridian at the edge is on the canvas
    assert level.rings(((-45.0, -5.0), (-31.0, -5.0), (-31.0, 5.0))) == []
    assert level.rings(((31.0, -5.0), (45.0, -5.0), (45.0, 5.0))) == []
    assert len(level.rings(((29.0, -5.0), (45.0, -5.0), (45.0, 5.0)))) == 1


def test_views_of_the_same_part_are_equal_and_others_are_not() -> None:
    one, same = View((100, 10), 90, 640, 300), View((100, 10), 90, 640, 300)
    assert one == same
    assert hash(one) == hash(same)
    assert one != View((100, 10), 80, 640, 300)
    square = (((95.0, 5.0), (105.0, 5.0), (105.0, 15.0), (95.0, 15.0)),)
    assert one.path(square) == same.path(list(square))
    assert one.path(square) != View((100, 10), 80, 640, 300).path(square)
