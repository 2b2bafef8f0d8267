"""Projection: outlines of the world in degrees, and where a place is on a canvas."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

Ring = tuple[tuple[float, float], ...]
"""A closed line: longitudes and latitudes in degrees."""


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of every unit of today by state id, or by name where it has no id."""
    return _rings("outlines")


@cache
def disputed() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of areas that are laid over outlines, by id."""
    return _rings("disputed")


def _rings(which: str) -> dict[str, tuple[Ring, ...]]:
    document = json.loads((files("foedus.library") / "maps" / "world.json").read_text(encoding="utf-8"))
    scale = document["scale"]
    found: dict[str, tuple[Ring, ...]] = {}
    for unit, rings in document[which].items():
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


def north_of(ring: Ring, parallel: float, north: bool = True) -> Ring:
    """Return what of a ring lies north of a parallel, or south of it.

    References
    ----------
    Sutherland & Hodgman 1974, Communications of the ACM 17(1): reentrant polygon clipping.
    """
    side = 1.0 if north else -1.0
    found: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        first, second = side * (y0 - parallel) >= 0, side * (y1 - parallel) >= 0
        if first:
            found.append((x0, y0))
        if first != second:
            found.append((x0 + (parallel - y0) / (y1 - y0) * (x1 - x0), parallel))
    return tuple(found)


_KEPT: Final = 2_048
"""Outlines whose paths are kept: those of some views, so that a map that changes its colours alone is not traced again."""


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
        self._part = (self.longitude, self.width, self.height, self.scale, self.top)

    def __eq__(self, other: object) -> bool:
        """Return whether another view shows the same part of the world at the same size."""
        return isinstance(other, View) and self._part == other._part

    def __hash__(self) -> int:
        """Return the same for views that are equal."""
        return hash(self._part)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the place of a point."""
        return self._at(turned(longitude, self.longitude), latitude)

    def _at(self, relative: float, latitude: float) -> tuple[float, float]:
        x, y = equal_earth(relative, latitude)
        return self.width / 2 + x * self.scale, self.height / 2 - (y - self.top) * self.scale

    def rings(self, ring: Ring) -> list[list[tuple[float, float]]]:
        """Return the places of a ring in one piece, once or, where it reaches round the world, twice; none if not seen."""
        lats = [lat for _, lat in ring]
        # how far down a place is depends on its latitude alone, so most of the world need not be placed point by point
        if self._at(0.0, min(lats))[1] < 0 or self._at(0.0, max(lats))[1] > self.height:
            return []
        far = max(map(abs, lats))
        relative = [turned(ring[0][0], self.longitude)]
        for (before, _), (after, _) in pairwise(ring):
            relative.append(relative[-1] + turned(after - before, 0.0))
        found = []
        for shift in (-360.0, 0.0, 360.0):
            if min(relative) + shift > 180 or max(relative) + shift < -180:
                continue
            west, east = min(relative) + shift, max(relative) + shift
            # nothing lies nearer to the middle than its end there would at the latitude where degrees are shortest
            if (west > 0 and self._at(west, far)[0] > self.width + 1) or (east < 0 and self._at(east, far)[0] < -1):
                continue
            points = [self._at(r + shift, lat) for r, (_, lat) in zip(relative, ring, strict=True)]
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            if max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height:
                found.append(points)
        return found

    def path(self, rings: Sequence[Ring]) -> str:
        """Return the path of rings, without those off the canvas; empty where none is on it."""
        return _path(self, tuple(rings))

    def shores(self, rings: Sequence[Ring]) -> str:
        """Return the path of the outer lines of rings: lines that two of them share are left out."""
        return _shores(self, tuple(rings))

    def holds(self, x: float, y: float, edge: float = 0.0) -> bool:
        """Return whether a place on the canvas lies inside it, at least so far from its edge."""
        return edge <= x <= self.width - edge and edge <= y <= self.height - edge


@lru_cache(maxsize=_KEPT)
def _path(view: View, rings: tuple[Ring, ...]) -> str:
    return "".join(f"{_traced(points)}Z" for ring in rings for points in view.rings(ring))


@lru_cache(maxsize=_KEPT)
def _shores(view: View, rings: tuple[Ring, ...]) -> str:
    edges = {(a, b) for ring in rings for a, b in pairwise((*ring, ring[0]))}
    parts = []
    for ring in rings:
        outer = [(b, a) not in edges for a, b in pairwise((*ring, ring[0]))]
        for points in view.rings(ring):
            parts += [f"{_traced(points)}Z"] if all(outer) else _runs([*points, points[0]], outer)
    return "".join(parts)


def _traced(points: Sequence[tuple[float, float]]) -> str:
    """Return a path in steps of a tenth; points that a step would not move are left out."""
    whole = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
    moved = " ".join(f"{_tenth(dx)},{_tenth(dy)}" for dx, dy in steps if dx or dy)
    return f"M{_tenth(whole[0][0])},{_tenth(whole[0][1])}" + (f"l{moved}" if moved else "")


def _tenth(value: int) -> str:
    """Return tenths as a decimal number, as short as it can be."""
    whole, rest = divmod(abs(value), 10)
    return ("-" if value < 0 else "") + (f"{whole}.{rest}" if rest else str(whole))


def _runs(points: Sequence[tuple[float, float]], drawn: Sequence[bool]) -> list[str]:
    """Return the paths of those steps of a line that are drawn."""
    found: list[list[tuple[float, float]]] = []
    for k, wanted in enumerate(drawn):
        if wanted and (k == 0 or not drawn[k - 1]):
            found.append([points[k]])
        if wanted:
            found[-1].append(points[k + 1])
    return [_traced(run) for run in found]
