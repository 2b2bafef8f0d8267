"""The picture of the results: one bar per ratio on a scale of powers of ten, with its range and its goal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from measure import Measured

from foedus.reports.drawing import Picture, standalone

LEFT, WIDTH, ROW = 360.0, 860.0, 30.0


def ratios_picture(results: Sequence[Measured]) -> str:
    """Return an SVG of how many times longer each peer takes."""
    shown = [r for r in results if r.ratio > 1.0]
    decades = max(1, math.ceil(math.log10(max((r.largest for r in shown), default=10.0))))
    height = 70.0 + ROW * len(shown)
    picture = Picture(WIDTH, height, "How many times longer the peer takes",
                      "; ".join(f"{r.figure.name}: {r.ratio:.0f} times" for r in shown))  # fmt: skip

    def at(ratio: float) -> float:
        return LEFT + (WIDTH - LEFT - 60.0) * max(math.log10(ratio), 0.0) / decades

    for power in range(decades + 1):
        picture.line(at(10**power), 34.0, at(10**power), height - 30.0, stroke="hair")
        picture.text(at(10**power), height - 12.0, f"{10**power:,}×", size=12, fill="soft", anchor="middle")
    picture.text(
        LEFT, 20.0, "peer / foedus: bar = median, thin line = least to largest, mark = goal", size=12, fill="soft"
    )
    for k, r in enumerate(shown):
        y = 40.0 + ROW * k
        name, _, peer = r.figure.name.partition(" / ")
        picture.text(LEFT - 10.0, y + 14.0, f"{name} · {peer}", size=12, anchor="end")
        picture.rect(LEFT, y + 3.0, at(r.ratio) - LEFT, 15.0, "teal", radius=2, tip=f"{r.ratio:.1f}×")
        picture.line(at(r.least), y + 10.5, at(r.largest), y + 10.5, stroke="ink", width=1.5)
        if r.figure.goal:
            picture.line(at(r.figure.goal), y, at(r.figure.goal), y + 21.0, stroke="vermilion", width=2.5)
        picture.text(
            max(at(r.largest), at(r.ratio), at(r.figure.goal or 1.0)) + 8.0, y + 15.0, f"{r.ratio:,.0f}×", size=12
        )
    return standalone(picture.svg())
