from __future__ import annotations

import logging
import os

import numpy as np
import pytest

from foedus.draws.parts import cache_folder, thinned
from foedus.draws.remembered import recalled, remembered

TIMES: list[float] = []


def doubled(row: np.ndarray) -> dict[str, float]:  # type: ignore[type-arg]
    TIMES.append(float(row[0]))
    return {"twice": 2.0 * float(row[0]), "none": float("nan"), "third": float(row[0]) / 3.0}


def design(rows: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.arange(rows, dtype=np.float64)[:, None] + 0.1


def test_the_same_work_is_done_once_and_comes_back_bit_by_bit() -> None:
    TIMES.clear()
    first = remembered(doubled, design(7), "run")
    again = remembered(doubled, design(7), "run")
    assert len(TIMES) == 7
    assert first.keys == again.keys
    assert first.values.tobytes() == again.values.tobytes()
    assert recalled(doubled, design(7), "run").values.tobytes() == first.values.tobytes()
    again.values[0, 0] = 5.0  # nobody gets an array that cannot be written to


@pytest.mark.parametrize(("name", "rows", "shift"), [("other", 7, 0.0), ("run", 8, 0.0), ("run", 7, 1e-12)])
def test_other_work_is_not_taken_for_it(name: str, rows: int, shift: float) -> None:
    remembered(doubled, design(7), "run")
    with pytest.raises(LookupError):
        recalled(doubled, design(rows) + shift, name)


def test_what_was_changed_on_the_disk_is_worked_out_again(caplog: pytest.LogCaptureFixture) -> None:
    first = remembered(doubled, design(5), "run")
    file = next((cache_folder() / "ensembles").rglob("*.part"))
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING, "foedus"):
        again = remembered(doubled, design(5), "run")
    assert "is not as it was written" in caplog.text
    assert again.values.tobytes() == first.values.tobytes()


def test_the_one_that_was_not_asked_for_longest_goes_first() -> None:
    for k, name in enumerate("abc"):
        remembered(doubled, design(2), name)
        newest = max((cache_folder() / "ensembles").iterdir(), key=lambda p: p.stat().st_mtime)
        os.utime(newest, (k, k))
    recalled(doubled, design(2), "a")  # which makes it the one that was asked for last
    thinned(cache_folder() / "ensembles", 2)
    assert recalled(doubled, design(2), "a").values.size
    assert recalled(doubled, design(2), "c").values.size
    with pytest.raises(LookupError):
        recalled(doubled, design(2), "b")
    thinned(cache_folder() / "nothing-here", 2)
