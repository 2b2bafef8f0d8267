"""Figures of foedus as ratios: every side by side with a peer, in turn, in one run.

Usage: python benchmarks/run.py [--quick] [--only NAME] [--pairs 5] [--check]

A family is one file in `benchmarks/families`, found by folder; README.md says how to add one. A full run writes
RESULTS.md, ratios.svg and ratios.json beside this file; --check compares with the stored ratios instead and writes nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from measure import Figure, Measured, Skipped, machine, measure
from picture import ratios_picture

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]  # plain twins live beside the tests
STORED = HERE / "ratios.json"
TOLERANCE = 0.5
"""A ratio below this share of the stored one is a regression: ratios of compiled against interpreted code move by a
fifth with the load of a machine, a lost optimisation halves them at least."""


def found(quick: bool, only: str) -> Iterator[tuple[str, Measured | Skipped | Figure]]:
    """Yield every figure of every family, by the name of its file."""
    for path in sorted((HERE / "families").glob("[a-z]*.py")):
        for figure in importlib.import_module(f"families.{path.stem}").figures(quick):
            if only in figure.name or only == path.stem:
                yield path.stem, figure


def line(result: Measured | Skipped) -> str:
    """Return a row of the table; goals are those of a full run."""
    if isinstance(result, Skipped):
        return f"| {result.name} | – | – | – | skipped: {result.reason} | |"
    f, ms = result.figure, f"{result.seconds * 1e3:.3g} ms"
    if f.peer is None:
        return f"| {f.name} | {ms} | | | {f.against} | |"
    goal = f"≥ {f.goal:g}× {'✓' if result.ratio >= f.goal else '✗'}" if f.goal else ""
    return f"| {f.name} | {ms} | **{result.ratio:.1f}×** | {result.least:.1f} – {result.largest:.1f} | {f.against} | {goal} |"


def page(rows: list[tuple[str, Measured | Skipped]], pairs: int) -> str:
    """Return the page of results."""
    head = "| figure | ours | peer / ours | least – largest | peer | goal |\n|---|---|---|---|---|---|"
    text = [
        "# Figures, as ratios",
        "",
        f"{machine()}. Medians of {pairs} alternating pairs, warm.",
        "Both sides gave the same answer before either was timed. Ratios travel between machines, milliseconds do not.",
        "",
        "![How many times longer the peer takes](ratios.svg)",
    ]
    for family in dict.fromkeys(name for name, _ in rows):
        text += ["", f"## {family.capitalize()}", "", head, *(line(r) for name, r in rows if name == family)]
    return "\n".join(text) + "\n"


def regressions(rows: list[tuple[str, Measured | Skipped]], stored: dict[str, float]) -> list[str]:
    """Return a sentence for every ratio that has fallen too far below the stored one."""
    return [
        f"{r.figure.name}: {r.ratio:.1f}× where {stored[r.figure.name]:.1f}× is stored"
        for _, r in rows
        if isinstance(r, Measured) and r.ratio < TOLERANCE * stored.get(r.figure.name, 0.0)
    ]


def main() -> None:
    """Measure, show, and write or compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pairs", type=int, default=5, help="alternating pairs per figure, at least 5 in a full run")
    options.add_argument("--quick", action="store_true", help="small sizes, for a look; writes nothing")
    options.add_argument("--only", default="", metavar="NAME", help="figures whose name holds this, or one family")
    options.add_argument("--check", action="store_true", help="compare with the stored ratios; exit 1 on a regression")
    asked = options.parse_args()
    if asked.pairs < 1:
        options.error(f"--pairs {asked.pairs}: at least one pair is needed")
    if asked.check and not STORED.exists():
        options.error(f"{STORED.name} is absent: a full run writes it")
    print(machine(), flush=True)
    rows: list[tuple[str, Measured | Skipped]] = []
    for family, figure in found(asked.quick, asked.only):
        result = figure if isinstance(figure, Skipped) else measure(figure, asked.pairs)
        rows.append((family, result))
        print(line(result), flush=True)
    if not rows:
        options.error(f"--only {asked.only}: no figure and no family of that name")
    if asked.check:
        fallen = regressions(rows, json.loads(STORED.read_text(encoding="utf-8"))["ratios"])
        print("\n".join(fallen) or f"no ratio fell below {TOLERANCE:g} of the stored one")
        raise SystemExit(1 if fallen else 0)
    if not asked.quick and not asked.only:
        ratios = {r.figure.name: round(r.ratio, 2) for _, r in rows if isinstance(r, Measured) and r.ratio}
        STORED.write_text(json.dumps({"machine": machine(), "ratios": ratios}, indent=2) + "\n", encoding="utf-8")
        drawn = ratios_picture([r for _, r in rows if isinstance(r, Measured)])
        (HERE / "ratios.svg").write_text(drawn, encoding="utf-8")
        (HERE / "RESULTS.md").write_text(page(rows, asked.pairs), encoding="utf-8")


if __name__ == "__main__":
    main()
