"""A calibration for readers."""

from __future__ import annotations

from types import SimpleNamespace

from foedus.estimation.estimates import AGAINST, correlation_table, section
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


def test_weights_against_the_theory_are_marked_and_the_other_fits_are_there() -> None:
    form, _ = calibration_document("record-1817-2016")
    found = section(form)
    signs = {r["term"]: r["sign"] for r in found.table("calibration_coefficients")}
    assert {t for t, s in signs.items() if s == AGAINST} == {"exposure", "platform"}
    assert signs["fee"] == signs["separation"] == ""  # these carry no weight of the theory
    assert signs["security"] == "as the theory says"
    assert found.says == ("Against the sign that the theory says: exposure and platform.",)
    fits = found.table("calibration_other_fits")
    assert set(fits.column("fit")) == set(form.evidence.other_fits)
    assert {r["term"] for r in fits if r["fit"] == "signing and leaving, no control" and r["sign"] == AGAINST} == {
        "burden",
        "exposure",
        "dispute",
        "platform",
    }
    assert "below" not in form.note


def test_pairs_drawn_together_are_told_once_each() -> None:
    names = [SimpleNamespace(name=n) for n in ("one", "two", "three")]
    form = SimpleNamespace(parameters=names, correlation=((1, 0.5, 0.0), (0.5, 1, -0.25), (0.0, -0.25, 1)))
    rows = [tuple(r.values()) for r in correlation_table(form)]
    assert rows == [("two", "one", 0.5), ("three", "two", -0.25)]
    form.correlation = ()  # a document without one
    assert list(correlation_table(form)) == []
