"""What a type checker sees of the package from outside: real types, and a name that is none is an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import foedus

ROOT = Path(__file__).parents[2]

USER = """
from typing import assert_type

import foedus
import xarray
from foedus.games.coalitional import shapley
from foedus.backtests.outcome import Backtest
from foedus.draws.inference import Posterior
from foedus.questions.findings import Assessment
from foedus.vocabulary.record import Section

assert_type(foedus.assess("asia-1953", draws=0), Assessment)
assert_type(foedus.explain("asia-1953", "KOR"), Section)
assert_type(foedus.case_names(), tuple[str, ...])
assert_type(float(shapley([0, 1])[0]), float)
assert_type(foedus.assess(foedus.Ask("asia-1953", draws=0)), Assessment)
assert_type(foedus.backtest(quick=True), Backtest)
assert_type(foedus.posterior("record-1817-2016"), Posterior)
assert_type(foedus.assess("asia-1953").to_xarray(), xarray.Dataset)
foedus.asses("asia-1953")  # a slip
foedus.assess("asia-1953", drawz=1)  # one more
foedus.assess("asia-1953", draws="many")  # another
"""


def test_a_checker_knows_the_door(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    pytest.importorskip("xarray")
    file = tmp_path / "user.py"
    names = [f"foedus.{name}" for name in foedus.__all__]
    file.write_text(USER + "".join(f"reveal_type({name})\n" for name in names), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--follow-imports=silent", str(file)]
    about = {**os.environ, "MYPYPATH": str(ROOT / "src")}
    found = subprocess.run(command, cwd=ROOT, env=about, capture_output=True, text=True, check=False)
    said = [line.partition(": error: ")[2] for line in found.stdout.splitlines() if ": error: " in line]
    assert len(said) == 3, found.stdout + found.stderr
    assert 'Module has no attribute "asses"' in said[0]
    assert 'Unexpected keyword argument "drawz" for "assess"' in said[1]
    assert 'Argument "draws" to "assess" has incompatible type "str"; expected "int"' in said[2]
    types = [line.partition('Revealed type is "')[2] for line in found.stdout.splitlines() if "Revealed type" in line]
    assert len(types) == len(names)
    assert [name for name, its in zip(names, types, strict=True) if its.startswith("Any") or "-> Any" in its] == []
