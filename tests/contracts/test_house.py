"""The house as a whole: what an import costs, and that the map of the house is true."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import foedus

ROOT = Path(__file__).parents[2]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, foedus\n"
        "print([m for m in ('numpy', 'numba', 'scipy', 'pydantic', 'yaml', 'rich', 'click', 'polars') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_every_public_name_is_a_function_or_a_class() -> None:
    for name in set(foedus.__all__) - {"__version__"}:
        found = getattr(foedus, name)
        assert callable(found), f"{name} is no function and no class"


def test_the_typed_door_is_what_the_tool_makes() -> None:
    spec = importlib.util.spec_from_file_location("build_door", ROOT / "tools" / "build_door.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.TARGET.read_text(encoding="utf-8") == tool.door()


def test_no_file_name_twice() -> None:
    # a door of the command line is named after its command
    rooms = [p for p in (ROOT / "src" / "foedus").rglob("*.py") if p.parent.name != "cli"]
    names = [p.name for p in rooms if p.name != "__init__.py"]
    assert sorted({n for n in names if names.count(n) > 1}) == []
    # two tests of one name cannot be collected together
    tests = [p.name for p in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({n for n in tests if tests.count(n) > 1}) == []


def test_the_map_of_the_house_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    package = ROOT / "src" / "foedus"
    missing = [
        str(p.relative_to(package))
        for p in package.rglob("*.py")
        if p.name not in ("__init__.py", "__main__.py") and p.name not in text
    ]
    assert missing == []


def test_no_module_is_too_long_to_read() -> None:
    long = {p.name: n for p in (ROOT / "src").rglob("*.py") if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}


@pytest.mark.parametrize("room", ["model", "kernels", "mechanisms", "simulation"])
def test_no_call_needs_its_function_open_to_be_read(room: str) -> None:
    """Truths are given by name, and no function takes two of them by place."""
    for path in (ROOT / "src" / "foedus" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                by_place = [a.arg for a in node.args.args if a.annotation and ast.unparse(a.annotation) == "bool"]
                assert len(by_place) <= 1, (path.name, node.name, by_place)
            elif isinstance(node, ast.Call):
                bare = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, bool)]
                assert not bare, (path.name, ast.unparse(node))


def test_the_reader_is_told_of_every_command() -> None:
    from_readme = (ROOT / "README.md").read_text()
    for words in ("make", "make test", "foedus assess", "foedus report", "foedus case new"):
        assert words in from_readme
