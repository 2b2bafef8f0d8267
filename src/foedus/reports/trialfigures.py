"""Pictures of a trial: every draw of a claim as a dot, and the numbers of the record as bars."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.reports.trialwords import amount
from foedus.surfaces.svg.pen import Picture, Scale
from foedus.vocabulary.tables import shown

Record = Mapping[str, Any]

WIDTH = 470.0
"""Narrow enough for a telephone, so that its words stay readable there."""

LEFT, RIGHT = 8.0, WIDTH - 8.0

_CELL, _RISE, _TALLEST = 6.0, 5.2, 8


def _wrap(words: str, most: int = 64) -> list[str]:
    return textwrap.wrap(words, most) or [""]


def _cells(x: Scale, values: Sequence[float], inks: Sequence[str]) -> dict[int, list[str]]:
    """Return the colours of the draws by the place of their stack."""
    cells: dict[int, list[str]] = {}
    for v, ink in sorted(zip(values, inks, strict=True)):
        cells.setdefault(round(x(v) / _CELL), []).append(ink)
    return cells


def _draws_per_dot(*strips: tuple[Scale, _Row]) -> int:
    """Return how many draws a dot has to stand for so that no stack of any strip grows too tall."""
    tallest = max((len(c) for x, r in strips for c in _cells(x, r.drawn, r.inks).values()), default=1)
    return max(1, -(-tallest // _TALLEST))


def _dots(p: Picture, x: Scale, y: float, row: _Row, each: int) -> None:
    """Stack dots above a line, each for so many draws, rounded up."""
    for cell, found in _cells(x, row.drawn, row.inks).items():
        for level, ink in enumerate(sorted(found)[::each]):
            p.circle(cell * _CELL, y - 4 - level * _RISE, 2.5, ink, opacity=0.8)


class _Row:
    """One strip: what it shows, the value in use and the draws with their colours."""

    def __init__(self, words: str, default: float | None, drawn: Sequence[float | None], inks: Sequence[str]) -> None:
        kept = [(v, i) for v, i in zip(drawn, inks, strict=True) if v is not None]
        self.lines, self.default = _wrap(words), default
        self.drawn, self.inks = [v for v, _ in kept], [i for _, i in kept]

    @property
    def height(self) -> float:
        """Room the strip takes above its line, and below it for its numbers."""
        return 86.0 + 16.0 * len(self.lines)

    @property
    def ends(self) -> list[float]:
        """The smallest and largest value, for scales."""
        every = [*self.drawn, *([] if self.default is None else [self.default])]
        return [min(every), max(every)] if every else []

    def draw(self, p: Picture, y: float, x: Scale, unit: str, ink: str, each: int) -> None:
        """Draw words, line, dots, median and value in use with the line at y."""
        for k, line in enumerate(reversed(self.lines)):
            p.text(LEFT, y - 56 - 16 * k, line, 13, "ink")
        p.line(LEFT, y, RIGHT, y, "hair")
        _dots(p, x, y, self, each)
        _triangle(p, x, y, self.default, unit)
        median = sorted(self.drawn)[len(self.drawn) // 2] if self.drawn else None
        if median is not None:
            p.line(x(median), y - 2, x(median), y + 8, ink, 2.6)
        at = self.default if median is None else median
        if at is not None:
            place, anchor = x(at), "middle"
            if not LEFT + 34 < place < RIGHT - 34:
                place, anchor = (LEFT, "start") if place < WIDTH / 2 else (RIGHT, "end")
            p.text(place, y + 23, amount(at, unit), 12.5, ink, anchor, "600")


def _triangle(p: Picture, x: Scale, y: float, value: float | None, unit: str) -> None:
    if value is not None:
        p.path(f"M{x(value):.1f},{y + 1:.1f} l4.5,8 l-9,0 Z", fill="ink", tip=f"value in use: {amount(value, unit)}")


def _scale(rows: Sequence[_Row], extra: Sequence[float] = ()) -> Scale:
    ends = [v for r in rows for v in r.ends] + list(extra)
    low, high = min(ends), max(ends)
    room = (high - low) * 0.04 or abs(high) * 0.1 or 0.1
    return Scale(low - room, high + room, LEFT + 5, RIGHT - 5)


def strips(claim: Record) -> str:
    """Return what a claim compares, draw by draw, and how far it holds; nothing without a model test."""
    m = claim["model"]
    if m is None or m["default"]["effect"] is None:
        return ""
    drawn, grey = m["drawn"], ["grey"] * len(m["drawn"]["effect"])
    holds = ["blue" if (e or 0) > 0 else "vermilion" for e in drawn["effect"]]
    words = f"… if: {m['under']}" if m["under"] else m["reading"]
    rows = [(_Row(words, m["default"]["value"], drawn["value"], holds), "blue")]
    marks: list[float] = []
    if isinstance(m["than"], int | float):
        marks = [float(m["than"])]
        if m["under"]:
            rows[0] = (_Row(f"{m['reading']}, if: {m['under']}", m["default"]["value"], drawn["value"], holds), "blue")
    else:
        against = str(m["than"] or f"{m['reading']}, as things are")
        rows.insert(0, (_Row(against, m["default"]["against"], drawn["against"], grey), "soft"))
    p = Picture(
        WIDTH,
        sum(r.height for r, _ in rows) + 112,
        f"Claim {claim['id']}: what the model finds",
        f"{m['words']}. Dots are draws; to the right of the lower line the claim holds.",
    )
    effect = _Row("", m["default"]["effect"], drawn["effect"], holds)
    x, below, y = _scale([r for r, _ in rows], marks), _scale([effect], [0.0]), -30.0
    each = _draws_per_dot(*((x, r) for r, _ in rows), (below, effect))
    for row, ink in rows:
        y += row.height
        row.draw(p, y, x, m["unit"], ink, each)
        for mark in marks:
            p.line(x(mark), y - 46, x(mark), y + 8, "ink", 1.3, "3 3")
            side = 6 if x(mark) < WIDTH - 120 else -6
            p.text(
                x(mark) + side, y - 36, amount(mark, m["unit"]), 12, "ink", "start" if side > 0 else "end", halo=True
            )
    _verdict_strip(p, y + 108, below, effect, m, each)
    return p.svg()


def _verdict_strip(p: Picture, y: float, x: Scale, effect: _Row, m: Record, each: int) -> None:
    """Draw how far the claim holds in every draw, on both sides of the smallest change that counts."""
    top, bottom = y - 60, y + 1
    p.rect(x(0), top, RIGHT - x(0), bottom - top, "blue", opacity=0.08)
    p.rect(LEFT, top, x(0) - LEFT, bottom - top, "vermilion", opacity=0.08)
    p.line(x(0), top, x(0), bottom + 5, "ink", 1.4)
    if x(0) - LEFT > 92:
        p.text(LEFT + 6, top + 15, "does not hold", 12, "vermilion", weight="600")
    if RIGHT - x(0) > 46:
        p.text(RIGHT - 6, top + 15, "holds", 12, "blue", "end", "600")
    _dots(p, x, y, effect, each)
    _triangle(p, x, y, effect.default, m["unit"])
    least = m["at_least"]
    words = f"{m['expect']} by {amount(least, m['unit'], True)} or more" if least else m["expect"]
    note = f" · one dot: up to {each} draws" if each > 1 else ""
    p.text(LEFT, y + 25, f"right of the line: {words}{note}", 11.5, "soft")


def bars(claim: Record, events: Mapping[str, Record]) -> str:
    """Return the numbers that the record tests of a claim compare, as bars; nothing where there are none."""
    tests = [t for t in claim["record"]["tests"] if t.get("value")]
    ids = dict.fromkeys(i for t in tests for i in t["events"])
    rows = [events[i] for i in ids if events[i]["value"] is not None]
    if not rows:
        return ""
    lines = {e["id"]: _wrap(e["text"].rstrip(".")) for e in rows}
    tops = {u: max(e["value"] for e in rows if e["unit"] == u) or 1.0 for u in {e["unit"] for e in rows}}
    p = Picture(
        WIDTH,
        sum(16.0 * len(lines[e["id"]]) + 38 for e in rows),
        f"Claim {claim['id']}: the record in numbers",
        "One bar per number, with its unit.",
    )
    y = 0.0
    for e in rows:
        for line in lines[e["id"]]:
            y += 16
            p.text(LEFT, y, line, 13, "ink")
        x = Scale(0, tops[e["unit"]], LEFT, RIGHT)
        p.rect(LEFT, y + 6, RIGHT - LEFT, 8, "hair", 1.5)
        p.rect(LEFT, y + 6, max(x(e["value"]) - LEFT, 1.5), 8, "teal", 1.5, f"{e['value']:g} {e['unit']}")
        p.text(RIGHT, y + 27, f"{shown(e['value'])} {e['unit']}", 11.5, "soft", "end")
        y += 38
    return p.svg()
