"""Try whether tests notice: small faults put into a copy of the package one at a time, each before the tests beside it.

Usage: python tools/mutants.py SECONDS SEED MODULE=TESTS [MODULE=TESTS ...]
For example: python tools/mutants.py 600 1 draws/sampling.py=tests/draws/test_sampling.py

A fault is one comparison, sum, product, logical word, number or return exchanged for another. It is noticed when the
tests fail or take four times as long as without it. Faults are taken in random order until the time is up.
"""

from __future__ import annotations

import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
# fmt: off
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}
# fmt: on


def _sites(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the parts of functions that can be exchanged."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in (n for part in function.body for n in ast.walk(part)):
                number = isinstance(node, ast.Constant) and isinstance(node.value, int | float)
                returns = isinstance(node, ast.Return) and node.value is not None
                if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp) or number or returns:
                    yield node


def _exchange(node: ast.AST) -> bool:
    """Put a fault into a part; False where it has no other form."""
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in OTHER:
            node.ops[0] = OTHER[type(first)]()  # type: ignore[call-overload]
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in OTHER:
            node.op = OTHER[type(op)]()  # type: ignore[assignment]
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value) | float(value)):
            node.value = value + 1
        case ast.Return():
            node.value = ast.Constant(None)
        case _:
            return False
    return True


def faults(source: str) -> list[tuple[str, str]]:
    """Return every fault of a module: where and what, and the module with it."""
    tree = ast.parse(source)
    found = []
    for k, site in enumerate(_sites(tree)):
        spoilt = copy.deepcopy(tree)
        node = list(_sites(spoilt))[k]
        before = ast.unparse(node)
        if _exchange(node):
            found.append((f"{getattr(site, 'lineno', 0)}: {before} -> {ast.unparse(node)}", ast.unparse(spoilt)))
    return found


def noticed(home: Path, tests: str, limit: float) -> bool:
    """Return whether tests fail on the package of a copy."""
    about = {
        **os.environ,
        "PYTHONPATH": str(home / "src"),
        "FOEDUS_CACHE": str(home / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests.split(",")]
    try:
        return (
            subprocess.run(command, cwd=home, env=about, capture_output=True, timeout=limit, check=False).returncode
            != 0
        )
    except subprocess.TimeoutExpired:
        return True


def main() -> None:
    """Try faults until the time is up, and say which were not noticed."""
    end = time.monotonic() + float(sys.argv[1])
    pairs = [p.split("=") for p in sys.argv[3:]]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("src", "tests", "tools", "pyproject.toml"):
            place = ROOT / name
            skip = shutil.ignore_patterns("__pycache__")
            shutil.copytree(place, home / name, ignore=skip) if place.is_dir() else shutil.copy(place, home / name)
        limits = {}
        for tests in {t for _, t in pairs}:
            noticed(home, tests, 300.0)  # compiles
            begin = time.monotonic()
            if noticed(home, tests, 300.0):
                sys.exit(f"{tests} fail without any fault")
            limits[tests] = 4 * (time.monotonic() - begin) + 5
        trials = [
            (m, t, *f) for m, t in pairs for f in faults((ROOT / "src" / "foedus" / m).read_text(encoding="utf-8"))
        ]
        random.Random(int(sys.argv[2])).shuffle(trials)
        tally: dict[str, list[int]] = {}
        for module, tests, said, spoilt in trials:
            if time.monotonic() > end:
                break
            place = home / "src" / "foedus" / module
            whole = place.read_text(encoding="utf-8")
            place.write_text(spoilt, encoding="utf-8")
            seen = noticed(home, tests, limits[tests])
            place.write_text(whole, encoding="utf-8")
            count = tally.setdefault(module, [0, 0])
            count[0] += seen
            count[1] += 1
            if not seen:
                print(f"not noticed: {module}:{said}", flush=True)
    for module, (seen, tried) in sorted(tally.items()):
        print(f"{module}: {seen} of {tried} noticed", flush=True)


if __name__ == "__main__":
    main()
