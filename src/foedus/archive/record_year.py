"""What the record knows about one year: states, pairs of states, and who traded with whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from foedus.archive.codes import with_ids
from foedus.archive.frames import pl
from foedus.archive.panels import dyad_years, state_years
from foedus.archive.pledges import Source

WINDOW: Final = 10
"""Years, the last of which is that of the case, over which quarrels are counted and trade is looked for."""

SESSIONS: Final = 3
"""Sessions of the General Assembly over which positions are averaged, the last of them that of the year."""
POUND: Final = 4.86
"""Dollars to the pound at the gold parity, to 1913."""
DEFLATOR: Final = 1.103
"""US GDP deflator of 2017 over that of 2011 (Bureau of Economic Analysis): Fariss et al. count in prices of 2017."""


@dataclass(frozen=True, eq=False)
class RecordYear:
    """What the source knows about one year."""

    year: int
    states: Mapping[str, Mapping[str, Any]]
    """Row of the panel of states, by id."""
    pairs: Mapping[frozenset[str], Mapping[str, Any]]
    """Row of the panel of pairs, with ``quarrel``, the share of years with a dispute."""
    shares: Mapping[tuple[str, str], tuple[float, int]]
    """Share of the second state in the reported trade of the first, and the last year of the window that reports it."""
    world: Mapping[str, float]
    """Share of a state in all trade reported in the last year of the window that has any; empty without one."""
    positions: Mapping[str, tuple[float, int]]
    """Mean ideal point of the last three sessions of the General Assembly, and how many of them the state voted in: one
    session can lie far off."""

    def strength(self, state: str) -> float:
        """Return what states are ordered by: the mean of spending and capabilities, as a product."""
        row = self.states[state]
        return math.sqrt((row["military_expenditure"] or 0.0) * (row["cinc"] or 0.0))

    @property
    def product_per_capability(self) -> float:
        """Product (bn international $ of 2011) of the states that have both, over their share of capabilities."""
        known = [
            (r["gdp"] / (DEFLATOR if r["gdp_source"] == "gdp_fariss" else 1.0), r["cinc"])
            for r in self.states.values()
            if r["gdp"] and r["cinc"]
        ]
        return sum(g for g, _ in known) / 1e3 / sum(c for _, c in known) if known else 0.0

    @property
    def spending_per_capability(self) -> float:
        """Spending (million) of the states that have both, over their share of capabilities."""
        known = [(r["military_expenditure"], r["cinc"]) for r in self.states.values()]
        both = [(m, c) for m, c in known if m and c]
        pounds = POUND if self.year < 1914 else 1.0
        return pounds * sum(m for m, _ in both) / 1e3 / sum(c for _, c in both) if both else 0.0

    def pair(self, one: str, two: str) -> Mapping[str, Any]:
        """Return the row of two states, empty where they are no pair."""
        return self.pairs.get(frozenset((one, two)), {})


def read_year(source: Source, year: int) -> RecordYear:
    """Return what a source knows about a year, and nothing later.

    Raises
    ------
    FoedusError
        A table that is needed is missing.
    """
    recent = with_ids(state_years(source, max(1816, year - SESSIONS + 1), year), _id="ccode").drop_nulls("_id")
    states = recent.filter(pl.col("year") == year)
    per_head = _per_head(source, year)
    rows = {r["_id"]: {**r, "per_head": per_head.get(r["ccode"])} for r in states.iter_rows(named=True)}
    first = max(1816, year - WINDOW + 1)
    dyads = dyad_years(source, first, year)
    quarrels = dyads.group_by("state1", "state2").agg(pl.col("disputes").gt(0).mean().alias("quarrel"))
    today = dyads.filter(pl.col("year") == year).join(quarrels, on=["state1", "state2"], how="left")
    pairs = {frozenset((r["state1"], r["state2"])): r for r in today.iter_rows(named=True)}
    return RecordYear(year, rows, pairs, *_trade(dyads), _positions(recent))


def _trade(dyads: pl.DataFrame) -> tuple[dict[tuple[str, str], tuple[float, int]], dict[str, float]]:
    """Return the last reported share of every partner of every state, and the share of every state in world trade."""
    known = dyads.select("year", "trade", one="state1", two="state2").drop_nulls()
    both = pl.concat([known, known.select("year", "trade", one="two", two="one")])
    share = (pl.col("trade") / pl.col("trade").sum().over("one", "year")).alias("share")
    latest = both.with_columns(share).filter(pl.col("share").is_finite()).sort("year").group_by("one", "two").last()
    shares = {
        (one, two): (value, year) for one, two, value, year in latest.select("one", "two", "share", "year").rows()
    }
    last = both.filter(pl.col("year") == pl.col("year").max())
    total = float(last["trade"].sum()) / 2.0
    sums = last.group_by("one").agg(pl.col("trade").sum())
    return shares, {one: float(value) / total for one, value in sums.rows() if total > 0}


def _positions(recent: pl.DataFrame) -> dict[str, tuple[float, int]]:
    known = recent.select("_id", pl.col("ideal_point").cast(pl.Float64)).drop_nulls()
    means = known.group_by("_id").agg(mean=pl.col("ideal_point").mean(), sessions=pl.len())
    return {state: (float(mean), int(sessions)) for state, mean, sessions in means.rows()}


def _per_head(source: Source, year: int) -> Mapping[int, float]:
    if not source.has("gdp_fariss"):
        return {}
    table = source.table("gdp_fariss").filter(pl.col("year") == year)
    return dict(table.select("ccode", "gdp_per_head").drop_nulls().rows())
