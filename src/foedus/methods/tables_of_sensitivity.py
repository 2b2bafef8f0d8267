"""Tables of sensitivity: tidy, every index also as it was with fewer rounds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from foedus.methods.importance import Importance
from foedus.methods.phrases import answer_column
from foedus.methods.sensitivity import Index
from foedus.vocabulary.record import cell, plain
from foedus.vocabulary.tables import Cell, Column, Table, table

MEASURES: Final[Mapping[str, tuple[str, ...]]] = {
    "rank": ("partial rank correlation",),
    "tornado": ("low end", "high end"),
    "morris": ("mean effect", "spread of effects"),
    "sobol": ("total", "first order"),
}
"""Measures of each method; the first orders the numbers."""

TITLES: Final[Mapping[str, str]] = {
    "rank": "Partial rank correlations",
    "tornado": "One at a time, to both ends of the range",
    "morris": "Elementary effects of Morris",
    "sobol": "Variance shares of Sobol",
}
"""Titles of methods."""

_SHORT: Final[Mapping[str, tuple[str, str]]] = {
    "mean effect": ("mean", "mean effect"),
    "spread of effects": ("spread", "spread of effects"),
    "first order": ("alone", "alone"),
    "total": ("total", "with all it acts through"),
}
"""Column and head of each measure of Morris and Sobol."""


def sealed(*parts: Any) -> str:
    """Return a hash of what was found, so that a record that somebody changed is not taken for what was written."""
    return sha256(json.dumps(plain(parts), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def worded(label: str) -> str:
    """Return the label of an uncertain number as readers see it."""
    return label.replace("_", " ")


def indices(found: Importance) -> Table:
    """Return every index, with its interval, at every number of rounds: the last of each is the answer."""
    rows = [[i.method, i.number, i.measure, i.evaluations, *map(cell, (i.value, i.low, i.high))] for i in found.indices]
    columns = [
        Column("method"),
        Column("number", "", "label of the uncertain number; empty for the value in use"),
        Column("measure"),
        Column("rounds", "", "rounds it rests on", form="whole"),
        Column("value", "see measure", "correlation, share of variance, or unit of the answer"),
        Column("low", "see measure", "2.5 %"),
        Column("high", "see measure", "97.5 %"),
    ]
    return table("sensitivity", f"What moves the {found.phrase}", columns, rows, quiet=True)


def sizes(found: Importance, method: str, measure: str) -> list[int]:
    """Return the numbers of rounds at which a kind of index is known, growing."""
    return sorted({i.evaluations for i in found.indices if (i.method, i.measure) == (method, measure)})


def _before(found: Importance, method: str, measure: str) -> dict[str, float]:
    """Return indices as they were with half as many rounds, by number; none where there is one size only."""
    known = sizes(found, method, measure)
    if len(known) < 2:
        return {}
    kind = (method, measure, known[-2])
    return {i.number: i.value for i in found.indices if (i.method, i.measure, i.evaluations) == kind}


def matters(found: Importance, kept: Sequence[Index]) -> Table:
    """Return the partial rank correlations of some numbers with their intervals, and what half the draws said.

    Parameters
    ----------
    found : Importance
    kept : sequence of Index
        Those on the list, in its order.
    """
    half = _before(found, "rank", MEASURES["rank"][0])
    rows: list[list[Cell]] = [
        [worded(i.number), i.value, cell(i.low), cell(i.high), cell(half.get(i.number, math.nan))] for i in kept
    ]
    columns = [
        Column("number"),
        Column("correlation", "", "partial rank correlation, all other numbers held", form="signed", unsaid="-1 to 1"),
        Column("low", "", "2.5 %", form="signed", drop=2, unsaid="-1 to 1"),
        Column("high", "", "97.5 %", form="signed", drop=2, unsaid="-1 to 1"),
        Column("at_half", "", "with half as many draws", form="signed", drop=3, unsaid="-1 to 1"),
    ]
    return table("matters", "Which uncertain numbers matter", columns, rows)


def strongest(found: Importance, method: str, listed: Sequence[str], most: int = 12) -> Table:
    """Return the numbers that matter most by Morris or Sobol, strongest first, with half as many rounds beside.

    Parameters
    ----------
    found : Importance
    method : str
        ``morris`` or ``sobol``.
    listed : sequence of str
        Labels of the numbers that chance does not explain.
    most : int
        Most rows.
    """
    measures = MEASURES[method]
    first = found.of(method, measures[0])[:most]
    unit = answer_column("", found.phrase)
    form, unit_of = (
        (unit.form.replace("signed", ""), unit.unit) if method == "morris" else ("", "share of the variance")
    )
    head = [Column("number")]
    rows: list[list[Cell]] = [[worded(i.number)] for i in first]
    for measure in measures:
        last = {i.number: i for i in found.of(method, measure)}
        half = _before(found, method, measure)
        name, words = _SHORT[measure]
        head += [
            Column(name, unit_of, measure, head=words, form=form),
            Column(f"{name}_low", unit_of, "2.5 %", form=form, drop=2),
            Column(f"{name}_high", unit_of, "97.5 %", form=form, drop=2),
            Column(f"{name}_at_half", unit_of, "with half as many rounds", head=f"{name} at half", form=form, drop=3),
        ]
        for row, leading in zip(rows, first, strict=True):
            i = last[leading.number]
            row += [i.value, cell(i.low), cell(i.high), cell(half.get(i.number, math.nan))]
    head.append(
        Column("listed", "", "whether chance does not explain its rank correlation", head="on the list", drop=1)
    )
    for row, leading in zip(rows, first, strict=True):
        row.append(leading.number in listed if listed else None)
    rounds = max(i.evaluations for i in found.indices if i.method == method)
    return table(method, f"{TITLES[method]}: {found.phrase}, {rounds} rounds", head, rows)


def swings(found: Importance, numbers: Sequence[str] | None = None) -> Table:
    """Return the answer with each number alone at the ends of its range, widest swing first; without those that do nothing.

    Parameters
    ----------
    found : Importance
    numbers : sequence of str, optional
        Labels that are kept; by default all that were looked at.
    """
    low = {i.number: i.value for i in found.of("tornado", "low end")}
    high = {i.number: i.value for i in found.of("tornado", "high end")}
    here = next((i.value for i in found.of("tornado", "value in use")), math.nan)
    both = [n for n in low if n in high and (numbers is None or n in numbers)]
    swing = {n: _width(low[n], high[n], here) for n in both}
    rows: list[list[Cell]] = [
        [worded(n), cell(low[n]), cell(high[n]), cell(swing[n]), cell(here)]
        for n in sorted(both, key=lambda n: -swing[n])
        if swing[n] > 0
    ]
    answer = answer_column("", found.phrase)
    plain = answer.form.replace("signed", "")
    columns = [
        Column("number"),
        Column("at_low_end", answer.unit, "at the low end of its range", head="low end of its range", form=answer.form),
        Column("at_high_end", answer.unit, "at the high end of its range", head="high end", form=answer.form),
        Column("swing", answer.unit, "between the least and the largest of both ends and the value in use", form=plain),
        Column("value_in_use", answer.unit, "with every number at the value in use", form=answer.form, drop=2),
    ]
    return table("tornado", TITLES["tornado"], columns, rows)


def _width(*answers: float) -> float:
    """Return how far answers are apart, infinitely far where only some of them exist.

    An answer may be highest within a range, so that both ends are alike and the value in use is not.
    """
    known = [a for a in answers if math.isfinite(a)]
    if len(known) < len(answers):
        return math.inf if known else 0.0
    return max(known) - min(known)


def settling(found: Importance, method: str, numbers: Sequence[str]) -> Table:
    """Return the leading index of some numbers at every number of rounds, numbers in their order.

    Parameters
    ----------
    found : Importance
    method : str
        ``rank``, ``morris`` or ``sobol``.
    numbers : sequence of str
        Labels.
    """
    measure = MEASURES[method][0]
    kind = {(i.number, i.evaluations): i for i in found.indices if (i.method, i.measure) == (method, measure)}
    rows: list[list[Cell]] = [
        [worded(n), size, kind[n, size].value, cell(kind[n, size].low), cell(kind[n, size].high)]
        for n in numbers
        for size in sizes(found, method, measure)
        if (n, size) in kind
    ]
    answer = answer_column("", found.phrase)
    form = {"rank": "signed", "morris": answer.form.replace("signed", ""), "sobol": ""}[method]
    unit = answer.unit if method == "morris" else ""
    columns = [
        Column("number"),
        Column("rounds", "", "rounds it rests on", form="whole"),
        Column("value", unit, measure, form=form),
        Column("low", unit, "2.5 %", form=form),
        Column("high", unit, "97.5 %", form=form),
    ]
    return table(f"settling_{method}", f"How far they have settled: {measure}", columns, rows, quiet=True)
