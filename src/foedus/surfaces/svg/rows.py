"""Rows: one line of a picture per label, its words beside it or, where the canvas is narrow, above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.surfaces.svg.lettering import SMALL, breadth, cut, widest, wrapped
from foedus.surfaces.svg.pen import Picture

NARROW: Final = 520.0
"""Canvases below it, those of telephones, have words above rows instead of beside them."""
SIZE: Final = SMALL
_LEADING: Final = 15.0


@dataclass(frozen=True)
class Rows:
    """Where rows and their words stand."""

    width: float
    """Of the canvas."""
    edge: float
    """Where the words beside rows end, 0 where they stand above."""
    left: float
    right: float
    """Ends of the room for marks."""
    tops: tuple[float, ...]
    """Where the mark of each row begins."""
    bottom: float
    """Where the last row ends."""
    lines: tuple[tuple[str, ...], ...]
    """Words of each row, broken into lines."""
    tall: float
    """Height of the mark of a row."""

    def label(self, p: Picture, k: int, weight: str = "") -> None:
        """Write the words of a row."""
        lines = self.lines[k]
        if self.edge > 0:
            first = self.tops[k] + self.tall / 2 + 4.5 - (len(lines) - 1) * _LEADING / 2
            for n, line in enumerate(lines):
                p.text(self.edge - 12, first + n * _LEADING, line, SIZE, "ink", "end", weight)
        else:
            for n, line in enumerate(lines):
                y = self.tops[k] - 5 - (len(lines) - 1 - n) * _LEADING
                if line:  # no line of the axis goes through words
                    p.rect(0, max(0.0, y - 11), min(breadth(line, SIZE, bool(weight)) + 3, p.width), 14, "ground")
                p.text(0, y, line, SIZE, "ink", "start", weight, halo=True)


def laid(
    width: float, labels: Sequence[str], tall: float, top: float, pads: tuple[float, float], beside: float = 0.0
) -> Rows:
    """Return rows laid out on a canvas.

    Parameters
    ----------
    width : float
    labels : sequence of str
    tall : float
        Height of the mark of a row.
    top : float
        Where the first row begins.
    pads : (float, float)
        Room for words inside the marks' room, at its left and its right.
    beside : float
        Room of a column of words at the right end of the canvas.
    """
    narrow = width < NARROW
    most = width if narrow else 0.36 * width
    lines = tuple(tuple(wrapped(label, most - 14, SIZE, 2, bold=True)) for label in labels)
    wide = 0.0 if narrow else min(most, widest([x for row in lines for x in row], SIZE, True) + 14)
    tops, at = [], top
    for row in lines:
        if narrow:
            at += len(row) * _LEADING + 5 if any(row) else 0.0
            tops.append(at)
            at += tall + 9
        else:
            room = max(tall, len(row) * _LEADING)
            tops.append(at + (room - tall) / 2)
            at += room + 5
    return Rows(width, wide, wide + pads[0], width - beside - pads[1], tuple(tops), at, lines, tall)


def key_height(words: Sequence[str], width: float) -> float:
    """Return how tall a key of some words is."""
    return 0.0 if not words else 19.0 * (1 + max(row for _, row, _ in _spots(words, width))) + 6


def key(p: Picture, words: Sequence[str], sign: Callable[[int, float, float], None]) -> None:
    """Draw a key at the top of a picture.

    Parameters
    ----------
    p : Picture
    words : sequence of str
    sign : callable
        Draws the sign of an entry by its number, in a square of 22 by 12 with this left and middle.
    """
    for k, (x, row, label) in enumerate(_spots(words, p.width)):
        sign(k, x, 19.0 * row + 9)
        p.text(x + 28, 19.0 * row + 13, label, SMALL)


def _spots(words: Sequence[str], width: float) -> list[tuple[float, int, str]]:
    found, at, row = [], 0.0, 0
    for label in words:
        shown = cut(label, width - 28, SMALL)
        wide = 28 + breadth(shown, SMALL)
        if at > 0 and at + wide > width:
            at, row = 0.0, row + 1
        found.append((at, row, shown))
        at += wide + 16
    return found


def ink_for(wanted: Mapping[str, str], value: object, otherwise: str) -> str:
    """Return the ink that a chart gives a series or value, by its words."""
    for name in (value, str(value), str(value).lower()):
        if name in wanted:
            return wanted[name]  # type: ignore[index]
    return otherwise
