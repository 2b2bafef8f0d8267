"""From case to world: facts become arrays, treaties in force become an architecture."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foedus.casebook.case import Case, Fact, InstitutionRecord, first_day
from foedus.model.architecture import Architecture, Institution, Kind, Rule, body
from foedus.model.track_record import habit_before
from foedus.model.world import World

FactKey = tuple[str, str, str | None]
"""Quantity, subject, and the state it is about or None."""

Overrides = Mapping[FactKey, float]
"""Values that take the place of facts, in the unit of the fact."""

_MONADIC = ("gdp", "ideal_point", "sovereignty", "free_force", "recognised", "recklessness")
_AGAINST_ADVERSARY = ("rivalry", "perception", "trade")
_KINDS = {
    "bilateral": Kind.BILATERAL,
    "de facto": Kind.DE_FACTO,
    "multilateral": Kind.MULTILATERAL,
    "forum": Kind.FORUM,
}
_RULES = {"hub": Rule.HUB, "consensus": Rule.CONSENSUS}


def key_of(fact: Fact) -> FactKey:
    """Return the key by which a fact can be overridden."""
    return (fact.quantity, fact.subject, fact.against)


def build_world(case: Case, overrides: Overrides | None = None) -> World:
    """Return the world that a case describes.

    Parameters
    ----------
    case : Case
    overrides : mapping, optional
        Values that take the place of facts.

    Returns
    -------
    World
        N states and A adversaries in the order of the case.

    Examples
    --------
    >>> import foedus
    >>> world = foedus.build_world(foedus.read_case("asia-1953"))
    >>> world.hub, world.trade.shape == (len(world.states), len(world.adversaries))
    ('USA', True)
    """
    changed = dict(overrides or {})

    def value(quantity: str, subject: str, against: str | None = None) -> float:
        key = (quantity, subject, against)
        if key in changed:
            return changed[key]
        if quantity == "distance" and (quantity, against, subject) in changed:
            return changed[(quantity, str(against), subject)]
        return case.fact(quantity, subject, against).value

    states, rivals = case.states, case.adversaries

    def column(quantity: str, subjects: tuple[str, ...]) -> NDArray[np.float64]:
        return np.array([value(quantity, s) for s in subjects])

    def capability(subjects: tuple[str, ...]) -> NDArray[np.float64]:
        return np.sqrt(column("military_spending", subjects) * column("cinc", subjects))

    def square(quantity: str, symmetric: bool) -> NDArray[np.float64]:
        n = len(states)
        table = np.zeros((n, n))
        for i in range(n):
            for j in range(i if symmetric else 0, n):
                if i != j:
                    table[i, j] = value(quantity, states[i], states[j])
                    if symmetric:
                        table[j, i] = table[i, j]
        return table

    raw, rival_raw = capability(states), capability(rivals)
    against = {q: np.array([[value(q, s, a) for a in rivals] for s in states]) for q in _AGAINST_ADVERSARY}
    return World(
        states=states,
        adversaries=rivals,
        hub=case.hub,
        capability_raw=raw,
        capability_available=raw * column("available_share", states),
        adversary_capability_raw=rival_raw,
        adversary_capability_available=rival_raw * column("available_share", rivals),
        distance=square("distance", symmetric=True),
        adversary_distance=np.array([[value("distance", s, a) for s in states] for a in rivals]),
        adversary_ideal_point=column("ideal_point", rivals),
        grievance=square("grievance", symmetric=False),
        divergence_left=np.ones((len(states), len(states))),
        in_force=Architecture() if case.blank_slate else treaties_in_force(case),
        **{q: column(q, states) for q in _MONADIC},
        **against,
    )


def institution_of(case: Case, record: InstitutionRecord, date: datetime.date | None = None) -> Institution | None:
    """Return a record as the theory sees it, with its members on a day or all it ever had.

    None where the theory does not know its kind, or fewer than two of its members are states of the case.
    """
    kind = _KINDS.get(record.kind)
    present = set(record.members_on(date) if date else (m.state for m in record.members))
    ordered = tuple(s for s in dict.fromkeys((case.hub, *case.states)) if s in present)
    if kind is None or len(ordered) < 2:
        return None
    start = record.in_force or record.signed
    return Institution(
        kind,
        ordered,
        _RULES[record.rule],
        None,
        record.name,
        record.term,
        None if start is None else _in_years(first_day(start)),
        habit_before(case, record, min(date or case.as_of, case.as_of)),
    )


def _in_years(day: datetime.date) -> float:
    """Return a day in years: the year, and the part of it that has passed."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def recorded(case: Case) -> Iterator[tuple[InstitutionRecord, Institution]]:
    """Yield the institutions in force that the theory knows, with their records."""
    for record in case.in_force():
        institution = institution_of(case, record, case.as_of)
        if institution is not None:
            yield record, institution


_TREATIES: Final = "treaties in force"


def treaties_in_force(case: Case) -> Architecture:
    """Return the treaties and de facto commitments in force on the date of the case; forums do not bind."""
    if _TREATIES not in case.kept:
        case.kept[_TREATIES] = Architecture(tuple(m for _, m in recorded(case) if m.kind is not Kind.FORUM))
    found: Architecture = case.kept[_TREATIES]
    return found


def watched(case: Case) -> tuple[Institution, ...]:
    """Return the bodies that the case asks to be looked at whatever is drafted."""
    ordered = dict.fromkeys((case.hub, *case.states))
    return tuple(body((s for s in ordered if s in w.members), _RULES[w.rule], w.name) for w in case.watch)
