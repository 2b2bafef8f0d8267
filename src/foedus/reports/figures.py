"""Figures: one function per kind of picture, from a record to SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from foedus.mechanisms import COMPONENTS
from foedus.reports.maps import LINES, region_map
from foedus.reports.writing import COMPONENT_LABELS, country, percent
from foedus.surfaces.svg.pen import Picture, Scale, fill_of, polyline

W = 760.0
Record = Mapping[str, Any]

__all__ = [
    "blockers",
    "drivers",
    "exclusion",
    "forms",
    "leverage",
    "levers",
    "networks",
    "quarrel",
    "region_map",
    "treaties",
    "wedge",
]


def _axis(
    p: Picture, scale: Scale, top: float, bottom: float, label: str, as_percent: bool = False, signed: bool = False
) -> None:
    for t in scale.ticks(6):
        x = scale(t)
        p.line(x, top, x, bottom, "ink" if signed and t == 0 else "hair", 1)
        words = f"{100 * t:.0f}" if as_percent else f"{t:+g}" if signed and t else f"{t:g}"
        p.text(x, bottom + 16, words, 11, "soft", "middle")
    p.text(scale.end, bottom + 33, label, 11.5, "soft", "end")


def forms(record: Record) -> str:
    """Return how likely each outcome of a year is: every draw a dot, the default a bar."""
    rows = [f for f in record["forms"] if (f["default"] or 0) > 0 or (f["high"] or 0) > 0]
    height = 58.0 * len(rows) + 56
    p = Picture(W, height, "What one year ends with", "Probability of each outcome; dots are quantiles of the draws.")
    x = Scale(0, 1, 210, W - 70)
    _axis(p, x, 6, height - 46, "probability in one year, %", as_percent=True)
    for k, f in enumerate(rows):
        y = 34 + 58.0 * k
        ink = "teal" if f["form"] == "body" else "amber" if f["form"].startswith("body") else "blue"
        p.text(198, y + 4, f["label"], 13.5, "ink", "end", "600" if f["form"] == "body" else "")
        _dots(p, x, y, f["draws"], ink)
        if f["low"] is not None:
            p.line(x(f["low"]), y + 15, x(f["high"]), y + 15, ink, 1.4)
            p.line(x(f["median"]), y + 11, x(f["median"]), y + 19, ink, 2.4)
        p.path(
            f"M{x(f['default']):.2f},{y - 14:.2f} l5,-8 l-10,0 Z", fill="ink", tip=f"default {percent(f['default'])}"
        )
        p.text(W - 60, y + 4, percent(f["default"]), 14, ink, "start", "600")
    p.text(0, height - 13, "▾ default parameters   ┃ median, and 5–95 % of draws", 11, "soft")
    return p.svg()


def _dots(p: Picture, x: Scale, y: float, draws: Sequence[float], ink: str) -> None:
    """Stack one dot per fiftieth of the draws, like a histogram that can be counted."""
    if not draws:
        return
    ordered = sorted(draws)
    sample = [ordered[min(len(ordered) - 1, int((k + 0.5) / 50 * len(ordered)))] for k in range(50)]
    stacks: dict[int, int] = {}
    for v in sample:
        cell = round(x(v) / 5.2)
        level = stacks.get(cell, 0)
        stacks[cell] = level + 1
        if level < 9:
            p.circle(cell * 5.2, y + 7 - level * 4.3, 2.1, ink, opacity=0.75)


def blockers(record: Record, which: int = 0) -> str:
    """Return who gains and who loses by a body: terms stacked both ways, net as a mark, range as a whisker."""
    rows = record["bodies"][which]["rows"]
    terms = [c for c in COMPONENTS if any(abs(r["components"][c]) >= 0.004 for r in rows)]
    ends = [0.1]
    for r in rows:
        ends += [sum(max(0, v) for v in r["components"].values()), sum(max(0, -v) for v in r["components"].values())]
    reach = max(ends) * 1.05
    top, height = 66.0, 31.0 * len(rows) + 66 + 46
    p = Picture(
        W,
        height,
        f"Who blocks: {record['bodies'][which]['body']['label']}",
        "Gain over what there is without the body, by mechanism, % of GDP a year.",
    )
    x = Scale(-reach, reach, 128, W - 84)
    _axis(p, x, top - 6, height - 46, "% of own GDP a year, against no body", signed=True)
    _terms_key(p, terms)
    for k, r in enumerate(rows):
        y = top + 31.0 * k
        for sign in (-1, 1):
            at = 0.0
            for c in terms:
                v = r["components"][c]
                if v * sign > 0.002:
                    p.rect(
                        x(at),
                        y + 3,
                        x(at + v) - x(at),
                        18,
                        fill_of(c),
                        tip=f"{r['name']}: {COMPONENT_LABELS[c]} {v:+.2f}",
                    )
                    at += v
        d = r["difference"]
        if d["low"] is not None:
            low, high = max(d["low"], -reach), min(d["high"], reach)
            p.line(x(low), y + 25, x(high), y + 25, "soft", 1.2)
        p.path(f"M{x(d['default']):.2f},{y - 1:.2f} v26", "ground", 5)
        p.path(f"M{x(d['default']):.2f},{y:.2f} v24", "ink", 2.6, tip=f"net {d['default']:+.2f}")
        p.text(118, y + 16, r["name"], 13, "ink", "end")
        p.text(W - 76, y + 16, f"{d['default']:+.2f}", 13, "vermilion" if d["default"] < 0 else "blue", "start", "600")
        p.text(W, y + 16, percent(r["consent"]), 11.5, "soft", "end")
    p.text(W, top - 14, "agrees", 11, "soft", "end")
    p.text(W - 76, top - 14, "net", 11, "soft")
    return p.svg()


def _terms_key(p: Picture, terms: Sequence[str]) -> None:
    at, row = 0.0, 0
    for c in terms:
        wide = 18 + len(COMPONENT_LABELS[c]) * 6.6 + 14
        if at + wide > W - 150:
            at, row = 0.0, row + 1
        p.rect(at, 2 + 20 * row, 13, 13, fill_of(c), 2)
        p.text(at + 18, 13 + 20 * row, COMPONENT_LABELS[c], 11.5, "ink")
        at += wide


def leverage(record: Record) -> str:
    """Return the hub's leverage by architecture: value in bargaining, share, policy control."""
    rows = record["leverage"]
    panels = (
        ("money", "value in bargaining, bn a year", False),
        ("share", "share of all gains, %", True),
        ("control", "policy control, % of GDP", False),
    )
    height = 40.0 * len(rows) + 76
    p = Picture(W, height, "The hub's leverage", "Value, share and policy control of the hub in four architectures.")
    names = ("star", "council,\none by one", "council,\nas a bloc", "led by\nthe hub")
    for n, (measure, label, as_percent) in enumerate(panels):
        left = 96 + n * 224.0
        values = [r[measure] for r in rows]
        known = [v for b in values for v in (b["default"], b["low"], b["high"]) if v is not None]
        low, high = min(0.0, *known), max(0.0, *known)
        x = Scale(low, high * 1.04 if high > 0 else 0.0, left, left + 188)
        p.text(left, 14, label, 12, "ink", weight="600")
        for t in x.ticks(3):
            p.line(x(t), 26, x(t), height - 40, "ink" if t == 0 else "hair")
            p.text(x(t), height - 24, f"{100 * t:.0f}" if as_percent else f"{t:g}", 11, "soft", "middle")
        for k, b in enumerate(values):
            y = 50 + 40.0 * k
            ink = "blue" if k == 0 else "amber"
            if b["low"] is not None:
                p.line(x(b["low"]), y, x(b["high"]), y, ink, 1.4)
            p.circle(x(b["default"]), y, 5.2, ink, "ground", 1.4, f"{b['default']:.3g}")
            if n == 0:
                for m, line in enumerate(names[k].split("\n")):
                    p.text(84, y + 4 + m * 13 - (6.5 if "\n" in names[k] else 0), line, 12, "ink", "end")
    return p.svg()


def treaties(record: Record) -> str:
    """Return what each treaty is worth to the hub and to the spoke."""
    rows = record["treaties"]
    if not rows:
        return ""
    height = 38.0 * len(rows) + 72
    known = [v for t in rows for b in t["worth"].values() for v in (b["default"], b["low"], b["high"]) if v is not None]
    p = Picture(W, height, "What each treaty is worth", "Worth to hub and spoke, % of own GDP a year.")
    x = Scale(min(-0.1, max(min(known), -1.5)), max(0.1, min(max(known), 4.0)), 190, W - 130)
    _axis(p, x, 24, height - 44, "% of own GDP a year, against no treaty", signed=True)
    for k, t in enumerate(rows):
        y = 42 + 38.0 * k
        hub, spoke = t["members"][0], t["members"][-1]
        h, s = t["worth"][hub], t["worth"][spoke]
        p.text(178, y + 4, country(spoke), 13, "ink", "end")
        if s["low"] is not None:
            p.line(x(max(s["low"], x.low)), y, x(min(s["high"], x.high)), y, "amber", 1.4)
        p.line(x(h["default"]), y, x(s["default"]), y, "faint", 1)
        p.circle(x(s["default"]), y, 5.4, "amber", "ground", 1.4, f"{country(spoke)} {s['default']:+.2f}")
        p.rect(x(h["default"]) - 4.6, y - 4.6, 9.2, 9.2, "blue", 1, f"{country(hub)} {h['default']:+.2f}")
        leaves = t["exit"][spoke]["default"]
        p.text(W - 118, y + 4, f"leaves {percent(leaves)} a year", 11.5, "vermilion" if leaves > 0.5 else "soft")
    p.rect(190, 4, 9.2, 9.2, "blue", 1)
    p.text(205, 13, f"worth to {country(rows[0]['members'][0])}", 11.5)
    p.circle(350, 8.6, 5.2, "amber")
    p.text(361, 13, "worth to the ally, with 5–95 %", 11.5)
    return p.svg()


def quarrel(record: Record) -> str:
    """Return the ladder of the quarrel: how often each rung is reached, variant by variant."""
    found = record["quarrel"]
    if not found:
        return ""
    rows = found["variants"]
    height = 33.0 * len(rows) + 84
    one, other = found["names"]
    p = Picture(
        W, height, f"The quarrel of {one} and {other}", "Probability of each rung of the ladder in ten variants."
    )
    x = Scale(0, 1, 312, W - 20)
    _axis(p, x, 34, height - 44, "probability, %", as_percent=True)
    rungs = (
        ("both", "blue", "both escalate"),
        ("brokered", "amber", "… and nobody brokers"),
        ("third_rung", "vermilion", "raised again"),
    )
    at = 312.0
    for _, ink, words in rungs:
        p.circle(at + 5, 12, 5, ink)
        p.text(at + 15, 16, words, 11.5)
        at += 15 + len(words) * 6.4 + 22
    for k, v in enumerate(rows):
        y = 52 + 33.0 * k
        p.text(302, y + 4, v["label"], 12.5, "ink", "end", "600" if k == 0 else "")
        if v["both"]["low"] is not None:
            p.line(x(v["both"]["low"]), y, x(v["both"]["high"]), y, "blue", 1.3)
        p.line(x(v["third_rung"]["default"]), y, x(v["both"]["default"]), y, "faint", 1)
        for measure, ink, words in reversed(rungs):
            p.circle(x(v[measure]["default"]), y, 5.4, ink, "ground", 1.4, f"{words}: {percent(v[measure]['default'])}")
    return p.svg()


def wedge(record: Record) -> str:
    """Return what a budget of pressure does to each architecture."""
    rows = record["wedge"]["rows"]
    if not rows:
        return ""
    budgets = [c["budget_bn"] for c in rows[0]["curve"]]
    height = 330.0
    p = Picture(
        W, height, "The wedge", "Chance that a body still has all consents, or share of treaties kept, by budget."
    )
    x = Scale(0, len(budgets) - 1, 60, W - 236)
    y = Scale(0, 1, height - 56, 24)
    for t in (0, 0.25, 0.5, 0.75, 1):
        p.line(60, y(t), W - 236, y(t), "hair")
        p.text(50, y(t) + 4, f"{100 * t:.0f}", 11, "soft", "end")
    for k, b in enumerate(budgets):
        p.text(x(k), height - 36, f"{b:g}", 11, "soft", "middle")
    p.text(W - 236, height - 14, "pressure, bn a year (steps are not equal)", 11.5, "soft", "end")
    p.text(60, 10, "% that holds", 11.5, "soft")
    inks = ("vermilion", "amber", "plum", "rose", "brown")
    labels: list[tuple[float, str, str]] = []
    for k, r in enumerate(rows):
        star = r["architecture"] == "star"
        ink = "blue" if star else inks[k % len(inks)]
        points = [(x(n), y(c["default"])) for n, c in enumerate(r["curve"])]
        p.path(polyline(points), ink, 2.4, dash="" if star else ("7 4", "2 4", "10 3 2 3")[k % 3])
        for n, c in enumerate(r["curve"]):
            p.circle(
                *points[n], 3.4, ink, "ground", 1.2, f"{r['label']}: {percent(c['default'])} at {c['budget_bn']:g} bn"
            )
        labels.append((points[-1][1], r["label"], ink))
    last = -99.0
    for at, words, ink in sorted(labels):
        last = max(at + 4, last + 17)
        p.text(W - 226, last, words if len(words) < 34 else words[:32] + "…", 12, ink, weight="600")
    return p.svg()


def levers(record: Record, most: int = 13) -> str:
    """Return what single changes do to the chance of a body."""
    rows = record["levers"][:most]
    height = 27.0 * len(rows) + 56
    p = Picture(
        W, height, "What would change the answer", "Chance of a body in a year after one change, all else equal."
    )
    x = Scale(0, max(0.1, *(e["body"] for e in rows)) * 1.05, 330, W - 60)
    _axis(p, x, 4, height - 44, "chance of a body in one year, %", as_percent=True)
    base = rows[0]["body"] - rows[0]["change"]
    for k, e in enumerate(rows):
        y = 10 + 27.0 * k
        p.text(320, y + 13, e["label"], 12.5, "ink", "end")
        p.rect(x(base), y + 3, x(e["body"]) - x(base), 13, "teal" if e["change"] >= 0 else "vermilion", 2)
        p.text(max(x(e["body"]), x(base)) + 6, y + 14, percent(e["body"]), 12, "ink", weight="600")
    p.line(x(base), 0, x(base), height - 44, "ink", 1.4)
    return p.svg()


def drivers(record: Record) -> str:
    """Return which uncertain numbers move the chance of a body across the draws."""
    rows = record["drivers"]
    if not rows:
        return ""
    height = 24.0 * len(rows) + 52
    p = Picture(
        W, height, "Which uncertain numbers matter", "Rank correlation with the chance of a body over the draws."
    )
    x = Scale(-1, 1, 300, W - 50)
    chance = 1.96 / math.sqrt(max(1, record.get("draws", 0) - 1))
    p.rect(x(-chance), 2, x(chance) - x(-chance), height - 44, "hair", 0, f"chance alone stays within ±{chance:.2f}")
    _axis(p, x, 2, height - 42, "rank correlation with the chance of a body", signed=True)
    for k, d in enumerate(rows):
        y = 6 + 24.0 * k
        v = d["rank_correlation"]
        p.text(250, y + 13, d["number"].replace("_", " "), 12.5, "ink", "end")
        p.rect(
            x(0),
            y + 3,
            x(v) - x(0),
            13,
            ("teal" if v > 0 else "vermilion") if abs(v) > chance else "faint",
            2,
            f"{v:+.2f}",
        )
        p.text(x(v) + (6 if v > 0 else -6), y + 14, f"{v:+.2f}", 11.5, "soft", "start" if v > 0 else "end")
    return p.svg()


def exclusion(record: Record) -> str:
    """Return what a body does to a state it leaves out or takes in."""
    rows = [(e["name"], r) for e in record["exclusion"] for r in e["rows"]]
    if not rows:
        return ""
    height = 34.0 * len(rows) + 52
    p = Picture(W, height, "In and out of a body", "Expected loss of a state that is not recognised, % of GDP a year.")
    ends = [v for _, r in rows for v in (r["loss"]["default"], r["loss"]["high"]) if v is not None]
    x = Scale(0, max(ends) * 1.05, 250, W - 60)
    _axis(p, x, 2, height - 42, "expected loss, % of GDP a year")
    for k, (who, r) in enumerate(rows):
        y = 20 + 34.0 * k
        p.text(240, y + 4, f"{who}: {r['label'][0].lower()}{r['label'][1:]}", 12.5, "ink", "end")
        b = r["loss"]
        if b["low"] is not None:
            p.line(x(b["low"]), y, x(b["high"]), y, "vermilion", 1.4)
        p.circle(x(b["default"]), y, 5.6, "vermilion", "ground", 1.4)
        p.text(x(b["default"]), y - 10, f"{b['default']:.2f}", 11.5, "ink", "middle", "600")
    return p.svg()


def networks(record: Record) -> str:
    """Return the architectures on the menu as small networks, the hub in the middle."""
    found = record["architectures"]
    states = [s["id"] for s in record["case"]["states"]]
    hub = record["case"]["hub"]
    columns = min(3, max(1, len(found)))
    size = W / columns
    rows = math.ceil(len(found) / columns)
    p = Picture(
        W, rows * (size + 34) + 6, "The architectures on the menu", "Who is bound to whom, and how likely each is."
    )
    others = [s for s in states if s != hub]
    for n, a in enumerate(found):
        cx, cy = (n % columns + 0.5) * size, (n // columns) * (size + 34) + size / 2 + 26
        radius = size * 0.335
        spot = {hub: (cx, cy)}
        for k, s in enumerate(others):
            turn = 2 * math.pi * k / len(others) - math.pi / 2
            spot[s] = (cx + radius * math.cos(turn), cy + radius * math.sin(turn))
        p.text(
            cx, cy - size / 2 - 8, f"{a['label']} · {percent(a['probability']['default'])}", 13, "ink", "middle", "600"
        )
        _ties(p, a, spot)
        for s, (x, y) in spot.items():
            tied = any(s in m["members"] for m in a["institutions"])
            p.circle(x, y, 6.5 if s == hub else 4.6, "blue" if tied else "faint", "ground", 1.5, country(s))
            dx, dy = (x - cx) / radius if s != hub else 0, (y - cy) / radius if s != hub else -0.9
            p.text(
                x + dx * 13,
                y + dy * 13 + 4,
                s,
                11,
                "ink" if tied else "soft",
                "start" if dx > 0.3 else "end" if dx < -0.3 else "middle",
                "600" if s == hub else "",
                halo=True,
            )
    return p.svg()


_KINDS = {"BT": "bilateral", "DF": "de facto", "MT": "multilateral", "FO": "forum"}


def _ties(p: Picture, architecture: Record, spot: Mapping[str, tuple[float, float]]) -> None:
    for m in architecture["institutions"]:
        stroke, dash, width, _ = LINES[_KINDS[m["kind"]]]
        members = [s for s in m["members"] if s in spot]
        if m["kind"] in ("MT", "FO"):
            pairs = [(a, b) for k, a in enumerate(members) for b in members[k + 1 :]]
            for a, b in pairs:
                p.line(*spot[a], *spot[b], stroke, 1.3, dash)
        elif len(members) == 2:
            p.line(*spot[members[0]], *spot[members[1]], stroke, width, dash)
