"""Yearly series: the facts of a case in other years, so that a case can be looked at, and run, through time."""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from foedus.casebook.case import FIRST_YEAR, LATEST, Case, Fact, Series
from foedus.casebook.quantities import ADVERSARY_QUANTITIES, AGAINST_ADVERSARY, QUANTITIES, STATE_QUANTITIES
from foedus.casebook.yaml_file import Document
from foedus.vocabulary.errors import Problem, fail, nearest
from foedus.vocabulary.states import is_member

HELD: Final = 30
"""Years for which the last value of a series may be held (judged: a generation)."""

_FACTORS: Final = ("gdp", "military_spending", "cinc", "trade")
"""Quantities that grow by factors; the others move by differences."""

Key = tuple[str, str, str | None]


def value_in(series: Series, year: int) -> float:
    """Return the value of a series in a year.

    Between two given years it is interpolated (by factors where both are positive and the quantity grows by factors),
    or the earlier one holds for a series of steps; before the first and after the last the ends are held.
    """
    years = [y for y, _ in series.points]
    values = [v for _, v in series.points]
    if series.step:
        at = int(np.searchsorted(years, year, side="right")) - 1
        return values[max(at, 0)]
    if series.key[0] in _FACTORS and min(values) > 0:
        return float(np.exp(np.interp(year, years, np.log(values))))
    return float(np.interp(year, years, values))


def years_covered(case: Case) -> tuple[int, int]:
    """Return the first and the last year for which yearly data are given; the year of the case without any."""
    if not case.series:
        return case.as_of.year, case.as_of.year
    return min(s.points[0][0] for s in case.series), max(s.points[-1][0] for s in case.series)


def in_year(case: Case, year: int) -> Case:
    """Return the case as it stood at the end of another year.

    States that were no members of the interstate system that year are left out; facts with a series take the value of
    the year, with their range scaled; what leaders saw is dropped unless a series says it; everything else stays.

    Raises
    ------
    FoedusError
        The case has no yearly data for that year, or the hub or all adversaries were no states then.
    """
    if year == case.as_of.year:
        return case
    first, last = years_covered(case)
    place = f"case '{case.name}' in {year}"
    if not case.series:
        raise fail(place, "this case has no yearly data", "Add a series.yaml, or leave the year out")
    if not first <= year <= last + HELD:
        how = f"Give a year from {first} to {last + HELD}; after {last} the last values are held"
        raise fail(place, f"its yearly data run from {first} to {last}", how)
    states = tuple(s for s in case.states if is_member(s, year))
    adversaries = tuple(s for s in case.adversaries if is_member(s, year))
    if case.hub not in states or len(states) < 2 or not adversaries:
        raise fail(place, "the hub, a second state and an adversary have to exist", "Take a later year")
    present = {*states, *adversaries}
    return replace(
        case,
        name=f"{case.name}@{year}",
        title=f"{case.title}, as of {year}",
        as_of=datetime.date(year, 12, 31),
        states=states,
        adversaries=adversaries,
        facts=tuple(f for f in _facts_in(case, year) if {f.subject, f.against or f.subject} <= present),
        quarrel=case.quarrel if present.issuperset(case.quarrel) else (),
        watch=tuple(w for w in case.watch if present.issuperset(w.members)),
        blank_slate=case.blank_slate and year <= case.as_of.year,
        sha256=hashlib.sha256(f"{case.sha256} {year}".encode()).hexdigest(),
    )


def _facts_in(case: Case, year: int) -> Iterator[Fact]:
    series = {s.key: s for s in case.series}
    for fact in case.facts:
        key = (fact.quantity, fact.subject, fact.against)
        known = series.pop(key, None)
        if known is not None:
            yield _fact_in(known, year, fact)
        elif fact.quantity != "perception":
            yield fact
    for known in series.values():
        yield _fact_in(known, year, None)


def _fact_in(series: Series, year: int, fact: Fact | None) -> Fact:
    quantity = QUANTITIES[series.key[0]].quantity
    value = value_in(series, year)
    low, high = None, None
    if series.judged and series.within is not None:
        low, high = value - series.within, value + series.within
        if series.key[0] in _FACTORS:
            low, high = value / (1.0 + series.within), value * (1.0 + series.within)
    elif fact is not None and fact.low is not None and fact.high is not None and fact.value > 0:
        low, high = value * fact.low / fact.value, value * fact.high / fact.value
    if low is not None and high is not None:
        low, high = max(low, quantity.low), min(high, quantity.high)
    source, judged, note = series.source, series.judged, series.note or "from the yearly series"
    return Fact(*series.key, value, quantity.unit, str(year), source, judged, low, high, note, series.where)


def read_series(document: Document, form: Any) -> Iterator[Series]:
    """Yield the series of a file; what is wrong goes to the problems of the document."""
    for name in form.defaults:
        if name not in QUANTITIES:
            document.problem(("defaults", name), "there is no such quantity", nearest(name, QUANTITIES))
    for k, item in enumerate(form.series):
        path = ("series", k)
        entry = QUANTITIES.get(item.quantity)
        if entry is None:
            what = f"there is no quantity '{item.quantity}'"
            document.problem((*path, "quantity"), what, nearest(item.quantity, QUANTITIES))
            continue
        given = form.defaults.get(item.quantity)
        unit = item.unit or (given.unit if given else None)
        source = item.source or (given.source if given else None)
        judged = item.judged or (given.judged if given and item.source is None else None)
        within = item.within if item.within is not None else form.within.get(item.quantity)
        if unit not in (entry.quantity.unit, *entry.other_units):
            document.problem(path, f"the unit of {item.quantity} is {unit or 'missing'}", f"Say: {entry.quantity.unit}")
        if judged is None and source is None:
            document.problem(path, "the source is missing", "Name a key of sources.yaml, or say judged: and within:")
        if judged is not None and within is None:
            document.problem(path, "a judged series needs within:, how far off it may be", "Say within: 0.2")
        points = tuple(sorted((int(y), float(v)) for y, v in item.values.items()))
        for year, value in points:
            if not math.isfinite(value) or not entry.quantity.low <= value <= entry.quantity.high:
                span = f"{entry.quantity.low:g} to {entry.quantity.high:g}"
                document.problem(
                    (*path, "values"),
                    f"{value:g} in {year} is outside what {item.quantity} can be, "
                    f"{entry.quantity.low:g} to {entry.quantity.high:g}",
                    "Mend the number, or its unit",
                )
            if not FIRST_YEAR <= year <= LATEST:
                span = f"{FIRST_YEAR} to {LATEST}"
                document.problem((*path, "values"), f"{year} is not a year of the interstate system, {span}", "Mend it")
        keys = (source,) if isinstance(source, str) else tuple(source or ())
        key = (item.quantity, item.of, item.against)
        yield Series(key, points, item.step, keys, judged, within, item.note, document.where(path))


def check_series(case: Case, document: Document) -> None:
    """Add what contradicts the rest of the case to the problems of the document."""
    seen: dict[Key, str] = {}
    for s in case.series:
        quantity, subject, against = s.key
        if s.key in seen:
            what = f"the series of {quantity} of {subject} is given twice, first at {seen[s.key]}"
            _say(document, s.where, what, "Keep one of the two")
        seen[s.key] = s.where
        for wrong, remedy in _strangers(case, quantity, subject, against):
            _say(document, s.where, wrong, remedy)
        for key in s.source:
            if key not in case.sources:
                _say(document, s.where, f"there is no source '{key}' in sources.yaml", nearest(key, case.sources))


def _say(document: Document, where: str, what: str, remedy: str = "") -> None:
    document.problems.append(Problem(where, what, remedy))


def _strangers(case: Case, quantity: str, subject: str, against: str | None) -> Iterator[tuple[str, str]]:
    single = (*STATE_QUANTITIES, *ADVERSARY_QUANTITIES)
    everybody = (*case.states, *case.adversaries)
    others: Iterable[str] = case.states if quantity == "grievance" else case.adversaries
    if quantity == "distance":
        others = everybody
    if subject not in everybody:
        yield f"'{subject}' is not a state of this case", nearest(subject, everybody)
    if quantity in single and against is not None:
        yield f"{quantity} is about one state", "Leave against: out"
    if quantity not in single and (against is None or against not in others):
        yield f"{quantity} of {subject} is against {against or 'nobody'}", nearest(str(against), list(others))
    if quantity in (*AGAINST_ADVERSARY, "grievance", "rivalry") and subject in case.adversaries:
        yield f"{quantity} is counted for the states, not for the adversary {subject}", "Turn the two round"


@dataclass(frozen=True)
class Calendar:
    """A case through the years; each year is worked out once."""

    case: Case

    @cached_property
    def _years(self) -> dict[int, Case]:
        return {}

    def __getitem__(self, year: int) -> Case:
        """Return the case as it stood at the end of a year; errors as :func:`in_year`."""
        known = self._years
        if year not in known:
            known[year] = in_year(self.case, year)
        return known[year]

    def __reduce__(self) -> tuple[type[Calendar], tuple[Case]]:
        return (Calendar, (self.case,))


def split_year(name: str) -> tuple[str, int | None]:
    """Return the name of a case and the year it carries, as in ``indo-pacific-2020@2007``.

    Raises
    ------
    FoedusError
        What stands after the @ is no year.
    """
    stem, at, year = name.rpartition("@")
    if not at:
        return name, None
    if not year.isdigit() or len(year) != 4:
        raise fail(f"case '{name}'", f"'{year}' is not a year", "Write for example europe-1949@1955")
    return stem, int(year)
