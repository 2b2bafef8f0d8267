"""Unusual: numbers of a case that can be, and that the record does not have; they are taken as they stand, and said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from foedus.casebook.case import Case
from foedus.casebook.quantities import QUANTITIES
from foedus.vocabulary.errors import Problem

REMEDY: Final = "Check the number and its unit; it is used as it stands"
"""What to do about a number that the record does not have."""

Key = tuple[str, str, str | None]


def unusual(case: Case, changed: Mapping[Key, float] | None = None) -> tuple[Problem, ...]:
    """Return every number of a case outside what the record has of its quantity, each with file and line.

    Parameters
    ----------
    case : Case
    changed : mapping, optional
        Facts replaced by hand; they stand in the place of those of the case.

    Examples
    --------
    >>> import foedus
    >>> from foedus.casebook.unusual import unusual
    >>> unusual(foedus.read_case("asia-1953"))
    ()
    """
    return tuple(_found(case, changed or {}))


def _found(case: Case, changed: Mapping[Key, float]) -> Iterator[Problem]:
    seen: set[str] = set()
    for fact in case.facts:
        key = (fact.quantity, fact.subject, fact.against)
        if key not in changed and _beyond(fact.quantity, fact.value):
            seen.add(fact.where)
            yield _problem(fact.where, key, fact.value)
    for series in case.series:
        year, value = next(((y, v) for y, v in series.points if _beyond(series.key[0], v)), (0, 0.0))
        if year and series.where not in seen:
            yield _problem(series.where, series.key, value, f" in {year}")
    for key, value in changed.items():
        if _beyond(key[0], value):
            yield _problem("set by hand", key, value)


def _beyond(quantity: str, value: float) -> bool:
    low, high = QUANTITIES[quantity].usual
    return not low <= value <= high


def _problem(where: str, key: Key, value: float, when: str = "") -> Problem:
    entry = QUANTITIES[key[0]]
    about = f"{key[1]} with {key[2]}" if key[2] else key[1]
    low, high = entry.usual
    what = f"{key[0]} of {about} is {value:g} {entry.quantity.unit}{when}, outside {low:g} to {high:g} ({entry.seen})"
    return Problem(where, what, REMEDY)
