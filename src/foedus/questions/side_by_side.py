"""Side by side: the same answer for several cases, with the very same parameters."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.questions import reasons
from foedus.questions.findings import Assessment, band_cells, band_columns
from foedus.questions.what_forms import BODY, CHANCE, FORM_LABELS, body_band
from foedus.simulation.formation import Form
from foedus.vocabulary.prose import listing
from foedus.vocabulary.record import Chart, Section
from foedus.vocabulary.tables import Cell, Column, Table, percent, table


def side_by_side(assessments: Sequence[Assessment], again: Sequence[str] = ()) -> Section:
    """Return the outcomes of several cases side by side.

    Parameters
    ----------
    assessments : sequence of Assessment
    again : sequence of str
        Names of cases that were named more than once.
    """
    rows: list[list[Cell]] = []
    for a in assessments:
        for f in (*Form, BODY):
            rows.append([a.case.name, a.case.as_of.isoformat(), str(f), FORM_LABELS[f], *band_cells(a.band(CHANCE(f)))])
    columns = [
        Column("case"),
        Column("as_of", drop=6),
        Column("form", hidden=True),
        Column("label", head="outcome"),
        *band_columns("probability", "percent", 1.0),
    ]
    title = "The same theory and the same parameters in several cases"
    found = table("compare", title, columns, rows)
    bodies = Table(
        "compare-bodies", "Chance of a body in a year", found.columns, tuple(r for r in found.rows if r[2] == BODY)
    )
    chart = Chart(
        "compare",
        "dots",
        "Chance of a body in a year",
        "With the values in use, and 5–95 % of the draws.",
        bodies,
        x="default",
        y="case",
        low="low",
        high="high",
        inks={"default": "teal"},
    )
    ranked = sorted(assessments, key=lambda a: -body_band(a).default)
    says = (
        "Chance of a body in a year: " + listing(f"{a.case.name} {percent(body_band(a).default)}" for a in ranked) + "."
    )
    why = (f"{a.case.name}: {reasons.in_words(a.default, a.study.everybody.members)[1]}." for a in assessments)
    notes = (f"Named more than once, and shown once: {listing(again)}.",) if again else ()
    return Section("compare", title, (says, *why), (found,), (chart,), (reasons.told("cases"), *notes))
