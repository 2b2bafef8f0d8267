"""Runs: a case through the years, many times, and what each run is kept as."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case, InstitutionRecord, first_day
from foedus.casebook.series import HELD, Calendar, years_covered
from foedus.draws.digest import code_digest
from foedus.draws.ensemble import Draws, Progress, run_ensemble
from foedus.draws.labelled import attributes
from foedus.draws.sampling import Uncertainty, coupled, latin_hypercube, uncertainties
from foedus.mechanisms import COMPONENTS
from foedus.model.architecture import Architecture, Institution, Kind
from foedus.model.builder import Overrides, institution_of
from foedus.model.parameters import Parameters
from foedus.model.sizes import Pulled, scales
from foedus.questions.study import Answers, name
from foedus.simulation.appraisal import Appraiser, switch_off
from foedus.simulation.chance import Chance
from foedus.simulation.proposals import Drafts, first_drafts
from foedus.simulation.trace import Event
from foedus.simulation.trajectory import Course, YearRecord, years_of
from foedus.simulation.will import DrawnWill
from foedus.simulation.year import data_year
from foedus.version import __version__
from foedus.vocabulary.errors import fail
from foedus.vocabulary.libraries import Dataset, need
from foedus.vocabulary.record import Record, Told
from foedus.vocabulary.tables import Column
from foedus.years.packing import packed, unpacked

UTILITY = Column("utility", "% of GDP a year", "what the architecture in force is worth to a state")
HELD_ONE = Column("held", "", "whether an institution of the record was in force at the end of the year")
TERM = Column("term", "% of GDP a year", "part of utility by component, mean over the states by their product")
HUB_VALUE = Column("hub_value", "bn $ a year", "value of the hub in bargaining")
HUB_SHARE = Column("hub_share", "share", "part of all that is gained which falls to the hub")

TOGETHER = 2  # runs that a worker takes at a time: one takes a second, and the last to finish keeps the others waiting

ALIKE = 0.75
"""Share of common members above which two bodies count as the same (judged: three of four are another body)."""


@dataclass(frozen=True)
class Runs:
    """What one run works out; small enough to be sent to a worker."""

    case: Case
    parameters: Parameters
    """Values in use where a run does not vary them."""
    overrides: Overrides
    """Facts set by the user, in every year."""
    without: tuple[str, ...]
    """Mechanisms switched off."""
    varied: tuple[Uncertainty, ...]
    """What the shares of a row mean; empty if every run has the values in use."""
    first: int
    last: int
    """Years."""
    seed: int
    blank_slate: bool = False
    drafts: Drafts | None = None
    """What lies on the hub's table at the start."""
    levers: Pulled = ()
    """Kinds of facts scaled for all states at once, in every year."""

    @cached_property
    def calendar(self) -> Calendar:
        """The case year by year."""
        return Calendar(self.case)

    @cached_property
    def watched(self) -> tuple[tuple[InstitutionRecord, Institution], ...]:
        """The institutions of the record whose fate is followed: treaties, bodies and forums of the hub, each once."""
        found: dict[tuple[Kind, tuple[str, ...]], tuple[InstitutionRecord, Institution]] = {}
        for entry in self.case.institutions:
            m = institution_of(self.case, entry)
            if m is not None and m.has(self.case.hub) and m.kind is not Kind.DE_FACTO:
                found.setdefault((m.kind, m.members), (entry, m))
        return tuple(found.values())

    def course(self, shares: NDArray[np.float64] | None = None) -> Course:
        """Return the facts and parameters of a run, given where in its range everything judged lies."""
        placed: dict[str, float] = {}
        if shares is not None:
            drawn = coupled(self.varied, shares[None, :])[0]
            placed = dict(zip((u.label for u in self.varied), drawn.tolist(), strict=True))
        changes = {
            u.target: float(u.quantile(np.array(placed[u.label])))
            for u in self.varied
            if isinstance(u.target, str) and u.label in placed
        }
        parameters = switch_off(self.parameters.replace(changes), self.without)
        return Course(
            self.calendar, parameters, placed, self.overrides, self.blank_slate, self.drafts or {}, self.levers
        )

    def told(self, row: NDArray[np.float64]) -> list[YearRecord]:
        """Return every year of one run; the row is the number of the run and the shares."""
        return list(years_of(self.course(row[1:]), self.first, self.last, DrawnWill(Chance(self.seed, int(row[0])))))

    def sought(self, year: int) -> tuple[tuple[str, Institution], ...]:
        """Return the institutions whose fate is followed, by id, with their members in a year."""
        known = self._sought
        if year not in known:
            known[year] = tuple((r.id, in_its_time(self.case, r, year) or m) for r, m in self.watched)
        return known[year]

    @cached_property
    def _sought(self) -> dict[int, tuple[tuple[str, Institution], ...]]:
        return {}

    def __call__(self, row: NDArray[np.float64]) -> Answers:
        """Return what is kept of one run, as named numbers."""
        found: Answers = {}
        events: list[Event] = []
        for year in self.told(row):
            found |= _kept(year, self.sought(year.year), self.case.states)
            events += year.events
        for k, event in enumerate(events):
            for measure, value in packed(event, (*self.case.states, *self.case.adversaries)).items():
                found[name("event", f"{k:05d}", "", measure)] = value
        return found

    def run_id(self, runs: int) -> str:
        """Return the hash of everything the result depends on."""
        overrides = sorted((list(map(str, k)), v) for k, v in self.overrides.items())
        varied = [[u.label, u.low, u.value, u.high] for u in self.varied]
        made_of = ("runs", __version__, code_digest(__name__), self.case.sha256, self.parameters.digest())
        asked = (self.first, self.last, self.seed, self.blank_slate, runs)
        own = scales(self.levers, self.case.own_levers)
        parts = [*made_of, overrides, sorted(self.without), self.levers, varied, *asked, *([own] if own else [])]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def in_its_time(case: Case, entry: InstitutionRecord, year: int) -> Institution | None:
    """Return what the case lists with its members at the end of a year; before its first day the first, after its end the last."""
    day = max(datetime.date(year, 12, 31), first_day(entry.in_force or entry.signed or case.as_of.isoformat()))
    if entry.ended is not None:
        day = min(day, first_day(entry.ended) - datetime.timedelta(days=1))
    return institution_of(case, entry, day) or institution_of(case, entry)


def same_bond(known: Institution, architecture: Architecture) -> bool:
    """Return whether an architecture holds what the record had.

    A treaty of two holds where any treaty binds both; a body or forum where one of its kind has, of all members of
    either, more than ``ALIKE`` in common.
    """
    if known.kind is Kind.BILATERAL:
        return any(m.is_treaty and m.has(*known.members) for m in architecture)
    ours = set(known.members)
    return any(
        m.kind is known.kind and len(ours & set(m.members)) > ALIKE * len(ours | set(m.members)) for m in architecture
    )


def _kept(told: YearRecord, sought: Sequence[tuple[str, Institution]], states: tuple[str, ...]) -> Answers:
    world, year = told.world, str(told.year)
    found = {name("held", key, year): float(same_bond(m, world.in_force)) for key, m in sought}
    for kind in (Kind.BILATERAL, Kind.MULTILATERAL, Kind.FORUM):
        tied = {s for m in world.in_force if m.kind is kind and m.has(world.hub) for s in m.members}
        found[name("tied", kind, year)] = float(sum(1 << k for k, s in enumerate(states) if s in tied))
    for i, s in enumerate(world.states):
        found[name("utility", s, year)] = float(told.lived.utility[i])
    weight = world.gdp / world.gdp.sum()
    for component, value in zip(COMPONENTS, (told.lived.components @ weight).tolist(), strict=True):
        found[name("term", component, year)] = value
    found[name("hub", "value", year)] = told.hub_value
    found[name("hub", "share", year)] = told.hub_share
    found[name("blocks", "", year)] = float(states.index(told.blocker)) if told.blocker else float("nan")
    return found


@dataclass(frozen=True)
class Simulation(Told):
    """What many runs of a case came to; its tables are ``institutions``, ``survival``, ``forms`` and so on."""

    noun: ClassVar[str] = "simulation"
    front: ClassVar[str] = "institutions"
    task: Runs
    draws: Draws
    """One row per run."""
    tell: Callable[[Simulation], Record] | None = field(default=None, repr=False, compare=False)
    """Makes the record: what is said, shown and listed about the runs."""

    def __repr__(self) -> str:
        return f"<Simulation of {self.task.case.name}, {self.task.first} to {self.task.last}, {self.runs} runs>"

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

    def values(self, section: str, item: str, year: int) -> NDArray[np.float64]:
        """Return one number of a year in every run, shape (runs,); NaN where a run has none."""
        at = self._columns.get(name(section, item, str(year)))
        return np.full(self.runs, np.nan) if at is None else self.draws.values[:, at]

    def held(self, key: str) -> NDArray[np.float64]:
        """Return whether an institution of the record was in force at the end of each year, shape (runs, years)."""
        return np.column_stack([self.values("held", key, y) for y in self.years])

    def tied(self, state: str, *kinds: Kind) -> NDArray[np.bool_]:
        """Return whether a state and the hub shared an institution of one of some kinds, shape (runs, years)."""
        bit = 1 << self.task.case.states.index(state)
        seen = np.zeros((self.runs, len(self.years)), dtype=np.bool_)
        for kind in kinds:
            masks = np.column_stack([self.values("tied", kind, y) for y in self.years])
            seen |= (np.nan_to_num(masks).astype(np.int64) & bit) > 0
        return seen

    def to_xarray(self) -> Dataset:
        """Return the runs as an xarray data set, with units and meanings.

        Returns
        -------
        xarray.Dataset
            ``utility`` (run, year, state), ``held`` (run, year, institution), ``term`` (run, year, component),
            ``hub_value`` and ``hub_share`` (run, year).

        Raises
        ------
        FoedusError
            xarray is not installed.
        """
        xarray = need("xarray", "xarray", "a simulation as an xarray data set")
        watched = [entry.id for entry, _ in self.task.watched]
        labels = {"state": list(self.task.case.states), "institution": watched, "component": list(COMPONENTS)}
        found = {}
        for column, section, items, dim in (
            (UTILITY, "utility", labels["state"], ("state",)),
            (HELD_ONE, "held", labels["institution"], ("institution",)),
            (TERM, "term", labels["component"], ("component",)),
            (HUB_VALUE, "hub", ["value"], ()),
            (HUB_SHARE, "hub", ["share"], ()),
        ):
            values = np.array([[self.values(section, item, y) for item in items] for y in self.years])
            values = values.reshape(len(self.years), len(items), self.runs).transpose(2, 0, 1)
            found[column.name] = (("run", "year", *dim), values if dim else values[:, :, 0], attributes(column))
        coords = {"run": range(self.runs), "year": list(self.years), **labels}
        made: Dataset = xarray.Dataset(found, coords, {"case": self.task.case.name, "seed": self.task.seed})
        return made

    @cached_property
    def events(self) -> tuple[tuple[int, int, Event, float, float], ...]:
        """Every event: run, number in the run, event without decisions, probability, size."""
        case = self.task.case
        actors = (*case.states, *case.adversaries)
        found = []
        numbers = sorted({k.split("|")[1] for k in self.draws.keys if k.startswith("event|")})
        places = [
            [self._columns[name("event", n, "", m)] for m in ("code", "members", "probability", "size")]
            for n in numbers
        ]
        for run in range(self.runs):
            row = self.draws.values[run]
            for n, at in enumerate(places):
                code, members, probability, size = row[at].tolist()
                if code != code:
                    break
                found.append((run, n, unpacked(code, members, actors, case.hub), probability, size))
        return tuple(found)


def check_years(case: Case, first: int, last: int) -> None:
    """Say in sentences what is wrong with the years of a run.

    Raises
    ------
    FoedusError
        The years are reversed, or the case has no facts for them.
    """
    start, end = years_covered(case)
    if first > last:
        swapped = start <= last and first <= end
        remedy = (
            f"Write --from {last} --to {first}; time runs forward"
            if swapped
            else f"The case has facts from {start} to {end}"
        )
        raise fail("years", f"{first} is after {last}", remedy)
    if not case.series and (first, last) != (start, start):
        how = f"Add a series.yaml, or run the one year it is about: --from {start} --to {start}"
        raise fail(f"case '{case.name}'", "this case has no yearly data", how)
    for year in (first, last):
        if not start <= year <= end + HELD:
            what = f"the yearly data of '{case.name}' run from {start} to {end}, and {year} is outside"
            how = f"Give years from {start} to {end + HELD}; after {end} the last values are held"
            raise fail("years", what, how)


def uncertain_labels(calendar: Calendar, years: range, parameters: Parameters) -> tuple[Uncertainty, ...]:
    """Return everything that is uncertain in any of some years, each label once."""
    found: dict[str, Uncertainty] = {}
    for year in years:
        for u in uncertainties(calendar[year], parameters):
            found.setdefault(u.label, u)
    return tuple(found.values())


def plan_runs(
    case: Case,
    parameters: Parameters,
    overrides: Overrides,
    without: Sequence[str],
    first: int,
    last: int,
    seed: int,
    blank_slate: bool = False,
    fixed: bool = False,
    levers: Pulled = (),
) -> Runs:
    """Return the task of a simulation; errors as :func:`check_years` and those of switching mechanisms off.

    The drafts on the hub's table at the start are those of the values in use, the same for all runs.
    """
    check_years(case, first, last)
    calendar = Calendar(case)
    varied: tuple[Uncertainty, ...] = ()
    if not fixed:
        every = uncertain_labels(calendar, range(first, last + 1), parameters)
        varied = tuple(u for u in every if u.target not in overrides)
    blank = blank_slate or calendar[first].blank_slate
    task = Runs(case, parameters, dict(overrides), tuple(without), varied, first, last, seed, blank, levers=levers)
    course = task.course()
    world = data_year(course.facts(first), course.start(first), course.commitments(first))
    made = replace(task, drafts=first_drafts(Appraiser(world, course.parameters)))
    vars(made)["calendar"] = calendar  # worked out above; workers that are copies of this process have it too
    return made


def rows_of(task: Runs, runs: int) -> NDArray[np.float64]:
    """Return the design of a simulation: the number of each run, and where in its range everything judged lies."""
    shares = latin_hypercube(len(task.varied), runs, task.seed)
    return np.column_stack([np.arange(runs, dtype=np.float64), shares])


def simulate(
    task: Runs,
    runs: int,
    workers: int = 1,
    progress: Progress | None = None,
    ensemble: Callable[..., Draws] = run_ensemble,
) -> Simulation:
    """Return what many runs come to.

    Parameters
    ----------
    task : Runs
    runs, workers : int
    progress : callable, optional
        Called with (runs done, runs in all).
    ensemble : callable
        As :func:`foedus.draws.ensemble.run_ensemble`, or what keeps or recalls whole ensembles; with its errors.
    """
    drawn = ensemble(task, rows_of(task, runs), task.run_id(runs), workers, progress, chunk=TOGETHER)
    return Simulation(task, drawn)
