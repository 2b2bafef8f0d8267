"""What moves an answer, as a section: one list of the numbers that matter, silent where chance could explain it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from foedus.methods.importance import Importance, cheap_importance
from foedus.methods.sensitivity import Index
from foedus.questions.findings import Assessment
from foedus.questions.what_forms import BODY, CHANCE
from foedus.vocabulary.prose import listing
from foedus.vocabulary.record import Chart, Section, cell
from foedus.vocabulary.tables import Cell, Column, Table, table

LEVEL = 0.05
"""Chance that a list of numbers names any that does not matter (Holm 1979, over all numbers together)."""


def _p(index: Index) -> float:
    """Return how likely chance alone makes a partial rank correlation at least so strong, by Fisher's transformation."""
    if not math.isfinite(index.low) or index.high <= index.low or abs(index.value) >= 1:
        return 1.0
    width = (math.atanh(min(index.high, 0.999999)) - math.atanh(max(index.low, -0.999999))) / (2 * 1.959964)
    return math.erfc(abs(math.atanh(index.value)) / width / math.sqrt(2.0))


def proven(indices: list[Index], level: float = LEVEL) -> list[Index]:
    """Return the correlations that chance does not explain when all are looked at together, strongest first.

    References
    ----------
    Holm 1979, Scandinavian Journal of Statistics 6(2).
    """
    ordered = sorted(indices, key=_p)
    kept: list[Index] = []
    for n, index in enumerate(ordered):
        if _p(index) > level / (len(ordered) - n):
            break
        kept.append(index)
    return sorted(kept, key=lambda i: -abs(i.value))


def ranks_table(found: list[Index]) -> Table:
    """Return partial rank correlations with their intervals."""
    rows: list[list[Cell]] = [[i.number.replace("_", " "), i.value, cell(i.low), cell(i.high)] for i in found]
    columns = [
        Column("number"),
        Column("correlation", "", "partial rank correlation, all other numbers held", form="signed"),
        Column("low", "", "2.5 %", form="signed", drop=2),
        Column("high", "", "97.5 %", form="signed", drop=2),
    ]
    return table("matters", "Which uncertain numbers matter", columns, rows)


def tornado_table(moves: Importance, numbers: Sequence[str]) -> Table:
    """Return the answer with each number alone at the ends of its range, two rows a number, widest swing first.

    Parameters
    ----------
    moves : Importance
    numbers : sequence of str
        Labels that are kept; a number without a swing is left out.
    """
    ends = {i.number: [i.value] for i in moves.of("tornado", "low end") if i.number in numbers}
    for i in moves.of("tornado", "high end"):
        if i.number in ends:
            ends[i.number].append(i.value)
    swung = {n: e for n, e in ends.items() if len(e) == 2 and e[0] != e[1]}
    here = next((i.value for i in moves.of("tornado", "value in use")), math.nan)
    rows: list[list[Cell]] = []
    for n in sorted(swung, key=lambda n: -abs(swung[n][1] - swung[n][0])):
        for words, value in zip(("low end", "high end"), swung[n], strict=True):
            rows.append([f"{n.replace('_', ' ')}, {words}", n, words, value, cell(here)])
    columns = [
        Column("label", head="number"),
        Column("number", hidden=True),
        Column("end", "", "of the range", hidden=True),
        Column("chance", "probability", "of a body, everything else at the value in use", form="percent"),
        Column("today", "probability", "with every number at the value in use", form="percent"),
    ]
    return table("tornado", "One at a time, to both ends of the range", columns, rows, quiet=True)


def _tornado(swings: Table) -> tuple[Chart, ...]:
    """Return the picture of the swings from the value in use; none where there are no bars."""
    if not len(swings) or swings.column("today")[0] is None:
        return ()
    return (
        Chart(
            "tornado",
            "bars",
            swings.title,
            "Chance of a body with one number at a time at the ends of its range, everything else at the value in use.",
            swings,
            x="chance",
            y="label",
            colour="end",
            inks={"low end": "amber", "high end": "blue"},
            options={"base": swings.column("today")[0], "base_words": "value in use"},
        ),
    )


def section(assessment: Assessment) -> Section:
    """Return what a reader is told of the numbers that move the chance of a body in an assessment."""
    moves = cheap_importance(assessment, "chance of a body", CHANCE(BODY))
    title = "Which numbers matter"
    if moves is None:
        few = (
            f"{assessment.draws} draws cannot tell which of {len(assessment.task.varied)} uncertain numbers move the "
            "answer, or nothing moves it. Take more draws than there are numbers."
        )
        return Section("matters", title, (few,))
    return told(moves, title)


def told(moves: Importance, title: str) -> Section:
    """Return the numbers that matter by partial rank correlation, corrected for looking at all of them."""
    every = moves.of("rank", "partial rank correlation")
    kept = proven(list(every))
    if not kept:
        return Section("matters", title, (f"None of {len(every)} uncertain numbers moves it more than chance could.",))
    found = ranks_table(kept[:12])
    says = (
        f"Most depends on {listing(i.number.replace('_', ' ') for i in kept[:3])}; {len(kept)} of {len(every)} numbers "
        "move it more than chance could when all are looked at together.",
    )
    caption = (
        "Partial rank correlation with the chance of a body, all other numbers held; only numbers that chance does not "
        "explain when all are looked at together (Holm, 5 %)."
    )
    chart = Chart(
        "matters",
        "bars",
        "Which uncertain numbers matter",
        caption,
        found,
        x="correlation",
        y="number",
        low="low",
        high="high",
    )
    swings = tornado_table(moves, [i.number for i in kept])
    return Section("matters", title, says, (found, swings), (chart, *_tornado(swings)))
