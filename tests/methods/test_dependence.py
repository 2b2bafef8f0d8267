"""Dependence: indices of numbers that are drawn together, against the formulas for linear answers."""

from __future__ import annotations

import importlib
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.draws.sampling import Calibrated, Choice, Uncertainty, Varied, design
from foedus.model.calibration import Calibration, Estimated

Floats = NDArray[np.float64]
pytest.importorskip("SALib", reason="needs the extra 'sensitivity'")

WIDE = 1e6  # bounds that no draw reaches


def rooms() -> tuple[ModuleType, ModuleType]:
    return tuple(importlib.import_module(f"foedus.methods.{n}") for n in ("variance", "dependence"))  # type: ignore[return-value]


def together(spreads: list[float], table: Floats) -> tuple[Calibrated, ...]:
    names = [f"x{k + 1}" for k in range(len(spreads))]
    known = tuple(Estimated(n, False, 0.0, s, -WIDE, WIDE) for n, s in zip(names, spreads, strict=True))
    calibration = Calibration("made-up", "0" * 64, known, tuple(map(tuple, table.tolist())))
    return tuple(Calibrated(n, n, -s, 0.0, s, False, calibration) for n, s in zip(names, spreads, strict=True))


def kucherenko(rho: float, sigma: float = 2.0) -> tuple[tuple[Calibrated, ...], Floats]:
    """Test case 1 of Kucherenko, Tarantola & Annoni 2012: a sum of three normals, the last two correlated."""
    table = np.array([[1.0, 0, 0], [0, 1, rho], [0, rho, 1]])
    whole = 2 + sigma**2 + 2 * rho * sigma
    first = np.array([1.0, (1 + rho * sigma) ** 2, (sigma + rho) ** 2]) / whole
    total = np.array([1.0, 1 - rho**2, sigma**2 * (1 - rho**2)]) / whole
    return together([1.0, 1.0, sigma], table), np.vstack([first, total])


@pytest.mark.parametrize("rho", [-0.8, 0.5])
def test_shares_of_kucherenko_tarantola_annoni_2012(rho: float) -> None:
    varied, exact = kucherenko(rho)
    found = rooms()[0].sobol(varied, lambda name, x: x.sum(axis=1), 2048 * 7, 1)
    last = {(i.number, i.measure): i for i in found}
    for k, v in enumerate(varied):
        for row, measure in enumerate(("first order", "total")):
            index = last[v.label, measure]
            assert index.value == pytest.approx(exact[row, k], abs=0.03)
            assert index.low - 0.02 <= exact[row, k] <= index.high + 0.02
    assert {i.evaluations for i in found} == {n * 7 for n in (256, 512, 1024, 2048)}
    if rho > 0:  # a number that tells much about another explains more alone than is left when the other is known
        assert last["x3", "first order"].value > last["x3", "total"].value


def test_a_number_that_does_nothing_explains_what_its_company_does() -> None:
    varied = together([1.0, 1.0], np.array([[1.0, 0.9], [0.9, 1.0]]))
    found = {(i.number, i.measure): i.value for i in rooms()[0].sobol(varied, lambda n, x: 3 * x[:, 0], 1024 * 5, 2)}
    assert found["x2", "first order"] == pytest.approx(0.81, abs=0.03)
    assert found["x2", "total"] == pytest.approx(0, abs=1e-9)
    assert found["x1", "total"] == pytest.approx(0.19, abs=0.03)


def test_morris_crosses_what_the_others_leave_open() -> None:
    table = np.array([[1.0, 0.8, 0], [0.8, 1.0, 0], [0, 0, 1.0]])
    varied = together([1.0, 0.5, 2.0], table)
    found = rooms()[0].morris(varied, lambda name, x: x @ np.array([1.0, 2.0, 0.0]), 4 * 400, 1)
    effect = {i.number: i for i in found if i.measure == "mean effect"}
    # half of a normal range is crossed: 8 φ(0) spreads for the whole of it, on average
    whole = 8 / np.sqrt(2 * np.pi)
    for number, slope in (("x1", 1.0), ("x2", 2 * 0.5)):
        exact = whole * slope * np.sqrt(1 - 0.8**2)
        assert effect[number].value == pytest.approx(exact, rel=0.03)
        assert effect[number].low <= effect[number].value <= effect[number].high
    assert effect["x3"].value == 0


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_moves_keep_the_law_that_draws_follow(k: int) -> None:
    table = np.array([[1.0, 0.7, -0.3], [0.7, 1.0, 0.1], [-0.3, 0.1, 1.0]])
    varied: tuple[Varied, ...] = (*together([1.0, 2.0, 0.5], table), Uncertainty("free", "free", 0.0, 1.0, 4.0))
    dependence = rooms()[1]
    law = dependence.joint(varied)
    shares = np.random.default_rng(k).random((4000, 8))
    blocks = dependence.pick_freeze_design(law, shares).reshape(9, 4000, 4)
    for block in (blocks[1 + k], blocks[5 + k]):
        seen = np.corrcoef(block.T)
        assert np.abs(seen[:3, :3] - table).max() < 0.06
        assert np.abs(seen[3, :3]).max() < 0.06
    np.testing.assert_allclose(blocks[1 + k][:, k], blocks[0][:, k], atol=1e-6)  # one number is known
    others = [j for j in range(4) if j != k]
    np.testing.assert_allclose(blocks[5 + k][:, others], blocks[0][:, others], atol=1e-6)  # all others are known


def test_points_are_drawn_as_the_ensemble_draws_them() -> None:
    varied = together([1.0, 2.0], np.array([[1.0, -0.6], [-0.6, 1.0]]))
    law = rooms()[1].joint(varied)
    rows, steps = rooms()[1].radial_design(law, 2000, np.random.default_rng(1))
    points = rows.reshape(2000, 3, 2)
    assert np.corrcoef(points[:, 0].T)[0, 1] == pytest.approx(np.corrcoef(design(varied, 2000, 1).T)[0, 1], abs=0.03)
    assert set(np.unique(steps)) == {-0.5, 0.5}
    assert np.corrcoef(points[:, 1].T)[0, 1] == pytest.approx(-0.6, abs=0.06)  # also after a move


def test_numbers_drawn_by_themselves_have_no_joint_law() -> None:
    free = (Uncertainty("x", "x", 0.0, 1.0, 2.0), Choice("start", ("a", "b")))
    assert rooms()[1].joint(free) is None
    alone = together([1.0, 1.0], np.eye(2))[:1]
    assert rooms()[1].joint((*free, *alone)) is None


def test_too_small_a_budget_counts_the_rounds_of_joint_numbers() -> None:
    varied, _ = kucherenko(0.5)
    with pytest.raises(Exception, match="Give 112 or more"):
        rooms()[0].sobol(varied, lambda name, x: x.sum(axis=1), 111, 1)
