"""Every public name has an example on the page of the public names, and each runs by itself, as a reader would run it."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from pathlib import Path

import pytest

import foedus
from foedus.kernels import DOORS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
GAMES = sorted(p.stem for p in (ROOT / "src" / "foedus" / "games").glob("*.py") if p.stem != "__init__")
NEEDS = {"import polars": "polars", ".to_pandas(": "pandas", ".to_xarray(": "xarray", "foedus.ensemble(": "polars"}
"""Libraries without which an example cannot run, by what stands in it."""


def entries() -> dict[tuple[str, str], str]:
    """Return what the page says of every name, by module and name."""
    found = {}
    for part in re.split(r"^## `", PAGE, flags=re.M)[1:]:
        module, _, text = part.partition("`")
        for entry in re.split(r"^### `", text, flags=re.M)[1:]:
            name, _, said = entry.partition("`")
            found[module, name] = said
    return found


ENTRIES = entries()


def public(module: str) -> list[str]:
    """Return the functions of a module that do not begin with an underscore."""
    source = (ROOT / "src" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    return [n.name for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def test_every_public_name_is_on_the_page() -> None:
    known = [("foedus", name) for name in foedus.__all__]
    known += [(f"foedus.games.{m}", name) for m in GAMES for name in public(f"foedus.games.{m}")]
    known += [(f"foedus.kernels.{m}", name) for m, names in DOORS.items() for name in names]
    known += [("foedus.archive.kads", name) for name in public("foedus.archive.kads")]
    assert len(known) > 70
    assert set(known) - set(ENTRIES) == set()


def test_what_is_a_door_of_the_kernels_is_there() -> None:
    for module, names in DOORS.items():
        home = importlib.import_module(f"foedus.kernels.{module}")
        assert [n for n in names if not callable(getattr(home, n, None))] == []
        assert set(names) <= set(public(f"foedus.kernels.{module}"))


@pytest.mark.parametrize(("module", "name"), ENTRIES)
def test_examples_run_each_by_itself(module: str, name: str) -> None:
    said = ENTRIES[module, name]
    blocks = re.findall(r"```pycon\n(.*?)```", said, re.S)
    code = "".join(blocks)
    assert re.search(rf"\b{name}\b", code), "the example does not show what it is an example of"
    for words, library in NEEDS.items():
        if words in code:
            pytest.importorskip(library)
    test = doctest.DocTestParser().get_doctest(code, {}, f"{module}.{name}", "docs/api.md", 0)
    assert test.examples
    found: list[str] = []
    assert doctest.DocTestRunner().run(test, out=found.append).failed == 0, "".join(found)
