"""The house as a whole: what an import costs, and that the map of the house is true."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

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
    rooms = [p for p in (ROOT / "src" / "foedus").rglob("*.py") if p.parent.name not in ("cli", "reports")]
    names = [p.name for p in rooms if p.name != "__init__.py"]
    assert sorted({n for n in names if names.count(n) > 1}) == []


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


def test_the_reader_is_told_of_every_command() -> None:
    from_readme = (ROOT / "README.md").read_text()
    for words in ("make", "make test", "foedus assess", "foedus report", "foedus case new"):
        assert words in from_readme
