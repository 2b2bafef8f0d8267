"""The suite of benchmarks: it runs, it refuses to compare what differs, and it notices a ratio that fell."""

from __future__ import annotations

import importlib
import json
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


def test_one_family_is_renewed_and_the_others_stay(
    suite: tuple[ModuleType, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure, run = suite

    def row(family: str, name: str, ratio: float) -> tuple[str, object]:
        return family, measure.Measured(measure.Figure(name, lambda: 1, lambda: 1), 0.1, ratio, ratio, ratio)

    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "STORED", tmp_path / "ratios.json")
    run.write([row("one", "a", 2.0), row("two", "b", 3.0), row("three", "c", 4.0)], 5)
    before = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    for _ in range(2):  # a second time in the place of the first
        run.renew("two", [row("two", "b", 9.0), row("limits", "z", 1.0)], 3)
    after = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    changed = [now for was, now in zip(before.split("## "), after.split("## "), strict=True) if was != now]
    assert [part.splitlines()[0] for part in changed] == ["Two"]
    assert after.count("Measured anew on") == 1
    assert "**9.0×**" in after
    assert "**3.0×**" not in after
    run.renew("four", [row("four", "d", 5.0)], 3)
    assert (tmp_path / "RESULTS.md").read_text(encoding="utf-8").startswith(after)
    ratios = json.loads((tmp_path / "ratios.json").read_text(encoding="utf-8"))["ratios"]
    assert ratios == {"a": 2.0, "b": 9.0, "c": 4.0, "z": 1.0, "d": 5.0}


def test_growth_is_guarded_from_above_and_stored_seconds_are_not_guarded(
    suite: tuple[ModuleType, ModuleType],
) -> None:
    measure, run = suite
    growth = measure.Figure("growth", lambda: 1, lambda: 1, most=100)
    grown = [("x", measure.Measured(growth, 1.0, 90.0, 80.0, 95.0))]
    assert run.regressions(grown, {"growth": 50.0}) == []
    assert run.regressions(grown, {"growth": 40.0}) == ["growth: 90.0× where 40.0× is stored"]
    elsewhere = measure.measure(measure.Figure("round", lambda: 1, stored=1e6, goal=2, against="elsewhere"), 2)
    assert elsewhere.ratio > 2
    assert not elsewhere.guarded
    assert run.regressions([("x", elsewhere)], {"round": 1e30}) == []
    assert "stored" in run.line(elsewhere)
    assert "≥ 2× ✓" in run.line(elsewhere)


def test_amounts_that_are_no_times_and_the_limit(suite: tuple[ModuleType, ModuleType]) -> None:
    measure, run = suite
    calls: list[float] = []
    peak = measure.Figure("peak", lambda: calls.append(7.0) or 7.0, unit="GB", within=6.0)
    found = measure.measure(peak, 5)
    assert (found.amount, calls) == (7.0, [7.0])
    assert "7 GB" in run.line(found)
    assert "≤ 6 GB ✗" in run.line(found)
    work = measure.Work(bytes=4.0, divisions=9.0)
    assert work.seconds({"bytes": 2.0, "divisions": 3.0}) == 3.0
    assert work.seconds({}) == 0.0
    half = measure.Figure("f", lambda: 2.0, lambda: 4.0, unit="s", least=work)
    assert measure.measure(half, 1, {"divisions": 9.0}).limit == 0.5


def test_curves_are_drawn_from_points(suite: tuple[ModuleType, ModuleType]) -> None:
    measure, run = suite
    results = [
        measure.Measured(measure.Figure("f", lambda: 1, point=measure.Point("ms, by states", line, x)), 1e-3 * x**2)
        for line in ("one", "two")
        for x in (6, 10, 20)
    ]
    drawn = run.curves_picture(results)
    assert drawn.count("<circle") == 6
    assert "one 36 at 6 100 at 10 400 at 20" in drawn
    assert "→ states" in drawn


FAMILY = """
from measure import Figure, absent
def figures(quick):
    yield Figure("made up / peer", lambda: 1.0, lambda: 40.0, unit="s", against="made up")
    yield absent("made up / nosuch", "nosuch")
"""


@pytest.mark.parametrize(
    ("stored", "code", "said"),
    [
        (60.0, 0, "no ratio fell below 0.5"),
        (79.0, 0, "no ratio fell"),
        (81.0, 1, "made up / peer: 40.0× where 81.0×"),
    ],
)
def test_the_check_fails_when_a_ratio_fell_below_half(tmp_path: Path, stored: float, code: int, said: str) -> None:
    """The suite as it is, with one made-up family whose ratio is 40."""
    for name in ("run.py", "measure.py", "page.py", "picture.py"):
        (tmp_path / name).write_text((ROOT / "benchmarks" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "made.py").write_text(FAMILY, encoding="utf-8")
    before = json.dumps({"machine": "", "ratios": {"made up / peer": stored}})
    (tmp_path / "ratios.json").write_text(before, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "run.py"), "--check", "--only", "made"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == code, found.stderr
    assert said in found.stdout
    assert "skipped: nosuch is not installed; `uv sync --group peers` installs it" in found.stdout
    assert (tmp_path / "ratios.json").read_text(encoding="utf-8") == before
    assert not (tmp_path / "RESULTS.md").exists()


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
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )
    assert found.returncode == 0, found.stdout[-2000:]
