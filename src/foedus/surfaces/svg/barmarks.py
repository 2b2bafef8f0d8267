"""Bars from a base line, and sums stacked both ways."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.surfaces.svg.axes import across, axis_height, column, real, span, spoken, under_axis, whisker
from foedus.surfaces.svg.inks import INKS
from foedus.surfaces.svg.lettering import SMALL, breadth, widest
from foedus.surfaces.svg.pen import Picture, Scale
from foedus.surfaces.svg.rows import ink_for, key, key_height, laid
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, written

Row = Mapping[str, Cell]

_VALUE = SMALL


def ends(chart: Chart, values: list[float], form: str, floor: float | None) -> tuple[float, float]:
    """Return the ends of the axis of a chart: those it asks for, or those that hold the values."""
    asked = chart.options.get("ends")
    return (float(asked[0]), float(asked[1])) if asked else span(values, form, floor)


def said(pairs: list[tuple[str, str]], most: int = 12) -> str:
    """Return labels with their numbers as a sentence for readers who cannot see the picture."""
    listed = "; ".join(f"{label}: {words}" for label, words in pairs[:most])
    return f"{listed}; and {len(pairs) - most} more." if len(pairs) > most else f"{listed}."


def ranged(chart: Chart, row: Row) -> tuple[float, float] | None:
    """Return the range of a row, None where it has none."""
    low, high = real(row.get(chart.low)), real(row.get(chart.high))
    return None if low is None or high is None else (min(low, high), max(low, high))


def _inks(chart: Chart, rows: list[Row]) -> dict[str, str]:
    """Return the ink of each value of the colour column, by its words."""
    values = list(dict.fromkeys(r.get(chart.colour) for r in rows)) if chart.colour else []
    form = column(chart.table, chart.colour)
    return {_worded(v, form): ink_for(chart.inks, v, INKS[k % len(INKS)]) for k, v in enumerate(values)}


def _worded(value: Cell, found: Column) -> str:
    words = written(value, found.form)
    return f"{found.words}: {words}" if isinstance(value, bool | int | float) or value is None else words


def bars(chart: Chart, width: float) -> str:
    """Return one bar per row from a base line, with its number at its end.

    Parameters
    ----------
    chart : Chart
        ``y`` labels, ``x`` numbers, ``low`` and ``high`` a range, ``colour`` with ``inks`` the inks (gains are teal and
        losses vermilion otherwise). Options: ``base`` (number from which bars start, 0), ``base_words`` (what the base
        is, in the key), ``unit`` (words under the axis), ``ends`` (of the axis).
    width : float

    Returns
    -------
    str
        SVG, empty without numbers.
    """
    rows: list[Row] = [r for r in chart.table if real(r.get(chart.x)) is not None]
    if not rows:
        return ""
    base = float(chart.options.get("base", 0.0))
    numbers, labels = column(chart.table, chart.x), column(chart.table, chart.y)
    values = [real(r[chart.x]) or 0.0 for r in rows]
    ranges = [ranged(chart, r) for r in rows]
    low, high = ends(chart, [*values, *(v for r in ranges if r for v in r)], numbers.form, base)
    words = [spoken(r[chart.x], numbers.form, _VALUE) for r in rows]
    ups = [w for w, v in zip(words, values, strict=True) if v >= base]
    downs = [w for w, v in zip(words, values, strict=True) if v < base]
    pads = (widest(downs, _VALUE) + 8 if downs else 0.0, widest(ups, _VALUE) + 8 if ups else 4.0)
    coloured = _inks(chart, rows)
    listed = [] if chart.colour == chart.y else list(coloured)
    keyed = [*listed, *([str(chart.options["base_words"])] if chart.options.get("base_words") else [])]
    top = key_height(keyed, width)
    names = [written(r.get(chart.y), labels.form) for r in rows]
    frame = laid(width, names, 15, top + 2, pads)
    under = under_axis(numbers, chart.options)
    told = said(list(zip(names, words, strict=True)))
    p = Picture(width, frame.bottom + axis_height(under, width), chart.title, told)
    x = Scale(low, high, frame.left, frame.right)
    across(p, x, top, frame.bottom, numbers.form, under, base)
    key(p, keyed, lambda k, at, y: _sign(p, coloured[listed[k]] if k < len(listed) else "", at, y))
    for k, (row, v, reach) in enumerate(zip(rows, values, ranges, strict=True)):
        y = frame.tops[k]
        frame.label(p, k)
        plain = "teal" if v >= base else "vermilion"
        ink = coloured[_worded(row.get(chart.colour), column(chart.table, chart.colour))] if coloured else plain
        at = min(max(v, low), high)
        p.rect(x(base), y, x(at) - x(base), 15, ink, 2, f"{names[k]}: {words[k]}")
        far = [at, *(reach or ())]
        if reach:
            whisker(p, x, *reach, y + 7.5, "ink", 1.3)
        end = min(max(far), high) if v >= base else max(min(far), low)
        p.text(x(end) + (5 if v >= base else -5), y + 12, words[k], _VALUE, "soft", "start" if v >= base else "end")
    return p.svg()


def _sign(p: Picture, ink: str, x: float, y: float) -> None:
    if ink:
        p.rect(x, y - 6, 20, 12, ink, 2)
    else:
        p.line(x + 10, y - 8, x + 10, y + 8, "ink", 1.4)


def stack(chart: Chart, width: float) -> str:
    """Return sums stacked both ways: terms as pieces, the net as a mark with its number, its range as a whisker.

    Parameters
    ----------
    chart : Chart
        ``series`` the columns of the terms (their inks are those of the columns or of ``inks``), ``y`` labels, ``x`` the
        net, ``low`` and ``high`` its range. Options: ``beside`` (column written at the right end), ``unit``, ``ends``.
    width : float

    Returns
    -------
    str
        SVG, empty without terms.
    """
    terms = [column(chart.table, n) for n in ((chart.series,) if isinstance(chart.series, str) else chart.series) if n]
    rows: list[Row] = [r for r in chart.table if any(real(r.get(t.name)) is not None for t in terms)]
    if not rows:
        return ""
    pieces = [[(t, real(r.get(t.name)) or 0.0) for t in terms] for r in rows]
    sums = [sum(v for _, v in row if v * s > 0) for row in pieces for s in (-1, 1)]
    nets = [real(r.get(chart.x)) for r in rows]
    numbers = column(chart.table, chart.x)
    low, high = ends(chart, [*sums, *(n for n in nets if n is not None)], numbers.form, 0.0)
    reach = (high - low) * 0.5  # a range wider than what is stacked is clipped, with an arrow
    for found in (ranged(chart, r) for r in rows):
        if found and not chart.options.get("ends"):
            low, high = min(low, max(found[0], min(sums) - reach)), max(high, min(found[1], max(sums) + reach))
    seen = [t for k, t in enumerate(terms) if any(abs(row[k][1]) >= 0.004 * (high - low) for row in pieces)]
    shown = seen or terms[:1]
    inks = {t.name: chart.inks.get(t.name) or t.ink or INKS[k % len(INKS)] for k, t in enumerate(terms)}
    beside = column(chart.table, str(chart.options.get("beside", "")))
    net_words = ["" if n is None else spoken(n, numbers.form, 12.5) for n in nets]
    side_words = [spoken(r.get(beside.name), beside.form, _VALUE) if beside.name else "" for r in rows]
    heads = (numbers.words if chart.x else "", beside.words if beside.name else "")
    net_room = max(widest(net_words, 12.5, True), breadth(heads[0], SMALL)) + 12 if any(net_words) else 0.0
    side_room = max(widest(side_words, _VALUE), breadth(heads[1], SMALL)) + 10 if beside.name else 0.0
    top = key_height([t.words for t in shown], width) + 18
    names = [written(r.get(chart.y), "") for r in rows]
    frame = laid(width, names, 24, top + 4, (4, 6), net_room + side_room)
    under = under_axis(numbers if chart.x else terms[0], chart.options)
    spoke = [f"net {w}, {_largest(row)}" for w, row in zip(net_words, pieces, strict=True)]
    told = said(list(zip(names, spoke, strict=True)))
    p = Picture(width, frame.bottom + axis_height(under, width), chart.title, told)
    x = Scale(low, high, frame.left, frame.right)
    across(p, x, top, frame.bottom, numbers.form or "signed", under, 0.0)
    key(p, [t.words for t in shown], lambda k, at, y: p.rect(at + 4, y - 6, 14, 12, inks[shown[k].name], 2))
    if net_room:
        p.text(width - side_room - net_room + 12, top - 5, heads[0], SMALL, "soft")
    p.text(width, top - 5, heads[1], SMALL, "soft", "end")
    for k, row in enumerate(rows):
        frame.label(p, k)
        _pieces(p, x, frame.tops[k], [(t, v) for t, v in pieces[k] if t in shown], inks, names[k])
        found = ranged(chart, row)
        if found:
            whisker(p, x, *found, frame.tops[k] + 22, "soft", 1.2)
        net = nets[k]
        if net is not None:
            at = x(min(max(net, low), high))
            p.line(at, frame.tops[k] - 2, at, frame.tops[k] + 21, "ground", 5)
            p.line(at, frame.tops[k] - 2, at, frame.tops[k] + 21, "ink", 2.6)
            tone = "vermilion" if net < 0 else "blue"
            p.text(width - side_room - net_room + 12, frame.tops[k] + 14, net_words[k], 12.5, tone, weight="600")
        p.text(width, frame.tops[k] + 14, side_words[k], _VALUE, "soft", "end")
    return p.svg()


def _largest(row: list[tuple[Column, float]]) -> str:
    """Return the two largest terms of a row in words."""
    ordered = sorted(row, key=lambda item: -abs(item[1]))[:2]
    return ", ".join(f"{t.words} {spoken(v, 'signed')}" for t, v in ordered)


def _pieces(p: Picture, x: Scale, y: float, row: list[tuple[Column, float]], inks: dict[str, str], name: str) -> None:
    for sign in (-1, 1):
        at = 0.0
        for term, v in row:
            if v * sign > 0:
                left, right = (min(max(e, x.low), x.high) for e in (at, at + v))
                tip = f"{name}: {term.words} {spoken(v, 'signed')}"
                p.rect(x(left), y, x(right) - x(left), 18, inks[term.name], tip=tip)
                at += v
