"""Lighter: a picture as it goes to a browser: the same marks to the eye in half the bytes.

What is left out is below a pixel: bends of a coast that nobody sees, and second decimals. Dots in a row become one path.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

_OUTLINE: Final = re.compile(
    r'<path d="((?:M[-\d.]+,[-\d.]+l(?:[-\d.]+,[-\d.]+ ?)+Z)+)"((?: [a-z-]+="[^"]*")*?)(?: stroke-width="([\d.]+)")?((?: [a-z-]+="[^"]*")*)(/?)>'
)
_FINE: Final = 1.4
"""Pixels by which an outline may miss where it was."""
_STEPS: Final = 2
"""Steps to a pixel of an outline's points, which are whole numbers."""

_DOT: Final = r'<circle cx="([-\d.]+)" cy="([-\d.]+)"( r="[\d.]+" fill="[^"]+")/>'
_DOTS: Final = re.compile(rf"(?:{_DOT}){{4,}}")
_ONE: Final = re.compile(_DOT)
_PLACE: Final = re.compile(r'(?<= )(x|y|x1|y1|x2|y2|cx|cy|r|width|height)="(-?\d+\.\d{2,})"')
_LAND: Final = re.compile(r'<path d="[^"]*"((?: [a-z-]+="[^"]*")+)/>(?:<path d="[^"]*"\1/>)+')
_SCALED: Final = f' transform="scale({1 / _STEPS:g})"'
_SMALLER: Final = re.compile(rf'(?:<path(?: [a-z-]+="[^"]*")+{re.escape(_SCALED)}/>){{2,}}')
_USUAL: Final = re.compile(
    r' font-family="system-ui[^"]*"| stroke-width="1"|(?<=<rect) x="0"|(?<= class="hit") fill="none"|(?<=\d") y="0"(?= width)'
)
"""What a browser takes for granted, or the style of all pages says."""
_WORDS: Final = re.compile(r"(?:<text(?: [a-z0-9-]+=\"[^\"]*\")+>[^<]*</text>){3,}")
_WORD: Final = re.compile(r"<text((?: [a-z0-9-]+=\"[^\"]*\")+)>([^<]*)</text>")
_INKED: Final = re.compile(r'(<text(?: [a-z0-9-]+="[^"]*")*?) fill="var\(--ink\)"')
_OF_YEARS: Final = re.compile(r'(?:<a href="[^"]*" class="year" tabindex="-1" aria-hidden="true">.*?</a>)+')
_TIE: Final = re.compile(r'<path d="([^"]*)"([^>]*class="tie"[^>]*>)')
_SAID_OF_TIES: Final = re.compile(
    r' stroke-linejoin="round"| fill-opacity="0\.1"| fill="none"| stroke-linecap="round"| stroke-width="2\.2"'
)
"""What the style of all pages says of ties."""
_RING: Final = ' fill="var(--ground)" stroke="var(--teal)" stroke-width="1.8"'
"""The ring of a dot on a map that is in a forum; the style of all pages says it."""
_LINE: Final = re.compile(r'(?<=<path d=")(M[-\d.,]+Q[-\d., ]+)(?=")')
_AREA: Final = re.compile(r'(?<=<path d=")M([-\d.]+,[-\d.]+(?:L[-\d.]+,[-\d.]+){7,})Z(?=")')
"""An area over many years, from corner to corner."""
_FIGURES: Final = re.compile(r"-?\d+\.\d+")
_OWN: Final = re.compile(r"\bp([0-9a-f]{8})-")
_TIP: Final = re.compile(r'(<a href="[^"]*"(?: data-state="\w+")?>)?<title>[^<]*</title>')
"""What is said to who points, and before it the link whose name it is."""

Point = tuple[float, float]


def lighter(svg: str, touched: bool = False) -> str:
    """Return a picture in fewer bytes, the same to the eye at the width that it is drawn for.

    Parameters
    ----------
    svg : str
    touched : bool
        Whether it is for a telephone, where nothing is pointed at, so that words which stand under a pointer are left out.
    """
    found = _OUTLINE.sub(_outlined, svg)
    found = _SMALLER.sub(_grouped, _LAND.sub(_joined, found))
    found = _DOTS.sub(_in_one, found)
    found = _LINE.sub(lambda m: _FIGURES.sub(lambda n: _short(float(n.group(0))), m.group(1)), _TIE.sub(_tied, found))
    found = _OF_YEARS.sub(_hidden_once, _WORDS.sub(_gathered, _INKED.sub(r"\1", found)))
    found = _PLACE.sub(lambda m: f'{m.group(1)}="{_short(float(m.group(2)))}"', found)
    found = _AREA.sub(lambda m: _in_steps(m.group(1)), found)
    found = _USUAL.sub("", found).replace(_RING, ' class="rg"')
    found = _OWN.sub(lambda m: f"p{m.group(1)[:5]}", found)
    if not touched:
        return found
    head, mark, rest = found.partition("</desc>")
    return head + mark + _TIP.sub(lambda m: m.group(0) if m.group(1) else "", rest) if mark else found


def _short(value: float) -> str:
    """Return a number with one decimal at most, and without what a path can be read without."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _numbers(values: list[float]) -> str:
    """Return numbers of a path with no more between them than has to be: a sign parts as well as a space."""
    found = ""
    for value in values:
        text = _short(value).replace("0.", ".", 1) if abs(value) < 0.95 else _short(value)
        parted = not found or text.startswith("-") or (text.startswith(".") and "." in re.split(r"[ -]", found)[-1])
        found += text if parted else f" {text}"
    return found


def _joined(found: re.Match[str]) -> str:
    """Return neighbouring paths with the same ink as one."""
    paths = re.findall(r' d="([^"]*)"', found.group(0))
    return f'<path d="{"".join(paths)}"{found.group(1)}/>'


def _grouped(found: re.Match[str]) -> str:
    """Return outlines that follow one another in one group, which says once what all of them say."""
    paths = re.findall(r'<path d="([^"]*)"([^>]*)/>', found.group(0))
    marks = [re.findall(r' [a-z-]+="[^"]*"', m) for _, m in paths]
    common = [m for m in marks[0] if all(m in own for own in marks)]
    parts = (
        f'<path d="{d}"{"".join(m for m in own if m not in common)}/>' for (d, _), own in zip(paths, marks, strict=True)
    )
    return f"<g{''.join(common)}>{''.join(parts)}</g>"


def _gathered(found: re.Match[str]) -> str:
    """Return words that follow one another in one group, which says once how all of them look."""
    words = [(re.findall(r' [a-z0-9-]+="[^"]*"', w[1]), w[2]) for w in _WORD.finditer(found.group(0))]
    common = [m for m in words[0][0] if not m.startswith((" x=", " y=")) and all(m in own for own, _ in words)]
    each = (f"<text{''.join(m for m in own if m not in common)}>{said}</text>" for own, said in words)
    return f"<g{''.join(common)}>{''.join(each)}</g>" if common else found.group(0)


def _hidden_once(found: re.Match[str]) -> str:
    """Return the strips of the years in one group, which is hidden from readers in place of each."""
    strips = found.group(0)
    for each in (' aria-hidden="true"', ' class="year"', ' class="hit" fill="none"'):
        strips = strips.replace(each, "")
    return f'<g class="years" aria-hidden="true">{strips}</g>'


def _tied(found: re.Match[str]) -> str:
    """Return a tie without what the style says of it, the corners of an area from one to the next."""
    drawn, marks = found.group(1), _SAID_OF_TIES.sub("", found.group(2))
    drawn = _in_steps(drawn[1:-1]) if drawn.endswith("Z") else drawn
    return f'<path d="{drawn}"{marks}'


def _in_steps(corners: str) -> str:
    """Return an area as steps from one corner to the next, each corner where it was to a tenth of a pixel."""
    points = [[round(float(c), 1) for c in corner.split(",")] for corner in corners.split("L")]
    steps = [c for (a, b), (x, y) in pairwise(points) for c in (x - a, y - b)]
    return f"M{_numbers([*points[0]])}l{_numbers(steps)}Z"


def _in_one(found: re.Match[str]) -> str:
    """Return dots of one size and ink that follow one another as one path of points with round ends."""
    made, ink, points = "", "", ""
    for cx, cy, marks in (m.groups() for m in _ONE.finditer(found.group(0))):
        if marks != ink and points:
            made, points = made + _points(points, ink), ""
        ink = marks
        points += f"M{_numbers([float(cx), float(cy)])}h0"
    return made + _points(points, ink)


def _points(points: str, marks: str) -> str:
    radius, fill = re.findall(r'="([^"]+)"', marks)
    width = f"{2 * float(radius):.2f}".rstrip("0").rstrip(".")
    return f'<path d="{points}" stroke="{fill}" stroke-width="{width}" stroke-linecap="round"/>'


def _outlined(found: re.Match[str]) -> str:
    """Return an outline on a grid of whole numbers, drawn smaller by as much."""
    outline, before, width, after, end = found.groups()
    if "url(" in before + after or "dash" in before + after:  # stripes and dashes would grow smaller as well
        stroke = f' stroke-width="{width}"' if width else ""
        return f'<path d="{_thinned(outline, 1)}"{before}{stroke}{after}{end}>'
    wide = f' stroke-width="{_short(_STEPS * float(width))}"' if width else ""
    return f'<path d="{_thinned(outline)}"{before}{wide}{after}{_SCALED}{end}>'


@lru_cache(maxsize=1_024)
def _thinned(outline: str, drawn: int = _STEPS) -> str:
    """Return an outline without bends that nobody sees, on a grid of half pixels, written as it is `drawn` larger."""
    rings = []
    for ring in outline.removesuffix("Z").split("Z"):
        head, _, rest = ring.partition("l")
        x, y = map(float, head.removeprefix("M").split(","))
        points = [(x, y)]
        for pair in rest.split():
            dx, dy = map(float, pair.split(","))
            x, y = x + dx, y + dy
            points.append((x, y))
        kept = [(float(round(_STEPS * a)), float(round(_STEPS * b))) for a, b in _bends(points)]
        large = drawn / _STEPS
        steps = [large * c for (a, b), (p, q) in pairwise(kept) if (a, b) != (p, q) for c in (p - a, q - b)]
        if len(steps) > 2:
            rings.append(f"M{_numbers([large * c for c in kept[0]])}l{_numbers(steps)}Z")
    return "".join(rings)


def _bends(points: list[Point]) -> list[Point]:
    """Return the points of a line without which it would miss one of them by more than :data:`_FINE`.

    References
    ----------
    Douglas & Peucker 1973, Cartographica 10(2).
    """
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far, at = _farthest(points, first, last)
        if far > _FINE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[k] for k in sorted(keep)]


def _farthest(points: list[Point], first: int, last: int) -> tuple[float, int]:
    """Return how far the farthest point between two others is from the line that ends at them, and which it is.

    A first page looks at some eighty thousand points, so what belongs to the line is worked out once.
    """
    (left, top), end = points[first], points[last]
    along, up = end[0] - left, end[1] - top
    square = along * along + up * up
    far, at = -1.0, last
    for k in range(first + 1, last):
        x, y = points[k][0] - left, points[k][1] - top
        share = (x * along + y * up) / square if square > 1e-18 else 0.0
        share = 0.0 if share < 0.0 else 1.0 if share > 1.0 else share
        off = math.hypot(x - share * along, y - share * up)
        if off >= far:
            far, at = off, k
    return far, at
