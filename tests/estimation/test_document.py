"""The document of a calibration, part by part."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from foedus.estimation import document
from foedus.estimation.fit import CONTROLS
from foedus.estimation.posterior import LINEAR, NINETY, Marginal
from foedus.model.parameters import BY_NAME


def test_a_parameter_is_told_by_its_middle_and_nine_tenths() -> None:
    name = next(n for n in LINEAR if BY_NAME[n].logarithmic)
    middle = BY_NAME[name].default
    told = document._parameter(Marginal(name, True, math.log(middle), 0.1))
    assert told["name"] == name
    assert told["scale"] == "logarithmic"
    assert told["median"] == pytest.approx(middle, rel=1e-3)
    assert told["spread"] == 0.1
    assert told["band"] == pytest.approx([middle * math.exp(k * 0.1 * NINETY) for k in (-1, 1)], rel=1e-3)
    assert told["bounds"][0] < told["band"][0] < told["band"][1] < told["bounds"][1]


def test_one_that_was_searched_stays_where_it_was_looked_at() -> None:
    name = document.SEARCHED[0] if isinstance(document.SEARCHED, tuple) else next(iter(document.SEARCHED))
    p = BY_NAME[name]
    wide = Marginal(name, p.logarithmic, math.log(p.high) if p.logarithmic else p.high, 50.0)
    told = document._parameter(wide)
    assert told["bounds"] == pytest.approx([p.low, p.high])
    assert told["band"] == pytest.approx([p.low, p.high])
    assert told["median"] == pytest.approx(p.high)


def test_profiled_parameters_are_held_to_be_independent() -> None:
    table = [
        [0.0 if i == j else (i + 1) / 100 + (j + 1) / 10_000 for j in range(len(LINEAR))] for i in range(len(LINEAR))
    ]
    searched = next(n for n in document.SEARCHED if n not in LINEAR)
    one, two = LINEAR[0], LINEAR[2]
    found = document._correlation(SimpleNamespace(correlation=table), [one, searched, two])
    assert found == [[1.0, 0.0, pytest.approx(0.0103)], [0.0, 1.0, 0.0], [pytest.approx(0.0301), 0.0, 1.0]]


def test_a_coefficient_is_told_with_both_its_errors_and_what_it_costs_to_drop_it() -> None:
    names = ("a term", CONTROLS[0], "a fee")
    estimate = SimpleNamespace(
        names=names,
        coefficients=np.array([0.5, -1.0, 2.0]),
        errors=np.array([0.25, 0.125, 1.0]),
        plain=np.diag([0.04, 0.09, 0.25]),
        inflation=np.array([1.0, 2.0, 3.0]),
    )
    found = SimpleNamespace(estimate=estimate, at_zero={"a term": 7.0}, at_default={"a term": 3.0})
    first, control, fee = document._coefficients(found)
    assert [r["plain_error"] for r in (first, control, fee)] == pytest.approx([0.2, 0.3, 0.5])
    assert [r["clustered_error"] for r in (first, control, fee)] == [0.25, 0.125, 1.0]
    assert [r["variance_inflation"] for r in (first, control, fee)] == [1.0, 2.0, 3.0]
    assert (first["log_likelihood_lost_at_zero"], first["log_likelihood_lost_at_default"]) == (7.0, 3.0)
    assert "no part of utility" in control["role"]
    assert "not read as a fee" in fee["role"]
    assert "role" not in first
