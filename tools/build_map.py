"""Make the outlines that maps are drawn from: Natural Earth 1:50m, simplified.

Usage: python tools/build_map.py countries-50m.json
where the file is that of the npm package world-atlas 2.0.2 (ISC licence; Natural Earth, public domain).
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path

from foedus.vocabulary.states import STATES

TOLERANCE = 0.11  # degrees; a line this far off is not seen at the size of the maps
SMALLEST = 0.035  # square degrees; smaller islands are dropped where the country has a larger part
SCALE = 50  # units per degree

ALIASES = {"United States of America": "USA"}

Point = tuple[float, float]


def decode(topology: dict) -> dict[str, list[list[Point]]]:
    """Return the outer and inner rings of every country by name."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(simplify(line))
    result = {}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country.get("arcs", [])
        if country["type"] == "Polygon":
            polygons = [polygons]
        rings = []
        for polygon in polygons:
            for ring in polygon:
                points: list[Point] = []
                for k in ring:
                    part = arcs[k] if k >= 0 else arcs[~k][::-1]
                    points += part if not points else part[1:]
                rings.append(points)
        result[country["properties"]["name"]] = rings
    return result


def simplify(line: list[Point]) -> list[Point]:
    """Return the line with every point dropped that is nearer than the tolerance (Douglas & Peucker 1973)."""
    if len(line) < 3:
        return line
    (x0, y0), (x1, y1) = line[0], line[-1]
    length = math.hypot(x1 - x0, y1 - y0)
    worst, at = 0.0, 0
    for k in range(1, len(line) - 1):
        x, y = line[k]
        across = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0))
        d = across / length if length else math.hypot(x - x0, y - y0)
        if d > worst:
            worst, at = d, k
    if worst <= TOLERANCE:
        return [line[0], line[-1]]
    return simplify(line[: at + 1])[:-1] + simplify(line[at:])


def area(ring: list[Point]) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def main() -> None:
    """Write the outlines beside the package's other documents."""
    sys.setrecursionlimit(10000)
    source = Path(sys.argv[1]).read_bytes()
    by_name = {s.name: s.id for s in STATES.values()} | ALIASES
    out: dict[str, list[list[int]]] = {}
    for name, rings in sorted(decode(json.loads(source)).items()):
        if name == "Antarctica":
            continue
        largest = max((area(r) for r in rings), default=0)
        kept = [r for r in rings if len(r) > 3 and (area(r) >= SMALLEST or area(r) == largest)]
        coded = []
        for ring in kept:
            flat, px, py = [], 0, 0
            for x, y in ring[:-1]:
                qx, qy = round(x * SCALE), round(y * SCALE)
                if flat and (qx, qy) == (px, py):
                    continue
                flat += [qx - px, qy - py]
                px, py = qx, qy
            coded.append(flat)
        out[by_name.get(name, name)] = coded
    folder = Path(__file__).parents[1] / "src" / "foedus" / "library" / "maps"
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "source": "Natural Earth 1:50m (public domain) through world-atlas 2.0.2 (ISC)",
        "sha256_of_source": hashlib.sha256(source).hexdigest(),
        "scale": SCALE,
        "outlines": out,
    }
    (folder / "world.json").write_text(json.dumps(document, separators=(",", ":"), sort_keys=True))


if __name__ == "__main__":
    main()
