"""Pictures of a chronicle: institutions through the years beside the record, what the hub has, and yearly hazards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.surfaces.svg.pen import Picture, Scale, polyline
from foedus.vocabulary.tables import percent

Record = Mapping[str, Any]

WIDTH = 760.0
INKS = {"BT": "blue", "MT": "teal", "FO": "amber"}
"""Colour of each kind of institution; the kind is written beside it."""

WORDS = {"BT": "treaty", "MT": "body", "FO": "forum"}


def _years(p: Picture, x: Scale, top: float, bottom: float, data_end: int) -> None:
    step = 10 if x.high - x.low > 30 else 5 if x.high - x.low > 12 else 1
    first = int(-(-x.low // step)) * step
    for year in range(first, int(x.high) + 1, step):
        p.line(x(year), top, x(year), bottom, "hair")
        p.text(x(year), bottom + 15, str(year), 11, "soft", "middle")
    if x.low < data_end < x.high - 1:
        p.line(x(data_end + 1), top - 10, x(data_end + 1), bottom, "soft", 1, "3 3")
        near = x(data_end + 1) > WIDTH - 90  # no room to its right
        p.text(x(data_end + 1) + (-4 if near else 4), top - 5, "values held", 10.5, "soft", "end" if near else "start")


def _spells(flags: Sequence[bool | None], years: Sequence[int]) -> list[tuple[int, int]]:
    """Return the spells of years in which a flag is set, as first year and year after the last."""
    found: list[tuple[int, int]] = []
    for year, flag in zip(years, flags, strict=True):
        if flag and found and found[-1][1] == year:
            found[-1] = (found[-1][0], year + 1)
        elif flag:
            found.append((year, year + 1))
    return found


def timeline(record: Record) -> str:
    """Return the share of runs in which each institution is in force, as a ribbon, above its spells on record."""
    rows, years = record["fates"], record["years"]
    top, tall = 30.0, 44.0
    height = top + tall * len(rows) + 52
    p = Picture(
        WIDTH,
        height,
        "Institutions through the years",
        "Height of each ribbon: share of runs in which the institution is in force. Bar below: the record.",
    )
    x = Scale(years[0], years[-1] + 1, 250, WIDTH - 16)
    bottom = top + tall * len(rows)
    _years(p, x, top, bottom, record["data_end"])
    for k, f in enumerate(rows):
        base = top + tall * k + 32
        ink = INKS[f["kind"]]
        p.line(250, base, WIDTH - 16, base, "hair")
        steps = [(x(y), base - 26 * v) for y, v in zip(years, f["held"], strict=True)]
        across = [(a, b) for (left, b) in steps for a in (left, left + x(1) - x(0))]
        area = polyline([(250, base), *across, (WIDTH - 16, base)]) + "Z"
        mean = sum(f["held"]) / len(f["held"])
        p.path(area, fill=ink, opacity="0.55", tip=f"{f['name']}: in force in {percent(mean)} of run-years")
        p.path(polyline(across), ink, 1.4)
        for begun, gone in _spells(f["recorded"], years):
            p.rect(x(begun), base + 3, x(gone) - x(begun), 4, "ink", 1, f"on record {begun} to {gone - 1}")
        name = f["name"] if len(f["name"]) <= 36 else f["name"][:34].rsplit(" ", 1)[0] + " …"
        p.text(240, base - 8, name, 12, "ink", "end")
        shown = "–".join(f["members"]) if len(f["members"]) <= 5 else f"{len(f['members'])} members"
        p.text(240, base + 5, f"{WORDS[f['kind']]} {shown}", 10.5, "soft", "end")
    p.rect(0, height - 15, 12, 10, "blue", opacity=0.55)
    p.text(17, height - 6, "share of runs in force (full height: all)", 11, "soft")
    p.rect(270, height - 12, 24, 4, "ink", 1)
    p.text(300, height - 6, "in force on record", 11, "soft")
    return p.svg()


def what_there_is(record: Record) -> str:
    """Return what the hub has at the end of each year, as shares of runs stacked to one."""
    years, height = record["years"], 250.0
    p = Picture(
        WIDTH,
        height,
        "What the hub has",
        "Share of runs that end a year with a body, else a forum, else a star, else nothing.",
    )
    x, y = Scale(years[0], years[-1] + 1, 60, WIDTH - 136), Scale(0, 1, 200, 16)
    below = [0.0] * len(years)
    inks = {"body": "teal", "forum": "amber", "star": "blue", "nothing": "faint"}
    labels = {"body": "a body", "forum": "a forum", "star": "treaties only", "nothing": "nothing"}
    for form in ("nothing", "star", "forum", "body"):
        above = [b + v for b, v in zip(below, record["forms"][form], strict=True)]
        upper = [(x(t + d), y(v)) for t, v in zip(years, above, strict=True) for d in (0, 1)]
        lower = [(x(t + d), y(v)) for t, v in zip(years, below, strict=True) for d in (0, 1)]
        p.path(
            polyline([*upper, *reversed(lower)]) + "Z",
            fill=inks[form],
            stroke="ground",
            width=0.8,
            tip=f"{labels[form]}: {percent(sum(record['forms'][form]) / len(years))} of run-years",
        )
        middle = (above[-1] + below[-1]) / 2
        if above[-1] - below[-1] > 0.05:
            p.text(WIDTH - 130, y(middle) + 4, f"{labels[form]} {percent(above[-1] - below[-1])}", 12, "ink")
        below = above
    for share in (0, 0.5, 1):
        p.text(52, y(share) + 4, f"{100 * share:.0f}", 11, "soft", "end")
    p.text(52, 10, "%", 11, "soft", "end")
    _years(p, x, 16, 200, record["data_end"])
    return p.svg()


def hazards(record: Record) -> str:
    """Return the yearly chance that an institution in force is lost: a dot per year, the mean as a bar; empty for one year."""
    rows = [f for f in record["fates"] if any(h is not None for h in f["hazard"])]
    if not rows:
        return ""
    height = 30.0 * len(rows) + 70
    p = Picture(
        WIDTH,
        height,
        "How easily institutions are lost",
        "Of the runs in which an institution was in force a year before, the share that lost it; a dot per year, the mean as a bar.",
    )
    x = Scale(0, 1, 250, WIDTH - 70)
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(x(t), 10, x(t), height - 46, "hair")
        p.text(x(t), height - 30, f"{100 * t:.0f}", 11, "soft", "middle")
    p.text(WIDTH - 70, height - 12, "lost within a year, % of runs in which it was in force", 11.5, "soft", "end")
    for k, f in enumerate(rows):
        y, ink = 26 + 30.0 * k, INKS[f["kind"]]
        met = sorted((h, year) for h, year in zip(f["hazard"], record["years"], strict=True) if h is not None)
        for h, year in met:
            p.circle(x(h), y, 3, ink, tip=f"{year}: {percent(h)}", opacity=0.35)
        mean = sum(h for h, _ in met) / len(met)
        p.line(x(mean), y - 9, x(mean), y + 9, ink, 2.6)
        name = f["name"] if len(f["name"]) <= 36 else f["name"][:34].rsplit(" ", 1)[0] + " …"
        p.text(240, y + 4, name, 12, "ink", "end")
        p.text(WIDTH - 60, y + 4, percent(mean), 12.5, ink, weight="600")
    return p.svg()


def ties(record: Record) -> str:
    """Return how often each state is bound to the hub by a treaty, year by year, beside the record."""
    rows, years = record["ties"], record["years"]
    height = 30.0 * len(rows) + 62
    p = Picture(
        WIDTH,
        height,
        f"Bound to {record['case']['hub']} by a treaty",
        "Darker: more runs in which the state is bound to the hub. Bar below: bound on record.",
    )
    x = Scale(years[0], years[-1] + 1, 140, WIDTH - 16)
    wide = x(1) - x(0)
    for k, t in enumerate(rows):
        y = 12 + 30.0 * k
        p.text(130, y + 13, t["name"], 12.5, "ink", "end")
        p.rect(140, y, WIDTH - 156, 16, "panel")
        for year, share in zip(years, t["treaty"], strict=True):
            if share > 0.005:
                p.rect(
                    x(year), y, wide, 16, "blue", tip=f"{t['name']} {year}: {percent(share)}", opacity=max(share, 0.03)
                )
        for begun, gone in _spells(t["recorded"], years):
            p.rect(x(begun), y + 18, x(gone) - x(begun), 4, "ink", 1, f"on record {begun} to {gone - 1}")
    _years(p, x, 12, 12 + 30.0 * len(rows), record["data_end"])
    p.text(0, height - 4, "shade: share of runs", 11, "soft")
    p.rect(140, height - 11, 24, 4, "ink", 1)
    p.text(170, height - 4, "bound on record", 11, "soft")
    return p.svg()


def reliability(record: Record) -> str:
    """Return forecast shares against what the record has: tie-years in tenths, area by number."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for t in record["ties"]:
        for share, happened in zip(t["treaty"], t["recorded"], strict=True):
            if happened is not None:
                bins.setdefault(min(int(share * 10), 9), []).append((share, happened))
    if not bins:
        return ""
    p = Picture(
        WIDTH,
        300,
        "Forecast against record",
        "Tie-years by forecast share of runs; how many of them the record has. On the line forecasts are right.",
    )
    x, y = Scale(0, 1, 240, 500), Scale(0, 1, 260, 30)
    p.line(x(0), y(0), x(1), y(1), "faint", 1.2, "4 3")
    for t in (0, 0.5, 1):
        p.line(x(0), y(t), x(1), y(t), "hair")
        p.text(x(t), 277, f"{100 * t:.0f}", 11, "soft", "middle")
        p.text(x(0) - 8, y(t) + 4, f"{100 * t:.0f}", 11, "soft", "end")
    most = max(len(v) for v in bins.values())
    for found in bins.values():
        forecast = sum(s for s, _ in found) / len(found)
        seen = sum(h for _, h in found) / len(found)
        p.circle(
            x(forecast),
            y(seen),
            3 + 11 * (len(found) / most) ** 0.5,
            "blue",
            "ground",
            1.2,
            f"{len(found)} tie-years: forecast {percent(forecast)}, record {percent(seen)}",
            0.75,
        )
    p.text(x(0.5), 296, "share of runs in which the state is bound, %", 11.5, "soft", "middle")
    p.text(x(0), 14, "of them bound on record, %", 11.5, "soft")
    return p.svg()


PICTURES = {
    "timeline": timeline,
    "forms": what_there_is,
    "ties": ties,
    "hazards": hazards,
    "reliability": reliability,
}
"""Every picture of a chronicle by name."""
