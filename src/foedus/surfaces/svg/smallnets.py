"""Networks: small pictures of architectures, treaties as lines and bodies as areas, the hub in the middle."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from foedus.surfaces.svg.axes import column, spoken
from foedus.surfaces.svg.barmarks import said
from foedus.surfaces.svg.lettering import NO_BREAK, SMALL, Box, box, breadth, overlap, wrapped
from foedus.surfaces.svg.pen import Picture
from foedus.surfaces.svg.rows import key, key_height
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, written

KINDS: Final[Mapping[str, tuple[str, str, float, str]]] = {
    "bilateral": ("blue", "", 2.2, "bilateral defence treaty"),
    "de facto": ("grey", "1.5 5", 2.2, "commitment without a treaty"),
    "multilateral": ("amber", "", 2.0, "multilateral treaty"),
    "forum": ("teal", "2 5", 2.0, "forum"),
}
"""Ink, dashes, width and name of each kind of institution."""

_SHORT: Final = {"BT": "bilateral", "DF": "de facto", "MT": "multilateral", "FO": "forum"}

_MESHED: Final = 6
"""Bodies of more members have no lines between them: these would hide everything else."""

Spots = Mapping[str, tuple[float, float]]


def kind_of(value: Cell) -> str:
    """Return the kind of an institution by its word or its two letters; empty for what is none of them and is not drawn."""
    word = _SHORT.get(str(value), str(value))
    return word if word in KINDS else ""


def areal(kind: str) -> bool:
    """Return whether institutions of a kind are drawn as areas around their members: bodies and forums."""
    return kind in ("multilateral", "forum")


def networks(chart: Chart, width: float) -> str:
    """Return architectures as small networks.

    Parameters
    ----------
    chart : Chart
        One row per institution: ``y`` the architecture it belongs to (``architecture``), ``x`` how likely that is
        (``probability``), ``series`` the kind (``kind``: bilateral, de facto, multilateral, forum, or BT, DF, MT, FO). Options: ``members`` (column of ids between spaces,
        ``members``), ``hub`` (id), ``states`` (ids in their order), ``names`` (id to name).
    width : float

    Returns
    -------
    str
        SVG, empty without architectures.
    """
    chart = replace(chart, y=chart.y or "architecture", x=chart.x or "probability", series=chart.series or "kind")
    members = str(chart.options.get("members", "members"))
    panels: dict[str, list[dict[str, Cell]]] = {}
    for r in chart.table:
        if r.get(chart.y) is not None:
            panels.setdefault(written(r[chart.y], ""), []).append(r)
    if not panels:
        return ""
    met = dict.fromkeys(s for rows in panels.values() for r in rows for s in str(r.get(members) or "").split())
    hub = str(chart.options.get("hub", ""))
    states = [str(s) for s in chart.options.get("states", ())] or list(met)
    others = [s for s in states if s != hub]
    widest_id = max((breadth(s, SMALL) for s in states), default=20.0)
    needed = 2 * (len(others) * (widest_id + 2) / (2 * math.pi) * 0.62 + widest_id + 26)
    columns = max(1, min(3, len(panels), int(width // max(needed, 170.0))))
    columns = 2 if columns == 3 and len(panels) == 4 else columns
    size = width / columns
    there = {kind_of(r.get(str(chart.series))) for rows in panels.values() for r in rows if r.get(members)}
    kinds = [k for k in KINDS if k in there]
    top = key_height([KINDS[k][3] for k in kinds], width)
    height = min(size, 300.0)
    lines = {label: _title(chart, label, rows[0], size) for label, rows in panels.items()}
    head = 16.0 * max(len(found) for found in lines.values()) + 8
    deep = -(-len(panels) // columns)
    p = Picture(width, top + deep * (height + head) + 4, chart.title, said(_spoken(chart, panels, members)))
    key(p, [KINDS[k][3] for k in kinds], lambda k, x, y: kind_sign(p, kinds[k], x, y))
    for n, (label, rows) in enumerate(panels.items()):
        cx, up = (n % columns + 0.5) * size, top + (n // columns) * (height + head)
        for k, line in enumerate(lines[label]):
            p.text(cx, up + 14 + 16 * k, line, 13, "ink", "middle", "600")
        spots = _spots(hub if hub in states else "", others, (cx, up + head + height / 2), height / 2 - widest_id - 18)
        bonds = [(kind_of(r.get(str(chart.series))), str(r.get(members) or "").split()) for r in rows]
        pairs = [(kind, ids) for kind, ids in bonds if kind]
        edges = (cx - size / 2, up + head, cx + size / 2, up + head + height)
        _panel(p, pairs, spots, hub, chart.options.get("names", {}), edges)
    return p.svg()


def _title(chart: Chart, label: str, row: Mapping[str, Cell], size: float) -> list[str]:
    likely = spoken(row.get(chart.x), column(chart.table, chart.x).form).replace(" ", NO_BREAK)
    chance = f" ·{NO_BREAK}{likely}" if row.get(chart.x) is not None else ""
    return wrapped(f"{label}{chance}", size - 12, 13, 3, bold=True)


def _spots(
    hub: str, others: Sequence[str], middle: tuple[float, float], radius: float
) -> dict[str, tuple[float, float]]:
    spots = {hub: middle} if hub else {}
    for k, s in enumerate(others):
        turn = 2 * math.pi * k / len(others) - math.pi / 2
        spots[s] = (middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn))
    return spots


def _panel(
    p: Picture, pairs: Sequence[tuple[str, list[str]]], spots: Spots, hub: str, names: Mapping[str, str], frame: Box
) -> None:
    tied = {s for _, members in pairs for s in members}
    for kind, members in sorted(pairs, key=lambda item: not areal(item[0])):
        held = [spots[s] for s in members if s in spots]
        stroke, dash, wide, _ = KINDS[kind]
        if areal(kind) and len(held) > 1:
            area(p, hull(held, 9), kind)
            for k, one in enumerate(held if len(held) <= _MESHED else ()):
                for other in held[k + 1 :]:
                    p.line(*one, *other, stroke, 0.7, dash)
        elif len(held) == 2:
            p.line(*held[0], *held[1], stroke, wide, dash)
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in spots.values()]
    cx, cy = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2
    for s, (x, y) in spots.items():
        p.circle(x, y, 6.5 if s == hub else 4.6, "blue" if s in tied else "faint", "ground", 1.5, names.get(s, s))
        away = math.hypot(x - cx, y - cy) or 1.0
        dx, dy = ((x - cx) / away, (y - cy) / away) if s != hub else (0.0, -1.0)
        anchor = "start" if dx > 0.3 else "end" if dx < -0.3 else "middle"
        for far in (13.0, 26.0, 39.0):
            at = (x + dx * far, y + dy * far + 4)
            room = box(*at, s, SMALL, anchor, s == hub)
            inside = frame[0] <= room[0] and room[2] <= frame[2] and frame[1] <= room[1] and room[3] <= frame[3]
            if inside and not any(overlap(room, other) for other in taken):
                taken.append(room)
                p.text(*at, s, SMALL, "ink" if s in tied else "soft", anchor, "600" if s == hub else "", halo=True)
                break


def area(
    p: Picture, points: Sequence[tuple[float, float]], kind: str, tip: str = "", ink: str = "", **more: str
) -> None:
    """Draw the area of a body or a forum: tinted, with the line of its kind around it."""
    usual, dash, wide, _ = KINDS[kind]
    stroke = ink or usual
    d = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z"
    p.path(d, stroke, wide, stroke, dash, tip, fill_opacity="0.1", stroke_linejoin="round", **more)


def hull(points: Sequence[tuple[float, float]], room: float) -> list[tuple[float, float]]:
    """Return the convex hull of points with some room around it, its corners rounded by eight sides.

    References
    ----------
    Andrew 1979, Information Processing Letters 9(5): the monotone chain.
    """
    turns = [(math.cos(k * math.pi / 8), math.sin(k * math.pi / 8)) for k in range(16)]
    cloud = sorted({(round(x + room * a, 4), round(y + room * b, 4)) for x, y in points for a, b in turns})

    def chain(ordered: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for q in ordered:
            while len(found) > 1 and _turn(found[-2], found[-1], q) <= 0:
                found.pop()
            found.append(q)
        return found[:-1]

    return [*chain(cloud), *chain(cloud[::-1])]


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def kind_sign(p: Picture, kind: str, x: float, y: float) -> None:
    """Draw the sign of a kind in a key: a line, or an area."""
    stroke, dash, wide, _ = KINDS[kind]
    if areal(kind):
        area(p, [(x + 1, y - 6), (x + 21, y - 6), (x + 21, y + 6), (x + 1, y + 6)], kind)
    else:
        p.line(x, y, x + 22, y, stroke, wide, dash)


def _spoken(chart: Chart, panels: Mapping[str, list[dict[str, Cell]]], members: str) -> list[tuple[str, str]]:
    found = []
    for label, rows in panels.items():
        chance = spoken(rows[0].get(chart.x), column(chart.table, chart.x).form) if chart.x else ""
        bonds = [(kind_of(r.get(str(chart.series))), r.get(members)) for r in rows]
        tied = [f"{kind} {ids}" for kind, ids in bonds if kind and ids][:6]
        found.append((label, ", ".join(w for w in (chance, *tied) if w)))
    return found
