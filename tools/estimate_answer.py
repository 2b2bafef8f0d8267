"""Estimate the adversary's answer: whether alliances that grow deter their adversaries, alarm them, or make them arm.

Usage: python tools/estimate_answer.py DATA

DATA is a folder of historical data (a store or tidy tables). Adversaries are strategic rivals. The force that would meet an
adversary is worked out as the theory does it: own force, and what allies owe, as far as it arrives. Growth is that which
pledges bring; forces are held at those of the day. Structures are compared on the windows before 1939 alone; the
chosen one is then scored on the test windows 1945-70 and 1991-2010. Every model that was scored is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from foedus.archive.opening import open_source
from foedus.archive.panels import dyad_years, state_years
from foedus.model.parameters import Parameters

Floats = NDArray[np.float64]

FIRST, LAST = 1816, 2014
DECLARATION: Final = 2550
"""The Declaration by United Nations, which ATOP counts as a defence pact of nearly everybody."""
LAGS: Final = (3, 5, 10)
"""Years over which an alliance is taken to have grown."""
CHOICE: Final = ((1870, 1913), (1919, 1938))
"""Learnt on the first, compared on the second, to choose a structure."""
TESTS: Final = (((1816, 1944), (1945, 1970)), ((1816, 1990), (1991, 2010)))
WARS: Final = ((1914, 1918), (1939, 1945))


@dataclass(frozen=True)
class Year:
    """Who was there in a year, and with what."""

    codes: list[int]
    force: Floats
    help: Floats
    """Force of column j that could arrive at row i."""
    pledge: NDArray[np.bool_]
    """Whether column j owes row i defence."""
    rival: NDArray[np.bool_]
    onset: NDArray[np.bool_]
    hostile: Floats
    """Force of column a that arrives at row i."""
    near: NDArray[np.bool_]
    arms: Floats
    gdp: Floats


def years(data: str) -> dict[int, Year]:
    """Return every year, as the theory sees it."""
    source, p = open_source(data), Parameters()
    states = state_years(source, FIRST, LAST)
    pairs = dyad_years(source, FIRST, LAST, directed=True, without=(DECLARATION,))
    mids = (
        source.table("mid_dyad_year").filter(pl.col("onset") > 0)
        if "onset" in source.table("mid_dyad_year").columns
        else None
    )
    begun = pairs.select("year", "ccode1", "ccode2", quarrel=pl.col("disputes").fill_null(0) > 0)
    if mids is not None:
        both = pl.concat(
            [mids.select("year", "ccode1", "ccode2"), mids.select("year", ccode1="ccode2", ccode2="ccode1")]
        )
        begun = begun.join(both.with_columns(on=pl.lit(True)), on=["year", "ccode1", "ccode2"], how="left")
        begun = begun.with_columns(quarrel=pl.col("on").fill_null(False)).drop("on")
    pairs = pairs.join(begun, on=["year", "ccode1", "ccode2"], how="left")
    found: dict[int, Year] = {}
    by_year = pairs.partition_by("year", as_dict=True)
    for (year,), here in sorted(states.partition_by("year", as_dict=True).items()):
        here = here.filter(pl.col("cinc").is_not_null()).unique("ccode", keep="first").sort("ccode")
        codes = here["ccode"].to_list()
        at = {c: k for k, c in enumerate(codes)}
        cinc = here["cinc"].to_numpy().astype(float)
        spent = here["military_expenditure"].cast(pl.Float64).to_numpy()
        share = spent / np.nansum(spent)
        force = np.where(np.isfinite(share) & (share > 0), np.sqrt(np.maximum(share, 0) * cinc), cinc)
        n = len(codes)
        apart, pledge, rival, onset, near = np.full((n, n), np.inf), *(np.zeros((n, n), bool) for _ in range(4))
        rows = by_year[(year,)].filter(pl.col("ccode1").is_in(codes) & pl.col("ccode2").is_in(codes))
        i = np.array([at[c] for c in rows["ccode2"]])
        j = np.array([at[c] for c in rows["ccode1"]])
        apart[i, j] = rows["distance"].fill_null(20000.0).to_numpy()
        near[i, j] = (rows["contiguity"].fill_null(0).is_between(1, 5)).to_numpy()
        apart[near] = np.minimum(apart[near], 300.0)
        pledge[i, j] = (rows["pledge12"].fill_null(0) > 0).to_numpy()
        rival[i, j] = (rows["rivalry"].fill_null(0) > 0).to_numpy()
        onset[i, j] = rows["quarrel"].fill_null(False).to_numpy()
        reach = 1000.0 * p["reach_scale"] * (1.0 + p["reach_advantage"] * np.sqrt(force / force.max()))
        arriving = force[None, :] * 2.0 ** (-apart / reach[None, :])
        np.fill_diagonal(arriving, 0.0)
        gdp = here["gdp"].to_numpy().astype(float)
        found[year] = Year(
            codes, force, arriving, pledge, rival, onset, arriving, near, np.where(share > 0, share, np.nan), gdp
        )
    return found


def strength(now: Year, pledge: NDArray[np.bool_], against: int, reliability: float) -> Floats:
    """Return what defends each state against one adversary, which helps nobody against itself."""
    owed = pledge.copy()
    owed[:, against] = False
    return np.asarray(now.force + reliability * (now.help * owed).sum(axis=1))


def pledges_then(now: Year, then: Year) -> NDArray[np.bool_]:
    """Return who was pledged to whom some years before, among the states of today."""
    at = {c: k for k, c in enumerate(then.codes)}
    where = np.array([at.get(c, -1) for c in now.codes])
    known = where >= 0
    old = then.pledge[np.ix_(where, where)]
    return np.asarray(old & known[:, None] & known[None, :])


def panel(all_years: dict[int, Year]) -> pl.DataFrame:
    """Return rivals by year, both ways: adversary a, target i, and by how much the force against a has grown."""
    c1, rows, quiet = Parameters()["treaty_reliability"], [], dict[tuple[int, int], int]()
    for year, now in all_years.items():
        before = {k: pledges_then(now, all_years[year - k]) if year - k in all_years else None for k in LAGS}
        for a in np.flatnonzero(now.rival.any(axis=0)):
            met = strength(now, now.pledge, a, c1)
            old = {k: None if b is None else strength(now, b, a, c1) for k, b in before.items()}
            foes = np.flatnonzero(now.rival[:, a])
            weight = now.hostile[foes, a]
            grown, others = {}, {}
            for k, was in old.items():
                if was is None:
                    continue
                more = np.maximum(0.0, met - was)[foes]
                grown[k] = float((weight * more).sum() / (weight * was[foes]).sum())
                for i, foe in enumerate(foes):
                    rest = np.arange(len(foes)) != i
                    below = (weight * was[foes])[rest].sum()
                    others[k, foe] = float((weight * more)[rest].sum() / below) if below > 0 else 0.0
            for foe in foes:
                pair = (now.codes[a], now.codes[foe])
                row = {"year": year, "a": pair[0], "i": pair[1], "onset": bool(now.onset[foe, a])}
                row["wins"] = float(np.log(now.hostile[foe, a] / (now.hostile[foe, a] + met[foe])))
                row["alone"] = float(np.log(now.hostile[foe, a] / (now.hostile[foe, a] + now.force[foe])))
                row["near"] = float(now.near[foe, a])
                row["quiet"] = float(np.log1p(min(20, year - quiet.get(pair, year - 20))))
                for k, was in old.items():
                    if was is not None:
                        row[f"grown{k}"] = float(np.log1p(grown[k]))
                        row[f"others{k}"] = float(np.log1p(others[k, foe]))
                        row[f"own{k}"] = float(np.log1p(max(0.0, met[foe] / was[foe] - 1.0)))
                rows.append(row)
                if row["onset"]:
                    quiet[pair] = year
    return pl.DataFrame(rows, infer_schema_length=None)


def within(frame: pl.DataFrame, span: tuple[int, int]) -> pl.DataFrame:
    """Return the rows of a window, world wars left out."""
    wars = pl.any_horizontal(pl.col("year").is_between(*w) for w in WARS)
    return frame.filter(pl.col("year").is_between(*span) & ~wars)


# --- disputes: each side may start one; the record says only that one began

HAZARD: Final = ("near", "quiet")
STRUCTURES: Final[dict[str, tuple[str, ...]]] = {
    "constant": (),
    "neighbours and quiet years": HAZARD,
    "and who would win alone": (*HAZARD, "alone"),
    "and who would win with allies": (*HAZARD, "wins"),
    **{f"and growth of {k} years": (*HAZARD, "wins", f"grown{k}") for k in LAGS},
    **{f"and growth of others of {k} years": (*HAZARD, "wins", f"others{k}") for k in LAGS},
    **{f"and own and others' growth of {k} years": (*HAZARD, "wins", f"own{k}", f"others{k}") for k in LAGS},
}


def _sides(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[Floats, Floats, NDArray[np.bool_], NDArray[np.int64]]:
    """Return what each side sees of a pair of rivals in a year, what came, and which pair it is."""
    there = frame.filter(pl.col("a") < pl.col("i"))
    back = frame.select("year", i="a", a="i", **{f"{c}_2": pl.col(c) for c in columns})
    both = there.join(back, on=["year", "a", "i"], how="inner").drop_nulls([*columns, *(f"{c}_2" for c in columns)])
    one = np.column_stack([np.ones(both.height), *(both[c].to_numpy() for c in columns)])
    two = np.column_stack([np.ones(both.height), *(both[f"{c}_2"].to_numpy() for c in columns)])
    pair = both["a"].to_numpy() * 1000 + both["i"].to_numpy()
    return one, two, both["onset"].to_numpy(), pair


def _quiet_chance(b: Floats, one: Floats, two: Floats) -> Floats:
    return np.asarray(expit(-one @ b) * expit(-two @ b))


def fit(one: Floats, two: Floats, came: NDArray[np.bool_], ridge: float = 1.0) -> Floats:
    """Return coefficients by which either side starts a dispute; ridge 1 on standardised columns."""
    spread = np.maximum(1e-9, np.vstack([one, two]).std(axis=0))
    spread[0] = 1.0

    def cost(b: Floats) -> float:
        none = np.clip(_quiet_chance(b, one, two), 1e-12, 1 - 1e-12)
        return float(-np.where(came, np.log1p(-none), np.log(none)).sum() + 0.5 * ridge * ((b * spread)[1:] ** 2).sum())

    return np.asarray(minimize(cost, np.r_[-2.0, np.zeros(one.shape[1] - 1)], method="BFGS").x)


def loss(b: Floats, one: Floats, two: Floats, came: NDArray[np.bool_]) -> float:
    """Return the mean log loss, nats a pair-year."""
    none = np.clip(_quiet_chance(b, one, two), 1e-12, 1 - 1e-12)
    return float(-np.where(came, np.log1p(-none), np.log(none)).mean())


def score(frame: pl.DataFrame, columns: Sequence[str], learn: tuple[int, int], test: tuple[int, int]) -> float:
    """Return the log loss on one window of what was learnt on another."""
    b = fit(*_sides(within(frame, learn), columns)[:3])
    return loss(b, *_sides(within(frame, test), columns)[:3])


def spread_of(frame: pl.DataFrame, columns: Sequence[str], draws: int = 100) -> tuple[Floats, Floats]:
    """Return coefficients and their standard errors, by drawing pairs of rivals anew."""
    one, two, came, pair = _sides(frame, columns)
    rng, names = np.random.default_rng(12), np.unique(pair)
    rows = {n: np.flatnonzero(pair == n) for n in names}
    drawn = []
    for _ in range(draws):
        chosen = np.concatenate([rows[n] for n in rng.choice(names, len(names))])
        drawn.append(fit(one[chosen], two[chosen], came[chosen]))
    return fit(one, two, came), np.std(drawn, axis=0)


# --- arms: the share of the world's military expenditure that an adversary has some years later

ARMS: Final = {"no growth": (), **{f"growth of {k} years": (f"grown{k}",) for k in LAGS}}


def arms(all_years: dict[int, Year], frame: pl.DataFrame, ahead: int = 5) -> pl.DataFrame:
    """Return adversaries by year: how their arms grow in the years ahead, and did in the years before."""
    rows = []
    grown = {k: f"grown{k}" for k in LAGS}
    of = frame.group_by("a", "year").agg(*(pl.col(c).first() for c in grown.values()), foes=pl.len())
    for r in of.sort("a", "year").iter_rows(named=True):
        t, a = r["year"], r["a"]
        at = [_of(all_years, t + d, a) for d in (-ahead, 0, ahead)]
        foes = [_foes(all_years, t, a, d) for d in (-ahead, 0)]
        if None in at or None in foes:
            continue
        (p0, y0), (p1, y1), (p2, _) = at
        rows.append(
            {
                **r,
                "ahead": np.log(p2 / p1),
                "past": np.log(p1 / p0),
                "output": np.log(y1 / y0),
                "rivals": np.log(foes[1] / foes[0]),
                "level": np.log(p1),
            }
        )
    return pl.DataFrame(rows).filter(pl.all_horizontal(pl.col("ahead", "past", "output", "rivals").is_finite()))


def _of(all_years: dict[int, Year], year: int, code: int) -> tuple[float, float] | None:
    now = all_years.get(year)
    if now is None or code not in now.codes:
        return None
    k = now.codes.index(code)
    return (now.arms[k], now.gdp[k]) if np.isfinite(now.arms[k]) and np.isfinite(now.gdp[k]) else None


def _foes(all_years: dict[int, Year], year: int, code: int, shift: int) -> float | None:
    """Return the arms that the rivals of a year had some years before."""
    now, then = all_years[year], all_years.get(year + shift)
    if then is None:
        return None
    names = [now.codes[k] for k in np.flatnonzero(now.rival[:, now.codes.index(code)])]
    had = [then.arms[then.codes.index(c)] for c in names if c in then.codes]
    total = float(np.nansum(had)) if had else 0.0
    return total if total > 0 else None


CONTROLS: Final = ("past", "output", "rivals", "level")


def least_squares(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[Floats, Floats]:
    """Return coefficients and standard errors clustered by adversary."""
    x = np.column_stack([np.ones(frame.height), *(frame[c].to_numpy() for c in columns)])
    y, who = frame["ahead"].to_numpy(), frame["a"].to_numpy()
    inverse = np.linalg.inv(x.T @ x + 1e-9 * np.eye(x.shape[1]))
    b = inverse @ x.T @ y
    left = (y - x @ b)[:, None] * x
    meat = sum(np.outer(s, s) for s in (left[who == c].sum(axis=0) for c in np.unique(who)))
    return b, np.sqrt(np.diag(inverse @ meat @ inverse))


def squared(frame: pl.DataFrame, columns: Sequence[str], learn: tuple[int, int], test: tuple[int, int]) -> float:
    """Return the mean squared error on one window of what was learnt on another."""
    b, _ = least_squares(within(frame, learn), columns)
    there = within(frame, test)
    x = np.column_stack([np.ones(there.height), *(there[c].to_numpy() for c in columns)])
    return float(((there["ahead"].to_numpy() - x @ b) ** 2).mean())


def main(data: str) -> None:
    """Print every model that was scored, and the estimates of the chosen ones."""
    all_years = years(data)
    frame = panel(all_years)
    for what, span in (("all", (FIRST, 2010)), *((f"{a}-{b}", (a, b)) for a, b in (CHOICE[1], *(t for _, t in TESTS)))):
        part = within(frame, span).filter(pl.col("a") < pl.col("i"))
        print(f"rivals {what}: {part.height} pair-years, {int(part['onset'].sum())} with a dispute that began")
    print("\ndisputes: log loss a pair-year, learnt 1870-1913, compared 1919-1938")
    compared = {name: score(frame, columns, *CHOICE) for name, columns in STRUCTURES.items()}
    for name, value in compared.items():
        print(f"  {value:.4f}  {name}")
    chosen = min((n for n in STRUCTURES if "growth" in n), key=lambda n: compared[n])
    print(f"chosen among those with growth: {chosen}")
    for learn, test in TESTS:
        print(f"learnt {learn[0]}-{learn[1]}, scored {test[0]}-{test[1]}")
        for name in dict.fromkeys(
            (
                "constant",
                "neighbours and quiet years",
                "and who would win alone",
                "and who would win with allies",
                chosen,
            )
        ):
            print(f"  {score(frame, STRUCTURES[name], learn, test):.4f}  {name}")
    for span in ((FIRST, 1944), (1945, 1990), (1945, 2010), (FIRST, 2010)):
        columns = STRUCTURES[chosen]
        b, error = spread_of(within(frame, span), columns)
        words = ", ".join(f"{n} {v:+.2f} ({e:.2f})" for n, v, e in zip(("constant", *columns), b, error, strict=True))
        print(f"estimates {span[0]}-{span[1]}: {words}")
    armed = arms(all_years, frame)
    print(
        f"\narms: {armed.height} adversary-years; mean squared error of the change over five years, learnt 1870-1913, compared 1919-1938"
    )
    both = {n: squared(armed, (*CONTROLS, *c), *CHOICE) for n, c in ARMS.items()}
    for name, value in both.items():
        print(f"  {value:.4f}  {name}")
    best = min((n for n in ARMS if n != "no growth"), key=lambda n: both[n])
    for learn, test in TESTS:
        print(
            f"learnt {learn[0]}-{learn[1]}, scored {test[0]}-{test[1]}: "
            + ", ".join(f"{n} {squared(armed, (*CONTROLS, *ARMS[n]), learn, test):.4f}" for n in ("no growth", best))
        )
    for span in ((FIRST, 1938), (1946, 1990), (1946, 2010), (FIRST, 2010)):
        columns = (*CONTROLS, *ARMS[best])
        b, error = least_squares(within(armed, span), columns)
        words = ", ".join(f"{n} {v:+.3f} ({e:.3f})" for n, v, e in zip(("constant", *columns), b, error, strict=True))
        print(f"estimates {span[0]}-{span[1]}: {words}")


if __name__ == "__main__":
    main(sys.argv[1])
