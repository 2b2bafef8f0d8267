"""Runs of the whole world: what one of them works out, many of them on any number of cores, and the record beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from foedus.archive.codes import members
from foedus.archive.frames import pl
from foedus.archive.pledges import Source
from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.draws.sampling import stream
from foedus.estimation.annals import Annals
from foedus.estimation.protocol import WITHOUT
from foedus.kernels.allianceyears import COINS, COUNTS, run
from foedus.kernels.webshape import SHAPE, partners, shape
from foedus.signings.weights import Weights
from foedus.version import __version__
from foedus.vocabulary.errors import fail
from foedus.vocabulary.record import Record, Told
from foedus.worldwide.outside import FIRST, LAST, Outside, outside
from foedus.worldwide.record_of_treaties import Treaties, Web, bonds
from foedus.worldwide.yearly_rates import YearlyRates, rules_of, yearly_rates

Floats = NDArray[np.float64]
CHUNK: Final = 20
"""Runs that are worked out, and kept, together: about half a second's work."""
_BEGIN: Final = 1816  # where every stream of coins starts, whatever year a run starts in
_YEARS: Final = 220


@dataclass(frozen=True, eq=False)
class WorldRuns:
    """What one run works out; all that its result depends on."""

    first: int
    last: int
    seed: int
    outside: Outside
    start: Web
    """Treaties in force when the first year begins."""
    rates: YearlyRates
    weights: Weights

    def seeds(self, number: int) -> NDArray[np.int64]:
        """Return the seeds of the decisions of every year of one run, shape (5, Y, 4)."""
        named = [stream(self.seed, f"world {number} {name}").integers(0, 1 << 32, (_YEARS, 4)) for name in COINS]
        return np.stack(named)[:, self.first - _BEGIN : self.last + 1 - _BEGIN]

    def lived(self, number: int) -> tuple[NDArray[np.int64], Web]:
        """Return the counts of every year of one run, shape (Y, 10), and all treaties there ever were in it."""
        start = self.start
        counts, body, sizes, born, ended, wide = run(
            self.outside.globe,
            rules_of(self.rates, self.first, self.weights),
            start.members,
            start.sizes,
            start.born,
            start.term,
            self.seeds(number),
        )
        return counts, Web(body, sizes, born, ended, wide, np.zeros(len(sizes)))

    def __call__(self, row: Floats) -> dict[str, float]:
        """Return what is kept of one run; the row is its number."""
        counts, web = self.lived(int(row[0]))
        there = np.flatnonzero(self.outside.globe.there[-1])
        found = {
            f"{name}|{year}": float(counts[y, k])
            for k, name in enumerate(COUNTS)
            for y, year in enumerate(range(self.first, self.last + 1))
        }
        form = shape(web.members, web.sizes, web.born, web.ended, web.wide, there, self.first, self.last)
        found |= dict(zip(SHAPE, form.tolist(), strict=True))
        ties = partners(bonds(web), there)
        return found | {f"partners|{self.outside.lines[s]}": float(n) for s, n in zip(there, ties, strict=True)}

    def run_id(self, runs: int) -> str:
        """Return the hash of everything the result depends on but the code."""
        made = sha256(
            repr((__version__, self.first, self.last, self.seed, runs, self.rates, dict(self.weights))).encode()
        )
        for array in (*self.outside.globe, self.start.members, self.start.sizes, self.start.born, self.start.term):
            made.update(np.ascontiguousarray(array).tobytes())
        return made.hexdigest()


@dataclass(frozen=True, eq=False)
class Recorded:
    """What the record has in the place of a run."""

    counts: NDArray[np.int64]
    """Shape (Y, 10)."""
    shape: Floats
    """Shape (23,)."""
    partners: NDArray[np.int64]
    """Shape (L,); of the states of the last year."""


@dataclass(frozen=True, eq=False, repr=False)
class WorldOfStates(Told):
    """What many runs of the whole world came to, beside the record; it shows itself in notebooks."""

    noun: ClassVar[str] = "world"
    front: ClassVar[str] = "fit"

    task: WorldRuns
    draws: Draws
    """One row per run."""
    recorded: Recorded
    when: str
    """From which years the rates are taken."""
    tell: Callable[[WorldOfStates], Record] | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"<World of {len(self.states)} states, {self.task.first} to {self.task.last}, {self.runs} runs>"

    @property
    def runs(self) -> int:
        """Number of runs."""
        return int(self.draws.values.shape[0])

    @property
    def years(self) -> range:
        """The years, first to last."""
        return range(self.task.first, self.task.last + 1)

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {k: n for n, k in enumerate(self.draws.keys)}

    def yearly(self, name: str) -> Floats:
        """Return one count of every year, shape (runs, Y); names as in :data:`foedus.kernels.allianceyears.COUNTS`."""
        return self.draws.values[:, [self._columns[f"{name}|{y}"] for y in self.years]]

    def ends(self, name: str) -> Floats:
        """Return one number of the shape at the end, shape (runs,); names as in :data:`foedus.kernels.webshape.SHAPE`."""
        return self.draws.values[:, self._columns[name]]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Ids of the states of the last year."""
        there = members().filter(pl.col("year") == self.task.last)
        names = dict(there.select("lineage", "state").rows())
        return tuple(names[line] for line in self._lines)

    @property
    def _lines(self) -> tuple[int, ...]:
        return tuple(self.task.outside.lines[s] for s in np.flatnonzero(self.task.outside.globe.there[-1]))

    def allies(self) -> Floats:
        """Return with how many states each state has a treaty at the end, shape (runs, L), in the order of `states`."""
        return self.draws.values[:, [self._columns[f"partners|{line}"] for line in self._lines]]


def check_span(first: int, last: int) -> None:
    """Say in a sentence what is wrong with the years of a run.

    Raises
    ------
    FoedusError
        They are reversed, or outside the data.
    """
    if first > last:
        raise fail("years", f"{first} is after {last}", f"Write --from {last} --to {first}; time runs forward")
    for year in (first, last):
        if not FIRST <= year <= LAST:
            raise fail(
                f"year {year}", "the record of treaties does not reach there", f"Give years from {FIRST} to {LAST}"
            )


def plan_world(
    source: Source, first: int, last: int, seed: int = 1, when: str = "span", weights: Weights | None = None
) -> tuple[WorldRuns, Recorded]:
    """Return the task of some runs of the world, and the record beside it.

    Parameters
    ----------
    source : Source
    first, last : int
        Years, both included.
    seed : int
    when : str
        From which years the rates are taken, one of :data:`foedus.worldwide.yearly_rates.WHEN`.
    weights : Weights, optional

    Raises
    ------
    FoedusError
        The years are wrong, data are missing, or there is no such choice of rates.
    """
    check_span(first, last)
    values, treaties = weights or Weights(), Treaties(source)
    rates = yearly_rates(treaties, first, last, when)
    given = outside(source, Annals(source, WITHOUT), first, last, values)
    there, lines = given.globe.there, given.lines
    task = WorldRuns(first, last, seed, given, treaties.web(first, lines), rates, values)
    ties = partners(bonds(treaties.web(last + 1, lines)), np.flatnonzero(there[-1]))
    counts, form = treaties.counts(first, last, lines, there), treaties.shape(first, last, lines, there[-1])
    return task, Recorded(counts, form, ties)


def run_world(
    task: WorldRuns, recorded: Recorded, runs: int, when: str, workers: int = 1, progress: Progress | None = None
) -> WorldOfStates:
    """Return what many runs come to; errors as :func:`foedus.draws.ensemble.run_ensemble`."""
    design = np.arange(runs, dtype=np.float64)[:, None]
    draws = run_ensemble(task, design, task.run_id(runs), workers, progress, CHUNK)
    return WorldOfStates(task, draws, recorded, when)
