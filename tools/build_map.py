"""Make the outlines that maps are drawn from: Natural Earth, simplified.

Usage: python tools/build_map.py countries-50m.json ne_10m_admin_0_disputed_areas.json
where the first file is that of the npm package world-atlas 2.0.2 (ISC licence; Natural Earth 1:50m, public domain) and the
second is the 1:10m disputed areas of Natural Earth 5.1 as GeoJSON (public domain, as of 24 January 2024).

What belongs to which state on which day stands in library/maps/units.csv and library/maps/disputes.csv, not here.
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

ALIASES = {
    "United States of America": "USA",
    "Antigua and Barb.": "ATG",
    "Bosnia and Herz.": "BIH",
    "Cabo Verde": "CPV",
    "Central African Rep.": "CAF",
    "Congo": "COG",
    "Côte d'Ivoire": "CIV",
    "Dem. Rep. Congo": "COD",
    "Dominican Rep.": "DOM",
    "Eq. Guinea": "GNQ",
    "Macedonia": "MKD",
    "Marshall Is.": "MHL",
    "S. Sudan": "SSD",
    "Solomon Is.": "SLB",
    "St. Kitts and Nevis": "KNA",
    "St. Vin. and Gren.": "VCT",
    "São Tomé and Principe": "STP",
    "Timor-Leste": "TLS",
    "eSwatini": "SWZ",
    "Palestine": "PSE",
    "W. Sahara": "ESH",
    "Greenland": "GRL",
    "Faeroe Is.": "FRO",
    "Åland": "ALA",
    "Hong Kong": "HKG",
    "Macao": "MAC",
    "Puerto Rico": "PRI",
    "N. Cyprus": "north-cyprus",
    "Somaliland": "somaliland",
    "Siachen Glacier": "siachen",
}
"""Names of the source and the ids they have here: those of states, of territories (ISO 3166-1), or words of our own."""

SPLITS = {
    "crimea": ("RUS", (34.3, 45.2)),
    "iturup": ("RUS", (147.9, 45.2)),
    "kunashir": ("RUS", (145.9, 44.1)),
    "okinawa": ("JPN", (128.0, 26.5)),
}
"""Rings that the source gives to a state and that stand by themselves here, each with a point inside."""

DISPUTED = {
    "Jammu and Kashmir": "jammu-kashmir",
    "Azad Kashmir": "azad-kashmir",
    "Northern Areas": "northern-areas",
    "Aksai Chin": "aksai-chin",
    "Shaksam Valley": "shaksgam",
    "Arunachal Pradesh": "arunachal",
    "Golan Heights": "golan",
    "Abkhazia": "abkhazia",
    "South Ossetia": "south-ossetia",
    "Transnistria": "transnistria",
    "Nagorno-Karabakh": "karabakh",
    "Donbass": "donbas",
    "Abyei": "abyei",
    "West of Essequibo River": "essequibo",
}
"""Areas that are laid over the outlines; those the outlines already part (Crimea, Western Sahara) are not taken again."""

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


def inside(point: Point, ring: list[Point]) -> bool:
    """Return whether a point lies in a ring (crossings of a ray to the east)."""
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossings += 1
    return crossings % 2 == 1


def coded(ring: list[Point]) -> list[int]:
    """Return a closed ring as steps between its points, in whole units."""
    flat: list[int] = []
    px, py = 0, 0
    for x, y in ring[:-1]:
        qx, qy = round(x * SCALE), round(y * SCALE)
        if flat and (qx, qy) == (px, py):
            continue
        flat += [qx - px, qy - py]
        px, py = qx, qy
    return flat


def parted(named: dict[str, list[list[Point]]]) -> dict[str, list[list[Point]]]:
    """Return the outlines with the rings of :data:`SPLITS` standing by themselves."""
    for name, (owner, point) in SPLITS.items():
        found = [r for r in named[owner] if len(r) < 200 and inside(point, r)]
        if found:
            named[name] = found
            named[owner] = [r for r in named[owner] if r not in found]
    return named


def disputed(document: dict) -> dict[str, list[list[int]]]:
    """Return the rings of the areas of :data:`DISPUTED` by id."""
    found: dict[str, list[list[int]]] = {}
    for feature in document["features"]:
        name = next(v for k, v in feature["properties"].items() if k.lower() == "brk_name")
        if name in DISPUTED:
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            rings = [split_simply([(x, y) for x, y in p[0]]) for p in polygons]
            found[DISPUTED[name]] = [coded(r) for r in rings if len(r) > 3]
    return found


def split_simply(ring: list[Point]) -> list[Point]:
    """Return a ring simplified in two halves, since its ends are one point."""
    half = max(range(len(ring)), key=lambda k: math.dist(ring[0], ring[k]))
    return simplify(ring[: half + 1])[:-1] + simplify(ring[half:])


def main() -> None:
    """Write the outlines beside the package's other documents."""
    sys.setrecursionlimit(10000)
    source, areas = (Path(p).read_bytes() for p in sys.argv[1:3])
    by_name = {s.name: s.id for s in STATES.values()} | ALIASES
    named = {by_name.get(name, name): rings for name, rings in decode(json.loads(source)).items()}
    del named["Antarctica"]
    out: dict[str, list[list[int]]] = {}
    for name, rings in sorted(parted(named).items()):
        largest = max((area(r) for r in rings), default=0)
        kept = [r for r in rings if len(r) > 3 and (area(r) >= SMALLEST or area(r) == largest)]
        out[name] = [coded(r) for r in kept]
    folder = Path(__file__).parents[1] / "src" / "foedus" / "library" / "maps"
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "source": "Natural Earth 1:50m (public domain) through world-atlas 2.0.2 (ISC); disputed areas: 1:10m, 2024-01-24",
        "sha256_of_source": hashlib.sha256(source).hexdigest(),
        "sha256_of_disputed": hashlib.sha256(areas).hexdigest(),
        "scale": SCALE,
        "outlines": out,
        "disputed": disputed(json.loads(areas)),
    }
    (folder / "world.json").write_text(json.dumps(document, separators=(",", ":"), sort_keys=True))


if __name__ == "__main__":
    main()
