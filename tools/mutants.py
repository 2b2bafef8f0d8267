"""Try whether tests notice: small faults put into a copy of the package one at a time, each before the tests beside it.

Usage: python tools/mutants.py [--seed N] [--each K] [--seconds S] [--jobs J] [--beside] WHAT [WHAT ...]
For example: python tools/mutants.py --seed 1 --each 10 draws simulation/year.py
             python tools/mutants.py surfaces/terminal.py=tests/surfaces/test_terminal.py,tests/surfaces/test_words.py

WHAT is a room, a folder or a module; of every module K faults are taken at random (0: all). A fault is one comparison,
sum, product, logical word, sign, number or return exchanged for another. It is noticed when the tests fail or take four
times as long as without it. Tests are those named, else those of `BESIDE`, else the test file of the same name, else the
one that `tests/contracts/covered.toml` names, else all of the same folder. Code that is compiled is tried uncompiled, or every fault would cost a minute.

Tests that fail without a fault are said, and their modules left out. A fault that those tests let pass is tried before
the other tests that import the module, then before what is kept of what users see (`tests/golden`): one that no
picture, table or sentence of any shot betrays either is given to the type checker, and counted apart where that alone
finds it. What cannot be noticed is not put in: see `_idle`. Every test starts from a copy of this process that has
loaded the large libraries already, not from an empty one.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
# fmt: off
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And, ast.USub: ast.UAdd,
}
# fmt: on
COMPILED = ("kernels/", "mechanisms/utility/", "simulation/plan.py", "simulation/batch.py")
LIBRARIES = ("numpy", "numba", "polars", "yaml", "hypothesis", "pytest", "xdist.plugin", "multiprocessing.pool")
_SEEN = "tests/golden/test_golden.py::test_what_a_user_sees_is_what_is_kept"
BESIDE = {
    "council/procedures": "tests/council/test_stepping.py,tests/council/test_sight.py,tests/council/test_late_comers.py",
    "draws/filing.py": "tests/draws/test_fileset.py",
    "draws/local.py": "tests/draws/test_local.py,tests/draws/test_engines.py",
    "kernels/exponentials.py": "tests/kernels/test_exponentials.py,tests/kernels/test_presence.py",
    "mechanisms/decisions": "tests/mechanisms/test_decisions_by_hand.py,tests/mechanisms/test_consent.py,"
    "tests/mechanisms/test_results.py,tests/mechanisms/test_over_years.py",
    "mechanisms/utility": "tests/mechanisms/test_laws_by_hand.py,tests/mechanisms/test_results.py",
    "kernels/presence.py": "tests/kernels/test_presence.py,tests/kernels/test_defended.py",
    "simulation/batch.py": "tests/simulation/test_plan.py,tests/simulation/test_batch.py",
    "simulation/plan.py": "tests/simulation/test_plan.py",
    "simulation/wiring.py": "tests/simulation/test_plan.py",
    "simulation/year.py": "tests/simulation/test_year_by_hand.py,tests/simulation/test_year.py",
    **{
        f"surfaces/svg/{mark}.py": f"tests/surfaces/svg/test_{mark}.py,tests/surfaces/svg/test_keys.py"
        for mark in ("barmarks", "cells", "dotmarks", "linemarks", "maps", "rows", "smallnets")
    },
    "systems/beijings_wedge.py": f"tests/systems/test_systems.py,{_SEEN}[system-json]",
    "systems/japan_korea.py": f"tests/systems/test_systems.py,{_SEEN}[system]",
    "systems/nato.py": f"tests/systems/test_systems.py,{_SEEN}[system]",
    "systems/nato_doors.py": f"tests/systems/test_systems.py,{_SEEN}[system]",
    "systems/nato_in_asia.py": f"tests/systems/test_systems.py,{_SEEN}[system]",
    "systems/quad.py": f"tests/systems/test_systems.py,{_SEEN}[system-page]",
    "systems/san_francisco.py": f"tests/systems/test_systems.py,{_SEEN}[system]",
    "years": "tests/years/test_packing.py,tests/years/test_runs.py,tests/years/test_told_of_years.py,"
    f"{_SEEN}[simulate],{_SEEN}[simulate-page]",
}
"""Tests of modules (or folders) that have no test file of their own name, or not all of them there; some are seen as a user
sees them, in the files that are kept of it."""

SEEN = _SEEN.partition("::")[0]
COMPILES = 60.0
"""Seconds from which on a first run of tests is taken to have compiled, so that they are timed once more."""
COVERED: dict[str, str] = tomllib.loads((ROOT / "tests/contracts/covered.toml").read_text(encoding="utf-8"))


def _idle(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a node in which a fault changes nothing, or nothing that a test should hold.

    Annotations are never worked out. ``strict=`` and ``stacklevel=`` guard against other faults. How many digits or
    places a message shows, which column a narrow terminal leaves out first, how many tasks a worker is handed at once,
    and how long to wait before looking again, is no rule.
    """
    match node:
        case ast.AnnAssign():
            return [node.annotation]
        case ast.FunctionDef():
            return [*node.decorator_list, node.args, *([node.returns] if node.returns else [])]
        case ast.keyword(arg="strict" | "stacklevel" | "timeout" | "drop" | "chunk", value=value):
            return [value]
        case ast.Call(func=ast.Attribute(attr="sleep") | ast.Name(id="cast" | "TypeVar")):
            return list(node.args)
        case ast.FormattedValue() if node.format_spec is not None:
            return [node.format_spec]
    return []


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all within it that is not idle, in the order of the text."""
    yield node
    idle = _idle(node)
    for child in ast.iter_child_nodes(node):
        if child not in idle:
            yield from _parts(child)


def _sites(tree: ast.Module) -> list[tuple[ast.AST, int]]:
    """Return the parts of functions that can be exchanged, each with which of its comparisons is meant."""
    found: dict[tuple[ast.AST, int], None] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in (n for part in function.body for n in _parts(part)):
                for k in range(len(node.ops) if isinstance(node, ast.Compare) else 1):
                    if _exchanged(copy.copy(node), k):
                        found[node, k] = None
    return list(found)


def _exchanged(node: ast.AST, which: int) -> bool:
    """Put a fault into a part; False where it has no other form."""
    match node:
        case ast.Compare(ops=ops) if type(ops[which]) in OTHER:
            node.ops = [OTHER[type(op)]() if k == which else op for k, op in enumerate(ops)]  # type: ignore[misc]
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.UnaryOp(op=op) if type(op) in OTHER:
            node.op = OTHER[type(op)]()  # type: ignore[assignment]
        case ast.UnaryOp(op=ast.Not()):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value) | float(value)):
            node.value = value + 1
        case ast.Return() if node.value is not None and ast.unparse(node.value) != "None":
            node.value = ast.Constant(None)
        case _:
            return False
    return True


def faults(source: str, count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return faults of a module in random order, at most `count` (0: all): where and what, and the module with it."""
    tree = ast.parse(source)
    places = list(range(len(_sites(tree))))
    chance.shuffle(places)
    found = []
    for place in places[: count or None]:
        spoilt = copy.deepcopy(tree)
        node, which = _sites(spoilt)[place]
        before, line = ast.unparse(node), getattr(node, "lineno", 0)
        _exchanged(node, which)
        found.append((f"{line}: {before} -> {ast.unparse(node)}", ast.unparse(spoilt)))
    return found


def tests_of(module: str) -> str:
    """Return the tests beside a module, with commas between."""
    path = Path(module)
    same = ROOT / "tests" / path.parent / f"test_{path.stem}.py"
    known = next((BESIDE[str(p)] for p in (path, *path.parents) if str(p) in BESIDE), None)
    covered = COVERED.get(str(path.with_suffix("")), "").partition(":")[0]
    if known is None and not same.exists() and covered.startswith("tests/") and "/golden/" not in covered:
        known = covered
    if known is None:
        folder = next(p for p in same.parents if p.is_dir())
        known = str((same if same.exists() else folder).relative_to(ROOT))
    return known


def importing(module: str, besides: str) -> str:
    """Return the tests that import a module, but for some, with commas between; at most six, the shortest."""
    name = ".".join(("foedus", *Path(module).with_suffix("").parts))
    room, _, own = name.rpartition(".")
    way = re.compile(rf"^\s*(?:from|import) {re.escape(name)}\b|^from {re.escape(room)} import [^\n]*\b{own}\b", re.M)
    known = {part.partition("::")[0] for part in besides.split(",")}
    found = [p for p in (ROOT / "tests").rglob("test_*.py") if way.search(p.read_text(encoding="utf-8"))]
    names = [str(p.relative_to(ROOT)) for p in sorted(found, key=lambda p: p.stat().st_size)]
    return ",".join([n for n in names if n not in known][:6])


@dataclass(frozen=True)
class Home:
    """A copy of the package, into which faults are put."""

    place: Path

    def made(self) -> Home:
        """Return it after all that matters was copied."""
        for name in ("src", "tests", "tools", "docs", "pyproject.toml", "README.md", "CHANGELOG.md", "CITATION.cff"):
            source, skip = ROOT / name, shutil.ignore_patterns("__pycache__")
            into = self.place / name
            shutil.copytree(source, into, ignore=skip) if source.is_dir() else shutil.copy2(source, into)
        data = ROOT.parent / "shared"  # tests that hold against published data look for it beside the checkout
        if data.exists() and not (self.place.parent / "shared").exists():
            (self.place.parent / "shared").symlink_to(data)
        return self

    def passes(self, tests: str, plain: bool, limit: float) -> bool:
        """Return whether tests pass within some seconds, in a copy of this process."""
        child = os.fork()
        if not child:
            try:
                os._exit(self._run(tests, plain))
            finally:
                os._exit(99)
        end = time.monotonic() + limit
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return status == 0
            time.sleep(0.02)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return False

    def _run(self, tests: str, plain: bool) -> int:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        said = os.open(self.place / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        about = {"PYTHONPATH": str(self.place / "src"), "FOEDUS_CACHE": str(self.place / "cache")}
        os.environ.update(about, PYTHONDONTWRITEBYTECODE="1", **({"NUMBA_DISABLE_JIT": "1"} if plain else {}))
        os.environ.pop("NUMBA_CACHE_DIR", None)
        sys.dont_write_bytecode = True
        numba = importlib.import_module("numba")
        numba.config.reload_config()
        sys.path[:] = [str(self.place / "src"), *(p for p in sys.path if not p.startswith(str(ROOT / "src")))]
        os.chdir(self.place)
        if not str(importlib.import_module("foedus").__file__).startswith(str(self.place)):
            return 98
        pytest = importlib.import_module("pytest")
        return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests.split(",")]))

    def notices(self, module: str, tests: str, spoilt: str, limit: float) -> bool:
        """Return whether tests fail with a fault in a module."""
        place = self.place / "src" / "foedus" / module
        whole = place.read_bytes()
        place.write_text(spoilt, encoding="utf-8")
        try:
            return not self.passes(tests, module.startswith(COMPILED), limit)
        finally:
            place.write_bytes(whole)

    def types_notice(self, module: str, spoilt: str) -> bool:
        """Return whether the type checker says more of a module with a fault in it than of the same module without."""
        place = self.place / "src" / "foedus" / module
        whole = place.read_bytes()
        without = ast.unparse(ast.parse(whole))  # which has lost the comments that the checker heeds, as the other has
        try:
            return self._complaints(place, spoilt) != self._complaints(place, without)
        finally:
            place.write_bytes(whole)

    def _complaints(self, place: Path, text: str) -> list[str]:
        place.write_text(text, encoding="utf-8")
        said = subprocess.run(["mypy", place], cwd=self.place, capture_output=True, text=True).stdout
        return [line.partition(": ")[2] for line in said.splitlines() if ": error: " in line]


def _asked() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description="Try whether tests notice small faults.")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--each", type=int, default=8, help="faults per module, 0 for all")
    ask.add_argument("--seconds", type=float, default=3600.0, help="time after which no further fault is tried")
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument(
        "--beside", action="store_true", help="no second look at what users see: faster, and never too high"
    )
    ask.add_argument("what", nargs="+", help="ROOM, ROOM/FOLDER or ROOM/MODULE.py, each with =TESTS,TESTS if wished")
    return ask.parse_args()


def _modules(what: list[str]) -> dict[str, str]:
    """Return the modules that are meant, each with its tests."""
    found = {}
    for said in what:
        name, _, tests = said.partition("=")
        place = ROOT / "src" / "foedus" / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            module = str(path.relative_to(ROOT / "src" / "foedus"))
            found[module] = tests or tests_of(module)
    return found


def main() -> None:
    """Try faults until the time is up, say which were not noticed, and how many were, by module and by room."""
    asked = _asked()
    end = time.monotonic() + asked.seconds
    modules = _modules(asked.what)
    for library in LIBRARIES:
        importlib.import_module(library)
    with tempfile.TemporaryDirectory(prefix="foedus-mutants-") as folder, ThreadPoolExecutor(asked.jobs) as pool:
        homes: SimpleQueue[Home] = SimpleQueue()
        for k in range(asked.jobs):
            (Path(folder) / str(k)).mkdir()
            homes.put(Home(Path(folder) / str(k)).made())
        limits: dict[tuple[Home, str, bool], float] = {}

        def limit(home: Home, tests: str, plain: bool) -> float:
            """Return how long tests may take in a place, tried without a fault the first time; 0 where they fail even so."""
            if (home, tests, plain) not in limits:
                begin = time.monotonic()
                sound = home.passes(tests, plain, limit=900.0)
                if sound and time.monotonic() - begin > COMPILES:
                    begin = time.monotonic()
                    sound = home.passes(tests, plain, limit=900.0)
                limits[home, tests, plain] = 4 * (time.monotonic() - begin) + 10.0 if sound else 0.0
                if not sound:
                    said = (home.place / "said.txt").read_text(encoding="utf-8")
                    print(f"{said[-3000:]}\n{tests} fail without any fault: not tried", flush=True)
            return limits[home, tests, plain]

        def tried(module: str, tests: str, said: str, spoilt: str) -> tuple[str, bool] | None:
            if time.monotonic() > end:
                return None
            home, typed, plain = homes.get(), False, module.startswith(COMPILED)
            if not limit(home, tests, plain) or not (asked.beside or limit(home, SEEN, False)):
                homes.put(home)
                return None
            seen = home.notices(module, tests, spoilt, limit(home, tests, plain))
            more = "" if seen else importing(module, tests)
            if more and limit(home, more, plain):
                seen = home.notices(module, more, spoilt, limit(home, more, plain))
            seen = seen or (not asked.beside and home.notices(module, SEEN, spoilt, limit(home, SEEN, False)))
            if not seen and (typed := home.types_notice(module, spoilt)):
                by_types.append(module)
            homes.put(home)
            tally.append(seen or typed)
            print(f"{sum(tally)} of {len(tally)} after {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            if not seen:
                print(f"{'noticed by types alone' if typed else 'not noticed'}: {module}:{said}", flush=True)
            return module, seen or typed

        lists = [
            [
                (m, t, *f)
                for f in faults(
                    (ROOT / "src/foedus" / m).read_text(encoding="utf-8"), asked.each, _chance(m, asked.seed)
                )
            ]
            for m, t in modules.items()
        ]
        by_types: list[str] = []
        tally: list[bool] = []
        began = time.monotonic()
        trials = [trial for turn in zip_longest(*lists) for trial in turn if trial is not None]
        _tell([found for found in pool.map(lambda trial: tried(*trial), trials) if found])
        print(f"of these {len(by_types)} by types alone", flush=True)


def _chance(module: str, seed: int) -> random.Random:
    return random.Random(f"{seed} {module}")


def _tell(found: list[tuple[str, bool]]) -> None:
    """Print how many faults were noticed, by module, by room and in all."""
    for name_of in (lambda m: m, lambda m: str(Path(m).parent), lambda m: "all"):
        names = sorted({name_of(m) for m, _ in found})
        for name in names:
            seen = [s for m, s in found if name_of(m) == name]
            print(f"{name}: {sum(seen)} of {len(seen)} noticed, {sum(seen) / len(seen):.0%}", flush=True)


if __name__ == "__main__":
    main()
