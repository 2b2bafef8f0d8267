"""Plots of tidy tables: a grid of dots, bars, and lines over a scale. Each takes a table and the names of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from foedus.surfaces.svg.pen import Picture, Scale, polyline
from foedus.vocabulary.tables import Cell, Table, shown

WIDTH = 760.0
INKS = ("blue", "vermilion", "teal", "amber", "plum", "rose", "brown", "grey")
DASHES = ("", "7 4", "2 4", "10 3 2 3")

Row = Mapping[str, Cell]


def _number(value: Cell) -> float:
    return cast(float, value)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"


def _key(p: Picture, y: float, words: Sequence[str], start: float = 0.0) -> None:
    at = start
    for k, label in enumerate(words):
        label = _short(label, 44)
        if at + 26 + 6.6 * len(label) > WIDTH:
            at, y = start, y + 18
        p.line(at, y, at + 18, y, INKS[k % len(INKS)], 2.4, DASHES[k // len(INKS) % len(DASHES)])
        p.text(at + 24, y + 4, label, 11.5)
        at += 24 + 6.6 * len(label) + 16


def _key_lines(words: Sequence[str]) -> int:
    at, lines = 0.0, 1
    for label in words:
        wide = 24 + 6.6 * len(_short(label, 44)) + 16
        if at + wide - 14 > WIDTH:
            at, lines = 0.0, lines + 1
        at += wide
    return lines


def grid(
    rows: Sequence[Row], down: str, along: str, filled: str, ringed: str, words: tuple[str, str], title: str
) -> str:
    """Return a grid: one dot per pair, filled where one column says yes, ringed where another does.

    Parameters
    ----------
    rows : sequence of mapping
    down, along, filled, ringed : str
        Columns of the rows and columns of the grid, and of the two yes-or-no answers.
    words : tuple of str
        What a filled dot and a ring stand for.
    title : str
    """
    lines = list(dict.fromkeys(str(r[down]) for r in rows))
    places = list(dict.fromkeys(str(r[along]) for r in rows))
    height = 22.0 * len(lines) + 66
    p = Picture(WIDTH, height, title, f"Filled: {words[0]}. Ring: {words[1]}.")
    x = Scale(0, max(len(places) - 1, 1), 120, WIDTH - 30)
    p.circle(8, 12, 5, "blue")
    p.text(20, 16, words[0], 11.5)
    at = 20 + 6.6 * len(words[0]) + 24
    p.circle(at, 12, 8, "ground", "vermilion", 1.8)
    p.text(at + 14, 16, words[1], 11.5)
    for k, place in enumerate(places):
        anchor = "middle" if len(place) < 8 else "start" if k == 0 else "end" if k == len(places) - 1 else "middle"
        p.text(x(k), 42, place, 11, "soft", anchor)
    for n, line in enumerate(lines):
        y = 62 + 22.0 * n
        p.line(100, y, WIDTH - 16, y, "hair")
        p.text(92, y + 4, line, 12, "ink", "end")
        for r in rows:
            if str(r[down]) == line:
                at = x(places.index(str(r[along])))
                if r[ringed] is True:
                    p.circle(at, y, 8, "ground", "vermilion", 1.8, f"{line} {r[along]}: {words[1]}")
                if r[filled] is True:
                    p.circle(at, y, 5, "blue", tip=f"{line} {r[along]}: {words[0]}")
    return p.svg()


def bars(
    rows: Sequence[Row],
    label: str,
    value: str,
    unit: str,
    title: str,
    ink: str = "",
    inks: Mapping[Cell, str] | None = None,
) -> str:
    """Return one bar per row, from zero to either side.

    Parameters
    ----------
    rows : sequence of mapping
    label, value : str
        Columns of the words and of the numbers.
    unit : str
        Words under the axis.
    title : str
    ink : str
        Column by which bars are coloured, with `inks` from its values to colours.
    """
    kept = [r for r in rows if r[value] is not None]
    numbers = [_number(r[value]) for r in kept]
    p = Picture(WIDTH, 24.0 * len(kept) + 50, title, f"{unit}, one bar per {label.replace('_', ' ')}.")
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    x = Scale(low, high, 300 if low == 0 else 340, WIDTH - 64)
    bottom = 24.0 * len(kept) + 10
    for t in x.ticks(5):
        p.line(x(t), 2, x(t), bottom, "ink" if t == 0 else "hair")
        p.text(x(t), bottom + 15, f"{t:g}", 11, "soft", "middle")
    p.text(WIDTH - 64, bottom + 32, unit, 11.5, "soft", "end")
    for k, (r, v) in enumerate(zip(kept, numbers, strict=True)):
        y = 6 + 24.0 * k
        p.text(288 if low == 0 else 270, y + 13, _short(str(r[label]), 40), 12, "ink", "end")
        fill = (inks or {}).get(r.get(ink), "teal" if v >= 0 else "vermilion")
        p.rect(x(0), y + 2, x(v) - x(0), 15, fill, 2, f"{r[label]}: {shown(v)}")
        p.text(x(v) + (6 if v >= 0 else -6), y + 14, shown(round(v, 3)), 11.5, "soft", "start" if v >= 0 else "end")
    return p.svg()


def lines(
    rows: Sequence[Row],
    along: str,
    value: str,
    series: str,
    unit: str,
    title: str,
    marks: str = "",
    even: bool = False,
    mark_words: str = "",
) -> str:
    """Return one line per series over a numeric column.

    Parameters
    ----------
    rows : sequence of mapping
    along, value, series : str
        Columns of the scale, the numbers, and the names of the lines; an empty series for one line.
    unit, title : str
    marks : str
        Column of yes or no; where yes, the place on the scale is shaded.
    even : bool
        Whether places stand at even steps instead of where their numbers are.
    mark_words : str
        What a shaded place stands for.
    """
    kept = [r for r in rows if r[value] is not None]
    places = sorted({_number(r[along]) for r in kept})
    names = list(dict.fromkeys(str(r[series]) for r in kept)) if series else [""]
    keys = _key_lines(names) if series else 0
    top, height = 18.0 * keys + (26 if marks else 10), 300.0 + 18 * keys
    p = Picture(WIDTH, height, title, f"{unit} by {along.replace('_', ' ')}.")
    at = {v: float(k) if even else v for k, v in enumerate(places)}
    x = Scale(min(at.values()), max(at.values()), 56, WIDTH - 24)
    numbers = [_number(r[value]) for r in kept]
    y = Scale(min(0.0, *numbers), max(numbers) * 1.05 or 1.0, height - 44, top + 8)
    if marks:
        p.rect(0, top - 20, 14, 12, "foe")
        p.text(20, top - 10, mark_words, 11.5)
        for v in {_number(r[along]) for r in rows if r[marks] is True}:
            half = (x(places[-1]) - x(places[0])) / max(len(places) - 1, 1) / 2 if not even else 8
            p.rect(x(at[v]) - half, top + 8, 2 * half, height - 52 - top, "foe", opacity=0.55)
    for t in y.ticks(5):
        p.line(56, y(t), WIDTH - 24, y(t), "hair")
        p.text(50, y(t) + 4, f"{t:g}", 11, "soft", "end")
    for t in places if even or len(places) <= 9 else x.ticks(8):
        p.text(x(at.get(t, t)), height - 26, f"{t:g}", 11, "soft", "middle")
    p.text(WIDTH - 24, height - 8, f"{unit}; {along.replace('_', ' ')} along", 11.5, "soft", "end")
    for k, name in enumerate(names):
        points = sorted(
            (at[_number(r[along])], _number(r[value])) for r in kept if not series or str(r[series]) == name
        )
        drawn = [(x(a), y(b)) for a, b in points]
        p.path(polyline(drawn), INKS[k % len(INKS)], 2.2, dash=DASHES[k // len(INKS) % len(DASHES)])
        for (a, b), (_, v) in zip(drawn, points, strict=True):
            p.circle(a, b, 2.8, INKS[k % len(INKS)], tip=f"{name} {shown(v)}".strip())
    if series:
        _key(p, 8, names)
    return p.svg()


def picked(found: Table, **wanted: Cell) -> list[Row]:
    """Return the rows of a table in which columns have the values asked for."""
    return [r for r in found if all(r[k] == v for k, v in wanted.items())]
