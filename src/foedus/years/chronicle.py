"""The chronicle: what many runs show together, beside what the record says happened."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case, InstitutionRecord
from foedus.casebook.series import years_covered
from foedus.model.architecture import Architecture, Institution, Kind
from foedus.model.builder import institution_of
from foedus.questions.study import Answers, name
from foedus.simulation.trace import Happening
from foedus.years.runs import Simulation, in_its_time, same_bond

_ON_RECORD: Final = "in force by day"

QUANTILE = 1.6449
"""Of the standard normal distribution: bands hold 90 %."""


@dataclass(frozen=True)
class Fate:
    """What became of one institution of the record over the runs."""

    entry: InstitutionRecord
    """As the case has it."""
    shown: InstitutionRecord
    """The same for readers, where the case has several of the same members one after the other: that of the years run."""
    institution: Institution
    """With all members it ever had."""
    held: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    """Shape (years,); share of runs in which it was in force at the end of each year, with a 90 % band for the number
    of runs."""
    survival: NDArray[np.float64]
    """Shape (years,); share in force without a break since the start of the run; NaN if it was not in force then."""
    hazard: NDArray[np.float64]
    """Shape (years,); of the runs in which it was in force a year before, the share in which it is not any more."""
    happened: NDArray[np.bool_]
    """Shape (years,); whether the record has it in force at the end of each year, by the same rule as in the runs."""


def wilson(share: NDArray[np.float64], count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of the 90 % band of shares of a number of runs.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158).
    """
    z2 = QUANTILE**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = QUANTILE * np.sqrt(share * (1 - share) / count + z2 / (4 * count**2)) / (1 + z2 / count)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def in_force_on(case: Case, day: datetime.date) -> Architecture:
    """Return all institutions of the record in force on a day, with their members on that day; asked once for each day."""
    known: dict[datetime.date, Architecture] = case.kept.setdefault(_ON_RECORD, {})
    if day not in known:
        found = (institution_of(case, r, day) for r in case.in_force(day))
        known[day] = Architecture(tuple(m for m in found if m is not None))
    return known[day]


def fates(simulation: Simulation) -> tuple[Fate, ...]:
    """Return what became of every institution of the hub on record, in the order of the record."""
    found = []
    task = simulation.task
    first_day = task.course().start(task.first).architecture
    year_ends = [in_force_on(task.case, datetime.date(y, 12, 31)) for y in simulation.years]
    for entry, institution in task.watched:
        held = simulation.held(entry.id)
        share = held.mean(axis=0)
        low, high = wilson(share, simulation.runs)
        started = same_bond(in_its_time(task.case, entry, task.first - 1) or institution, first_day)
        unbroken = np.cumprod(held, axis=1).mean(axis=0)
        before = np.column_stack([np.full(simulation.runs, float(started)), held[:, :-1]])
        at_risk = before.sum(axis=0)
        lost = (before * (1.0 - held)).sum(axis=0)
        hazard = np.divide(lost, at_risk, out=np.full(len(simulation.years), np.nan), where=at_risk > 0)
        dated = zip(simulation.years, year_ends, strict=True)
        happened = np.array([same_bond(in_its_time(task.case, entry, y) or institution, g) for y, g in dated])
        survival = unbroken if started else np.full(len(simulation.years), np.nan)
        shown = of_the_years(task.case, entry, institution, simulation.years)
        found.append(Fate(entry, shown, institution, share, low, high, survival, hazard, happened))
    return tuple(found)


def of_the_years(case: Case, entry: InstitutionRecord, known: Institution, years: Sequence[int]) -> InstitutionRecord:
    """Return which of several institutions of one kind and the same members stands for them in some years.

    It is the first in the case that was in force in one of the years; where there were several, under what their names have
    in common before a bracket.
    """
    made = ((r, institution_of(case, r)) for r in case.institutions)
    alike = [r for r, m in made if m is not None and (m.kind, m.members) == (known.kind, known.members)]
    then = [r for r in alike if _in_years(r, years)]
    stems = {r.name.partition(" (")[0] for r in then}
    if len(then) > 1 and len(stems) == 1:
        return replace(then[0], name=stems.pop())
    return then[0] if then else entry


def _in_years(entry: InstitutionRecord, years: Sequence[int]) -> bool:
    begun = entry.in_force or entry.signed
    return (begun is None or int(begun[:4]) <= years[-1]) and (entry.ended is None or int(entry.ended[:4]) >= years[0])


def median_spell(fate: Fate, years: Sequence[int]) -> float:
    """Return after how many years half of the runs have lost an institution of the start; NaN if not within the run."""
    gone = np.flatnonzero(fate.survival < 0.5)
    return float(years[int(gone[0])] - years[0] + 1) if gone.size else float("nan")


@dataclass(frozen=True)
class Score:
    """How well yearly shares of runs foretell what the record has."""

    item: str
    """An institution, a tie of a state to the hub, or everything."""
    years: int
    """Institution-years or tie-years."""
    forecast: float
    happened: float
    """Mean forecast, and share of years in which the record has it."""
    brier: float
    brier_base: float
    brier_still: float
    """Mean squared error of the runs, of the record's own mean, and of "everything stays as at the start"."""
    log: float
    log_base: float
    """Mean logarithmic score of the runs, and of the record's own mean; nearer to 0 is better."""

    @property
    def skill(self) -> float:
        """Share of the squared error of the base rate that the runs avoid; NaN where the base rate has none."""
        return 1.0 - self.brier / self.brier_base if self.brier_base > 0 else float("nan")


def score_of(
    item: str, share: NDArray[np.float64], happened: NDArray[np.bool_], still: NDArray[np.bool_], runs: int
) -> Score:
    """Return the scores of shares of runs against what happened, all of shape (years,).

    Shares of 0 and 1 are taken as ½ of a run (Laplace), so that the logarithmic score stays finite.
    """
    outcome = happened.astype(np.float64)
    smooth = (share * runs + 0.5) / (runs + 1)
    base = float(outcome.mean())

    def logarithm(p: NDArray[np.float64]) -> float:
        return float(np.mean(np.log(np.where(happened, p, 1.0 - p))))

    flat = np.clip(np.full(outcome.size, base), 1e-12, 1 - 1e-12)
    return Score(
        item,
        outcome.size,
        float(share.mean()),
        base,
        float(np.mean((share - outcome) ** 2)),
        float(np.mean((base - outcome) ** 2)),
        float(np.mean((still.astype(np.float64) - outcome) ** 2)),
        logarithm(smooth),
        logarithm(flat),
    )


def last_known(case: Case) -> int:
    """Return the last year for which the record of institutions is taken as known."""
    return max(case.as_of.year, years_covered(case)[1])


def bound_then(case: Case, state: str, day: datetime.date) -> bool:
    """Return whether a treaty of the record bound a state and the hub on a day."""
    return any(m.is_treaty and m.has(case.hub, state) for m in in_force_on(case, day))


def calibration(simulation: Simulation) -> tuple[Score, ...]:
    """Return how well the runs foretell the record: every institution and tie to the hub, year by year, then all.

    Empty where the years of the runs lie after the record.
    """
    case, runs = simulation.task.case, simulation.runs
    known = [k for k, y in enumerate(simulation.years) if y <= last_known(case)]
    if not known:
        return ()
    first = datetime.date(simulation.task.first, 1, 1)
    rows: list[tuple[str, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]] = []
    for f in fates(simulation):
        then = in_its_time(case, f.entry, first.year - 1) or f.institution
        still = np.full(len(known), same_bond(then, in_force_on(case, first)))
        rows.append((f.shown.name, f.held[known], f.happened[known], still))
    parts = len(rows)
    for s in case.states:
        if s == case.hub:
            continue
        happened = np.array([bound_then(case, s, datetime.date(simulation.years[k], 12, 31)) for k in known])
        share = simulation.tied(s, Kind.BILATERAL, Kind.MULTILATERAL).mean(axis=0)[known]
        rows.append((f"{s} bound to {case.hub}", share, happened, np.full(len(known), bound_then(case, s, first))))
    scores = [score_of(item, share, happened, still, runs) for item, share, happened, still in rows]
    whole = []
    for label, chosen in (("all institutions", rows[:parts]), ("all ties to the hub", rows[parts:])):
        if chosen:
            joined = [np.concatenate([row[k] for row in chosen]) for k in (1, 2, 3)]
            whole.append(score_of(label, joined[0], joined[1].astype(bool), joined[2].astype(bool), runs))
    return (*whole, *scores)


def crises(simulation: Simulation) -> Iterator[tuple[str, str, float, float, float, float]]:
    """Yield every dyad with crises: the two, mean per 20 years, 5 and 95 % of the runs, share of runs with any."""
    counts: dict[tuple[str, str], Counter[int]] = {}
    for run, _, event, _, _ in simulation.events:
        if event.happening is Happening.CRISIS:
            one, other = sorted((event.actor, event.other))
            counts.setdefault((one, other), Counter())[run] += 1
    per = 20.0 / len(simulation.years)
    for (one, other), found in sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        numbers = np.array([found[run] for run in range(simulation.runs)], dtype=np.float64)
        low, high = np.quantile(numbers * per, [0.05, 0.95]).tolist()
        yield one, other, float(numbers.mean()) * per, low, high, float((numbers > 0).mean())


FORMS = ("body", "forum", "star", "nothing")
"""What the hub has at the end of a year: the highest that holds."""


def forms(simulation: Simulation) -> NDArray[np.float64]:
    """Return the share of runs in which the hub has a body, else a forum, else a star, else nothing, shape (4, years)."""
    masks = [
        np.column_stack([simulation.values("tied", kind, y) for y in simulation.years]) > 0
        for kind in (Kind.MULTILATERAL, Kind.FORUM, Kind.BILATERAL)
    ]
    left = np.ones_like(masks[0])
    shares = []
    for mask in (*masks, left):
        shares.append((mask & left).mean(axis=0))
        left = left & ~mask
    return np.array(shares)


def share_with(simulation: Simulation, happening: Happening, first: int, last: int, actor: str = "") -> float:
    """Return the share of runs in which something happened at least once between two years, both included."""
    met = {
        run
        for run, _, e, _, _ in simulation.events
        if e.happening is happening
        and first <= e.year <= last
        and (not actor or actor in (e.actor, e.other) or (e.institution is not None and actor in e.institution.members))
    }
    return len(met) / simulation.runs


def what_runs_show(simulation: Simulation) -> Answers:
    """Return what the runs show as named answers, for claims and for other questions.

    Returns
    -------
    mapping of str to float
        ``held|<institution>|<year>|share``, ``tied|<state>|<year>|share`` (bound to the hub by a treaty),
        ``form|<body, forum, star, nothing>|<year>|share``, ``spell|<institution>||median`` (years),
        ``crises|<state>|<state>|per 20 years``, ``happens|<event>||share`` (of runs in which it happens at all) and
        ``skill|<all institutions, all ties to the hub>||brier``.
    """
    found: Answers = {}
    years = simulation.years
    for f in fates(simulation):
        found |= {name("held", f.entry.id, str(y), "share"): float(v) for y, v in zip(years, f.held, strict=True)}
        found[name("spell", f.entry.id, "", "median")] = median_spell(f, years)
    for s in simulation.task.case.states:
        bound = simulation.tied(s, Kind.BILATERAL, Kind.MULTILATERAL).mean(axis=0)
        found |= {name("tied", s, str(y), "share"): float(v) for y, v in zip(years, bound, strict=True)}
    for form, shares in zip(FORMS, forms(simulation), strict=True):
        found |= {name("form", form, str(y), "share"): float(v) for y, v in zip(years, shares, strict=True)}
    for one, other, mean, *_ in crises(simulation):
        found[name("crises", one, other, "per 20 years")] = mean
    for happening in Happening:
        found[name("happens", happening, "", "share")] = share_with(simulation, happening, years[0], years[-1])
    for score in calibration(simulation)[:2]:
        found[name("skill", score.item, "", "brier")] = score.skill
    return found
