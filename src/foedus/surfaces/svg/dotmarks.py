"""Dots: one per series and label with its range, and strips in which every draw is a dot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.surfaces.svg.axes import across, axis_height, column, real, spoken, under_axis, whisker
from foedus.surfaces.svg.barmarks import ends, ranged, said
from foedus.surfaces.svg.inks import INKS, parted
from foedus.surfaces.svg.lettering import SMALL, breadth, widest
from foedus.surfaces.svg.pen import Picture, Scale
from foedus.surfaces.svg.rows import ink_for, key, key_height, laid
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, written

_SHAPES = ("circle", "square", "diamond", "triangle", "ring", "cross", "plus", "bar")


def shape(p: Picture, which: int, x: float, y: float, ink: str, tip: str = "", size: float = 5.2) -> None:
    """Draw one of eight shapes around a point, so that series are told apart without hues."""
    r, ink = size, parted(ink)[0]
    match _SHAPES[which % len(_SHAPES)]:
        case "circle":
            p.circle(x, y, r, ink, "ground", 1.3, tip)
        case "square":
            p.rect(x - r * 0.88, y - r * 0.88, 1.76 * r, 1.76 * r, ink, 1, tip)
        case "diamond":
            p.path(_closed(x, y, ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)), r), "ground", 1, ink, tip=tip)
        case "triangle":
            p.path(_closed(x, y, ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)), r), "ground", 1, ink, tip=tip)
        case "ring":
            p.circle(x, y, r - 0.8, "ground", ink, 2, tip)
        case "cross":
            cross = f"M{x - r:.2f},{y - r:.2f} l{2 * r:.2f},{2 * r:.2f} m0,{-2 * r:.2f} l{-2 * r:.2f},{2 * r:.2f}"
            p.path(cross, ink, 2.2, tip=tip)
        case "plus":
            p.path(f"M{x - r:.2f},{y:.2f} h{2 * r:.2f} M{x:.2f},{y - r:.2f} v{2 * r:.2f}", ink, 2.4, tip=tip)
        case _:
            p.rect(x - 1.6, y - r * 1.2, 3.2, 2.4 * r, ink, 1, tip)


def _closed(x: float, y: float, corners: Sequence[tuple[float, float]], r: float) -> str:
    return "M" + "L".join(f"{x + a * r:.2f},{y + b * r:.2f}" for a, b in corners) + "Z"


@dataclass(frozen=True)
class _Dot:
    place: int
    series: str
    value: float
    words: str
    reach: tuple[float, float] | None
    ink: str
    filled: bool


def dots(chart: Chart, width: float) -> str:
    """Return one row per label with one dot per series.

    Parameters
    ----------
    chart : Chart
        ``y`` labels, ``x`` numbers, ``series`` a column that tells dots apart or a tuple of columns of numbers, ``low``
        and ``high`` a range, ``colour`` with ``inks`` inks by value where there is one series. Options: ``ranges``
        (for wide tables, column to its two columns of a range), ``beside`` (column written at the right end), ``filled``
        (column of yes or no: no leaves a dot empty), ``tick`` (column drawn as an upright mark), ``join`` (a faint line
        through the dots of a row), ``base`` and ``base_words`` (an upright line and what it is), ``unit``, ``ends``.
    width : float

    Returns
    -------
    str
        SVG, empty without numbers.
    """
    wide = not isinstance(chart.series, str)
    numbers = column(chart.table, chart.series[0] if wide and chart.series else chart.x)
    names = _series(chart)
    found = _gathered(chart, names, numbers)
    if not found:
        return ""
    base = real(chart.options.get("base"))
    tick = str(chart.options.get("tick", ""))
    ticks = {label: at for label, row in _first(chart).items() if (at := real(row.get(tick))) is not None}
    values = [v for row in found.values() for d in row for v in (d.value, *(d.reach or ()))]
    floor = base if base is not None else 0.0 if min(values) >= 0 else None
    low, high = ends(chart, [*values, *ticks.values()], numbers.form, floor)
    beside = column(chart.table, str(chart.options.get("beside", "")))
    alone = len(names) < 2 and not beside.name
    right = {label: _beside(chart, label, beside, row, alone) for label, row in found.items()}
    head = beside.words if beside.name else ""
    room = max(widest(list(right.values()), SMALL), breadth(head, SMALL)) + 10 if any(right.values()) else 0.0
    signs = _signs(chart, names, found, tick)
    top = key_height([w for w, _, _ in signs], width) + (16 if head else 2)
    frame = laid(width, list(found), 16, top, (6, 8), room)
    shared = numbers.unit if wide and len(names) > 1 else under_axis(numbers, {})
    under = str(chart.options.get("unit") or shared)
    spoke = [(label, ", ".join(f"{d.series} {d.words}".strip() for d in row)) for label, row in found.items()]
    p = Picture(width, frame.bottom + axis_height(under, width), chart.title, said(spoke))
    x = Scale(low, high, frame.left, frame.right)
    across(p, x, top - 2, frame.bottom, numbers.form, under, 0.0 if base is None else base)
    key(p, [w for w, _, _ in signs], lambda k, at, y: _sign(p, signs[k][1], signs[k][2], at + 11, y))
    p.text(width, top - 5, head, SMALL, "soft", "end")
    for k, (label, row) in enumerate(found.items()):
        y = frame.tops[k] + 8
        frame.label(p, k)
        p.text(width, y + 4, right[label], SMALL, "ink", "end")
        _row(p, x, y, row, chart.options.get("join") is True)
        if label in ticks:
            at = x(min(max(ticks[label], low), high))
            p.line(at, y - 8, at, y + 8, "ink", 1.6)
    return p.svg()


def _series(chart: Chart) -> list[str]:
    if not isinstance(chart.series, str):
        return list(chart.series)
    if not chart.series:
        return [""]
    return list(dict.fromkeys(written(v, "") for v in chart.table.column(chart.series)))


def _first(chart: Chart) -> dict[str, dict[str, Cell]]:
    """Return the first row of each label."""
    found: dict[str, dict[str, Cell]] = {}
    for row in chart.table:
        found.setdefault(written(row.get(chart.y), column(chart.table, chart.y).form), row)
    return found


def _gathered(chart: Chart, names: list[str], numbers: Column) -> dict[str, list[_Dot]]:
    """Return the dots of each label."""
    found: dict[str, list[_Dot]] = {}
    ranges: Mapping[str, tuple[str, str]] = chart.options.get("ranges", {})
    full = str(chart.options.get("filled", ""))
    for row in chart.table:
        label = written(row.get(chart.y), column(chart.table, chart.y).form)
        filled = row.get(full) is not False
        for n, name in enumerate(names):
            one = isinstance(chart.series, str)
            if one and chart.series and written(row.get(str(chart.series)), "") != name:
                continue
            value = real(row.get(chart.x if one else name))
            if value is None:
                continue
            if one or (n == 0 and not ranges):
                reach = ranged(chart, row)
            else:
                low, high = (real(row.get(c)) for c in ranges.get(name, ("", "")))
                reach = None if low is None or high is None else (min(low, high), max(low, high))
            held = column(chart.table, name)
            ink = ink_for(chart.inks, name, (held.ink if not one else "") or INKS[n % len(INKS)])
            if chart.colour:
                ink = ink_for(chart.inks, row.get(chart.colour), ink)
            words = spoken(value, numbers.form if one else held.form)
            found.setdefault(label, []).append(_Dot(n, name if one else held.words, value, words, reach, ink, filled))
    return found


def _beside(chart: Chart, label: str, beside: Column, row: list[_Dot], alone: bool) -> str:
    if beside.name:
        return spoken(_first(chart)[label].get(beside.name), beside.form, SMALL)
    return row[0].words if alone else ""


def _signs(chart: Chart, names: list[str], found: Mapping[str, list[_Dot]], tick: str) -> list[tuple[str, int, str]]:
    """Return the entries of the key: words, number of the shape (-1 for an upright line) and ink."""
    every = [d for row in found.values() for d in row]
    signs: list[tuple[str, int, str]] = []
    if len(names) > 1:
        words = [n if isinstance(chart.series, str) else column(chart.table, n).words for n in names]
        inks = {d.series: d.ink for d in every}
        signs = [(w, k, inks[w]) for k, w in enumerate(words) if w in inks]
    elif chart.colour and chart.colour != chart.y:
        held = column(chart.table, chart.colour)
        values = dict.fromkeys(r.get(chart.colour) for r in chart.table)
        said_so = [v if isinstance(v, str) else f"{held.words}: {written(v, held.form)}" for v in values]
        signs = [(words, 0, ink_for(chart.inks, v, INKS[0])) for words, v in zip(said_so, values, strict=True)]
    if tick:
        signs.append((column(chart.table, tick).words, -1, "ink"))
    if chart.options.get("base_words"):
        signs.append((str(chart.options["base_words"]), -1, "ink"))
    return signs


def _sign(p: Picture, which: int, ink: str, x: float, y: float) -> None:
    if which < 0:
        p.line(x, y - 7, x, y + 7, ink, 1.6)
    else:
        shape(p, which, x, y, ink)


def _row(p: Picture, x: Scale, y: float, row: list[_Dot], join: bool) -> None:
    places = [x(min(max(d.value, x.low), x.high)) for d in row]
    if join and len(row) > 1:
        p.line(min(places), y, max(places), y, "faint")
    shown = [d for d in row if d.reach]
    for d in shown:
        off = 3.4 * (shown.index(d) - (len(shown) - 1) / 2) if len(shown) > 1 else 0.0
        if d.reach:
            whisker(p, x, *d.reach, y + off, parted(d.ink)[0], 1.5)
    for d, at in zip(reversed(row), reversed(places), strict=True):
        if d.filled:
            shape(p, d.place, at, y, d.ink, f"{d.series} {d.words}".strip())
        else:
            p.circle(at, y, 4.4, "ground", d.ink, 2, f"{d.series} {d.words}".strip())


def strip(chart: Chart, width: float) -> str:
    """Return every draw of each row as a dot, fifty of them, with the default and the quantiles as marks.

    Parameters
    ----------
    chart : Chart
        ``y`` labels, ``x`` the default (a triangle, and the number at the right end), ``low`` and ``high`` a range,
        ``colour`` with ``inks`` the ink of a row. Options: ``draws`` (label to numbers), ``median`` (a column; worked
        out from the draws otherwise), ``light`` (thin ticks on a line instead of stacks), ``base`` and ``base_words`` (a
        line), ``sides`` (two inks: of draws below the base, and of the others), ``strong`` (label to set in bold), ``default_words`` and ``median_words`` (what the triangle
        and the tick are), ``unit``, ``ends``.
    width : float

    Returns
    -------
    str
        SVG, empty without numbers.
    """
    numbers, base = column(chart.table, chart.x), real(chart.options.get("base"))
    labels = column(chart.table, chart.y)
    rows: list[tuple[str, dict[str, Cell], list[float]]] = []
    for row in chart.table:
        label = written(row.get(chart.y), labels.form)
        drawn = sorted(v for d in chart.options.get("draws", {}).get(label, ()) if (v := real(d)) is not None)
        if drawn or real(row.get(chart.x)) is not None:
            rows.append((label, row, drawn))
    if not rows:
        return ""
    every = (v for _, row, drawn in rows for v in (*drawn, real(row.get(chart.x)), *(ranged(chart, row) or ())))
    values = [v for v in every if v is not None]
    low, high = ends(chart, values, numbers.form, base if base is not None else 0.0 if min(values) >= 0 else None)
    if numbers.form == "percent" and high <= 1 and not chart.options.get("ends"):
        high = 1.0  # chances are compared over the whole scale
    light = chart.options.get("light") is True
    words = [spoken(row.get(chart.x), numbers.form, 13) for _, row, _ in rows]
    signs = [
        str(chart.options.get("default_words") or "default parameters"),
        str(chart.options.get("median_words") or ("median, and the range" if chart.low else "median of the draws")),
    ]
    signs += [str(chart.options["base_words"])] if chart.options.get("base_words") else []
    top = key_height(signs, width) + 2
    room = widest(words, 13, bold=True) + 12
    frame = laid(width, [label for label, _, _ in rows], 26 if light else 54, top, (6, 8), room)
    under = under_axis(numbers, chart.options)
    spoke = [(r[0], f"{w} ({_middle(chart, r)})") for r, w in zip(rows, words, strict=True)]
    p = Picture(width, frame.bottom + axis_height(under, width), chart.title, said(spoke))
    x = Scale(low, high, frame.left, frame.right)
    across(p, x, top, frame.bottom, numbers.form, under, base)
    key(p, signs, lambda k, at, y: _strip_sign(p, k, at, y))
    for k, (label, row, drawn) in enumerate(rows):
        frame.label(p, k, "600" if label == chart.options.get("strong") else "")
        ink = ink_for(chart.inks, row.get(chart.colour), INKS[0]) if chart.colour else numbers.ink or INKS[0]
        y = frame.tops[k] + (14 if light else 42)
        p.text(width, y + (4 if light else -14), words[k], 13, "ink", "end", "600")
        _drawn(p, x, y, drawn, ink, chart, light)
        _marks(p, x, y, chart, row, drawn, ink)
    return p.svg()


def _middle(chart: Chart, found: tuple[str, dict[str, Cell], list[float]]) -> str:
    numbers, (_, row, drawn) = column(chart.table, chart.x), found
    median, reach = _median(chart, row, drawn), ranged(chart, row)
    said_median = f"median {spoken(median, numbers.form)}" if median is not None else "no draws"
    return said_median + (f", {spoken(reach[0], numbers.form)} to {spoken(reach[1], numbers.form)}" if reach else "")


def _median(chart: Chart, row: Mapping[str, Cell], drawn: Sequence[float]) -> float | None:
    known = real(row.get(str(chart.options.get("median", ""))))
    return known if known is not None or not drawn else drawn[len(drawn) // 2]


def _drawn(p: Picture, x: Scale, y: float, drawn: Sequence[float], ink: str, chart: Chart, light: bool) -> None:
    """Draw fifty quantiles, stacked like a histogram that can be counted; stacks too tall are pressed together."""
    if not drawn:
        return
    sides, base = chart.options.get("sides"), real(chart.options.get("base")) or 0.0
    count = min(50, len(drawn))
    sample = [drawn[min(len(drawn) - 1, int((k + 0.5) / count * len(drawn)))] for k in range(count)]
    stacks: dict[int, list[str]] = {}
    cell, edge = 5.2, math.floor((x.end - x.start) / 5.2)
    for v in (v for v in sample if x.low <= v <= x.high):
        tone = (sides[0] if v < base else sides[1]) if sides else ink
        stacks.setdefault(min(round((x(v) - x.start) / cell), edge), []).append(tone)
        if light:
            p.line(x(v), y - 6, x(v), y + 2, tone, 1.1)
    for at, tones in () if light else sorted(stacks.items()):
        rise = min(4.3, 34.0 / len(tones))
        for level, tone in enumerate(tones):
            p.circle(x.start + at * cell, y - 4 - level * rise, 2.1, tone, opacity=0.75)


def _marks(
    p: Picture, x: Scale, y: float, chart: Chart, row: Mapping[str, Cell], drawn: Sequence[float], ink: str
) -> None:
    reach, median, default = ranged(chart, row), _median(chart, row, drawn), real(row.get(chart.x))
    p.line(x.start, y, x.end, y, "hair")
    if reach:
        whisker(p, x, *reach, y, ink, 1.6)
    if median is not None and x.low <= median <= x.high:
        p.line(x(median), y - 4, x(median), y + 4, ink, 2.6)
    if default is not None and x.low <= default <= x.high:
        tip = f"default {spoken(default, column(chart.table, chart.x).form)}"
        p.path(f"M{x(default):.2f},{y + 2:.2f} l4.5,8 l-9,0 Z", fill="ink", tip=tip)


def _strip_sign(p: Picture, which: int, x: float, y: float) -> None:
    if which == 0:
        p.path(f"M{x + 11:.2f},{y - 4:.2f} l4.5,8 l-9,0 Z", fill="ink")
    elif which == 1:
        p.line(x + 1, y, x + 21, y, "blue", 1.6)
        p.line(x + 11, y - 4, x + 11, y + 4, "blue", 2.6)
    else:
        p.line(x + 11, y - 7, x + 11, y + 7, "ink", 1.4)
