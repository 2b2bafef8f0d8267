"""Acts and events: what somebody wants to do in a room, what happened, and what is said to who may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Body: TypeAlias = Mapping[str, Any]
"""Plain JSON data: what the procedures and the model need; what people wrote stands in words."""

FACILITATOR: Final = "facilitator"
MODEL: Final = "model"
CLOCK: Final = "clock"

PART: Final = "\f"
"""What parts are separated by where an act carries several words at once: title and articles of a text."""

LONGEST: Final = 8192
"""Bytes of one article or statement."""
LONGEST_MESSAGE: Final = 4096
"""Bytes of one message."""
MOST_ARTICLES: Final = 40


@dataclass(frozen=True)
class Act:
    """What somebody wants to do.

    Attributes
    ----------
    kind : str
        ``noun.verb``, such as ``text.table``; the verbs of :mod:`foedus.council.procedures`.
    by : str
        ``seat:KOR``, ``facilitator``, ``model`` or ``clock``.
    body : mapping
        ``id`` names the item that is acted on; further fields are those that the row asks for. The facilitator and the
        model act in the place of a seat by ``for``: its state.
    words : str or None
        What people wrote; several parts are separated by :data:`PART`.
    saw : int or None
        Version of the text that was before the eyes of who acts.
    key : str
        Made by the client; a repeated post has the same.
    person : int or None
        Who of the seat, as the storage numbers them.
    """

    kind: str
    by: str
    body: Body = field(default_factory=dict)
    words: str | None = None
    saw: int | None = None
    key: str = ""
    person: int | None = None


@dataclass(frozen=True)
class Event:
    """What happened; the storage adds branch, number, time, nonce and hashes.

    Attributes
    ----------
    kind : str
        ``noun.past``, such as ``text.tabled``.
    actor : str
        As :attr:`Act.by`; ``somebody`` where the rules of the room keep the name from those who read it.
    see : str
        ``all``, ``F`` (the facilitator alone) or ``seats:KOR,JPN``; the facilitator reads everything.
    body : mapping
        ``id`` of the item, ``to`` its state, ``set`` and ``put`` what changes in its data, ``until`` its deadline (seconds
        of the clock, None for none), ``say`` the slots that the parts of the words go to.
    words : str or None
    year : int
    phase : str
        When it happened in the room.
    """

    kind: str
    actor: str
    see: str
    body: Body
    words: str | None
    year: int
    phase: str


@dataclass(frozen=True)
class Refusal:
    """Why an act is not done, and what would be.

    Attributes
    ----------
    rule : str
        Which rule: ``kind``, ``item``, ``state``, ``who``, ``phase``, ``form``, ``stale``, or the name of a guard.
    sentence : str
    allowed : tuple of str
        Kinds of acts that are open to who asked, on the same item where there is one.
    """

    rule: str
    sentence: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Viewer:
    """Who reads.

    Attributes
    ----------
    role : str
        ``facilitator``, ``seat``, ``observer`` or ``model``.
    seat : str or None
        State or adversary of a seat; ``*`` for an observer who may read what seats read (rule ``observers: all``).
    """

    role: str
    seat: str | None = None


class No(Exception):
    """An act is refused; :func:`foedus.council.stepping.step` makes a :class:`Refusal` of it."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule, self.sentence = rule, sentence


def seat_of(actor: str) -> str | None:
    """Return the state of an actor who is a seat, None for others."""
    role, _, state = actor.partition(":")
    return state or None if role == "seat" else None


def seen_by_seats(states: Iterable[str]) -> str:
    """Return the audience of some seats, as :attr:`Event.see` has it; nobody's is the facilitator's."""
    names = sorted({s for s in states if s})
    return f"seats:{','.join(names)}" if names else "F"


def parts_of(words: str | None) -> tuple[str, ...]:
    """Return the parts of words."""
    return () if words is None else tuple(words.split(PART))


def joined(parts: Iterable[str]) -> str:
    """Return parts as words; a form feed within one becomes a line break."""
    return PART.join(p.replace(PART, "\n") for p in parts)


KEPT: Final = frozenset(
    {
        "room.informed",
        "room.budgeted",
        "room.hurried",
        "quarrel.found",
        "year.briefed",
        "year.restated",
        "year.felt",
        "year.read",
        "year.kept",
        "year.pressed",
        "year.whispered",
        "text.published",
        "text.put off",
        "amendment.put off",
        "amendment.timed",
        "inject.put off",
        "room.put off",
        "clock.shown",
        "channel.counted",
    }
)
"""Kinds by which the room keeps its books; nobody did anything, and no list of what happened shows them."""
