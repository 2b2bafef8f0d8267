"""Counterpart: the built-in case of its own about the year to which another case is taken by its yearly data."""

from __future__ import annotations

from foedus.casebook.case import Case
from foedus.casebook.reader import case_names, read_case
from foedus.vocabulary.prose import country, listing

_SHARED = 0.5
"""Share of a case's states that another must have to be about the same place (judged: at least half)."""


def counterpart(case: Case) -> Case | None:
    """Return the built-in case about the same place and year, for a case that was taken to a year by its yearly data.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Case or None
        None for a case on its own date, and where there is none.
    """
    stem, at, year = case.name.rpartition("@")
    if not at:
        return None
    for name in case_names():
        if name.endswith(f"-{year}") and name != stem:
            other = read_case(name)
            alike = len(set(other.states) & set(case.states)) / len(other.states)
            if other.hub == case.hub and other.as_of.year == case.as_of.year and alike >= _SHARED:
                return other
    return None


def apart(case: Case, other: Case) -> str:
    """Return how two cases about the same place and year differ: states, facts, treaties, in one sentence."""
    parts = []
    for words, more, less in (("has", other, case), ("lacks", case, other)):
        states = [country(s) for s in more.states if s not in less.states]
        parts += [f"{words} {listing(states)}"] if states else []
    keys = [(f.quantity, f.subject, f.against) for f in case.facts]
    both = [k for k in keys if k in other.index]
    differ = sum(case.index[k].value != other.index[k].value for k in both)
    parts.append(f"has other values for {differ} of the {len(both)} facts that both have")
    here, there = ({r.name for r in c.in_force()} for c in (case, other))
    if here != there:
        parts.append(
            f"has {len(there - here)} institutions in force that this one has not, and lacks {len(here - there)}"
        )
    return (
        f"There is a case of its own for that year, {other.name} (as of {other.as_of}): it {listing(parts)}. What stands here is "
        f"{case.name.partition('@')[0]} with its yearly data, at the end of {case.as_of.year}."
    )
