"""The pictures of the results: one bar per ratio, and curves of growth, on scales of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from measure import Measured, Point

from foedus.surfaces.svg.pen import Picture, polyline, standalone

LEFT, WIDTH, ROW = 430.0, 930.0, 30.0
PANEL_WIDTH, PANEL_HEIGHT = 465.0, 320.0
LINES = (("blue", ""), ("vermilion", "7 4"), ("teal", "2 4"), ("plum", "10 3 2 3"))


def ratios_picture(results: Sequence[Measured]) -> str:
    """Return an SVG of how many times longer each peer takes."""
    # starting up has a bound and no peer; growth is in the curves
    shown = [r for r in results if r.ratio and not r.figure.most and (r.figure.goal or not r.figure.within)]
    below = min((r.least for r in shown), default=1.0)
    decades = max(1, math.ceil(math.log10(max((r.largest for r in shown), default=10.0))))
    height = 70.0 + ROW * len(shown)
    picture = Picture(
        WIDTH,
        height,
        "How many times longer the peer takes",
        "; ".join(f"{r.figure.name}: {r.ratio:.3g} times" for r in shown),
    )

    start = min(0.0, math.log10(below))

    def at(ratio: float) -> float:
        return LEFT + (WIDTH - LEFT - 60.0) * (math.log10(ratio) - start) / (decades - start)

    for power in range(decades + 1):
        picture.line(at(10**power), 34.0, at(10**power), height - 30.0, stroke="hair")
        picture.text(at(10**power), height - 12.0, f"{10**power:,}×", size=12, fill="soft", anchor="middle")
    words = "peer / foedus: bar = median, thin line = least to largest, mark = goal; pale = peer measured elsewhere, plum = the peer is faster"
    picture.text(WIDTH - 12.0, 20.0, words, size=12, fill="soft", anchor="end")
    for k, r in enumerate(shown):
        _bar(picture, 40.0 + ROW * k, r, at)
    return standalone(picture.svg())


def _bar(picture: Picture, y: float, r: Measured, at: Callable[[float], float]) -> None:
    name, _, peer = r.figure.name.partition(" / ")
    picture.text(LEFT - 10.0, y + 14.0, f"{name} · {peer}" if peer else name, size=12, anchor="end")
    opacity = 0.45 if r.figure.stored else 1.0
    one, end, colour = at(1.0), at(r.ratio), "teal" if r.ratio >= 1.0 else "plum"
    picture.rect(min(one, end), y + 3.0, abs(end - one), 15.0, colour, radius=2, tip=f"{r.ratio:.2f}×", opacity=opacity)
    picture.line(at(r.least), y + 10.5, at(r.largest), y + 10.5, stroke="ink", width=1.5)
    if r.figure.goal:
        picture.line(at(r.figure.goal), y, at(r.figure.goal), y + 21.0, stroke="vermilion", width=2.5)
    end = max(at(r.largest), at(r.ratio), at(r.figure.goal or 1.0))
    picture.text(end + 8.0, y + 15.0, f"{r.ratio:,.0f}×" if r.ratio >= 10 else f"{r.ratio:.1f}×", size=12)


def curves_picture(results: Sequence[Measured]) -> str:
    """Return an SVG of small pictures, two in a row: how amounts grow along the points of each curve."""
    found: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for r in results:
        if r.figure.point:
            p: Point = r.figure.point
            y = r.amount if r.figure.unit else 1e3 * r.amount
            found.setdefault(p.picture, {}).setdefault(p.line, []).append((p.x, y))
    rows = -(-len(found) // 2)
    said = "; ".join(
        f"{title}: " + ", ".join(_in_words(*part) for part in lines.items()) for title, lines in found.items()
    )
    picture = Picture(2 * PANEL_WIDTH, max(rows, 1) * PANEL_HEIGHT, "How time and memory grow", said)
    for k, (title, lines) in enumerate(found.items()):
        _panel(picture, PANEL_WIDTH * (k % 2), PANEL_HEIGHT * (k // 2), title, lines)
    return standalone(picture.svg())


def _in_words(line: str, points: list[tuple[float, float]]) -> str:
    return f"{line} " + " ".join(f"{y:.3g} at {x:g}" for x, y in points)


def _ticks(least: float, most: float) -> list[float]:
    """Return powers of ten around a range, or steps of 1, 2, 5 where it spans less than two of them."""
    steps = (1.0, 2.0, 5.0) if most < 100 * least else (1.0,)
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1
    every = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    low = max(t for t in every if t <= least)
    high = min(t for t in every if t >= most and t > low)
    return [t for t in every if low <= t <= high]


def _panel(picture: Picture, x0: float, y0: float, title: str, lines: dict[str, list[tuple[float, float]]]) -> None:
    """Draw one small picture: a scale of powers upwards, to the right also where the range is wide."""
    every = [p for points in lines.values() for p in points]
    xs, ticks = sorted({x for x, _ in every}), _ticks(min(y for _, y in every), max(y for _, y in every))
    left, right, top, bottom = (
        x0 + 66.0,
        x0 + PANEL_WIDTH - 36.0,
        y0 + 44.0,
        y0 + PANEL_HEIGHT - 34.0 - 17.0 * len(lines),
    )
    scale = math.log10 if xs[-1] > 50 * xs[0] else float

    def across(x: float) -> float:
        return left + (right - left) * (scale(x) - scale(xs[0])) / ((scale(xs[-1]) - scale(xs[0])) or 1.0)

    def up(y: float) -> float:
        return bottom - (bottom - top) * math.log10(y / ticks[0]) / math.log10(ticks[-1] / ticks[0])

    what, _, along = title.partition(", by ")
    picture.text(x0 + 16.0, y0 + 24.0, what, size=14, weight="600")
    picture.text(right, y0 + 24.0, f"→ {along}", size=12, fill="soft", anchor="end")
    for tick in ticks:
        picture.line(left, up(tick), right, up(tick), stroke="hair")
        picture.text(left - 8.0, up(tick) + 4.0, f"{tick:,g}", size=12, fill="soft", anchor="end")
    for x in xs:
        picture.line(across(x), bottom, across(x), bottom + 4.0)
        picture.text(across(x), bottom + 18.0, f"{x:,g}", size=12, fill="soft", anchor="middle")
    for k, (line, points) in enumerate(lines.items()):
        ink, dash = LINES[k % len(LINES)]
        picture.path(polyline([(across(x), up(y)) for x, y in points]), stroke=ink, width=2, dash=dash)
        for x, y in points:
            picture.circle(across(x), up(y), 3.5, ink, tip=f"{line}: {y:.3g} at {x:g}")
        y = bottom + 36.0 + 17.0 * k
        picture.path(polyline([(left, y - 4.0), (left + 30.0, y - 4.0)]), stroke=ink, width=2, dash=dash)
        picture.text(left + 38.0, y, line, size=12)
