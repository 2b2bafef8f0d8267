"""Falls: the terms of a sum one after the other down to the sum, and what single changes would make of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from foedus.surfaces.svg.axes import round_ticks, tick_words
from foedus.surfaces.svg.lettering import SMALL, clean, wrapped
from foedus.surfaces.svg.pen import Picture, Scale
from foedus.surfaces.svg.rows import NARROW
from foedus.vocabulary.tables import written


@dataclass(frozen=True)
class Step:
    """A term of a sum."""

    words: str
    value: float
    ink: str
    link: str = ""
    """Where it leads, empty for nowhere."""
    chosen: bool = False


@dataclass(frozen=True)
class Move:
    """One change, and the number after it."""

    words: str
    value: float
    link: str = ""


def waterfall(steps: Sequence[Step], band: tuple[float, float, float], width: float, title: str) -> str:
    """Return the terms of a sum as bars that begin where the one before ends, the sum, and its range under it.

    Parameters
    ----------
    steps : sequence of Step
        From what adds most to what takes most.
    band : (float, float, float)
        5 %, median and 95 % of the draws of the sum; NaN without draws.
    width : float
    title : str

    Returns
    -------
    str
        SVG, empty without terms.
    """
    if not steps:
        return ""
    narrow = width < NARROW
    row, left, right = (46.0, 4.0, 62.0) if narrow else (41.0, 172.0, 76.0)
    ends, at = [0.0], 0.0
    for s in steps:
        at += s.value
        ends.append(at)
    known = [*ends, *(b for b in band if math.isfinite(b))]
    x = Scale(min(known), max(known), left, width - right)
    top, height = 24.0, 24 + (len(steps) + 1) * row + 34
    told = "; ".join(f"{s.words} {written(s.value, 'signed')}" for s in steps)
    p = Picture(width, height, title, f"{told}; in all {written(at, 'signed')}", _role(steps))
    foot = top + (len(steps) + 1) * row
    _grid(p, x, top, foot, 4 if narrow else 6)
    for k, s in enumerate(steps):
        y = top + k * row
        _begin(p, s.link, f"{s.words}: {written(s.value, 'signed')}", s.chosen)
        p.element("rect", x=0, y=y + 2, width=width, height=row - 4, rx=7, class_="hit", fill="none")
        _named(p, s.words, left, y, row, narrow, "700" if s.chosen else "500")
        bar = y + (22 if narrow else row / 2 - 10)
        p.rect(x(ends[k]), bar, x(ends[k + 1]) - x(ends[k]) or 1.2, 20, s.ink, 2)
        p.line(x(ends[k + 1]), bar + 20, x(ends[k + 1]), bar + row, "soft", 1, "1.5 2.5")
        p.text(width - 8, bar + 15, written(s.value, "signed"), 15, anchor="end", weight="600")
        p.add("</a>" if s.link else "</g>")
    y = top + len(steps) * row
    p.line(0, y + 1, width, y + 1, "faint")
    _named(p, "All terms", left, y, row, narrow, "700")
    bar, ink = y + (22 if narrow else row / 2 - 10), "foe-ink" if at < 0 else "blue"
    p.rect(x(0), bar, x(at) - x(0), 20, ink, 2)
    p.text(width - 8, bar + 15, written(at, "signed"), 17, ink, "end", "700")
    if math.isfinite(band[0]):
        p.line(x(band[0]), bar + 27, x(band[2]), bar + 27, "soft", 2)
        p.circle(x(band[1]), bar + 27, 3.2, "soft")
        p.text(min(x(band[0]), width - 150), bar + 44, "5–95 % of draws", 13, "soft")
    return p.svg()


def moves(changes: Sequence[Move], now: float, width: float, title: str) -> str:
    """Return single changes, each with a line from the number as it is (open) to the number after it (full).

    Parameters
    ----------
    changes : sequence of Move
    now : float
        The number as it is.
    width : float
    title : str

    Returns
    -------
    str
        SVG, empty without changes.
    """
    if not changes:
        return ""
    row, right = 44.0, 66.0
    known = [now, 0.0, *(c.value for c in changes)]
    x = Scale(min(known), max(known), 8, width - right - 14)
    told = "; ".join(f"{c.words}: {written(c.value, 'signed')}" for c in changes)
    p = Picture(width, 22 + len(changes) * row, title, f"As it is {written(now, 'signed')}. {told}", _role(changes))
    if x(0) > 50:
        p.text(x(0) - 7, 13, "loses", 13, "soft", "end")
    if x(0) < width - 50:
        p.text(x(0) + 7, 13, "gains", 13, "soft")
    p.line(x(0), 4, x(0), 18 + len(changes) * row, "ink")
    for k, c in enumerate(changes):
        y, ink = 22 + k * row, "vermilion" if c.value < 0 else "blue"
        _begin(p, c.link, f"{c.words}: {written(c.value, 'signed')}", False)
        p.element("rect", x=0, y=y, width=width, height=row - 3, rx=6, class_="hit", fill="none")
        p.text(0, y + 15, wrapped(c.words, width - right, 14.5, 1)[0], 14.5, halo=True)
        p.line(x(now), y + 29, x(c.value), y + 29, ink, 2.4)
        p.circle(x(now), y + 29, 4.3, "ground", "soft", 1.6)
        p.circle(x(c.value), y + 29, 5.6, ink)
        p.text(width - 4, y + 34, written(c.value, "signed"), 14.5, anchor="end", weight="600")
        p.add("</a>" if c.link else "</g>")
    return p.svg()


def _role(parts: Sequence[Step | Move]) -> str:
    return "group" if any(p.link for p in parts) else "img"


def _begin(p: Picture, link: str, said: str, chosen: bool) -> None:
    on = " on" if chosen else ""
    told = escape(clean(said), quote=True)
    if link:
        current = ' aria-current="true"' if chosen else ""
        p.add(f'<a class="row{on}" href="{escape(clean(link), quote=True)}" aria-label="{told}"{current}>')
    else:
        p.add(f'<g class="still{on}">')


def _named(p: Picture, words: str, left: float, y: float, row: float, narrow: bool, weight: str) -> None:
    if narrow:
        p.text(4, y + 16, words, 14.5, weight=weight)
        return
    lines = wrapped(words, left - 24, 14.5, 2)
    for n, line in enumerate(lines):
        p.text(left - 14, y + row / 2 + 5 + 16 * (n - (len(lines) - 1) / 2), line, 14.5, "ink", "end", weight)


def _grid(p: Picture, x: Scale, top: float, foot: float, most: int) -> None:
    places = round_ticks(x.low, x.high, most)
    for t, words in zip(places, tick_words(places, "signed"), strict=True):
        p.line(x(t), top, x(t), foot, "soft" if t == 0 else "hair", 1.4 if t == 0 else 1)
        p.text(min(max(x(t), 14), p.width - 14), top - 9, words, SMALL, "soft", "middle")
