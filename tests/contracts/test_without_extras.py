"""What answers without any optional library, and that every other command says which extra it wants."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"sklearn": "scikit-learn", "threadpoolctl": "scikit-learn", "resvg_py": "resvg-py"}
"""Names of packages where they are not those of their modules; threadpoolctl comes with scikit-learn."""
BLOCKED = [
    "polars",
    "pandas",
    "scipy",
    "statsmodels",
    "sklearn",
    "SALib",
    "distributed",
    "dask",
    "xarray",
    "arviz",
    "duckdb",
    "resvg_py",
    "threadpoolctl",
    "starlette",
    "uvicorn",
    "psycopg",
    "segno",
]

RUN = f"""
import io, json, shlex, sys, warnings
from contextlib import redirect_stderr, redirect_stdout
for name in {BLOCKED!r}:
    sys.modules[name] = None
from foedus.cli.main import run
warnings.simplefilter("always")
for line in json.loads(sys.argv[1]):
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            run(shlex.split(line))
        except SystemExit as end:
            code = end.code
    print(json.dumps([line, code, err.getvalue()]))
"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("try_installed", ROOT / "tools" / "try_installed.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def run_blocked(lines: list[str], folder: Path) -> list[tuple[str, int, str]]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(lines)], cwd=folder, capture_output=True, text=True, check=True
    )
    return [tuple(json.loads(s)) for s in done.stdout.splitlines()]


def test_main_commands_answer_without_extras(tool: ModuleType, tmp_path: Path) -> None:
    slow = ("ablate", "compare europe-1949 asia-1953 --theory", "discover", "sensitivity", "trial a-nato")
    lines = [line for line in tool.CORE if not line.startswith(slow)]
    for line, code, said in run_blocked(lines, tmp_path):
        told = [s for s in said.splitlines() if s.strip() and not s.startswith(tool.QUIET)]
        assert (line, code, told) == (line, 0, [])


def test_other_commands_name_their_extra_before_any_work(tool: ModuleType, tmp_path: Path) -> None:
    for line, code, said in run_blocked(list(tool.REFUSED), tmp_path):
        package, extra = tool.REFUSED[line]
        end = f"it needs the package '{package}', which is not installed. Run: pip install 'foedus[{extra}]'.\n"
        assert (line, code) == (line, 2)
        assert said.startswith("error: ")
        assert said.endswith(end), said
        assert said.count("\n") == 1


def asked_for() -> list[tuple[str, str, str]]:
    """Return every literal (file, library, extra) that the package asks for."""
    found = []
    for path in (ROOT / "src" / "foedus").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("need", "Later"):
                words = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if len(words) == 3:
                    found.append((str(path.relative_to(ROOT / "src" / "foedus")), str(words[0]), str(words[1])))
    return found


def test_every_extra_that_is_named_installs_what_is_missing() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    asked = asked_for()
    assert len(asked) > 12
    for file, library, extra in asked:
        package = PACKAGES.get(top := library.partition(".")[0], top)
        assert any(line.startswith(f"{package}>=") for line in extras[extra]), (file, library, extra)


def test_rooms_ask_only_for_their_own_libraries() -> None:
    rooms = {
        "archive": {"polars", "duckdb"},
        "estimation": {"scipy", "statsmodels"},
        "backtests": {"scipy", "sklearn", "threadpoolctl"},
        "methods": {"scipy", "SALib"},
        "draws": {"polars", "pandas", "xarray", "arviz", "distributed"},
        "years": {"xarray"},
        "surfaces": {"resvg_py"},
        "vocabulary": {"polars", "pandas"},
        "asking": {"polars"},
        "cli": {"uvicorn", "starlette"},
        "council": {"psycopg", "segno"},
    }
    for file, library, _ in asked_for():
        assert library.partition(".")[0] in rooms.get(file.partition("/")[0], set()), (file, library)


def test_the_tool_tries_every_extra(tool: ModuleType) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(tool.EXTRAS) == set(extras)
    assert {extra for _, extra in tool.REFUSED.values()} <= set(extras)
