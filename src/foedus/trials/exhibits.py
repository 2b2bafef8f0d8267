"""Exhibits: what a claim compares and how far it holds, draw by draw, and the numbers of the record, as charts."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final

from foedus.casebook.case import Event
from foedus.trials.bench import ModelTest
from foedus.trials.evidence import Evidence, Findings
from foedus.trials.readings import amount, change, is_share
from foedus.trials.scoreboard import BELOW, measured_columns, rows_of, scale
from foedus.trials.verdict import Verdict
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, Table, table

YES, NO, BESIDE = Verdict.SUPPORTED.ink, Verdict.CONTRADICTED.ink, "grey"
"""Inks of draws in which a claim holds and does not, and of what it is compared with."""

_DIGITS: Final = 3  # of a difference in points; more would be noise

_LABEL: Final = 60  # letters of the label of a strip; longer ones are cut, and two may then look alike

_LONGEST: Final = 72  # letters of a label of a bar; the whole event stands beside it


def tally_chart(found: Findings) -> Chart:
    """Return how many claims have each verdict."""
    legend = scale(found)
    return Chart(
        "verdicts",
        "bars",
        "Verdicts",
        "Number of claims with each verdict.",
        legend,
        x="claims",
        y="verdict",
        colour="verdict",
        inks={v.value: v.ink for v in Verdict},
    )


def model_charts(e: Evidence) -> tuple[Chart, ...]:
    """Return what a claim compares, draw by draw, and how far it is met; nothing without numbers.

    Where the quantity is compared with a number, the side of that number says both, and one picture is enough.
    """
    test = e.claim.test
    rows = {str(r[1]): r for r in rows_of(e)}
    if test is None or e.default.effect != e.default.effect:
        return ()
    if isinstance(test.than, float):
        return (_against_number(e, test, test.than, rows["value"]),)
    return (_compared(e, test, rows), _effect(e, test, rows["effect"]))


def _subset(e: Evidence, form: str, unit: str, rows: list[list[Cell]]) -> Table:
    """Return rows of the measured numbers, written in one form and unit."""
    columns = measured_columns(len(e.drawn), form, unit)
    return table("measured", f"What was measured for claim {e.claim.id}", columns, rows)


def _form(test: ModelTest) -> tuple[str, str]:
    unit = test.query.unit
    return ("percent" if is_share(unit) else "", unit)


def _against_number(e: Evidence, test: ModelTest, than: float, row: list[Cell]) -> Chart:
    sign = 1.0 if test.expect == "above" else -1.0
    bar = than + sign * test.at_least
    form, unit = _form(test)
    row[2] = row[2] if len(str(row[2])) <= _LABEL else "The quantity asked for"
    return Chart(
        f"claim-{e.claim.id}",
        "strip",
        f"Claim {e.claim.id}: what the model finds",
        f"Every dot is a draw. The claim holds {'right' if sign > 0 else 'left'} of the line at {amount(bar, test.query.unit)}.",
        _subset(e, form, unit, [row]),
        x="default",
        y="what",
        low="low",
        high="high",
        options={
            "draws": {str(row[2]): [m.value for m in e.drawn]},
            "base": bar,
            "base_words": f"asked for: {test.expect} {amount(bar, test.query.unit)}",
            "sides": (NO, YES) if sign > 0 else (YES, NO),
            "default_words": "values in use",
            "unit": unit,
        },
    )


def _compared(e: Evidence, test: ModelTest, rows: Mapping[str, list[Cell]]) -> Chart:
    form, unit = _form(test)
    below, value = list(rows[BELOW]), list(rows["value"])
    if test.than is None:
        below[2], value[2] = "As things are", f"If: {change(test.under)}"
    else:
        below[2], value[2] = _apart(str(below[2]), str(value[2]))
    return Chart(
        f"claim-{e.claim.id}-compared",
        "strip",
        f"Claim {e.claim.id}: what is compared",
        "Every dot is a draw: blue for what is asked for, grey for what it is compared with.",
        _subset(e, form, unit, [below, value]),
        x="default",
        y="what",
        low="low",
        high="high",
        colour="part",
        inks={BELOW: BESIDE, "value": "blue"},
        options={
            "draws": {str(below[2]): [m.against for m in e.drawn], str(value[2]): [m.value for m in e.drawn]},
            "default_words": "values in use",
            "unit": unit,
        },
    )


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two long labels without the words that both begin with."""
    if max(len(one), len(other)) <= _LABEL:
        return one, other
    a, b = one.split(), other.split()
    most = min(len(a), len(b)) - 1
    same = next((k for k in range(most) if a[k] != b[k]), most)
    short = tuple(" ".join(w[same:]).removeprefix("– ") for w in (a, b))
    return (f"… {short[0]}", f"… {short[1]}") if same > 2 else (one, other)


def _effect(e: Evidence, test: ModelTest, row: list[Cell]) -> Chart:
    """Return by how much a claim is met in every draw; shares in points, as differences of per cent are."""
    share = is_share(test.query.unit)
    factor, unit = (100.0, "points") if share else (1.0, test.query.unit)

    def scaled(value: Cell) -> Cell:
        return float(f"{factor * value:.{_DIGITS}g}") if isinstance(value, float) else value

    least = f" by {amount(test.at_least, test.query.unit, True)} or more" if test.at_least else ""
    label = "How far it is met"
    numbers = [scaled(v) for v in row[3:7]]
    return Chart(
        f"claim-{e.claim.id}-effect",
        "strip",
        f"Claim {e.claim.id}: how far it is met",
        f"Right of the line it holds ({test.expect}{least}), left of it it does not.",
        _subset(e, "", unit, [[*row[:2], label, *numbers, unit]]),
        x="default",
        y="what",
        low="low",
        high="high",
        options={
            "draws": {label: [factor * m.effect for m in e.drawn]},
            "base": 0.0,
            "base_words": "here and to the right it holds",
            "sides": (NO, YES),
            "default_words": "values in use",
            "unit": f"{unit} beyond what is asked for",
        },
    )


def numbers_charts(e: Evidence, events: Mapping[str, Event]) -> tuple[Chart, ...]:
    """Return the numbers of the record that a claim compares, one picture per unit."""
    ids = dict.fromkeys(i for f in e.precedents if f.form.value for i in f.events)
    valued = [events[i] for i in ids if events[i].value is not None]
    found = []
    for n, unit in enumerate(dict.fromkeys(v.unit for v in valued)):
        rows: list[list[Cell]] = [[f"{v.date}: {_short(v.text)}", v.value] for v in valued if v.unit == unit]
        columns = [Column("event"), Column("value", unit)]
        found.append(
            Chart(
                f"claim-{e.claim.id}-record-{n + 1}",
                "bars",
                f"Claim {e.claim.id}: numbers of the record",
                f"Numbers of the record, {unit}; the events and their sources are named above.",
                table("events", "Numbers of the record", columns, rows),
                x="value",
                y="event",
                options={"unit": unit},
            )
        )
    return tuple(found)


def _short(text: str) -> str:
    return textwrap.shorten(text.rstrip("."), _LONGEST, placeholder=" …")
