"""Ensembles: same bytes on any number of workers, nothing lost when stopped, nothing half-written."""

from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from casebook.casefiles import write_case
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import Interrupted, run_ensemble
from foedus.draws.sampling import Uncertainty, apply, design, stream, uncertainties
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.questions.assessment import Task, run_assessment
from foedus.vocabulary.errors import FoedusError


class Counter:
    """A task that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, row: NDArray[np.float64]) -> dict[str, float]:
        self.asked += 1
        return {"sum": float(row.sum()), **({"odd": 1.0} if row[0] > 0.5 else {})}


ROWS = np.random.default_rng(0).random((23, 3))


def test_rows_come_back_in_order_with_gaps_as_nan() -> None:
    found = run_ensemble(Counter(), ROWS, "a")
    np.testing.assert_allclose(found.column("sum"), ROWS.sum(axis=1))
    np.testing.assert_array_equal(np.isnan(found.column("odd")), ROWS[:, 0] <= 0.5)


def test_a_stopped_run_goes_on_where_it_was() -> None:
    task = Counter()

    def stop(done: int, total: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match="12 of 23 draws are kept"):
        run_ensemble(task, ROWS, "b", progress=stop)
    again = Counter()
    found = run_ensemble(again, ROWS, "b")
    assert (task.asked, again.asked) == (12, 11)
    np.testing.assert_allclose(found.column("sum"), ROWS.sum(axis=1))


def test_a_spoilt_part_is_worked_out_again(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "runs" / "c"
    folder.mkdir(parents=True)
    (folder / "00000.json").write_text("[{")
    task = Counter()
    run_ensemble(task, ROWS, "c")
    assert task.asked == 23
    assert not folder.exists()


def test_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(FoedusError, match="No space left on device"):
        run_ensemble(Counter(), ROWS, "d")


def test_one_worker_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    one, two = (run_assessment(case, Parameters(), {}, (), 12, 5, workers) for workers in (1, 2))
    assert one.ensemble.keys == two.ensemble.keys
    assert one.ensemble.values.tobytes() == two.ensemble.values.tobytes()
    other = run_assessment(case, Parameters(), {}, (), 12, 6)
    assert other.ensemble.values.tobytes() != one.ensemble.values.tobytes()


def test_switching_a_mechanism_off_moves_no_draw(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    on = run_assessment(case, Parameters(), {}, (), 4, 5)
    off = run_assessment(case, Parameters(), {}, ("exposure",), 4, 5)
    assert on.design.tobytes() == off.design.tobytes()


def test_the_run_id_depends_on_everything(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    base = Task(case, Parameters(), {}, (), ())
    ids = {
        base.run_id(10, 1),
        base.run_id(11, 1),
        base.run_id(10, 2),
        Task(case, Parameters({"L0": 4}), {}, (), ()).run_id(10, 1),
        Task(case, Parameters(), {("gdp", "USA", None): 1.0}, (), ()).run_id(10, 1),
        Task(case, Parameters(), {}, (), ("exposure",)).run_id(10, 1),
    }
    assert len(ids) == 6


def test_half_of_the_draws_lie_below_the_value_in_use() -> None:
    for log in (False, True):
        u = Uncertainty("x", "x", 1.0, 2.0, 10.0, log)
        np.testing.assert_allclose(u.quantile(np.array([0.0, 0.5, 1.0])), [1, 2, 10])


def test_streams_of_different_names_are_independent() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()


def test_judged_numbers_and_parameters_vary_and_nothing_else(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    found = uncertainties(case, Parameters())
    labels = {u.label for u in found}
    assert "sovereignty JPN" in labels
    assert "gdp JPN" not in labels
    assert sum(isinstance(u.target, str) for u in found) == sum(p.low < p.high for p in PARAMETERS)
    rows = design(found, 3, 1)
    parameters, overrides = apply(found, rows[0], Parameters())
    assert ("sovereignty", "JPN", None) in overrides
    assert parameters != Parameters()
