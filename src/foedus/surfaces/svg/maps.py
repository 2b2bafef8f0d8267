"""Maps: who is bound to whom, on outlines of the day; treaties of two are lines, bodies and forums are areas."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from foedus.surfaces.svg.barmarks import said
from foedus.surfaces.svg.framing import Place, frame, spots
from foedus.surfaces.svg.groundmap import ground, said_of
from foedus.surfaces.svg.lettering import SMALL, Box, box, breadth, clean, overlap, wrapped
from foedus.surfaces.svg.pen import Picture, number
from foedus.surfaces.svg.projection import View
from foedus.surfaces.svg.rows import key, key_height
from foedus.surfaces.svg.smallnets import KINDS, area, areal, hull, kind_of, kind_sign
from foedus.surfaces.svg.sovereignty import holdings, name_on
from foedus.vocabulary.record import Chart
from foedus.vocabulary.states import STATES
from foedus.vocabulary.tables import Cell

_LATEST: Final = dt.date(2026, 1, 1)
"""The day of a map that names none."""
_HIT: Final = 24.0
"""Pixels within which a press on a line counts as one."""


@dataclass(frozen=True)
class _Bond:
    name: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class _Cast:
    """Who is on a map: states, adversaries, hub, the day, and where they stand."""

    states: tuple[str, ...]
    foes: tuple[str, ...]
    hub: str
    day: dt.date
    places: Mapping[str, Place]
    beyond: Mapping[str, float]
    beside: Mapping[str, str]
    tints: Mapping[str, str]
    links: Mapping[str, str]
    ties: Mapping[str, str]
    leads: Mapping[str, str]
    outside: frozenset[str]

    def name(self, state: str) -> str:
        said = self.beside.get(state, "")
        return f"{name_on(state, self.day)} {said}".rstrip()

    def dot(self, state: str) -> str:
        return "foe-ink" if state in self.foes else self.tints.get(state, "blue")

    def ink(self, bond: _Bond) -> str:
        return "foe-ink" if bond.members and set(bond.members) <= set(self.foes) else KINDS[bond.kind][0]


def draw_map(chart: Chart, width: float) -> str:
    """Return institutions on outlines of the day.

    Parameters
    ----------
    chart : Chart
        One row per institution: ``y`` its name (``name``), ``series`` its kind (``kind``: bilateral, de facto, multilateral,
        forum; others are not drawn). Options: ``members`` (column of ids between spaces, ``members``), ``states`` (ids;
        every member otherwise), ``adversaries`` and ``hub`` (ids), ``as_of`` (day whose borders and names are wanted),
        ``links`` (by id: the address to which a press on its dot leads; for those who point, so that the same has to stand
        in a list as well), ``leads`` (the same for a link that stands by itself, reached by keyboard too), ``ties`` (by name of an institution: the address to which its line leads) and ``outside`` (ids of states that are shown and not in it), ``beside`` and ``tints`` (by id: words after the name of a state, and the ink of its dot), ``centre`` and ``span`` (degrees; without them, and on telephones, the states are framed; a hub or adversary far
        off stands at the edge with an arrow).
    width : float

    Returns
    -------
    str
        SVG, empty without states. Lines carry ``data-a`` and ``data-b``, areas ``data-members``, dots stand in a group with
        ``data-state``.
    """
    options = chart.options
    rows = [(r, kind_of(r.get(str(chart.series or "kind")))) for r in chart.table]
    bonds = [_Bond(str(r.get(chart.y or "name") or ""), kind, _ids(r, options)) for r, kind in rows if kind]
    foes = tuple(s for s in options.get("adversaries", ()) if s in STATES)
    met = [s for b in bonds for s in b.members]
    hub = str(options.get("hub", ""))
    cast_as = [*(options.get("states") or met), hub]
    states = tuple(s for s in dict.fromkeys(cast_as) if s in STATES and s not in foes)
    if not states and not foes:
        return ""
    day = _day(options.get("as_of"))
    view = frame(options, [s for s in states if s != hub], [s for s in (hub, *foes) if s in STATES], day, width)
    said_of_them = {word: options.get(word, {}) for word in ("beside", "tints", "links", "ties", "leads")}
    places = spots(view, [*states, *foes], day)
    cast = _Cast(states, foes, hub, day, *places, **said_of_them, outside=frozenset(options.get("outside", ())))
    return _drawn(chart, bonds, cast, view)


def _ids(row: Mapping[str, Cell], options: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(s for s in str(row.get(str(options.get("members", "members"))) or "").split() if s in STATES)


def _day(value: object) -> dt.date:
    """Return a day from a day, a year or text; the middle of a year where only that is known."""
    if isinstance(value, dt.date):
        return value
    words = str(value or "")
    try:
        return dt.date(int(words), 7, 1) if words.isdigit() else dt.date.fromisoformat(words[:10])
    except ValueError:
        return _LATEST


def _drawn(chart: Chart, bonds: Sequence[_Bond], cast: _Cast, view: View) -> str:
    kinds = [k for k in KINDS if any(b.kind == k for b in bonds)]
    keyed = [KINDS[k][3] for k in kinds] + (["adversary"] if cast.foes else [])
    inner = Picture(view.width, view.height, "", "")
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in chart.key) or "map"
    tints = {
        **dict.fromkeys((s for s in cast.states if s not in cast.outside), "ally"),
        **dict.fromkeys(cast.foes, "foe"),
    }
    hatched = ground(inner, view, tints, cast.day, stem)
    inner.add(f'<g clip-path="url(#frame-{stem})">')
    ordered = sorted(bonds, key=lambda b: (not areal(b.kind), -len(b.members)))
    # below all lines, so that who points at one itself has that one
    inner.add(f'<g fill="none" stroke="transparent" stroke-width="{_HIT:g}">' if cast.ties else "")
    for b in ordered:
        _near(inner, b, cast)
    inner.add("</g>" if cast.ties else "")
    for b in ordered:
        _linked(inner, b, cast)
    inner.add("</g>")
    _dots(inner, bonds, cast)
    unnamed = _names(inner, cast, view)
    lost = f" Without a name on the map: {', '.join(unnamed)}." if unnamed else ""
    below = wrapped(said_of(cast.day, hatched) + lost, view.width, SMALL, 9)
    top = key_height(keyed, view.width)
    spoke = said([(b.name, f"{b.kind}, {' '.join(b.members)}") for b in bonds])
    height, role = top + view.height + 16 * len(below) + 10, "group" if cast.links or cast.ties or cast.leads else "img"
    p = Picture(view.width, height, chart.title, spoke, role)

    def sign(k: int, x: float, y: float) -> None:
        kind_sign(p, kinds[k], x, y) if k < len(kinds) else p.rect(x + 3, y - 6, 16, 12, "foe", 2)

    key(p, keyed, sign)
    p.add(f'<g transform="translate(0 {number(top)})">{inner.body()}</g>')
    for k, line in enumerate(below):
        p.text(0, top + view.height + 19 + 16 * k, line, SMALL, "soft")
    return p.svg()


def _near(p: Picture, bond: _Bond, cast: _Cast) -> None:
    """Draw what takes a press near a line that leads somewhere; it is not seen, and not for who does not point."""
    if _leads(bond, cast):
        tip = f"<title>{escape(clean(bond.name))}</title>"
        line = f'<path d="{_line(bond, bond.members, cast)}"/>'
        p.add(f'<a href="{_target(cast, bond)}" tabindex="-1" aria-hidden="true">{tip}{line}</a>')


def _linked(p: Picture, bond: _Bond, cast: _Cast) -> None:
    """Draw an institution; a line that leads somewhere is a link with its name."""
    if not _leads(bond, cast):
        _bond(p, bond, cast, bond.name)
        return
    p.add(f'<a href="{_target(cast, bond)}"><title>{escape(clean(bond.name))}</title>')
    _bond(p, bond, cast, "")
    p.add("</a>")


def _leads(bond: _Bond, cast: _Cast) -> bool:
    """Return whether an institution is a line that leads somewhere: an area covers what is in it, and leads nowhere."""
    there = all(s in cast.places for s in bond.members)
    return bond.name in cast.ties and there and len(bond.members) == 2 and not areal(bond.kind)


def _target(cast: _Cast, bond: _Bond) -> str:
    return escape(clean(cast.ties[bond.name]), quote=True)


def _line(bond: _Bond, ends: Sequence[str], cast: _Cast) -> str:
    one, other = ends
    return arc(cast.places[one], cast.places[other], 0.22 if bond.kind == "de facto" else 0.16)


def _bond(p: Picture, bond: _Bond, cast: _Cast, tip: str) -> None:
    """Draw an institution: an area around its members, or a line between two; red where all are adversaries."""
    places, (_, dash, wide, _) = cast.places, KINDS[bond.kind]
    members = [m for m in bond.members if m in places]
    stroke = cast.ink(bond)
    if areal(bond.kind) or len(members) > 2:
        if members:
            around = hull([places[m] for m in members], 13)
            area(p, around, bond.kind, tip, stroke, class_="tie", data_members=" ".join(members))
    elif len(members) == 2:
        one, other = members
        path = _line(bond, members, cast)
        more = {"stroke_linecap": "round", "data_a": one, "data_b": other, "class_": "tie"}
        p.path(path, stroke, wide, dash=dash, tip=tip, **more)


def arc(one: Place, other: Place, bend: float) -> str:
    """Return a curve between two places; positive bends rise towards the north."""
    (x1, y1), (x2, y2) = one, other
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    nx, ny = (y2 - y1) / length, -(x2 - x1) / length
    if ny > 0 or (ny == 0 and nx > 0):
        nx, ny = -nx, -ny
    cx, cy = (x1 + x2) / 2 + nx * length * bend, (y1 + y2) / 2 + ny * length * bend
    return f"M{number(x1)},{number(y1)}Q{number(cx)},{number(cy)} {number(x2)},{number(y2)}"


def _dots(p: Picture, bonds: Sequence[_Bond], cast: _Cast) -> None:
    """Draw capitals, ringed by the bodies and forums they are in; an arrow for who lies beyond the edge."""
    p.add('<g stroke="var(--ground)" stroke-width="1.4">')
    for s, (x, y) in cast.places.items():
        rings = dict.fromkeys(cast.ink(b) for b in bonds if areal(b.kind) and s in b.members)
        leads = escape(clean(cast.leads.get(s, "")), quote=True)
        p.add(
            f'<a href="{leads}" data-state="{s}"><title>{escape(clean(cast.name(s)))}</title>'
            if leads
            else f'<g data-state="{s}">'
        )
        if s in cast.links:
            target = escape(clean(cast.links[s]), quote=True)
            p.add(f'<a href="{target}" class="pick" tabindex="-1" aria-hidden="true">')
            p.circle(x, y, 12, "ground", opacity=0)
        for k, ink in reversed(list(enumerate(rings))):
            p.circle(x, y, 7.4 + 2.6 * k, "ground", ink, 1.8)
        ink = cast.dot(s)
        fill, stroke = ("ground", "soft") if s in cast.outside else (ink, "")
        p.circle(x, y, 6.0 if s == cast.hub else 4.4, fill, stroke, 1.4, "" if leads else cast.name(s))
        if s in cast.beyond:
            turn = math.degrees(cast.beyond[s])
            place = f"translate({number(x)} {number(y)}) rotate({number(turn)})"
            p.add(f'<g transform="{place}">')
            p.path("M10,-5 L18,0 L10,5 Z", fill=ink)
            p.add("</g>")
        p.add(("</a>" if s in cast.links else "") + ("</a>" if leads else "</g>"))
    p.add("</g>")


def _names(p: Picture, cast: _Cast, view: View) -> list[str]:
    """Write the names of states, hub and adversaries first; return those for which there was no room."""
    canvas = (view.width, view.height)
    taken: list[Box] = [(x - 7, y - 7, x + 7, y + 7) for x, y in cast.places.values()]
    wanted = sorted(
        cast.places, key=lambda s: (s != cast.hub, s not in cast.foes, s in cast.outside, cast.places[s][1], s)
    )
    unnamed = []
    for s in wanted:
        strong = s == cast.hub or s in cast.foes
        found = None
        for words in (cast.name(s), s):
            found = lettered(cast.places[s], words, SMALL, strong, taken, canvas)
            if found:
                break
        if found:
            _lettering(p, cast.places[s], found, (words, SMALL), "foe-ink" if s in cast.foes else "ink", strong)
            taken.append(box(*found[:2], words, SMALL, found[2], strong))
        elif s not in cast.outside:
            unnamed.append(cast.name(s))
    for s, place in _others(cast, view).items():
        spot = lettered(place, cast.name(s), SMALL, False, taken, canvas)
        if spot:
            p.text(*spot[:2], cast.name(s), SMALL, "soft", spot[2], halo=True)
            taken.append(box(*spot[:2], cast.name(s), SMALL, spot[2]))
    return unnamed


def _others(cast: _Cast, view: View) -> dict[str, Place]:
    """Return the capitals of states that share an outline with another and are not on the map by themselves."""
    held = holdings(cast.day)
    parts = [p for own in held.values() for p in own]
    pairs = [s for s, own in held.items() if any(parts.count(p) > 1 for p in own) and s not in cast.places]
    found, _ = spots(view, pairs, cast.day)
    return {s: at for s, at in found.items() if view.holds(*at, 30)}


def _lettering(
    p: Picture, place: Place, at: tuple[float, float, str], words: tuple[str, float], ink: str, strong: bool
) -> None:
    x, y, anchor = at
    left, top, right, bottom = box(x, y, *words, anchor, strong)
    near = (min(max(place[0], left), right), min(max(place[1], top), bottom))
    if math.dist(place, near) > 13:
        p.line(*place, *near, "soft", 0.8)
    p.text(x, y, *words, ink, anchor, "600" if strong else "", halo=True)


def lettered(
    spot: Place, words: str, size: float, bold: bool, taken: Sequence[Box], canvas: tuple[float, float]
) -> tuple[float, float, str] | None:
    """Return where words go beside a spot so that they cover nothing and stay on the canvas; None if nowhere."""
    x, y = spot
    half = breadth(words, size, bold) / 2
    for far in (10, 16, 26, 38, 52):
        places = [(x + far, y + 4.5, "start"), (x - far, y + 4.5, "end")]
        places += [(x, y - far - 2, "middle"), (x, y + far + 10, "middle")]
        places += [(x + far * 0.8, y - far * 0.7, "start"), (x + far * 0.8, y + far * 0.7 + 9, "start")]
        places += [(x - far * 0.8, y - far * 0.7, "end"), (x - far * 0.8, y + far * 0.7 + 9, "end")]
        inner = min(max(x, half + 2), canvas[0] - half - 2)
        places += [(inner, y - far - 4, "middle"), (inner, y + far + 12, "middle")]
        for px, py, anchor in places:
            room = box(px, py, words, size, anchor, bold)
            inside = room[0] >= 0 and room[1] >= 0 and room[2] <= canvas[0] and room[3] <= canvas[1]
            if inside and not any(overlap(room, other) for other in taken):
                return px, py, anchor
    return None
