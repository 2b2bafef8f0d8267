"""Maps: who is bound to whom, on outlines of the world."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from foedus.surfaces.svg.barmarks import said
from foedus.surfaces.svg.lettering import Box, box, breadth, overlap, wrapped
from foedus.surfaces.svg.pen import Picture, number
from foedus.surfaces.svg.projection import View, outlines, turned
from foedus.surfaces.svg.rows import key, key_height
from foedus.surfaces.svg.smallnets import KINDS, area, areal, hull, kind_of, kind_sign
from foedus.vocabulary.record import Chart
from foedus.vocabulary.states import STATES
from foedus.vocabulary.tables import Cell

POLICY: Final = (
    "Outlines: Natural Earth 1:50m (public domain), Equal Earth projection. Boundaries are illustrative and imply no "
    "position on sovereignty."
)
"""Printed under every map: whose lines these are, and that they take no side."""


def draw_map(chart: Chart, width: float) -> str:
    """Return institutions on outlines of the world: treaties of two as lines, bodies and forums as areas.

    Parameters
    ----------
    chart : Chart
        One row per institution: ``y`` its name (``name``), ``series`` its kind (``kind``). Options: ``members`` (column of
        ids between spaces, ``members``), ``centre`` and ``span`` (degrees), ``as_of`` (day), ``hub``, ``states``,
        ``adversaries`` (ids).
    width : float

    Returns
    -------
    str
        SVG, empty without states.
    """
    options = chart.options
    rows = [
        (str(r.get(chart.y or "name") or ""), kind_of(r.get(str(chart.series or "kind"))), _ids(r, options))
        for r in chart.table
    ]
    foes = [s for s in options.get("adversaries", ()) if s in STATES]
    states = [s for s in options.get("states", ()) if s in STATES and s not in foes]
    met = [s for _, _, members in rows for s in members if s not in foes]
    states = list(dict.fromkeys([*states, *met]))
    if not states and not foes:
        return ""
    height = round(width * (0.58 if width >= 520 else 0.9))
    view = _view(options, [*states, *foes], width, height)
    kinds = [k for k in KINDS if any(kind == k for _, kind, _ in rows)]
    keyed = [*(KINDS[k][3] for k in kinds), *(["adversary"] if foes else [])]
    top, policy = key_height(keyed, width), wrapped(POLICY, width, 10.5, 6)
    p = Picture(
        width, height + top + 14 * len(policy) + 10, chart.title, said([(name, " ".join(m)) for name, _, m in rows])
    )
    key(
        p,
        keyed,
        lambda k, x, y: kind_sign(p, kinds[k], x, y) if k < len(kinds) else p.rect(x + 3, y - 6, 16, 12, "foe", 2),
    )
    p.add(f'<g transform="translate(0 {number(top)})">')
    _land(p, view, states, foes, chart.key)
    spots = {s: _held(view, s) for s in (*states, *foes)}
    p.add(f'<g clip-path="url(#frame-{_safe(chart.key)})">')
    for name, kind, members in sorted(rows, key=lambda r: not areal(r[1])):
        _institution(p, name, kind, [m for m in members if m in spots], spots)
    p.add("</g>")
    _names(p, spots, foes, str(options.get("hub", "")), view)
    p.add("</g>")
    for k, line in enumerate(policy):
        p.text(0, top + height + 18 + 14 * k, line, 10.5, "soft")
    return p.svg()


def _ids(row: Mapping[str, Cell], options: Mapping[str, Any]) -> list[str]:
    return [s for s in str(row.get(str(options.get("members", "members"))) or "").split() if s in STATES]


def _safe(words: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in words)


def _view(options: Mapping[str, Any], states: Sequence[str], width: float, height: float) -> View:
    """Return the view a chart asks for, or one that holds the capitals of its states."""
    if options.get("centre") and options.get("span"):
        return View(options["centre"], float(options["span"]), width, height)
    known = [STATES[s] for s in states]
    angles = [math.radians(s.longitude) for s in known]
    centre = math.degrees(math.atan2(sum(map(math.sin, angles)), sum(map(math.cos, angles))))
    wide = max(abs(turned(s.longitude, centre)) for s in known)
    return View((centre, sum(s.latitude for s in known) / len(known)), min(340.0, 2 * wide + 30), width, height)


def _land(p: Picture, view: View, states: Sequence[str], foes: Sequence[str], stem: str) -> None:
    frame = f"frame-{_safe(stem)}"
    p.add(
        f'<clipPath id="{frame}"><rect width="{number(view.width)}" height="{number(view.height)}" rx="10"/></clipPath>'
    )
    p.add(f'<g clip-path="url(#{frame})">')
    p.rect(0, 0, view.width, view.height, "sea")
    for unit, rings in outlines().items():
        path = view.path(rings)
        if path:
            p.path(path, "shore", 0.6, "ally" if unit in states else "foe" if unit in foes else "land")
    p.add("</g>")


def _held(view: View, state: str) -> tuple[float, float]:
    """Return the place of a capital; one outside is put at the edge it lies beyond."""
    x, y = view.place(STATES[state].longitude, STATES[state].latitude)
    return min(max(x, 16.0), view.width - 16), min(max(y, 16.0), view.height - 16)


def _institution(
    p: Picture, name: str, kind: str, members: Sequence[str], spots: Mapping[str, tuple[float, float]]
) -> None:
    stroke, dash, wide, _ = KINDS[kind]
    if areal(kind) and len(members) > 2:
        area(p, hull([spots[m] for m in members], 13), kind, name, class_="tie", data_members=" ".join(members))
    elif len(members) == 2:
        one, other = members
        bend = 0.22 if kind == "de facto" else 0.16
        path = arc(spots[one], spots[other], bend)
        p.path(path, stroke, wide, dash=dash, tip=name, stroke_linecap="round", data_a=one, data_b=other, class_="tie")


def arc(one: Sequence[float], other: Sequence[float], bend: float) -> str:
    """Return a curve between two places; positive bends rise towards the north."""
    (x1, y1), (x2, y2) = one, other
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    nx, ny = (y2 - y1) / length, -(x2 - x1) / length
    if ny > 0 or (ny == 0 and nx > 0):
        nx, ny = -nx, -ny
    cx, cy = (x1 + x2) / 2 + nx * length * bend, (y1 + y2) / 2 + ny * length * bend
    return f"M{number(x1)},{number(y1)}Q{number(cx)},{number(cy)} {number(x2)},{number(y2)}"


def _names(p: Picture, spots: Mapping[str, tuple[float, float]], foes: Sequence[str], hub: str, view: View) -> None:
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in spots.values()]
    for s, (x, y) in spots.items():
        p.add(f'<g data-state="{_safe(s)}">')
        p.circle(x, y, 6.5 if s == hub else 4.6, "foe-ink" if s in foes else "blue", "ground", 1.6, STATES[s].name)
        p.add("</g>")
    for s, (x, y) in sorted(spots.items(), key=lambda item: (item[0] != hub, item[1][1], item[0])):
        strong = "600" if s == hub or s in foes else ""
        found = lettered((x, y), STATES[s].name, 12.5, bool(strong), taken, (view.width, view.height))
        if found:
            taken.append(box(found[0], found[1], STATES[s].name, 12.5, found[2], bool(strong)))
            p.text(
                found[0], found[1], STATES[s].name, 12.5, "foe-ink" if s in foes else "ink", found[2], strong, halo=True
            )


def lettered(
    spot: tuple[float, float], words: str, size: float, bold: bool, taken: Sequence[Box], canvas: tuple[float, float]
) -> tuple[float, float, str] | None:
    """Return where words go beside a spot so that they cover nothing and stay on the canvas; None if nowhere."""
    x, y = spot
    half = breadth(words, size, bold) / 2
    for far in (9, 16, 26, 38):
        places = [
            (x + far, y + 4.5, "start"),
            (x - far, y + 4.5, "end"),
            (x, y - far - 2, "middle"),
            (x, y + far + 10, "middle"),
        ]
        places += [(x + far * 0.7, y - far * 0.7, "start"), (x + far * 0.7, y + far * 0.7 + 9, "start")]
        places += [(x - far * 0.7, y - far * 0.7, "end"), (x - far * 0.7, y + far * 0.7 + 9, "end")]
        places += [(min(max(x, half), canvas[0] - half), y - far - 2, "middle")]
        for px, py, anchor in places:
            room = box(px, py, words, size, anchor, bold)
            inside = room[0] >= 0 and room[1] >= 0 and room[2] <= canvas[0] and room[3] <= canvas[1]
            if inside and not any(overlap(room, other) for other in taken):
                return px, py, anchor
    return None
