"""Lines over a scale: series with bands, words at their ends where there is room, a key otherwise."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.surfaces.svg.axes import axis_height, column, real, round_ticks, span, spoken, tick_words, under_axis
from foedus.surfaces.svg.barmarks import said
from foedus.surfaces.svg.dotmarks import shape
from foedus.surfaces.svg.inks import DASHES, INKS, parted
from foedus.surfaces.svg.lettering import SMALL, breadth, cut, widest, wrapped
from foedus.surfaces.svg.pen import Picture, Scale, polyline
from foedus.surfaces.svg.rows import NARROW, ink_for, key, key_height
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, written

Point = tuple[float, float, float | None, float | None, float | None]
"""Along, up, low, high and weight of a point."""


@dataclass(frozen=True)
class _Line:
    name: str
    ink: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class _Place:
    """A direction of a picture: from a value to the canvas, and its ticks with their words."""

    scale: Scale
    log: bool
    ticks: tuple[tuple[float, str], ...]

    def __call__(self, value: float) -> float:
        return self.scale(math.log10(value) if self.log else value)


def lines(chart: Chart, width: float) -> str:
    """Return one line per series over a scale.

    Parameters
    ----------
    chart : Chart
        ``x`` the scale (numbers, or words in the order of the rows), ``y`` the numbers, ``series`` a column that tells
        lines apart or a tuple of columns of numbers, ``low`` and ``high`` a band, ``inks`` by series. Options: ``even``
        (equal steps), ``shaded`` and ``shaded_words`` (a column of yes or no whose places are shaded, and what for),
        ``log`` (``x``, ``y``, ``xy``; True is ``y``), ``unit`` and ``unit_up`` (words under the axis and above the other
        one), ``points`` (dots on lines), ``join`` (False for points without lines), ``size`` (a column whose numbers are the areas
        of the points), ``step`` (values hold until the next), ``stacked`` (areas on top of each other instead of lines), ``diagonal`` (the line on which both are equal), ``ends`` (of
        the axis up), ``ends_along``, ``tall`` (height of the plot), ``upright`` (a place along, between others where it is none of them, and its words).
    width : float

    Returns
    -------
    str
        SVG, empty without numbers.
    """
    log = {True: "y", None: "", False: ""}.get(chart.options.get("log"), chart.options.get("log")) or ""
    places, at = _along(chart, log)
    found = [s for s in _gathered(chart, at, log) if s.points]
    if not found:
        return ""
    up, along = _up(chart), column(chart.table, chart.x)
    spoke = _spoken(found, up.form)
    stacked = bool(chart.options.get("stacked")) and "y" not in log
    found = _stacked(found) if stacked else found
    named = [s for s in found if s.name]
    tall = float(chart.options.get("tall", 230.0))
    direct = _direct(named, width, tall)
    room = widest([s.name for s in named], SMALL, True) + 12 if direct else 6.0
    entries = [] if direct else [(s.name, k) for k, s in enumerate(found) if s.name]
    shaded = str(chart.options.get("shaded", ""))
    if shaded:
        entries.append((str(chart.options.get("shaded_words") or column(chart.table, shaded).words), -1))
    keyed = [words for words, _ in entries]
    heads = wrapped(str(chart.options.get("unit_up") or under_axis(up, {})), width, SMALL, 2)
    top = key_height(keyed, width) + 15.0 * len(heads) + 12
    below, edges = _up_scale(chart, found, up.form, "y" in log, (top + tall, top))
    left = widest([w for _, w in edges], SMALL) + 8
    under = under_axis(along, chart.options)
    p = Picture(width, top + tall + axis_height(under, width), chart.title, said(spoke))
    y = _Place(below, "y" in log, tuple(edges))
    x = _along_scale(chart, found, places, (left, width - room), width)
    _ground(p, chart, x, y, at, heads, top)
    for k, line in enumerate(wrapped(under, width, SMALL)):
        p.text(width, top + tall + 33 + 15 * k, line, SMALL, "soft", "end")
    sort = "area" if stacked else "points" if chart.options.get("join") is False else "line"
    key(p, keyed, lambda k, a, b: _sign(p, found, entries[k][1], (a, b), sort))
    _bands(p, x, y, found, "0.55" if stacked else "0.16", bool(stacked and chart.options.get("step")))
    for k, s in enumerate(found if not stacked else ()):
        _draw(p, x, y, k, s, chart, up.form)
    if direct:
        _at_the_ends(p, x, y, named, width - room + 8, (top, top + tall))
    return p.svg()


def _up(chart: Chart) -> Column:
    return column(chart.table, chart.y if isinstance(chart.series, str) or not chart.series else chart.series[0])


def _along(chart: Chart, log: str) -> tuple[list[tuple[float, str]], dict[Cell, float]]:
    """Return the places along with their words, empty where numbers stand where they are, and the place of each value."""
    held = column(chart.table, chart.x)
    values = list(dict.fromkeys(r.get(chart.x) for r in chart.table))
    numbers = [v for v in values if real(v) is not None and not ("x" in log and (real(v) or 0) <= 0)]
    if any(isinstance(v, str) for v in values) or chart.options.get("even"):
        kept = values if any(isinstance(v, str) for v in values) else sorted(numbers, key=lambda v: real(v) or 0.0)
        kept = [v for v in kept if v is not None and v == v]
        return [(float(k), spoken(v, held.form)) for k, v in enumerate(kept)], {v: float(k) for k, v in enumerate(kept)}
    return [], {v: math.log10(float(v)) if "x" in log else float(v) for v in numbers}  # type: ignore[arg-type]


def _gathered(chart: Chart, at: dict[Cell, float], log: str) -> list[_Line]:
    wide = not isinstance(chart.series, str)
    names = list(chart.series) if wide else [""]
    if not wide and chart.series:
        names = list(dict.fromkeys(written(v, "") for v in chart.table.column(str(chart.series))))
    found = []
    for n, name in enumerate(names):
        points: list[Point] = []
        for r in chart.table:
            if not wide and chart.series and written(r.get(str(chart.series)), "") != name:
                continue
            v = real(r.get(name if wide else chart.y))
            if v is None or r.get(chart.x) not in at or ("y" in log and v <= 0):
                continue
            low, high = (None, None) if wide else (real(r.get(chart.low)), real(r.get(chart.high)))
            if low is None or high is None or ("y" in log and min(low, high) <= 0):
                low = high = None
            else:
                low, high = min(low, high), max(low, high)
            points.append((at[r.get(chart.x)], v, low, high, real(r.get(str(chart.options.get("size", ""))))))
        held = column(chart.table, name)
        ink = ink_for(chart.inks, name, (held.ink if wide else "") or INKS[n % len(INKS)])
        ordered = points if chart.options.get("join") is False else sorted(points, key=lambda q: q[0])
        found.append(_Line(held.words if wide else name, parted(ink)[0], tuple(ordered)))
    return found


def _direct(named: Sequence[_Line], width: float, tall: float) -> bool:
    """Return whether words stand at the ends of the lines: on wide canvases, for a few lines with short names."""
    if width < NARROW or not named or len(named) * 16 > tall:
        return False
    return widest([s.name for s in named], SMALL, True) + 12 <= 0.36 * width


def _up_scale(
    chart: Chart, found: Sequence[_Line], form: str, log: bool, place: tuple[float, float]
) -> tuple[Scale, list[tuple[float, str]]]:
    values = [v for s in found for q in s.points for v in q[1:4] if v is not None]
    asked = chart.options.get("ends")
    if log:
        least = math.floor(math.log10(min(values)) + 1e-9)
        most = max(math.ceil(math.log10(max(values)) - 1e-9), least + 1)
        every = max(1, -(-(most - least) // 6))
        powers = range(least, most + 1, every)
        return Scale(least, most, *place), [(float(k), spoken(10.0**k, form)) for k in powers]
    floor = 0.0 if min(values) >= 0 and form != "year" else None
    low, high = (float(asked[0]), float(asked[1])) if asked else span(values, form, floor)
    ticks = round_ticks(low, high, 5, form in ("year", "whole"))
    return Scale(low, high, *place), list(zip(ticks, tick_words(ticks, form), strict=True))


def _along_scale(
    chart: Chart, found: Sequence[_Line], places: list[tuple[float, str]], ends: tuple[float, float], width: float
) -> _Place:
    held = column(chart.table, chart.x)
    values = [q[0] for s in found for q in s.points]
    log = str(chart.options.get("log") or "")
    asked = chart.options.get("ends_along")
    low, high = (float(asked[0]), float(asked[1])) if asked else (min(values), max(values))
    if not places and not asked and "x" not in log and held.form == "percent":
        low, high = span(values, "percent")
    if places:
        low, high = places[0][0], places[-1][0]
    if high <= low:
        low, high = low - 0.5, high + 0.5
    scale = Scale(low, high, ends[0] + 6, ends[1] - 6)
    if places:
        return _Place(scale, False, tuple(places))
    for wanted in range(9 if width >= NARROW else 5, 0, -1):
        ticks = round_ticks(low, high, wanted, held.form in ("year", "whole") or "x" in log)
        words = [spoken(10.0**t, held.form) for t in ticks] if "x" in log else tick_words(ticks, held.form)
        found_ticks = tuple(zip(ticks, words, strict=True))
        if len(_clear(scale, found_ticks, width)) == len(ticks):
            break
    return _Place(scale, False, found_ticks)


def _clear(scale: Scale, ticks: Sequence[tuple[float, str]], width: float) -> list[tuple[float, str, float]]:
    """Return the ticks whose words do not touch those before them, with the middles of their words."""
    kept: list[tuple[float, str, float]] = []
    edge = -math.inf
    for t, words in ticks:
        words = cut(words, 120, SMALL)
        half = breadth(words, SMALL) / 2
        middle = min(max(scale(t), half), width - half)
        if middle - half >= edge + 6:
            kept.append((t, words, middle))
            edge = middle + half
    return kept


def _ground(
    p: Picture, chart: Chart, x: _Place, y: _Place, at: dict[Cell, float], heads: Sequence[str], top: float
) -> None:
    """Draw what stands behind the lines: shaded places, ticks, axes and the diagonal."""
    bottom = y.scale.start
    shaded = str(chart.options.get("shaded", ""))
    marked = sorted({at[r.get(chart.x)] for r in chart.table if r.get(shaded) is True and r.get(chart.x) in at})
    every = sorted(at.values())
    gap = min((b - a for a, b in itertools.pairwise(every) if b > a), default=x.scale.high - x.scale.low)
    for v in marked:
        left, right = max(x(v - gap / 2), x.scale.start - 6), min(x(v + gap / 2), x.scale.end + 6)
        if right > left:
            p.rect(left, top, right - left, bottom - top, "foe", opacity=0.55)
    for t, words in y.ticks:
        p.line(x.scale.start - 6, y.scale(t), x.scale.end + 6, y.scale(t), "ink" if t == 0 and not y.log else "hair")
        p.text(x.scale.start - 12, y.scale(t) + 4, words, SMALL, "soft", "end")
    for t, words, middle in _clear(x.scale, x.ticks, p.width):
        p.line(x(t), bottom, x(t), bottom + 4, "faint")
        p.text(middle, bottom + 18, words, SMALL, "soft", "middle")
    for k, head in enumerate(heads):
        p.text(0, top - 10 - 15 * (len(heads) - 1 - k), head, SMALL, "soft")
    if chart.options.get("upright"):
        value, words = chart.options["upright"]
        along = x(_between(sorted((float(v), a) for v, a in at.items() if isinstance(v, (int, float))), float(value)))
        p.line(along, top - 4, along, bottom, "ink", 1.4, "2 3")
        after = along + 6 + breadth(str(words), SMALL) < x.scale.end
        p.text(along + (6 if after else -6), top + 9, str(words), SMALL, "ink", "start" if after else "end")
    if chart.options.get("diagonal"):
        low, high = max(x.scale.low, y.scale.low), min(x.scale.high, y.scale.high)
        if high > low and not y.log:
            p.path(polyline([(x(low), y(low)), (x(high), y(high))]), "faint", 1.2, dash="4 3")


def _between(known: Sequence[tuple[float, float]], value: float) -> float:
    """Return the place of a value between those of its neighbours; at an end where it lies beyond all."""
    if value <= known[0][0]:
        return known[0][1]
    for (low, a), (high, b) in itertools.pairwise(known):
        if value <= high:
            return a + (b - a) * (value - low) / (high - low)
    return known[-1][1]


def _stacked(found: Sequence[_Line]) -> list[_Line]:
    """Return lines each on top of those before it, as bands from the one below; losses count as nothing."""
    below: dict[float, float] = {}
    lifted = []
    for s in found:
        points: list[Point] = []
        for along, value, _, _, weight in s.points:
            low = below.get(along, 0.0)
            below[along] = low + max(value, 0.0)
            points.append((along, (low + below[along]) / 2, low, below[along], weight))
        lifted.append(_Line(s.name, s.ink, tuple(points)))
    return lifted


def _bands(p: Picture, x: _Place, y: _Place, found: Sequence[_Line], opacity: str, step: bool) -> None:
    """Draw what lies between the lower and the upper ends of lines, in steps where values hold until the next."""
    for s in found:
        ranged = [(q[0], q[2], q[3]) for q in s.points if q[2] is not None and q[3] is not None]
        if len(ranged) > 1:
            upper = [(x(a), y(_inside(y, high or 0.0))) for a, _, high in ranged]
            lower = [(x(a), y(_inside(y, low or 0.0))) for a, low, _ in reversed(ranged)]
            if step:
                upper, lower = _steps(upper), _steps(lower[::-1])[::-1]
            p.path(polyline([*upper, *lower]) + "Z", "ground", 0.8, s.ink, tip=s.name, opacity=opacity)
        elif ranged:
            a, low, high = ranged[0]
            p.line(x(a), y(_inside(y, low or 0.0)), x(a), y(_inside(y, high or 0.0)), s.ink, 1.4)


def _steps(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line whose values hold until the next place."""
    return [pt for n, (a, b) in enumerate(points) for pt in (((a, points[n - 1][1]), (a, b)) if n else ((a, b),))]


def _inside(y: _Place, value: float) -> float:
    if y.log:
        return min(max(value, float(10.0**y.scale.low)), float(10.0**y.scale.high))
    return min(max(value, y.scale.low), y.scale.high)


def _draw(p: Picture, x: _Place, y: _Place, k: int, s: _Line, chart: Chart, form: str) -> None:
    kept = [q for q in s.points if x.scale.low <= q[0] <= x.scale.high]
    drawn = [(x(q[0]), y(_inside(y, q[1]))) for q in kept]
    joined = chart.options.get("join") is not False
    if joined and len(drawn) > 1:
        path = drawn
        if chart.options.get("step"):
            path = _steps(drawn)
        p.path(polyline(path), s.ink, 2.2, dash=DASHES[k % len(DASHES)], stroke_linejoin="round")
    most = max((q[4] or 0.0 for q in kept), default=0.0)
    if chart.options.get("points", len(drawn) <= 30) or not joined or len(drawn) == 1:
        for (a, b), q in zip(drawn, kept, strict=True):
            size = 3 + 10 * math.sqrt(max(q[4] or 0.0, 0.0) / most) if most > 0 else 3.4 if joined else 4.6
            shape(p, k, a, b, s.ink, f"{s.name} {spoken(q[1], form)}".strip(), size)


def _at_the_ends(
    p: Picture, x: _Place, y: _Place, named: Sequence[_Line], left: float, room: tuple[float, float]
) -> None:
    """Write the names of lines beside their ends, moved apart where they would touch."""
    wanted = sorted((y(_inside(y, s.points[-1][1])), s.points[-1][0], s.name, s.ink) for s in named)
    places = [w[0] + 4 for w in wanted]
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + 15.5)
    limit = room[1] + 4
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], limit)
        limit = places[k] - 15.5
    for at, (end, along, name, ink) in zip(places, wanted, strict=True):
        p.line(min(x(along), x.scale.end) + 5, end, left - 3, at - 4, "faint", 0.8)
        p.text(left, at, name, SMALL, ink, weight="600")


def _sign(p: Picture, found: Sequence[_Line], at: int, place: tuple[float, float], sort: str) -> None:
    """Draw the sign of an entry of the key: that of a line, points or an area, or, below zero, of what is shaded."""
    x, y = place
    if at < 0 or sort == "area":
        p.rect(x + 2, y - 6, 18, 12, "foe" if at < 0 else found[at].ink, opacity=0.55)
        return
    if sort == "line":
        p.line(x, y, x + 22, y, found[at].ink, 2.4, DASHES[at % len(DASHES)])
    shape(p, at, x + 11, y, found[at].ink, size=3.6)


def _spoken(found: Sequence[_Line], form: str) -> list[tuple[str, str]]:
    """Return each line with its first and last number in words."""
    said_of = []
    for s in found:
        first, last = s.points[0][1], s.points[-1][1]
        words = spoken(first, form) if len(s.points) == 1 else f"from {spoken(first, form)} to {spoken(last, form)}"
        said_of.append((s.name or "Line", words))
    return said_of
