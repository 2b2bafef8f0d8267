"""The theory as tables: every parameter with the value in use, every mechanism with what switches it off."""

from __future__ import annotations

from foedus.asking.ask import values_of
from foedus.mechanisms import MECHANISMS, PROCEDURES
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.questions.theory_tables import mechanisms_table, parameters_table


def test_parameters_have_the_value_in_use_beside_their_range() -> None:
    found = {str(r["name"]): r for r in parameters_table(Parameters({"treaty_fee": 0.004}))}
    assert list(found) == [p.name for p in PARAMETERS]
    assert found["treaty_fee"]["value"] == 0.004
    assert (found["treaty_fee"]["low"], found["treaty_fee"]["high"]) == (0.001, 0.009)
    assert found["decision_noise"]["value"] == 0.1
    table = parameters_table(Parameters())
    assert table.quiet
    stays = [c.name for c in table.columns if c.drop == 0]
    assert stays == ["name", "value"]
    order = [c.name for c in sorted(table.columns, key=lambda c: c.drop)]
    assert order[2:] == ["low", "high", "unit", "meaning", "symbol", "source"]


def test_what_a_calibration_estimates_has_its_range_and_names_it() -> None:
    values = values_of("record-1817-2016")
    found = {str(r["name"]): r for r in parameters_table(values)}
    judged = {str(r["name"]): r for r in parameters_table(Parameters())}
    for name, row in found.items():
        estimated = name in values.calibration.medians
        assert row["low"] <= row["value"] <= row["high"], name
        assert str(row["source"]).startswith("estimated: record-1817-2016") == estimated, name
        assert estimated or row == judged[name]
    assert found["decision_noise"]["low"] > judged["decision_noise"]["high"]


def test_mechanisms_say_what_switches_them_off_and_by_what_they_can_be_replaced() -> None:
    found = {str(r["name"]): r for r in mechanisms_table()}
    assert set(found) == set(MECHANISMS)
    assert found["fee"]["term of utility"] == "fee"
    assert found["fee"]["switched off by"] == "treaty_fee=0"
    assert found["fee"]["variants"] is None
    assert found["consent"]["term of utility"] is None
    assert found["consent"]["switched off by"] is None
    assert found["consent"]["variants"] == "founding-mood, common-mood"
    assert found["dispute"]["switched off by"] == "commitment_cost=0, escalation_cost=0"
    assert {n for n, r in found.items() if r["variants"]} == set(PROCEDURES)
    assert [c.name for c in sorted(mechanisms_table().columns, key=lambda c: -c.drop)][:2] == [
        "switched off by",
        "variants",
    ]
