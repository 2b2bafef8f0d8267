"""The quantities a case is made of, declared once: unit, bounds, meaning, and what an absent value means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.vocabulary.numbers import Quantity


@dataclass(frozen=True)
class Entry:
    """How a quantity stands in a case."""

    quantity: Quantity
    other_units: tuple[str, ...] = ()
    """Spellings of the same unit that are accepted."""
    absent: float | None = None
    """Value where nothing is said; None if something has to be said."""
    reason: str = ""
    """Why that value stands for silence."""


def _entry(
    name: str,
    symbol: str,
    unit: str,
    meaning: str,
    bounds: tuple[float, float],
    other_units: tuple[str, ...] = (),
    absent: float | None = None,
    reason: str = "",
) -> Entry:
    return Entry(Quantity(name, symbol, unit, meaning, *bounds), other_units, absent, reason)


# fmt: off
_ENTRIES: Final = (
    _entry("gdp", "Y", "bn international $ of 2011", "gross domestic product at purchasing power", (1e-6, 1e6)),
    _entry("military_spending", "m", "million current US$", "military expenditure", (0, 1e8)),
    _entry("cinc", "CINC", "share of world capabilities", "composite index of national capability", (0, 1)),
    _entry("available_share", "K/k", "share",
           "share of capability usable in this theatre; above 1 for what the raw index leaves out", (0, 10), absent=1.0,
           reason="all of it is in the theatre"),
    _entry("ideal_point", "u", "UNGA ideal point", "foreign-policy position estimated from votes", (-5, 5)),
    _entry("sovereignty", "sov", "share", "own control of the own forces", (0, 1), ("0-1",)),
    _entry("free_force", "f", "share", "share of the force that is free to defend others", (0, 1), ("0-1",)),
    _entry("recognised", "rec", "yes/no", "recognised as a state by the hub", (0, 1), ("0/1",)),
    _entry("recklessness", "reck", "share of extra fighting", "extra fighting that a commitment to the state brings",
           (0, 5), absent=0.0, reason="entanglement is rare (Beckley 2015)"),
    _entry("trade", "x", "share of GDP", "trade with the adversary", (0, 3)),
    _entry("perception", "pf", "multiplier", "how much more or less than others the leader sees in the threat", (0, 10),
           absent=1.0, reason="the leader sees what policy distance and rivalry say"),
    _entry("distance", "D", "km", "minimum distance, of an adversary from its forward line", (0, 20040)),
    _entry("rivalry", "R", "0/1", "strategic rivalry or territorial claim", (0, 1), ("yes/no",), 0.0,
           "not among the rivalries listed as complete"),
    _entry("grievance", "d", "0-1", "grievance of the first against the second", (0, 1), ("share",), 0.0,
           "not among the grievances listed as complete"),
)
# fmt: on

QUANTITIES: Final[Mapping[str, Entry]] = MappingProxyType({e.quantity.name: e for e in _ENTRIES})
"""Every quantity of a case by name."""

# fmt: off
STATE_QUANTITIES: Final = (
    "gdp", "military_spending", "cinc", "available_share", "ideal_point", "sovereignty", "free_force", "recognised",
    "recklessness",
)
# fmt: on
"""Quantities of a single state."""

ADVERSARY_QUANTITIES: Final = ("military_spending", "cinc", "available_share", "ideal_point")
"""Quantities of an adversary."""

AGAINST_ADVERSARY: Final = ("trade", "perception")
"""Quantities of a state towards each adversary."""
