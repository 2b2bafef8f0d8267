"""The suite of benchmarks: it runs, it refuses to compare what differs, and it notices a ratio that fell."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("measure"), importlib.import_module("run")


def test_a_figure_whose_sides_disagree_is_no_ratio(suite: tuple[ModuleType, ModuleType]) -> None:
    measure, _ = suite
    with pytest.raises(AssertionError, match="disagree"):
        measure.measure(measure.Figure("one", lambda: 1.0, lambda: 2.0, against="two"), 1)
    found = measure.measure(measure.Figure("one", lambda: 1.0, lambda: 1.0), 2)
    assert 0 < found.least <= found.ratio <= found.largest


def test_ratios_are_guarded_not_seconds(suite: tuple[ModuleType, ModuleType]) -> None:
    measure, run = suite
    figure = measure.Figure("f", lambda: 1, lambda: 1)
    slow_machine = [("x", measure.Measured(figure, 9.0, 50.0, 45.0, 55.0))]
    lost = [("x", measure.Measured(figure, 0.001, 20.0, 18.0, 22.0))]
    assert run.regressions(slow_machine, {"f": 60.0}) == []
    assert run.regressions(lost, {"f": 60.0}) == ["f: 20.0× where 60.0× is stored"]
    assert run.regressions(lost, {}) == []
    skipped = measure.absent("g", "nosuch")
    assert "uv sync --group peers" in run.line(skipped)
    drawn = run.ratios_picture([lost[0][1]])
    assert drawn.startswith("<svg")
    assert "f: 20 times" in drawn
    assert "| f |" in run.page([*lost, ("x", skipped)], 5)


def test_one_family_runs_and_an_unknown_name_is_said(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--quick", "--pairs", "1", "--only"]
    found = subprocess.run([*command, "limits"], capture_output=True, text=True, check=True)
    assert "65,536 exponentials" in found.stdout
    wrong = subprocess.run([*command, "nosuch"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "no figure and no family" in wrong.stderr


def test_kernels_say_the_same_without_the_compiler() -> None:
    tests = [str(ROOT / "tests" / "kernels" / name) for name in ("test_values.py", "test_quantal.py")]
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "not independent and not fold"],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-2000:]
