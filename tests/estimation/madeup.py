"""A made-up record: real states, invented treaties between neighbours and friends of the strong, no data of anybody."""

import json
from functools import cache

import numpy as np
import polars as pl

from foedus.archive.codes import members
from foedus.backtests import rolling
from foedus.backtests import step as backtest
from foedus.estimation import protocol
from foedus.estimation.protocol import Sample, Window

FIRST, LAST = 1885, 1922
SAMPLE = Sample(controls=(12, 5), seats=2, stand_ins=(8, 4), largest=12, case_controls=10, draws=2, resamples=50)
ORIGIN = Window("origin", 1910, 1911, 1920, True, "made up")
AHEAD = Window("1945-1970", 1910, 1911, 1922, False, "made up, under the name of a long one")


class MadeUp:
    """A source of tables in memory.

    Parameters
    ----------
    treaties : polars.DataFrame
        Rows of the member file.
    capabilities : polars.DataFrame
        ``ccode``, ``year``, ``cinc``, ``military_expenditure``, ``population``.
    regimes : polars.DataFrame, optional
        ``ccode``, ``year``, ``polyarchy``.
    """

    def __init__(self, treaties, capabilities, regimes=None):
        self.held = {"atop_member": treaties, "capabilities": capabilities}
        if regimes is not None:
            self.held["polyarchy"] = regimes

    def has(self, name):
        return name in self.held

    def table(self, name):
        return self.held[name]


def row(atopid, ccode, start, end=0):
    return {
        "atopid": atopid,
        "phase": 0,
        "ccode": ccode,
        "in_system": 1,
        "entry_year": start,
        "entry_month": 5,
        "entry_day": 1,
        "exit_year": end,
        "exit_month": 6 if end else 0,
        "exit_day": 1 if end else 0,
        "in_force": int(not end),
        "end_mode": 0,
        "defence": 1,
        "offence": 0,
        "neutrality": 0,
        "nonaggression": 0,
        "consultation": 0,
    }


def record(seed=3, first=FIRST, last=LAST):
    """Every year two pairs of Europeans and now and then three of the Americas sign; treaties end at a constant rate."""
    stream = np.random.default_rng(seed)
    system = members().filter(pl.col("year").is_between(first - 1, last))
    rows, number = [], 1000
    for year in range(first, last + 1):
        now = system.filter(pl.col("year") == year)["ccode"].to_numpy()
        before = system.filter(pl.col("year") == year - 1)["ccode"].to_numpy()
        there = np.intersect1d(now, before)
        europe, americas = there[(there >= 200) & (there < 400)], there[there < 200]
        bodies = [stream.choice(europe, 2, replace=False) for _ in range(2)]
        if year % 5 == 0:
            bodies.append(stream.choice(americas, 3, replace=False))
        for body in bodies:
            number += 5
            end = year + int(stream.geometric(0.1))
            rows += [row(number, int(c), year, end if end < 2018 else 0) for c in sorted(body)]
    strength = pl.DataFrame({"ccode": system["ccode"], "year": system["year"]}).with_columns(
        cinc=pl.Series(stream.gamma(0.5, 0.02, system.height)),
        military_expenditure=pl.Series(stream.gamma(1.0, 1000.0, system.height)),
        population=pl.Series(stream.gamma(1.0, 5000.0, system.height)),
    )
    freedom = strength.select("ccode", "year").with_columns(polyarchy=pl.Series(stream.random(system.height)))
    return MadeUp(pl.DataFrame(rows), strength, freedom)


def with_another_future(source, year, seed=8):
    """Delete what comes after a year and put something else in its place: other treaties, other ends, other strength."""
    stream = np.random.default_rng(seed)
    treaties, strength = source.held["atop_member"], source.held["capabilities"]
    past = treaties.filter(pl.col("entry_year") <= year)
    over = pl.col("exit_year") > year
    unseen = past.with_columns(
        pl.when(over).then(0).otherwise(pl.col(c)).alias(c) for c in ("exit_year", "exit_month", "exit_day")
    )
    system = members().filter(pl.col("year") == year + 1)["ccode"].to_numpy()
    other = [
        row(90_000 + k, int(c), year + 1) for k in range(9) for c in sorted(stream.choice(system, 4, replace=False))
    ]
    noise = pl.Series(stream.permutation(strength["cinc"].to_numpy()))
    later = pl.when(pl.col("year") > year).then(noise).otherwise("cinc").alias("cinc")
    regimes = source.held["polyarchy"].with_columns(
        pl.when(pl.col("year") > year).then(1 - pl.col("polyarchy")).otherwise("polyarchy").alias("polyarchy")
    )
    return MadeUp(pl.concat([unseen, pl.DataFrame(other)]), strength.with_columns(later), regimes)


@cache
def drawn():
    """Draw the made-up record once for all tests."""
    return backtest.drawn(record(), (ORIGIN, AHEAD), 1, SAMPLE, (), LAST)


@cache
def made():
    """Describe it once for all tests."""
    return backtest.material(drawn())


@cache
def results():
    """Score the baselines on it once for all tests."""
    return rolling.run_windows(made(), (ORIGIN, AHEAD), 1, resamples=50)


def _case(key, year, size):
    seen = {"rank": 3.0, "chance": 0.04, "lift": 4.0, "a_year": 2e-9}
    others = {"geography": seen, "gradient boosting": seen}
    return {"key": key, "title": f"Pact {key}", "year": year, "source": "", "size": size, "others": 99, "seen": others}


def document():
    """Every part of a document but the theory's own forecasts, which take their time."""
    found = results()
    return json.loads(
        json.dumps(
            {
                "foedus": "0",
                "seed": 1,
                "quick": False,
                "windows": [r["name"] for r in found],
                "baselines": [],
                "code": "c" * 64,
                "data": {"atop_member": {"version": "made up", "sha256": "a" * 64}},
                "without": [],
                "sample": vars(SAMPLE),
                "questions": dict(protocol.QUESTIONS),
                "results": found,
                "verdicts": rolling.verdicts(found),
                "cases": [
                    _case("nato", 1949, 12),
                    _case("pacific", 1950, 6),
                    _case("pacific", 1953, 7),
                    _case("pacific", 1960, 8),
                ],
                "new_bodies_a_year": 0.2,
                "new_pairs_a_year": 2.0,
            }
        )
    )
