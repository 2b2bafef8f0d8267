"""Figures of sensitivity and discovery: tornado, indices with intervals, how they settle, boxes and their trade-off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from foedus.surfaces.svg.pen import Picture, Scale, polyline

W: Final = 760.0
Record = Mapping[str, Any]

INKS: Final = ("blue", "amber", "teal", "vermilion", "plum", "rose")
DASHES: Final = ("", "7 4", "2 4", "10 3 2 3", "4 4", "12 4")


def _number(label: str) -> str:
    return label.replace("_", " ")


def _rows(record: Record, method: str, measure: str) -> list[Record]:
    """Return the last indices of one kind, largest first."""
    kind = [i for i in record["indices"] if (i["method"], i["measure"]) == (method, measure)]
    most = max((i["rounds"] for i in kind), default=0)
    return sorted((i for i in kind if i["rounds"] == most), key=lambda i: -abs(i["value"]))


def _grid(p: Picture, x: Scale, bottom: float, label: str, zero: bool = False) -> None:
    for t in x.ticks(6):
        p.line(x(t), 6, x(t), bottom, "ink" if zero and t == 0 else "hair")
        p.text(x(t), bottom + 16, f"{t:g}", 11, "soft", "middle")
    p.text(x.end, bottom + 33, label, 11.5, "soft", "end")


def tornado(record: Record, most: int = 12) -> str:
    """Return the answer at both ends of the range of each number, widest swing on top."""
    low = {i["number"]: i["value"] for i in _rows(record, "tornado", "low end")}
    high = {i["number"]: i["value"] for i in _rows(record, "tornado", "high end")}
    if not low:
        return ""
    here = _rows(record, "tornado", "value in use")[0]["value"]
    ordered = sorted(low, key=lambda n: -abs(high[n] - low[n]))[:most]
    height = 27.0 * len(ordered) + 76
    p = Picture(W, height, "Tornado", f"The {record['quantity']} with each number alone at the ends of its range.")
    ends = [here, *low.values(), *high.values()]
    x = Scale(min(0.0, *ends), max(ends) * 1.05 if max(ends) > 0 else 0.1, 270, W - 40)
    _grid(p, x, height - 46, record["quantity"])
    for k, n in enumerate(ordered):
        y = 32 + 27.0 * k
        p.text(260, y + 12, _number(n), 12.5, "ink", "end")
        for value, ink, words in ((low[n], "amber", "low end"), (high[n], "blue", "high end")):
            p.rect(x(here), y + 1, x(value) - x(here), 14, ink, 2, f"{_number(n)}, {words}: {value:.3f}")
    p.line(x(here), 24, x(here), height - 46, "ink", 1.6)
    for at, ink, words in ((270.0, "amber", "low end of its range"), (430.0, "blue", "high end")):
        p.rect(at, 4, 12, 12, ink, 2)
        p.text(at + 18, 14, words, 11.5)
    p.text(W - 40, 14, "line: value in use", 11.5, "soft", "end")
    return p.svg()


def ranks(record: Record, most: int = 14) -> str:
    """Return partial rank correlations with their intervals."""
    rows = _rows(record, "rank", "partial rank correlation")[:most]
    if not rows:
        return ""
    height = 24.0 * len(rows) + 58
    p = Picture(W, height, "Partial rank correlations", f"With the {record['quantity']}, all other numbers held.")
    x = Scale(-1, 1, 270, W - 40)
    _grid(p, x, height - 44, f"partial rank correlation, 95 % interval, {rows[0]['rounds']} draws", zero=True)
    for k, i in enumerate(rows):
        y = 12 + 24.0 * k
        sure = i["low"] * i["high"] > 0
        p.text(260, y + 10, _number(i["number"]), 12.5, "ink" if sure else "soft", "end")
        p.rect(
            x(0),
            y,
            x(i["value"]) - x(0),
            13,
            ("teal" if i["value"] > 0 else "vermilion") if sure else "faint",
            2,
            f"{_number(i['number'])}: {i['value']:+.2f}",
        )
        p.line(x(i["low"]), y + 6.5, x(i["high"]), y + 6.5, "ink", 1.4)
    return p.svg()


def variance_shares(record: Record, most: int = 12) -> str:
    """Return first-order and total shares of the variance with their intervals."""
    total = _rows(record, "sobol", "total")[:most]
    if not total:
        return ""
    first = {i["number"]: i for i in _rows(record, "sobol", "first order")}
    height = 34.0 * len(total) + 78
    p = Picture(
        W, height, "Shares of the variance", f"Sobol's indices of the {record['quantity']}, with 95 % intervals."
    )
    ends = [i[k] for i in (*total, *first.values()) for k in ("low", "high", "value") if i[k] is not None]
    x = Scale(min(0.0, max(-0.3, min(ends))), min(1.3, max(0.1, *ends)), 270, W - 40)
    _grid(p, x, height - 46, f"share of the variance, {total[0]['rounds']} rounds", zero=True)
    for at, ink, words in ((270.0, "blue", "alone"), (350.0, "amber", "with everything it acts through")):
        p.rect(at, 4, 12, 12, ink, 2)
        p.text(at + 18, 14, words, 11.5)
    for k, i in enumerate(total):
        y = 30 + 34.0 * k
        p.text(260, y + 15, _number(i["number"]), 12.5, "ink", "end")
        for n, (row, ink) in enumerate(((first[i["number"]], "blue"), (i, "amber"))):
            p.rect(x(0), y + 12 * n, x(max(x.low, min(x.high, row["value"]))) - x(0), 10, ink, 2, f"{row['value']:.2f}")
            if row["low"] is not None:
                p.line(
                    x(max(row["low"], x.low)), y + 12 * n + 5, x(min(row["high"], x.high)), y + 12 * n + 5, "ink", 1.3
                )
    return p.svg()


def effects(record: Record, most: int = 12) -> str:
    """Return Morris's mean effect against the spread of effects: far right matters, high up acts with others."""
    rows = _rows(record, "morris", "mean effect")
    if not rows:
        return ""
    spread = {i["number"]: i["value"] for i in _rows(record, "morris", "spread of effects")}
    p = Picture(W, 400, "Elementary effects", f"Of each number on the {record['quantity']}: mean and spread.")
    x = Scale(0, max(i["high"] or i["value"] for i in rows) * 1.02, 60, W - 190)
    y = Scale(0, max(spread.values()) * 1.1, 352, 16)
    for t in y.ticks(5):
        p.line(60, y(t), W - 190, y(t), "hair")
        p.text(50, y(t) + 4, f"{t:g}", 11, "soft", "end")
    _grid(p, x, 352, f"mean effect of crossing the range, {rows[0]['rounds']} rounds")
    p.text(60, 10, "spread of effects: curvature and company", 11.5, "soft")
    for i in reversed(rows):
        leading = i in rows[:most]
        place = x(i["value"]), y(spread[i["number"]])
        if leading:
            p.line(x(i["low"]), place[1], x(min(i["high"], x.high)), place[1], "faint", 1.2)
        p.circle(
            *place,
            4.6 if leading else 2.6,
            "blue" if leading else "faint",
            "ground",
            1.2,
            f"{_number(i['number'])}: {i['value']:.3f}",
        )
    last = -99.0
    for height, i in sorted((y(spread[i["number"]]), i["number"]) for i in rows[:most]):
        last = max(height + 4, last + 14)
        p.text(W - 182, last, _number(i), 11.5)
    return p.svg()


_SETTLES: Final = (("sobol", "total"), ("rank", "partial rank correlation"), ("morris", "mean effect"))


def settling(record: Record, most: int = 6) -> str:
    """Return how the leading indices settle as rounds grow, with their intervals."""
    kinds = [(m, s) for m, s in _SETTLES if len({i["rounds"] for i in record["indices"] if i["method"] == m}) > 1]
    if not kinds:
        return ""
    high = 250.0
    p = Picture(W, (high + 24) * len(kinds), "How far the indices have settled", "Leading indices at growing rounds.")
    for n, (method, measure) in enumerate(kinds):
        _settle(p, record, (method, measure), n * (high + 24), most)
    return p.svg()


def _settle(p: Picture, record: Record, kind: tuple[str, str], top: float, most: int) -> None:
    leading = [i["number"] for i in _rows(record, *kind)[:most]]
    found = [i for i in record["indices"] if (i["method"], i["measure"]) == kind and i["number"] in leading]
    sizes = sorted({i["rounds"] for i in found})
    ends = [i[k] for i in found for k in ("low", "high") if i[k] is not None]
    least, largest = (min(ends), max(ends)) if ends else (0.0, 1.0)
    x, y = Scale(0, len(sizes) - 1, 74, W - 230), Scale(min(0.0, least), largest, top + 206, top + 24)
    for t in y.ticks(4):
        p.line(60, y(t), W - 216, y(t), "ink" if t == 0 else "hair")
        p.text(50, y(t) + 4, f"{t:g}", 11, "soft", "end")
    for k, size in enumerate(sizes):
        p.text(x(k), top + 226, f"{size}", 11, "soft", "middle")
    p.text(60, top + 12, f"{kind[1]}, 95 % interval, against rounds", 11.5, "soft")
    labels = []
    for k, name in enumerate(leading):
        line = sorted((i for i in found if i["number"] == name), key=lambda i: i["rounds"])
        points = [(x(sizes.index(i["rounds"])) + 4 * k - 10, y(i["value"])) for i in line]
        p.path(polyline(points), INKS[k % len(INKS)], 2, dash=DASHES[k % len(DASHES)])
        for (cx, cy), i in zip(points, line, strict=True):
            if i["low"] is not None:
                p.line(cx, y(i["low"]), cx, y(i["high"]), INKS[k % len(INKS)], 1.2)
            p.circle(cx, cy, 3.2, INKS[k % len(INKS)], "ground", 1, f"{_number(name)}: {i['value']:.2f}")
        labels.append((points[-1][1], name, INKS[k % len(INKS)]))
    last = -99.0
    for at, name, ink in sorted(labels):
        last = max(at + 4, last + 15)
        p.text(W - 206, last, _number(name), 11.5, ink, weight="600")


def boxes(record: Record) -> str:
    """Return the limits of every box as bars within the ranges that were drawn."""
    rows = record["boxes"]
    if not rows:
        return ""
    height = 34.0 * len(rows) + 40
    p = Picture(W, height, f"Where {record['goal']}", "The part of each range that the box keeps.")
    p.text(300, 12, "within the whole range that was drawn", 11.5, "soft")
    for k, r in enumerate(rows):
        y, x = 26 + 34.0 * k, Scale(r["range_low"], r["range_high"], 300, W - 130)
        p.text(
            286, y + 11, f"{r['box']}. " * (record["boxes"][-1]["box"] > 1) + _number(r["number"]), 12.5, "ink", "end"
        )
        p.rect(300, y, W - 430, 12, "hair", 3)
        low, high = (
            r[end] if r[end] is not None else r[edge] for end, edge in (("least", "range_low"), ("most", "range_high"))
        )
        p.rect(x(low), y, max(3.0, x(high) - x(low)), 12, "teal", 3, r["words"])
        p.text(300, y + 25, f"{r['range_low']:.3g}", 10.5, "soft")
        p.text(W - 130, y + 25, f"{r['range_high']:.3g}", 10.5, "soft", "end")
        p.text(W - 120, y + 11, r["words"].removeprefix(_number(r["number"])).strip() or r["words"], 11.5, "ink")
    return p.svg()


def trade_off(record: Record) -> str:
    """Return coverage against density of every box on the way, the advised one marked."""
    rows = [r for r in record["trade_off"] if r["box"] == 1]
    if not rows:
        return ""
    p = Picture(W, 360, "Coverage against density", f"Boxes of draws in which {record['goal']}.")
    x, y = Scale(0, 1, 60, W - 220), Scale(0, 1, 306, 16)
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(60, y(t), W - 220, y(t), "hair")
        p.text(50, y(t) + 4, f"{100 * t:.0f}", 11, "soft", "end")
    p.text(60, 10, "density, % of the draws in the box that are cases", 11.5, "soft")
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(x(t), 16, x(t), 306, "hair")
        p.text(x(t), 322, f"{100 * t:.0f}", 11, "soft", "middle")
    p.text(W - 220, 340, "coverage, % of all cases that lie in the box", 11.5, "soft", "end")
    path = [r for r in rows if r["role"] == "path"]
    for a, b in pairwise(path):
        p.line(x(a["coverage"]), y(a["density"]), x(b["coverage"]), y(b["density"]), "faint", 1.4)
    for r in path:
        ink = INKS[min(r["limited"], len(INKS)) - 1] if r["limited"] else "grey"
        p.circle(
            x(r["coverage"]), y(r["density"]), 4.2, ink, "ground", 1.2, f"{r['limited']} limited, mass {r['mass']:.2f}"
        )
    for k, n in enumerate(sorted({min(r["limited"], len(INKS)) for r in path})):
        p.circle(W - 196, 30 + 20 * k, 4.2, INKS[n - 1] if n else "grey")
        p.text(W - 184, 34 + 20 * k, f"{n}{' or more' if n == len(INKS) else ''} numbers limited", 11.5)
    best = next(r for r in rows if r["role"] == "advised")
    p.circle(x(best["coverage"]), y(best["density"]), 9, "none", "ink", 2)
    p.text(W - 196, 300, "○ advised box", 11.5, "ink")
    return p.svg()


SENSITIVITY: Final[Mapping[str, Callable[[Record], str]]] = MappingProxyType(
    {"ranks": ranks, "tornado": tornado, "effects": effects, "variance": variance_shares, "settling": settling}
)
"""Pictures of what moves an answer, by name; empty where the method was not asked for."""

DISCOVERY: Final[Mapping[str, Callable[[Record], str]]] = MappingProxyType({"boxes": boxes, "trade-off": trade_off})
"""Pictures of where a goal is reached, by name."""


def pictures(record: Record, drawn: Mapping[str, Callable[[Record], str]]) -> Sequence[tuple[str, str]]:
    """Return the pictures there are, each with its name."""
    return [(name, svg) for name, draw in drawn.items() if (svg := draw(record))]
