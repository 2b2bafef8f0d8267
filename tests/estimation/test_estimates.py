"""A calibration for readers."""

from __future__ import annotations

from foedus.estimation.estimates import section
from foedus.model.calibration_file import calibration_document, calibration_names
from foedus.model.parameters import PARAMETERS


def test_every_parameter_is_told_and_a_reason_stands_where_data_do_not_identify_it() -> None:
    form, _ = calibration_document(calibration_names()[0])
    found = section(form)
    rows = list(found.table("calibration"))
    assert [r["parameter"] for r in rows] == [p.name for p in PARAMETERS]
    assert all(r["why"] for r in rows if r["identified"] == "no")
    assert {r["parameter"] for r in rows if r["identified"] == "yes"} == {p.name for p in form.parameters}
    assert found.notes == (form.note,)
