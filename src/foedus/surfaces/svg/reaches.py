"""Reaches: numbers each on a scale of its own, a tick at the value, a bar as far as it may go or moves an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foedus.surfaces.svg.lettering import breadth, cut, wrapped
from foedus.surfaces.svg.pen import Picture

_ROW: Final = 56.0
_TIGHT: Final = 26.0
_SIZE: Final = 12.5
_LINE: Final = 16.0


@dataclass(frozen=True)
class Reach:
    """A number with how far it goes: what it is, its three values, each in words, and the scale that they stand on."""

    words: str
    value: float
    said: str
    low: float = math.nan
    high: float = math.nan
    ends: tuple[str, str] = ("", "")
    """The ends in words."""
    scale: tuple[float, float] = (math.nan, math.nan)
    """From where to where its scale goes; from end to end where it is not said."""
    zero: bool = False
    """Whether nothing is marked on its scale."""
    ink: str = "blue"


def reaches(rows: Sequence[Reach], width: float, title: str, below: str = "") -> str:
    """Return numbers below one another, each on its own scale.

    Parameters
    ----------
    rows : sequence of Reach
    width : float
    title : str
        For readers who cannot see it.
    below : str
        Words under the picture.

    Returns
    -------
    str
        SVG, empty without rows.
    """
    if not rows:
        return ""
    lines = wrapped(below, width, _SIZE, 12) if below else []
    told = "; ".join(f"{r.words}: {r.said}" + (f", {r.ends[0]} to {r.ends[1]}" if r.ends[0] else "") for r in rows)
    p = Picture(width, len(rows) * _ROW + _LINE * len(lines) + (8 if lines else 0), title, told)
    for k, row in enumerate(rows):
        _drawn(p, row, k * _ROW, width)
    for k, words in enumerate(lines):
        p.text(0, len(rows) * _ROW + 12 + _LINE * k, words, _SIZE, "soft")
    return p.svg()


def listed(rows: Sequence[Reach], width: float, title: str) -> str:
    """Return many numbers, a line for each: words, range with a tick at the value, the value in words.

    Parameters
    ----------
    rows : sequence of Reach
    width : float
    title : str

    Returns
    -------
    str
        SVG, empty without rows.
    """
    if not rows:
        return ""
    told = "; ".join(f"{r.words}: {r.said}, {r.ends[0]} to {r.ends[1]}" for r in rows)
    p = Picture(width, len(rows) * _TIGHT, title, told)
    left, right = 0.57 * width, 0.72 * width
    for k, r in enumerate(rows):
        y = k * _TIGHT
        at = left + (right - left) * ((r.value - r.low) / (r.high - r.low) if r.high > r.low else 0.5)
        p.text(0, y + 16, cut(r.words, left - 54, _SIZE), _SIZE)
        p.text(left - 7, y + 16, r.ends[0], _SIZE, "soft", "end")
        p.line(left, y + 12, right, y + 12, r.ink, 3)
        p.line(at, y + 4, at, y + 20, "ink", 2.6)
        p.text(right + 7, y + 16, r.ends[1], _SIZE, "soft")
        p.text(width, y + 16, cut(r.said, width - right - 60, _SIZE, True), _SIZE, anchor="end", weight="650")
    return p.svg()


def _drawn(p: Picture, row: Reach, y: float, width: float) -> None:
    ranged = math.isfinite(row.low) and math.isfinite(row.high)
    first, last = row.scale if math.isfinite(row.scale[0]) else (row.low, row.high)

    def across(value: float) -> float:
        return 4 + (width - 8) * ((value - first) / (last - first) if last > first else 0.5)

    p.text(0, y + 13, cut(row.words, width - breadth(row.said, 15, True) - 10, 14.5), 14.5)
    p.text(width, y + 13, row.said, 15, anchor="end", weight="650")
    p.rect(0, y + 22, width, 10, "panel", 2)
    if ranged:
        left, right = sorted((across(row.low), across(row.high)))
        p.rect(left, y + 22, max(right - left, 1.5), 10, row.ink, 2)
    if row.zero:
        p.line(across(0.0), y + 19, across(0.0), y + 35, "soft")
    at = across(row.value) if ranged or math.isfinite(row.scale[0]) else width / 2
    p.line(at, y + 18, at, y + 36, "ground", 5)
    p.line(at, y + 18, at, y + 36, "ink", 2.6)
    if ranged:
        _ends(p, (across(row.low), row.ends[0]), (across(row.high), row.ends[1]), y + 46, width)


def _ends(p: Picture, low: tuple[float, str], high: tuple[float, str], y: float, width: float) -> None:
    """Write the ends of a bar under it: each at its own where there is room, else both in one line."""
    if low[1] == high[1]:
        return
    if abs(high[0] - low[0]) > breadth(low[1], _SIZE) + breadth(high[1], _SIZE) + 24:
        (left, first), (right, last) = sorted((low, high))
        p.text(left, y, first, _SIZE, "soft")
        p.text(right, y, last, _SIZE, "soft", "end")
        return
    words = f"{low[1]} to {high[1]}"
    half = breadth(words, _SIZE) / 2 + 2
    p.text(min(max((low[0] + high[0]) / 2, half), width - half), y, words, _SIZE, "soft", "middle")
