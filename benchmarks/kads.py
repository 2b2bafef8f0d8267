"""Choice sets of potential alliances from the dyad-year panel, against the same done by merges in pandas.

Usage: python benchmarks/kads.py FOLDER [--controls 300]

FOLDER is a folder of tidy tables with panel_core.parquet. Prints the median of three alternating pairs and the peak
memory of the process before the peer runs.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import statistics
import time
from pathlib import Path

import pandas as pd
import polars as pl

from foedus.facts.datasets.tidy import TidyFolder
from foedus.facts.kads import KAds, describe, potential, signings

COLUMNS = {"ln_capdist": ("mean", "max"), "rival": ("sum",), "common_rivals": ("max",), "conttype": ("max",)}


def peer(kads: KAds, panel: pd.DataFrame) -> pd.DataFrame:
    """Explode k-ads into pairs, merge the panel and aggregate."""
    rows = [
        (k, year - 1, a, b)
        for k, year, codes in zip(kads.table["kad"], kads.table["year"], kads.members.tolist())
        for a, b in itertools.combinations([c for c in codes if c != -1], 2)
    ]
    pairs = pd.DataFrame(rows, columns=["kad", "year", "ccode1", "ccode2"])
    groups = pairs.merge(panel, on=["year", "ccode1", "ccode2"], how="left").groupby("kad")
    return groups.agg({"ln_capdist": ["mean", "max"], "rival": "sum", "common_rivals": "max", "conttype": "max"})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--controls", type=int, default=300)
    chosen = parser.parse_args()
    keys = ["year", "ccode1", "ccode2"]
    dyads = pl.read_parquet(chosen.folder / "panel_core.parquet", columns=[*keys, *COLUMNS])
    kads = potential(signings(TidyFolder(chosen.folder)), controls=chosen.controls)
    describe(kads, dyads, COLUMNS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    wide = dyads.select(pl.col(keys).cast(pl.Int64), pl.col(list(COLUMNS)).cast(pl.Float64))
    panel = pd.DataFrame(wide.to_dict(as_series=False))
    ratios, ours = [], []
    for _ in range(3):
        start = time.perf_counter()
        describe(kads, dyads, COLUMNS)
        middle = time.perf_counter()
        peer(kads, panel)
        end = time.perf_counter()
        ours.append(middle - start)
        ratios.append((end - middle) / (middle - start))
    print(f"{len(kads):,} k-ads from {dyads.height:,} dyad-years: {statistics.median(ours):.2f} s, {peak:.2f} GB")
    print(f"pandas takes {statistics.median(ratios):.1f} times as long ({min(ratios):.1f} to {max(ratios):.1f})")


if __name__ == "__main__":
    main()
