"""Choice sets of potential alliances from a panel of dyad-years, against the same done by merges in pandas."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from measure import Figure, Skipped, absent, installed

from foedus.archive.codes import members
from foedus.archive.kads import KAds, describe, potential

COLUMNS = {"ln_capdist": ("mean", "max"), "rival": ("sum",), "common_rivals": ("max",), "conttype": ("max",)}
FIRST, LAST = 1816, 2018
GIGABYTES = 6.0

PEAK = """
import sys
sys.path[:0] = {places!r}
from families.kads import choice_sets, dyads
from foedus.archive.kads import describe
describe(choice_sets({first}, {controls}), dyads({first}), {columns!r})
print(next(x.split()[1] for x in open("/proc/self/status") if x.startswith("VmHWM")))
"""


def dyads(first: int) -> pl.DataFrame:
    """Return a panel of all pairs of states in all years, with covariates that are made up."""
    system = members().filter(pl.col("year").is_between(first - 1, LAST)).select("year", "ccode")
    pairs = system.join(system, on="year", suffix="2").filter(pl.col("ccode") < pl.col("ccode2")).sort("year")
    rng, rows = np.random.default_rng(1), pairs.height
    return pairs.rename({"ccode": "ccode1"}).with_columns(
        ln_capdist=rng.normal(8, 1, rows),
        rival=(rng.random(rows) < 0.02).astype(float),
        common_rivals=rng.poisson(0.2, rows).astype(float),
        conttype=rng.integers(0, 6, rows).astype(float),
    )


def choice_sets(first: int, controls: int) -> KAds:
    """Return a signing a year, of two to twelve states, and the alliances that could have been signed instead."""
    rng = np.random.default_rng(2)
    system = members().select("year", "ccode")
    events = []
    for year in range(first, LAST + 1):
        there = system.filter(pl.col("year") == year)["ccode"].to_numpy()
        body = np.sort(rng.choice(there, min(2 + rng.poisson(1.0), 12, len(there)), replace=False)).tolist()
        events.append(
            {
                "atopid": year,
                "year": year,
                "kind": "founding",
                "members": body,
                "entrants": body,
                "size": len(body),
                "outside": 0,
            }
        )
    return potential(pl.DataFrame(events), controls=controls)


def merges(kads: KAds, panel: Any) -> Any:
    """Return the same from k-ads exploded into pairs, merged with the panel and grouped."""
    import pandas as pd

    rows = [
        (k, year - 1, a, b)
        for k, year, codes in zip(kads.table["kad"], kads.table["year"], kads.members.tolist(), strict=True)
        for a, b in itertools.combinations([c for c in codes if c != -1], 2)
    ]
    pairs = pd.DataFrame(rows, columns=["kad", "year", "ccode1", "ccode2"])
    groups = pairs.merge(panel, on=["year", "ccode1", "ccode2"], how="left").groupby("kad")
    return groups.agg({column: list(how) for column, how in COLUMNS.items()})


def same(ours: pl.DataFrame, theirs: Any) -> bool:
    """Return whether all columns agree, in single precision; where no pair is known pandas adds up to 0, we say so."""
    table, known = ours.sort("kad"), theirs["ln_capdist", "mean"].notna().to_numpy()
    return all(
        np.allclose(table[f"{column}_{how}"].to_numpy()[known], theirs[column, how].to_numpy()[known], rtol=1e-5)
        for column, each in COLUMNS.items()
        for how in each
    )


def peak(first: int, controls: int) -> float:
    """Return the peak memory (GB) of a process of its own that makes panel and choice sets and describes them."""
    here = Path(__file__).parents[1]
    words = PEAK.format(places=[str(here)], first=first, controls=controls, columns=COLUMNS)
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1e6


def figures(quick: bool) -> Iterator[Figure | Skipped]:
    """Yield the figures."""
    first, controls = (1990, 30) if quick else (FIRST, 300)
    panel, kads = dyads(first), choice_sets(first, controls)
    name = f"{len(kads):,} choice sets from {panel.height:,} dyad-years / pandas"
    if installed("pandas"):
        import pandas as pd

        wide = pd.DataFrame(panel.to_dict(as_series=False))
        yield Figure(
            name,
            lambda: describe(kads, panel, COLUMNS),
            lambda: merges(kads, wide),
            same,
            f"{installed('pandas')}: merge and group",
            goal=10,
        )
        del wide
    else:
        yield absent(name, "pandas")
    name = "peak memory of the same, in a process of its own"
    if Path("/proc/self/status").exists():
        yield Figure(name, lambda: peak(first, controls), within=GIGABYTES, unit="GB", against="panel made in it too")
    else:
        yield Skipped(name, "peak memory is read from /proc, which only Linux has")
