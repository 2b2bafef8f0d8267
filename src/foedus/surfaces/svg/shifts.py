"""Shifts: what each state gains, as a dot on a line through nothing, with an open circle where it was before a change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from foedus.surfaces.svg.lettering import clean
from foedus.surfaces.svg.pen import Picture
from foedus.vocabulary.tables import written

_ROW: Final = 28.0
_LEFT: Final = 108.0
_RIGHT: Final = 62.0
_BESIDE: Final = 60.0
"""Width of the column beside the numbers, where there is one."""
_TOP: Final = 24.0
_LEAST: Final = 0.6
"""Half the width of the scale at least, so that small numbers look small."""


@dataclass(frozen=True)
class Shift:
    """One row: a name, its number, the number before the change, the page that says why, and words beside it."""

    words: str
    value: float
    was: float = math.nan
    link: str = ""
    beside: str = ""


def reach(values: Sequence[float]) -> float:
    """Return the half width of a scale that holds all values: a multiple of a quarter.

    Parameters
    ----------
    values : sequence of float
        NaN counts for nothing.
    """
    most = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    return max(_LEAST, math.ceil(most * 4 + 0.25) / 4)


def shifts(rows: Sequence[Shift], width: float, title: str, heads: tuple[str, str] | None = None) -> str:
    """Return gains and losses in the order in which they are given, with where each was before.

    Parameters
    ----------
    rows : sequence of Shift
    width : float
    title : str
        For readers who cannot see it.
    heads : (str, str), optional
        What the numbers are, and the words beside them; without, nothing stands beside the numbers.

    Returns
    -------
    str
        SVG, empty without rows.
    """
    if not rows:
        return ""
    far = reach([v for r in rows for v in (r.value, r.was)])
    then = f", {heads[1]} " if heads else ""
    told = "; ".join(f"{r.words}: {written(r.value, 'signed')}{then}{r.beside if heads else ''}" for r in rows)
    end = width - (_BESIDE if heads else 0.0)
    p = Picture(width, _TOP + len(rows) * _ROW + 4, title, told, "group" if any(r.link for r in rows) else "img")

    def across(value: float) -> float:
        return _LEFT + (value + far) / (2 * far) * (end - _LEFT - _RIGHT)

    for mark in _marks(far):
        p.line(across(mark), 20, across(mark), _TOP + len(rows) * _ROW, "hair" if mark else "ink")
        p.text(across(mark), 13, f"{mark:+g}" if mark else "0", 12.5, "soft", "middle")
    for words, x in zip(heads or (), (end, width), strict=False):
        p.text(x, 13, words, 12.5, "soft", "end")
    for k, r in enumerate(rows):
        top = _TOP + k * _ROW
        _row(p, r, top, end, across(r.value), across(r.was) if math.isfinite(r.was) else math.nan)
        if heads:
            p.text(width, top + _ROW / 2 + 5, r.beside, 14.5, anchor="end")
    return p.svg()


def _marks(far: float) -> tuple[float, ...]:
    step = 0.5 if far <= 1 else math.floor(far)
    return (-step, 0.0, step)


def _row(p: Picture, r: Shift, top: float, width: float, now: float, was: float) -> None:
    y, ink = top + _ROW / 2, "vermilion" if r.value < 0 else "blue"
    number = written(r.value, "signed")
    if r.link:
        link, said = escape(clean(r.link), quote=True), escape(clean(f"{r.words}: {number}. Why"), quote=True)
        p.add(f'<a class="row" href="{link}" aria-label="{said}">')
        p.add(f'<rect class="hit" x="0" y="{top:g}" width="{width:g}" height="{_ROW:g}" rx="5"/>')
    p.text(_LEFT - 14, y + 5, r.words, 14.5, anchor="end", weight="500")
    if math.isfinite(was):
        p.line(was, y, now, y, ink, 2.4)
        p.circle(was, y, 4.3, "ground", "soft", 1.6)
    p.circle(now, y, 5.6, ink)
    p.text(width, y + 5, number, 14.5, ink, "end", "600")
    if r.link:
        p.add("</a>")
