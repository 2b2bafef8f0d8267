"""Pictures in fewer bytes: every point that is left stands where it stood, and none that was seen is missing."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import numpy as np
import pytest

from foedus.casebook.in_force import map_chart
from foedus.casebook.reader import read_case
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.heaps import heap
from foedus.web import lighter as module
from foedus.web.lighter import lighter


def rings(path: str) -> list[np.ndarray]:  # type: ignore[type-arg]
    """Return the points of every ring of a path of relative lines, read as a browser reads them."""
    found = []
    for ring in path.removesuffix("Z").split("Z"):
        head, _, steps = ring.partition("l")
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", head + " " + steps)]
        found.append(np.cumsum(np.array(numbers).reshape(-1, 2), axis=0))
    return found


def outlines(svg: str, scale: float) -> list[np.ndarray]:  # type: ignore[type-arg]
    paths = re.findall(r' d="(M[^"a-y]*l[^"]*Z)"', svg)
    return [scale * r for p in paths for r in rings(p)]


def to_lines(point: np.ndarray, lines: np.ndarray) -> float:  # type: ignore[type-arg]
    """Return how far a point is from the nearest of many lines, shape (lines, 2, 2)."""
    start, along = lines[:, 0], lines[:, 1] - lines[:, 0]
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((point - start) * along).sum(axis=1) / length, 0.0, 1.0)
    return float(np.sqrt(((start + share[:, None] * along - point) ** 2).sum(axis=1)).min())


@pytest.mark.parametrize("width", [860.0, 360.0])
def test_a_coast_stays_where_it_was_in_half_the_bytes(width: float) -> None:
    svg = draw(map_chart(read_case("indo-pacific-2020")), width)
    light = lighter(svg)
    assert len(light) < 0.5 * len(svg)
    parts = re.findall(r'<g [^>]*transform="scale\(0\.5\)"[^>]*>(.*?)</g>', light)
    assert parts
    parts += re.findall(r'<path [^>]*transform="scale\(0\.5\)"', light)  # those that stand alone
    now = [p for part in parts for p in outlines(part, 0.5)]
    before = np.concatenate(outlines(svg, 1.0))
    for ring in now:
        far = np.sqrt(((ring[:, None] - before[None]) ** 2).sum(axis=2)).min(axis=1)
        assert far.max() < 0.5, "a point that stands where none was"
    lines = np.concatenate([np.stack([r, np.roll(r, -1, axis=0)], axis=1) for r in now])
    for ring in (r for r in outlines(svg, 1.0) if np.ptp(r, axis=0).min() > 12):
        for point in ring[:: max(1, len(ring) // 12)]:
            # half a diagonal of the grid that points are moved to, and the second decimals that are left out
            assert to_lines(point, lines) < module._FINE + math.sqrt(0.5) / 2 + 0.02, "a shore is missing"


def test_no_bend_that_is_left_out_is_farther_than_what_is_said() -> None:
    rng = np.random.default_rng(3)
    points = [(float(x), float(y)) for x, y in np.cumsum(rng.normal(size=(400, 2)), axis=0)]
    kept = module._bends(points)
    at = [points.index(k) for k in kept]
    for first, last in pairwise(at):
        if last - first > 1:
            assert module._farthest(points, first, last)[0] <= module._FINE


def test_every_dot_is_there_in_its_ink_and_place() -> None:
    draws = [0.01] * 60 + [0.3] * 30 + [0.7] * 20
    svg = heap(draws, 470.0, "Every draw")
    light = lighter(svg)
    assert len(light) < 0.4 * len(svg)
    dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="([^"]+)"/>', svg)
    assert "<circle" not in light
    seen = []
    for path, ink, wide in re.findall(r'<path d="([^"]+)" stroke="([^"]+)" stroke-width="([\d.]+)"', light):
        numbers = re.findall(r"M([\d.]+?) ?(\d+(?:\.\d)?|\.\d)h0", path)
        seen += [(float(x), float(y), float(wide) / 2, ink) for x, y in numbers]
    assert len(seen) == len(dots) == 110
    for (x, y, r, ink), (cx, cy, radius, fill) in zip(seen, dots, strict=True):
        assert abs(x - float(cx)) <= 0.051
        assert abs(y - float(cy)) <= 0.051
        assert (round(r, 3), ink) == (round(float(radius), 3), fill)


def test_words_under_a_pointer_are_for_pointers_and_the_title_is_for_everybody() -> None:
    svg = (
        '<svg viewBox="0 0 9 9"><title>What it is</title><desc>In words</desc>'
        '<rect x="1.256" y="2" width="3" height="4" fill="var(--blue)"><title>Japan: 3</title></rect></svg>'
    )
    assert "Japan: 3" in lighter(svg)
    touched = lighter(svg, touched=True)
    assert "Japan: 3" not in touched
    assert "<title>What it is</title><desc>In words</desc>" in touched
    assert 'x="1.3"' in touched


@pytest.mark.parametrize(
    ("values", "written"),
    [([1.0, 2.0], "1 2"), ([-1.0, -2.5], "-1-2.5"), ([0.5, 0.25], ".5.2"), ([3.0, 0.5], "3 .5"), ([-0.04, 7.0], "0 7")],
)
def test_numbers_stand_as_near_as_a_browser_can_tell_apart(values: list[float], written: str) -> None:
    assert module._numbers(values) == written


def test_words_in_a_row_say_once_how_they_look() -> None:
    word = '<text x="{0}" y="9" font-size="12" fill="var(--ink)" text-anchor="end">{0}</text>'
    light = lighter("<svg>" + "".join(word.format(k) for k in (1, 2, 3)) + "</svg>")
    assert light == (
        '<svg><g font-size="12" text-anchor="end">'
        + "".join(f'<text x="{k}" y="9">{k}</text>' for k in (1, 2, 3))
        + "</g></svg>"
    )
