"""Potential alliances of any size (k-ads): the signings that happened and a weighted sample of those that did not.

A treaty of twelve is one event, not sixty-six pairs. With N states there are N choose k possible alliances of size k,
far too many to list, so that every signing is kept and of the rest a few are drawn in every year and size. The weight
of a drawn one is the number of possible alliances it stands for.

References
----------
Fordham, B. and Poast, P. (2016). All alliances are multilateral: rethinking alliance formation. Journal of Conflict
Resolution 60(5): 840-865.
King, G. and Zeng, L. (2001). Logistic regression in rare events data. Political Analysis 9(2): 137-163.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.datasets.atop import LAST_YEAR
from foedus.archive.frames import pl
from foedus.archive.pledges import OBLIGATIONS, Source, memberships
from foedus.vocabulary.errors import fail, nearest

Aggregate = Literal["mean", "min", "max", "sum", "any"]
_AGGREGATES: Final = ("mean", "min", "max", "sum", "any")
_GAP_DAYS: Final = 31
"""A member that is out of a treaty no longer than this between two phases never left it."""
_NOBODY: Final = -1


@dataclass(frozen=True, eq=False)
class KAds:
    """Potential alliances."""

    table: pl.DataFrame
    """One row per k-ad: ``kad`` (number), ``year``, ``size``, ``formed`` (whether it was signed), ``atopid`` and
    ``kind`` of the signing (null for the others) and ``weight`` (possible alliances it stands for; 1 if formed)."""
    members: NDArray[np.int64]
    """Shape (K, M); Correlates of War codes of the members of every k-ad in ascending order; -1 fills the rows of
    smaller ones."""

    def __post_init__(self) -> None:
        self.members.setflags(write=False)

    @classmethod
    def of(
        cls, rows: Sequence[Sequence[Any]], schema: Mapping[str, type[pl.DataType]], blocks: Sequence[NDArray[np.int64]]
    ) -> KAds:
        """Return k-ads, numbered, from the rows of their table and blocks of members, each as wide as its k-ads."""
        widest = max((b.shape[1] for b in blocks), default=0)
        filled = [np.pad(b, ((0, 0), (0, widest - b.shape[1])), constant_values=_NOBODY) for b in blocks]
        table = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("kad")
        codes = np.concatenate(filled) if filled else np.empty((0, 0), np.int64)
        return cls(table.with_columns(pl.col("kad").cast(pl.Int64)), codes)

    def __len__(self) -> int:
        return self.table.height


def signings(
    source: Source, first: int = 1816, last: int = LAST_YEAR, obligation: str = "defence", without: Collection[int] = ()
) -> pl.DataFrame:
    """Return every act by which states joined a treaty with an obligation.

    Parameters
    ----------
    source : Source
        Store or tidy folder with the ATOP member file.
    first, last : int
        Years.
    obligation : str
        The obligation that at least one member takes on.
    without : collection of int
        Treaties (ATOP numbers) to leave out.

    Returns
    -------
    polars.DataFrame
        One row per treaty and year: ``atopid``, ``year``, ``kind`` (``founding``, ``accession`` or ``entry``), ``members`` (codes
        of the whole body afterwards, in ascending order), ``entrants`` (codes of those who came), ``size``, and
        ``outside`` (members of the treaty who are no members of the interstate system that year and are not counted).
        Bodies of fewer than two states of the system are left out.

    Notes
    -----
    A state that signs before it is in the interstate system (Japan in 1951, West Germany in 1954) is counted in the
    year in which it enters the system with the pact in force: that is the kind ``entry``. A list of states at risk
    alone would lose the main spokes of the alliances of the time.

    A change of phase or of code (Germany in 1990) is no signing. Entry is dated as in ATOP, by signature: accessions
    to the North Atlantic Treaty stand one or two years before ratification.

    Raises
    ------
    FoedusError
        No such obligation, or the member file is missing.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from foedus.archive.pledges import OBLIGATIONS
    >>> pact = {"atopid": 3180, "in_system": 1, "entry_year": 1949, "entry_month": 4, "entry_day": 4}
    >>> pact |= dict.fromkeys(("phase", "exit_year", "exit_month", "exit_day", "end_mode"), 0)  # still in force
    >>> rows = pl.DataFrame([pact | dict.fromkeys(OBLIGATIONS, 1) | {"ccode": code} for code in (2, 200)])
    >>> signings(SimpleNamespace(table=lambda name: rows)).select("year", "kind", "members").rows()
    [(1949, 'founding', [2, 200])]
    """
    if obligation not in OBLIGATIONS:
        raise fail(f"obligation '{obligation}'", "there is no such obligation", nearest(obligation, OBLIGATIONS))
    spells = memberships(source, without)
    bound = spells.filter((pl.col(obligation) == 1).any().over("atopid", "phase"))
    system = members().select("ccode", "year", "lineage")
    heirs = system.group_by("ccode").agg(lineage=pl.col("lineage").last())
    # The lineage names a state through its codes; polities outside the system keep their own code.
    lined = bound.join(heirs, on="ccode", how="left").with_columns(pl.coalesce("lineage", "ccode").alias("lineage"))
    known = {int(str(line)): set(part["year"]) for (line,), part in system.group_by("lineage")}
    rows = []
    for (treaty,), own in lined.sort("start").group_by("atopid", maintain_order=True):
        rows += _signings_of(int(str(treaty)), own.select("lineage", "start", "end").rows(), known)
    schema = {"atopid": pl.Int64, "year": pl.Int64, "kind": pl.String, "lineage": pl.Int64, "entrant": pl.Boolean}
    bodies = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("year").is_between(first, last))
    inside = bodies.join(system, on=["lineage", "year"], how="left").sort("ccode")
    events = inside.group_by("atopid", "year", "kind").agg(
        members=pl.col("ccode").drop_nulls(),
        entrants=pl.col("ccode").filter(pl.col("entrant")).drop_nulls(),
        size=pl.col("ccode").count().cast(pl.Int64),
        outside=pl.col("ccode").is_null().sum().cast(pl.Int64),
    )
    real = events.filter((pl.col("size") >= 2) & (pl.col("entrants").list.len() >= 1))
    return real.sort("year", "atopid")


def _signings_of(
    treaty: int, spells: Sequence[tuple[int, dt.date, dt.date]], known: Mapping[int, set[int]]
) -> list[tuple[int, int, str, int, bool]]:
    """Return one row per signing and member of one treaty, given the years in which states are in the system."""
    ended: dict[int, dt.date] = {}
    signed: dict[int, set[int]] = {}
    entered: dict[int, set[int]] = {}
    for state, start, end in spells:
        if state not in ended or (start - ended[state]).days > _GAP_DAYS:
            signed.setdefault(start.year, set()).add(state)
            there = known.get(state, set())
            later = next((y for y in range(start.year + 1, end.year + 1) if y in there), None)
            if start.year not in there and later is not None:
                entered.setdefault(later, set()).add(state)
        ended[state] = max(end, ended.get(state, end))
    rows: list[tuple[int, int, str, int, bool]] = []
    for year in sorted(signed.keys() | entered.keys()):
        came = signed.get(year, set()) | entered.get(year, set())
        founding = year == min(signed)
        kind = "founding" if founding else "accession" if year in signed else "entry"
        body = came if founding else came | {s for s, start, end in spells if start.year <= year <= end.year}
        rows += [(treaty, year, kind, s, s in came) for s in sorted(body)]
    return rows


def potential(
    events: pl.DataFrame,
    sizes: Sequence[int] = range(2, 11),
    controls: int = 100,
    seed: int = 1,
    years: Sequence[int] | None = None,
) -> KAds:
    """Return the signings and a sample of the alliances that were not signed.

    Parameters
    ----------
    events : polars.DataFrame
        From :func:`signings`.
    sizes : sequence of int
        Sizes of which non-events are drawn in every year; the sizes of the signings of a year are drawn as well.
    controls : int
        Non-events drawn per year and size, without replacement; all of them when there are no more.
    seed : int
        Of the draw. Years and sizes have streams of their own: another span of years moves no draw.
    years : sequence of int, optional
        Years to cover, by default those from the first signing to the last.

    Returns
    -------
    KAds
        In every year and size the weights add up to the number of possible alliances, N choose k.

    Raises
    ------
    FoedusError
        A size under two, no controls, or a year outside the state system.

    Examples
    --------
    >>> pact = {"atopid": [3180], "year": [1949], "kind": ["founding"], "members": [[2, 200]], "size": [2]}
    >>> kads = potential(pl.DataFrame(pact), sizes=[2], controls=3)
    >>> len(kads), round(kads.table["weight"].sum())  # as many as there are possible pairs of the 75 states of that year
    (4, 2775)
    """
    if controls < 1 or any(k < 2 for k in sizes):
        what = "an alliance has at least two members and a sample at least one row"
        raise fail("k-ads", what, "Mend sizes, controls")
    if events.is_empty() and not years:
        raise fail("k-ads", "there is no signing in the span of years", "Widen the span, or say which years")
    span = list(years) if years else list(range(int(str(events["year"].min())), int(str(events["year"].max())) + 1))
    by_year = {int(str(y)): part for (y,), part in events.group_by("year")}
    rows: list[tuple[Any, ...]] = []
    blocks: list[NDArray[np.int64]] = []
    for year in span:
        states = _states(year)
        signed = by_year.get(year, events.clear())
        for size in sorted({k for k in sizes if k <= len(states)} | {k for k in signed["size"] if k <= len(states)}):
            own = signed.filter(pl.col("size") == size)
            chosen = np.array(own["members"].to_list(), dtype=np.int64).reshape(own.height, size)
            stream = np.random.default_rng([seed, year, size])
            drawn, weight = _non_events(states, size, chosen, controls, stream)
            rows += [(year, size, True, treaty, kind, 1.0) for treaty, kind in own.select("atopid", "kind").rows()]
            rows += [(year, size, False, None, None, weight)] * len(drawn)
            blocks += [chosen, drawn]
    names = ("year", "size", "formed", "atopid", "kind", "weight")
    kinds = (pl.Int64, pl.Int64, pl.Boolean, pl.Int64, pl.String, pl.Float64)
    return KAds.of(rows, dict(zip(names, kinds, strict=True)), blocks)


def _states(year: int) -> NDArray[np.int64]:
    """Return the codes of the members of the system in a year, in ascending order."""
    found: NDArray[np.int64] = members().filter(pl.col("year") == year)["ccode"].sort().to_numpy()
    if not len(found):
        raise fail(f"year {year}", "the state system of this year is not known", "Give years from 1816 on")
    return found


def _non_events(
    states: NDArray[np.int64], size: int, signed: NDArray[np.int64], controls: int, stream: np.random.Generator
) -> tuple[NDArray[np.int64], float]:
    """Draw alliances that were not signed, each at most once, and say how many each stands for."""
    taken = {tuple(row) for row in signed.tolist()}
    rest = math.comb(len(states), size) - len(taken)
    wanted = min(controls, rest)
    if wanted <= 0:
        return np.empty((0, size), dtype=np.int64), 0.0
    if rest <= 4 * controls:
        # Few are possible: list them, so that no draw is refused again and again.
        free = np.array([c for c in itertools.combinations(states.tolist(), size) if c not in taken], dtype=np.int64)
        return free[np.sort(stream.choice(len(free), wanted, replace=False))], rest / wanted
    kept: dict[tuple[int, ...], None] = {}
    while len(kept) < wanted:
        for row in states[_subsets(len(states), size, wanted, stream)].tolist():
            key = tuple(row)
            if key not in taken and len(kept) < wanted:
                kept.setdefault(key)
    return np.array(list(kept), dtype=np.int64), rest / wanted


def _subsets(n: int, k: int, count: int, stream: np.random.Generator) -> NDArray[np.int64]:
    """Draw k-subsets of n uniformly, in ascending order, shape (count, k); one may come twice."""
    if k == n:
        return np.tile(np.arange(n, dtype=np.int64), (count, 1))
    return np.sort(np.argpartition(stream.random((count, n)), k - 1, axis=1)[:, :k], axis=1).astype(np.int64)


def describe(kads: KAds, dyads: pl.DataFrame, columns: Mapping[str, Sequence[Aggregate]], lag: int = 1) -> pl.DataFrame:
    """Describe every k-ad by its pairs.

    Parameters
    ----------
    kads : KAds
    dyads : polars.DataFrame
        Undirected panel with ``year``, ``ccode1``, ``ccode2`` (such as from ``panels.dyad_years``).
    columns : mapping
        Per column of the panel what is wanted of it over the pairs of a k-ad: ``mean``, ``min``, ``max``, ``sum`` or
        ``any`` (whether any pair is not zero).
    lag : int
        How many years before the signing the pairs are looked at. Without a lag the signing explains itself.

    Returns
    -------
    polars.DataFrame
        The table of the k-ads with one column per column and aggregate (``distance_mean``). Pairs without a value are
        left out; when no pair has one the result is null, never zero.

    Raises
    ------
    FoedusError
        A column that the panel does not have, or an unknown aggregate.

    Examples
    --------
    >>> kads = KAds(pl.DataFrame({"kad": [0], "year": [1949], "size": [3]}), np.array([[2, 20, 200]]))
    >>> pairs = {"year": [1948] * 3, "ccode1": [2, 2, 20], "ccode2": [20, 200, 200], "distance": [0.0, 4.0, 5.0]}
    >>> describe(kads, pl.DataFrame(pairs), {"distance": ["mean", "max"]}).select("distance_mean", "distance_max").row(0)
    (3.0, 5.0)
    """
    for name, wanted in columns.items():
        if name not in dyads.columns:
            raise fail(f"column '{name}'", "the panel has no such column", nearest(name, dyads.columns))
        for how in wanted:
            if how not in _AGGREGATES:
                raise fail(f"aggregate '{how}'", "there is no such aggregate", nearest(how, _AGGREGATES))
    result = {(name, how): np.full(len(kads), np.nan) for name, wanted in columns.items() for how in wanted}
    panel = _Panel(dyads, list(columns))
    key = kads.table["year"].to_numpy() * 1000 + kads.table["size"].to_numpy()
    order = np.argsort(key, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(key[order])) + 1) if len(order) else []:
        year, size = divmod(int(key[rows[0]]), 1000)
        pairs = panel.pairs(year - lag, kads.members[rows, :size])
        if pairs is None:
            continue
        for name, values in zip(columns, pairs, strict=True):
            known = ~np.isnan(values)
            for how in columns[name]:
                result[name, how][rows] = _aggregate(values, known, how)
    added = [pl.Series(f"{name}_{how}", v).fill_nan(None) for (name, how), v in result.items()]
    return kads.table.with_columns(added)


class _Panel:
    """A dyadic panel as symmetric matrices, one year at a time."""

    def __init__(self, dyads: pl.DataFrame, columns: Sequence[str]) -> None:
        held = dyads.select("year", "ccode1", "ccode2", *(pl.col(c).cast(pl.Float32) for c in columns)).sort("year")
        self.year = held["year"].to_numpy().astype(np.int64)
        self.codes = held.select("ccode1", "ccode2").to_numpy().astype(np.int64)
        self.values = np.stack([held[c].fill_null(float("nan")).to_numpy() for c in columns])
        self.current: int | None = None

    def pairs(self, year: int, codes: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Return the values of all pairs of k-ads, shape (columns, K, k (k - 1) / 2); None in a year without rows."""
        if year != self.current and not self._turn_to(year):
            return None
        at = self.place[np.minimum(codes, len(self.place) - 1)]
        left, right = np.triu_indices(codes.shape[1], 1)
        found: NDArray[np.float32] = self.matrices[:, at[:, left], at[:, right]]
        return found

    def _turn_to(self, year: int) -> bool:
        """Lay out the matrices of a year, with a last row and column of nothing for states that have no rows."""
        low, high = np.searchsorted(self.year, [year, year + 1])
        if low == high:
            return False
        codes = self.codes[low:high]
        states = np.unique(codes)
        n = len(states)
        self.place = np.full(int(states[-1]) + 2, n)
        self.place[states] = np.arange(n)
        one, two = self.place[codes[:, 0]], self.place[codes[:, 1]]
        self.matrices = np.full((len(self.values), n + 1, n + 1), np.nan, dtype=np.float32)
        self.matrices[:, one, two] = self.values[:, low:high]
        self.matrices[:, two, one] = self.values[:, low:high]
        self.current = year
        return True


def _aggregate(values: NDArray[np.float32], known: NDArray[np.bool_], how: Aggregate) -> NDArray[np.float64]:
    """Aggregate over pairs, leaving out those without a value; without any the result is nan."""
    blank = {"min": np.inf, "max": -np.inf}.get(how, 0.0)
    filled = values if known.all() else np.where(known, values, np.float32(blank))
    count = known.sum(axis=1)
    found: NDArray[Any]
    if how == "min":
        found = filled.min(axis=1)
    elif how == "max":
        found = filled.max(axis=1)
    elif how == "any":
        found = (filled != 0).any(axis=1)
    else:
        found = filled.sum(axis=1, dtype=np.float64)
        found = found / np.maximum(count, 1) if how == "mean" else found
    result: NDArray[np.float64] = np.where(count > 0, found, np.nan)
    return result
