"""Heaps: every draw a dot on a scale of chances, and outcomes as levels with the range of the draws under each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foedus.surfaces.svg.pen import Picture
from foedus.vocabulary.prose import counted
from foedus.vocabulary.tables import percent

_BINS: Final = 20
_ABREAST: Final = 3
"""Dots side by side in a bin of a twentieth; with more draws there are more of them."""
_TALLEST: Final = 150.0
"""Room of the highest heap; dots shrink where there are too many for it."""
_FOOT: Final = 23.0
_EDGE: Final = 4.0


@dataclass(frozen=True)
class Level:
    """An outcome: its words, its chance with the values in use, and the range of the draws."""

    words: str
    value: float
    ink: str
    low: float = math.nan
    median: float = math.nan
    high: float = math.nan
    was: float = math.nan
    """The chance it is compared with, drawn as a mark; NaN for none."""


def heap(values: Sequence[float], width: float, title: str, of: str = "draw", soon: bool = False) -> str:
    """Return one dot per draw, heaped up over a scale of chances from 0 to 100 %.

    Parameters
    ----------
    values : sequence of float
        Chances, 0 to 1.
    width : float
    title : str
        For readers who cannot see it.
    of : str
        What a dot is.
    soon : bool
        Whether draws are on their way: without any the scale stands already, so that nothing moves when they come.

    Returns
    -------
    str
        SVG, empty without draws that are there or on their way.
    """
    drawn = sorted(min(max(v, 0.0), 1.0) for v in values if math.isfinite(v))
    if not drawn and not soon:
        return ""
    room = (width - 2 * _EDGE) / _BINS
    places, abreast = _piled(drawn, room)
    step = room / (abreast + 0.55)
    tall = max((row for _, _, row in places), default=5) + 1
    height = max(96.0, tall * step + 30) + _FOOT
    foot = height - _FOOT
    rare, even = (sum(v < end for v in drawn) / max(len(drawn), 1) for end in (0.1, 0.5))
    told = f"{counted(len(drawn), of)}; {percent(rare)} of them below 10 %, {percent(1 - even)} at 50 % or above."
    p = Picture(width, height, title, told if drawn else f"No {of} is there yet.")

    def across(share: float) -> float:
        return _EDGE + share * (width - 2 * _EDGE)

    p.line(across(0.5), 4, across(0.5), foot, "faint", dash="2 3")
    p.text(across(0.5) + 7, 14, "as likely as not", 13, "soft")
    for value, (bin_, place, row) in zip(drawn, places, strict=True):
        x = across(bin_ / _BINS) + (place + 0.7) * step
        p.circle(x, foot - 2 - (row + 0.5) * step, 0.41 * step, "vermilion" if value > 0.5 else "ink")
    p.line(across(0), foot, across(1), foot, "faint")
    for share, anchor in ((0, "start"), (0.25, "middle"), (0.5, "middle"), (0.75, "middle"), (1, "end")):
        p.text(across(share), height - 5, f"{100 * share:.0f}{' %' if share == 1 else ''}", 13, "soft", anchor)
    return p.svg()


def _piled(drawn: Sequence[float], room: float) -> tuple[list[tuple[int, int, int]], int]:
    """Return bin, place and row of every draw, and how many stand side by side so that the highest heap has room."""
    bins = [min(_BINS - 1, math.floor(v * _BINS)) for v in drawn]
    most = max((bins.count(b) for b in set(bins)), default=0)
    abreast = _ABREAST
    while math.ceil(most / abreast) * room / (abreast + 0.55) > _TALLEST:
        abreast += 1
    seen = dict.fromkeys(bins, 0)
    found = []
    for b in bins:
        found.append((b, seen[b] % abreast, seen[b] // abreast))
        seen[b] += 1
    return found, abreast


def levels(outcomes: Sequence[Level], width: float, title: str, row: float = 44.0) -> str:
    """Return outcomes as bars from 0 to 100 %, each with its number, the range and median of the draws below it.

    Parameters
    ----------
    outcomes : sequence of Level
    width : float
    title : str
    row : float
        Height of an outcome.

    Returns
    -------
    str
        SVG, empty without outcomes.
    """
    if not outcomes:
        return ""
    told = "; ".join(f"{o.words}: {percent(o.value)}" for o in outcomes)
    p = Picture(width, len(outcomes) * row, title, told)
    whole = width - 62
    for k, o in enumerate(outcomes):
        y = k * row
        p.text(0, y + 13, o.words, 15, weight="500")
        p.text(width, y + 29, percent(o.value), 16.5, anchor="end", weight="650")
        p.rect(0, y + 20, whole, 10, "panel", 2)
        p.rect(0, y + 20, whole * o.value, 10, o.ink, 2)
        if math.isfinite(o.low):
            p.line(whole * o.low, y + 34, whole * o.high, y + 34, "soft", 1.6)
            p.circle(whole * o.median, y + 34, 2.7, "soft")
        if math.isfinite(o.was) and abs(o.was - o.value) > 0.004:
            p.line(whole * o.was, y + 16.5, whole * o.was, y + 33.5, "ink", 2)
    return p.svg()
