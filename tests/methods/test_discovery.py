"""Discovery: boxes that were put there are found, noise is not, and the numbers add up."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

pytest.importorskip("scipy", reason="needs the extra 'sensitivity'")
pytest.importorskip("SALib", reason="needs the extra 'sensitivity'")

from foedus.draws.sampling import latin_hypercube
from foedus.methods.discovery import advised, box_of, discover, inside, paste, peel
from foedus.vocabulary.errors import FoedusError

X = latin_hypercube(6, 1500, 1)
BOX = (X[:, 0] > 0.6) & (X[:, 2] < 0.45)


def test_a_box_that_was_put_there_is_found() -> None:
    (scenario,) = discover(X, BOX)
    assert set(scenario.box.limits) == {(0, 0), (2, 1)}
    assert scenario.box.limits[0, 0] == pytest.approx(0.6, abs=0.04)
    assert scenario.box.limits[2, 1] == pytest.approx(0.45, abs=0.04)
    assert scenario.box.coverage > 0.9
    assert scenario.box.density > 0.9
    assert max(scenario.box.chance.values()) < 1e-6


def test_a_box_is_found_through_noise() -> None:
    rng = np.random.default_rng(2)
    noisy = np.where(rng.random(1500) < 0.1, ~BOX, BOX)
    (scenario,) = discover(X, noisy)
    assert set(scenario.box.limits) == {(0, 0), (2, 1)}
    assert scenario.box.density > 0.8


def test_two_boxes_are_found_one_after_the_other() -> None:
    corners = ((X[:, 1] < 0.4) & (X[:, 3] < 0.4)) | ((X[:, 4] > 0.75) & (X[:, 5] > 0.75))
    first, second = discover(X, corners, boxes=2)
    assert set(first.box.limits) == {(1, 1), (3, 1)}
    assert set(second.box.limits) == {(4, 0), (5, 0)}
    assert first.box.coverage + second.box.coverage > 0.9
    assert min(first.box.density, second.box.density) > 0.85


def test_the_numbers_of_a_box_add_up() -> None:
    for box in peel(X, BOX):
        kept = inside(X, box.limits)
        assert box.mass == pytest.approx(kept.mean())
        assert box.density == pytest.approx(BOX[kept].mean())
        assert box.coverage == pytest.approx(BOX[kept].sum() / BOX.sum())
        assert box.coverage == pytest.approx(box.density * box.mass / BOX.mean())


def test_peeling_trades_coverage_for_density() -> None:
    path = peel(X, BOX)
    assert (path[0].coverage, path[0].mass) == (1, 1)
    assert all(a.density < b.density and a.mass > b.mass for a, b in itertools.pairwise(path))
    assert path[-1].mass >= 0.05


def test_quasi_p_values_of_a_hand_made_box() -> None:
    x = np.array([[0.0], [0.0], [1.0], [1.0]])
    box = box_of(x, np.array([False, False, True, True]), {(0, 0): 0.5})
    assert box.chance[0, 0] == pytest.approx(0.25)  # two of two draws, each by chance one half


def test_limits_that_chance_explains_are_dropped() -> None:
    loose = box_of(X, BOX, {(0, 0): 0.6, (2, 1): 0.45, (5, 0): 0.05})
    assert loose.chance[5, 0] > 0.05
    assert set(advised(X, BOX, [loose]).limits) == {(0, 0), (2, 1)}


def test_choices_can_be_peeled_too() -> None:
    x = np.column_stack([np.repeat([0.0, 1.0, 2.0], 200), latin_hypercube(1, 600, 3)[:, 0]])
    (scenario,) = discover(x, x[:, 0] == 2.0)
    assert scenario.box.limits == {(0, 0): 2.0}
    assert (scenario.box.coverage, scenario.box.density) == (1, 1)


@pytest.mark.parametrize("wanted", [np.zeros(1500, dtype=bool), np.ones(1500, dtype=bool), X[:, 0] > 0.995])
def test_nothing_to_find_is_a_sentence(wanted: np.ndarray) -> None:
    with pytest.raises(FoedusError, match="which marks out no region"):
        discover(X, wanted)


def test_pasting_moves_a_limit_back_to_where_the_cases_begin() -> None:
    x = np.arange(100.0)[:, None]
    box = paste(x, x[:, 0] >= 37, {(0, 0): 45.0})
    assert box.limits == {(0, 0): 37.0}  # in slices of 2, the last of 1
    assert (box.coverage, box.density) == (1, 1)
    band = paste(x, (x[:, 0] >= 37) & (x[:, 0] < 80), {(0, 0): 45.0, (0, 1): 70.0})
    assert band.limits == {(0, 0): 37.0, (0, 1): 79.0}


def test_pasting_lets_go_of_a_limit_that_keeps_only_cases_out() -> None:
    x = np.column_stack([np.tile([0.0, 1.0], 50), np.arange(100.0)])
    assert paste(x, x[:, 1] >= 40, {(0, 0): 1.0, (1, 0): 45.0}).limits == {(1, 0): 40.0}
    assert paste(x, x[:, 0] == 1, {(0, 0): 1.0}).limits == {(0, 0): 1.0}  # one slice more would make it less dense


def test_pasting_never_loses_a_case_nor_density() -> None:
    noisy = np.where(np.random.default_rng(3).random(1500) < 0.15, ~BOX, BOX)
    for box in peel(X, noisy):
        wider = paste(X, noisy, box.limits)
        assert wider.density >= box.density
        assert (inside(X, wider.limits) >= inside(X, box.limits)).all()
    best = max(b.balance for b in peel(X, noisy))
    assert advised(X, noisy, peel(X, noisy)).balance >= best


CASES = {
    "plain": BOX,
    "noisy": np.where(np.random.default_rng(2).random(1500) < 0.1, ~BOX, BOX),
    "three limits": (X[:, 0] > 0.3) & (X[:, 0] < 0.7) & (X[:, 4] > 0.35),
    "a sum": X[:, 0] + X[:, 1] > 1.3,
}


@pytest.mark.parametrize("which", CASES)
def test_the_box_is_that_of_the_ema_workbench_or_better(which: str) -> None:
    prim = pytest.importorskip("ema_workbench.analysis.prim", reason="the workbench is not installed")
    pandas = pytest.importorskip("pandas")
    wanted = CASES[which]
    theirs = prim.Prim(pandas.DataFrame(X, columns=list("abcdef")), wanted, threshold=0.1, peel_alpha=0.05).find_box()
    best = theirs.peeling_trajectory
    balance = 2 * best.coverage * best.density / (best.coverage + best.density)
    ours = discover(X, wanted)[0].box
    assert ours.balance >= balance.max() - 1e-9
    last = best.iloc[-1]  # pasted by the workbench
    path = peel(X, wanted)
    assert (
        max(paste(X, wanted, b.limits).density for b in path if b.coverage >= last.coverage - 0.03)
        >= last.density - 0.05
    )
