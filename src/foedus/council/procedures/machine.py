"""What a procedure is made of: rows from state to state, with who may act, what is asked, what is guarded, what follows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from foedus.council.acts import LONGEST, LONGEST_MESSAGE, MOST_ARTICLES, Act, Event, No, seat_of
from foedus.council.fold import Item, Room, family_of, known_to
from foedus.council.quiet_hours import awake, hour_meant

PLAYED: Final = ("opening", "consultation", "table", "orders")
"""Phases in which people act."""
DECIDED: Final = (*PLAYED, "year", "reading")
"""Phases in which what is under way on a text is answered: its clock runs on while the year is worked out and read."""
TALKED: Final = ("lobby", *PLAYED, "year", "reading", "debrief")
"""Phases in which people talk."""

_KEEP: Final = object()


@dataclass(frozen=True)
class Asked:
    """One field that a row asks for, so that a page can be made of it and a body checked.

    Attributes
    ----------
    name : str
    kind : str
        ``state``, ``states``, ``seat``, ``number``, ``hour``, ``yes``, ``word``, ``key``, ``clause``, ``articles``, ``answers``, ``weights`` or
        ``item:FAMILY``.
    says : str
    needed : bool
    choices : tuple of str
        Of a word.
    """

    name: str
    kind: str
    says: str
    needed: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ctx:
    """An act on its way: room, item, act, the state in whose place it is done, and the time."""

    room: Room
    item: Item | None
    act: Act
    seat: str | None
    now: float

    @property
    def it(self) -> Item:
        """The item; only for rows that begin in a state."""
        assert self.item is not None, "a row that starts from nothing asks for its item"
        return self.item

    @property
    def body(self) -> Mapping[str, Any]:
        """Fields of the act, checked."""
        return self.act.body

    @property
    def states(self) -> tuple[str, ...]:
        """All states and adversaries of the case."""
        return (*self.room.form.states, *self.room.form.adversaries)

    def due_in(self, seconds: float) -> float:
        """Return the moment some seconds from now, or the end of the room's quiet hours where it falls into them."""
        rules = self.room.form.rules
        return awake(self.now + seconds, rules.quiet, rules.zone)

    def about(self, item: Item | None) -> Ctx:
        """Return the same act about another item."""
        return Ctx(self.room, item, self.act, self.seat, self.now)

    def event(self, kind: str, name: str, see: str, **body: Any) -> Event:
        """Return an event in this room at this moment; words are those of ``words``, no part of the body."""
        words = body.pop("words", None)
        actor = body.pop("actor", self.act.by)
        full = {"id": name, **{k: v for k, v in body.items() if v is not None or k == "until"}}
        return Event(kind, actor, see, full, words, self.room.year, self.room.phase)


@dataclass(frozen=True)
class Change:
    """What a row does.

    Attributes
    ----------
    set, put : mapping
        Data that are replaced, and data that are added to.
    until : float or None
        The new deadline; left out where it stays.
    say : tuple of str
        Slots that the parts of the words go to; a statement on the item where empty.
    see : str
        Audience; that of the row's item where empty.
    to : str
        State instead of the row's.
    id : str
        Of a new item.
    more : tuple of Event
        What follows for other items.
    actor : str
        Instead of who acted, where the rules keep the name.
    words : str or None
        Instead of those of the act.
    moved : float
        Seconds by which every deadline of the room moves.
    """

    set: Mapping[str, Any] = field(default_factory=dict)
    put: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    until: Any = _KEEP
    say: tuple[str, ...] = ()
    see: str = ""
    to: str = ""
    id: str = ""
    more: tuple[Event, ...] = ()
    actor: str = ""
    words: Any = _KEEP
    moved: float = 0.0

    @property
    def keeps_deadline(self) -> bool:
        """Whether the deadline stays as it is."""
        return self.until is _KEEP

    @property
    def keeps_words(self) -> bool:
        """Whether the words are those of the act."""
        return self.words is _KEEP


Does: TypeAlias = Callable[[Ctx], Change]
May: TypeAlias = Callable[[Ctx], None]
Who: TypeAlias = Callable[[Ctx], bool]


def nothing(ctx: Ctx) -> Change:
    """Return a change of state alone."""
    return Change(until=None)


def whenever(ctx: Ctx) -> None:
    """Raise nothing: the row has no guard."""


@dataclass(frozen=True)
class Row:
    """One row of a procedure.

    Attributes
    ----------
    verb : str
    start : tuple of str
        States from which it leads; none for a row that begins an item.
    who : tuple of str
        Roles, see :data:`foedus.council.procedures.roles.ROLES`; ``phase:VERB`` for a row that follows a phase.
    to : str
        State that it leads to; empty where it stays.
    past : str
        The event's verb.
    says : str
        What it does, for people.
    guard, effect : str
        Sentences for the table of procedures; empty for none.
    does : callable
    may : callable
        Raises :class:`foedus.council.acts.No` where a guard forbids it whatever the body says.
    asks : tuple of Asked
    words : str
        ``must``, ``may`` or empty.
    phases : tuple of str
        In which it is open to people; clock, model and phases are not bound to them.
    """

    verb: str
    start: tuple[str, ...]
    who: tuple[str, ...]
    to: str
    past: str
    says: str
    guard: str = ""
    effect: str = ""
    does: Does = nothing
    may: May = whenever
    asks: tuple[Asked, ...] = ()
    words: str = ""
    phases: tuple[str, ...] = PLAYED

    @cached_property
    def follows(self) -> tuple[str, ...]:
        """Verbs of the phases that it follows; none where somebody acts."""
        return tuple(w.partition(":")[2] for w in self.who if w.startswith("phase:"))


@dataclass(frozen=True)
class Machine:
    """A procedure.

    Attributes
    ----------
    noun : str
        First word of its acts.
    title : str
    states : tuple of str
    ends : tuple of str
        States in which it may stay for good.
    rows : tuple of Row
    notes : str
        What is to be known of it, for the page of procedures.
    """

    noun: str
    title: str
    states: tuple[str, ...]
    ends: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: str = ""

    @property
    def family(self) -> str:
        """Family of its items."""
        return family_of(f"{self.noun}.")

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kind of the acts of every row that somebody takes; nothing for one that follows from a phase."""
        return tuple("" if r.follows else f"{self.noun}.{r.verb}" for r in self.rows)

    @cached_property
    def acts(self) -> tuple[int, ...]:
        """Numbers of the rows that somebody takes on an item."""
        return tuple(k for k, r in enumerate(self.rows) if r.start and not r.follows)


def checked_body(row: Row, ctx: Ctx) -> None:
    """Raise what is wrong with the fields and the words of an act.

    Raises
    ------
    No
        A field is unknown, missing or of another kind, or the words are too long or missing.
    """
    known = {f.name: f for f in row.asks}
    for name in ctx.body:
        if name not in known and name not in ("id", "for"):
            takes = ", ".join(known) or "no field"
            raise No("form", f"'{row.verb}' has no field '{str(name)[:40]}'; it takes {takes}.")
    for name, asked in known.items():
        if name not in ctx.body:
            if asked.needed:
                raise No("form", f"'{row.verb}' asks for {name}: {asked.says}.")
        elif not _CHECKS[asked.kind.partition(":")[0]](ctx.body[name], asked, ctx):
            raise No("form", f"{name} is not {asked.says}.")
    _check_words(row, ctx.act.words)


def _check_words(row: Row, words: str | None) -> None:
    if words is not None and not isinstance(words, str):
        raise No("form", "the words are not text.")
    if row.words == "must" and not (words or "").strip():
        raise No("words", f"'{row.verb}' is done in writing: say what you object to, offer or ask.")
    most = LONGEST_MESSAGE if row.verb == "say" else LONGEST
    parts = (words or "").split("\f")
    if len(parts) > MOST_ARTICLES + 1:
        raise No("length", f"a text has {MOST_ARTICLES} articles at the most.")
    for part in parts:
        if len(part.encode("utf-8", "surrogatepass")) > most:
            raise No("length", f"that is longer than {most // 1024} KB; shorten it, or send it in two.")


def _is_word(given: Any, asked: Asked, ctx: Ctx) -> bool:
    return isinstance(given, str) and 0 < len(given) <= 200 and (not asked.choices or given in asked.choices)


def _is_state(given: Any, asked: Asked, ctx: Ctx) -> bool:
    return isinstance(given, str) and given in ctx.states


def _are_states(given: Any, asked: Asked, ctx: Ctx) -> bool:
    if not isinstance(given, list | tuple) or not all(isinstance(s, str) for s in given):
        return False
    return len(set(given)) == len(given) > 0 and set(given) <= set(ctx.states)


def _is_number(given: Any, asked: Asked, ctx: Ctx) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given) and abs(given) < 1e12


def _is_yes(given: Any, asked: Asked, ctx: Ctx) -> bool:
    return isinstance(given, bool)


def _are_articles(given: Any, asked: Asked, ctx: Ctx) -> bool:
    if not isinstance(given, list | tuple) or not 0 < len(given) <= MOST_ARTICLES:
        return False
    return all(c is None or (isinstance(c, str) and len(c) <= 400) for c in given)


def _is_hour(given: Any, asked: Asked, ctx: Ctx) -> bool:
    return isinstance(given, str) and hour_meant(given, ctx.room.form.rules.zone, ctx.now) is not None


def _is_item(given: Any, asked: Asked, ctx: Ctx) -> bool:
    return isinstance(given, str) and known_to(ctx.room.item(asked.kind.partition(":")[2], given), ctx.seat)


def _are_answers(given: Any, asked: Asked, ctx: Ctx) -> bool:
    if not isinstance(given, Mapping) or len(given) > 200:
        return False
    return all(isinstance(k, str) and len(k) <= 200 and isinstance(v, bool | str) for k, v in given.items())


def _are_weights(given: Any, asked: Asked, ctx: Ctx) -> bool:
    if not isinstance(given, Mapping) or len(given) > 200:
        return False
    return all(isinstance(k, str) and _is_number(v, asked, ctx) for k, v in given.items()) and len(given) > 0


_CHECKS: Final[Mapping[str, Callable[[Any, Asked, Ctx], bool]]] = {
    "word": _is_word,
    "key": _is_word,
    "clause": lambda given, asked, ctx: given is None or (isinstance(given, str) and len(given) <= 400),
    "state": _is_state,
    "states": _are_states,
    "number": _is_number,
    "yes": _is_yes,
    "articles": _are_articles,
    "item": _is_item,
    "hour": _is_hour,
    "answers": _are_answers,
    "weights": _are_weights,
}


def acting_seat(act: Act, room: Room) -> str | None:
    """Return the state in whose place an act is done; None for facilitator, model and clock by themselves.

    Raises
    ------
    No
        A seat acts for another, the facilitator does without a reason, or there is no such seat.
    """
    place = act.body.get("for")
    own = seat_of(act.by)
    if place is None:
        return own
    if own is not None or act.by not in ("facilitator", "model"):
        raise No("who", "a seat acts for itself alone.")
    if not isinstance(place, str) or place not in (*room.form.states, *room.form.adversaries):
        raise No("who", f"'{str(place)[:40]}' is no seat of this room.")
    if act.by == "facilitator" and not (act.words or "").strip():
        raise No("reason", f"the facilitator acts in the place of {place} only with a reason in words.")
    return place
