"""The house as a whole: what an import costs, and that the map of the house is true."""

from __future__ import annotations

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


def test_every_lazy_name_exists() -> None:
    for name in foedus.__all__:
        assert getattr(foedus, name) is not None


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
