"""Every module has a test file of its name, or stands in a list beside the file that covers it; the list is true."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

from foedus.draws.digest import closure

ROOT = Path(__file__).parents[2]
LIST = "tests/contracts/covered.toml"
COVERED: dict[str, str] = tomllib.loads((ROOT / LIST).read_text(encoding="utf-8"))


def modules() -> set[str]:
    package = ROOT / "src" / "foedus"
    found = (p.relative_to(package).with_suffix("") for p in package.rglob("*.py"))
    return {p.as_posix() for p in found if not p.name.startswith("__")}


def without_own_test() -> set[str]:
    tested = {p.stem.removeprefix("test_") for p in (ROOT / "tests").rglob("test_*.py")}
    return {m for m in modules() if m.rpartition("/")[2] not in tested}


@cache
def reached(test: str) -> frozenset[str]:
    """Return the modules that a test imports, directly or through others, or through the fixtures of its room."""
    named: set[str] = set()
    files = [ROOT / test, (ROOT / test).with_name("conftest.py")]
    for node in (n for f in files if f.is_file() for n in ast.walk(ast.parse(f.read_text(encoding="utf-8")))):
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return frozenset(closure(tuple(sorted(n for n in named if n.startswith("foedus"))), ROOT / "src"))


def test_every_module_has_a_test_of_its_name_or_is_listed() -> None:
    assert sorted(without_own_test() - set(COVERED)) == [], f"write tests/ROOM/test_NAME.py, or add it to {LIST}"


def test_the_list_has_nothing_that_is_not_needed() -> None:
    assert sorted(set(COVERED) - without_own_test()) == []


def test_what_is_said_to_cover_a_module_does_reach_it() -> None:
    for module, said in COVERED.items():
        test, _, word = said.partition(": ")
        assert (ROOT / test).is_file(), (module, test)
        if word:
            assert word in (ROOT / test).read_text(encoding="utf-8"), (module, said)
        else:
            assert f"foedus.{module.replace('/', '.')}" in reached(test), (module, said)
