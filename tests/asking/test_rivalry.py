"""Rival theories at the door: every theory on every case, all with the same parameters."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from foedus.asking.rivalry import compare_theories
from foedus.model.parameters import Parameters
from standin import StandIn, put

HERE = "foedus.asking.rivalry"
CASES = ["asia-1953", "europe-1949"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    put(monkeypatch, f"{HERE}.scores", lambda prediction, case: [prediction])
    return put(monkeypatch, f"{HERE}.predict", lambda theory, case, **_: (case.name, theory))


def test_every_theory_is_scored_on_every_case(told: StandIn) -> None:
    found = compare_theories(CASES, ["persistence", "landscape"])
    assert found == tuple((case, theory) for case in CASES for theory in ("persistence", "landscape"))


def test_theories_are_asked_with_the_same_numbers(told: StandIn) -> None:
    progress = Mock()
    compare_theories(CASES[:1], "persistence", draws=3, seed=5, workers=2, progress=progress)
    _, _, values, *rest = told.last.values()
    assert values == Parameters()
    assert rest == [3, 5, 2, progress]


def test_parameters_and_calibrations_take_the_place_of_the_defaults(told: StandIn) -> None:
    mine = Parameters({"treaty_fee": 0.004})
    compare_theories(CASES[:1], "persistence", parameters=mine)
    assert [*told.last.values()][2] is mine
    compare_theories(CASES[:1], "persistence", calibration="record-1817-2016")
    assert [*told.last.values()][2].calibrated_by
