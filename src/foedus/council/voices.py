"""Who spoke and who was heard: words, concerns, brackets and silence by seat, from what a reader may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.council.acts import FACILITATOR, Event, seat_of
from foedus.council.fold import Room


@dataclass(frozen=True)
class Voice:
    """What one seat did with words.

    Attributes
    ----------
    seat : str
    said : int
        Messages at tables and in channels, and what it declared in public.
    raised, met : int
        Concerns, and those of them that it closed as met.
    held, lifted : int
        Brackets that it held, and that it lifted.
    broke : int
        Silences that it broke, as far as that is told.
    offered : int
        Texts and amendments that it laid before the others.
    proposed : int
        Silences that it proposed, and consensus that it called.
    """

    seat: str
    said: int
    raised: int
    met: int
    held: int
    lifted: int
    broke: int
    offered: int = 0
    proposed: int = 0

    @property
    def silent(self) -> bool:
        """Whether nothing is known of it."""
        return not any((self.said, self.raised, self.held, self.lifted, self.broke, self.offered, self.proposed))


@dataclass(frozen=True)
class Silences:
    """How often silence was placed on a text, kept to its end, and broken."""

    placed: int
    kept: int
    broken: int


_SAID = ("table.said", "channel.said", "seat.declared")
_OFFERED = ("text.tabled", "amendment.offered", "amendment.added")


def voices(room: Room, events: Iterable[Event]) -> tuple[Voice, ...]:
    """Return what every seat did with words, those who said most first.

    Parameters
    ----------
    room : Room
        As the reader knows it.
    events : iterable of Event
        Those that the reader may read.
    """
    said: Counter[str] = Counter()
    held: Counter[str] = Counter()
    lifted: Counter[str] = Counter()
    broke: Counter[str] = Counter()
    offered: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    kinds = {
        **dict.fromkeys(_OFFERED, offered),
        "silence.proposed": asked,
        "consensus.called": asked,
        **dict.fromkeys(_SAID, said),
        "amendment.bracketed": held,
        "amendment.lifted": lifted,
    }
    for event in events:
        seat = str(event.body.get("for") or seat_of(event.actor) or "")
        if event.kind in kinds and not _laid(event):
            kinds[event.kind][seat] += 1
        elif event.kind == "silence.broken":
            broke[str((event.body.get("set", {}).get("broken") or {}).get("seat") or "")] += 1
    raised = Counter(str(c.get("author")) for c in room.concerns.values())
    met = Counter(str(c.get("author")) for c in room.concerns.values() if c.state == "met")
    found = [
        Voice(s, said[s], raised[s], met[s], held[s], lifted[s], broke[s], offered[s], asked[s])
        for s in room.form.seats
    ]
    return tuple(sorted(found, key=lambda v: (-v.said, -v.raised)))


def _laid(event: Event) -> bool:
    """Return whether it is a text that the exercise laid on the table in the name of a seat, which did not do it."""
    return event.kind == "text.tabled" and event.actor == FACILITATOR and event.phase == "opening"


def silences(events: Iterable[Event]) -> Silences:
    """Return how often silence was placed, kept and broken, from the events that a reader may read."""
    found = Counter(_outcome(e) for e in events)
    return Silences(found["placed"], found["kept"], found["broken"])


def _outcome(event: Event) -> str:
    if event.kind in ("silence.placed", "silence.broken"):
        return event.kind.removeprefix("silence.")
    ended = event.kind in ("silence.ended", "silence.kept") and event.body.get("to") == "adopted"
    return "kept" if ended else ""
