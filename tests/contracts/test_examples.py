"""The examples in docstrings say what the code says, and every function of the games has one."""

from __future__ import annotations

import ast
import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GAMES = sorted(p.stem for p in (ROOT / "src" / "foedus" / "games").glob("*.py") if p.stem != "__init__")
SHOWN = [
    *(f"foedus.games.{name}" for name in GAMES),
    "foedus.asking.about_a_case",
    "foedus.model.builder",
]


@pytest.mark.parametrize("module", SHOWN)
def test_examples_run(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module))
    assert found.failed == 0
    assert found.attempted > 0


@pytest.mark.parametrize("name", GAMES)
def test_every_function_of_the_games_has_an_example(name: str) -> None:
    tree = ast.parse((ROOT / "src" / "foedus" / "games" / f"{name}.py").read_text(encoding="utf-8"))
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    assert [f.name for f in functions if ">>>" not in (ast.get_docstring(f) or "")] == []
