"""Reading a year: what its page shows to a reader, from the room as that reader knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from foedus.council.fold import Item, Room
from foedus.council.told_of_rooms import happened_in, lines_of
from foedus.mechanisms import COMPONENTS
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import country, listing

_FOUNDED: Final = (Happening.FORMED.value, Happening.LIGHT.value, Happening.SIGNED.value)
_REFUSED: Final = (Happening.REFUSED.value, Happening.LIGHT_REFUSED.value)


@dataclass(frozen=True)
class Term:
    """One term of a seat's year, % of its product: now, the year before, and had nothing new been signed."""

    name: str
    now: float
    last: float | None
    nothing: float | None


@dataclass(frozen=True)
class SeatYear:
    """What a year was worth to a seat, against a world without treaties.

    Attributes
    ----------
    seat : str
    terms : tuple of Term
        In the order of the theory.
    """

    seat: str
    terms: tuple[Term, ...]

    @property
    def now(self) -> float:
        """Sum of the terms."""
        return sum(t.now for t in self.terms)

    @property
    def last(self) -> float | None:
        """Sum of the year before; None for the first."""
        return _sum([t.last for t in self.terms])

    @property
    def nothing(self) -> float | None:
        """Sum, had nothing new been signed."""
        return _sum([t.nothing for t in self.terms])


@dataclass(frozen=True)
class YearRead:
    """A year as its page shows it.

    Attributes
    ----------
    year : str
    headline : str
        What was founded, refused and left, in a sentence.
    seats : tuple of SeatYear
        Those that the reader may read, the own one first.
    happened : tuple of str
        In order, with who decided, chance and draw.
    by_law : tuple of str
        What those decided who had no people: state, what, the law's chance and the draw.
    money : tuple of str
        What pressure was laid on whom.
    unread : tuple of str
        Injected facts that the case has no place for.
    """

    year: str
    headline: str
    seats: tuple[SeatYear, ...]
    happened: tuple[str, ...]
    by_law: tuple[str, ...]
    money: tuple[str, ...]
    unread: tuple[str, ...]


def _sum(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) and known else None


def year_read(room: Room, year: str, seat: str | None) -> YearRead | None:
    """Return the page of a year for a reader.

    Parameters
    ----------
    room : Room
        As the reader knows it.
    year : str
    seat : str or None
        The reader's own; it comes first.

    Returns
    -------
    YearRead or None
        None while the year is not worked out.
    """
    item = room.years.get(year)
    if item is None or item.state == "opened":
        return None
    lines = lines_of(item)
    known: Mapping[str, Any] = item.get("seats", {})
    order = sorted((s for s in room.form.states if "now" in known.get(s, {})), key=lambda s: s != seat)
    return YearRead(
        year,
        _headline(lines),
        tuple(_seat_year(s, known[s]) for s in order),
        tuple(happened_in(item)),
        _by_law(item),
        tuple(h["text"] for h in lines if h["what"] == Happening.PRESSED.value),
        tuple(item.get("unread", ())),
    )


def _seat_year(seat: str, given: Mapping[str, Mapping[str, float]]) -> SeatYear:
    last, nothing = given.get("last"), given.get("nothing")
    return SeatYear(
        seat,
        tuple(
            Term(n, given["now"][n], None if last is None else last[n], None if nothing is None else nothing[n])
            for n in COMPONENTS
        ),
    )


def _headline(lines: Sequence[Mapping[str, Any]]) -> str:
    parts = []
    for word, kinds in (("In force now", _FOUNDED), ("refused", _REFUSED)):
        keys = list(dict.fromkeys(h["key"] for h in lines if h["what"] in kinds and h["key"]))
        parts += [f"{word}: {listing(keys)}"] if keys else []
    left = [f"{country(h['actor'])} from the {h['key']}" for h in lines if h["what"] == Happening.LEFT.value]
    parts += [f"left: {listing(left)}"] if left else []
    crises = [f"{country(h['actor'])} and {country(h['other'])}" for h in lines if h["what"] == Happening.CRISIS.value]
    parts += [f"a crisis between {listing(crises)}"] if crises else []
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else "Nothing new was signed, and nobody left."


def _by_law(item: Item) -> tuple[str, ...]:
    return tuple(
        f"{country(a['state'])} {_VERBS.get(a['action'], (a['action'], a['action']))[0 if a['yes'] else 1]} the {h['key']}, "
        f"with a chance of {a['chance']:.2f}; {a['draw']:.2f} was drawn"
        for h in lines_of(item)
        for a in h["answers"]
        if a["by"] == "law" and a["action"] != "sign"
    )


_VERBS: Final = {
    "consent": ("agreed to", "did not agree to"),
    "exit": ("left", "stayed in"),
    "apply": ("knocked at the door of", "did not knock at the door of"),
    "let in": ("let the newcomer into", "did not let the newcomer into"),
}
