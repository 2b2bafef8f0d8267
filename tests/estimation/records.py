"""A made-up state system as tables in memory, for tests of what is estimated from data."""

import numpy as np
import polars as pl

from foedus.archive.codes import members

STATES = (2, 20, 200, 210, 211, 220, 325, 365, 380, 385, 390, 640, 710, 740, 900)
FIRST, LAST = 1946, 1975


class Records:
    """Tables by name, as a store hands them over."""

    def __init__(self, tables):
        self.tables = tables

    def has(self, name):
        return name in self.tables

    def table(self, name):
        return self.tables[name]


def member_rows(atopid, codes, start, end=0):
    promised = {"defence": 1, "offence": 0, "neutrality": 0, "nonaggression": 0, "consultation": 0}
    return [
        {
            "atopid": atopid,
            "ccode": c,
            "phase": 0,
            "in_system": 1,
            "entry_year": start,
            "entry_month": 4,
            "entry_day": 4,
            "exit_year": end,
            "exit_month": 6 if end else 0,
            "exit_day": 30 if end else 0,
            "in_force": int(not end),
            "end_mode": 0,
            "end_cause": 0,
            **promised,
            "asymmetric": 0,
        }
        for c in codes
    ]


TREATIES = (
    (1, (2, 20), 1947, 0),
    (2, (200, 220), 1948, 0),
    (3, (2, 20, 200, 210, 211, 220), 1949, 0),
    (4, (365, 710), 1950, 1961),
    (5, (2, 900), 1951, 0),
    (6, (2, 740), 1960, 0),
    (7, (380, 385, 390), 1955, 1965),
    (8, (325, 640), 1958, 0),
    (9, (211, 325), 1963, 0),
    (10, (380, 390), 1968, 0),
)


def records(seed=7):
    """Return a system of fifteen states over thirty years, with treaties that resemble some that were signed."""
    rng = np.random.default_rng(seed)
    system = members().filter(pl.col("ccode").is_in(STATES) & pl.col("year").is_between(FIRST, LAST))
    codes, years = system["ccode"].to_numpy(), system["year"].to_numpy()
    size = np.array([1 + 9 * (c in (2, 365)) + 3 * (c in (200, 220, 710)) for c in codes]) * rng.uniform(
        0.9, 1.1, len(codes)
    )
    east = np.isin(codes, (365, 710))
    base = pl.DataFrame({"ccode": codes, "year": years})
    pairs = (
        base.rename({"ccode": "ccode1"})
        .join(base.rename({"ccode": "ccode2"}), on="year")
        .filter(pl.col("ccode1") < pl.col("ccode2"))
    )
    quarrel = pairs.filter(((pl.col("ccode1") * 7 + pl.col("ccode2") * 3 + pl.col("year")) % 41) == 0)
    return Records(
        {
            "atop_member": pl.DataFrame([r for t in TREATIES for r in member_rows(*t)]),
            "capabilities": base.with_columns(cinc=size / 100, military_expenditure=size * 1e4, population=size * 1e4),
            "gdp_fariss": base.with_columns(gdp=size * 1e5, gdp_per_head=np.ones(len(codes))),
            "polyarchy": base.with_columns(polyarchy=np.where(east, 0.1, 0.7) + rng.uniform(0, 0.1, len(codes))),
            "ideal_point": base.with_columns(ideal_point=np.where(east, -2.0, 1.0) + rng.normal(0, 0.4, len(codes))),
            "rivalry": pl.DataFrame(
                {
                    "rivalry": [1, 2],
                    "ccode1": [2, 2],
                    "ccode2": [365, 710],
                    "start": [1946, 1950],
                    "end": [1989, 1972],
                    "positional": [1, 1],
                    "spatial": [0, 0],
                    "ideological": [1, 1],
                    "interventionary": [0, 0],
                }
            ),
            "mid_dyad_year": quarrel.select(
                "ccode1", "ccode2", "year", disputes=pl.lit(1), onset=pl.lit(1), hostility=pl.lit(3), fatality=pl.lit(0)
            ),
            "trade": pairs.with_columns(trade=pl.Series(rng.uniform(1, 100, pairs.height))),
        }
    )
