"""Projection: outlines of the world in degrees, and where a place is on a canvas."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

Ring = tuple[tuple[float, float], ...]
"""A closed line: longitudes and latitudes in degrees."""


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of every unit of today by state id, or by name where it has no id."""
    text = (files("foedus.library") / "maps" / "world.json").read_text(encoding="utf-8")
    document = json.loads(text)
    scale = document["scale"]
    found: dict[str, tuple[Ring, ...]] = {}
    for unit, rings in document["outlines"].items():
        drawn = []
        for flat in rings:
            x = y = 0
            ring = []
            for k in range(0, len(flat), 2):
                x, y = x + flat[k], y + flat[k + 1]
                ring.append((x / scale, y / scale))
            drawn.append(tuple(ring))
        found[unit] = tuple(drawn)
    return found


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the Equal Earth projection of a point in degrees.

    References
    ----------
    Šavrič, Patterson & Jenny 2019, International Journal of Geographical Information Science 33(3).
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    m = math.sqrt(3) / 2
    t = math.asin(m * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = math.radians(longitude) * math.cos(t) / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def turned(longitude: float, middle: float) -> float:
    """Return how far east of a middle a longitude is, from -180 to 180."""
    return (longitude - middle + 180) % 360 - 180


class View:
    """What part of the world is seen, and where a place is on the canvas.

    Parameters
    ----------
    centre : (float, float)
        Longitude and latitude.
    span : float
        Degrees of longitude across the canvas, at the equator.
    width, height : float
        Of the canvas.
    """

    def __init__(self, centre: Sequence[float], span: float, width: float, height: float) -> None:
        self.longitude, self.width, self.height = centre[0], width, height
        self.scale = width / (2 * equal_earth(span / 2, 0)[0])
        self.top = equal_earth(0, centre[1])[1]

    def place(self, longitude: float, latitude: float, near: float | None = None) -> tuple[float, float]:
        """Return the place of a point; `near` is a relative longitude whose side of the world is wanted."""
        relative = turned(longitude, self.longitude)
        if near is not None and relative - near > 180:
            relative -= 360
        elif near is not None and near - relative > 180:
            relative += 360
        x, y = equal_earth(relative, latitude)
        return self.width / 2 + x * self.scale, self.height / 2 - (y - self.top) * self.scale

    def ring(self, ring: Ring) -> list[tuple[float, float]]:
        """Return the places of a ring, kept in one piece."""
        near = turned(sum(p[0] for p in ring) / len(ring), self.longitude)
        return [self.place(x, y, near) for x, y in ring]

    def path(self, rings: Sequence[Ring]) -> str:
        """Return the path of rings, without those off the canvas; empty where none is on it."""
        parts = []
        for ring in rings:
            points = self.ring(ring)
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            off = max(xs) < 0 or min(xs) > self.width or max(ys) < 0 or min(ys) > self.height
            if not off and max(xs) - min(xs) <= self.width * 1.5:
                parts.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z")
        return "".join(parts)

    def holds(self, x: float, y: float, edge: float = 0.0) -> bool:
        """Return whether a place on the canvas lies inside it, at least so far from its edge."""
        return edge <= x <= self.width - edge and edge <= y <= self.height - edge
