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
    usual: tuple[float, float] = (float("-inf"), float("inf"))
    """What the record has; a value beyond is taken, and said wherever it is used."""
    seen: str = ""
    """What the ends of that range rest on."""


def _entry(
    name: str,
    symbol: str,
    unit: str,
    meaning: str,
    bounds: tuple[float, float],
    other_units: tuple[str, ...] = (),
    absent: float | None = None,
    reason: str = "",
    usual: tuple[float, float] = (float("-inf"), float("inf")),
    seen: str = "",
) -> Entry:
    return Entry(Quantity(name, symbol, unit, meaning, *bounds), other_units, absent, reason, usual, seen)


# fmt: off
_ENTRIES: Final = (
    _entry("gdp", "Y", "bn international $ of 2011", "gross domestic product at purchasing power", (1e-6, 1e6),
           usual=(0.1, 5e4), seen="the largest economies of 2020 are near 20,000"),
    _entry("military_spending", "m", "million current US$", "military expenditure", (0, 1e8), usual=(0, 2e6),
           seen="the largest outlay on record, that of the United States in the 2020s, is below 1,000,000"),
    _entry("cinc", "CINC", "share of world capabilities", "composite index of national capability", (0, 1),
           usual=(0, 0.4), seen="the largest on record is .38, the United States in 1945"),
    _entry("available_share", "K/k", "share",
           "share of capability usable in this theatre; above 1 for what the raw index leaves out", (0, 10), absent=1.0,
           reason="all of it is in the theatre", usual=(0, 3),
           seen="judged: beyond three times the index something else is meant"),
    _entry("ideal_point", "u", "UNGA ideal point", "foreign-policy position estimated from votes", (-5, 5),
           usual=(-3.5, 3.5), seen="the estimates of 1946 to 2020 lie between -3 and 3.3"),
    _entry("sovereignty", "sov", "share", "own control of the own forces", (0, 1), ("0-1",)),
    _entry("free_force", "f", "share", "share of the force that is free to defend others", (0, 1), ("0-1",)),
    _entry("recognised", "rec", "yes/no", "recognised as a state by the hub", (0, 1), ("0/1",)),
    _entry("recklessness", "reck", "share of extra fighting", "extra fighting that a commitment to the state brings",
           (0, 5), absent=0.0, reason="entanglement is rare (Beckley 2015)", usual=(0, 2),
           seen="judged: twice the fighting of its own"),
    _entry("trade", "x", "share of GDP", "trade with the adversary", (0, 3), usual=(0, 1),
           seen="a whole year's product; only ports of transit trade more with one partner"),
    _entry("perception", "pf", "multiplier", "how much more or less than others the leader sees in the threat", (0, 10),
           absent=1.0, reason="the leader sees what policy distance and rivalry say", usual=(0, 5),
           seen="judged: five times what others see"),
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
