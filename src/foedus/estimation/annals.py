"""Annals: what could be known of all states at the end of a year, as arrays. Nothing later ever enters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.datasets.catalogue import owner
from foedus.archive.frames import pl
from foedus.archive.panels import CONTIGUOUS_KM, rivalry_years, state_years
from foedus.archive.pledges import OBLIGATIONS, Source, pledge_years
from foedus.kernels.distance import great_circle_km
from foedus.vocabulary.errors import fail

Floats = NDArray[np.float64]
Ties = dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]
"""By year positions of both states, and a value."""
Pacts = dict[int, dict[int, tuple[int, ...]]]
"""By year the lineages of the members of every treaty."""

FIRST, LAST = 1816, 2019
CARRIED: Final = 10
"""Years for which the last known product, capability or vote of a state stands in for a missing one."""
TRADE_CARRIED: Final = 5
"""The same for trade, which moves faster and ends in 2014."""
DISPUTE_WINDOW: Final = 10
"""Years over which militarized disputes of two states count as a quarrel."""
OPENNESS: Final = 0.4
"""Trade as a share of product. Trade is known in current and product in constant prices, so a state's dependence on a
partner is the partner's share of its trade times this. World trade was a quarter of world product in 1960 and three
fifths in 2014 (World Bank); the choice passes into the estimated pain of coercion and nowhere else."""


@dataclass(frozen=True, eq=False)
class Circumstances:
    """All states at the end of one year."""

    year: int
    """Last year that is known."""
    seat: Mapping[int, int]
    """Position of a state by its code in the year after, for the states of that year, L in all."""
    gdp: Floats
    capability: Floats
    position: Floats
    """Shape (L,); product (million $ at the prices of its source), sqrt(military spending · CINC), foreign-policy
    position."""
    guessed: NDArray[np.bool_]
    """Shape (L,); product or capability is not known and that of the lower quartile stands in."""
    distance: Floats
    """Shape (L, L); km; between capitals, at most the width of the water between neighbours."""
    rivalry: Floats
    """Shape (L, L). 1 for strategic rivals, else the share of the last ten years with a militarized dispute."""
    trade: Floats
    """Shape (L, L); trade of the row with the column as share of the row's product; NaN where nobody reported."""
    pacts: tuple[tuple[int, ...], ...]
    """Positions of the members of every treaty with an obligation of defence."""
    ties: NDArray[np.bool_]
    """Shape (L, L); whether any obligation between two states is in force at the end of the year: defence, offence,
    neutrality, non-aggression or consultation."""


class Annals:
    """The record as it stood at the end of every year.

    Parameters
    ----------
    source : Source
        Store or tidy folder; ATOP members and capabilities are needed, every other table helps.
    without : collection of int
        Treaties (ATOP numbers) to leave out.

    Notes
    -----
    Capability is the root of military spending times CINC; where spending is not known it is put at the state's share
    of capabilities. A position is the state's ideal point in the General Assembly; before 1946, and for states that do
    not vote, it is its polyarchy in standard deviations of the year, since ideal points have a standard deviation
    of about one and correlate with polyarchy at .5 to .7 in every period.

    Raises
    ------
    FoedusError
        A table that is needed is missing.
    """

    def __init__(self, source: Source, without: Collection[int] = ()) -> None:
        if not source.has("capabilities"):
            source.table("capabilities")  # the source says how to get it
        self._source = source
        self._without = tuple(without)
        system = members().filter(pl.col("year").is_between(FIRST, LAST))
        lines = system["lineage"].unique().sort().to_list()
        self._place = {int(line): k for k, line in enumerate(lines)}
        self._system = system.select("ccode", "year", "lineage")
        states = state_years(source, FIRST, LAST)
        self._states = states.join(self._system, on=["ccode", "year"], suffix="_", how="left")

    def _column(self, name: str, carried: int) -> Floats:
        """Return one column as years by states, missing values filled from the years before."""
        found = np.full((LAST - FIRST + 1, len(self._place)), np.nan)
        known = self._states.filter(pl.col(name).is_not_null())
        rows = known["year"].to_numpy() - FIRST
        found[rows, [self._place[s] for s in known["lineage"]]] = known[name].cast(pl.Float64).to_numpy()
        return _carry(found, carried)

    @cached_property
    def _gdp(self) -> Floats:
        return self._column("gdp", CARRIED)

    @cached_property
    def _capability(self) -> Floats:
        cinc, spending = self._column("cinc", CARRIED), self._column("military_expenditure", CARRIED)
        both = np.isfinite(cinc) & np.isfinite(spending)
        spent, shared = np.where(both, spending, 0.0).sum(axis=1), np.where(both, cinc, 0.0).sum(axis=1)
        rate = np.divide(spent, shared, out=np.ones_like(spent), where=shared > 0)
        filled = np.where(np.isfinite(spending), spending, cinc * rate[:, None])
        return np.sqrt(filled * cinc)

    @cached_property
    def _position(self) -> Floats:
        votes, regime = self._column("ideal_point", CARRIED), self._column("polyarchy", CARRIED)
        there = np.isfinite(regime)
        count = np.maximum(there.sum(axis=1), 1)
        mean = np.where(there, regime, 0.0).sum(axis=1) / count
        off = np.where(there, regime - mean[:, None], 0.0)
        spread = np.sqrt((off**2).sum(axis=1) / count)
        scaled = np.divide(off, spread[:, None], out=np.zeros_like(off), where=spread[:, None] > 0)
        return np.where(np.isfinite(votes), votes, scaled)

    def _dyads(self, frame: pl.DataFrame, value: str) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]:
        """Return a dyadic table by year as positions of both states and values; states out of the system are left out."""
        coded = frame.select("year", "ccode1", "ccode2", pl.col(value).cast(pl.Float64).alias("_value")).drop_nulls()
        for side in "12":
            lines = self._system.rename({"ccode": f"ccode{side}", "lineage": f"_line{side}"})
            coded = coded.join(lines, on=[f"ccode{side}", "year"])
        held = {}
        for (year,), part in coded.drop_nulls().group_by("year"):
            one, two = (np.array([self._place[s] for s in part[f"_line{side}"]], dtype=np.int64) for side in "12")
            held[int(str(year))] = (one, two, part["_value"].to_numpy())
        return held

    @cached_property
    def _rivals(self) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]:
        return self._dyads(rivalry_years(self._source), "rivalry") if self._source.has("rivalry") else {}

    @cached_property
    def _disputes(self) -> tuple[int, dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]]:
        name = next((t for t in ("gml_dyad_year", "mid_dyad_year") if self._source.has(t)), "")
        return (owner(name).coverage[1], self._dyads(self._source.table(name), "disputes")) if name else (0, {})

    @cached_property
    def _contiguous(self) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]:
        if not self._source.has("contiguity"):
            return {}
        near = self._source.table("contiguity").with_columns(
            km=pl.col("contiguity").replace_strict(CONTIGUOUS_KM, default=None, return_dtype=pl.Float64)
        )
        return self._dyads(near, "km")

    @cached_property
    def _trade(self) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]:
        return self._dyads(self._source.table("trade"), "trade") if self._source.has("trade") else {}

    @cached_property
    def _promised(self) -> tuple[Ties, Pacts]:
        """Return who is bound by any obligation, and by which treaty of defence, at the end of every year; read once."""
        held = pledge_years(self._source, self._without).filter("year_end")
        tied = held.select("year", "ccode1", "ccode2", tie=pl.max_horizontal(OBLIGATIONS)).filter(pl.col("tie") > 0)
        return self._dyads(tied, "tie"), self._bodies(held.filter(pl.col("defence") == 1))

    @property
    def _ties(self) -> Ties:
        return self._promised[0]

    def _bodies(self, bound: pl.DataFrame) -> Pacts:
        sides = pl.concat(bound.select("atopid", "year", pl.col(c).alias("ccode")) for c in ("ccode1", "ccode2"))
        named = sides.unique().join(self._system, on=["ccode", "year"])
        held: Pacts = {}
        grouped = named.group_by("year", "atopid").agg(pl.col("lineage").unique().sort()).sort("year", "atopid")
        for year, treaty, lines in grouped.rows():
            if len(lines) > 1:
                held.setdefault(int(year), {})[int(treaty)] = tuple(int(s) for s in lines)
        return held

    def pacts(self, year: int) -> Mapping[int, tuple[int, ...]]:
        """Return who was bound by each treaty of defence at the end of a year.

        Returns
        -------
        mapping of int to tuple of int
            Lineages of the members (the last code each state ever bore) by the ATOP number of the treaty.
        """
        return self._promised[1].get(year, {})

    def before(self, year: int) -> Circumstances:
        """Return what could be known when a year began.

        Parameters
        ----------
        year : int
            Year of a decision; everything is of the year before or earlier.

        Raises
        ------
        FoedusError
            There is no such year.
        """
        if not FIRST < year <= LAST:
            raise fail(f"year {year}", "the record does not reach there", f"Give {FIRST + 1} to {LAST}")
        there = self._system.filter(pl.col("year") == year).sort("ccode")
        seats = np.array([self._place[s] for s in there["lineage"]], dtype=np.int64)
        seat = {int(c): k for k, c in enumerate(there["ccode"])}
        row = year - 1 - FIRST
        gdp, capability = self._gdp[row, seats], self._capability[row, seats]
        unknown = ~(np.isfinite(gdp) & np.isfinite(capability))
        at = {int(s): k for k, s in enumerate(there["lineage"])}
        pacts = (tuple(at[m] for m in pact if m in at) for pact in self.pacts(year - 1).values())
        return Circumstances(
            year - 1,
            seat,
            _filled(gdp),
            _filled(capability),
            self._position[row, seats],
            unknown,
            self._distances(year - 1, there),
            self._quarrels(year - 1)[np.ix_(seats, seats)],
            self._dependence(year - 1)[np.ix_(seats, seats)],
            tuple(dict.fromkeys(p for p in pacts if len(p) > 1)),
            self._bound(year - 1)[np.ix_(seats, seats)],
        )

    def lineages(self, year: int) -> Mapping[int, int]:
        """Return the code that every state of a year bears in it, by lineage."""
        there = self._system.filter(pl.col("year") == year)
        return {int(line): int(code) for line, code in there.select("lineage", "ccode").rows()}

    def _distances(self, year: int, there: pl.DataFrame) -> Floats:
        """Return the distances between the states of the year after; a new neighbour is one from its first day."""
        capital = members().filter(pl.col("year") == year + 1).sort("ccode")
        latitude, longitude = capital["latitude"].to_numpy(), capital["longitude"].to_numpy()
        table = great_circle_km(latitude[:, None], longitude[:, None], latitude[None, :], longitude[None, :])
        near = np.full((len(self._place),) * 2, np.inf)
        last = max((y for y in self._contiguous if y <= year), default=None)
        if last is not None:
            one, two, km = self._contiguous[last]
            near[one, two] = near[two, one] = km
        seats = np.array([self._place[s] for s in there["lineage"]], dtype=np.int64)
        apart: Floats = np.minimum(table, near[np.ix_(seats, seats)])
        return apart

    def _quarrels(self, year: int) -> Floats:
        """Return rivalry between all states that ever were, from disputes in the years that are coded."""
        table = np.zeros((len(self._place),) * 2)
        last_coded, disputes = self._disputes
        years = [y for y in range(year - DISPUTE_WINDOW + 1, year + 1) if FIRST <= y <= last_coded]
        for y in years:
            if y in disputes:
                one, two, count = disputes[y]
                table[one, two] += (count > 0) / len(years)
        if year in self._rivals:
            one, two, _ = self._rivals[year]
            table[one, two] = 1.0
        return np.minimum(np.maximum(table, table.T), 1.0)

    def _bound(self, year: int) -> NDArray[np.bool_]:
        """Return whether any obligation is in force at the end of a year, between all states that ever were."""
        table = np.zeros((len(self._place),) * 2, dtype=np.bool_)
        if year in self._ties:
            one, two, _ = self._ties[year]
            table[one, two] = table[two, one] = True
        return table

    def _dependence(self, year: int) -> Floats:
        """Return trade as share of product; the last value known stands for up to five years."""
        value = np.full((len(self._place),) * 2, np.nan)
        for y in range(year - TRADE_CARRIED, year + 1):
            if y in self._trade:
                one, two, flow = self._trade[y]
                value[one, two] = value[two, one] = flow
        total = np.nansum(value, axis=1)
        share: Floats = np.divide(value, total[:, None], out=np.full_like(value, np.nan), where=total[:, None] > 0)
        return OPENNESS * share


def _carry(table: Floats, most: int) -> Floats:
    """Fill missing values from the years before, no further than some years."""
    age = np.where(np.isfinite(table[0]), 0, most + 1)
    for y in range(1, len(table)):
        known = np.isfinite(table[y])
        age = np.where(known, 0, age + 1)
        table[y] = np.where(known | (age > most), table[y], table[y - 1])
    return table


def _filled(values: Floats) -> Floats:
    """Put the lower quartile in the place of what is not known: states without figures are new or small."""
    known = values[np.isfinite(values)]
    return np.where(np.isfinite(values), values, np.quantile(known, 0.25) if known.size else 1.0)
