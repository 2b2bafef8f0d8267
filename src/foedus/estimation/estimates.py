"""A calibration for readers: judged range beside estimate, and the coefficients behind it."""

from __future__ import annotations

from typing import Any

from foedus.model.calibration_file import CalibrationForm
from foedus.model.parameters import PARAMETERS
from foedus.vocabulary.record import Section
from foedus.vocabulary.tables import Column, Table, table


def parameters_table(form: CalibrationForm) -> Table:
    """Return every parameter with its judged range, what the calibration makes of it, and whether data identify it."""
    known = {p.name: p for p in form.parameters}
    reasons = {u.name: u.reason for u in form.unidentified}
    columns = (
        Column("parameter"),
        Column("unit", hidden=True),
        Column("default"),
        Column("judged_low"),
        Column("judged_high"),
        Column("median", "", "calibrated"),
        Column("low", "", "5 %"),
        Column("high", "", "95 %"),
        Column("identified"),
        Column("why"),
    )
    rows: list[tuple[Any, ...]] = []
    for p in PARAMETERS:
        found, judged = known.get(p.name), (p.name, p.unit, p.default, p.low, p.high)
        if found is None:
            rows.append((*judged, None, None, None, "no", reasons.get(p.name, "the document does not name it")))
        else:
            note = "" if p.low <= found.median <= p.high else "outside the judged range"
            rows.append((*judged, found.median, *found.band, "yes", note))
    return table("calibration", f"Calibration {form.calibration}", columns, rows)


def coefficients_table(form: CalibrationForm) -> Table:
    """Return the coefficients behind a calibration; empty when the document does not give them."""
    columns = (
        Column("term"),
        Column("weight", "", "over noise, per % of GDP; 10 with default parameters"),
        Column("error", "", "clustered by year and hub"),
        Column("inflation", "", "of the variance"),
        Column("lost_at_0", "", "log likelihood, with the weight held at zero"),
        Column("lost_at_10", "", "log likelihood, with the weight held at what the default parameters say"),
        Column("role", hidden=True),
    )
    rows: list[tuple[Any, ...]] = []
    for c in form.evidence.coefficients:
        lost = (c.log_likelihood_lost_at_zero, c.log_likelihood_lost_at_default)
        rows.append((c.term, c.coefficient, c.clustered_error, c.variance_inflation, *lost, c.role))
    return table("calibration_coefficients", "Coefficients of the conditional logit", columns, rows)


def section(form: CalibrationForm) -> Section:
    """Return a calibration as one answer: its parameters, the coefficients behind them, and what to mind."""
    tables = (parameters_table(form), coefficients_table(form))
    return Section("calibration", "What the data say of the parameters", tables=tables, notes=(form.note,))
