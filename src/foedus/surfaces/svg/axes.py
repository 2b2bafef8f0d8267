"""Axes: numbers of a column on a canvas, round ticks, and words for them that say their unit and never touch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from foedus.surfaces.svg.lettering import SMALL, breadth, wrapped
from foedus.surfaces.svg.pen import Picture, Scale
from foedus.vocabulary.tables import Cell, Column, Table, written

_LARGEST: Final = 1e150
"""Numbers beyond it are skipped: their differences could not be worked out."""
_WIDEST: Final = 84.0
"""Room of the words of a number; longer ones are written as powers of ten."""


def real(value: Cell) -> float | None:
    """Return a cell as a number that can be drawn, None where it is none: empty, words, yes or no, not finite."""
    if value is None or isinstance(value, bool | str) or not abs(value) <= _LARGEST:
        return None
    return float(value)


def column(table: Table, name: str) -> Column:
    """Return a column by name, an empty one where there is none."""
    return next((c for c in table.columns if c.name == name), Column(name))


def spoken(value: Cell, form: str, size: float = SMALL) -> str:
    """Return a cell in the form of its column, as a power of ten where that would take too much room."""
    words = written(value, form)
    at = real(value)
    return f"{at:.2g}" if at is not None and breadth(words, size) > _WIDEST else words


def span(values: Iterable[float], form: str, floor: float | None = 0.0) -> tuple[float, float]:
    """Return the ends of an axis: shares start at 0 % and, where one exceeds a half, end at 100 %.

    Parameters
    ----------
    values : iterable of float
    form : str
        Form of the column.
    floor : float or None
        A value that lies on the axis too.
    """
    known = [*values, *([] if floor is None else [floor])] or [0.0]
    low, high = min(known), max(known)
    if form == "percent":
        low, high = min(low, 0.0), 1.0 if 0.5 < high <= 1 else high
    if high <= low:
        room = abs(high) * 0.1 or 1.0
        low, high = (low, high + room) if floor is not None and low == floor else (low - room, high + room)
    return low, high


def round_ticks(low: float, high: float, wanted: int, whole: bool = False) -> list[float]:
    """Return round numbers between two ends, about as many as wanted, never more than one above it."""
    raw = (high - low) / max(wanted, 1)
    if not raw > 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(raw))
    if not power > 0:  # two ends so near each other that no round number lies between them
        return [low]
    step = next(s * power for s in (1, 2, 5, 10, 20) if s * power >= raw * (1 - 1e-9))
    step = max(round(step), 1) if whole else step
    first = math.ceil(low / step - 1e-9)
    return [k * step for k in range(first, first + wanted + 2) if k * step <= high + step * 1e-6]


def tick_words(ticks: Sequence[float], form: str) -> list[str]:
    """Return the words of ticks in the form of a column, with the digits that tell them apart."""
    step = min((b - a for a, b in itertools.pairwise(ticks)), default=abs(ticks[0]) if ticks else 1.0) or 1.0
    scale = 100.0 if form in ("percent", "points") else 1.0
    digits = max(0, -math.floor(math.log10(step * scale) + 1e-9))
    large = max((abs(t) * scale for t in ticks), default=0.0)
    figures = max(1, math.floor(math.log10(large / (step * scale)) + 1e-9) + 2) if large > 0 else 1
    found = []
    for t in ticks:
        v = t * scale
        if large >= 1e6 or digits > 4:
            words = f"{v:.{figures}g}" if v else "0"
        elif form == "year":
            words = f"{v:.{digits}f}"
        else:
            words = f"{v:,.{digits}f}"
        words = "0" if float(words.replace(",", "")) == 0 else words
        sign = "+" if form in ("signed", "points") and v > 0 and words != "0" else ""
        found.append(f"{sign}{words} %" if form == "percent" else f"{sign}{words}")
    return found


def ticks_that_fit(scale: Scale, form: str, width: float, most: int = 6) -> list[tuple[float, str, float]]:
    """Return the ticks of an axis across with their words and the middles of those, as many as do not touch."""
    found: list[tuple[float, str, float]] = []
    for wanted in range(most, 0, -1):
        places = round_ticks(scale.low, scale.high, wanted, form in ("year", "whole"))
        words = tick_words(places, form)
        halves = [breadth(w, SMALL) / 2 for w in words]
        middles = [min(max(scale(t), h), width - h) for t, h in zip(places, halves, strict=True)]
        found = list(zip(places, words, middles, strict=True))
        if all(middles[k + 1] - middles[k] >= halves[k] + halves[k + 1] + 8 for k in range(len(places) - 1)):
            return found
    return found[:1]


def axis_height(words: str, width: float) -> float:
    """Return how much room an axis with these words takes below its marks."""
    return 26.0 + 15.0 * len(wrapped(words, width, SMALL))


def across(p: Picture, scale: Scale, top: float, bottom: float, form: str, words: str, strong: float | None) -> None:
    """Draw an axis across: lines from top to bottom, numbers below, what they are below those.

    Parameters
    ----------
    p : Picture
    scale : Scale
    top, bottom : float
    form, words : str
        Form of the numbers, and what stands under them.
    strong : float or None
        The value whose line is drawn in ink.
    """
    for t, label, middle in ticks_that_fit(scale, form, p.width, 6 if scale.end - scale.start > 300 else 4):
        p.line(scale(t), top, scale(t), bottom, "hair")
        p.text(middle, bottom + 16, label, SMALL, "soft", "middle")
    if strong is not None and scale.low <= strong <= scale.high:
        p.line(scale(strong), top, scale(strong), bottom, "ink", 1.2)
    for k, line in enumerate(wrapped(words, p.width, SMALL)):
        p.text(p.width, bottom + 32 + 15 * k, line, SMALL, "soft", "end")


def under_axis(found: Column, options: Mapping[str, Any]) -> str:
    """Return what stands under an axis: the words a chart asks for, or the head of the column and its unit."""
    if options.get("unit"):
        return str(options["unit"])
    if found.form == "points":
        return f"{found.words}, percentage points"
    unit = found.unit if found.unit not in ("", "1", "0-1", "probability", "share") or found.form != "percent" else ""
    return f"{found.words}, {unit}" if unit and unit not in found.words else found.words


def whisker(p: Picture, scale: Scale, low: float, high: float, y: float, ink: str, width: float = 1.4) -> None:
    """Draw a range across; an arrow stands where it goes on beyond the axis."""
    left, right = max(low, scale.low), min(high, scale.high)
    if left > right:
        return
    p.line(scale(left), y, scale(right), y, ink, width)
    for beyond, end, side in ((low < scale.low, left, 1), (high > scale.high, right, -1)):
        if beyond:
            p.path(f"M{scale(end):.2f},{y:.2f} l{5 * side},-3.5 l0,7 Z", fill=ink)
