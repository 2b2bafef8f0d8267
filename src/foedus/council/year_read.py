"""Reading a year: what its page shows to a reader, from the room as that reader knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from foedus.council.fold import Item, Room
from foedus.council.plain_words import (
    Called,
    answer_said,
    called_in,
    happened_said,
    headline,
    number,
    pressed_together,
    raised,
)
from foedus.council.pressing_jointly import unread_of
from foedus.council.told_of_rooms import lines_of
from foedus.council.weighed_most import weighed_said
from foedus.council.worth import LEAST, signed
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.simulation.trace import Happening
from foedus.vocabulary.prose import listing

_QUARRELS: Final = (
    Happening.LEADER.value,
    Happening.SHOCK.value,
    Happening.RAISED.value,
    Happening.ANSWERED.value,
    Happening.CRISIS.value,
    Happening.BROKERED.value,
)
_LEAVING: Final = (Happening.LEFT.value, Happening.ENDED.value)
GROUPS: Final = ("Leaders and quarrels", "Leaving", "Proposals and signatures")
"""Parts in which a year is told, in the order of the year."""


@dataclass(frozen=True)
class Term:
    """One term of a seat's year, % of its product: now, the year before, and had nothing new been signed."""

    name: str
    now: float
    last: float | None
    nothing: float | None

    @property
    def gained(self) -> float:
        """What was signed this year changed; all of it where that is not known."""
        return self.now if self.nothing is None else self.now - self.nothing


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

    @property
    def gained(self) -> float:
        """Sum of what was signed this year changed."""
        return sum(t.gained for t in self.terms)


@dataclass(frozen=True)
class Told:
    """One thing that happened, or one answer within it.

    Attributes
    ----------
    words : str
        A sentence without its stop.
    says : str
        Who decided, and what is to be known of it.
    by : str
        ``people``, ``law`` or ``chance``.
    taken : bool
        Whether it came about, or the state agreed.
    chance, draw : float or None
        The law's chance and the draw that fell, where there was one.
    answers : tuple of Told
        Of the states that were asked.
    """

    words: str
    says: str
    by: str
    taken: bool
    chance: float | None
    draw: float | None
    answers: tuple[Told, ...] = ()


@dataclass(frozen=True)
class YearRead:
    """A year as its page shows it.

    Attributes
    ----------
    year : str
    headline : str
        What was founded, refused and left, in a few sentences.
    seats : tuple of SeatYear
        Those that the reader may read, the own one first.
    happened : tuple of (str, tuple of Told)
        In the order of the year, by parts.
    money : tuple of str
        What pressure was laid on whom.
    unread : tuple of str
        What the model did not read.
    """

    year: str
    headline: str
    seats: tuple[SeatYear, ...]
    happened: tuple[tuple[str, tuple[Told, ...]], ...]
    money: tuple[str, ...]
    unread: tuple[str, ...]


def _sum(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if known and None not in values else None


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
    lines, called = lines_of(item), called_in(room)
    known: Mapping[str, Any] = item.get("seats", {})
    order = sorted((s for s in room.form.states if "now" in known.get(s, {})), key=lambda s: s != seat)
    return YearRead(
        year,
        headline(lines, called),
        tuple(_seat_year(s, known[s]) for s in order),
        _by_parts(lines, called),
        (
            *(
                _pressed(h, called)
                for h in pressed_together(lines, priced=True)
                if h["what"] == Happening.PRESSED.value
            ),
            *_in_vain(room, year, lines, called),
        ),
        tuple(_unread(room, item)),
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


def _several(name: str) -> bool:
    """Return whether a term is called by a word in the plural."""
    return "quarrels" in name


def most_said(line: SeatYear) -> str:
    """Return which terms carry a change and which take most of it back, as a sentence; nothing where there is none."""
    if line.nothing is None:
        return ""
    if abs(line.gained) < LEAST:
        return "What was signed changes next to nothing for it."
    up = max(line.terms, key=lambda t: t.gained)
    down = min(line.terms, key=lambda t: t.gained)
    gain, loss = MECHANISMS[up.name].called(up.gained), MECHANISMS[down.name].called(down.gained)
    said = [f"{gain} {'carry' if _several(gain) else 'carries'} it ({signed(up.gained)})"] if up.gained > LEAST else []
    if down.gained < -LEAST:
        said.append(f"{loss} {'cost' if _several(loss) else 'costs'} most ({signed(down.gained)})")
    return f"{raised('; '.join(said))}." if said else "Nothing that was signed changes it."


def _by_parts(lines: Sequence[Mapping[str, Any]], called: Called) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    kept = [h for h in lines if h["what"] != Happening.PRESSED.value]
    parts = [[_told(h, called) for h in kept if _part(h["what"]) == k] for k in range(len(GROUPS))]
    return tuple((name, tuple(part)) for name, part in zip(GROUPS, parts, strict=True) if part)


def _part(what: str) -> int:
    return 0 if what in _QUARRELS else 1 if what in _LEAVING else 2


def _told(h: Mapping[str, Any], called: Called) -> Told:
    answers = tuple(_answer(a, called) for a in h["answers"] if a["action"] != "sign" or a["by"] == "people")
    refused = any(not a.taken for a in answers)
    by = str(h["by"])
    chance = h.get("probability") if h.get("probability", 1.0) < 1.0 or h.get("draw") is not None else None
    # one of several proposals is drawn: its draw does not lie below its chance
    draw = None if h["what"] == Happening.PROPOSED.value else h.get("draw")
    if len(answers) == 1 and _alone(h):
        who = _with(_who(by), weighed_said(h["answers"][0]))
        return Told(happened_said(h, called), who, by, True, answers[0].chance, answers[0].draw)
    return Told(happened_said(h, called), _says(h, by, answers, called), by, not refused, chance, draw, answers)


def _alone(h: Mapping[str, Any]) -> bool:
    return h["what"] in (Happening.LEFT.value,)


def _answer(a: Mapping[str, Any], called: Called) -> Told:
    by = str(a["by"])
    signs = a["action"] == "sign"
    return Told(
        answer_said(a, called),
        _with(_who(by), weighed_said(a)),
        by,
        bool(a["yes"]),
        None if signs else a["chance"],
        None if signs else a["draw"],
    )


_NAMED: Final = 3
"""Refusing states that are named; of more there is their number."""


def _who(by: str) -> str:
    return {"people": "people decided", "law": "the law decided", "chance": "by chance"}[by]


def _with(said: str, more: str) -> str:
    return f"{said}; {more}" if more else said


def _says(h: Mapping[str, Any], by: str, answers: Sequence[Told], called: Called) -> str:
    if not answers:
        return {"people": "people decided", "law": "the law decided", "chance": "by chance"}[by]
    if len(answers) > 1:
        no = [a["state"] for a in h["answers"] if not a["yes"]]
        if not no:
            return "all agree"
        if len(no) == len(answers):
            return "nobody agrees"
        return (
            f"{number(len(answers) - len(no))} of {number(len(answers))} agree"
            if len(no) > _NAMED
            else f"all but {listing(called(s) for s in no)} agree"
        )
    return ""


def _pressed(h: Mapping[str, Any], called: Called) -> str:
    size = h.get("size")
    whom = "each of them" if len(h["others"]) > 1 else "it"
    cost = f", which would cost {whom} {size:.2f} % of its product a year" if size is not None else ""
    return f"{happened_said(h, called)}{cost}."


def _in_vain(room: Room, year: str, lines: Sequence[Mapping[str, Any]], called: Called) -> Iterator[str]:
    """Yield the pressure of people that met nothing it could break, as far as the reader knows of it."""
    met = {(h["actor"], h["other"]) for h in lines if h["what"] == Happening.PRESSED.value}
    told = room.years[year].get("laid", {})  # what became of it is told plan by plan
    for p in room.pressures.values():
        author, target = str(p.get("author")), str(p.get("target"))
        if (
            p.year == int(year)
            and p.state in ("laid on", "over")
            and (author, target) not in met
            and author not in told
        ):
            yield (
                f"{raised(called(author))} planned {float(p.get('cost')):.2f} bn on {called(target)}, and it met nothing: "
                "this state was asked to sign nothing, or trades too little with who presses to feel it."
            )


def _unread(room: Room, item: Item) -> Iterator[str]:
    """Yield what the model did not read: facts that the case has no place for, articles without a clause, words."""
    yield from item.get("unread", ())
    silent = []
    for text in room.texts.values():
        arts = [k for k, a in enumerate(text.get("articles", ()), 1) if not a.get("clause")]
        if arts and text.state == "adopted":
            silent.append(
                f"article{'s' if len(arts) > 1 else ''} {listing(map(str, arts))} of “{text.words.get('title', '')}”"
            )
    if silent:
        yield f"{raised(listing(silent))}: words only, kept in the minutes."
    yield from unread_of(room, int(item.id))
    said = sum(1 for t in (*room.tables.values(), *room.channels.values()) for _ in t.said)
    settled = sum(1 for m in room.mediations.values() for _ in m.said)
    if said:
        yield f"{said} message{'s' if said > 1 else ''} at tables and in channels that you can read."
    if settled:
        yield "The wording of settlements: that a mediation was accepted counts, what it says does not."
