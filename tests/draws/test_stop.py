"""Stopping: any thread may ask, and work looks at the token of its own thread."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from casebook.casefiles import write_case
from draws.tasks import Sums
from foedus.asking.about_a_case import assess
from foedus.draws.ensemble import run_ensemble
from foedus.draws.stop import Interrupted, Stop, look, stopped

ROWS = np.random.default_rng(0).random((400, 3))


def test_work_looks_at_the_token_of_its_own_thread_only() -> None:
    mine, other = Stop(), Stop()
    other.ask()
    look()
    with mine.heeded():
        look()
        with other.heeded(), pytest.raises(Interrupted, match="stopped; finished parts are kept"):
            look()
        with ThreadPoolExecutor() as pool:
            pool.submit(look).result()
        mine.ask()
        assert mine.asked
        with pytest.raises(Interrupted):
            look()
    look()
    assert str(stopped("3 of 4 draws are kept")).startswith("run: stopped; 3 of 4 draws are kept. Give the same")


@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_a_run_in_any_thread_ends_soon_and_goes_on_later(tmp_path: Path, engine: str) -> None:
    stop, told = Stop(), []

    def work() -> None:
        try:
            with stop.heeded():
                run_ensemble(Sums("", 0.05), ROWS, "run", workers=2, engine=engine)
        except Interrupted as error:
            told.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    for _ in range(400):
        if len(list((tmp_path / "cache").rglob("*.part"))) >= 2:
            break
        time.sleep(0.05)
    stop.ask()
    asked = time.monotonic()
    thread.join(60)
    assert time.monotonic() - asked < 5  # whole, it takes 10 to 20
    kept = len(list((tmp_path / "cache").rglob("*.part")))
    assert told == [f"run: stopped; {4 * kept} of 400 draws are kept. Give the same command again to go on from there."]
    found = run_ensemble(Sums(), ROWS, "run")
    assert found.values.tobytes() == run_ensemble(Sums(), ROWS, "").values.tobytes()


def test_the_answer_with_the_values_in_use_can_be_stopped_too(tmp_path: Path) -> None:
    stop = Stop()
    stop.ask()
    with stop.heeded(), pytest.raises(Interrupted):
        assess(write_case(tmp_path / "small"), draws=0)


def test_a_token_is_looked_at_inside_and_the_one_before_afterwards() -> None:
    outer, inner = Stop(), Stop()
    look()  # without a token nothing ends
    with outer.heeded() as held:
        assert held is outer
        with inner.heeded():
            outer.ask()
            look()
            assert (outer.asked, inner.asked) == (True, False)
        with pytest.raises(Interrupted, match="finished parts are kept"):
            look()
    look()
    assert "stopped; 12 of 200 draws are kept" in str(stopped("12 of 200 draws are kept"))
