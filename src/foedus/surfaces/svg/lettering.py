"""Lettering: how wide words are, how they break into lines, and what is left where there is no room."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_ADVANCE: Final = (
    *(32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64),
    *(64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79),
    *(60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63),
    *(63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84),
)
"""Advance of the characters from space to tilde in hundredths of the size: DejaVu Sans 2.37, the widest of the fonts asked
for, so that words fit in all of them."""
_OTHER: Final = 80
"""Advance of most other letters; Greek, Cyrillic, Hebrew and Arabic are narrower on average (63 to 69)."""
_BOLD: Final = 1.12
"""How much wider DejaVu Sans Bold is on average."""
RISE, FALL = 0.80, 0.24
"""How far letters reach above and below their line, as shares of the size."""
SMALL: Final = 12.5
"""Size of the smallest letters of any picture; a page that shows a picture at its width has none below it."""
ELLIPSIS: Final = "…"
NO_BREAK: Final = "\u00a0"
"""A space at which lines do not break."""


def clean(words: str) -> str:
    """Return words without characters that a document may not hold; breaks of lines become spaces."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(" " if c in "\t\n\r\u2028\u2029" else c for c in words if _fit(c))


def _fit(character: str) -> bool:
    code = ord(character)
    if character in "\t\n\r\u2028\u2029":
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co") and code & 0xFFFE != 0xFFFE


def breadth(words: str, size: float, bold: bool = False) -> float:
    """Return how wide words are at a size, rather too much than too little."""
    total = 0
    for c in words:
        code = ord(c)
        if 32 <= code < 127:
            total += _ADVANCE[code - 32]
        elif unicodedata.combining(c):
            continue
        elif c == NO_BREAK:
            total += _ADVANCE[0]
        else:
            wide = unicodedata.east_asian_width(c) in "WF" or 0x2000 <= code < 0x2C00  # ellipsis, dashes, arrows
            total += 104 if wide else _OTHER
    return total * size / 100 * (_BOLD if bold else 1.0)


def cut(words: str, room: float, size: float, bold: bool = False) -> str:
    """Return words that fit into a room, with an ellipsis where some are left out."""
    if breadth(words, size, bold) <= room:
        return words
    kept = words
    while kept and breadth(kept + ELLIPSIS, size, bold) > room:
        kept = kept[:-1]
    at = kept.rfind(" ")
    return (kept[:at] if at > len(kept) * 0.6 else kept).rstrip() + ELLIPSIS


def wrapped(words: str, room: float, size: float, most: int = 3, bold: bool = False) -> list[str]:
    """Return the lines of words in a room, at most so many; the last is cut where words are left over."""
    lines: list[str] = []
    rest = [w for w in words.split(" ") if w]
    while rest:
        if len(lines) == most - 1:
            lines.append(cut(" ".join(rest), room, size, bold))
            break
        count = 1
        while count < len(rest) and breadth(" ".join(rest[: count + 1]), size, bold) <= room:
            count += 1
        lines.append(cut(" ".join(rest[:count]), room, size, bold))
        rest = rest[count:]
    return lines or [""]


def box(x: float, y: float, words: str, size: float, anchor: str = "start", bold: bool = False) -> Box:
    """Return the box of a line of text."""
    wide = breadth(words, size, bold)
    left = x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0.0)
    return left, y - RISE * size, left + wide, y + FALL * size


def overlap(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def widest(words: Sequence[str], size: float, bold: bool = False) -> float:
    """Return the width of the widest of some words, 0 for none."""
    return max((breadth(w, size, bold) for w in words), default=0.0)
