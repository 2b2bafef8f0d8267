"""Spells: what was in force in which years as bars, and over them the chances of every year as areas, on one axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from foedus.surfaces.svg.lettering import SMALL, clean, widest, wrapped
from foedus.surfaces.svg.pen import Picture, Scale, polyline
from foedus.surfaces.svg.rows import NARROW
from foedus.surfaces.svg.smallnets import KINDS

_ROW: Final = 18.0
_LEADING: Final = 12.5
"""How much taller a row is for every further line of its name."""
_NAMES: Final = 0.32
"""Most of the width that names take."""
_AREA: Final = 54.0
"""Where the areas of chances end, and how tall a row of bars is."""


@dataclass(frozen=True)
class Bar:
    """A time in which something was in force: the row it stands in, its name, its kind, and its ends in years."""

    label: str
    name: str
    kind: str
    begun: float
    ended: float


def timeline(
    bars: Sequence[Bar],
    chances: Mapping[int, tuple[float, float]],
    years: tuple[int, int],
    width: float,
    title: str,
    at: int | None = None,
    links: Mapping[int, str] | None = None,
    happened: Sequence[tuple[float, str]] = (),
) -> str:
    """Return bars of what was in force, and the chances of a body (below) and a forum (above it) in every year.

    Parameters
    ----------
    bars : sequence of Bar
        Those of one label share a row, in the order of the first of each.
    chances : mapping of int to (float, float)
        Chance of a body and of a forum by year; empty where they are not known.
    years : (int, int)
        First and last year of the axis.
    width : float
    title : str
    at : int, optional
        The year that is marked.
    links : mapping of int to str, optional
        Where a press on a year leads.
    happened : sequence of (float, str)
        Events as marks, each with its time in years and what is said to whoever points at it.

    Returns
    -------
    str
        SVG, empty with neither bars nor chances.
    """
    rows = list(dict.fromkeys(b.label for b in bars))
    if not rows and not chances:
        return ""
    narrow = width < NARROW
    left = min(max(118.0, widest(rows, SMALL) + 16), (0.42 if narrow else _NAMES) * width)
    top = 66.0 if chances else 8.0
    names = {label: wrapped(label, left - 12, SMALL, 3) for label in rows}
    tall = [_ROW + _LEADING * (len(names[label]) - 1) for label in rows]
    height = top + sum(tall) + (_ROW if happened else 0.0) + 26
    told = "; ".join(f"{b.name} {b.begun:.0f} to {b.ended:.0f}" for b in bars)
    p = Picture(width, height, title, told, "group" if links else "img")
    x = Scale(years[0], years[1] + 1, left, width - 10)
    if chances:
        _areas(p, x, chances, left)
    for k, label in enumerate(rows):
        y = top + sum(tall[:k]) + (tall[k] - _ROW) / 2
        for n, words in enumerate(names[label]):
            p.text(left - 10, y + 11.5 + _LEADING * (n - (len(names[label]) - 1) / 2), words, SMALL, anchor="end")
        for b in (b for b in bars if b.label == label):
            ends = x(max(b.begun, years[0])), x(min(b.ended, years[1] + 1))
            p.rect(ends[0], y + 4, max(ends[1] - ends[0], 2), 7, KINDS[b.kind][0], 3.5, f"{b.name}, {b.kind}")
    if happened:
        _marks(p, x, happened, left, top + sum(tall))
    _axis(p, x, years, height, 25 if narrow else 10)
    if at is not None and years[0] <= at <= years[1]:
        p.line(x(at + 0.5), 4, x(at + 0.5), height - 20, "ink", 1.8)
        p.circle(x(at + 0.5), 5, 5, "ink")
    for year, link in (links or {}).items():
        # a strip for the mouse; the keyboard has a field for the year
        target, words = escape(clean(link), quote=True), f"{year}"
        p.add(f'<a href="{target}" class="year" tabindex="-1" aria-hidden="true"><title>{words}</title>')
        p.element("rect", x=x(year), y=0, width=x(year + 1) - x(year), height=height, class_="hit", fill="none")
        p.add("</a>")
    return p.svg()


def _marks(p: Picture, x: Scale, happened: Sequence[tuple[float, str]], left: float, y: float) -> None:
    """Draw events as upright marks in a row of their own."""
    p.text(left - 10, y + 11, "Events", SMALL, "soft", "end")
    for when, words in happened:
        if x.low <= when <= x.high:
            p.rect(x(when) - 1, y + 3, 2, 9, "soft", tip=words)


def _areas(p: Picture, x: Scale, chances: Mapping[int, tuple[float, float]], left: float) -> None:
    """Draw the chance of a body from the foot on, and that of a forum on top of it."""
    p.line(left, 10, p.width - 10, 10, "hair")
    p.text(left - 10, 15, "100 %", SMALL, "soft", "end")
    p.text(left - 10, 36, "Chance in a year" if left > 120 else "Chance", SMALL, anchor="end", weight="600")
    p.text(left - 10, _AREA + 4, "0", SMALL, "soft", "end")
    known = sorted(y for y, pair in chances.items() if all(map(math.isfinite, pair)))

    def band(low: Sequence[float], high: Sequence[float], ink: str) -> None:
        upper = [(x(y + 0.5), _AREA - 44 * h) for y, h in zip(known, high, strict=True)]
        lower = [(x(y + 0.5), _AREA - 44 * v) for y, v in zip(known, low, strict=True)]
        p.path(f"{polyline([*upper, *reversed(lower)])}Z", fill=ink)

    if known:
        bodies = [chances[y][0] for y in known]
        both = [min(1.0, sum(chances[y])) for y in known]
        band([0.0] * len(known), bodies, "vermilion")
        band(bodies, both, "teal")
    p.line(left, _AREA, p.width - 10, _AREA, "faint")


def _axis(p: Picture, x: Scale, years: tuple[int, int], height: float, step: int) -> None:
    step = step if years[1] - years[0] > 2 * step else 5
    for year in range(-(-years[0] // step) * step, years[1] + 1, step):
        p.text(min(max(x(year), 14), p.width - 16), height - 3, f"{year}", SMALL, "soft", "middle")
        p.line(x(year), height - 20, x(year), height - 16, "faint")
