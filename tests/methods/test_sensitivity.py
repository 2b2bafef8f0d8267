"""Sensitivity: indices that are known from a formula, intervals that cover them, and settling with more draws."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.draws.sampling import Choice, Uncertainty, design
from foedus.methods.sensitivity import Index, halves, partial_ranks, rank, strongest, tornado
from foedus.vocabulary.errors import FoedusError

Floats = NDArray[np.float64]


def libraries() -> ModuleType:
    pytest.importorskip("SALib", reason="needs the extra 'sensitivity'")
    return importlib.import_module("foedus.methods.variance")


def uniform(label: str, low: float, high: float) -> Uncertainty:
    return Uncertainty(label, label, low, (low + high) / 2, high)


def last(found: tuple[Index, ...], number: str, measure: str) -> Index:
    return [i for i in found if (i.number, i.measure) == (number, measure)][-1]


def plain(function: Callable[[Floats], Floats]) -> Callable[[str, Floats], Floats]:
    return lambda name, rows: function(rows)


def ishigami(x: Floats) -> Floats:
    """Ishigami & Homma 1990 with a = 7, b = 0.1."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_shares() -> dict[str, tuple[float, float]]:
    """First-order and total indices by the formula."""
    a, b = 7.0, 0.1
    one, two = 0.5 * (1 + b * math.pi**4 / 5) ** 2, a**2 / 8
    both = b**2 * math.pi**8 * (1 / 18 - 1 / 50)
    whole = one + two + both
    return {"x1": (one / whole, (one + both) / whole), "x2": (two / whole, two / whole), "x3": (0.0, both / whole)}


def g_function(x: Floats, a: Floats) -> Floats:
    """Sobol's g-function."""
    return np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)


ANGLES = tuple(uniform(f"x{k}", -math.pi, math.pi) for k in (1, 2, 3))


def test_sobol_indices_of_ishigami_1990() -> None:
    variance = libraries()
    found = variance.sobol(ANGLES, plain(ishigami), 1024 * 5, 1)
    for number, exact in ishigami_shares().items():
        for measure, truth in zip(("first order", "total"), exact, strict=True):
            index = last(found, number, measure)
            assert index.value == pytest.approx(truth, abs=0.03)
            assert index.low - 0.02 <= truth <= index.high + 0.02
    assert found == variance.sobol(ANGLES, plain(ishigami), 1024 * 5, 1)


def test_sobol_indices_of_the_g_function_settle_with_more_draws() -> None:
    variance = libraries()
    a = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + parts) - 1
    varied = tuple(uniform(f"x{k}", 0, 1) for k in range(4))
    found = variance.sobol(varied, plain(lambda x: g_function(x, a)), 2048 * 6, 3)
    for k in range(4):
        settled = [i for i in found if (i.number, i.measure) == (f"x{k}", "first order")]
        assert [i.evaluations for i in settled] == [256 * 6, 512 * 6, 1024 * 6, 2048 * 6]
        assert settled[-1].value == pytest.approx(parts[k] / whole, abs=0.02)
        assert settled[-1].high - settled[-1].low <= settled[0].high - settled[0].low
        total = parts[k] * np.prod(np.delete(1 + parts, k)) / whole
        assert last(found, f"x{k}", "total").value == pytest.approx(total, abs=0.03)


def test_morris_1991_finds_straight_bent_and_idle_numbers() -> None:
    variance = libraries()
    varied = tuple(uniform(n, 0, 1) for n in ("straight", "bent", "idle"))
    found = variance.morris(varied, plain(lambda x: 3 * x[:, 0] + np.where(x[:, 1] > 0.5, 2.0, 0.0) * x[:, 0]), 400, 1)
    assert last(found, "idle", "mean effect").value == 0
    assert last(found, "straight", "mean effect").value > last(found, "bent", "mean effect").value > 0.3
    assert last(found, "bent", "spread of effects").value > 0.3
    assert 3 <= last(found, "straight", "mean effect").low <= last(found, "straight", "mean effect").high <= 5
    assert len({i.evaluations for i in found}) == 4


def test_partial_ranks_are_those_of_regressions_of_ranks() -> None:
    rng = np.random.default_rng(4)
    x = rng.random((60, 3))
    y = x[:, 0] ** 3 - x[:, 1] + 0.3 * rng.random(60)
    ranks = np.column_stack([c.argsort().argsort() for c in (*x.T, y)]).astype(float)
    for k in range(3):
        others = np.column_stack([np.ones(60), *(ranks[:, j] for j in range(3) if j != k)])
        rest = [c - others @ np.linalg.lstsq(others, c, rcond=None)[0] for c in (ranks[:, k], ranks[:, 3])]
        assert partial_ranks(x, y)[k] == pytest.approx(np.corrcoef(*rest)[0, 1])


def test_a_number_that_alone_decides_the_answer_has_all_of_it() -> None:
    x = np.random.default_rng(4).random((60, 3))
    np.testing.assert_allclose(partial_ranks(x, np.exp(-x[:, 1])), [0, -1, 0], atol=1e-6)


def test_intervals_of_rank_correlations_cover_nothing_as_often_as_they_say() -> None:
    varied = tuple(uniform(f"x{k}", 0, 1) for k in range(3))
    rng = np.random.default_rng(5)
    inside = [
        i.low <= 0 <= i.high
        for _ in range(120)
        for i in rank(varied, rng.random((40, 3)), rng.random(40))
        if i.evaluations == 40
    ]
    assert 0.91 <= np.mean(inside) <= 0.985  # 95 % of 360, with its own chance error


def test_rank_orders_by_strength_and_leaves_choices_out() -> None:
    varied = (uniform("weak", 0, 1), uniform("strong", 0, 1), Choice("start", ("a", "b")))
    rows = design(varied, 200, 1)
    y = rows[:, 0] - 5 * rows[:, 1]
    y[3] = np.nan
    found = rank(varied, rows, y)
    assert strongest(found, 2) == ("strong", "weak")
    assert {i.number for i in found} == {"weak", "strong"}
    assert [i.evaluations for i in found if i.number == "weak"] == [24, 49, 99, 199]


def test_the_strongest_are_those_by_rank_where_both_are_asked() -> None:
    ranked = (
        Index("rank", "a", "partial rank correlation", 9, 0.2),
        Index("rank", "b", "partial rank correlation", 9, -0.7),
    )
    morris = (Index("morris", "a", "mean effect", 9, 5.0), Index("morris", "b", "mean effect", 9, 1.0))
    assert strongest((*ranked, *morris), 1) == strongest((*morris, *ranked), 1) == ("b",)
    assert strongest(morris, 1) == ("a",)


def test_a_tornado_goes_to_both_ends_of_every_range() -> None:
    found = tornado((uniform("x", 0, 2), uniform("y", -1, 3)), plain(lambda r: 10 * r[:, 0] + r[:, 1]))
    assert [(i.number, i.measure, i.value) for i in found] == [
        ("", "value in use", 11.0),
        ("x", "low end", 1.0),
        ("x", "high end", 21.0),
        ("y", "low end", 9.0),
        ("y", "high end", 13.0),
    ]
    assert {i.evaluations for i in found} == {5}  # no round is played for nothing


@pytest.mark.parametrize(
    ("draws", "outcome", "words"),
    [
        (8, lambda x: x[:, 0], "8 draws are too few"),
        (60, lambda x: 0 * x[:, 0], "the same in every draw"),
        (60, lambda x: np.nan * x[:, 0], "0 draws are too few"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(draws: int, outcome: Callable[[Floats], Floats], words: str) -> None:
    rows = design(ANGLES, draws, 1)
    with pytest.raises(FoedusError, match=words):
        rank(ANGLES, rows, outcome(rows))


def test_too_small_a_budget_is_a_sentence() -> None:
    variance = libraries()
    with pytest.raises(FoedusError, match="Give 16 or more"):
        variance.morris(ANGLES, plain(ishigami), 15, 1)
    with pytest.raises(FoedusError, match="Give 80 or more"):
        variance.sobol(ANGLES, plain(ishigami), 79, 1)
    with pytest.raises(FoedusError, match="the same in every draw"):
        variance.sobol(ANGLES, plain(lambda x: np.ones(len(x))), 100, 1)


def test_sizes_double_up_to_the_whole() -> None:
    assert halves(100, 10) == [12, 25, 50, 100]
    assert halves(100, 60) == [100]
