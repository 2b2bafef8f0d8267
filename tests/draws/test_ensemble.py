"""Ensembles: same bytes on any number of workers, nothing lost when stopped, nothing half-written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from casebook.casefiles import write_case
from foedus.asking.about_a_case import answer
from foedus.asking.ask import Ask, How
from foedus.casebook.reader import read_case
from foedus.draws.ensemble import CHUNK, Interrupted, Pace, in_words, run_ensemble, run_name
from foedus.draws.local import Serial
from foedus.draws.sampling import Uncertainty, apply, design, stream, uncertainties
from foedus.mechanisms import reads
from foedus.model.parameters import PARAMETERS, Parameters
from foedus.questions.task import Task


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


def _digit(path: Path) -> None:
    """Change one digit of a number in a part, so that it is still well formed."""
    content = path.read_bytes()
    at = content.rindex(b".") + 1
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])


def _in_its_place(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


def _exchange(path: Path) -> None:
    other, passing = path.with_name("00002.part"), path.with_name("passing")
    path.rename(passing)
    other.rename(path)
    passing.rename(other)


def _of_another_run(path: Path) -> None:
    """Put the same part of the same rows under another seed there."""
    stopped_at(10, "another")
    other = next(p for p in path.parents[1].glob("*/00001.part") if p.parent != path.parent)
    path.write_bytes(other.read_bytes())


SPOILT: dict[str, tuple[Callable[[Path], object], int]] = {
    "no part": (lambda p: p.write_text("[{"), 1),
    "empty": (lambda p: p.write_bytes(b""), 1),
    "cut off": (lambda p: p.write_bytes(p.read_bytes()[:-9]), 1),
    "one digit": (_digit, 1),
    "deep nesting": (lambda p: p.write_bytes(b"[" * 200_000), 1),
    "exchanged": (_exchange, 2),
    "of another run": (_of_another_run, 1),
    "a folder": (lambda p: _in_its_place(p, Path.mkdir), 1),
    "a folder with something in it": (lambda p: _in_its_place(p, lambda q: (q / "thesis").mkdir(parents=True)), 1),
    "a pipe": (lambda p: _in_its_place(p, os.mkfifo), 1),
    "a link to a device": (lambda p: _in_its_place(p, lambda q: q.symlink_to("/dev/zero")), 1),
}


def stopped_at(draws: int, run: str) -> None:
    def stop(done: int, total: int) -> None:
        if done >= draws:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run_ensemble(Counter(), ROWS, run, progress=stop)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes pipes as POSIX does")
@pytest.mark.parametrize("how", SPOILT)
def test_whatever_befalls_a_part_changes_no_number_and_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    stopped_at(12, "c")
    spoil, lost = SPOILT[how]
    spoil(next((tmp_path / "cache" / "runs").glob("*/00001.part")))
    again = Counter()
    found = run_ensemble(again, ROWS, "c")
    assert again.asked == 11 + lost * CHUNK
    assert [r.getMessage().partition(" is ")[2] for r in caplog.records if r.levelname == "WARNING"] == [
        "not as it was written; it, and whatever else is not, is worked out again."
    ]
    assert found.values.tobytes() == run_ensemble(Counter(), ROWS, "whole").values.tobytes()


def test_other_code_of_a_task_takes_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_at(12, "c")
    monkeypatch.setattr("foedus.draws.ensemble.code_digest", lambda *roots: "another")
    again = Counter()
    run_ensemble(again, ROWS, "c")
    assert again.asked == 23


def test_without_a_name_nothing_is_kept(tmp_path: Path) -> None:
    stopped_at(12, "")
    assert not (tmp_path / "cache").exists()


def test_a_long_run_says_once_how_long_it_takes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = iter(range(4000, 10**6, 40))  # every chunk takes 40 s
    monkeypatch.setattr("foedus.draws.ensemble.monotonic", lambda: float(next(now)))
    with caplog.at_level("INFO", "foedus"):
        run_ensemble(Counter(), ROWS, "long", engine="serial")
    assert [r.getMessage() for r in caplog.records] == [
        "The other 15 take about 2 minutes; what is finished is kept when you stop."
    ]
    assert Serial().hands == 1
    assert [in_words(s) for s in (7, 200, 7200)] == ["7 s", "3 minutes", "2.0 hours"]


def test_a_cache_that_cannot_be_written_is_said_once_and_costs_no_result(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def stops(done: int, draws: int) -> None:
        if done:
            raise KeyboardInterrupt

    known = run_ensemble(Counter(), ROWS, "d")
    monkeypatch.setattr(Path, "write_bytes", full)
    found = run_ensemble(Counter(), ROWS, "d")
    assert found.values.tobytes() == known.values.tobytes()
    (said,) = (r.getMessage() for r in caplog.records)
    assert "No space left on device" in said
    assert said.endswith("Free some space, or name another folder in FOEDUS_CACHE.")
    with pytest.raises(Interrupted, match="nothing of it is kept"):
        run_ensemble(Counter(), ROWS, "e", progress=stops)


def test_one_worker_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    one, two = (answer(Ask(case, draws=12, seed=5), How(workers)) for workers in (1, 2))
    assert one.ensemble.keys == two.ensemble.keys
    assert one.ensemble.values.tobytes() == two.ensemble.values.tobytes()
    other = answer(Ask(case, draws=12, seed=6), How(1))
    assert other.ensemble.values.tobytes() != one.ensemble.values.tobytes()


def test_switching_a_mechanism_off_moves_no_draw(tmp_path: Path) -> None:
    case = read_case(write_case(tmp_path / "small"))
    on = answer(Ask(case, draws=4, seed=5), How(1))
    off = answer(Ask(case, without=("exposure",), draws=4, seed=5), How(1))
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
    assert sum(isinstance(u.target, str) for u in found) == sum(p.low < p.high and reads({}, p) for p in PARAMETERS)
    rows = design(found, 3, 1)
    parameters, overrides = apply(found, rows[0], Parameters())
    assert ("sovereignty", "JPN", None) in overrides
    assert parameters != Parameters()


def test_times_are_said_as_one_would() -> None:
    assert [in_words(s) for s in (89, 90, 150.1, 5399, 5400, 9000)] == [
        "89 s",
        "2 minutes",
        "3 minutes",
        "90 minutes",
        "1.5 hours",
        "2.5 hours",
    ]


def test_a_run_of_a_minute_says_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def said(seconds: float, rows: NDArray[np.float64]) -> int:
        now = iter(1000 + np.arange(0, 10**4) * seconds)
        monkeypatch.setattr("foedus.draws.ensemble.monotonic", lambda: float(next(now)))
        caplog.clear()
        with caplog.at_level("INFO", "foedus"):
            run_ensemble(Counter(), rows, "", engine="serial")
        return len(caplog.records)

    # four more chunks of four draws after the first, which does not count, and the second, which is measured
    assert said(15.0, np.zeros((24, 1))) == 0
    assert said(15.1, np.zeros((24, 1))) == 1


def test_what_is_done_once_does_not_count_for_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([60.0, 61.0, 62.0, 64.0])  # two workers start and compile for a minute, then a chunk takes 2 s
    monkeypatch.setattr("foedus.draws.ensemble.monotonic", lambda: next(now))
    pace = Pace(2)
    told = []
    for _ in range(4):
        pace.add(4)
        told.append(pace.rest(400))
    assert told == [None, None, None, pytest.approx(3.0 / 8 * 400)]


def test_less_than_a_second_tells_nothing_of_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.4, 0.9, 1.2])
    monkeypatch.setattr("foedus.draws.ensemble.monotonic", lambda: next(now))
    pace = Pace()
    told = []
    for _ in range(4):
        pace.add(1)
        told.append(pace.rest(10))
    assert told == [None, None, None, pytest.approx(4.0)]


def test_progress_is_told_from_what_is_there_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    stopped_at(10, "p")
    run_ensemble(Counter(), ROWS, "p", progress=lambda done, total: told.append((done, total)))
    assert told == [(12, 23), (16, 23), (20, 23), (23, 23)]


def test_a_run_has_a_name_for_its_task_and_what_it_depends_on() -> None:
    names = {run_name("a", Counter()), run_name("b", Counter()), run_name("a", uncertainties)}
    assert len(names) == 3
    assert run_name("a", Counter()) == run_name("a", Counter())


def test_as_many_workers_as_there_are_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def engine(name: str, workers: int) -> Serial:
        asked.append(workers)
        return Serial()

    monkeypatch.setattr("foedus.draws.ensemble.engine_of", engine)
    for draws, workers in ((23, 2), (23, 99), (24, 99), (25, 99)):
        run_ensemble(Counter(), np.zeros((draws, 1)), "", workers)
    assert asked == [2, 6, 6, 7]


def test_kept_parts_are_forgotten_once_the_result_is_whole(tmp_path: Path) -> None:
    stopped_at(10, "f")
    assert list((tmp_path / "cache" / "runs").iterdir())
    run_ensemble(Counter(), ROWS, "f", chunk=4)
    assert not list((tmp_path / "cache" / "runs").iterdir())


def test_parts_of_other_rows_under_the_same_name_are_not_taken_up() -> None:
    stopped_at(12, "g")
    again = Counter()
    found = run_ensemble(again, ROWS + 1.0, "g")
    assert again.asked == 23
    np.testing.assert_allclose(found.column("sum"), (ROWS + 1.0).sum(axis=1))
