"""Score what the theory leaves open on signings: who signs with whom, with one term more each, and when treaties are signed.

Usage: python tools/score_open_questions.py DATA

DATA is a folder of tidy tables. Each variant adds one term to the four of the record's law and is
compared on signings of 1919-44 after learning on 1817-1913 (on 1971-90 after 1945-70 where the cause is younger). Only a
variant that helps there may be chosen; all are then scored on 1945-70 (learnt to 1944) and 1991-2018 (learnt to 1990), nats per
event over the four terms alone, the mean over the draws of the line-ups. The numbers of docs/open-questions.md are printed here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammaln

from foedus.archive.codes import FIRST_YEAR
from foedus.archive.kads import signings
from foedus.archive.opening import open_source
from foedus.estimation.annals import Annals, Circumstances
from foedus.estimation.lineups import askable, line_ups
from foedus.estimation.protocol import FULL, WITHOUT
from foedus.estimation.record_law import setting

Floats = NDArray[np.float64]
Term = Callable[["Year", Sequence[int]], float]
Table = tuple[Floats, NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]

DRAWS: Final = (1, 2, 3)
"""Seeds of the line-ups."""
RIDGE: Final = 1.0
CHOICE: Final = ((1817, 1913), (1919, 1944))
YOUNGER: Final = ((1945, 1970), (1971, 1990))
TESTS: Final = (((1817, 1944), (1945, 1970)), ((1817, 1990), (1991, 2018)))
LONG: Final = 20
"""Years after which a state that signs nothing is called aloof (judged)."""


@dataclass(frozen=True, eq=False)
class Year:
    """The states of a year, and what the added terms read of them; all of the year before."""

    now: Circumstances
    nuclear: NDArray[np.bool_]
    major: NDArray[np.bool_]
    alone: Floats
    """Years since each was last bound by a pact of defence, or since 1816."""

    @property
    def strongest(self) -> int:
        """Position of the state with most capability."""
        return int(np.argmax(self.now.capability))


def covered(flag: NDArray[np.bool_], body: Sequence[int]) -> float:
    """Return half the number of members that lack something a fellow has."""
    inside = flag[list(body)]
    return float((~inside).sum() / 2) if inside.any() else 0.0


def umbrella(year: Year, body: Sequence[int]) -> float:
    """Whom a fellow with nuclear weapons covers."""
    return covered(year.nuclear, body)


def patron(year: Year, body: Sequence[int]) -> float:
    """Whom a fellow that is a major power covers."""
    return covered(year.major, body)


def aloof(year: Year, body: Sequence[int]) -> float:
    """How long members have stayed out, in logarithms."""
    return float(np.log1p(year.alone[list(body)]).sum() / 2)


def never(year: Year, body: Sequence[int]) -> float:
    """How many members have signed nothing for a generation."""
    return float((year.alone[list(body)] >= LONG).sum() / 2)


def identity(year: Year, body: Sequence[int]) -> float:
    """How far members stand from the strongest of them."""
    members = list(body)
    at = year.now.position[members]
    off = np.abs(at - at[int(np.argmax(year.now.capability[members]))])
    return float(np.nansum(off) / 2)


def control(year: Year, body: Sequence[int]) -> float:
    """Which share of the strength of all the strongest has."""
    strength = year.now.capability[list(body)]
    return float(strength.max() / strength.sum()) if strength.sum() > 0 else 0.5


def entrapment(year: Year, body: Sequence[int]) -> float:
    """How many quarrels of its fellows with others a member does not share, mean over fellows."""
    members = list(body)
    outside = np.ones(len(year.now.seat), dtype=np.bool_)
    outside[members] = False
    q = year.now.rivalry[np.ix_(members, np.flatnonzero(outside))]
    total = sum(float((q[j] * (1.0 - q[i])).sum()) for i in range(len(members)) for j in range(len(members)) if i != j)
    return total / (2 * (len(members) - 1))


def weak_clients(year: Year, body: Sequence[int]) -> float:
    """The same for the strongest alone: what its fellows could draw it into."""
    members = list(body)
    first = int(np.argmax(year.now.capability[members]))
    outside = np.ones(len(year.now.seat), dtype=np.bool_)
    outside[members] = False
    q = year.now.rivalry[np.ix_(members, np.flatnonzero(outside))]
    return float(sum((q[j] * (1.0 - q[first])).sum() for j in range(len(members)) if j != first))


TERMS: Final[dict[str, Term]] = {
    "identity: distance to the strongest member": identity,
    "control: share of the strongest in the strength of all": control,
    "entrapment: quarrels of fellows one does not share": entrapment,
    "entrapment of the strongest by its fellows": weak_clients,
    "aloofness: years without a pact, logarithm": aloof,
    "aloofness: a generation without a pact": never,
    "patron: a major power among the fellows": patron,
    "nuclear umbrella": umbrella,
}


class History:
    """What is read of every year, and line-ups with the columns of all terms."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.source = folder, open_source(folder)
        self.annals = Annals(self.source, WITHOUT)
        rows = pl.read_parquet(folder / "state_year.parquet").select("ccode", "year", "nuclear", "major").rows()
        self.nuclear = {(c, y) for c, y, n, _ in rows if n}
        self.major = {(c, y) for c, y, _, m in rows if m}
        self._bound: dict[int, dict[int, int]] = {FIRST_YEAR: {}}
        self._years: dict[int, Year] = {}
        self._tables: dict[tuple[int, int, int], Table] = {}

    def bound_until(self, year: int) -> dict[int, int]:
        """Return the last year up to one in which each lineage was in a pact of defence."""
        for y in range(max(self._bound) + 1, year + 1):
            self._bound[y] = dict(self._bound[y - 1])
            for body in self.annals.pacts(y).values():
                self._bound[y] |= dict.fromkeys(body, y)
        return self._bound[max(year, FIRST_YEAR)]

    def year(self, year: int) -> Year:
        """Return a year as it could be known when it began."""
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year]

    def _read(self, year: int) -> Year:
        now = self.annals.before(year)
        codes = sorted(now.seat, key=now.seat.__getitem__)
        line = {code: lineage for lineage, code in self.annals.lineages(year).items()}
        last = self.bound_until(year - 1)
        alone = np.array([float(year - 1 - last.get(line[c], FIRST_YEAR)) for c in codes])
        flags = (np.array([(c, year - 1) in known for c in codes]) for known in (self.nuclear, self.major))
        return Year(now, *flags, alone)

    def table(self, first: int, last: int, seed: int) -> Table:
        """Return columns (four terms, then those added), what was chosen, and set and size of every list."""
        key = (first, last, seed)
        if key not in self._tables:
            self._tables[key] = self._drawn(first, last, seed)
        return self._tables[key]

    def _drawn(self, first: int, last: int, seed: int) -> Table:
        events = signings(self.source, first, last, without=WITHOUT)
        events = events.filter((pl.col("size") <= FULL.largest) & (pl.col("year") > FIRST_YEAR))
        kads = line_ups(askable(events), seed, FULL.controls)
        columns = np.zeros((len(kads), 4 + len(TERMS)))
        years = kads.table["year"].to_numpy()
        for y in np.unique(years):
            here = self.year(int(y))
            rows = np.flatnonzero(years == y)
            bodies = [[here.now.seat[c] for c in kads.members[k].tolist() if c >= 0] for k in rows]
            columns[rows, :4] = setting(here.now).half_sums(bodies)
            columns[rows, 4:] = [[term(here, b) for term in TERMS.values()] for b in bodies]
        told = kads.table
        return columns, told["formed"].to_numpy().astype(np.bool_), told["set"].to_numpy(), told["size"].to_numpy()


def log_chances(values: Floats, chosen: NDArray[np.bool_], sets: NDArray[np.int64]) -> Floats:
    """Return the logarithm of the chance of what was chosen in every set."""
    _, at = np.unique(sets, return_inverse=True)
    top = np.full(at.max() + 1, -np.inf)
    np.maximum.at(top, at, values)
    total = np.zeros_like(top)
    np.add.at(total, at, np.exp(values - top[at]))
    found: Floats = (values - top[at] - np.log(total[at]))[chosen]
    return found


def learnt(x: Floats, chosen: NDArray[np.bool_], sets: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return weights, and the scale of the columns, of a conditional logit with a ridge on standardised columns."""
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    z = x / scale
    _, at = np.unique(sets, return_inverse=True)
    groups = at.max() + 1

    def loss(w: Floats) -> tuple[float, Floats]:
        v = z @ w
        top = np.full(groups, -np.inf)
        np.maximum.at(top, at, v)
        e = np.exp(v - top[at])
        total = np.zeros(groups)
        np.add.at(total, at, e)
        p = e / total[at]
        value = -float((v - top[at] - np.log(total[at]))[chosen].sum()) + RIDGE * float(w @ w) / 2
        return value, z.T @ (p - chosen) + RIDGE * w

    found = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B")
    return found.x, scale


def gain(
    history: History, term: int, learn: tuple[int, int], test: tuple[int, int], pairs: bool
) -> tuple[float, float, float, int]:
    """Return nats per event that a term adds to the four out of sample, the error of that by event, its weight, and the events."""
    added, weights = [], []
    for seed in DRAWS:
        x, y, sets = _of_two(history.table(*learn, seed), pairs)
        then, what, groups = _of_two(history.table(*test, seed), pairs)
        scores = []
        for columns in ([0, 1, 2, 3], [0, 1, 2, 3, 4 + term]):
            w, scale = learnt(x[:, columns], y, sets)
            scores.append(log_chances(then[:, columns] @ (w / scale), what, groups))
        added.append(scores[1] - scores[0])
        weights.append(float((w / scale)[-1]))
    each = np.concatenate(added)
    mean = float(np.mean([a.mean() for a in added]))
    return mean, float(each.std() / np.sqrt(len(each) / len(DRAWS))), float(np.mean(weights)), len(each) // len(DRAWS)


def _of_two(table: Table, pairs: bool) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    x, chosen, sets, size = table
    kept = size == 2 if pairs else np.ones(len(size), dtype=np.bool_)
    return x[kept], chosen[kept], sets[kept]


def who(history: History, pairs: bool) -> None:
    """Print every term on the windows of choice and of test, of all signings or of treaties of two."""
    what = "treaties of two alone" if pairs else "who signs"
    print(f"{what}: nats per event over the four terms (error by event), and the weight where it was learnt")
    for k, name in enumerate(TERMS):
        cells = []
        younger = name == "nuclear umbrella"
        for learn, test in (YOUNGER if younger else CHOICE, *TESTS):
            if younger and test == (1945, 1970):
                cells.append("–")
                continue
            mean, error, weight, events = gain(history, k, learn, test, pairs)
            cells.append(f"{test[0]}-{test[1]} {mean:+.3f} ({error:.3f}) weight {weight:+.2f} of {events}")
        print(f"  {name}: {'; '.join(cells)}", flush=True)


def when(history: History) -> None:
    """Print how well the number of new treaties a year is foretold by wars that have ended."""
    print(
        "when: log score of the number of new treaties a year, Poisson, nats a year over the rate of the ten years before"
    )
    events = signings(history.source, 1817, 2018, without=WITHOUT)
    counts = dict(events.group_by("year").len().rows())
    wars = pl.read_parquet(history.folder / "mid_dyad_year.parquet").filter(pl.col("hostlev") >= 5)
    fought = dict(wars.group_by("year").len().rows())
    years = np.arange(1827, 2011)
    n = np.array([counts.get(int(y), 0) for y in years], dtype=np.float64)
    before = np.array([(sum(counts.get(int(y) - k, 0) for k in range(1, 11)) + 0.5) / 10 for y in years])
    great = {1856, 1871, 1878, 1918, 1945}
    columns = {
        "dyads at war in the last five years, logarithm": [
            np.log1p(sum(fought.get(int(y) - k, 0) for k in range(1, 6))) for y in years
        ],
        "a great war ended in the last five years": [
            float(any(int(y) - k in great for k in range(1, 6))) for y in years
        ],
        "a great war is being fought": [float(1914 < y <= 1918 or 1939 < y <= 1945) for y in years],
    }
    spans = ((1827, 1913, 1919, 1938), (1827, 1944, 1945, 1970), (1827, 1990, 1991, 2010))
    for name, column in columns.items():
        x, cells = np.array(column, dtype=np.float64), []
        for first, last, start, end in spans:
            train, test = (years >= first) & (years <= last), (years >= start) & (years <= end)

            def loss(w: Floats, train: NDArray[np.bool_] = train, x: Floats = x) -> float:
                log_rate = np.log(before[train]) + w[0] + w[1] * x[train]
                return float((np.exp(log_rate) - n[train] * log_rate).sum()) + 0.5 * float(w @ w)

            w = minimize(loss, np.zeros(2), method="BFGS").x
            plain = minimize(lambda v: loss(np.array([v[0], 0.0])), np.zeros(1), method="BFGS").x

            def score(a: float, b: float, test: NDArray[np.bool_] = test, x: Floats = x) -> Floats:
                log_rate = np.log(before[test]) + a + b * x[test]
                return np.asarray(n[test] * log_rate - np.exp(log_rate) - gammaln(n[test] + 1))

            more = score(w[0], w[1]) - score(plain[0], 0.0)
            cells.append(f"{start}-{end} {more.mean():+.3f} ({more.std() / np.sqrt(len(more)):.3f}) weight {w[1]:+.2f}")
        print(f"  {name}: {'; '.join(cells)}", flush=True)


def main() -> None:
    """Print what is scored."""
    history = History(Path(sys.argv[1]))
    when(history)
    for pairs in (False, True):
        who(history, pairs)


if __name__ == "__main__":
    main()
