"""Maps: outlines, projection, and where labels go."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.reports.writing import country
from foedus.surfaces.svg.pen import Picture, colour, number
from foedus.vocabulary.states import STATES

POLICY = (
    "Outlines: Natural Earth 1:50m (public domain), Equal Earth projection. Boundaries are illustrative and imply no "
    "position on sovereignty."
)
"""Printed under every map: whose lines these are, and that they take no side."""

WIDTH, HEIGHT = 960.0, 560.0

LINES: Mapping[str, tuple[str, str, float, str]] = {
    "bilateral": ("blue", "", 2.2, "bilateral defence treaty"),
    "de facto": ("grey", "1.5 5", 2.2, "commitment without a treaty"),
    "multilateral": ("amber", "", 2.4, "multilateral treaty"),
    "forum": ("teal", "2 5", 2.2, "forum"),
}
"""Colour, dashes, width and name of each kind of institution."""


@cache
def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """Return the rings of every country in degrees, by state id or name."""
    text = (files("foedus.library") / "maps" / "world.json").read_text(encoding="utf-8")
    document = json.loads(text)
    scale = document["scale"]
    found: dict[str, list[list[tuple[float, float]]]] = {}
    for key, rings in document["outlines"].items():
        found[key] = []
        for flat in rings:
            x = y = 0
            ring = []
            for k in range(0, len(flat), 2):
                x, y = x + flat[k], y + flat[k + 1]
                ring.append((x / scale, y / scale))
            found[key].append(ring)
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


class View:
    """What part of the world is seen, and where a place is on the canvas.

    Parameters
    ----------
    centre : (float, float)
        Longitude and latitude.
    span : float
        Degrees of longitude across the canvas.
    """

    def __init__(self, centre: Sequence[float], span: float) -> None:
        self.longitude = centre[0]
        self.scale = WIDTH / (2 * equal_earth(span / 2, 0)[0])
        self.top = equal_earth(0, centre[1])[1]

    def place(self, longitude: float, latitude: float, near: float | None = None) -> tuple[float, float]:
        """Return the place of a point; `near` is a relative longitude whose side of the world is wanted."""
        relative = (longitude - self.longitude + 180) % 360 - 180
        if near is not None and relative - near > 180:
            relative -= 360
        elif near is not None and near - relative > 180:
            relative += 360
        x, y = equal_earth(relative, latitude)
        return WIDTH / 2 + x * self.scale, HEIGHT / 2 - (y - self.top) * self.scale

    def ring(self, ring: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return the places of a ring, kept in one piece."""
        middle = sum(p[0] for p in ring) / len(ring)
        near = (middle - self.longitude + 180) % 360 - 180
        return [self.place(x, y, near) for x, y in ring]


def default_view(states: Sequence[str]) -> View:
    """Return a view that holds the capitals of some states."""
    known = [STATES[s] for s in states if s in STATES]
    if not known:
        return View((0, 20), 300)
    angles = [math.radians(s.longitude) for s in known]
    centre = math.degrees(math.atan2(sum(map(math.sin, angles)), sum(map(math.cos, angles))))
    wide = max(abs((s.longitude - centre + 180) % 360 - 180) for s in known)
    return View((centre, sum(s.latitude for s in known) / len(known)), min(340.0, 2 * wide + 30))


def base_map(picture: Picture, view: View, allies: Sequence[str], foes: Sequence[str]) -> None:
    """Draw sea, land and who is who."""
    picture.add(
        f'<clipPath id="frame"><rect width="{number(WIDTH)}" height="{number(HEIGHT)}" rx="10"/></clipPath><g clip-path="url(#frame)">'
    )
    picture.rect(0, 0, WIDTH, HEIGHT, "sea")
    for key, rings in outlines().items():
        fill = "ally" if key in allies else "foe" if key in foes else "land"
        parts = []
        for ring in rings:
            points = view.ring(ring)
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT or max(xs) - min(xs) > WIDTH * 1.5:
                continue
            parts.append("M" + "L".join(f"{p[0]:.1f},{p[1]:.1f}" for p in points) + "Z")
        if parts:
            picture.path("".join(parts), "shore", 0.6, fill)
    picture.add("</g>")


def positions(view: View, states: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return the capitals on the canvas; those outside are put at the edge they lie beyond."""
    found = {}
    for s in states:
        if s in STATES:
            x, y = view.place(STATES[s].longitude, STATES[s].latitude)
            found[s] = (min(max(x, 26.0), WIDTH - 26.0), min(max(y, 26.0), HEIGHT - 26.0))
    return found


def arc(one: Sequence[float], other: Sequence[float], bend: float) -> str:
    """Return a curve between two places; positive bends rise towards the north."""
    (x1, y1), (x2, y2) = one, other
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    nx, ny = (y2 - y1) / length, -(x2 - x1) / length
    if ny > 0 or (ny == 0 and nx > 0):
        nx, ny = -nx, -ny
    cx, cy = (x1 + x2) / 2 + nx * length * bend, (y1 + y2) / 2 + ny * length * bend
    return f"M{number(x1)},{number(y1)}Q{number(cx)},{number(cy)} {number(x2)},{number(y2)}"


def place_labels(
    spots: Mapping[str, tuple[float, float]], words: Mapping[str, str], size: float = 13
) -> dict[str, tuple[float, float, str]]:
    """Return where each label goes (x, y, anchor) so that labels and dots do not cover each other."""
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots.values()]
    found: dict[str, tuple[float, float, str]] = {}
    for s, (x, y) in sorted(spots.items(), key=lambda item: item[1][1]):
        w = len(words[s]) * size * 0.56
        options = [
            (x + 9, y + 4.5, "start", (x + 9, y - 8, x + 9 + w, y + 8)),
            (x - 9, y + 4.5, "end", (x - 9 - w, y - 8, x - 9, y + 8)),
            (x, y - 11, "middle", (x - w / 2, y - 24, x + w / 2, y - 8)),
            (x, y + 21, "middle", (x - w / 2, y + 8, x + w / 2, y + 24)),
            (x + 8, y - 9, "start", (x + 8, y - 22, x + 8 + w, y - 6)),
            (x + 8, y + 17, "start", (x + 8, y + 5, x + 8 + w, y + 21)),
            (x - 8, y - 9, "end", (x - 8 - w, y - 22, x - 8, y - 6)),
            (x - 8, y + 17, "end", (x - 8 - w, y + 5, x - 8, y + 21)),
        ]

        def cost(option: tuple[Any, ...]) -> float:
            left, top, right, bottom = option[3]
            overlap = sum(
                max(0.0, min(right, r) - max(left, a)) * max(0.0, min(bottom, b) - max(top, t)) for a, t, r, b in taken
            )
            outside = max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top) + max(0.0, bottom - HEIGHT)
            return float(overlap + 50 * outside)

        best = min(options, key=cost)
        found[s] = (best[0], best[1], best[2])
        taken.append(best[3])
    return found


def region_map(record: Mapping[str, Any]) -> str:
    """Return the map of a case: states, adversaries, and institutions by kind."""
    case = record["case"]
    states = [s["id"] for s in case["states"]]
    foes = [s["id"] for s in case["adversaries"]]
    view = View(case["map"]["centre"], case["map"]["span"]) if case["map"] else default_view([*states, *foes])
    rows = [r for r in record["institutions"] if r["kind"] in LINES]
    picture = Picture(
        WIDTH,
        HEIGHT + 58,
        f"Map: {case['title']}",
        f"Institutions in force on {case['as_of']} among {len(states)} states, by kind.",
    )
    base_map(picture, view, states, foes)
    spots = positions(view, [*states, *foes])
    picture.add('<g clip-path="url(#frame)">')
    for kind in ("forum", "multilateral", "de facto", "bilateral"):
        stroke, dash, width, _ = LINES[kind]
        for r in (r for r in rows if r["kind"] == kind):
            members = [m for m in r["members"] if m in spots]
            centre = case["hub"] if case["hub"] in members else members[0] if members else ""
            bend = {"forum": 0.1, "multilateral": 0.07, "de facto": 0.22, "bilateral": 0.16}[kind]
            for m in members:
                if m != centre:
                    picture.path(
                        arc(spots[centre], spots[m], bend),
                        stroke,
                        width,
                        dash=dash,
                        tip=r["name"],
                        stroke_linecap="round",
                        data_a=centre,
                        data_b=m,
                        class_="tie",
                    )
    picture.add("</g>")
    words = {s: country(s) for s in spots}
    for s, (x, y) in spots.items():
        picture.add(f'<g data-state="{s}">')
        picture.circle(
            x, y, 6.5 if s == case["hub"] else 4.6, "foe-ink" if s in foes else "blue", "ground", 1.6, words[s]
        )
        picture.add("</g>")
    for s, (x, y, anchor) in place_labels(spots, words).items():
        picture.text(
            x,
            y,
            words[s],
            13.5 if s == case["hub"] else 12.5,
            "foe-ink" if s in foes else "ink",
            anchor,
            "600" if s in (case["hub"], *foes) else "",
            halo=True,
        )
    _key(picture, {r["kind"] for r in rows})
    picture.text(0, HEIGHT + 50, POLICY, 10.5, "soft")
    return picture.svg()


def _key(picture: Picture, kinds: set[str]) -> None:
    x = 2.0
    y = HEIGHT + 24
    for kind, (stroke, dash, width, words) in LINES.items():
        if kind in kinds:
            picture.element(
                "line",
                x1=x,
                y1=y - 4,
                x2=x + 34,
                y2=y - 4,
                stroke=colour(stroke),
                stroke_width=width,
                stroke_dasharray=dash or None,
                stroke_linecap="round",
            )
            picture.text(x + 42, y, words, 12.5, "ink")
            x += 42 + len(words) * 7 + 26
    picture.rect(x, y - 11, 16, 12, "foe", 2)
    picture.text(x + 23, y, "adversary", 12.5, "ink")
