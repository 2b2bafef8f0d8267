"""Pictures of tables made up by lot: of every mark some, for a page and for a telephone, each kept by what is in it and its hash."""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from foedus.surfaces.svg import falls, heaps, reaches, shifts, spells
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.record import MARKS, Chart
from foedus.vocabulary.tables import Column, table

WIDTHS = (760.0, 360.0)
EACH = 12
"""Tables of each mark: enough that every option is drawn with and without the others."""
NAMES = ("Japan", "South Korea", "Papua New Guinea", "a", "The council of the five, as it stands", "China", "Fiji")
IDS = ("USA", "JPN", "KOR", "AUS", "PHL", "THA", "IND", "GBR", "NOR", "TUR", "BRA", "ZAF")
FORMS = ("", "percent", "signed", "money", "whole")
KINDS = ("full", "light", "forum", "council", "bare", "open", "closed", "old")
BONDS = ("bilateral", "de facto", "multilateral", "forum", "BT", "MT")


def _number(r: random.Random, scale: float, *, gaps: bool = True) -> float | None:
    return None if gaps and r.random() < 0.1 else round(r.uniform(-0.4 * scale, scale), 3)


def _rows(r: random.Random, mark: str) -> Chart:
    form, scale, kinds = r.choice(FORMS), r.choice((1.0, 1.0, 40.0, 3e4)), r.choice((3, 3, 8))
    columns = (
        *(Column("who", head="Who"), Column("net", "% of GDP", form=form), Column("low", form=form)),
        *(Column("high", form=form), Column("security", form=form, ink="blue")),
        *(Column("autonomy", form=form, ink="plum//", head="loss of autonomy"), Column("consent", form="percent")),
        *(Column("kind"), Column("yes")),
    )
    rows = []
    for name in r.sample(NAMES, r.randint(2, len(NAMES))):
        low, net, high = sorted(_number(r, scale, gaps=False) or 0.0 for _ in range(3))
        ends = (None, None) if r.random() < 0.15 else (low, high)
        rest = (_number(r, scale), _number(r, scale), r.random())
        rows.append((name, net, *ends, *rest, r.choice(KINDS[:kinds]), r.choice((True, False, None))))
    series: str | tuple[str, ...] = ""
    options: dict[str, Any] = {}
    if mark == "stack":
        series, options = ("security", "autonomy"), {"beside": "consent"} if r.random() < 0.5 else {}
    elif mark == "dots":
        series = r.choice(("", "kind", ("security", "autonomy")))
        every = {"filled": "yes", "tick": "consent", "join": True, "base": 0.3 * scale, "base_words": "as things are"}
        options = {k: v for k, v in every.items() if r.random() < 0.6}
    elif mark == "strip":
        draws = {row[0]: [_number(r, scale) for _ in range(r.choice((0, 5, 60)))] for row in rows}
        options = {"draws": draws, "light": r.random() < 0.5, "base": 0.2 * scale, "base_words": "as it is"}
    else:
        options = {"base_words": "as it is"} if r.random() < 0.5 else {}
    if r.random() < 0.2:
        options["panels"] = "yes"
    colour = r.choice(("", "kind")) if not series else ""
    found = table("t", "T", columns, rows)
    return Chart(
        "c", mark, "How much", "", found, "net", "who", series, "low", "high", colour, {"full": "rose\\\\"}, options
    )


def _lines(r: random.Random) -> Chart:
    form, kind = r.choice(FORMS), r.choice(("year", "number", "word"))
    columns = (
        *(Column("year", form="year" if kind == "year" else ""), Column("p", "bn", form=form), Column("who")),
        *(Column("low"), Column("high"), Column("met")),
    )
    rows = []
    for who in r.sample(("a", "b", "long name of a state"), r.randint(1, 3)):
        for k in range(r.choice((2, 5, 9))):
            x = {"year": 1949 + 7 * k, "number": round(1.9**k, 2), "word": f"no. {k}"}[kind]
            p = abs(_number(r, 1.0, gaps=False) or 0.0) + 0.01
            rows.append((x, p if r.random() < 0.9 else None, who, 0.8 * p, 1.3 * p, r.random() < 0.3))
    every = {
        "shaded": "met",
        "shaded_words": "the four meet",
        "log": r.choice(("x", "y", True)),
        "size": "p",
        "join": False,
    }
    every |= dict.fromkeys(("even", "step", "stacked", "diagonal"), True)
    every |= {} if kind == "word" else {"upright": (1960, "then")}
    options = {k: v for k, v in every.items() if r.random() < 0.35}
    found = table("t", "T", columns, rows)
    return Chart(
        "c", "lines", "Over time", "", found, "year", "p", r.choice(("", "who", "who")), "low", "high", options=options
    )


def _grid(r: random.Random) -> Chart:
    columns = (Column("who"), Column("year"), Column("grown"), Column("record"), Column("share", form=r.choice(FORMS)))
    years: list[Any] = sorted(r.sample(range(1949, 2026), r.choice((2, 6, 14))))
    years = [f"the year {y}" for y in years] if r.random() < 0.3 else years
    rows = [
        (w, y, r.random() < 0.5, r.random() < 0.5, r.random())
        for w in r.sample(NAMES, r.randint(1, 5))
        for y in years
        if r.random() < 0.9
    ]
    filled = {"filled": "grown", "ringed": "record", "words": ("would sign", "bound")}
    options = r.choice((filled, {"value": "share", "ringed": "record"}))
    return Chart("c", "grid", "When", "", table("t", "T", columns, rows), "year", "who", options=options)


def _bonds(r: random.Random, mark: str) -> Chart:
    columns = (Column("name"), Column("p", form="percent"), Column("kind"), Column("members"))
    rows = [
        (f"{kind} {k}", round(r.random(), 3), kind, " ".join(r.sample(IDS, r.randint(2, 6))))
        for k, kind in enumerate(r.choices(BONDS, k=r.randint(1, 6)))
    ]
    options: dict[str, Any] = {"hub": "USA", "states": r.choice((IDS, IDS[:4], ())), "adversaries": ("CHN", "RUS")}
    every: dict[str, Any] = {"as_of": r.choice(("1953-01-01", "2020-01-01")), "outside": ("NOR",)}
    every |= {"tints": {"JPN": "teal", "KOR": "rose"}, "beside": {"JPN": "+0.40", "GBR": "-0.20"}}
    every |= {"links": {s: f"?state={s}" for s in IDS[:5]}, "ties": {str(row[0]): "?tie=1" for row in rows}}
    options |= {k: v for k, v in every.items() if r.random() < 0.5}
    found = table("t", "T", columns, rows)
    return Chart(
        "c", mark, "Who with whom", "", found, "p" if mark == "networks" else "", "name", "kind", options=options
    )


MADE: Mapping[str, Callable[[random.Random], Chart]] = {
    **{m: lambda r, m=m: _rows(r, m) for m in ("bars", "stack", "dots", "strip")},
    **{m: lambda r, m=m: _bonds(r, m) for m in ("networks", "map")},
    "lines": _lines,
    "grid": _grid,
}


def _others(r: random.Random, width: float) -> Mapping[str, str]:
    """Return pictures that are no marks of charts."""
    shares = [round(r.random(), 3) for _ in range(r.choice((1, 30, 200)))]
    some, nan = NAMES[: r.randint(2, len(NAMES))], math.nan
    worth = [round(r.uniform(-1.0, 2.0), 3) for _ in some]
    wide = [(v, v - r.random(), v + r.random()) if r.random() < 0.8 else (v, nan, nan) for v in worth]
    inks = ("blue", "rose", "teal")
    steps = [
        falls.Step(w, v, r.choice(inks), r.choice(("", "?term=a")), r.random() < 0.3)
        for w, v in zip(some, worth, strict=True)
    ]
    levels = [
        heaps.Level(w, p, r.choice(inks), 0.5 * p, p, (1 + p) / 2, r.choice((nan, 0.4)))
        for w, p in zip(some, shares * 7, strict=False)
    ]
    ends = [
        reaches.Reach(
            w,
            v,
            f"{v:.2f}",
            low,
            high,
            (f"{low:.1f}", f"{high:.1f}"),
            r.choice(((nan, nan), (-3.0, 4.0))),
            r.random() < 0.3,
        )
        for w, (v, low, high) in zip(some, wide, strict=True)
    ]
    rows = [
        shifts.Shift(w, v, r.choice((nan, v - 0.3)), r.choice(("", "?why=a")), r.choice(("", "beside")))
        for w, v in zip(some, worth, strict=True)
    ]
    bars = [
        spells.Bar(
            r.choice(some),
            f"{w} {k}",
            r.choice(("bilateral", "de facto", "multilateral", "forum")),
            1950.5 + k,
            1954.25 + k * r.choice((1, 2)),
        )
        for k, w in enumerate(some)
    ]
    chances = (
        {y: (round(0.3 * r.random(), 3), round(0.6 * r.random(), 3)) for y in range(1950, 1961)}
        if r.random() < 0.7
        else {}
    )
    happened = [(1951.25, "a treaty"), (1951.5, "a war"), (1959.0, "an end")][: r.randint(0, 3)]
    return {
        "heap": heaps.heap(shares, width, "Spread", soon=r.random() < 0.3),
        "levels": heaps.levels(levels, width, "Outcomes"),
        "waterfall": falls.waterfall(steps, r.choice(((-0.3, 0.2, 0.9), (nan, nan, nan))), width, "Sum"),
        "moves": falls.moves(
            [falls.Move(w, v, "?a=1") for w, v in zip(some, worth, strict=True)], 0.4, width, "Changes"
        ),
        "reaches": reaches.reaches(ends, width, "Ends", r.choice(("", "below"))),
        "listed": reaches.listed(ends, width, "Ends"),
        "shifts": shifts.shifts(rows, width, "Moved", r.choice((None, ("now", "before")))),
        "spells": spells.timeline(
            bars, chances, (1950, 1960), width, "Years", r.choice((None, 1955)), {1955: "?at=1955"}, happened
        ),
    }


def read() -> str:
    """Return a line for each picture: its size, how many of which shapes, and its hash."""
    lines = []
    for mark in MARKS:
        for k in range(EACH):
            chart = MADE[mark](random.Random(f"{mark} {k}"))
            lines += [f"{mark} {k}: {_kept(draw(chart, width))}" for width in WIDTHS]
    for k in range(EACH):
        for width in WIDTHS:
            lines += [f"{name} {k}: {_kept(svg)}" for name, svg in _others(random.Random(k), width).items()]
    return "\n".join(lines) + "\n"


def _kept(svg: str) -> str:
    size = re.search(r'viewBox="([^"]*)"', svg)
    shapes = Counter(re.findall(r"<([a-z]+)", svg))
    many = " ".join(
        f"{n} {count}" for n, count in sorted(shapes.items()) if n in ("circle", "line", "path", "rect", "text")
    )
    return f"{size[1] if size else 'nothing'}, {many}, {hashlib.sha256(svg.encode()).hexdigest()[:8]}"
