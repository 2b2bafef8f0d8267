"""Grids: one cell per pair, full, ringed, or shaded by a number."""

from __future__ import annotations

from typing import Any

from foedus.surfaces.svg.axes import column, real, spoken
from foedus.surfaces.svg.barmarks import said
from foedus.surfaces.svg.inks import parted
from foedus.surfaces.svg.lettering import SMALL, breadth, cut, widest
from foedus.surfaces.svg.pen import Picture
from foedus.surfaces.svg.rows import key, key_height, laid
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, written

_DARKEST = 0.5
"""Share of the ink at the largest number: letters in ink stay readable on it, light and dark."""


def grid(chart: Chart, width: float) -> str:
    """Return a grid of cells.

    Parameters
    ----------
    chart : Chart
        ``y`` down, ``x`` along. Options: ``filled`` and ``ringed`` (columns of yes or no; in shaded cells a line stands for
        the ring), ``words`` (what a full dot and a ring mean; heads of the columns otherwise), ``value`` (column of numbers that shade a cell and stand in it where
        there is room), ``ink`` (of shades and dots, blue), ``along`` (words above the columns).
    width : float

    Returns
    -------
    str
        SVG, empty without pairs.
    """
    down, along = column(chart.table, chart.y), column(chart.table, chart.x)
    cells: dict[tuple[str, str], dict[str, Cell]] = {}
    for r in chart.table:
        if r.get(chart.y) is not None and r.get(chart.x) is not None:
            cells.setdefault((written(r[chart.y], down.form), written(r[chart.x], along.form)), r)
    if not cells:
        return ""
    names, places = list(dict.fromkeys(a for a, _ in cells)), list(dict.fromkeys(b for _, b in cells))
    signs = _signs(chart)
    flat = [w for w, _ in signs]
    above = key_height(flat, width)
    frame = laid(width, names, 20, 0, (2, 2))
    pitch = (frame.right - frame.left) / len(places)
    shown, head = _heads(places, pitch, frame.left, width)
    upright = any(turned for _, _, turned in shown)
    top = above + head
    frame = laid(width, names, 20, top, (2, 2))
    p = Picture(width, frame.bottom + 4, chart.title, said(_spoken(chart, names, cells)))
    key(p, flat, lambda k, x, y: _sign(p, signs[k][1], x + 11, y, chart))
    for words, x, _ in shown:
        if upright:
            p.add(_turned(x + 4, top - 6, words))
        else:
            p.text(x, top - 6, words, SMALL, "soft", "middle")
    most = max((abs(v) for r in cells.values() if (v := real(r.get(_value(chart)))) is not None), default=0.0)
    for k, name in enumerate(names):
        frame.label(p, k)
        y = frame.tops[k]
        p.line(frame.left, y + 10, frame.right, y + 10, "hair")
        for n, place in enumerate(places):
            if (name, place) in cells:
                _cell(p, chart, cells[name, place], (frame.left + n * pitch, y, pitch), most, f"{name}, {place}")
    return p.svg()


def _value(chart: Chart) -> str:
    return str(chart.options.get("value", ""))


def _signs(chart: Chart) -> list[tuple[str, str]]:
    """Return what stands in the key, with the kind of each sign."""
    words = tuple(chart.options.get("words", ()))
    found = []
    for k, kind in enumerate(("filled", "ringed")):
        name = str(chart.options.get(kind, ""))
        if name:
            found.append((str(words[k]) if k < len(words) else column(chart.table, name).words, kind))
    if _value(chart):
        found.append((column(chart.table, _value(chart)).words, "value"))
    return found


def _sign(p: Picture, kind: str, x: float, y: float, chart: Chart) -> None:
    ink = parted(str(chart.options.get("ink", "blue")))[0]
    if kind == "filled":
        p.circle(x, y, 5, ink)
    elif kind == "ringed" and _value(chart):
        p.rect(x - 10, y + 3, 20, 2.5, "vermilion")
    elif kind == "ringed":
        p.circle(x, y, 6.5, "ground", "vermilion", 1.8)
    else:
        p.rect(x - 10, y - 6, 10, 12, ink, opacity=0.12)
        p.rect(x, y - 6, 10, 12, ink, opacity=_DARKEST)


def _heads(places: list[str], pitch: float, left: float, width: float) -> tuple[list[tuple[str, float, bool]], float]:
    """Return the words above the columns (words, middle, whether upright) and the room they take.

    Words that do not fit beside each other stand upright; numbers are thinned instead, since a reader can count.
    """
    middles = [left + (k + 0.5) * pitch for k in range(len(places))]
    fits = all(breadth(w, SMALL) <= pitch - 6 for w in places)
    if fits:
        return [(w, x, False) for w, x in zip(places, middles, strict=True)], 22.0
    countable = all(w.replace("-", "").replace(",", "").replace(".", "").isdigit() for w in places)
    if not countable and pitch >= 14:
        words = [cut(w, 110, SMALL) for w in places]
        return [(w, x, True) for w, x in zip(words, middles, strict=True)], widest(words, SMALL) + 14
    kept: list[tuple[str, float, bool]] = []
    edge = -1e9
    for w, x in zip(places, middles, strict=True):
        w = cut(w, 110, SMALL)
        half = breadth(w, SMALL) / 2
        x = min(max(x, half), width - half)
        if x - half >= edge + 6:
            kept.append((w, x, False))
            edge = x + half
    return kept, 22.0


def _turned(x: float, y: float, words: str) -> str:
    inner = Picture(0, 0, "", "")
    inner.text(0, 0, words, SMALL, "soft")
    return f'<g transform="translate({x:.2f} {y:.2f}) rotate(-90)">{inner.body()}</g>'


def _cell(
    p: Picture, chart: Chart, row: dict[str, Cell], place: tuple[float, float, float], most: float, name: str
) -> None:
    (left, top, pitch), options = place, chart.options
    ink = parted(str(options.get("ink", "blue")))[0]
    x, y = left + pitch / 2, top + 10
    small = min(1.0, pitch / 18)
    value = real(row.get(_value(chart)))
    if value is not None:
        held = column(chart.table, _value(chart))
        words = spoken(value, held.form)
        share = abs(value) / most if most > 0 else 0.0
        tone = "vermilion" if value < 0 else ink
        p.rect(left + 0.5, top, max(pitch - 1, 1), 20, "panel")
        p.rect(left + 0.5, top, max(pitch - 1, 1), 20, tone, 0, f"{name}: {words}", min(_DARKEST * share, 0.9999))
        if breadth(words, SMALL) <= pitch - 4:
            p.text(x, y + 4, words, SMALL, "ink", "middle")
    words_of = {kind: words for words, kind in _signs(chart)}
    if options.get("ringed") and row.get(str(options["ringed"])) is True:
        if value is not None:
            p.rect(left + 2, top + 17.5, max(pitch - 4, 1), 2.5, "vermilion", tip=f"{name}: {words_of['ringed']}")
        else:
            p.circle(x, y, 8 * small, "ground", "vermilion", 1.8, f"{name}: {words_of['ringed']}")
    if options.get("filled") and row.get(str(options["filled"])) is True:
        p.circle(x, y, 5 * small, ink, tip=f"{name}: {words_of['filled']}")


def _spoken(chart: Chart, names: list[str], cells: dict[tuple[str, str], Any]) -> list[tuple[str, str]]:
    """Return for each row the columns in which it is full or ringed, or its numbers."""
    found = []
    for name in names:
        parts = []
        own = {b: r for (a, b), r in cells.items() if a == name}
        for words, kind in _signs(chart):
            held = column(chart.table, str(chart.options[kind]))
            if kind == "value":
                parts += [f"{b} {spoken(r.get(held.name), held.form)}" for b, r in list(own.items())[:12]]
            else:
                where = [b for b, r in own.items() if r.get(held.name) is True]
                parts.append(f"{words} {', '.join(where) if where else 'nowhere'}")
        found.append((name, "; ".join(parts)))
    return found
