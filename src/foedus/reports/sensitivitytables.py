"""Tables of sensitivity and of discovery: tidy, every index also as it was with fewer draws."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from foedus.methods.importance import Importance
from foedus.methods.scenarios import Discovery, Range
from foedus.vocabulary.tables import Cell, Column, Table, table

MEASURES: Mapping[str, tuple[str, ...]] = {
    "rank": ("partial rank correlation",),
    "tornado": ("low end", "high end"),
    "morris": ("mean effect", "spread of effects"),
    "sobol": ("first order", "total"),
}
"""Measures of each method, the one that orders first where there are several."""

TITLES: Mapping[str, str] = {
    "rank": "Partial rank correlations",
    "tornado": "One at a time, to both ends of the range",
    "morris": "Elementary effects of Morris",
    "sobol": "Variance shares of Sobol",
}
"""Titles of methods."""


_SHORT: Mapping[str, str] = {
    "partial rank correlation": "partial_rank",
    "mean effect": "mean",
    "spread of effects": "spread",
    "first order": "alone",
    "total": "total",
}


def _cell(value: float) -> Cell:
    return None if math.isnan(value) else value


def indices(found: Importance) -> Table:
    """Return every index, with its interval, at every number of rounds: the last of each is the answer."""
    rows = [
        [i.method, i.number, i.measure, i.evaluations, *map(_cell, (i.value, i.low, i.high))] for i in found.indices
    ]
    columns = [
        Column("method"),
        Column("number", "", "label of the uncertain number; empty for the value in use"),
        Column("measure"),
        Column("rounds", "", "rounds it rests on"),
        Column("value", "see measure", "correlation, share of variance, or unit of the answer"),
        Column("low", "see measure", "2.5 %"),
        Column("high", "see measure", "97.5 %"),
    ]
    return table("sensitivity", f"What moves the {found.phrase}", columns, rows)


def strongest(found: Importance, method: str, most: int = 12) -> Table:
    """Return the numbers that matter most by one method, strongest first, with half as many rounds beside."""
    measures = MEASURES[method]
    if method == "tornado":
        return swings(found, most)
    measures = measures[::-1] if method == "sobol" else measures
    head = [Column("number")]
    rows: list[list[Cell]] = [[i.number] for i in found.of(method, measures[0])[:most]]
    for n, measure in enumerate(measures):
        last = {i.number: i for i in found.of(method, measure)}
        every = [i for i in found.indices if (i.method, i.measure) == (method, measure)]
        sizes = sorted({i.evaluations for i in every})
        before = {i.number: i.value for i in every if len(sizes) > 1 and i.evaluations == sizes[-2]}
        name = _SHORT[measure]
        stem = f"{name}_" if n else ""
        head += [
            Column(name, "", measure),
            Column(f"{stem}low", "", "2.5 %"),
            Column(f"{stem}high", "", "97.5 %"),
            Column(f"{stem}at_half", "", "with half as many rounds"),
        ]
        for row in rows:
            i = last[str(row[0])]
            row += [i.value, _cell(i.low), _cell(i.high), _cell(before.get(i.number, math.nan))]
    rounds = max(i.evaluations for i in found.indices if i.method == method)
    return table(method, f"{TITLES[method]}: {found.phrase}, {rounds} rounds", head, rows)


def swings(found: Importance, most: int = 12) -> Table:
    """Return the answer at both ends of the range of each number, widest swing first."""
    low = {i.number: i.value for i in found.of("tornado", "low end")}
    high = {i.number: i.value for i in found.of("tornado", "high end")}
    here = found.of("tornado", "value in use")[0].value
    ordered = sorted(low, key=lambda n: -abs(high[n] - low[n]))[:most]
    columns = [Column("number"), Column("at_low_end"), Column("value_in_use"), Column("at_high_end"), Column("swing")]
    rows: list[list[Cell]] = [[n, low[n], here, high[n], high[n] - low[n]] for n in ordered]
    return table("tornado", f"{TITLES['tornado']}: {found.phrase}", columns, rows)


def limit_words(r: Range, low: float | None, high: float | None) -> str:
    """Return limits in words; a column of 0 and 1 is a choice."""
    label = r.label.replace("_", " ")
    if ": " in r.label and (r.low, r.high) == (0.0, 1.0):
        return label if low is not None and low > 0 else f"not {label}"
    if low is not None and high is not None:
        return f"{label} from {low:.3g} to {high:.3g}"
    return f"{label} at most {high:.3g}" if low is None else f"{label} at least {low:.3g}"


def limits(found: Discovery) -> Table:
    """Return the limits of every box, with the range they are part of and how likely chance would do as well."""
    rows: list[list[Cell]] = []
    for n, scenario in enumerate(found.scenarios, 1):
        box = scenario.box
        for k in box.columns:
            r = found.ranges[k]
            low, high = box.limits.get((k, 0)), box.limits.get((k, 1))
            rows.append(
                [
                    n,
                    r.label,
                    low,
                    high,
                    r.low,
                    r.high,
                    box.chance.get((k, 0)),
                    box.chance.get((k, 1)),
                    limit_words(r, low, high),
                ]
            )
    columns = [
        Column("box"),
        Column("number"),
        Column("least", "", "least value in the box, if that is limited"),
        Column("most", "", "largest value in the box, if that is limited"),
        Column("range_low", "", "least value drawn"),
        Column("range_high", "", "largest value drawn"),
        Column("p_least", "", "quasi-p-value of the lower limit: chance leaves as many cases of interest"),
        Column("p_most", "", "quasi-p-value of the upper limit"),
        Column("words"),
    ]
    return table("boxes", f"Where {found.goal}", columns, rows)


def trade_off(found: Discovery, most: int = 1000) -> Table:
    """Return coverage and density of every box on the way, or of some of them, and which of them is advised."""
    rows: list[list[Cell]] = []
    for n, scenario in enumerate(found.scenarios, 1):
        every = -(-len(scenario.path) // most)
        kept = [(step, b) for step, b in enumerate(scenario.path) if step % every == 0]
        rows += [[n, step, "path", b.coverage, b.density, b.mass, len(b.columns)] for step, b in kept]
        b = scenario.box
        rows.append([n, None, "advised", b.coverage, b.density, b.mass, len(b.columns)])
    columns = [
        Column("box"),
        Column("step"),
        Column("role", "", "on the path of peeling, or advised"),
        Column("coverage", "share", "of all cases of interest that lie in it"),
        Column("density", "share", "of its draws that are cases of interest"),
        Column("mass", "share", "of all draws"),
        Column("limited", "", "numbers that are limited"),
    ]
    return table("trade_off", f"Coverage against density: {found.goal}", columns, rows)


def sentences(found: Discovery) -> list[str]:
    """Return every box as one sentence."""
    said = []
    for scenario in found.scenarios:
        b = scenario.box
        words = " and ".join(
            limit_words(found.ranges[k], b.limits.get((k, 0)), b.limits.get((k, 1))) for k in b.columns
        )
        others = "of all" if scenario is found.scenarios[0] else "of those that the boxes before leave"
        said.append(
            f"{100 * b.density:.0f} % of draws with {words} reach it ({100 * scenario.path[0].density:.0f} % {others} "
            f"do); {100 * b.coverage:.0f} % of the cases lie there."
        )
    return said or ["No range of any number marks out where it is reached."]


_MEANT: Mapping[str, str] = {
    "rank": "a rank correlation is with the numbers drawn so, and holds all others",
    "tornado": "the tornado moves each of them alone, also to where the calibration would seldom see it alone",
    "morris": "Morris lets each cross what the others leave open of its range",
    "sobol": "of Sobol's shares, 'alone' is what goes if the number became known, with all that it tells about the others, "
    "and 'total' what stays if all others were known; they need not add up to 1, and the total may be the smaller",
}
"""What the indices of each method mean where numbers are drawn together."""


def notes(found: Importance) -> list[str]:
    """Return what has to be said beside the indices: what they mean where a calibration draws numbers together."""
    methods = [m for m in _MEANT if len({i.number for i in found.indices if i.method == m} & set(found.together)) > 1]
    if not methods:
        return []
    names = ", ".join(n.replace("_", " ") for n in found.together)
    return [f"The calibration draws these together: {names}. So " + "; ".join(_MEANT[m] for m in methods) + "."]


def importance_record(found: Importance) -> dict[str, Any]:
    """Return what moves an answer as a plain document."""
    return {
        "quantity": found.phrase,
        "key": found.key,
        "seed": found.seed,
        "drawn_together": list(found.together),
        "notes": notes(found),
        "made_with": dict(found.identity),
        "indices": list(indices(found)),
    }


def discovery_record(found: Discovery) -> dict[str, Any]:
    """Return where a goal is reached as a plain document."""
    return {
        "goal": str(found.goal),
        "source": found.source,
        "draws": found.draws,
        "hits": found.hits,
        "seed": found.seed,
        "made_with": dict(found.identity),
        "sentences": sentences(found),
        "boxes": list(limits(found)),
        "trade_off": list(trade_off(found)),
    }
