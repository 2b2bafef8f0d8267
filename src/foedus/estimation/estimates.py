"""A calibration for readers: judged range beside estimate, and the coefficients behind it."""

from __future__ import annotations

from typing import Any, Final

from foedus.model.calibration_file import CalibrationForm
from foedus.model.parameters import BY_NAME, PARAMETERS
from foedus.vocabulary.prose import listing
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Column, Table, table

AGAINST: Final = "against the theory"
"""What stands beside a weight whose sign the theory does not allow."""


def parameters_table(form: CalibrationForm) -> Table:
    """Return every parameter with its judged range, what the calibration makes of it, and whether data identify it."""
    known = {p.name: p for p in form.parameters}
    reasons = {u.name: u.reason for u in form.unidentified}
    columns = (
        Column("parameter"),
        Column("unit", hidden=True),
        Column("default", "see unit"),
        Column("judged_low", "see unit"),
        Column("judged_high", "see unit"),
        Column("median", "see unit", "calibrated"),
        Column("low", "see unit", "5 %"),
        Column("high", "see unit", "95 %"),
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
        Column("weight", "", "over noise, per % of GDP; 10 with default parameters", unsaid="noise per % of GDP"),
        Column("error", "", "clustered by year and hub", unsaid="noise per % of GDP"),
        Column("inflation", "", "of the variance", unsaid="times"),
        Column("sign", "", "whether the weight has the sign that the theory says"),
        Column("lost_at_0", "", "log likelihood, with the weight held at zero", unsaid="nats"),
        Column(
            "lost_at_10", "", "log likelihood, with the weight held at what the default parameters say", unsaid="nats"
        ),
        Column("role", hidden=True),
    )
    rows: list[tuple[Any, ...]] = []
    for c in form.evidence.coefficients:
        lost = (c.log_likelihood_lost_at_zero, c.log_likelihood_lost_at_default)
        sign = "" if c.role else AGAINST if c.coefficient < 0 else "as the theory says"
        rows.append((c.term, c.coefficient, c.clustered_error, c.variance_inflation, sign, *lost, c.role))
    return table("calibration_coefficients", "Coefficients of the conditional logit", columns, rows)


def fits_table(form: CalibrationForm) -> Table:
    """Return the coefficients of the other fits, one row each; empty when the document does not give them."""
    terms = {c.term: c.role for c in form.evidence.coefficients}
    columns = (
        Column("fit"),
        Column("choices", form="whole", drop=2),
        Column("term"),
        Column("weight", "", "over noise, per % of GDP", unsaid="noise per % of GDP"),
        Column("error", "", "clustered by year and hub", unsaid="noise per % of GDP"),
        Column("sign", "", "whether the weight has the sign that the theory says"),
    )
    rows = [
        (name, f.sets, term, weight, error, AGAINST if weight < 0 and not terms.get(term) else "")
        for name, f in form.evidence.other_fits.items()
        for term, (weight, error) in f.coefficients.items()
    ]
    return table(
        "calibration_other_fits", "Other fits: without the control, and of parts of the choices", columns, rows
    )


def correlation_table(form: CalibrationForm) -> Table:
    """Return the correlations of the parameters that are drawn together, one row a pair; empty where there are none."""
    names = [p.name for p in form.parameters]
    columns = (Column("parameter"), Column("other"), Column("correlation", form="signed", unsaid="-1 to 1"))
    rows = [
        (names[k], names[m], form.correlation[k][m])
        for k in range(len(names))
        for m in range(k)
        if k < len(form.correlation) and m < len(form.correlation[k]) and form.correlation[k][m] != 0
    ]
    return table("calibration_correlation", "Parameters that are drawn together", columns, rows, quiet=True)


def section(form: CalibrationForm) -> Section:
    """Return a calibration as one answer: its parameters, the coefficients behind them, and what to mind."""
    tables = (parameters_table(form), coefficients_table(form), fits_table(form), correlation_table(form))
    against = [c.term for c in form.evidence.coefficients if not c.role and c.coefficient < 0]
    says = (f"Against the sign that the theory says: {listing(against)}.",) if against else ()
    return Section("calibration", "What the data say of the parameters", says, tables, notes=(form.note,))


def record_of(form: CalibrationForm, sha256: str = "") -> Record:
    """Return a calibration as one record; the whole document, with every profile and other fits, is kept in what it was made with.

    Parameters
    ----------
    form : CalibrationForm
    sha256 : str
        Of its file, empty where it is not written.
    """
    made = dict(form.made_with)
    known = len(form.parameters)
    outside = [p.name for p in form.parameters if not BY_NAME[p.name].low <= p.median <= BY_NAME[p.name].high]
    says = [f"The data identify {known} of {len(PARAMETERS)} parameters; the others keep their judged range."]
    if outside:
        verb = "lies" if len(outside) == 1 else "lie"
        says.append(f"Outside the judged range {verb} {listing(n.replace('_', ' ') for n in outside)}.")
    return Record(
        "calibration",
        f"Calibration {form.calibration}",
        "What do the data say of the parameters of the theory?",
        "",
        tuple(says),
        (section(form),),
        made={
            "foedus": str(made.get("version", "")),
            "seed": made.get("seed", ""),
            "first": made.get("first", ""),
            "last": made.get("last", ""),
            "code": str(made.get("code", ""))[:16],
            **({"sha256": sha256} if sha256 else {}),
            "calibration": form.calibration,
            "document": form.model_dump(),
        },
    )
