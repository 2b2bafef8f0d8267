"""Robustness: the share of draws in which model and record agree, and silence where one of them is silent."""

from __future__ import annotations

import math
from types import SimpleNamespace
from unittest.mock import Mock

import numpy as np
import pytest

from foedus.mechanisms import reads
from foedus.model.parameters import PARAMETERS
from foedus.systems import robustness
from foedus.systems.finding import Check, Finding
from standin import put

HERE = "foedus.systems.robustness"
CHECKS = (Check("a", "m", "h", True), Check("b", "m", "h", None), Check("c", "m", "h", False))


def test_every_statement_has_the_share_of_draws_in_which_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.array([[1.0, math.nan, 0.0], [0.0, math.nan, 0.0], [1.0, math.nan, 0.0]])
    drawn = put(monkeypatch, f"{HERE}.run_ensemble", SimpleNamespace(keys=("0", "1", "2"), values=values))
    progress = Mock()
    found = robustness.over_draws(Finding("quad", (), CHECKS, (), seed=4, without=("fee",)), 3, 2, progress)
    assert [c.in_draws for c in found.checks] == [pytest.approx(2 / 3), None, 0.0]
    assert [c.says for c in found.checks] == ["a", "b", "c"]
    assert found.draws == 3
    task, rows, _, workers, told = [*drawn.last.values()][:5]
    assert (task.name, task.without, len(rows), workers, told) == ("quad", ("fee",), 3, 2, progress)


def test_a_draw_tells_agreement_as_one_difference_as_nought_and_silence_as_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = SimpleNamespace(look_at=lambda setting: Finding("quad", (), CHECKS, ()))
    monkeypatch.setattr(f"{HERE}.system_named", lambda name: looks)
    found = robustness.OneDraw("quad", (), ())(np.zeros(0))
    assert (found["0"], found["2"]) == (1.0, 0.0)
    assert math.isnan(found["1"])


def test_what_the_laws_in_use_read_is_drawn_and_nothing_else() -> None:
    varied = {u.label for u in robustness.varied_parameters()}
    assert "treaty_reliability" in varied
    assert varied == {p.name for p in PARAMETERS if reads({}, p)} < {p.name for p in PARAMETERS}
