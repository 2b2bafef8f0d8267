"""Figures of foedus as ratios: every side by side with a peer, in turn, in one run.

Usage: python benchmarks/run.py [--quick] [--only NAME] [--pairs 5] [--check | --renew]

A family is one file in `benchmarks/families`, found by folder; README.md says how to add one. A full run writes
RESULTS.md, ratios.svg, curves.svg and ratios.json beside this file; --check compares with the stored ratios instead and
writes nothing. A full run takes an hour: --only FAMILY --renew writes the table and the ratios of one family anew, with the day.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

# one thread for the linear algebra of either side: on small matrices threads only cost time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from measure import Figure, Measured, Skipped, machine, measure
from page import Row, line, page, renewed, times
from picture import curves_picture, ratios_picture

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]  # plain twins live beside the tests
STORED = HERE / "ratios.json"
TOLERANCE = 0.5
"""A ratio below this share of the stored one is a regression: ratios of compiled against interpreted code move by a
fifth with the load of a machine, a lost optimisation halves them at least. Growth may not double."""


def families() -> list[str]:
    """Return the names of all families; the limits of the machine come first, for others are held against them."""
    names = sorted(path.stem for path in (HERE / "families").glob("[a-z]*.py"))
    return sorted(names, key=lambda name: name != "limits")


def found(quick: bool, only: str) -> Iterator[tuple[str, Skipped | Figure]]:
    """Yield every figure that is asked for, and the limits, by the name of its family."""
    names = families()
    for family in [n for n in names if n in ("limits", only)] if only in names else names:
        for figure in importlib.import_module(f"families.{family}").figures(quick):
            if family == "limits" or only in figure.name or only == family:
                yield family, figure


def regressions(rows: Sequence[Row], stored: Mapping[str, float]) -> list[str]:
    """Return a sentence for every ratio that is too far below the stored one, or above it where it is growth."""
    said = []
    for _, r in rows:
        if not isinstance(r, Measured) or not r.guarded or r.figure.name not in stored:
            continue
        was = stored[r.figure.name]
        if r.ratio * TOLERANCE > was if r.figure.most else r.ratio < TOLERANCE * was:
            said.append(f"{r.figure.name}: {times(r.ratio)} where {times(was)} is stored")
    return said


def measured(quick: bool, only: str, pairs: int) -> list[Row]:
    """Measure what is asked for, and show it line by line."""
    rows: list[Row] = []
    rates: dict[str, float] = {}
    for family, figure in found(quick, only):
        result = figure if isinstance(figure, Skipped) else measure(figure, pairs, rates)
        if family == "limits" and isinstance(result, Measured):
            rates |= {kind: amount / result.amount for kind, amount in vars(result.figure.least).items() if amount}
        if family != "limits" or only in ("", family) or only in result_name(result):
            rows.append((family, result))
            print(line(result), flush=True)
    return rows


def result_name(result: Measured | Skipped) -> str:
    """Return the name of a figure, measured or not."""
    return result.name if isinstance(result, Skipped) else result.figure.name


def write(rows: Sequence[Row], pairs: int) -> None:
    """Write the page, its pictures and the ratios that later runs are compared with."""
    results = [r for _, r in rows if isinstance(r, Measured)]
    ratios = {r.figure.name: float(f"{r.ratio:.4g}") for r in results if r.guarded}
    STORED.write_text(json.dumps({"machine": machine(), "ratios": ratios}, indent=2) + "\n", encoding="utf-8")
    (HERE / "ratios.svg").write_text(ratios_picture(results), encoding="utf-8")
    (HERE / "curves.svg").write_text(curves_picture(results), encoding="utf-8")
    (HERE / "RESULTS.md").write_text(page(rows, pairs), encoding="utf-8")


def renew(family: str, rows: Sequence[Row], pairs: int) -> None:
    """Write the table of one family anew, and its ratios; all others, and the pictures, stay those of the last full run."""
    place = HERE / "RESULTS.md"
    place.write_text(renewed(place.read_text(encoding="utf-8"), family, rows, pairs), encoding="utf-8")
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    stored["ratios"] |= {
        r.figure.name: float(f"{r.ratio:.4g}") for _, r in rows if isinstance(r, Measured) and r.guarded
    }
    STORED.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, show, and write or compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pairs", type=int, default=5, help="alternating pairs per figure, at least 5 in a full run")
    options.add_argument("--quick", action="store_true", help="small sizes, for a look; writes nothing")
    options.add_argument("--only", default="", metavar="NAME", help="figures whose name holds this, or one family")
    options.add_argument("--check", action="store_true", help="compare with the stored ratios; exit 1 on a regression")
    options.add_argument("--renew", action="store_true", help="write the table of the family of --only anew")
    asked = options.parse_args()
    if asked.renew and (asked.quick or asked.check or asked.only not in families()):
        options.error("--renew: name a family with --only, and neither --quick nor --check")
    if asked.pairs < 1:
        options.error(f"--pairs {asked.pairs}: at least one pair is needed")
    if asked.check and not STORED.exists():
        options.error(f"{STORED.name} is absent: a full run writes it")
    print(machine(), flush=True)
    rows = measured(asked.quick, asked.only, asked.pairs)
    if not rows:
        options.error(f"--only {asked.only}: no figure and no family of that name")
    if asked.check:
        fallen = regressions(rows, json.loads(STORED.read_text(encoding="utf-8"))["ratios"])
        print("\n".join(fallen) or f"no ratio fell below {TOLERANCE:g} of the stored one")
        raise SystemExit(1 if fallen else 0)
    if asked.renew:
        renew(asked.only, rows, asked.pairs)
    elif not asked.quick and not asked.only:
        write(rows, asked.pairs)


if __name__ == "__main__":
    main()
