"""Pictures of a backtest: scoreboard, calibration, precision, origins, groups, famous cases."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from foedus.surfaces.svg.pen import Picture, Scale, polyline

Record = Mapping[str, Any]

INKS: Final[Mapping[str, str]] = {
    "base rate": "grey",
    "persistence": "brown",
    "age and size": "brown",
    "distance and region": "amber",
    "geography": "teal",
    "standard logit": "plum",
    "gradient boosting": "rose",
    "foedus, judged": "soft",
    "foedus, calibrated": "blue",
    "foedus and geography": "vermilion",
}
"""Colour of every forecaster; the names always stand beside them."""
DRAWN: Final = (
    "distance and region",
    "geography",
    "standard logit",
    "gradient boosting",
    "foedus, calibrated",
    "foedus and geography",
)
"""Forecasters in pictures with room for few."""
WIDTH: Final = 760.0
_LOWEST: Final = -4.0
"""Nats per event at which bars are cut off, with an arrow."""


def board(answer: Record, title: str) -> str:
    """Return the gain of every forecaster over the base rate, with bands."""
    rows = answer["rows"]
    p = Picture(WIDTH, 26.0 * len(rows) + 58, f"Scoreboard: {title}", "Nats per event saved against the base rate.")
    ends = [r["gain"][n] for r in rows for n in ("low", "high", "value") if r["gain"][n] is not None]
    low, high = max(min([*ends, 0.0]), _LOWEST), max([*ends, 0.1])
    x = Scale(low, high * 1.02, 190, WIDTH - 90)
    bottom = 26.0 * len(rows) + 14
    for t in x.ticks(6):
        p.line(x(t), 10, x(t), bottom, "hair")
        p.text(x(t), bottom + 16, f"{t:g}", 11, "soft", "middle")
    p.line(x(0), 10, x(0), bottom, "ink", 1.2)
    p.text(
        WIDTH - 90,
        bottom + 34,
        "nats per event saved against the base rate; to the right is better",
        11.5,
        "soft",
        "end",
    )
    for k, r in enumerate(rows):
        y, ink, g = 26 + 26.0 * k, INKS[r["forecaster"]], r["gain"]
        strong = "600" if r["forecaster"].startswith("foedus") else ""
        p.text(180, y + 4, r["forecaster"], 12.5, "ink", "end", weight=strong)
        p.line(x(max(g["low"], low)), y, x(max(g["high"], low)), y, ink, 2.4)
        tip = f"{g['value']:+.3f} ({g['low']:+.3f} to {g['high']:+.3f})"
        if g["value"] >= low:
            p.circle(x(g["value"]), y, 5, ink, "ground", 1.4, tip)
        else:
            p.path(f"M{x(low):.2f},{y:.2f} l9,-5 l0,10 Z", fill=ink, tip=tip)
        p.text(WIDTH - 80, y + 4, f"{g['value']:+.2f}", 12, ink, weight=strong)
    return p.svg()


def _axes(p: Picture, x: Scale, y: Scale, ticks: Sequence[float], title: str) -> None:
    p.rect(x.start, y.end, x.end - x.start, y.start - y.end, "panel")
    for t in ticks:
        p.line(x(t), y.start, x(t), y.end, "hair")
        p.line(x.start, y(t), x.end, y(t), "hair")
        p.text(x(t), y.start + 13, f"{t:g}", 9.5, "soft", "middle")
        p.text(x.start - 5, y(t) + 3, f"{t:g}", 9.5, "soft", "end")
    p.text(x.start, y.end - 6, title, 11.5, "ink", weight="600")


def reliability(answer: Record, title: str) -> str:
    """Return one calibration curve per forecaster: what was forecast, and how often it happened."""
    rows = answer["rows"]
    across, side, gap = 5, 116.0, 34.0
    deep = -(-len(rows) // across)
    p = Picture(
        WIDTH, deep * (side + 52) + 24, f"Calibration: {title}", "Forecast against frequency; on the diagonal is right."
    )
    top = max((v for r in rows for v in (*r["calibration"][0], *r["calibration"][1])), default=1.0)
    top = min(1.0, math.ceil(top * 5) / 5) or 1.0
    for k, r in enumerate(rows):
        left, up = 26 + (k % across) * (side + gap), 24 + (k // across) * (side + 52)
        x, y = Scale(0, top, left, left + side), Scale(0, top, up + side, up)
        _axes(p, x, y, (0, top / 2, top), r["forecaster"])
        p.line(x(0), y(0), x(top), y(top), "faint", 1, "4 3")
        points = [(x(f), y(o)) for f, o, _ in zip(*r["calibration"], strict=True)]
        if points:
            p.path(polyline(points), INKS[r["forecaster"]], 1.6)
        for a, b in points:
            p.circle(a, b, 3, INKS[r["forecaster"]], "ground", 1)
    p.text(WIDTH - 10, deep * (side + 52) + 16, "across: forecast · up: how often it happened", 11, "soft", "end")
    return p.svg()


def precision(pairs: Sequence[tuple[str, Record]]) -> str:
    """Return precision against recall, one panel per window."""
    side = 300.0
    p = Picture(
        WIDTH,
        side + 108,
        "Precision and recall",
        "Of those called, how many happened; of those that happened, how many were called.",
    )
    for k, (title, answer) in enumerate(pairs):
        left = 40 + k * (side + 74)
        x, y = Scale(0, 1, left, left + side), Scale(0, 1, side + 30, 30)
        _axes(p, x, y, (0, 0.25, 0.5, 0.75, 1), title)
        for r in answer["rows"]:
            if r["forecaster"] in DRAWN and r["pr"][0]:
                p.path(
                    polyline([(x(a), y(b)) for a, b in zip(*r["pr"], strict=True)]),
                    INKS[r["forecaster"]],
                    1.8,
                    tip=r["forecaster"],
                )
        p.text(left + side, side + 58, "recall (precision up)", 10.5, "soft", "end")
    _legend(p, side + 88)
    return p.svg()


def _legend(p: Picture, y: float, names: Sequence[str] = DRAWN) -> None:
    at = 12.0
    for name in names:
        p.circle(at, y - 4, 5, INKS[name])
        p.text(at + 9, y, name, 11, "ink")
        at += 5.9 * len(name) + 23


def origins(results: Sequence[Record], question: str) -> str:
    """Return the gain of ten-year forecasts by origin."""
    own = [r for r in results if r["frozen"] and question in r["questions"]]
    p = Picture(WIDTH, 300, f"Origins: {question}", "Nats per event saved against the base rate, ten years ahead.")
    if not own:
        return ""
    gains = {
        name: [
            (r, next((q["gain"] for q in r["questions"][question]["rows"] if q["forecaster"] == name), None))
            for r in own
        ]
        for name in DRAWN
    }
    values = [g["value"] for line in gains.values() for _, g in line if g]
    y = Scale(max(min([*values, 0.0]), _LOWEST), max([*values, 0.1]) * 1.05, 232, 16)
    step = (WIDTH - 110) / max(len(own), 1)
    for t in y.ticks(5):
        p.line(44, y(t), WIDTH - 40, y(t), "ink" if t == 0 else "hair", 1.2 if t == 0 else 1)
        p.text(38, y(t) + 4, f"{t:g}", 10.5, "soft", "end")
    for k, r in enumerate(own):
        p.text(70 + step * (k + 0.5), 250, f"{r['first']}–{r['last']}", 11, "ink", "middle")
        p.text(70 + step * (k + 0.5), 264, f"{r['questions'][question]['events']} events", 10, "soft", "middle")
    for j, (name, line) in enumerate(gains.items()):
        for k, (_, g) in enumerate(line):
            if g:
                at = 70 + step * (k + 0.5) + 11.0 * (j - (len(DRAWN) - 1) / 2)
                low, high = (min(max(v, y.low), y.high) for v in (g["low"], g["high"]))
                p.line(at, y(low), at, y(high), INKS[name], 2)
                p.circle(
                    at,
                    y(min(max(g["value"], y.low), y.high)),
                    4.2,
                    INKS[name],
                    "ground",
                    1.2,
                    f"{name} {g['value']:+.2f}",
                )
    _legend(p, 292)
    return p.svg()


def grouped(answer: Record, by: str, title: str) -> str:
    """Return small multiples of the gain by region, kind or decade."""
    own = [g for g in answer["groups"] if g["by"] == by]
    if not own:
        return ""
    across, wide, tall = 3, 226.0, 134.0
    deep = -(-len(own) // across)
    p = Picture(WIDTH, deep * (tall + 24) + 40, f"{title}, by {by}", "Nats per event saved against the base rate.")
    names = [n for n in DRAWN if n in own[0]["gains"]]
    ends = [g["gains"][n][e] for g in own for n in names for e in ("low", "high")]
    low, high = max(min([*ends, 0.0]), _LOWEST), max([*ends, 0.1])
    for k, g in enumerate(own):
        left, up = 18 + (k % across) * (wide + 24), 22 + (k // across) * (tall + 24)
        x = Scale(low, high, left, left + wide)
        p.rect(left, up, wide, tall - 16, "panel")
        p.line(x(0), up, x(0), up + tall - 16, "ink", 1.2)
        p.text(left, up - 6, f"{g['group']} ({g['events']})", 11.5, "ink", weight="600")
        for j, n in enumerate(names):
            y, b = up + 14 + 18.0 * j, g["gains"][n]
            ends_ = [x(min(max(b[e], low), high)) for e in ("low", "high")]
            p.line(ends_[0], y, ends_[1], y, INKS[n], 2.2)
            p.circle(x(min(max(b["value"], low), high)), y, 4.2, INKS[n], "ground", 1.2, f"{n} {b['value']:+.2f}")
        p.text(x(0), up + tall - 4, "0", 9.5, "soft", "middle")
        p.text(left + wide, up + tall - 4, f"{high:+.1f}", 9.5, "soft", "end")
    _legend(p, deep * (tall + 24) + 30, names)
    return p.svg()


def famous(cases: Sequence[Record]) -> str:
    """Return where each famous signing stands among others, by forecaster."""
    own = [c for c in cases if c["key"] != "pacific"]
    p = Picture(
        WIDTH,
        40.0 * len(own) + 66,
        "Famous signings",
        "Share of other possible alliances that a forecaster thinks likelier.",
    )
    x = Scale(0, 1, 320, WIDTH - 24)
    bottom = 40.0 * len(own) + 14
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(x(t), 10, x(t), bottom, "hair" if t != 0.5 else "faint", 1, "3 3" if t == 0.5 else "")
        p.text(x(t), bottom + 15, f"{100 * t:.0f}", 10.5, "soft", "middle")
    p.text(
        WIDTH - 24,
        bottom + 31,
        "share of alliances drawn by lot that are thought likelier, %; to the left is better",
        11,
        "soft",
        "end",
    )
    for k, c in enumerate(own):
        y = 26 + 40.0 * k
        p.text(310, y + 2, f"{c['year']} {c['title'].split(' (')[0]}", 12, "ink", "end", weight="600")
        p.text(310, y + 16, f"{c['size']} states among {c['others']} others", 10, "soft", "end")
        p.line(x(0), y, x(1), y, "hair")
        for j, n in enumerate(n for n in DRAWN if n in c["seen"]):
            share = (c["seen"][n]["rank"] - 1) / max(c["others"], 1)
            p.circle(x(share), y - 10 + 4.0 * j, 4.6, INKS[n], "ground", 1.2, f"{n}: rank {c['seen'][n]['rank']:.0f}")
    _legend(p, bottom + 50)
    return p.svg()


def unborn(cases: Sequence[Record]) -> str:
    """Return how likely a Pacific pact was in every year, beside alliances of its size drawn by lot."""
    own = [c for c in cases if c["key"] == "pacific"]
    if not own:
        return ""
    names = [n for n in DRAWN if n in own[0]["seen"]]
    logs = {n: [math.log10(max(c["seen"][n]["lift"], 1e-6)) for c in own] for n in names}
    flat = [v for line in logs.values() for v in line]
    p = Picture(
        WIDTH, 280, "A Pacific pact, year by year", "How much likelier than an alliance of its size drawn by lot."
    )
    low, high = max(math.floor(min([*flat, 0])), -6), math.ceil(max([*flat, 0.5]))
    y, x = Scale(low, high, 226, 20), Scale(own[0]["year"], own[-1]["year"], 64, WIDTH - 30)
    for t in range(low, high + 1):
        p.line(x.start, y(t), x.end, y(t), "ink" if t == 0 else "hair", 1.2 if t == 0 else 1)
        p.text(x.start - 8, y(t) + 4, f"{10.0**t:g}", 10.5, "soft", "end")
    for c in own:
        p.text(x(c["year"]), 244, str(c["year"]), 10.5, "soft", "middle")
    for n in names:
        points = [(x(c["year"]), y(max(v, low))) for c, v in zip(own, logs[n], strict=True)]
        p.path(polyline(points), INKS[n], 1.8, tip=n)
        for a, b in points:
            p.circle(a, b, 3.4, INKS[n], "ground", 1)
    _legend(p, 270, names)
    return p.svg()
