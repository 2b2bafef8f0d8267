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
from foedus.vocabulary.errors import FoedusError

Places = NDArray[np.int64]

FactKey = tuple[str, str, str | None]
"""Quantity, subject, and the state it is about or None."""

Overrides = Mapping[FactKey, float]
"""Values that take the place of facts, in the unit of the fact."""

_MONADIC = ("gdp", "ideal_point", "sovereignty", "free_force", "recognised", "recklessness")
_AGAINST_ADVERSARY = ("rivalry", "perception", "trade")
_MIGHT = {"spending": "military_spending", "cinc": "cinc", "available": "available_share"}
_FACTS: Final = "facts by place"
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
    cells = _cells(case)
    values = cells.values
    missing = cells.missing
    if overrides:
        values = values.copy()
        apart = [(key, value) for key, value in overrides.items() if key[0] == "distance"]
        turned = [((quantity, str(against), subject), value) for (quantity, subject, against), value in apart]
        for key, value in (*turned, *overrides.items()):  # it may be set from either side; as it is asked for counts
            place = cells.place.get(key)
            if place is not None:
                values[place] = value
        missing = tuple(k for k in missing if np.isnan(values[cells.place[k]]))
    for key in missing:
        case.fact(*key)  # says what is not there
    found = {name: values[at] for name, at in cells.tables.items()}
    raw, rival_raw = (np.sqrt(found.pop(f"{of}spending") * found.pop(f"{of}cinc")) for of in ("", "adversary_"))
    return World(
        states=case.states,
        adversaries=case.adversaries,
        hub=case.hub,
        capability_raw=raw,
        capability_available=raw * found.pop("available"),
        adversary_capability_raw=rival_raw,
        adversary_capability_available=rival_raw * found.pop("adversary_available"),
        divergence_left=np.ones((len(case.states), len(case.states))),
        in_force=Architecture() if case.blank_slate else treaties_in_force(case),
        **found,
    )


class _Cells:
    """The facts that a world of a case is made of, each once, and where in its arrays each stands.

    The same case is made a world of thousands of times, each time with a few facts in other places; so the case is asked
    once.
    """

    def __init__(self, case: Case) -> None:
        self.place: dict[FactKey, int] = {}
        states, rivals = case.states, case.adversaries

        def columns(quantity: str, subjects: tuple[str, ...]) -> Places:
            return np.array([self._at(quantity, s) for s in subjects])

        def against(quantity: str, these: tuple[str, ...], those: tuple[str, ...]) -> Places:
            return np.array([[self._at(quantity, s, a) for a in those] for s in these])

        self.tables: dict[str, Places] = {q: columns(q, states) for q in _MONADIC}
        self.tables |= {q: against(q, states, rivals) for q in _AGAINST_ADVERSARY}
        for prefix, subjects in (("", states), ("adversary_", rivals)):
            for name, quantity in _MIGHT.items():
                self.tables[prefix + name] = columns(quantity, subjects)
        self.tables["adversary_ideal_point"] = columns("ideal_point", rivals)
        self.tables["adversary_distance"] = against("distance", states, rivals).T
        self.tables["distance"] = self._square("distance", states, symmetric=True)
        self.tables["grievance"] = self._square("grievance", states, symmetric=False)
        self.values, self.missing = self._asked(case)

    def _at(self, quantity: str, subject: str, against: str | None = None) -> int:
        return self.place.setdefault((quantity, subject, against), len(self.place))

    def _square(self, quantity: str, states: tuple[str, ...], *, symmetric: bool) -> Places:
        """Return the places of a quantity between states; that of a state to itself is the last one, which is zero."""
        at = np.full((len(states), len(states)), -1)
        for i, one in enumerate(states):
            for j in range(i + 1 if symmetric else 0, len(states)):
                if i != j:
                    at[i, j] = self._at(quantity, one, states[j])
                    at[j, i] = at[i, j] if symmetric else at[j, i]
        return at

    def _asked(self, case: Case) -> tuple[NDArray[np.float64], tuple[FactKey, ...]]:
        """Return every value, with a zero behind them, and what the case does not say."""
        values, missing = np.zeros(len(self.place) + 1), []
        for key, at in self.place.items():
            try:
                values[at] = case.fact(*key).value
            except FoedusError:
                values[at] = np.nan
                missing.append(key)
        return values, tuple(missing)


def _cells(case: Case) -> _Cells:
    if _FACTS not in case.kept:
        case.kept[_FACTS] = _Cells(case)
    found: _Cells = case.kept[_FACTS]
    return found


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
